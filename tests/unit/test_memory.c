/* What a dojo remembers: people under all their names, roles, action items, dates. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session/calendar.h"
#include "session/memory.h"

static const char ceremony[] = "Master of Ceremony", content[] = "Master of Dojo";

static struct memory memory;
static int64_t opened_ms;

static int
begin(void **state)
{
    (void)state;
    memory_init(&memory);
    opened_ms = INT64_C(1767700000000); /* 2026-01-06 11:46:40 UTC, a Tuesday */
    return 0;
}

static int
end(void **state)
{
    (void)state;
    memory_free(&memory);
    return 0;
}

/* "Ada 2, Grace 1, Alan -": names with their turns, "-" an observer. */
static int
people_of(const char *text, struct closing_person *people, char names[][40])
{
    int count = 0, turn = 0;

    while (*text != '\0') {
        char turns[8];
        int used = 0;

        assert_int_equal(sscanf(text, "%39[^0-9-]%7[0-9-]%n", names[count], turns, &used), 2);
        names[count][strlen(names[count]) - 1] = '\0';
        people[count] = (struct closing_person){.name = names[count], .turns = atoi(turns)};
        people[count].observer = turns[0] == '-';
        if (people[count].turns > 0)
            people[count].last = turn += people[count].turns;
        count++;
        text += used;
        text += strspn(text, ", ");
    }
    return count;
}

struct meeting {
    const char *people;
    const char *ceremony, *content; /* NULL: vacant */
    const char *date;
    struct closing_item *items;
    struct closing_done *done;
    int items_count, done_count;
};

/* One more session, a week after the one before, recorded as r1, r2, ... */
static void
meet(struct meeting meeting)
{
    char names[12][40], record[16];
    struct closing_person people[12];
    struct closing_role roles[2] = {
        {(char *)(uintptr_t)ceremony,
         (char *)(uintptr_t)(meeting.ceremony == NULL ? "" : meeting.ceremony)},
        {(char *)(uintptr_t)content,
         (char *)(uintptr_t)(meeting.content == NULL ? "" : meeting.content)}};
    struct closing closing = {.people = people,
                              .people_count = people_of(meeting.people, people, names),
                              .roles = roles,
                              .roles_count = 2,
                              .date = (char *)(uintptr_t)meeting.date,
                              .items = meeting.items,
                              .items_count = meeting.items_count,
                              .done = meeting.done,
                              .done_count = meeting.done_count};
    struct past past = {.record = record, .topic = "FizzBuzz", .closing = &closing};

    snprintf(record, sizeof record, "r%d", memory.sessions + 1);
    past.opened.wall_ms = opened_ms;
    opened_ms += INT64_C(7) * 86400000;
    memory_add(&memory, &past);
}

#define MEET(who, ...) meet((struct meeting){.people = who, __VA_ARGS__})

static void
assert_date(int64_t days, const char *date)
{
    char out[CALENDAR_SIZE];

    if (date == NULL)
        assert_true(days == MEMORY_NEVER);
    else
        assert_string_equal(calendar_text(out, days), date);
}

/* ---- people ---- */

static void
a_person_is_the_same_however_the_name_is_written(void **state)
{
    (void)state;
    MEET("Zoe\xCC\x88 Ada 1, Grace Hopper 1");
    MEET("ZO\xC3\x8B  ada 2, grace hopper 1"); /* composed, other case, two blanks */
    assert_int_equal(memory.people_count, 2);
    assert_int_equal(memory_find(&memory, "zo\xC3\xAB ada")->turns, 3);
    assert_int_equal(memory_find(&memory, "Grace  HOPPER")->sessions, 2);
    assert_string_equal(memory_find(&memory, "Grace Hopper")->name, "grace hopper");
    assert_null(memory_find(&memory, "Grace"));
    assert_true(memory_is_same(&memory, "Grace Hopper", "GRACE HOPPER"));
    assert_true(memory_is_same(&memory, "Nobody Here", "nobody  here"));
    assert_false(memory_is_same(&memory, "Grace Hopper", "Nobody Here"));
}

static void
an_alias_is_the_same_person_and_shows_the_right_name(void **state)
{
    (void)state;
    memory_alias(&memory, "Rear Admiral Hopper", "Grace Hopper");
    memory_alias(&memory, "G. Hopper", "Grace Hopper");
    MEET("rear admiral HOPPER 2, Ada 1", .ceremony = "g. hopper");
    MEET("GRACE HOPPER 1");
    assert_int_equal(memory.people_count, 2);
    assert_int_equal(memory_find(&memory, "G. HOPPER")->turns, 3);
    assert_string_equal(memory_find(&memory, "Rear Admiral Hopper")->name, "Grace Hopper");
    assert_date(memory_held(&memory, "Grace Hopper", ceremony), "2026-01-13");
    assert_true(memory_is_same(&memory, "G. Hopper", "Rear Admiral Hopper"));
}

static void
many_people_are_told_apart(void **state)
{
    char name[40];

    (void)state;
    for (int i = 0; i < 2000; i++) {
        snprintf(name, sizeof name, "Person %c%c 1", 'a' + i % 26, 'a' + i / 26 % 26);
        MEET(name);
    }
    assert_int_equal(memory.people_count, 26 * 26);
    assert_int_equal(memory_find(&memory, "PERSON aa")->turns, 3);
}

static void
observers_came_but_were_owed_nothing(void **state)
{
    (void)state;
    MEET("Ada 2, Grace 1, Alan -");
    assert_int_equal(memory.turns, 3);
    assert_int_equal(memory.seats, 2);
    assert_null(memory_find(&memory, "Alan")->held);
    assert_int_equal(memory_find(&memory, "Alan")->sessions, 0);
}

/* ---- who leads ---- */

/* The fair order of "Ada, Grace, ..." as such a list. */
static void
assert_order(const char *role, const char *names, const char *expected)
{
    char copy[400], out[400] = "", *rest = copy, *name;
    const char *list[12];
    int order[12], count = 0;

    snprintf(copy, sizeof copy, "%s", names);
    while ((name = strsep(&rest, ",")) != NULL)
        list[count++] = name + strspn(name, " ");
    if (role == NULL)
        memory_fair_order(&memory, list, count, order);
    else
        memory_volunteers(&memory, role, list, count, order);
    for (int i = 0; i < count; i++)
        snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s", i > 0 ? ", " : "",
                 list[order[i]]);
    assert_string_equal(out, expected);
}

static void
who_drove_least_leads(void **state)
{
    (void)state;
    assert_order(NULL, "Ada, Grace", "Ada, Grace");
    MEET("Ada 2, Grace 1, Alan 1");
    assert_order(NULL, "Ada, Grace, Alan", "Grace, Alan, Ada");
    assert_order(NULL, "Ada, Alan, Grace", "Grace, Alan, Ada"); /* Grace drove longer ago */
    MEET("Grace 2, Alan 1, Ada 1");
    assert_order(NULL, "Ada, Grace, Alan", "Alan, Grace, Ada");
}

static void
of_equals_who_drove_longest_ago_leads(void **state)
{
    (void)state;
    MEET("Ada 1, Konrad 1");
    MEET("Grace 1, Alan 1");
    assert_order(NULL, "Grace, Alan, Konrad, Ada", "Ada, Konrad, Grace, Alan");
    assert_order(NULL, "Grace, Edsger", "Edsger, Grace"); /* who never drove, longest of all */
}

static void
who_comes_seldom_has_nothing_to_catch_up(void **state)
{
    (void)state;
    MEET("Ada 2, Grace 2, Alan 1, Konrad 1");
    MEET("Ada 2, Grace 2, Alan 1");
    MEET("Ada 2, Grace 2, Alan 1");
    /* Konrad had one turn in one session, Alan three in three; who is new stands in the middle. */
    assert_order(NULL, "Ada, Edsger, Grace, Konrad, Alan", "Alan, Konrad, Edsger, Ada, Grace");
}

/* ---- roles ---- */

static void
who_volunteers_holds_the_role_next_time(void **state)
{
    (void)state;
    MEET("Ada 1, Grace 1", .ceremony = "Ada", .content = "Grace");
    assert_date(memory_held(&memory, "Ada", ceremony), NULL);
    assert_string_equal(memory_holder(&memory, ceremony), "Ada");
    MEET("Ada 1, Grace 1", .ceremony = "Grace");
    assert_date(memory_held(&memory, "Ada", ceremony), "2026-01-13");
    assert_date(memory_held(&memory, "Ada", content), NULL);
    assert_date(memory_held(&memory, "Ada", NULL), "2026-01-13");
    assert_null(memory_holder(&memory, content));
    assert_null(memory_holder(&memory, "Scribe"));
    MEET("Ada 1", .ceremony = "Grace");
    MEET("Ada 1");
    assert_date(memory_held(&memory, "Grace", NULL), "2026-01-27");
    assert_int_equal(memory_find(&memory, "Grace")->held_count, 2);
    assert_date(memory_held(&memory, "Nobody", NULL), NULL);
}

static void
who_never_held_a_role_is_asked_first(void **state)
{
    (void)state;
    MEET("Ada 1", .ceremony = "Ada", .content = "Grace");
    MEET("Ada 1", .ceremony = "Alan", .content = "Konrad");
    MEET("Ada 1");
    assert_order(ceremony, "Alan, Ada, Konrad, Grace, Edsger", "Edsger, Grace, Konrad, Ada, Alan");
    assert_order(content, "Alan, Ada, Konrad, Grace, Edsger", "Edsger, Ada, Alan, Grace, Konrad");
}

static void
the_bus_factor_looks_at_six_sessions(void **state)
{
    (void)state;
    assert_int_equal(memory_holders(&memory, ceremony), 0);
    MEET("Ada 1", .ceremony = "Frances");
    assert_int_equal(memory_holders(&memory, ceremony), 1);
    MEET("Ada 1", .ceremony = "Ada");
    MEET("Ada 1", .ceremony = "ADA");
    MEET("Ada 1");
    MEET("Ada 1", .ceremony = "Grace");
    MEET("Ada 1", .ceremony = "Ada");
    assert_int_equal(memory_holders(&memory, ceremony), 3);
    MEET("Ada 1", .ceremony = "Ada"); /* Frances is seven sessions ago */
    assert_int_equal(memory_holders(&memory, ceremony), 2);
    assert_int_equal(memory.recent_count, MEMORY_RECENT);
    assert_int_equal(memory_holders(&memory, content), 0);
}

/* ---- action items and dates ---- */

static void
action_items_come_back_until_they_are_ticked(void **state)
{
    struct closing_item first[] = {
        {7, (char *)(uintptr_t) "Ada", (char *)(uintptr_t) "cable"},
        {9, (char *)(uintptr_t) "", (char *)(uintptr_t) "book the room"}};
    struct closing_item second[] = {{7, (char *)(uintptr_t) "Alan", (char *)(uintptr_t) "screen"}};
    struct closing_done cable = {(char *)(uintptr_t) "r1", 7};
    struct closing_done unknown[] = {{(char *)(uintptr_t) "r9", 7}, {(char *)(uintptr_t) "r1", 8}};

    (void)state;
    MEET("Ada 1", .items = first, .items_count = 2);
    MEET("Ada 1", .items = second, .items_count = 1, .done = unknown, .done_count = 2);
    assert_int_equal(memory.actions_count, 3);
    assert_string_equal(memory.actions[2].record, "r2");
    assert_date(memory.actions[0].days, "2026-01-06");
    MEET("Ada 1", .done = &cable, .done_count = 1);
    assert_int_equal(memory.actions_count, 2);
    assert_string_equal(memory.actions[0].text, "book the room");
    assert_string_equal(memory.actions[0].owner, "");
    assert_string_equal(memory.actions[1].owner, "Alan");
}

/* Two laptops, one of whose clocks is slow: its record comes first, by its name. */
static void
a_tick_counts_also_before_what_it_ticks(void **state)
{
    struct closing_item item = {7, (char *)(uintptr_t) "Ada", (char *)(uintptr_t) "cable"};
    struct closing_done done = {(char *)(uintptr_t) "r2", 7};

    (void)state;
    MEET("Ada 1", .done = &done, .done_count = 1);
    MEET("Ada 1", .items = &item, .items_count = 1);
    MEET("Ada 1", .items = &item, .items_count = 1);
    assert_int_equal(memory.actions_count, 1);
    assert_string_equal(memory.actions[0].record, "r3");
}

static void
the_last_session_says_when_the_next_is(void **state)
{
    (void)state;
    assert_date(memory.next, NULL);
    MEET("Ada 1", .date = "2026-01-20");
    assert_date(memory.days, "2026-01-06");
    assert_date(memory.next, "2026-01-20");
    assert_string_equal(memory.record, "r1");
    assert_string_equal(memory.topic, "FizzBuzz");
    MEET("Ada 1", .date = "");
    assert_date(memory.next, NULL);
    MEET("Ada 1", .date = "next Tuesday");
    assert_date(memory.next, NULL);
    MEET("Ada 1", .date = "2026-01-27"); /* that day itself */
    assert_date(memory.next, NULL);
    assert_int_equal(memory.sessions, 4);
}

int
main(void)
{
#define remembering(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        remembering(a_person_is_the_same_however_the_name_is_written),
        remembering(an_alias_is_the_same_person_and_shows_the_right_name),
        remembering(many_people_are_told_apart),
        remembering(observers_came_but_were_owed_nothing),
        remembering(who_drove_least_leads),
        remembering(of_equals_who_drove_longest_ago_leads),
        remembering(who_comes_seldom_has_nothing_to_catch_up),
        remembering(who_volunteers_holds_the_role_next_time),
        remembering(who_never_held_a_role_is_asked_first),
        remembering(the_bus_factor_looks_at_six_sessions),
        remembering(action_items_come_back_until_they_are_ticked),
        remembering(a_tick_counts_also_before_what_it_ticks),
        remembering(the_last_session_says_when_the_next_is),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
