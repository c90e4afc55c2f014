/* Days, and when the dojo meets again. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session/cadence.h"
#include "session/calendar.h"

static int64_t
day(const char *text)
{
    int64_t days;

    if (!calendar_parse(text, &days))
        fail_msg("no date: %s", text);
    return days;
}

static void
assert_day(int64_t days, const char *text)
{
    char out[CALENDAR_SIZE];

    assert_string_equal(calendar_text(out, days), text);
}

static void
days_and_dates_are_the_same(void **state)
{
    char out[CALENDAR_SIZE];
    int64_t read;

    (void)state;
    assert_int_equal(day("1970-01-01"), 0);
    assert_int_equal(day("2000-03-01"), 11017);
    for (int64_t days = 0; days < 800 * 366; days++) {
        calendar_text(out, days);
        assert_true(calendar_parse(out, &read));
        assert_int_equal(read, days);
    }
    assert_day(-5, "1970-01-01");
    assert_day(INT64_C(99999999), "9999-12-31");
}

/* Before the years that can be written, too. */
static void
eras_before_the_first_year(void **state)
{
    struct civil last = calendar_civil(-719529), first = calendar_civil(-719528);

    (void)state;
    assert_int_equal(last.year, -1);
    assert_int_equal(last.month, 12);
    assert_int_equal(last.day, 31);
    assert_int_equal(calendar_days(last), -719529);
    assert_int_equal(first.year, 0);
    assert_int_equal(first.month, 1);
    assert_int_equal(calendar_days((struct civil){-400, 3, 1}), -719468 - 146097);
    assert_int_equal(calendar_civil(-719468 - 146097).year, -400);
}

static void
only_dates_that_exist_are_read(void **state)
{
    static const char *const bad[] = {
        "",           "2026-11-3",  "2026-11-031", "2026-02-29", "2026-13-01", "2026-00-10",
        "2026-10-00", "2026/10/01", "2026-10/01",  "1969-12-31", "20a6-10-01", "2026-1x-01",
        "2026-10-1 ", "+026-10-01", "26-10-01",    "2026-04-31", " 2026-10-1"};
    int64_t days;

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (calendar_parse(bad[i], &days))
            fail_msg("was taken for a date: %s", bad[i]);
    }
    assert_true(calendar_parse("2024-02-29", &days));
}

static void
weekdays_go_round(void **state)
{
    (void)state;
    assert_string_equal(calendar_weekday_name(calendar_weekday(day("2025-09-16"))), "Tuesday");
    assert_string_equal(calendar_weekday_name(calendar_weekday(day("2026-11-22"))), "Sunday");
    assert_int_equal(calendar_weekday(0), THURSDAY);
    assert_int_equal(calendar_weekday(-1), WEDNESDAY);
    assert_int_equal(calendar_weekday(-7), THURSDAY);
}

static void
a_moment_has_a_local_date(void **state)
{
    const int64_t midnight = day("2026-11-22") * INT64_C(86400000);

    (void)state;
    assert_day(calendar_days_at(midnight, 0), "2026-11-22");
    assert_day(calendar_days_at(midnight, -3600), "2026-11-21");
    assert_day(calendar_days_at(midnight - 1, 0), "2026-11-21");
    assert_day(calendar_days_at(midnight - 1, 3600), "2026-11-22");
    assert_int_equal(calendar_days_at(-1, 0), -1);
}

/* ---- the cadence ---- */

static struct settings
cadence(const char *every, const char *weekday)
{
    struct settings settings;
    char why[SETTINGS_ERROR_SIZE];

    settings_init(&settings);
    assert_true(settings_set(&settings, settings_find("cadence", "every"), every, false, why));
    assert_true(settings_set(&settings, settings_find("cadence", "weekday"), weekday, false, why));
    return settings;
}

static void
assert_next(const char *every, const char *weekday, const char *last, const char *next)
{
    struct settings settings = cadence(every, weekday);
    char out[CALENDAR_SIZE];

    calendar_text(out, cadence_next(&settings, day(last)));
    if (strcmp(out, next) != 0)
        fail_msg("%s after %s on %s: %s, not %s", every, last, weekday, out, next);
    settings_free(&settings);
}

static void
weeks_go_to_the_weekday_of_that_week(void **state)
{
    (void)state;
    assert_next("2 weeks", "tuesday", "2025-09-16", "2025-09-30");
    assert_next("2 weeks", "any", "2025-09-16", "2025-09-30");
    assert_next("2 weeks", "tuesday", "2025-09-15", "2025-09-30");
    assert_next("2 weeks", "tuesday", "2025-09-21", "2025-09-30");
    assert_next("1 week", "monday", "2025-09-16", "2025-09-22");
    assert_next("1 week", "sunday", "2025-09-16", "2025-09-28");
    assert_next("12 weeks", "any", "2025-12-30", "2026-03-24");
}

static void
months_keep_the_week_of_the_month(void **state)
{
    (void)state;
    assert_next("1 month", "any", "2025-09-16", "2025-10-21"); /* the third Tuesday */
    assert_next("1 month", "any", "2025-12-02", "2026-01-06"); /* the first */
    assert_next("1 month", "any", "2025-09-30", "2025-10-28"); /* no fifth: the last */
    assert_next("1 month", "any", "2026-01-29", "2026-02-26");
    assert_next("1 month", "tuesday", "2025-09-18", "2025-10-21"); /* once it was a Thursday */
    assert_next("2 months", "any", "2025-11-11", "2026-01-13");
    assert_next("12 months", "any", "2025-09-16", "2026-09-15");
}

static void
a_proposal_is_not_in_the_past(void **state)
{
    struct settings settings = cadence("2 weeks", "any"), off = cadence("off", "tuesday");

    (void)state;
    assert_day(cadence_next_from(&settings, day("2025-09-16"), day("2025-09-17")), "2025-09-30");
    assert_day(cadence_next_from(&settings, day("2025-09-16"), day("2025-09-30")), "2025-09-30");
    assert_day(cadence_next_from(&settings, day("2025-09-16"), day("2025-10-01")), "2025-10-14");
    assert_true(cadence_next(&off, day("2025-09-16")) == CADENCE_NONE);
    assert_true(cadence_next_from(&off, day("2025-09-16"), day("2025-10-01")) == CADENCE_NONE);
    settings_free(&settings);
    settings_free(&off);
}

static void
who_waits_longer_than_the_cadence_is_overdue(void **state)
{
    struct settings settings = cadence("2 weeks", "any"), off = cadence("off", "any");
    const int64_t last = day("2025-09-16");

    (void)state;
    assert_int_equal(cadence_overdue(&settings, last, CADENCE_NONE, day("2025-09-30")), 0);
    assert_int_equal(cadence_overdue(&settings, last, CADENCE_NONE, day("2025-10-02")), 2);
    assert_int_equal(cadence_overdue(&settings, last, day("2025-10-07"), day("2025-10-02")), 0);
    assert_int_equal(cadence_overdue(&settings, last, day("2025-10-07"), day("2025-10-08")), 1);
    assert_int_equal(cadence_overdue(&off, last, CADENCE_NONE, day("2026-10-08")), 0);
    assert_int_equal(cadence_overdue(&off, last, day("2025-10-07"), day("2025-10-08")), 1);
    settings_free(&settings);
    settings_free(&off);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_and_dates_are_the_same),
        cmocka_unit_test(eras_before_the_first_year),
        cmocka_unit_test(only_dates_that_exist_are_read),
        cmocka_unit_test(weekdays_go_round),
        cmocka_unit_test(a_moment_has_a_local_date),
        cmocka_unit_test(weeks_go_to_the_weekday_of_that_week),
        cmocka_unit_test(months_keep_the_week_of_the_month),
        cmocka_unit_test(a_proposal_is_not_in_the_past),
        cmocka_unit_test(who_waits_longer_than_the_cadence_is_overdue),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
