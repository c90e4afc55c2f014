/* What a running session costs, and how long a key takes to be seen. */
#include <math.h>
#include <stdio.h>

#include "bench.h"

enum { KEYS = 200 };

/* NAN: could not be measured. */
struct ticking {
    double wakeups, paused_wakeups, bytes, paused_bytes, cpu_ms, resident_kb;
};

bool
contender_open(const struct contender *contender, struct session *session, int rows, int columns)
{
    if (!session_open(session, contender->run, rows, columns))
        return false;
    session_press(session, NULL);
    session_press(session, contender->start_key);
    return true;
}

/* Voluntary wake-ups a second over so many seconds. */
static double
watch_wakeups(struct session *session, int seconds)
{
    double before = session_threads(session, "status", "voluntary_ctxt_switches:");

    session_watch(session, 1e9, now_ms() + seconds * 1e3);
    return (session_threads(session, "status", "voluntary_ctxt_switches:") - before) / seconds;
}

static struct ticking
measure_ticking(const struct contender *contender, int seconds)
{
    const struct ticking not_measured = {NAN, NAN, NAN, NAN, NAN, NAN};
    struct ticking result = not_measured;
    struct session session;
    uint64_t bytes;

    if (!contender_open(contender, &session, ROWS_USUAL, COLUMNS_USUAL))
        return result;
    double cpu = session_threads(&session, "schedstat", "");
    bytes = session.bytes;
    result.wakeups = watch_wakeups(&session, seconds);
    result.bytes = (double)(session.bytes - bytes) / seconds;
    result.cpu_ms = (session_threads(&session, "schedstat", "") - cpu) / 1e6 * 60 / seconds;
    result.resident_kb = session_resident_kb(&session);
    if (contender->pause_key) {
        session_press(&session, contender->pause_key);
        bytes = session.bytes;
        result.paused_wakeups = watch_wakeups(&session, seconds);
        result.paused_bytes = (double)(session.bytes - bytes);
    }
    if (session.gone)
        result = not_measured;
    session_close(&session);
    return result;
}

void
bench_ticking(const struct contender *contenders, int seconds)
{
    struct ticking ticking[CONTENDERS];
    double wakeups[CONTENDERS], paused[CONTENDERS], bytes[CONTENDERS], still[CONTENDERS],
        cpu[CONTENDERS], resident[CONTENDERS];

    for (int i = 0; i < CONTENDERS; i++) {
        ticking[i] = measure_ticking(&contenders[i], seconds);
        wakeups[i] = ticking[i].wakeups;
        paused[i] = ticking[i].paused_wakeups;
        bytes[i] = ticking[i].bytes;
        still[i] = ticking[i].paused_bytes;
        cpu[i] = ticking[i].cpu_ms;
        resident[i] = ticking[i].resident_kb;
    }
    print_row("wake-ups a second", wakeups, 2, "1.0");
    print_row("wake-ups a second, paused", paused, 2, "0");
    print_row("bytes a tick", bytes, 1, "<= 60");
    print_row("bytes while paused, in all", still, 0, "0");
    print_row("CPU, ms a minute", cpu, 1, "<= 1.2x floor");
    print_row("resident, KB", resident, 0, "<= 1.3x floor");
}

/* All rungs of the ladder at once: bytes do not depend on how busy the machine is. */
void
bench_rungs(const struct contender *contender, int seconds)
{
    static const int sizes[][2] = {{200, 60}, {80, 24}, {40, 12}, {40, 3}, {80, 1}};
    enum { RUNGS = sizeof sizes / sizeof *sizes };
    struct session sessions[RUNGS];
    uint64_t before[RUNGS];
    int count = 0;

    while (count < RUNGS &&
           contender_open(contender, &sessions[count], sizes[count][1], sizes[count][0]))
        count++;
    sessions_watch(sessions, count, now_ms() + 500);
    for (int i = 0; i < count; i++)
        before[i] = sessions[i].bytes;
    sessions_watch(sessions, count, now_ms() + seconds * 1e3);
    for (int i = 0; i < count; i++) {
        double row[CONTENDERS] = {NAN, (double)(sessions[i].bytes - before[i]) / seconds, NAN};
        char figure[40];

        snprintf(figure, sizeof figure, "bytes a tick, %dx%d", sizes[i][0], sizes[i][1]);
        print_row(figure, row, 1, "");
        session_close(&sessions[i]);
    }
}

static void
print_keys(const char *figure, double times[CONTENDERS][KEYS], const char *goal)
{
    double row[CONTENDERS];
    char title[64];

    for (int hundredth = 50; hundredth < 100; hundredth += 49) {
        for (int i = 0; i < CONTENDERS; i++)
            row[i] = percentile(times[i], KEYS, hundredth);
        snprintf(title, sizeof title, "%s, p%d, ms", figure, hundredth);
        print_row(title, row, 2, hundredth == 50 ? goal : "");
    }
}

/* One that only looks at something else, and one whose fact is on disk before it is shown. */
void
bench_keys(const struct contender *contenders)
{
    static double looks[CONTENDERS][KEYS], acts[CONTENDERS][KEYS];
    struct session sessions[CONTENDERS];
    bool open[CONTENDERS];

    for (int i = 0; i < CONTENDERS; i++)
        open[i] = contenders[i].look_key &&
                  contender_open(&contenders[i], &sessions[i], ROWS_USUAL, COLUMNS_USUAL);
    for (int i = 0; i < CONTENDERS; i++)
        for (int key = 0; key < KEYS; key++)
            looks[i][key] = acts[i][key] = NAN;
    for (int key = 0; key < KEYS; key++)
        for (int i = 0; i < CONTENDERS; i++)
            if (open[i]) {
                looks[i][key] = session_key_ms(&sessions[i], contenders[i].look_key);
            }
    for (int key = 0; key < KEYS; key++)
        for (int i = 0; i < CONTENDERS; i++)
            if (open[i])
                acts[i][key] = session_key_ms(&sessions[i], contenders[i].pause_key);
    for (int i = 0; i < CONTENDERS; i++)
        if (open[i])
            session_close(&sessions[i]);
    print_keys("key to screen", looks, "<= 2x floor");
    print_keys("key to disk and screen", acts, "");
}
