/* randori check --alerts: each way to call a room's attention once, and whether it was noticed. */

#include "commands/check.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "commands/complain.h"
#include "services/clock.h"
#include "services/notifier.h"
#include "services/terminal.h"
#include "storage/paths.h"

enum {
    SHOWN_MS = 2000, /* for which a popup stays when nobody is asked about it */
    FLASH_MS = 250,  /* as in a session */
    END_MS = 300,
    ANSWER_SIZE = 80
};

/* How it went with one of them. */
enum result { NOTICED, UNNOTICED, FAILED, NOT_HERE };

/* ---- asking ---- */

/* Without a person at a terminal what was sent counts as noticed. */
static bool
has_somebody(void)
{
    return isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

/* An end of the input means no. */
static bool
is_yes(const char *question)
{
    char answer[ANSWER_SIZE];

    for (;;) {
        print_text(question);
        print_text(" [y/n] ");
        if (fgets(answer, sizeof answer, stdin) == NULL) {
            print_line("%s", "");
            return false;
        }
        answer[strcspn(answer, "\n")] = '\0';
        if (strcasecmp(answer, "y") == 0 || strcasecmp(answer, "yes") == 0)
            return true;
        if (strcasecmp(answer, "n") == 0 || strcasecmp(answer, "no") == 0)
            return false;
    }
}

/* `hint`: where to look when it was not. */
static enum result
ask(const char *question, const char *hint)
{
    if (!has_somebody() || is_yes(question))
        return NOTICED;
    print_line("  %s", hint);
    return UNNOTICED;
}

static void
pause_ms(int64_t ms)
{
    struct timespec time = {.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};

    nanosleep(&time, NULL);
}

/* Where a session would not do it. */
static const char *
unless(bool on)
{
    return on ? "" : " (off in session.ini)";
}

/* ---- the popup ---- */

static void
reap(struct notifier *notifier)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        notifier_reaped(notifier, pid, status);
}

/* Until it was answered or given up; the notifier knows how long that may take. */
static void
wait_for_answer(struct notifier *notifier)
{
    int64_t deadline;

    while ((deadline = notifier_deadline(notifier)) != INT64_MAX) {
        struct pollfd waits[] = {{.fd = notifier_read_fd(notifier), .events = POLLIN},
                                 {.fd = notifier_write_fd(notifier), .events = POLLOUT}};
        int64_t left = deadline - clock_boot_ms();

        poll(waits, 2, deadline == INT64_MIN || left < 0 ? 0 : (int)left);
        reap(notifier);
        notifier_ready(notifier, clock_boot_ms());
    }
}

static void
show_popup(struct notifier *notifier)
{
    struct message message = {.kind = MESSAGE_SHOW,
                              .key = strdup("check"),
                              .title = strdup("randori check"),
                              .text = strdup("This is how the next driver is announced."),
                              .urgency = URGENCY_CRITICAL};

    notifier_show(notifier, &message, true, clock_boot_ms());
    message_clear(&message);
}

static enum result
judge_popup(const struct notifier *notifier, bool on)
{
    const char *trouble = notifier_trouble(notifier), *why = notifier_why(notifier);

    if (trouble != NULL) {
        print_line("Popup: not shown: %s%s%s", trouble, why[0] == '\0' ? "" : ": ", why);
        return FAILED;
    }
    print_line("Popup: sent, and the desktop took it%s.", unless(on));
    if (!has_somebody())
        pause_ms(SHOWN_MS);
    return ask("  Did you see it?", "Look for \"do not disturb\" in the settings of the desktop.");
}

static enum result
try_popup(const struct settings *settings)
{
    char *program = paths_program("randori-notify");
    struct notifier *notifier = program == NULL ? NULL : notifier_new(program, NULL);
    enum result result = FAILED;

    if (notifier == NULL) {
        print_line("Popup: not shown: %s",
                   program == NULL ? "randori-notify is not installed" : "out of memory");
    } else {
        show_popup(notifier);
        wait_for_answer(notifier);
        result = judge_popup(notifier, settings->notification);
    }
    notifier_free(notifier, END_MS);
    free(program);
    return result;
}

/* ---- the bell and the flash ---- */

static enum result
try_bell(const struct settings *settings)
{
    if (!isatty(STDOUT_FILENO)) {
        print_line("Bell: there is no terminal to ring it.");
        return NOT_HERE;
    }
    putchar('\a');
    print_line("Bell: rung%s.", unless(settings->bell));
    return ask("  Did you hear it?", "Look for \"audible bell\" in the settings of the terminal.");
}

static void
show_flash(struct terminal *terminal)
{
    terminal_blank(terminal);
    pause_ms(FLASH_MS);
    terminal_close(terminal, END_MS);
}

static enum result
try_flash(const struct settings *settings)
{
    struct terminal *terminal;
    enum terminal_status status = terminal_open(&terminal);

    if (status == TERMINAL_FAILED) {
        print_line("Flash: not shown: the terminal cannot be opened.");
        return FAILED;
    }
    if (status != TERMINAL_GOOD) {
        print_line("Flash: there is no terminal with a screen.");
        return NOT_HERE;
    }
    show_flash(terminal);
    print_line("Flash: the whole screen, for a quarter of a second%s.", unless(settings->flash));
    return ask("  Did you see it?", "Look at the screen, and run this once more.");
}

static bool
is_good(enum result result)
{
    return result == NOTICED || result == NOT_HERE;
}

bool
check_alerts(const struct settings *settings)
{
    check_terminal();
    bool popup = is_good(try_popup(settings));
    bool bell = is_good(try_bell(settings));
    bool screen = is_good(try_flash(settings));
    return popup && bell && screen;
}
