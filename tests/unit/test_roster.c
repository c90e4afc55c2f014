#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "session/roster.h"

/* Ids 1 to 4 in this order. */
static void
fill(struct roster *roster)
{
    static const char *const names[] = {"Ada Lovelace", "Grace Hopper", "Alan Turing",
                                        "Frances Allen"};
    *roster = (struct roster){0};
    for (int i = 0; i < 4; i++)
        assert_non_null(roster_add(roster, i + 1, names[i]));
}

static void
put_turns(struct roster *roster, int a, int b, int c, int d)
{
    const int turns[] = {a, b, c, d};
    for (int i = 0; i < 4; i++)
        roster->people[i].turns = turns[i];
}

static const char *
order_of(const struct roster *roster)
{
    static char out[100];
    size_t used = 0;
    for (int i = 0; i < roster->count; i++)
        used += (size_t)snprintf(out + used, sizeof out - used, "%d", roster->people[i].id);
    return out;
}

static void
the_fewest_turns_then_the_list_decide(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    assert_int_equal(roster_next(&roster, 0), 1);
    assert_int_equal(roster_next(&roster, 1), 2);
    put_turns(&roster, 1, 1, 0, 0);
    assert_int_equal(roster_next(&roster, 2), 3);
    put_turns(&roster, 1, 1, 1, 1);
    assert_int_equal(roster_next(&roster, 4), 1);
    roster_free(&roster);
}

static void
the_driver_is_next_only_when_alone(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    put_turns(&roster, 0, 3, 3, 3);
    assert_int_equal(roster_next(&roster, 1), 2);
    for (int i = 1; i < 4; i++)
        roster.people[i].present = false;
    assert_int_equal(roster_next(&roster, 1), 1);
    roster.people[0].present = false;
    assert_int_equal(roster_next(&roster, 1), 0);
    roster_free(&roster);
}

static void
observers_and_the_absent_do_not_drive(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    roster.people[0].observer = true;
    roster.people[1].present = false;
    assert_int_equal(roster_next(&roster, 0), 3);
    assert_int_equal(roster_rotators(&roster), 2);
    assert_int_equal(roster_present(&roster), 3);
    roster_free(&roster);
}

static void
credit_counts_for_the_order(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    put_turns(&roster, 0, 1, 1, 1);
    roster.people[0].credit = 2;
    assert_int_equal(roster_next(&roster, 0), 2);
    roster_free(&roster);
}

static void
who_passed_is_asked_last(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    put_turns(&roster, 1, 0, 1, 1);
    roster.people[1].passed = true;
    assert_int_equal(roster_next(&roster, 1), 3);
    roster.people[2].passed = true;
    roster.people[3].passed = true;
    assert_int_equal(roster_next(&roster, 1), 1); /* rather the driver again */
    roster.people[0].passed = true;
    assert_int_equal(roster_next(&roster, 1), 2); /* all passed: somebody must */
    roster_free(&roster);
}

static void
a_latecomer_catches_up_one_turn(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    put_turns(&roster, 3, 4, 3, 0);
    roster_credit(&roster, &roster.people[3]);
    assert_int_equal(roster.people[3].credit, 2);
    roster_credit(&roster, &roster.people[3]); /* coming back again adds nothing */
    assert_int_equal(roster.people[3].credit, 2);
    roster_free(&roster);
}

static void
credit_never_takes_away(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    put_turns(&roster, 0, 0, 0, 0);
    roster_credit(&roster, &roster.people[3]);
    assert_int_equal(roster.people[3].credit, 0);
    put_turns(&roster, 1, 1, 1, 5);
    roster_credit(&roster, &roster.people[3]);
    assert_int_equal(roster.people[3].credit, 0);
    for (int i = 0; i < 3; i++)
        roster.people[i].present = false;
    roster_credit(&roster, &roster.people[3]);
    assert_int_equal(roster.people[3].credit, 0);
    roster_free(&roster);
}

static void
names_are_found_whatever_their_case(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    assert_int_equal(roster_find_name(&roster, " grace  HOPPER")->id, 2);
    assert_null(roster_find_name(&roster, "Grace"));
    assert_null(roster_find_name(&roster, ""));
    assert_null(roster_find_name(&roster, "\xFF"));
    assert_int_equal(roster_find(&roster, 3)->id, 3);
    assert_null(roster_find(&roster, 9));
    roster_free(&roster);
}

static int
id_of_part(const struct roster *roster, const char *part, bool expected)
{
    bool ambiguous;
    const struct person *found = roster_find_part(roster, part, &ambiguous);
    assert_int_equal(ambiguous, expected);
    return found == NULL ? 0 : found->id;
}

static void
an_unambiguous_part_is_enough(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    assert_int_equal(id_of_part(&roster, "hop", false), 2);
    assert_int_equal(id_of_part(&roster, "ace", true), 0);  /* Lovelace, Grace */
    assert_int_equal(id_of_part(&roster, "al", true), 0);   /* Alan, Allen */
    assert_int_equal(id_of_part(&roster, "uri", false), 3); /* inside a word */
    assert_int_equal(id_of_part(&roster, "lo", false), 1);  /* begins a word */
    assert_int_equal(id_of_part(&roster, "xyz", false), 0);
    assert_int_equal(id_of_part(&roster, "", false), 0);
    assert_non_null(roster_add(&roster, 6, "Charlotte"));
    assert_int_equal(id_of_part(&roster, "lo", false), 1); /* still: inside a word counts less */
    assert_non_null(roster_add(&roster, 5, "Grace"));
    assert_int_equal(id_of_part(&roster, "grace", false), 5); /* the whole name wins */
    roster_free(&roster);
}

/* The initials of those whom the part could mean. */
static const char *
those_meant(const struct roster *roster, const char *part)
{
    static char initials[8];
    size_t count = 0;
    for (int i = 0; i < roster->count; i++)
        if (roster_could_be(roster, &roster->people[i], part))
            initials[count++] = (char)('0' + roster->people[i].id);
    initials[count] = '\0';
    return initials;
}

static void
only_the_best_answers_are_meant(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    assert_string_equal(those_meant(&roster, "ace"), "12"); /* Lovelace, Grace */
    assert_string_equal(those_meant(&roster, "al"), "34");
    assert_string_equal(those_meant(&roster, "a"), "134"); /* not Grace, who only holds it */
    assert_string_equal(those_meant(&roster, "grace hopper"), "2");
    assert_string_equal(those_meant(&roster, "xyz"), "");
    assert_string_equal(those_meant(&roster, ""), "");
    roster_free(&roster);
}

static void
people_move_within_the_list(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    roster_move(&roster, 1, 2);
    assert_string_equal(order_of(&roster), "2314");
    roster_move(&roster, 4, -1);
    assert_string_equal(order_of(&roster), "2341");
    roster_move(&roster, 2, INT32_MAX);
    assert_string_equal(order_of(&roster), "3412");
    roster_move(&roster, 2, -INT32_MAX);
    assert_string_equal(order_of(&roster), "2341");
    roster_move(&roster, 9, 1);
    assert_string_equal(order_of(&roster), "2341");
    roster_free(&roster);
}

static void
a_new_order_keeps_everybody(void **state)
{
    struct roster roster;
    (void)state;
    fill(&roster);
    roster_reorder(&roster, (int[]){4, 9, 2, 4}, 4);
    assert_string_equal(order_of(&roster), "4213");
    roster_reorder(&roster, NULL, 0);
    assert_string_equal(order_of(&roster), "4213");
    assert_string_equal(roster.people[0].name, "Frances Allen");
    roster_free(&roster);
}

static void
a_copy_is_independent(void **state)
{
    struct roster roster, copy;
    (void)state;
    fill(&roster);
    put_turns(&roster, 1, 2, 3, 4);
    roster_copy(&copy, &roster);
    roster_free(&roster);
    assert_int_equal(copy.count, 4);
    assert_string_equal(copy.people[3].name, "Frances Allen");
    assert_int_equal(copy.people[3].turns, 4);
    assert_int_equal(copy.people[3].id, 4);
    roster_free(&copy);
}

static void
a_roster_has_an_end(void **state)
{
    struct roster roster = {0};
    (void)state;
    for (int i = 1; i <= ROSTER_MOST; i++)
        assert_non_null(roster_add(&roster, i, "x"));
    assert_null(roster_add(&roster, ROSTER_MOST + 1, "x"));
    assert_int_equal(roster.count, ROSTER_MOST);
    roster_free(&roster);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fewest_turns_then_the_list_decide),
        cmocka_unit_test(the_driver_is_next_only_when_alone),
        cmocka_unit_test(observers_and_the_absent_do_not_drive),
        cmocka_unit_test(credit_counts_for_the_order),
        cmocka_unit_test(who_passed_is_asked_last),
        cmocka_unit_test(a_latecomer_catches_up_one_turn),
        cmocka_unit_test(credit_never_takes_away),
        cmocka_unit_test(names_are_found_whatever_their_case),
        cmocka_unit_test(an_unambiguous_part_is_enough),
        cmocka_unit_test(only_the_best_answers_are_meant),
        cmocka_unit_test(people_move_within_the_list),
        cmocka_unit_test(a_new_order_keeps_everybody),
        cmocka_unit_test(a_copy_is_independent),
        cmocka_unit_test(a_roster_has_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
