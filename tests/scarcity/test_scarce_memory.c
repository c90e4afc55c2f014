/* Without memory: texts, settings, people, and what a dojo remembers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "scarce.h"
#include "session/memory.h"
#include "session/roster.h"
#include "session/text.h"

static const char ada[] = "Zoe\xCC\x88 ADA", same[] = "zo\xC3\xAB ada";

/* ---- texts ---- */

static bool
change_text(int k, bool for_ever)
{
    char *(*const change[])(const char *) = {text_identity, text_upper};
    static const char *const expected[] = {"zo\xC3\xAB ada", "ZOE\xCC\x88 ADA"};
    bool has_failed = false;
    char *text;

    for (int i = 0; i < 2; i++) {
        bool failed;

        scarce_begin(k, for_ever);
        text = change[i](ada);
        failed = scarce_end();
        if (!failed)
            assert_string_equal(text, expected[i]);
        else if (text != NULL) /* the plain way failed, the other one found it */
            assert_string_equal(text, expected[i]);
        free(text);
        has_failed |= failed;
    }
    scarce_begin(k, for_ever);
    text = text_clean("a\tb", 3);
    if (scarce_end())
        assert_null(text);
    else
        assert_string_equal(text, "a b");
    free(text);
    return has_failed;
}

static void
a_text_is_changed_or_missing(void **state)
{
    (void)state;
    assert_true(scarce_each(change_text) >= 3);
}

/* ---- settings ---- */

static struct settings settings;

static bool
begin_settings(int k, bool for_ever)
{
    struct settings begun, copy = {0};
    bool good, failed;

    scarce_begin(k, for_ever);
    good = settings_init(&begun) && settings_copy(&copy, &settings);
    failed = scarce_end();
    assert_int_equal(good, !failed);
    if (good) {
        assert_string_equal(begun.roles.item[1], "Master of Dojo");
        assert_string_equal(copy.topic, "Bowling");
        assert_int_equal(copy.questions.count, 3);
        settings_free(&copy);
    } else {
        assert_null(copy.topic);
    }
    settings_free(&begun);
    return failed;
}

struct change {
    const char *section, *key, *value;
};

static const struct change *change;

static bool
set_and_get(int k, bool for_ever)
{
    const struct setting *row = settings_find(change->section, change->key);
    char why[SETTINGS_ERROR_SIZE] = "", *before = settings_get(&settings, row, 0), *after;
    struct settings mine;
    bool good, failed;

    assert_true(settings_copy(&mine, &settings));
    scarce_begin(k, for_ever);
    good = settings_set(&mine, row, change->value, false, why);
    failed = scarce_end();
    assert_int_equal(good, !failed);
    after = settings_get(&mine, row, 0);
    assert_string_equal(after, good ? change->value : before);
    if (!good) {
        assert_string_equal(why, "out of memory");
        assert_int_equal(mine.questions.count, 3);
    }
    free(after);
    scarce_begin(k, for_ever);
    after = settings_get(&mine, row, 0);
    failed |= scarce_end();
    if (after != NULL)
        assert_string_equal(after, good ? change->value : before);
    free(before);
    free(after);
    settings_free(&mine);
    return failed;
}

static void
settings_are_whole_or_as_they_were(void **state)
{
    static const struct change changes[] = {{"session", "topic", "Roman numerals"},
                                            {"session", "records", "records"},
                                            {"debrief", "format", "four-feelings"},
                                            {"debrief", "question", "Well?"},
                                            {"session", "start", "12:45"},
                                            {"turn", "warn", "30s 5s"},
                                            {"cadence", "every", "2 weeks"},
                                            {"turn", "extensions", "7"},
                                            {"alerts", "bell", "yes"},
                                            {"turn", "length", "7m"}};

    char why[SETTINGS_ERROR_SIZE];

    (void)state;
    assert_true(settings_init(&settings));
    assert_true(settings_set(&settings, settings_find("session", "topic"), "Bowling", false, why));
    assert_true(scarce_each(begin_settings) > 20);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        change = &changes[i];
        assert_true(scarce_each(set_and_get) >= 1);
    }
    settings_free(&settings);
}

/* ---- people ---- */

static bool
gather_people(int k, bool for_ever)
{
    struct roster roster = {0}, copy;
    bool failed, ambiguous;
    int added = 0;

    scarce_begin(k, for_ever);
    for (int id = 1; id <= 17; id++) {
        char name[16];

        snprintf(name, sizeof name, "P%d", id);
        added += roster_add(&roster, id, name) != NULL;
    }
    added += roster_add(&roster, 18, ada) != NULL;
    roster_copy(&copy, &roster);
    roster_find_name(&copy, same);
    roster_find_part(&copy, "ada", &ambiguous);
    failed = scarce_end();
    assert_int_equal(roster.count, added);
    assert_true(copy.count <= added);
    for (int i = 0; i < copy.count; i++) {
        assert_string_equal(copy.people[i].name, roster.people[i].name);
        assert_ptr_not_equal(copy.people[i].name, roster.people[i].name);
        assert_int_equal(copy.people[i].id, roster.people[i].id);
    }
    if (!failed)
        assert_int_equal(copy.count, 18);
    roster_free(&roster);
    roster_free(&copy);
    return failed;
}

static void
who_finds_no_memory_is_not_on_the_roster(void **state)
{
    (void)state;
    assert_true(scarce_each(gather_people) > 36);
}

/* ---- what a dojo remembers ---- */

static char *
text_of(const char *text)
{
    return (char *)(uintptr_t)text;
}

static void
meet(struct memory *memory, const char *record)
{
    struct closing_person people[] = {{text_of(ada), 2, 3, false}, {text_of("Grace"), 1, 2, false}};
    struct closing_role roles[] = {{text_of("Scribe"), text_of("Grace")},
                                   {text_of("Cook"), text_of("")}};
    struct closing_item items[] = {{7, text_of("Grace"), text_of("cable")},
                                   {8, text_of(""), text_of("screen")}};
    struct closing_done done[] = {{text_of("r1"), 8}, {text_of("r9"), 7}};
    struct closing closing = {.people = people,
                              .people_count = 2,
                              .roles = roles,
                              .roles_count = 2,
                              .items = items,
                              .items_count = 2,
                              .done = done,
                              .done_count = 2,
                              .date = text_of("2026-12-24")};
    struct past past = {
        .record = text_of(record), .topic = text_of("Bowling"), .closing = &closing};

    past.opened.wall_ms = INT64_C(1767700000000);
    memory_add(memory, &past);
}

static void
assert_remembered(const struct memory *memory)
{
    for (int i = 0; i < memory->people_count; i++) {
        assert_non_null(memory->people[i].name);
        for (int j = 0; j < memory->people[i].held_count; j++)
            assert_non_null(memory->people[i].held[j].role);
    }
    for (int i = 0; i < memory->recent_count; i++) {
        for (int j = 0; j < memory->recent[i].count; j++) {
            assert_non_null(memory->recent[i].role[j].name);
            assert_non_null(memory->recent[i].role[j].holder);
        }
    }
    for (int i = 0; i < memory->actions_count; i++) {
        assert_non_null(memory->actions[i].record);
        assert_non_null(memory->actions[i].owner);
        assert_non_null(memory->actions[i].text);
    }
    assert_int_equal(memory->sessions, 2);
}

/* Each of the names once, whatever the order. */
static void
assert_all(const int order[3])
{
    assert_int_equal(1 << order[0] | 1 << order[1] | 1 << order[2], 7);
}

static bool
remember(int k, bool for_ever)
{
    const char *names[] = {"Grace", same, "Alan"};
    int fair[3], volunteers[3];
    struct memory memory;
    bool failed;

    memory_init(&memory);
    scarce_begin(k, for_ever);
    memory_alias(&memory, "Zoe", ada);
    meet(&memory, "r1");
    meet(&memory, "r2");
    memory_fair_order(&memory, names, 3, fair);
    memory_volunteers(&memory, "Scribe", names, 3, volunteers);
    memory_is_same(&memory, "Konrad Zuse", "konrad  zuse");
    memory_holders(&memory, "Scribe");
    failed = scarce_end();
    assert_remembered(&memory);
    assert_all(fair);
    assert_all(volunteers);
    if (!failed) {
        assert_int_equal(memory.people_count, 2);
        assert_int_equal(memory.actions_count, 3); /* r1's second was ticked */
        assert_int_equal(memory_find(&memory, "zoe")->turns, 4);
        assert_string_equal(memory_holder(&memory, "Scribe"), "Grace");
        assert_int_equal(fair[0], 0); /* Grace drove least for how often she came */
    }
    memory_free(&memory);
    return failed;
}

static void
what_finds_no_memory_is_forgotten(void **state)
{
    (void)state;
    assert_true(scarce_each(remember) > 60);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_changed_or_missing),
        cmocka_unit_test(settings_are_whole_or_as_they_were),
        cmocka_unit_test(who_finds_no_memory_is_not_on_the_roster),
        cmocka_unit_test(what_finds_no_memory_is_forgotten),
    };

    return cmocka_run_group_tests_name("scarce memory", tests, NULL, NULL);
}
