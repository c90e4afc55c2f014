/* How long it takes from the command to the first frame, and to the end where nothing is shown. */
#include <fcntl.h>
#include <glob.h>
#include <math.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { PAST_SESSIONS = 10000, FRAME_BYTES = 100, PATIENCE_MS = 3000, QUIET_MS = 5 };

/* The first frame is there when it shows what it should, or else when the terminal is quiet for 5 ms
 * after something was drawn. */
static double
start_ms(const struct contender *contender)
{
    struct session session;
    double began = now_ms(), took;

    if (!session_open(&session, contender->run, ROWS_USUAL, COLUMNS_USUAL))
        return NAN;
    session.awaited = contender->drawn;
    while (session.bytes < FRAME_BYTES && !session.gone && now_ms() < began + PATIENCE_MS)
        session_watch(&session, 1, began + PATIENCE_MS);
    session_watch(&session, QUIET_MS, began + PATIENCE_MS);
    if (contender->drawn != NULL)
        took = session.drawn_ms == 0 ? NAN : session.drawn_ms - began;
    else
        took = session.gone ? NAN : session.last_byte_ms - began;
    session_close(&session);
    return took;
}

double
run_ms(char *const *arguments)
{
    double began = now_ms();
    posix_spawn_file_actions_t actions;
    int status = -1;
    pid_t pid;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (posix_spawnp(&pid, arguments[0], &actions, NULL, arguments, environ) == 0)
        waitpid(pid, &status, 0);
    posix_spawn_file_actions_destroy(&actions);
    return status == 0 ? now_ms() - began : NAN;
}

void
bench_starts(const struct contender *contenders, int runs)
{
    static double start[CONTENDERS][MAX_RUNS], version[CONTENDERS][MAX_RUNS];
    double starts[CONTENDERS], versions[CONTENDERS];

    for (int run = 0; run < runs; run++)
        for (int i = 0; i < CONTENDERS; i++) {
            bool is_here = contenders[i].run[0];
            start[i][run] = is_here ? start_ms(&contenders[i]) : NAN;
            version[i][run] = is_here ? run_ms(contenders[i].version) : NAN;
        }
    for (int i = 0; i < CONTENDERS; i++) {
        starts[i] = percentile(start[i], runs, 50);
        versions[i] = percentile(version[i], runs, 50);
    }
    print_row("start to first frame, ms", starts, 2, "<= 1.3x floor");
    print_row("--version (floor: exec), ms", versions, 2, "<= 1.1x tty-clock");
}

/* A folder of past sessions, all with the content of `record`. */
static bool
fill_records(const char *home, const char *record, int count)
{
    bool filled = true;

    for (int i = 0; filled && i < count; i++) {
        char name[128];

        snprintf(name, sizeof name, "%s/data/randori/20250101T%06dZ-0000.jsonl", home, i);
        filled = link(record, name) == 0;
    }
    return filled;
}

/* What a status bar asks each second, beside a session that is running; against --version. */
void
bench_status(const struct contender *contender, int runs)
{
    static double status[MAX_RUNS], version[MAX_RUNS];
    char *arguments[] = {contender->run[0], "status", NULL}, record[128];
    double columns[CONTENDERS] = {NAN, NAN, NAN};
    struct session session;
    glob_t found = {0};

    if (!contender_open(contender, &session, ROWS_USUAL, COLUMNS_USUAL))
        return;
    session_enter_home(&session);
    snprintf(record, sizeof record, "%s/data/randori/*.jsonl", session.home);
    if (glob(record, 0, NULL, &found) == 0 &&
        fill_records(session.home, found.gl_pathv[0], PAST_SESSIONS)) {
        for (int run = 0; run < runs; run++) {
            version[run] = run_ms(contender->version);
            status[run] = run_ms(arguments);
        }
        columns[FLOOR] = percentile(version, runs, 50);
        columns[RANDORI] = percentile(status, runs, 50);
    }
    print_row("status (floor: --version), ms", columns, 2, "<= 1.3x --version");
    globfree(&found);
    session_close(&session);
}
