#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "session/duration.h"

static int64_t
length_of(const char *text)
{
    int64_t ms = -1;
    assert_true(duration_parse(text, &ms));
    return ms;
}

static bool
is_length(const char *text)
{
    int64_t ms = 7;
    bool good = duration_parse(text, &ms);
    assert_true(good || ms == 7); /* left alone */
    return good;
}

static void
lengths_are_read(void **state)
{
    (void)state;
    assert_int_equal(length_of("5m"), 300000);
    assert_int_equal(length_of("90s"), 90000);
    assert_int_equal(length_of("1h15m"), 4500000);
    assert_int_equal(length_of("1h15m5s"), 4505000);
    assert_int_equal(length_of("1h5s"), 3605000);
    assert_int_equal(length_of("0s"), 0);
    assert_int_equal(length_of("0"), 0);
    assert_int_equal(length_of("24h"), 86400000);
    assert_int_equal(length_of("86400s"), 86400000);
}

static void
other_spellings_are_refused(void **state)
{
    static const char *const bad[] = {
        "",    "5",   "m",    "5 m",  " 5m",  "5m ",     "5min", "5M",
        "-5m", "+5m", "1.5m", "5m1h", "5m5m", "1h15",    "00",   "24h1s",
        "25h", "1d",  "5m\n", "0x5m", "5mm",  "999999s", "٥m",   "99999999999999999999h",
    };
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (is_length(bad[i]))
            fail_msg("accepted \"%s\"", bad[i]);
}

static void
lengths_are_written_as_they_are_read(void **state)
{
    char out[DURATION_SIZE];
    (void)state;
    assert_string_equal(duration_text(out, 300000), "5m");
    assert_string_equal(duration_text(out, 4500000), "1h15m");
    assert_string_equal(duration_text(out, 90000), "1m30s");
    assert_string_equal(duration_text(out, 3605000), "1h5s");
    assert_string_equal(duration_text(out, 0), "0s");
    for (int64_t ms = 0; ms <= 86400000; ms += 7000)
        assert_int_equal(length_of(duration_text(out, ms)), ms);
}

static void
a_countdown_shows_one_second_until_the_end(void **state)
{
    char out[DURATION_SIZE];
    (void)state;
    assert_string_equal(duration_clock(out, 300000), "5:00");
    assert_string_equal(duration_clock(out, 299001), "5:00");
    assert_string_equal(duration_clock(out, 299000), "4:59");
    assert_string_equal(duration_clock(out, 9000), "0:09");
    assert_string_equal(duration_clock(out, 1), "0:01");
    assert_string_equal(duration_clock(out, 0), "0:00");
    assert_string_equal(duration_clock(out, 4500000), "75:00");
}

static void
overtime_counts_up(void **state)
{
    char out[DURATION_SIZE];
    (void)state;
    assert_string_equal(duration_clock(out, -1), "+0:00");
    assert_string_equal(duration_clock(out, -999), "+0:00");
    assert_string_equal(duration_clock(out, -1000), "+0:01");
    assert_string_equal(duration_clock(out, -7900), "+0:07");
    assert_string_equal(duration_clock(out, -60000), "+1:00");
}

static void
any_number_fits_the_buffer(void **state)
{
    char out[DURATION_SIZE];
    (void)state;
    duration_clock(out, INT64_MAX);
    duration_clock(out, INT64_MIN + 1);
    duration_text(out, INT64_MAX);
    clock_text(out, INT64_MAX, INT32_MAX);
    assert_int_equal(clock_text(out, INT64_MIN, INT32_MIN)[2], ':');
}

static void
times_of_day_are_read(void **state)
{
    int minutes = -1;
    (void)state;
    assert_true(clock_parse("14:00", &minutes));
    assert_int_equal(minutes, 840);
    assert_true(clock_parse("9:05", &minutes));
    assert_int_equal(minutes, 545);
    assert_true(clock_parse("09:05", &minutes));
    assert_int_equal(minutes, 545);
    assert_true(clock_parse("0:00", &minutes));
    assert_int_equal(minutes, 0);
    assert_true(clock_parse("23:59", &minutes));
    assert_int_equal(minutes, 1439);
}

static void
other_times_are_refused(void **state)
{
    static const char *const bad[] = {"",       "14",    "14:0",   "14:000", "24:00", "14:60",
                                      "014:00", "14.00", "14:00 ", "-1:00",  ":30",   "14:00:00"};
    int minutes = 7;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (clock_parse(bad[i], &minutes))
            fail_msg("accepted \"%s\"", bad[i]);
    assert_int_equal(minutes, 7);
}

static void
a_moment_is_shown_in_local_time(void **state)
{
    char out[DURATION_SIZE];
    const int64_t at = 1795348700004; /* 2026-11-22 11:58:20 UTC */
    (void)state;
    assert_string_equal(clock_text(out, at, 0), "11:58");
    assert_string_equal(clock_text(out, at, 3600), "12:58");
    assert_string_equal(clock_text(out, at, -12 * 3600), "23:58");
    assert_string_equal(clock_text(out, at, 13 * 3600), "00:58");
    assert_string_equal(clock_text(out, 0, -60), "23:59");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_read),
        cmocka_unit_test(other_spellings_are_refused),
        cmocka_unit_test(lengths_are_written_as_they_are_read),
        cmocka_unit_test(a_countdown_shows_one_second_until_the_end),
        cmocka_unit_test(overtime_counts_up),
        cmocka_unit_test(any_number_fits_the_buffer),
        cmocka_unit_test(times_of_day_are_read),
        cmocka_unit_test(other_times_are_refused),
        cmocka_unit_test(a_moment_is_shown_in_local_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
