/* randori announce --ics, read by libical, which is not ours: it is what a calendar would make of
 * it. Skipped where libical is not installed. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if __has_include(<libical/ical.h>)
#include <libical/ical.h>
#define HAVE_LIBICAL 1
#else
#define HAVE_LIBICAL 0
#endif

#if HAVE_LIBICAL

enum { TEXT_SIZE = 65536, LINE_OCTETS = 75 };

static char program[4096], folder[] = "/tmp/randori-ical.XXXXXX";

/* --- the folder of a dojo --- */

static FILE *
create(const char *name)
{
    char path[256];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    file = fopen(path, "w");
    assert_non_null(file);
    return file;
}

static void
write_settings(const char *times, const char *topic)
{
    FILE *file = create("session.ini");

    fprintf(file, "[session]\nrecords = records\ntitle = Dojo; the \\ one, at noon\n%stopic = %s\n",
            times, topic);
    assert_int_equal(fclose(file), 0);
}

/* A session of two turns; `words` answer who prepares the next one, and when it is. */
static void
hold(const char *words)
{
    char command[8192];
    FILE *dojo;

    snprintf(command, sizeof command, "cd %s && rm -rf records && '%s' --plain --new >said 2>&1",
             folder, program);
    dojo = popen(command, "w");
    assert_non_null(dojo);
    fprintf(dojo,
            "join Ada Lovelace\njoin Grace Hopper\nstart\nnext\nnext\ndebrief\nroles\n"
            "vacant 1\nvacant 2\n%s\nclose\nquit\n",
            words);
    assert_int_equal(pclose(dojo), 0);
}

/* --- the entry --- */

static char text[TEXT_SIZE];

static void
announce(void)
{
    char command[8192];
    size_t length;
    FILE *out;

    snprintf(command, sizeof command, "cd %s && '%s' announce --ics", folder, program);
    out = popen(command, "r");
    assert_non_null(out);
    length = fread(text, 1, sizeof text - 1, out);
    text[length] = '\0';
    assert_int_equal(pclose(out), 0);
}

static icalcomponent *
parse(void)
{
    icalcomponent *calendar = icalparser_parse_string(text);

    assert_non_null(calendar);
    assert_int_equal(icalcomponent_isa(calendar), ICAL_VCALENDAR_COMPONENT);
    assert_true(icalrestriction_check(calendar));
    if (icalcomponent_count_errors(calendar) != 0)
        fail_msg("%s", icalcomponent_as_ical_string(calendar));
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 1);
    return calendar;
}

static icalcomponent *
event_of(icalcomponent *calendar)
{
    return icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
}

/* Says it by its wall clock there, so that a wrong zone shows. */
static void
expect_time(struct icaltimetype time, const char *utc)
{
    assert_true(icaltime_is_utc(time));
    assert_false(time.is_date);
    assert_string_equal(icaltime_as_ical_string(time), utc);
}

static const char *
description_of(icalcomponent *component)
{
    const char *value = icalcomponent_get_description(component);

    assert_non_null(value);
    return value;
}

static void
expect_alarm(icalcomponent *event, const char *trigger, const char *says)
{
    icalcomponent *alarm = icalcomponent_get_first_component(event, ICAL_VALARM_COMPONENT);
    icalproperty *action, *when;
    struct icaltriggertype before;

    assert_non_null(alarm);
    action = icalcomponent_get_first_property(alarm, ICAL_ACTION_PROPERTY);
    when = icalcomponent_get_first_property(alarm, ICAL_TRIGGER_PROPERTY);
    assert_non_null(action);
    assert_non_null(when);
    assert_int_equal(icalproperty_get_action(action), ICAL_ACTION_DISPLAY);
    before = icalproperty_get_trigger(when);
    assert_string_equal(icaldurationtype_as_ical_string(before.duration), trigger);
    assert_string_equal(description_of(alarm), says);
}

/* --- what is tested --- */

static const char noon[] = "start = 12:45\nend = 14:00\n";

static void
what_is_special_comes_back_as_it_was(void **state)
{
    icalcomponent *calendar, *event;

    (void)state;
    write_settings(noon, "Commas, semi;colons, back\\slashes: and \"quotes\"");
    hold("role 1 Lovelace, Ada; Countess\nrole 2 Hopper\\Grace\ndate 2099-12-24");
    write_settings(noon, "Another, with; all \\ of them\nurl = https://example.org/a,b;c");
    announce();
    calendar = parse();
    event = event_of(calendar);
    assert_string_equal(icalcomponent_get_summary(event),
                        "Dojo; the \\ one, at noon: Another, with; all \\ of them");
    assert_string_equal(description_of(event),
                        "Master of Ceremony: Lovelace, Ada; Countess\n"
                        "Master of Dojo: Hopper\\Grace\nhttps://example.org/a,b;c");
    assert_int_equal(icalcomponent_get_status(event), ICAL_STATUS_CONFIRMED);
    icalcomponent_free(calendar);
}

static void
expect_folded(void)
{
    for (const char *line = text; *line != '\0';) {
        const char *end = strstr(line, "\r\n");

        assert_non_null(end);
        assert_true(end - line <= LINE_OCTETS);
        assert_int_not_equal(line[*line == ' '] & 0xC0, 0x80); /* the middle of a character */
        line = end + 2;
    }
}

static void
long_lines_are_folded_between_characters(void **state)
{
    char topic[1024] = "", wanted[2048];
    icalcomponent *calendar;

    (void)state;
    for (int i = 0; i < 15; i++)
        strcat(topic, "日本語 naïve, ");
    strcat(topic, "end");
    write_settings(noon, "-");
    hold("date 2099-12-24");
    write_settings(noon, topic);
    announce();
    expect_folded();
    calendar = parse();
    snprintf(wanted, sizeof wanted, "Dojo; the \\ one, at noon: %s", topic);
    assert_string_equal(icalcomponent_get_summary(event_of(calendar)), wanted);
    icalcomponent_free(calendar);
}

/* 12:45 in Paris, in winter and in summer. */
static void
times_are_those_of_the_zone_on_that_day(void **state)
{
    icalcomponent *calendar;

    (void)state;
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    write_settings(noon, "FizzBuzz");
    hold("date 2099-12-24");
    announce();
    calendar = parse();
    expect_time(icalcomponent_get_dtstart(event_of(calendar)), "20991224T114500Z");
    expect_time(icalcomponent_get_dtend(event_of(calendar)), "20991224T130000Z");
    icalcomponent_free(calendar);
    hold("date 2099-07-01");
    announce();
    calendar = parse();
    expect_time(icalcomponent_get_dtstart(event_of(calendar)), "20990701T104500Z");
    icalcomponent_free(calendar);
    setenv("TZ", "UTC", 1);
}

static void
without_a_time_of_day_it_is_the_whole_day(void **state)
{
    icalcomponent *calendar;
    struct icaltimetype start, end;

    (void)state;
    write_settings("", "FizzBuzz");
    hold("date 2099-12-31");
    announce();
    calendar = parse();
    start = icalcomponent_get_dtstart(event_of(calendar));
    end = icalcomponent_get_dtend(event_of(calendar));
    assert_true(start.is_date);
    assert_string_equal(icaltime_as_ical_string(start), "20991231");
    assert_string_equal(icaltime_as_ical_string(end), "21000101");
    expect_alarm(event_of(calendar), "-PT15H", "Dojo; the \\ one, at noon");
    icalcomponent_free(calendar);
}

static void
it_reminds_the_day_before(void **state)
{
    icalcomponent *calendar;

    (void)state;
    write_settings(noon, "FizzBuzz");
    hold("date 2099-12-24");
    announce();
    calendar = parse();
    expect_alarm(event_of(calendar), "-P1D", "Dojo; the \\ one, at noon");
    icalcomponent_free(calendar);
}

/* As long as no other session has been held: other times and another topic move the entry. */
static void
the_entry_stays_the_same_one(void **state)
{
    icalcomponent *before, *after, *next;

    (void)state;
    write_settings(noon, "FizzBuzz");
    hold("date 2099-12-24");
    announce();
    before = parse();
    write_settings("start = 18:00\nend = 19:30\n", "Bowling");
    announce();
    after = parse();
    assert_string_equal(icalcomponent_get_uid(event_of(before)),
                        icalcomponent_get_uid(event_of(after)));
    expect_time(icalcomponent_get_dtstart(event_of(after)), "20991224T180000Z");
    hold("date 2099-12-25");
    announce();
    next = parse();
    assert_string_not_equal(icalcomponent_get_uid(event_of(before)),
                            icalcomponent_get_uid(event_of(next)));
    icalcomponent_free(before);
    icalcomponent_free(after);
    icalcomponent_free(next);
}

/* --- the whole --- */

static int
open_folder(void **state)
{
    const char *build = getenv("RANDORI_BUILD");
    char path[2048];

    (void)state;
    snprintf(path, sizeof path, "%s/randori", build == NULL ? "build/default" : build);
    if (realpath(path, program) == NULL || mkdtemp(folder) == NULL)
        return -1;
    setenv("HOME", folder, 1);
    setenv("XDG_RUNTIME_DIR", folder, 1);
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("XDG_DATA_HOME");
    return 0;
}

static int
remove_folder(void **state)
{
    char command[256];

    (void)state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_special_comes_back_as_it_was),
        cmocka_unit_test(long_lines_are_folded_between_characters),
        cmocka_unit_test(times_are_those_of_the_zone_on_that_day),
        cmocka_unit_test(without_a_time_of_day_it_is_the_whole_day),
        cmocka_unit_test(it_reminds_the_day_before),
        cmocka_unit_test(the_entry_stays_the_same_one),
    };

    return cmocka_run_group_tests(tests, open_folder, remove_folder);
}

#else

int
main(void)
{
    printf("1..1\nok 1 # SKIP libical is not installed here\n");
    return 0;
}

#endif
