/* How long the past takes to read: `randori history` on folders that records.c has filled. */
#include <math.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { FOLDERS = 2, PATH = 512 };

static bool
run(char *const *arguments)
{
    int status = -1;
    pid_t pid;

    return posix_spawnp(&pid, arguments[0], NULL, NULL, arguments, environ) == 0 &&
           waitpid(pid, &status, 0) == pid && status == 0;
}

/* `beside`: a program in whose folder `records` is. */
static bool
fill(const char *beside, char *folder, const char *count)
{
    char program[PATH];
    char *arguments[] = {program, folder, (char *)(uintptr_t)count, NULL};
    const char *slash = strrchr(beside, '/');

    snprintf(program, sizeof program, "%.*s/records", slash == NULL ? 1 : (int)(slash - beside),
             slash == NULL ? "." : beside);
    return run(arguments);
}

/* Ten times as many sessions, and how many times as long: linear is 10. */
void
bench_history(const struct contender *contender, const char *beside, int runs)
{
    static const char *const counts[FOLDERS] = {"1000", "10000"};
    static double took[FOLDERS][MAX_RUNS];
    char home[] = "/tmp/randori-bench.XXXXXX", folders[FOLDERS][PATH];
    double columns[CONTENDERS] = {NAN, NAN, NAN};
    bool filled = mkdtemp(home) != NULL;

    for (int i = 0; i < FOLDERS; i++) {
        snprintf(folders[i], sizeof folders[i], "%s/%s", home, counts[i]);
        filled = filled && fill(beside, folders[i], counts[i]);
    }
    for (int round = 0; round < runs; round++) {
        for (int i = 0; i < FOLDERS; i++) {
            char *arguments[] = {contender->run[0], "history", "--records", folders[i], NULL};

            took[i][round] = filled ? run_ms(arguments) : NAN;
        }
    }
    columns[FLOOR] = percentile(took[0], runs, 50);
    columns[RANDORI] = percentile(took[1], runs, 50);
    print_row("history of 10,000 (of 1,000)", columns, 1, "< 300 ms, linear");
    run((char *[]){"rm", "-rf", home, NULL});
}
