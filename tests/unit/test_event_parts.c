/* What openings and closings may not hold: each mistake in its own words, and nothing is kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "session/event.h"
#include "session/roster.h"

#define HEAD "{\"seq\":2,\"at\":\"2026-11-22T12:45:00.004+01:00\",\"t\":5,\"event\":"

static const char opening[] = HEAD
    "\"session_opened\",\"by\":\"program\",\"start\":0,\"stop\":0,\"version\":1,\"pid\":7,"
    "\"boot\":\"b00t\",\"boottime\":8,\"host\":\"h0st\",\"speed\":60,\"practice\":false,"
    "\"settings\":{\"turn.length\":\"7m\",\"debrief.question\":[\"Well?\",\"And?\"]},"
    "\"people\":[{\"id\":1,\"name\":\"Ada\",\"observer\":false},{\"id\":2,\"name\":\"Alan\"}]}";

static const char closing[] =
    HEAD "\"session_closed\",\"by\":\"key\",\"turns\":2,\"interruptions\":3,\"actions\":4,"
         "\"coding\":5,\"debrief\":6,\"overrun\":7,\"date\":\"2026-12-24\","
         "\"people\":[{\"name\":\"Ada\",\"turns\":1,\"last\":9,\"observer\":false}],"
         "\"roles\":[{\"name\":\"Scribe\",\"holder\":\"Alan\"}],"
         "\"items\":[{\"note\":11,\"owner\":\"Kathleen\",\"text\":\"cable\"}],"
         "\"done\":[{\"note\":12,\"record\":\"r1\"}]}";

struct mistake {
    const char *right, *wrong, *why; /* why NULL: it is none */
};

/* `text` with `wrong` where `right` stood; the caller's. */
static char *
with(const char *text, const char *right, const char *wrong)
{
    const char *at = strstr(text, right);
    char *out = malloc(strlen(text) + strlen(wrong) + 1);

    if (at == NULL)
        fail_msg("%s is not in %s", right, text);
    assert_non_null(out);
    sprintf(out, "%.*s%s%s", (int)(at - text), text, wrong, at + strlen(right));
    return out;
}

static void
expect(const char *text, const struct mistake *mistakes)
{
    for (; mistakes->right != NULL; mistakes++) {
        char *line = with(text, mistakes->right, mistakes->wrong), why[SETTINGS_ERROR_SIZE];
        struct event event;
        enum event_verdict verdict = event_parse(line, strlen(line), &event, why);

        if (mistakes->why == NULL) {
            assert_string_equal(why, "");
            assert_int_equal(verdict, EVENT_GOOD);
        } else {
            if (verdict != EVENT_BAD)
                fail_msg("%s was taken", line);
            assert_string_equal(why, mistakes->why);
            assert_null(event.opening);
            assert_null(event.closing);
        }
        event_clear(&event);
        free(line);
    }
}

static void
an_opening_arrives(void **state)
{
    char why[SETTINGS_ERROR_SIZE];
    struct event event;

    (void)state;
    assert_int_equal(event_parse(opening, strlen(opening), &event, why), EVENT_GOOD);
    assert_int_equal(event.opening->pid, 7);
    assert_int_equal(event.opening->speed, 60);
    assert_int_equal(event.opening->boottime_ms, 8);
    assert_string_equal(event.opening->boot, "b00t");
    assert_string_equal(event.opening->host, "h0st");
    assert_false(event.opening->practice);
    assert_int_equal(event.opening->settings.length_ms, 420000);
    assert_int_equal(event.opening->settings.questions.count, 2);
    assert_string_equal(event.opening->settings.questions.item[1], "And?");
    assert_int_equal(event.opening->people_count, 2);
    assert_int_equal(event.opening->people[1].id, 2);
    assert_string_equal(event.opening->people[1].name, "Alan");
    assert_false(event.opening->people[0].observer);
    event_clear(&event);
}

static void
mistakes_of_an_opening_are_told(void **state)
{
    static const struct mistake mistakes[] = {
        {"\"pid\":7", "\"pid\":-7", "\"pid\" is out of range"},
        {"\"pid\":7", "\"pid\":\"7\"", "\"pid\" is not a whole number"},
        {"\"boot\":\"b00t\",", "", "\"boot\" is not a text"},
        {"\"boottime\":8", "\"boottime\":-8", "\"boottime\" is out of range"},
        {"\"host\":\"h0st\"", "\"host\":8", "\"host\" is not a text"},
        {"\"speed\":60", "\"speed\":0", "\"speed\" is out of range"},
        {"\"speed\":60,", "", NULL},
        {"\"practice\":false", "\"practice\":true", NULL},
        {"\"settings\":{", "\"theirs\":{", "\"settings\" is not an object"},
        {"{\"turn.length\":\"7m\",\"debrief.question\":[\"Well?\",\"And?\"]}", "[]",
         "\"settings\" is not an object"},
        {"\"turn.length\":\"7m\"", "\"turn.length\":\"never\"",
         "length must be a length of time from 30s to 1h, not \"never\""},
        {"\"Well?\",\"And?\"", "\"Well?\",7",
         "setting \"debrief.question\" is not a list of texts"},
        {"\"Well?\",\"And?\"", "\"\"", "question must be a few words, not \"\""},
        /* of a later version */
        {"turn.length", "length", NULL},
        {"turn.length", "turn.mood", NULL},
        {"turn.length", "a_section_with_a_name_of_more_than_forty_letters.length", NULL},
        {"\"turn.length\":\"7m\"", "\"turn.length\":7", NULL},
        {"\"people\":[", "\"persons\":[", "\"people\" is not a list of at most 500"},
        {"\"id\":1", "\"id\":0", "\"id\" is out of range"},
        {"\"name\":\"Ada\"", "\"name\":null", "\"name\" is not a text"},
        {"{\"id\":2,\"name\":\"Alan\"}", "\"Alan\"", "\"id\" is not a whole number"},
        {0},
    };

    (void)state;
    assert_int_equal(ROSTER_MOST, 500);
    expect(opening, mistakes);
}

static void
a_closing_arrives(void **state)
{
    char why[SETTINGS_ERROR_SIZE];
    struct event event;
    const struct closing *one;

    (void)state;
    assert_int_equal(event_parse(closing, strlen(closing), &event, why), EVENT_GOOD);
    one = event.closing;
    assert_int_equal(one->turns + one->interruptions * 10 + one->actions * 100, 432);
    assert_int_equal(one->coding_ms + one->debrief_ms * 10 + one->overrun_ms * 100, 765);
    assert_string_equal(one->date, "2026-12-24");
    assert_int_equal(one->people_count, 1);
    assert_string_equal(one->people[0].name, "Ada");
    assert_int_equal(one->people[0].last, 9);
    assert_false(one->people[0].observer);
    assert_string_equal(one->roles[0].holder, "Alan");
    assert_string_equal(one->items[0].owner, "Kathleen");
    assert_int_equal(one->items[0].note, 11);
    assert_string_equal(one->done[0].record, "r1");
    assert_int_equal(one->done[0].note, 12);
    event_clear(&event);
}

static void
mistakes_of_a_closing_are_told(void **state)
{
    static const struct mistake mistakes[] = {
        {"\"turns\":2", "\"turns\":-2", "\"turns\" is out of range"},
        {"\"turns\":2,", "", NULL}, /* closed without a summary */
        {"\"interruptions\":3,", "", "\"interruptions\" is not a whole number"},
        {"\"actions\":4", "\"actions\":2147483648", "\"actions\" is out of range"},
        {"\"coding\":5", "\"coding\":-5", "\"coding\" is out of range"},
        {"\"debrief\":6", "\"debrief\":6.5", "\"debrief\" is not a whole number"},
        {"\"overrun\":7", "\"overrun\":253402300800000", "\"overrun\" is out of range"},
        {"\"date\":\"2026-12-24\"", "\"date\":7", "\"date\" is not a text"},
        {"\"people\":[", "\"people\":7,\"x\":[", "\"people\" is not a list of at most 500"},
        {"\"name\":\"Ada\",", "", "\"name\" is not a text"},
        {"\"turns\":1", "\"turns\":true", "\"turns\" is not a whole number"},
        {"\"last\":9", "\"last\":-1", "\"last\" is out of range"},
        {"\"last\":9,", "", NULL},
        {"\"roles\":[", "\"roles\":{}, \"x\":[", "\"roles\" is not a list of at most 12"},
        {"\"name\":\"Scribe\"", "\"name\":[]", "\"name\" is not a text"},
        {"\"holder\":\"Alan\"", "\"holder\":null", "\"holder\" is not a text"},
        {"\"items\":[", "\"items\":{},\"x\":[", "\"items\" is not a list of at most 10000"},
        {"\"items\":[", "\"x\":[", NULL},
        {"\"note\":11", "\"note\":0", "\"note\" is out of range"},
        {"\"owner\":\"Kathleen\"", "\"owner\":1", "\"owner\" is not a text"},
        {",\"text\":\"cable\"", "", "\"text\" is not a text"},
        {"\"done\":[", "\"done\":\"\",\"x\":[", "\"done\" is not a list of at most 10000"},
        {"\"done\":[", "\"x\":[", NULL},
        {"\"note\":12", "\"note\":\"12\"", "\"note\" is not a whole number"},
        {",\"record\":\"r1\"", "", "\"record\" is not a text"},
        {0},
    };

    (void)state;
    assert_int_equal(SETTINGS_LIST, 12);
    expect(closing, mistakes);
}

/* `count` times `item`, comma between, in the place of `right`. */
static void
expect_many(const char *text, const char *right, const char *before, const char *item, int count,
            const char *why)
{
    size_t each = strlen(item) + 1;
    char *list = calloc(strlen(before) + each * (size_t)count + 2, 1), *at = list;

    assert_non_null(list);
    at += sprintf(at, "%s[", before);
    for (int i = 0; i < count; i++)
        at += sprintf(at, "%s%s", i > 0 ? "," : "", item);
    *at = ']';
    expect(text, (const struct mistake[]){{right, list, why}, {0}});
    free(list);
}

static void
a_list_has_an_end(void **state)
{
    static const char undone[] = HEAD "\"undone\",\"by\":\"key\",\"seqs\":[1]}";
    const char *person = "{\"id\":3,\"name\":\"Ada\"}", *role = "{\"name\":\"x\",\"holder\":\"\"}";
    const char *here = "{\"name\":\"Ada\",\"turns\":1}", *item = "{\"note\":1,\"record\":\"r\"}";
    const char *people = "[{\"id\":1,\"name\":\"Ada\",\"observer\":false},{\"id\":2,"
                         "\"name\":\"Alan\"}]";
    const char *at_the_end = "[{\"name\":\"Ada\",\"turns\":1,\"last\":9,\"observer\":false}]";

    (void)state;
    expect_many(opening, people, "", person, ROSTER_MOST, NULL);
    expect_many(opening, people, "", person, ROSTER_MOST + 1,
                "\"people\" is not a list of at most 500");
    expect_many(closing, at_the_end, "", here, ROSTER_MOST, NULL);
    expect_many(closing, at_the_end, "", here, ROSTER_MOST + 1,
                "\"people\" is not a list of at most 500");
    expect_many(closing, "[{\"name\":\"Scribe\",\"holder\":\"Alan\"}]", "", role, SETTINGS_LIST + 1,
                "\"roles\" is not a list of at most 12");
    expect_many(closing, "[{\"note\":12,\"record\":\"r1\"}]", "", item, 10001,
                "\"done\" is not a list of at most 10000");
    expect_many(undone, "[1]", "", "1", 65536, NULL);
    expect_many(undone, "[1]", "", "1", 65537, "\"seqs\" is not a list of numbers");
}

static void
mistakes_of_other_events_are_told(void **state)
{
    static const char light[] =
        HEAD "\"light_changed\",\"by\":\"program\",\"light\":\"red\",\"reason\":\"timeout\"}";
    static const char changed[] = HEAD "\"settings_changed\",\"by\":\"key\",\"settings\":{}}";
    static const char resumed[] = HEAD "\"session_resumed\",\"by\":\"program\",\"ms\":1,\"pid\":7,"
                                       "\"boot\":\"\",\"boottime\":8,\"host\":\"\"}";
    static const struct mistake lights[] = {
        {"\"red\"", "\"blue\"", "\"light\" is none of the known words"},
        {"\"red\"", "1", "\"light\" is none of the known words"},
        {",\"reason\":\"timeout\"", "", NULL},
        {"2026-11-22T12:45:00.004+01:00", "today", "\"at\" is not a time stamp"},
        {"\"at\":\"2026-11-22T12:45:00.004+01:00\",", "", "\"at\" is not a time stamp"},
        {0}};
    static const struct mistake settings[] = {
        {"{}}", "[]}", "\"settings\" is not an object"}, {"{}}", "{}}", NULL}, {0}};
    static const struct mistake watches[] = {{"\"pid\":7,", "", "\"pid\" is not a whole number"},
                                             {"\"ms\":1,", "", "\"ms\" is not a whole number"},
                                             {"\"pid\":7", "\"pid\":7", NULL},
                                             {0}};

    (void)state;
    expect(light, lights);
    expect(changed, settings);
    expect(resumed, watches);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_opening_arrives), cmocka_unit_test(mistakes_of_an_opening_are_told),
        cmocka_unit_test(a_closing_arrives),  cmocka_unit_test(mistakes_of_a_closing_are_told),
        cmocka_unit_test(a_list_has_an_end),  cmocka_unit_test(mistakes_of_other_events_are_told),
    };

    return cmocka_run_group_tests_name("event parts", tests, NULL, NULL);
}
