/*
 * The kill storm: the real program on real terminals, killed at bad moments, and the table of what
 * was promised and what was found.
 *
 *     storm [-n KILLS] [-j JOBS] [-h HOOK_MS] [-b BASIC_KILLS] [-s SEED]
 *
 * Exits 1 when anything was lost in the graceful mode.
 */
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "life.h"

enum mode { GRACEFUL, BASIC, MODES };

struct plan {
    int kills[MODES], jobs, hook_ms;
    uint32_t seed;
};

static void
add(struct tally *sum, const struct tally *other)
{
    int *to = (int *)sum;
    const int *from = (const int *)other;

    for (size_t i = 0; i < sizeof *sum / sizeof *to; i++)
        to[i] += from[i];
}

/* A child's part; its tallies go into the pipe. */
static void
work(const struct plan *plan, enum mode mode, int job, int kills, int out)
{
    struct tally tallies[ENDINGS] = {0};
    struct storm storm;

    storm_open(&storm, plan->seed + (uint32_t)job, mode == BASIC, plan->hook_ms);
    for (int i = 0; i < kills; i++)
        storm_live(&storm, tallies);
    storm_close(&storm);
    if (write(out, tallies, sizeof tallies) != sizeof tallies)
        _exit(1);
    _exit(0);
}

static void
run_mode(const struct plan *plan, enum mode mode, struct tally sums[static ENDINGS])
{
    struct tally tallies[ENDINGS];
    int pipes[2], started = 0;

    if (pipe(pipes) != 0)
        exit(2);
    for (int job = 0; job < plan->jobs; job++) {
        int kills =
            plan->kills[mode] * (job + 1) / plan->jobs - plan->kills[mode] * job / plan->jobs;

        fflush(NULL);
        if (kills > 0 && fork() == 0)
            work(plan, mode, job, kills, pipes[1]);
        started += kills > 0;
    }
    close(pipes[1]);
    for (int i = 0; i < started && read(pipes[0], tallies, sizeof tallies) == sizeof tallies; i++) {
        for (int ending = 0; ending < ENDINGS; ending++)
            add(&sums[ending], &tallies[ending]);
    }
    close(pipes[0]);
    while (wait(NULL) > 0)
        ;
}

/* --- the table ------------------------------------------------------------------------------ */

static void
print_pair(int of, int good)
{
    char text[40] = "-";

    if (of > 0)
        snprintf(text, sizeof text, "%d of %d", good, of);
    printf(" %15s", text);
}

static void
print_row(const char *mode, const char *ending, const struct tally *tally)
{
    printf("%-9s %-7s %6d", mode, ending, tally->lives);
    print_pair(tally->shown, tally->recovered);
    print_pair(tally->drafts, tally->drafts_recovered);
    print_pair(tally->hooks, tally->hooks_accounted);
    print_pair(tally->terminals, tally->terminals_restored);
    print_pair(tally->resumed_tried, tally->resumed);
    printf(" %6d\n", tally->wrong);
}

static void
print_mode(const char *mode, const struct tally sums[static ENDINGS], struct tally *all)
{
    static const char *const names[] = {"TERM", "INT", "HUP", "KILL", "closed"};

    *all = (struct tally){0};
    for (int i = 0; i < ENDINGS; i++) {
        add(all, &sums[i]);
        print_row(mode, names[i], &sums[i]);
    }
    print_row(mode, "all", all);
}

static void
print_bound(const char *mode, const struct tally *all, double seconds)
{
    printf("%s: %d kills, %d without loss, %d with", mode, all->lives, all->lives - all->wrong,
           all->wrong);
    if (all->wrong == 0 && all->lives > 0)
        printf("; with 95 %% confidence fewer than %.2f %% lose anything", 300.0 / all->lives);
    printf(" (%.0f s)\n", seconds);
}

static double
seconds_now(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

static int
run_all(const struct plan *plan)
{
    static const char *const names[] = {"graceful", "basic"};
    struct tally all[MODES];
    double took[MODES] = {0};
    bool is_graceful_good = false;

    printf("%-9s %-7s %6s %15s %15s %15s %15s %15s %6s\n", "mode", "end", "kills", "facts",
           "drafts", "hooks", "terminals", "resumed", "wrong");
    for (int mode = 0; mode < MODES; mode++) {
        struct tally sums[ENDINGS] = {0};
        double began = seconds_now();

        if (plan->kills[mode] == 0)
            continue;
        run_mode(plan, (enum mode)mode, sums);
        took[mode] = seconds_now() - began;
        print_mode(names[mode], sums, &all[mode]);
    }
    for (int mode = 0; mode < MODES; mode++) {
        if (plan->kills[mode] > 0)
            print_bound(names[mode], &all[mode], took[mode]);
    }
    if (plan->kills[GRACEFUL] > 0)
        is_graceful_good = all[GRACEFUL].wrong == 0 && all[GRACEFUL].lives == plan->kills[GRACEFUL];
    return is_graceful_good ? 0 : 1;
}

int
main(int argc, char **argv)
{
    struct plan plan = {.kills = {60, 0}, .jobs = 4, .hook_ms = 200, .seed = (uint32_t)time(NULL)};
    int option;

    while ((option = getopt(argc, argv, "n:b:j:h:s:")) != -1) {
        switch (option) {
        case 'n':
            plan.kills[GRACEFUL] = atoi(optarg);
            break;
        case 'b':
            plan.kills[BASIC] = atoi(optarg);
            break;
        case 'j':
            plan.jobs = atoi(optarg);
            break;
        case 'h':
            plan.hook_ms = atoi(optarg);
            break;
        case 's':
            plan.seed = (uint32_t)strtoul(optarg, NULL, 10);
            break;
        default:
            return 2;
        }
    }
    signal(SIGPIPE, SIG_IGN);
    printf("seed %u\n", plan.seed);
    return run_all(&plan);
}
