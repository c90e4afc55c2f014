#include "commands/leaving.h"

#include <signal.h>
#include <stdio.h>
#include <sys/time.h>

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

static void
on_alarm(int number)
{
    (void)number;
}

void
leaving_bound_writes(void)
{
    const struct sigaction interrupt = {.sa_handler = on_alarm}; /* without SA_RESTART */
    const struct itimerval again = {.it_value = {.tv_sec = 1}, .it_interval = {.tv_usec = 100000}};

    sigaction(SIGALRM, &interrupt, NULL);
    setitimer(ITIMER_REAL, &again, NULL);
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
