/*
 * The clock: what elapsed time, wall time and the timer's time have to do with each other.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "services/clock.h"

#define MINUTES(hour, minute) ((hour)*60 + (minute))

enum { TOLERANCE_MS = 5000 /* a test may be put aside for this long between two readings */ };

static void
zone(const char *name)
{
    setenv("TZ", name, 1);
    tzset();
}

/* Wall time of "2026-11-22 14:00:00" in the zone in force. */
static int64_t
wall(const char *text)
{
    struct tm local = {.tm_isdst = -1};
    assert_non_null(strptime(text, "%Y-%m-%d %H:%M:%S", &local));
    return (int64_t)mktime(&local) * 1000;
}

static void
goes_on_from_where_it_is_started(void **state)
{
    (void)state;
    struct clock clock;
    int64_t before = clock_boot_ms();
    clock_start(&clock, 1, 300000);
    struct moment now = clock_now(&clock);
    int64_t passed = clock_boot_ms() - before;
    assert_in_range(now.elapsed_ms, 300000, 300000 + passed);
    assert_in_range(now.wall_ms / 1000, time(NULL) - TOLERANCE_MS / 1000, time(NULL));
}

static void
never_goes_back(void **state)
{
    (void)state;
    struct clock clock;
    clock_start(&clock, 7, 0);
    int64_t last = 0;
    for (int i = 0; i < 10000; i++) {
        int64_t now = clock_now(&clock).elapsed_ms;
        assert_true(now >= last);
        last = now;
    }
}

/* The base lies back in time, so that nothing has to be waited for. */
static void
runs_faster_with_speed(void **state)
{
    (void)state;
    struct clock clock;
    clock_start(&clock, 60, 1000);
    int64_t began = clock.base_wall_ms;
    clock.base_boot_ms -= 10000;
    struct moment now = clock_now(&clock);
    assert_in_range(now.elapsed_ms, 601000, 601000 + 60 * TOLERANCE_MS);
    assert_int_equal(now.wall_ms - began, now.elapsed_ms - 1000);
}

static void
takes_no_speed_below_one(void **state)
{
    (void)state;
    struct clock clock;
    clock_start(&clock, 0, 0);
    assert_int_equal(clock.speed, 1);
    clock_start(&clock, -5, 0);
    assert_int_equal(clock.speed, 1);
}

static void
tells_when_an_elapsed_time_is_reached(void **state)
{
    (void)state;
    const struct clock even = {.base_boot_ms = 50000, .base_elapsed_ms = 1000, .speed = 1};
    const struct clock fast = {.base_boot_ms = 50000, .base_elapsed_ms = 1000, .speed = 60};
    assert_int_equal(clock_boot_at(&even, 301000), 350000);
    assert_int_equal(clock_boot_at(&fast, 301000), 55000);
    /* Never too early: the timer must not fire before its time and find nothing to do. */
    assert_int_equal(clock_boot_at(&fast, 1001), 50001);
    assert_int_equal(clock_boot_at(&fast, 1060), 50001);
    assert_int_equal(clock_boot_at(&fast, 1061), 50002);
    assert_int_equal(clock_boot_at(&even, 0), 49000);
    assert_int_equal(clock_boot_at(&fast, INT64_MAX), INT64_MAX);
}

static void
tells_the_offset_of_local_time(void **state)
{
    (void)state;
    struct clock clock;
    zone("CET-1");
    clock_start(&clock, 1, 0);
    assert_int_equal(clock_now(&clock).utc_offset_s, 3600);
    zone("IST-5:30");
    assert_int_equal(clock_now(&clock).utc_offset_s, 19800);
    zone("UTC");
    assert_int_equal(clock_now(&clock).utc_offset_s, 0);
}

static void
finds_the_next_wall_clock_time(void **state)
{
    (void)state;
    zone("UTC");
    static const struct {
        int minutes;
        const char *now, *then;
    } cases[] = {
        {MINUTES(14, 0), "2026-11-22 12:45:00", "2026-11-22 14:00:00"},
        {MINUTES(14, 0), "2026-11-22 14:20:00", "2026-11-22 14:00:00"}, /* it is over: today's */
        {MINUTES(2, 0), "2026-11-22 14:00:00", "2026-11-22 02:00:00"},  /* 12 h back, not more */
        {MINUTES(1, 59), "2026-11-22 14:00:00", "2026-11-23 01:59:00"},
        {MINUTES(0, 10), "2026-12-31 23:50:30", "2027-01-01 00:10:00"},
        {MINUTES(23, 59), "2026-11-22 00:00:00", "2026-11-22 23:59:00"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(clock_wall_of(cases[i].minutes, wall(cases[i].now)), wall(cases[i].then));
}

/* F19: the 25th of October 2026 has 25 hours, the 28th of March 2027 has 23 in central Europe. */
static void
is_right_in_a_night_with_another_length(void **state)
{
    (void)state;
    zone("CET-1CEST,M3.5.0,M10.5.0/3");
    int64_t hour = 3600000;
    assert_int_equal(clock_wall_of(MINUTES(6, 0), wall("2026-10-25 00:00:00")) -
                         wall("2026-10-25 00:00:00"),
                     7 * hour);
    assert_int_equal(clock_wall_of(MINUTES(6, 0), wall("2027-03-28 00:00:00")) -
                         wall("2027-03-28 00:00:00"),
                     5 * hour);
    /* Tomorrow's 6:00, from the evening before. */
    assert_int_equal(clock_wall_of(MINUTES(6, 0), wall("2026-10-24 22:00:00")) -
                         wall("2026-10-24 22:00:00"),
                     9 * hour);
    zone("UTC");
}

static void
knows_the_boot_and_the_host(void **state)
{
    (void)state;
    char boot[BOOT_ID_SIZE], again[BOOT_ID_SIZE], host[HOST_KEY_SIZE];
    clock_boot_id(boot);
    clock_boot_id(again);
    assert_string_equal(boot, again);
    assert_int_equal(strlen(boot), 36);
    clock_host_key(host);
    /* A container may have no machine-id; else 16 hex digits. */
    assert_true(strlen(host) == 0 || strlen(host) == 16);
    assert_int_equal(strspn(host, "0123456789abcdef"), strlen(host));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_on_from_where_it_is_started),
        cmocka_unit_test(never_goes_back),
        cmocka_unit_test(runs_faster_with_speed),
        cmocka_unit_test(takes_no_speed_below_one),
        cmocka_unit_test(tells_when_an_elapsed_time_is_reached),
        cmocka_unit_test(tells_the_offset_of_local_time),
        cmocka_unit_test(finds_the_next_wall_clock_time),
        cmocka_unit_test(is_right_in_a_night_with_another_length),
        cmocka_unit_test(knows_the_boot_and_the_host),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
