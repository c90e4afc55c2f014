#include "services/terminal_restore.h"

#include <curses.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "services/terminal_about.h"

enum { BYTES_MOST = 400, STACK_SIZE = 65536 };

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGALRM};
enum { FATALS = sizeof fatal / sizeof *fatal };

/* A signal handler has no argument of ours; this is the one variable of the program. */
static struct {
    int tty;
    struct termios modes;
    size_t length;
    char bytes[BYTES_MOST];
    volatile sig_atomic_t is_armed, is_owed, has_title;
    struct sigaction found[FATALS];
    stack_t stack_found;
    void *stack; /* owned */
} restore;

static void
append(const char *bytes)
{
    size_t length = strlen(bytes);
    if (restore.length + length <= sizeof restore.bytes) {
        memcpy(restore.bytes + restore.length, bytes, length);
        restore.length += length;
    }
}

/* A string of terminfo without its delays, "$<5/>", which only old hardware needs. */
static void
append_capability(const char *string)
{
    if (!string || string == (const char *)-1)
        return;
    for (; *string; string++) {
        if (string[0] == '$' && string[1] == '<')
            string = strchr(string, '>') ? strchr(string, '>') : string + strlen(string) - 1;
        else
            append((const char[]){*string, '\0'});
    }
}

/* CAN first: a frame may have been cut inside an escape sequence. */
static void
gather_bytes(int rows)
{
    static const char *const modes[] = {"rmir", "sgr0", "op", "rmacs", "smam", "rmkx"};
    restore.length = 0;
    append("\030");
    if (terminal_marks_paste())
        append("\033[?2004l");
    if (terminal_tells_mouse())
        append("\033[?1006l\033[?1000l");
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        append_capability(tigetstr(modes[i]));
    append_capability(tparm(tigetstr("cup"), rows - 1, 0));
    append_capability(tigetstr("rmcup"));
    /* After rmcup: with libvterm that restores the visibility of a cursor saved meanwhile. */
    append_capability(tigetstr("cnorm"));
    append(tigetstr("rmcup") ? "\r" : "\r\n");
}

static size_t
write_some(const char *bytes, size_t length)
{
    ssize_t written = write(restore.tty, bytes, length);
    return written > 0 ? (size_t)written : 0;
}

/* Everything below here runs in the handler, too: only async-signal-safe calls. */
static void
write_all(const char *bytes, size_t length, int ms)
{
    size_t written = write_some(bytes, length);
    if (written < length && ms > 0) {
        poll(&(struct pollfd){restore.tty, POLLOUT, 0}, 1, ms);
        written += write_some(bytes + written, length - written);
    }
    if (written < length) {
        tcflush(restore.tty, TCOFLUSH);
        write_some(bytes, length);
    }
}

static void
put_back(int ms)
{
    if (!restore.is_owed)
        return;
    restore.is_owed = 0;
    if (restore.has_title)
        write_some("\033[23;2t", 7);
    restore.has_title = 0;
    write_all(restore.bytes, restore.length, ms);
    tcsetattr(restore.tty, TCSANOW, &restore.modes);
}

/* Raised again at the end, but blocked until the handler returns: then whoever had the signal
 * before us gets it, the default action as a rule. */
static void
on_fatal(int number)
{
    int error = errno;
    put_back(0);
    for (int i = 0; i < FATALS; i++)
        if (fatal[i] == number)
            sigaction(number, &restore.found[i], NULL);
    raise(number);
    errno = error;
}

static void
catch_fatal(void)
{
    restore.stack = malloc(STACK_SIZE);
    if (restore.stack)
        sigaltstack(&(stack_t){.ss_sp = restore.stack, .ss_size = STACK_SIZE},
                    &restore.stack_found);
    struct sigaction action = {.sa_handler = on_fatal, .sa_flags = SA_ONSTACK};
    sigfillset(&action.sa_mask);
    for (int i = 0; i < FATALS; i++)
        sigaction(fatal[i], &action, &restore.found[i]);
}

void
restore_arm(int tty, const struct termios *modes, int rows)
{
    restore.tty = tty;
    restore.modes = *modes;
    gather_bytes(rows);
    if (!restore.is_armed)
        catch_fatal();
    restore.is_armed = 1;
}

void
restore_disarm(void)
{
    if (!restore.is_armed)
        return;
    for (int i = 0; i < FATALS; i++)
        sigaction(fatal[i], &restore.found[i], NULL);
    if (restore.stack)
        sigaltstack(&restore.stack_found, NULL);
    free(restore.stack);
    memset(&restore, 0, sizeof restore);
}

void
restore_owe(bool owed)
{
    restore.is_owed = owed;
}

void
restore_title(void)
{
    restore.has_title = 1;
}

void
restore_now(int64_t ms)
{
    put_back((int)ms);
}
