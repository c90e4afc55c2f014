#include "commands/leaving.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

void
leaving_hold_signals(void)
{
    static const int ending[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT};
    sigset_t set;

    sigemptyset(&set);
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++)
        sigaddset(&set, ending[i]);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

/* Interrupts a write, and lets what follows go nowhere. */
static void
on_alarm(int number)
{
    int error = errno, nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);

    (void)number;
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    errno = error;
}

void
leaving_bound_writes(void)
{
    const struct sigaction interrupt = {.sa_handler = on_alarm}; /* without SA_RESTART */

    sigaction(SIGALRM, &interrupt, NULL);
    alarm(1);
}

void
leaving_raise(int number)
{
    sigset_t set;

    fflush(stdout);
    signal(number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
}
