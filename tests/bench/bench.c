/*
 * Measures randori against the floor (floor.c), and tty-clock when it is installed, in turn on
 * real pseudo-terminals: bench RANDORI FLOOR. Prints medians and ratios and asserts nothing: on a
 * shared machine only ratios within one run mean anything. BENCH_RUNS (21) and BENCH_SECONDS (10)
 * set how often things are started and how long the ticking is watched.
 */
#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <math.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_RUNS = 201, COLUMNS = 3, PAST_SESSIONS = 10000 };

struct contender {
    const char *name;
    char *run[5];     /* argument vectors; NULL first: not installed */
    char *version[3]; /* what only starts and ends */
    const char *start_key, *pause_key;
};

/* A program on its own pseudo-terminal, with a home folder of its own. */
struct session {
    pid_t pid;
    int terminal;
    bool gone;
    uint64_t bytes;
    double last_byte_ms;
    char home[64];
};

/* What the ticking of one contender cost; NAN: could not be measured. */
struct ticking {
    double wakeups, paused_wakeups, bytes, cpu_ms, resident_kb;
};

static double
now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int
setting(const char *name, int usual, int most)
{
    const char *text = getenv(name);
    long value = text ? strtol(text, NULL, 10) : usual;

    return value < 1 ? 1 : value > most ? most : (int)value;
}

static int
compare(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Of those that could be measured. */
static double
median(double *values, int count)
{
    int measured = 0;

    for (int i = 0; i < count; i++)
        if (!isnan(values[i]))
            values[measured++] = values[i];
    qsort(values, (size_t)measured, sizeof *values, compare);
    return measured ? values[measured / 2] : NAN;
}

/* --- a program on a terminal --- */

static void
prepare_home(const char *home)
{
    static const char *const folders[] = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME",
                                          "XDG_CACHE_HOME"};
    char run[128];

    setenv("HOME", home, 1);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        setenv(folders[i], home, 1);
    snprintf(run, sizeof run, "%s/run", home);
    mkdir(run, 0700);
    setenv("XDG_RUNTIME_DIR", run, 1);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    unsetenv("COLUMNS");
    unsetenv("LINES");
}

static bool
session_open(struct session *session, char *const *arguments)
{
    struct winsize size = {.ws_row = 24, .ws_col = 80};

    *session = (struct session){.home = "/tmp/randori-bench.XXXXXX"};
    if (!mkdtemp(session->home))
        return false;
    session->pid = forkpty(&session->terminal, NULL, NULL, &size);
    if (session->pid == 0) {
        prepare_home(session->home);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    return session->pid > 0;
}

/* Reads what the program writes until it was quiet for so long, or until the deadline. */
static void
session_watch(struct session *session, double quiet_ms, double deadline_ms)
{
    char text[4096];
    double quiet_since = now_ms();

    while (!session->gone && now_ms() < deadline_ms) {
        double until = fmin(deadline_ms, quiet_since + quiet_ms);
        struct pollfd wait = {.fd = session->terminal, .events = POLLIN};
        struct timespec left = {0};
        double ms = fmax(until - now_ms(), 0);

        left.tv_sec = (time_t)(ms / 1e3);
        left.tv_nsec = (long)(fmod(ms, 1e3) * 1e6);
        if (ppoll(&wait, 1, &left, NULL) == 0)
            return;
        ssize_t got = read(session->terminal, text, sizeof text);
        session->gone = got <= 0;
        session->bytes += got > 0 ? (uint64_t)got : 0;
        quiet_since = session->last_byte_ms = now_ms();
    }
}

static void
session_press(struct session *session, const char *keys)
{
    if (keys && write(session->terminal, keys, strlen(keys)) < 0)
        session->gone = true;
    session_watch(session, 1e9, now_ms() + 700); /* past the keys that a change of phase swallows */
}

static int
remove_entry(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    return remove(path);
}

/* Asks the program to end, and makes it. */
static void
session_close(struct session *session)
{
    kill(session->pid, SIGTERM);
    for (int i = 0; i < 300 && waitpid(session->pid, NULL, WNOHANG) == 0; i++) {
        session_watch(session, 10, now_ms() + 10);
        if (session->gone)
            usleep(10000);
        if (i == 299) {
            kill(session->pid, SIGKILL);
            waitpid(session->pid, NULL, 0);
        }
    }
    close(session->terminal);
    nftw(session->home, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* --- what /proc knows --- */

/* The number behind a label in a file of /proc, the first when there is no label. */
static double
proc_number(const char *path, const char *label)
{
    char line[256];
    double number = 0;
    FILE *file = fopen(path, "re");

    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, label, strlen(label)) == 0) {
            number = strtod(line + strlen(label), NULL);
            break;
        }
    if (file)
        fclose(file);
    return number;
}

/* Summed over the program's threads. */
static double
threads_number(pid_t pid, const char *file, const char *label)
{
    char pattern[64];
    glob_t found;
    double sum = 0;

    snprintf(pattern, sizeof pattern, "/proc/%d/task/*/%s", (int)pid, file);
    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    for (size_t i = 0; i < found.gl_pathc; i++)
        sum += proc_number(found.gl_pathv[i], label);
    globfree(&found);
    return sum;
}

static double
resident_kb(pid_t pid)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
    return proc_number(path, "VmRSS:");
}

/* --- the figures --- */

/* The first frame is there when the terminal is quiet for 5 ms after something was drawn. */
static double
start_ms(const struct contender *contender)
{
    struct session session;
    double began = now_ms();

    if (!session_open(&session, contender->run))
        return NAN;
    while (session.bytes < 100 && !session.gone && now_ms() < began + 3000)
        session_watch(&session, 1, began + 3000);
    session_watch(&session, 5, began + 3000);
    double took = session.gone ? NAN : session.last_byte_ms - began;
    session_close(&session);
    return took;
}

static double
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

/* Voluntary wake-ups a second over so many seconds. */
static double
watch_wakeups(struct session *session, int seconds)
{
    double before = threads_number(session->pid, "status", "voluntary_ctxt_switches:");

    session_watch(session, 1e9, now_ms() + seconds * 1e3);
    return (threads_number(session->pid, "status", "voluntary_ctxt_switches:") - before) / seconds;
}

static struct ticking
measure_ticking(const struct contender *contender, int seconds)
{
    struct ticking result = {NAN, NAN, NAN, NAN, NAN};
    struct session session;

    if (!contender->run[0] || !session_open(&session, contender->run))
        return result;
    session_press(&session, NULL);
    session_press(&session, contender->start_key);
    uint64_t bytes = session.bytes;
    double cpu = threads_number(session.pid, "schedstat", "");
    result.wakeups = watch_wakeups(&session, seconds);
    result.bytes = (double)(session.bytes - bytes) / seconds;
    result.cpu_ms = (threads_number(session.pid, "schedstat", "") - cpu) / 1e6 * 60 / seconds;
    result.resident_kb = resident_kb(session.pid);
    if (contender->pause_key) {
        session_press(&session, contender->pause_key);
        result.paused_wakeups = watch_wakeups(&session, seconds);
    }
    if (session.gone)
        result = (struct ticking){NAN, NAN, NAN, NAN, NAN};
    session_close(&session);
    return result;
}

/* --- the table --- */

static void
print_number(double number, int decimals)
{
    if (isnan(number))
        printf("%10s", "-");
    else
        printf("%10.*f", decimals, number);
}

/* One row: floor, randori, their ratio, the goal, tty-clock. */
static void
print_row(const char *figure, const double *values, int decimals, const char *goal)
{
    printf("%-30s", figure);
    print_number(values[0], decimals);
    print_number(values[1], decimals);
    print_number(values[0] > 0 ? values[1] / values[0] : NAN, 2);
    printf("  %-18s", goal);
    print_number(values[2], decimals);
    printf("\n");
}

static void
bench_starts(const struct contender *contenders, int runs)
{
    static double start[COLUMNS][MAX_RUNS], version[COLUMNS][MAX_RUNS];
    double starts[COLUMNS], versions[COLUMNS];

    for (int run = 0; run < runs; run++)
        for (int i = 0; i < COLUMNS; i++) {
            bool is_here = contenders[i].run[0];
            start[i][run] = is_here ? start_ms(&contenders[i]) : NAN;
            version[i][run] = is_here ? run_ms(contenders[i].version) : NAN;
        }
    for (int i = 0; i < COLUMNS; i++) {
        starts[i] = median(start[i], runs);
        versions[i] = median(version[i], runs);
    }
    print_row("start to first frame, ms", starts, 2, "<= 1.3x floor");
    print_row("--version (floor: exec), ms", versions, 2, "<= 1.1x tty-clock");
}

static void
bench_ticking(const struct contender *contenders, int seconds)
{
    struct ticking ticking[COLUMNS];
    double wakeups[COLUMNS], paused[COLUMNS], bytes[COLUMNS], cpu[COLUMNS], resident[COLUMNS];

    for (int i = 0; i < COLUMNS; i++) {
        ticking[i] = measure_ticking(&contenders[i], seconds);
        wakeups[i] = ticking[i].wakeups;
        paused[i] = ticking[i].paused_wakeups;
        bytes[i] = ticking[i].bytes;
        cpu[i] = ticking[i].cpu_ms;
        resident[i] = ticking[i].resident_kb;
    }
    print_row("wake-ups a second", wakeups, 2, "1.0");
    print_row("wake-ups a second, paused", paused, 2, "0");
    print_row("bytes a tick", bytes, 1, "<= 60");
    print_row("CPU, ms a minute", cpu, 1, "<= 1.2x floor");
    print_row("resident, KB", resident, 0, "<= 1.3x floor");
}

/* A folder of past sessions, all with the content of `record`. */
static bool
fill_records(const char *home, const char *record, int count)
{
    bool filled = true;

    for (int i = 0; filled && i < count; i++) {
        char name[128];

        snprintf(name, sizeof name, "%s/randori/20250101T%06dZ-0000.jsonl", home, i);
        filled = link(record, name) == 0;
    }
    return filled;
}

/* What a status bar asks each second, beside a session that is running; against --version. The
 * home stays set: this comes last. */
static void
bench_status(const struct contender *contender, int runs)
{
    static double status[MAX_RUNS], version[MAX_RUNS];
    char *arguments[] = {contender->run[0], "status", NULL}, record[128];
    double columns[COLUMNS] = {NAN, NAN, NAN};
    struct session session;
    glob_t found = {0};

    if (!session_open(&session, contender->run))
        return;
    session_press(&session, NULL);
    session_press(&session, contender->start_key);
    prepare_home(session.home);
    snprintf(record, sizeof record, "%s/randori/*.jsonl", session.home);
    if (glob(record, 0, NULL, &found) == 0 &&
        fill_records(session.home, found.gl_pathv[0], PAST_SESSIONS)) {
        for (int run = 0; run < runs; run++) {
            version[run] = run_ms(contender->version);
            status[run] = run_ms(arguments);
        }
        columns[0] = median(version, runs);
        columns[1] = median(status, runs);
    }
    print_row("status (floor: --version), ms", columns, 2, "<= 1.3x --version");
    globfree(&found);
    session_close(&session);
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: bench RANDORI FLOOR\n");
        return 2;
    }
    bool has_clock = system("command -v tty-clock >/dev/null") == 0;
    struct contender contenders[COLUMNS] = {
        {"floor", {argv[2]}, {argv[2], "--version"}, NULL, " "},
        {"randori", {argv[1], "-c", "config/session.ini"}, {argv[1], "--version"}, "\r", " "},
        {"tty-clock", {has_clock ? "tty-clock" : NULL, "-s"}, {"tty-clock", "-v"}, NULL, NULL},
    };
    int runs = setting("BENCH_RUNS", 21, MAX_RUNS);
    int seconds = setting("BENCH_SECONDS", 10, 3600);

    printf("80x24, xterm-256color; medians of %d interleaved starts, then %d s of ticking each\n",
           runs, seconds);
    printf("%-30s%10s%10s%10s  %-18s%10s\n", "", contenders[0].name, contenders[1].name, "ratio",
           "goal", contenders[2].name);
    fflush(stdout);
    bench_starts(contenders, runs);
    bench_ticking(contenders, seconds);
    bench_status(&contenders[1], runs);
    return 0;
}
