/* The text form of events: whatever is written is read back; whatever is wrong is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "same.h"

/* 2026-11-22T12:45:00.004+01:00 */
static const struct moment moment = {300004, INT64_C(1795347900004), 3600};

static struct closing *
full_closing(void)
{
    struct closing *closing = calloc(1, sizeof *closing);

    assert_non_null(closing);
    *closing = (struct closing){.turns = 12, .interruptions = 1, .actions = 2};
    closing->coding_ms = 3900000;
    closing->debrief_ms = 600000;
    closing->overrun_ms = 60000;
    closing->date = strdup("2026-12-24");
    closing->people = calloc(2, sizeof *closing->people);
    closing->people_count = 2;
    closing->people[0] = (struct closing_person){strdup("Ada Lovelace"), 2, 7, false};
    closing->people[1] = (struct closing_person){strdup("Grace Hopper"), 0, 0, true};
    closing->roles = calloc(2, sizeof *closing->roles);
    closing->roles_count = 2;
    closing->roles[0] = (struct closing_role){strdup("Master of Dojo"), strdup("Ada Lovelace")};
    closing->roles[1] = (struct closing_role){strdup("Master of Ceremony"), strdup("")};
    closing->items = calloc(2, sizeof *closing->items);
    closing->items_count = 2;
    closing->items[0] = (struct closing_item){41, strdup("Grace Hopper"), strdup("a longer cable")};
    closing->items[1] = (struct closing_item){42, strdup(""), strdup("book the room")};
    closing->done = calloc(1, sizeof *closing->done);
    closing->done_count = 1;
    closing->done[0] = (struct closing_done){strdup("20261022T114000Z-5eed.jsonl"), 17};
    return closing;
}

/* Every field filled; a kind writes those it carries. */
static struct event
full_event(enum event_kind kind)
{
    struct event event = {.kind = kind, .by = BY_BUTTON, .seq = 17, .at = moment};

    event.turn = 4;
    event.person = 3;
    event.total = 11;
    event.light = LIGHT_AMBER;
    event.record = strdup("20261122T114500Z-9f3c.jsonl");
    event.number = kind == EVENT_PERSON_MOVED ? -2 : 2;
    event.ms = kind == EVENT_TURN_ADJUSTED ? -60000 : 60000;
    event.late_ms = 5000;
    event.stop_ms = INT64_C(1795352400000);
    event.note = 12;
    event.extra = event.counted = event.action = true;
    event.end = END_LEFT;
    event.name = strdup("Ada \"Countess\" L\xc3\xb6velace");
    event.text = strdup("a\\b {\"x\": 1} caf\xc3\xa9");
    event.role = strdup("Master of Dojo");
    event.reason = strdup("SIGTERM");
    event.list = calloc(3, sizeof *event.list);
    event.list_count = 3;
    event.list[1] = 7;
    event.opening = opening_new();
    event.opening->pid = 4711;
    event.opening->boot = strdup("b00t");
    event.opening->host = strdup("h0st");
    event.opening->boottime_ms = 123456;
    event.opening->practice = true;
    event.opening->speed = 60;
    event.opening->people = calloc(2, sizeof *event.opening->people);
    event.opening->people_count = 2;
    event.opening->people[0] = (struct opening_person){1, strdup("Ada Lovelace"), false};
    event.opening->people[1] = (struct opening_person){2, strdup("Grace Hopper"), true};
    event.closing = full_closing();
    return event;
}

static enum event_verdict
read_text(const char *text, struct event *event, char why[static SETTINGS_ERROR_SIZE])
{
    return event_parse(text, strlen(text), event, why);
}

static void
every_kind_is_read_back(void **state)
{
    (void)state;
    for (int kind = 0; kind < EVENT_KINDS; kind++) {
        struct event event = full_event((enum event_kind)kind), once, twice;
        char why[SETTINGS_ERROR_SIZE];
        char *text = event_text(&event), *again;

        assert_non_null(text);
        assert_null(strchr(text, '\n'));
        if (read_text(text, &once, why) != EVENT_GOOD)
            fail_msg("%s: %s", text, why);
        again = event_text(&once);
        assert_string_equal(text, again); /* the journal's checksum needs the very bytes */
        assert_int_equal(read_text(again, &twice, why), EVENT_GOOD);
        assert_null(same_event(&once, &twice));
        assert_int_equal(once.seq, 17);
        assert_int_equal(once.by, BY_BUTTON);
        assert_int_equal(once.at.wall_ms, moment.wall_ms);
        assert_int_equal(once.at.utc_offset_s, 3600);
        free(text);
        free(again);
        event_clear(&event);
        event_clear(&once);
        event_clear(&twice);
    }
}

/* What a kind must carry, by the words of event.h. */
static void
fields_arrive(void **state)
{
    static const struct {
        enum event_kind kind;
        const char *fields;
    } carried[] = {
        {EVENT_TURN_STARTED, "\"turn\":4,\"person\":3,\"ms\":60000,\"extra\":true"},
        {EVENT_TURN_ENDED,
         "\"turn\":4,\"person\":3,\"reason\":\"left\",\"counted\":true,\"late\":5000"},
        {EVENT_TURN_ADJUSTED, "\"ms\":-60000"},
        {EVENT_PERSON_MOVED, "\"person\":3,\"places\":-2"},
        {EVENT_ORDER_CHANGED, "\"people\":[0,7,0]"},
        {EVENT_PERSON_AWAY, "\"person\":3,\"with\":[0,7,0]"},
        {EVENT_UNDONE, "\"seqs\":[0,7,0]"},
        {EVENT_STOP_MOVED, "\"stop\":1795352400000"},
        {EVENT_SESSION_LEFT, "\"reason\":\"SIGTERM\""},
        {EVENT_NOTE_DELETED, "\"note\":12"},
        {EVENT_ROLE_VACANT, "\"role\":\"Master of Dojo\""},
        {EVENT_EXTRA_OFFERED, "\"until\":60000"},
        {EVENT_LIGHT_CHANGED, "\"light\":\"amber\",\"reason\":\"SIGTERM\""},
        {EVENT_ACTION_DONE, "\"record\":\"20261122T114500Z-9f3c.jsonl\",\"note\":12"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof carried / sizeof *carried; i++) {
        struct event event = full_event(carried[i].kind);
        char *text = event_text(&event);
        char wanted[200];

        snprintf(wanted, sizeof wanted, "\"by\":\"button\",%s}", carried[i].fields);
        if (strstr(text, wanted) == NULL)
            fail_msg("%s lacks %s", text, wanted);
        free(text);
        event_clear(&event);
    }
}

static void
line_looks_as_decided(void **state)
{
    struct event event = {.kind = EVENT_PAUSED, .by = BY_KEY, .seq = 17, .at = moment};
    char *text = event_text(&event);

    (void)state;
    assert_string_equal(text, "{\"seq\":17,\"at\":\"2026-11-22T12:45:00.004+01:00\",\"t\":300004,"
                              "\"event\":\"paused\",\"by\":\"key\"}");
    free(text);
}

static void
copies_are_deep(void **state)
{
    struct event event = full_event(EVENT_SESSION_OPENED), copy;

    (void)state;
    event_copy(&copy, &event);
    assert_null(same_event(&event, &copy));
    assert_ptr_not_equal(event.name, copy.name);
    assert_ptr_not_equal(event.list, copy.list);
    assert_ptr_not_equal(event.opening->people[0].name, copy.opening->people[0].name);
    event_clear(&event);
    assert_null(event.opening);
    assert_string_equal(copy.opening->people[1].name, "Grace Hopper");
    event_clear(&copy);
}

#define HEAD  "{\"seq\":2,\"at\":\"2026-11-22T12:45:00.004+01:00\",\"t\":5,\"event\":"
#define START HEAD "\"turn_started\",\"by\":\"key\","

static void
refuse(enum event_verdict verdict, const char *text, size_t length)
{
    char why[SETTINGS_ERROR_SIZE] = "";
    struct event event;

    if (event_parse(text, length, &event, why) != verdict)
        fail_msg("%s was not refused", text);
    if (strlen(why) < 5)
        fail_msg("%s was refused without a sentence", text);
    assert_null(event.name);
    assert_null(event.opening);
}

static void
bad_texts_are_refused(void **state)
{
    static const char *const bad[] = {
        "",
        "null",
        "[]",
        "17",
        "{",
        "{\"seq\":1}",
        HEAD "\"paused\",\"by\":\"key\"}x",
        HEAD "\"paused\",\"by\":\"key\"}{\"a\":1}",
        HEAD "\"paused\",\"by\":\"key\",\"by\":\"key\"}",
        HEAD "\"paused\",\"by\":\"ghost\"}",
        HEAD "\"paused\"}",
        HEAD "17,\"by\":\"key\"}",
        HEAD "\"paused\",\"by\":\"key\",'a':1}",
        HEAD "\"paused\",\"by\":\"key\",\"a\":007}",
        HEAD "\"paused\",\"by\":\"key\",\"a\":1e999}",
        HEAD "\"paused\",\"by\":\"key\",\"a\":\"\\u0000\"}",
        HEAD "\"paused\",\"by\":\"key\",\"a\":\"\xff\xfe\"}",
        HEAD "\"paused\",\"by\":\"key\",\"a\":\"\x1b\"}",
        START "\"turn\":1,\"person\":1}",
        START "\"turn\":\"1\",\"person\":1,\"ms\":5}",
        START "\"turn\":1.5,\"person\":1,\"ms\":5}",
        START "\"turn\":-1,\"person\":1,\"ms\":5}",
        START "\"turn\":4294967297,\"person\":1,\"ms\":5}",
        START "\"turn\":1,\"person\":1,\"ms\":99999999999999999}",
        START "\"turn\":1,\"person\":1,\"ms\":18446744073709551616}",
        HEAD "\"paused\",\"by\":\"key\",\"a\":[[[[[[[[[1]]]]]]]]]}",
        HEAD "\"undone\",\"by\":\"key\",\"seqs\":7}",
        HEAD "\"undone\",\"by\":\"key\",\"seqs\":[\"7\"]}",
        HEAD "\"turn_ended\",\"by\":\"key\",\"turn\":1,\"person\":1,\"reason\":\"boredom\"}",
        HEAD "\"note_added\",\"by\":\"key\",\"question\":1,\"text\":7}",
        HEAD "\"session_opened\",\"by\":\"program\",\"version\":\"1\"}",
        HEAD "\"session_opened\",\"by\":\"program\",\"version\":1}",
        "{\"seq\":0,\"at\":\"2026-11-22T12:45:00.004+01:00\",\"t\":5,\"event\":\"paused\","
        "\"by\":\"key\"}",
        "{\"seq\":2,\"at\":\"2026-11-22T12:45:00.004+01:00\",\"t\":-5,\"event\":\"paused\","
        "\"by\":\"key\"}",
        "{\"seq\":2,\"at\":\"yesterday\",\"t\":5,\"event\":\"paused\",\"by\":\"key\"}",
        "{\"seq\":2,\"at\":\"2026-02-30T12:45:00.004+01:00\",\"t\":5,\"event\":\"paused\","
        "\"by\":\"key\"}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refuse(EVENT_BAD, bad[i], strlen(bad[i]));
}

static void
nul_inside_is_refused(void **state)
{
    static const char text[] = HEAD "\"paused\",\"by\":\"k\0y\"}";
    static const char tail[] = HEAD "\"paused\",\"by\":\"key\"}\0\0\0";

    (void)state;
    refuse(EVENT_BAD, text, sizeof text - 1);
    refuse(EVENT_BAD, tail, sizeof tail - 1);
    refuse(EVENT_BAD, "\0\0\0\0", 4);
}

static void
depth_is_refused(void **state)
{
    enum { DEEP = 60000 };
    char *text = malloc(DEEP + 1);

    (void)state;
    assert_non_null(text);
    memset(text, '[', DEEP);
    text[DEEP] = '\0';
    refuse(EVENT_BAD, text, DEEP);
    for (int i = 0; i + 5 <= DEEP; i += 5)
        memcpy(text + i, "{\"a\":", 5);
    refuse(EVENT_BAD, text, DEEP);
    free(text);
}

static void
every_cut_is_refused(void **state)
{
    struct event event = full_event(EVENT_SESSION_OPENED);
    char *text = event_text(&event);

    (void)state;
    for (size_t length = 0; length < strlen(text); length++)
        refuse(EVENT_BAD, text, length);
    free(text);
    event_clear(&event);
}

static void
future_is_foreign(void **state)
{
    static const char *const foreign[] = {
        HEAD "\"coffee_spilled\",\"by\":\"key\"}",
        HEAD "\"session_opened\",\"by\":\"program\",\"version\":2}",
        HEAD "\"session_opened\",\"version\":99,\"unlike\":{\"anything\":[1,2]}}",
    };

    (void)state;
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        refuse(EVENT_FOREIGN, foreign[i], strlen(foreign[i]));
}

static void
unknown_fields_are_ignored(void **state)
{
    char why[SETTINGS_ERROR_SIZE];
    struct event event;

    (void)state;
    assert_int_equal(
        read_text(START "\"turn\":1,\"person\":2,\"ms\":5,\"mood\":[{\"a\":true}]}", &event, why),
        EVENT_GOOD);
    assert_int_equal(event.person, 2);
    assert_false(event.extra);
    event_clear(&event);
}

static void
old_texts_are_cleaned(void **state) /* D16 */
{
    char why[SETTINGS_ERROR_SIZE];
    struct event event;

    (void)state;
    assert_int_equal(
        read_text(HEAD "\"draft_saved\",\"by\":\"key\",\"text\":\"a\\u001b[31mb\"}", &event, why),
        EVENT_GOOD);
    assert_null(strchr(event.text, '\x1b'));
    assert_non_null(strstr(event.text, "[31mb"));
    event_clear(&event);
}

static void
names_are_all_different(void **state)
{
    (void)state;
    for (int i = 0; i < EVENT_KINDS; i++) {
        assert_non_null(event_name((enum event_kind)i));
        for (int k = 0; k < i; k++)
            assert_string_not_equal(event_name((enum event_kind)i), event_name((enum event_kind)k));
    }
}

static void
only_people_act(void **state)
{
    struct event event = {.kind = EVENT_TURN_ENDED, .by = BY_CLOCK};

    (void)state;
    assert_false(event_is_act(&event));
    assert_true(event_is_boundary(event.kind));
    event.by = BY_KEY;
    assert_true(event_is_act(&event));
    event.kind = EVENT_UNDONE;
    assert_false(event_is_act(&event));
    event.kind = EVENT_DRAFT_SAVED;
    assert_false(event_is_act(&event));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_is_read_back), cmocka_unit_test(fields_arrive),
        cmocka_unit_test(line_looks_as_decided),   cmocka_unit_test(copies_are_deep),
        cmocka_unit_test(bad_texts_are_refused),   cmocka_unit_test(nul_inside_is_refused),
        cmocka_unit_test(depth_is_refused),        cmocka_unit_test(every_cut_is_refused),
        cmocka_unit_test(future_is_foreign),       cmocka_unit_test(unknown_fields_are_ignored),
        cmocka_unit_test(old_texts_are_cleaned),   cmocka_unit_test(names_are_all_different),
        cmocka_unit_test(only_people_act),
    };

    return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
