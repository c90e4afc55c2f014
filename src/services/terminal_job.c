#include <time.h>
#include <unistd.h>

#include "services/terminal_restore.h"
#include "services/terminal_state.h"

enum { STOP_WAIT_MS = 200 };

static bool
is_foreground(const struct terminal *terminal)
{
    pid_t group = tcgetpgrp(terminal->input);
    return group < 0 || group == getpgrp();
}

static bool
is_ending(void)
{
    sigset_t set;
    return sigpending(&set) == 0 && (sigismember(&set, SIGTERM) || sigismember(&set, SIGHUP) ||
                                     sigismember(&set, SIGINT) || sigismember(&set, SIGQUIT));
}

/* Stops the process group until somebody continues it. False when the kernel has not stopped us:
 * in an orphaned group (xterm -e) there is nobody who could. SIGSTOP would be for ever then. */
static bool
stop_group(int number)
{
    sigset_t stopping, continuing, mask_found;
    sigemptyset(&continuing);
    sigaddset(&continuing, SIGCONT);
    sigemptyset(&stopping);
    sigaddset(&stopping, number);
    pthread_sigmask(SIG_BLOCK, &continuing, &mask_found);
    struct sigaction found;
    sigaction(number, &(struct sigaction){.sa_handler = SIG_DFL}, &found);
    kill(0, number);
    pthread_sigmask(SIG_UNBLOCK, &stopping, NULL);
    /* Here we stand still. Continuing leaves a SIGCONT, which nobody else need see. */
    bool stopped = sigtimedwait(&continuing, NULL, &(struct timespec){0}) == SIGCONT;
    sigaction(number, &found, NULL);
    pthread_sigmask(SIG_SETMASK, &mask_found, NULL);
    return stopped;
}

/* False when the program is to end and will not be in the foreground again. An orphan cannot wait:
 * it goes on, and the next read(2) tells that the terminal is gone. */
static bool
wait_for_foreground(const struct terminal *terminal)
{
    while (!is_foreground(terminal)) {
        if (is_ending())
            return false;
        if (!stop_group(SIGTTOU))
            return true;
    }
    return true;
}

void
terminal_resume(struct terminal *terminal)
{
    if (wait_for_foreground(terminal))
        terminal_take(terminal);
}

void
terminal_stop(struct terminal *terminal)
{
    outlet_drain(&terminal->outlet, STOP_WAIT_MS);
    restore_now(STOP_WAIT_MS);
    endwin(); /* so that the next frame enters the screen again; the bytes are sent already */
    outlet_drop(&terminal->outlet);
    terminal->is_away = true;
    stop_group(SIGTSTP);
    terminal_resume(terminal);
}
