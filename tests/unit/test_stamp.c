#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "session/stamp.h"

static void
stamps_are_written_in_local_time(void **state)
{
    char out[STAMP_SIZE];
    (void)state;
    assert_string_equal(stamp_text(out, 1795348700004, 3600), "2026-11-22T12:58:20.004+01:00");
    assert_string_equal(stamp_text(out, 0, 0), "1970-01-01T00:00:00.000+00:00");
    assert_string_equal(stamp_text(out, 1795348700004, -12600), "2026-11-22T08:28:20.004-03:30");
    assert_string_equal(stamp_text(out, 951782399999, 0), "2000-02-28T23:59:59.999+00:00");
    assert_string_equal(stamp_text(out, 951782400000, 0), "2000-02-29T00:00:00.000+00:00");
    assert_string_equal(stamp_text(out, 4107542400000, 0), "2100-03-01T00:00:00.000+00:00");
}

static void
dates_are_local_dates(void **state)
{
    char out[STAMP_SIZE];
    (void)state;
    assert_string_equal(stamp_date(out, 1795348700004, 0), "2026-11-22");
    assert_string_equal(stamp_date(out, 1795348700004, 13 * 3600), "2026-11-23");
    assert_string_equal(stamp_date(out, 1795348700004, -12 * 3600), "2026-11-21");
}

/* Every day of 140 years, as the C library counts them. */
static void
days_agree_with_the_c_library(void **state)
{
    (void)state;
    for (int64_t day = 0; day < 51134; day++) {
        char out[STAMP_SIZE], expected[STAMP_SIZE];
        time_t at = (time_t)(day * 86400);
        struct tm parts;
        int64_t wall;
        int32_t offset;
        gmtime_r(&at, &parts);
        strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%S.000+00:00", &parts);
        assert_string_equal(stamp_text(out, day * 86400000, 0), expected);
        assert_true(stamp_parse(out, &wall, &offset));
        assert_int_equal(wall, day * 86400000);
    }
}

static void
what_was_written_is_read_back(void **state)
{
    static const int32_t offsets[] = {0, 3600, -3600, 20700, -34200, 50400, -43200};
    (void)state;
    for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
        char out[STAMP_SIZE];
        int64_t wall;
        int32_t offset;
        assert_true(stamp_parse(stamp_text(out, 1795348700004, offsets[i]), &wall, &offset));
        assert_int_equal(wall, 1795348700004);
        assert_int_equal(offset, offsets[i]);
    }
}

static void
utc_may_be_written_with_z(void **state)
{
    int64_t wall;
    int32_t offset = 7;
    (void)state;
    assert_true(stamp_parse("2026-11-22T11:58:20.004Z", &wall, &offset));
    assert_int_equal(wall, 1795348700004);
    assert_int_equal(offset, 0);
}

static void
other_texts_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "2026-11-22",
        "2026-11-22T12:58:20+01:00",
        "2026-11-22 12:58:20.004+01:00",
        "2026-11-22T12:58:20.004+01:00 ",
        "2026-11-22T12:58:20.004+0100",
        "2026-11-22T12:58:20.004+24:00",
        "2026-11-22T12:58:20.004+01:60",
        "2026-11-22T24:00:00.000Z",
        "2026-11-22T12:60:20.004Z",
        "2026-11-22T12:58:60.004Z",
        "2026-13-22T12:58:20.004Z",
        "2026-00-22T12:58:20.004Z",
        "2026-11-31T12:58:20.004Z",
        "2026-11-00T12:58:20.004Z",
        "2026-02-29T12:58:20.004Z",
        "2100-02-29T12:58:20.004Z",
        "1969-12-31T23:59:59.999Z",
        "12026-11-22T12:58:20.004Z",
    };
    int64_t wall;
    int32_t offset;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        if (stamp_parse(bad[i], &wall, &offset))
            fail_msg("accepted \"%s\"", bad[i]);
}

static void
any_number_makes_some_stamp(void **state)
{
    char out[STAMP_SIZE];
    int64_t wall;
    int32_t offset;
    (void)state;
    assert_true(stamp_parse(stamp_text(out, INT64_MAX, INT32_MAX), &wall, &offset));
    assert_true(stamp_parse(stamp_text(out, INT64_MIN, INT32_MIN), &wall, &offset));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stamps_are_written_in_local_time),
        cmocka_unit_test(dates_are_local_dates),
        cmocka_unit_test(days_agree_with_the_c_library),
        cmocka_unit_test(what_was_written_is_read_back),
        cmocka_unit_test(utc_may_be_written_with_z),
        cmocka_unit_test(other_texts_are_refused),
        cmocka_unit_test(any_number_makes_some_stamp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
