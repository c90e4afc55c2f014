#include "commands/beginning.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "services/clock.h"
#include "storage/history.h"

enum { GONE_TRIES = 100 };

/* ---- is one running? ---- */

static bool
is_gone(int pid)
{
    return pid > 0 && kill(pid, 0) != 0 && errno == ESRCH;
}

/* The record of a session that is running. Of one that was killed while it started a hook, the lock
 * lives on until that is a program of its own: a moment. */
static char *
find_live(const char *folder, int *pid)
{
    static const struct timespec pause = {0, 20 * 1000 * 1000};
    char *live = history_live(folder, pid);

    for (int i = 0; live != NULL && is_gone(*pid) && i < GONE_TRIES; i++) {
        nanosleep(&pause, NULL);
        free(live);
        live = history_live(folder, pid);
    }
    return live;
}

int
beginning_alone(const char *folder)
{
    int pid = 0;
    char *live = find_live(folder, &pid);

    if (live == NULL)
        return EXIT_DONE;
    complain("a session is running already: process %d keeps %s; randori status tells about it",
             pid, live);
    free(live);
    return EXIT_IN_USE;
}

/* ---- a new one ---- */

static void
shuffle(struct opening *opening)
{
    for (int i = opening->people_count - 1; i > 0; i--) {
        int other = (int)arc4random_uniform((uint32_t)i + 1);
        struct opening_person person = opening->people[i];

        opening->people[i] = opening->people[other];
        opening->people[other] = person;
    }
}

/* A setting's time of day as the wall clock will show it next; 0: unset. */
static int64_t
wall_of(int minutes, int64_t now_ms)
{
    return minutes < 0 ? 0 : clock_wall_of(minutes, now_ms);
}

int
beginning(const struct setup *setup, bool practice, struct event *opening, struct journal **journal)
{
    const struct settings *settings = &setup->settings;
    char why[JOURNAL_WHY];
    struct clock clock;
    int64_t now_ms;

    clock_start(&clock, 1, 0);
    now_ms = clock_now(&clock).wall_ms;
    if (!setup_opening(setup, wall_of(settings->start, now_ms), wall_of(settings->end, now_ms),
                       opening)) {
        complain("out of memory");
        return EXIT_FAILED;
    }
    opening->opening->practice |= practice;
    if (settings->order == ORDER_SHUFFLED)
        shuffle(opening->opening);
    setup_order(setup, now_ms, opening->opening);
    switch (journal_create(setup->records_folder, now_ms, journal, why)) {
    case JOURNAL_GOOD:
        return EXIT_DONE;
    case JOURNAL_LOCKED: /* it began just now, after we looked for it */
        complain("%s", why);
        return EXIT_IN_USE;
    default:
        complain("%s", why);
        complain("every session keeps a record; \"records\" in session.ini names another folder");
        return EXIT_FAILED;
    }
}
