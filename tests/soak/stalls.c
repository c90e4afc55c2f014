/*
 * How long the countdown stands still while the desktop is broken in every way, and while the disk
 * is slow (F15, F16, F24): the whole program on a real terminal, beside a desktop of its own.
 *
 *     stalls [-t SECONDS]     for each row (20)
 *
 * At 60 times the speed the countdown changes every 17 ms, and a turn ends, with a popup and its
 * facts on the disk, every 1.3 s. What is measured is the time between two outputs, so what else
 * runs on this machine is in it. Exits 1 when the longest of a row is over STALL_MS.
 */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../desktop/desktop.h"
#include "../terminal/dojo_room.h"

enum { STALL_MS = 1000, GOOD_MS = 50, GAPS_MOST = 100000, STEP_MS = 500, SETTLE_MS = 1500 };

struct stage {
    struct desktop desktop;
    struct room room;
    struct vt *vt;
    pid_t dunst; /* our own, where it crashes again and again */
    int steps;
};

struct row {
    const char *name;
    bool has_notifications;
    const char *environment[2];
    void (*begin)(struct stage *stage); /* before the program starts; NULL: nothing */
    void (*step)(struct stage *stage);  /* every STEP_MS; NULL: nothing */
};

struct gaps {
    int us[GAPS_MOST], count;
};

/* --- what is broken ------------------------------------------------------------------------ */

static void
signal_to(pid_t pid, int number)
{
    if (pid > 0)
        kill(pid, number);
}

static void
no_daemon(struct stage *stage)
{
    signal_to(stage->desktop.dunst, SIGKILL);
}

static void
no_bus(struct stage *stage)
{
    (void)stage;
    setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", 1);
}

static void
hang_daemon(struct stage *stage)
{
    signal_to(stage->desktop.dunst, SIGSTOP);
}

static void
hang_bus(struct stage *stage)
{
    signal_to(stage->desktop.bus, SIGSTOP);
}

/* It answers, half a second late or more. */
static void
slow_daemon(struct stage *stage)
{
    signal_to(stage->desktop.dunst, stage->steps % 2 == 0 ? SIGSTOP : SIGCONT);
}

static void
crash_daemon(struct stage *stage)
{
    char config[128];

    no_daemon(stage);
    if (stage->dunst > 0) {
        kill(stage->dunst, SIGKILL);
        waitpid(stage->dunst, NULL, 0);
        stage->dunst = 0;
        return;
    }
    snprintf(config, sizeof config, "%s/dunstrc", stage->desktop.folder);
    stage->dunst = fork();
    if (stage->dunst == 0) {
        int nothing = open("/dev/null", O_RDWR);

        dup2(nothing, STDOUT_FILENO);
        dup2(nothing, STDERR_FILENO);
        execlp("dunst", "dunst", "-config", config, (char *)NULL);
        _exit(127);
    }
}

static void
kill_bus(struct stage *stage)
{
    if (stage->steps == 4)
        signal_to(stage->desktop.bus, SIGKILL);
}

static void
kill_helper(struct stage *stage)
{
    signal_to(desktop_child(vt_pid(stage->vt), "randori-notify"), SIGKILL);
}

static void
hang_helper(struct stage *stage)
{
    signal_to(desktop_child(vt_pid(stage->vt), "randori-notify"), SIGSTOP);
}

static const struct row rows[] = {
    {"no notifications", false, {NULL}, NULL, NULL},
    {"desktop as it should be", true, {NULL}, NULL, NULL},
    {"daemon absent", true, {NULL}, no_daemon, NULL},
    {"daemon slow", true, {NULL}, NULL, slow_daemon},
    {"daemon hung", true, {NULL}, hang_daemon, NULL},
    {"daemon crashing", true, {NULL}, NULL, crash_daemon},
    {"bus absent", true, {NULL}, no_bus, NULL},
    {"bus hung", true, {NULL}, hang_bus, NULL},
    {"bus dies", true, {NULL}, NULL, kill_bus},
    {"helper killed, twice a second", true, {NULL}, NULL, kill_helper},
    {"helper hung", true, {NULL}, NULL, hang_helper},
    {"disk of 2 s a sync", false, {"RANDORI_SLOW=2000"}, NULL, NULL},
    {"the same, and daemon hung", true, {"RANDORI_SLOW=2000"}, hang_daemon, NULL},
};

/* --- measuring ----------------------------------------------------------------------------- */

static int64_t
now_us(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * INT64_C(1000000) + at.tv_nsec / 1000;
}

static void
watch(struct stage *stage, const struct row *row, int seconds, struct gaps *gaps)
{
    int64_t last = now_us(), until = last + seconds * INT64_C(1000000), step = last;
    int64_t bytes = vt_bytes(stage->vt);

    while (now_us() < until) {
        if (row->step != NULL && now_us() >= step) {
            row->step(stage);
            stage->steps++;
            step += STEP_MS * 1000;
        }
        vt_watch(stage->vt, 1);
        if (vt_bytes(stage->vt) == bytes)
            continue;
        bytes = vt_bytes(stage->vt);
        if (gaps->count < GAPS_MOST)
            gaps->us[gaps->count++] = (int)(now_us() - last);
        last = now_us();
    }
    if (gaps->count < GAPS_MOST) /* it may stand still at the end */
        gaps->us[gaps->count++] = (int)(now_us() - last);
}

static int
by_size(const void *one, const void *other)
{
    const int *a = one, *b = other;

    return (*a > *b) - (*a < *b);
}

/* Returns the longest, ms. */
static double
print_row(const struct row *row, struct gaps *gaps)
{
    int last = gaps->count - 1;

    qsort(gaps->us, (size_t)gaps->count, sizeof gaps->us[0], by_size);
    printf("%-30s %8d %8.1f %8.1f %8.1f\n", row->name, gaps->count, gaps->us[last / 2] / 1000.0,
           gaps->us[(int)(last * 0.99)] / 1000.0, gaps->us[last] / 1000.0);
    fflush(stdout);
    return gaps->us[last] / 1000.0;
}

/* --- the stage ----------------------------------------------------------------------------- */

static void
write_settings(const struct room *room, bool has_notifications)
{
    char path[ROOM_PATH];
    FILE *file;

    snprintf(path, sizeof path, "%s/session.ini", room->home.folder);
    file = fopen(path, "w");
    if (file == NULL)
        abort();
    fprintf(file, "[session]\nrecords = records\n[alerts]\nnotification = %s\n",
            has_notifications ? "yes" : "no");
    fclose(file);
}

static bool
open_stage(struct stage *stage, const struct row *row, char *preload, size_t size)
{
    const char *slash;

    *stage = (struct stage){.steps = 0};
    if (row->has_notifications &&
        (!desktop_open(&stage->desktop) || stage->desktop.missing[0] != '\0')) {
        printf("%-30s there is no desktop here: %s is missing\n", row->name,
               stage->desktop.missing);
        return false;
    }
    room_open(&stage->room, NULL);
    write_settings(&stage->room, row->has_notifications);
    slash = strrchr(stage->room.program, '/');
    snprintf(preload, size, "LD_PRELOAD=%.*s/tests/soak/shim_faults.so",
             (int)(slash - stage->room.program), stage->room.program);
    if (row->environment[0] != NULL) {
        home_add(&stage->room.home, preload);
        home_add(&stage->room.home, row->environment[0]);
    }
    if (row->begin != NULL)
        row->begin(stage);
    return true;
}

static void
close_stage(struct stage *stage)
{
    vt_end(stage->vt);
    if (stage->dunst > 0) {
        kill(stage->dunst, SIGKILL);
        waitpid(stage->dunst, NULL, 0);
    }
    signal_to(stage->desktop.dunst, SIGCONT);
    signal_to(stage->desktop.bus, SIGCONT);
    if (stage->room.home.folder[0] != '\0')
        room_close(&stage->room);
    desktop_close(&stage->desktop);
}

/* The longest pause, ms; below 0 when it could not be measured. */
static double
measure(const struct row *row, int seconds)
{
    static struct gaps gaps;
    char preload[ROOM_PATH + 64];
    struct stage stage;
    double longest = -1;

    gaps.count = 0;
    if (open_stage(&stage, row, preload, sizeof preload)) {
        stage.vt = room_start(&stage.room, 24, 80, "--speed 60 --turn 1m --duration 12h");
        if (stage.vt != NULL && vt_wait_text(stage.vt, "Enter starts the session")) {
            vt_send(stage.vt, "\r");
            vt_watch(stage.vt, SETTLE_MS);
            watch(&stage, row, seconds, &gaps);
            longest = print_row(row, &gaps);
        }
    }
    close_stage(&stage);
    return longest;
}

int
main(int argc, char **argv)
{
    int seconds = 20, measured = 0, good = 0, bad = 0, option;

    while ((option = getopt(argc, argv, "t:")) != -1) {
        if (option != 't')
            return 2;
        seconds = atoi(optarg);
    }
    signal(SIGPIPE, SIG_IGN);
    printf("%-30s %8s %8s %8s %8s\n", "time between two outputs, ms", "outputs", "median", "99 %",
           "longest");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double longest = measure(&rows[i], seconds);

        measured += longest >= 0;
        good += longest >= 0 && longest < GOOD_MS;
        bad += longest >= STALL_MS;
    }
    printf("%d of %d below %d ms, %d s each\n", good, measured, GOOD_MS, seconds);
    return bad == 0 && measured > 0 ? 0 : 1;
}
