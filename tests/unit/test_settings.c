#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session/duration.h"
#include "session/formats.h"
#include "session/settings.h"

static struct settings settings;
static char why[SETTINGS_ERROR_SIZE];

static int
set_up(void **state)
{
    (void)state;
    settings_init(&settings);
    *why = '\0';
    return 0;
}

static int
tear_down(void **state)
{
    (void)state;
    settings_free(&settings);
    return 0;
}

static bool
set(const char *section, const char *key, const char *text)
{
    return settings_set(&settings, settings_find(section, key), text, false, why);
}

static void
assert_value(const char *section, const char *key, const char *expected)
{
    char *value = settings_get(&settings, settings_find(section, key), 0);
    assert_string_equal(value, expected);
    free(value);
}

static void
assert_refused(const char *section, const char *key, const char *text, const char *expected)
{
    char *before = settings_get(&settings, settings_find(section, key), 0);
    assert_false(set(section, key, text));
    assert_string_equal(why, expected);
    assert_value(section, key, before);
    free(before);
}

/* --- the table --- */

static void
every_row_is_complete_and_alone(void **state)
{
    int rows = 0;
    (void)state;
    for (const struct setting *row = settings_table; row->section != NULL; row++, rows++) {
        size_t length = strlen(row->help);
        assert_ptr_equal(settings_find(row->section, row->key), row);
        assert_true(length > 20 && row->help[length - 1] == '.');
        if (row->kind == SETTING_DURATION || row->kind == SETTING_DURATIONS ||
            row->kind == SETTING_COUNT)
            assert_true(row->least < row->most);
        if (row->kind == SETTING_TEXT || row->kind == SETTING_PATH || row->kind == SETTING_TEXTS)
            assert_true(row->most > 0);
        assert_int_equal(row->kind == SETTING_CHOICE, row->choices != NULL);
    }
    assert_int_equal(rows, SETTINGS_KEYS);
}

static void
defaults_are_what_the_table_says(void **state)
{
    (void)state;
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        char all[1000] = "", *value;
        for (int i = 0; (value = settings_get(&settings, row, i)) != NULL; i++) {
            size_t used = strlen(all);
            snprintf(all + used, sizeof all - used, "%s%s", i > 0 ? "\n" : "", value);
            free(value);
        }
        if (row->kind != SETTING_TEXTS || *row->standard != '\0')
            assert_string_equal(all, row->standard);
    }
}

static void
defaults_are_those_of_the_product(void **state)
{
    (void)state;
    assert_int_equal(settings.duration_ms, 75 * 60000);
    assert_int_equal(settings.length_ms, 5 * 60000);
    assert_int_equal(settings.handover_ms, 10000);
    assert_int_equal(settings.warn_ms[0], 60000);
    assert_int_equal(settings.warn_ms[1], 10000);
    assert_int_equal(settings.warn_ms[2], 0);
    assert_int_equal(settings.extensions, 2);
    assert_int_equal(settings.start, -1);
    assert_int_equal(settings.end, -1);
    assert_int_equal(settings.order, ORDER_LISTED);
    assert_int_equal(settings.seconds, SECONDS_ALWAYS);
    assert_true(settings.autostart && settings.notification && settings.flash && !settings.bell);
    assert_int_equal(settings.questions.count, 3);
    assert_int_equal(settings.roles.count, 2);
    assert_string_equal(settings.roles.item[1], "Master of Dojo");
}

static void
defaults_do_not_conflict(void **state)
{
    struct settings_conflict conflicts[4];
    (void)state;
    assert_int_equal(settings_conflicts(&settings, conflicts, 4), 0);
}

/* --- values --- */

static void
every_kind_of_value_is_set_and_read_back(void **state)
{
    static const char *const values[][3] = {
        {"session", "title", "Dojo “Zoë” = 1; # ok"},
        {"session", "records", "records/dojo"},
        {"session", "start", "12:45"},
        {"turn", "length", "30s"},
        {"turn", "warn", "2m 1m 30s 10s"},
        {"turn", "warn", ""},
        {"turn", "extensions", "0"},
        {"turn", "autostart", "no"},
        {"turn", "order", "shuffled"},
        {"display", "seconds", "last-minute"},
        {"roles", "role", "Scribe"},
        {"cadence", "every", "1 week"},
        {"cadence", "every", "12 months"},
        {"cadence", "every", "off"},
        {"cadence", "every", "2 weeks"},
        {"cadence", "weekday", "tuesday"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        assert_true(set(values[i][0], values[i][1], values[i][2]));
        assert_value(values[i][0], values[i][1], values[i][2]);
    }
    assert_int_equal(settings.order, ORDER_SHUFFLED);
    assert_int_equal(settings.seconds, SECONDS_LAST_MINUTE);
    assert_int_equal(settings.start, 12 * 60 + 45);
}

static void
warnings_are_sorted(void **state)
{
    (void)state;
    assert_true(set("turn", "warn", " 10s  2m\t1m "));
    assert_value("turn", "warn", "2m 1m 10s");
}

static void
limits_belong_to_the_range(void **state)
{
    char text[DURATION_SIZE];
    (void)state;
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        if (row->kind != SETTING_DURATION)
            continue;
        assert_true(set(row->section, row->key, duration_text(text, row->least)));
        assert_true(set(row->section, row->key, duration_text(text, row->most)));
        assert_false(set(row->section, row->key, duration_text(text, row->most + 1000)));
        if (row->least > 0)
            assert_false(set(row->section, row->key, duration_text(text, row->least - 1000)));
    }
}

static void
a_refusal_names_what_would_do(void **state)
{
    (void)state;
    assert_refused("turn", "length", "5 m",
                   "length must be a length of time from 30s to 1h, not \"5 m\"");
    assert_refused("turn", "length", "29s",
                   "length must be a length of time from 30s to 1h, not \"29s\"");
    assert_refused("turn", "length", "",
                   "length must be a length of time from 30s to 1h, not \"\"");
    assert_refused("turn", "extensions", "11",
                   "extensions must be a number from 0 to 10, not \"11\"");
    assert_refused("turn", "extensions", "-1",
                   "extensions must be a number from 0 to 10, not \"-1\"");
    assert_refused("turn", "extensions", "99999999999999999999",
                   "extensions must be a number from 0 to 10, not \"99999999999999999999\"");
    assert_refused("turn", "autostart", "Yes", "autostart must be yes or no, not \"Yes\"");
    assert_refused("turn", "order", "first",
                   "order must be listed or fair or shuffled, not \"first\"");
    assert_refused(
        "cadence", "every", "13 months",
        "every must be 1 to 12 weeks or months, like 2 weeks, or off, not \"13 months\"");
    assert_refused("cadence", "every", "0 weeks",
                   "every must be 1 to 12 weeks or months, like 2 weeks, or off, not \"0 weeks\"");
    assert_refused("cadence", "every", "-1 weeks",
                   "every must be 1 to 12 weeks or months, like 2 weeks, or off, not \"-1 weeks\"");
    assert_refused("cadence", "every", "2",
                   "every must be 1 to 12 weeks or months, like 2 weeks, or off, not \"2\"");
    assert_refused("cadence", "every", "month",
                   "every must be 1 to 12 weeks or months, like 2 weeks, or off, not \"month\"");
    assert_refused("session", "end", "24:00",
                   "end must be a time of day from 0:00 to 23:59, not \"24:00\"");
    assert_refused("turn", "warn", "1m 0s",
                   "warn must be lengths of time from 1s to 1h, not \"1m 0s\"");
    assert_refused("turn", "warn", "1m 60s",
                   "warn must be different lengths of time, not \"1m 60s\"");
    assert_refused("turn", "warn", "5s 4s 3s 2s 1s",
                   "warn must be at most four lengths of time, not \"5s 4s 3s 2s 1s\"");
    assert_refused("session", "title", "a\x1B[1m", "title holds a control character (U+001B)");
    assert_refused("debrief", "question", "", "question must be a few words, not \"\"");
}

static void
a_refusal_is_short_and_safe_whatever_was_written(void **state)
{
    char text[2001];
    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        assert_false(settings_set(&settings, row, text, false, why));
        assert_true(strlen(why) < 150);
        assert_false(settings_set(&settings, row, "\x1B\xFF", false, why));
        assert_null(strchr(why, '\x1B'));
    }
}

static void
a_clock_time_can_be_unset(void **state)
{
    (void)state;
    assert_true(set("session", "end", "14:00"));
    assert_true(set("session", "end", ""));
    assert_int_equal(settings.end, -1);
}

static void
lists_are_replaced_and_added_to(void **state)
{
    const struct setting *role = settings_find("roles", "role");
    (void)state;
    assert_true(settings_set(&settings, role, "Cook", false, why));
    assert_true(settings_set(&settings, role, "Scribe", true, why));
    assert_int_equal(settings.roles.count, 2);
    assert_string_equal(settings.roles.item[0], "Cook");
    assert_null(settings_get(&settings, role, 2));
    while (settings.roles.count < SETTINGS_LIST)
        assert_true(settings_set(&settings, role, "One more", true, why));
    assert_false(settings_set(&settings, role, "Too many", true, why));
    assert_string_equal(why, "role stands more than 12 times");
}

static void
a_copy_is_independent(void **state)
{
    struct settings copy;
    (void)state;
    settings_copy(&copy, &settings);
    assert_true(set("session", "title", "Another"));
    assert_true(set("roles", "role", "Another"));
    assert_string_equal(copy.title, "Coding dojo");
    assert_string_equal(copy.roles.item[0], "Master of Ceremony");
    settings_free(&copy);
}

/* --- the debrief's questions --- */

static void
assert_questions_of(enum format format)
{
    const char *const *question = formats_table[format].question;
    int count = 0;
    for (; question[count] != NULL; count++)
        assert_string_equal(settings.questions.item[count], question[count]);
    assert_int_equal(settings.questions.count, count);
    assert_true(count >= 2);
}

static void
the_choices_are_the_formats(void **state)
{
    char names[200] = "";
    (void)state;
    for (int i = 0; i < FORMATS; i++) {
        strcat(names, i > 0 ? " " : "");
        strcat(names, formats_table[i].name);
    }
    assert_string_equal(settings_find("debrief", "format")->choices, names);
}

static void
a_format_brings_its_questions(void **state)
{
    (void)state;
    assert_questions_of(FORMAT_CRITEO);
    for (int i = FORMATS - 1; i >= 0; i--) {
        assert_true(set("debrief", "format", formats_table[i].name));
        assert_int_equal(settings.format, i);
        assert_questions_of((enum format)i);
    }
    assert_refused("debrief", "format", "popcorn",
                   "format must be criteo or learn-hinder or four-feelings or five-ways or kerth "
                   "or one-word or lights, not \"popcorn\"");
    assert_questions_of(FORMAT_CRITEO);
}

/* Whichever line of the file comes first. */
static void
own_questions_replace_those_of_the_format(void **state)
{
    (void)state;
    assert_true(set("debrief", "format", "kerth"));
    assert_true(set("debrief", "question", "Well?"));
    assert_value("debrief", "question", "Well?");
    assert_int_equal(settings.questions.count, 1);
    assert_true(set("debrief", "format", "lights"));
    assert_value("debrief", "question", "Well?");
    assert_int_equal(settings.format, FORMAT_LIGHTS);
}

/* --- names --- */

static void
misspelt_names_find_the_nearest(void **state)
{
    (void)state;
    assert_string_equal(settings_nearest(NULL, "sesion"), "session");
    assert_string_equal(settings_nearest(NULL, "Turn"), "turn");
    assert_string_equal(settings_nearest(NULL, "tunr"), "turn");
    assert_string_equal(settings_nearest("turn", "lenght"), "length");
    assert_string_equal(settings_nearest("turn", "hand-over"), "handover");
    assert_string_equal(settings_nearest("turn", "autostrt"), "autostart");
    assert_string_equal(settings_nearest("session", "ent"), "end");
    assert_string_equal(settings_nearest("session", "edn"), "end");
    assert_null(settings_nearest("session", "xyz"));
    assert_null(settings_nearest("turn", "colour"));
    assert_null(settings_nearest(NULL, "a-name-longer-than-any-word-of-ours"));
    assert_null(settings_nearest("nowhere", "length"));
    assert_true(settings_has_section("debrief"));
    assert_false(settings_has_section("breaks"));
    assert_null(settings_find("turn", "title"));
}

/* --- between keys --- */

static void
assert_conflict(const char *section, const char *key, const char *expected)
{
    struct settings_conflict conflicts[8];
    assert_int_equal(settings_conflicts(&settings, conflicts, 8), 1);
    assert_string_equal(conflicts[0].why, expected);
    assert_ptr_equal(conflicts[0].row, settings_find(section, key));
}

static void
assert_no_conflict(void)
{
    struct settings_conflict conflicts[8];
    assert_int_equal(settings_conflicts(&settings, conflicts, 8), 0);
}

static void
a_turn_must_fit_into_the_session(void **state)
{
    (void)state;
    set("turn", "length", "1h");
    set("session", "duration", "50m");
    assert_conflict("turn", "length", "the turn (1h) is longer than the session (50m)");
}

static void
a_debrief_must_fit_into_the_session(void **state)
{
    (void)state;
    set("debrief", "length", "2h");
    assert_conflict("debrief", "length", "the debrief (2h) is longer than the session (1h15m)");
}

static void
one_turn_must_fit_before_the_debrief(void **state)
{
    (void)state;
    set("session", "duration", "15m");
    assert_no_conflict();
    set("session", "intro", "2m");
    assert_conflict("session", "duration",
                    "no turn fits: 3m are left between the intro and the debrief, and a turn "
                    "takes 5m");
    set("session", "intro", "5m");
    assert_conflict("session", "duration",
                    "no turn fits: nothing is left between the intro and the debrief, and a turn "
                    "takes 5m");
}

static void
the_minimum_may_not_exceed_the_debrief(void **state)
{
    (void)state;
    set("debrief", "minimum", "10m");
    assert_no_conflict();
    set("debrief", "minimum", "11m");
    assert_conflict("debrief", "minimum", "the minimum (11m) is more than the length (10m)");
}

static void
the_end_comes_after_the_start(void **state)
{
    (void)state;
    set("session", "start", "14:00");
    set("session", "end", "14:00");
    assert_conflict("session", "end", "end is the same as start (14:00)");
    set("session", "end", "12:45");
    assert_conflict("session", "end", "end (12:45) is before start (14:00)");
    set("session", "end", "14:12");
    assert_conflict("session", "end",
                    "no turn fits: 2m are left between the intro and the debrief, and a turn "
                    "takes 5m");
    set("session", "end", "15:15");
    assert_no_conflict();
}

static void
a_session_may_go_over_midnight(void **state)
{
    (void)state;
    set("session", "start", "23:00");
    set("session", "end", "0:30");
    assert_no_conflict();
}

static void
an_end_alone_says_nothing_about_the_length(void **state)
{
    (void)state;
    set("session", "duration", "1m"); /* the end wins over it */
    set("session", "end", "14:00");
    assert_no_conflict();
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        test(every_row_is_complete_and_alone),
        test(defaults_are_what_the_table_says),
        test(defaults_are_those_of_the_product),
        test(defaults_do_not_conflict),
        test(every_kind_of_value_is_set_and_read_back),
        test(warnings_are_sorted),
        test(limits_belong_to_the_range),
        test(a_refusal_names_what_would_do),
        test(a_refusal_is_short_and_safe_whatever_was_written),
        test(a_clock_time_can_be_unset),
        test(lists_are_replaced_and_added_to),
        test(a_copy_is_independent),
        test(the_choices_are_the_formats),
        test(a_format_brings_its_questions),
        test(own_questions_replace_those_of_the_format),
        test(misspelt_names_find_the_nearest),
        test(a_turn_must_fit_into_the_session),
        test(a_debrief_must_fit_into_the_session),
        test(one_turn_must_fit_before_the_debrief),
        test(the_minimum_may_not_exceed_the_debrief),
        test(the_end_comes_after_the_start),
        test(a_session_may_go_over_midnight),
        test(an_end_alone_says_nothing_about_the_length),
    };
    if (setlocale(LC_ALL, "C.UTF-8") == NULL)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
