/* Two groups (R15): who goes, that one undo brings all back, and when it is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dojo.h"
#include "session/groups.h"
#include "session/summary.h"
#include "session/text.h"

enum { WIDE = 400 };

static struct dojo dojo;
static char text[512];

static const char *
ids_of_those(bool present)
{
    const struct roster *roster = &dojo.session.roster;
    size_t used = 0;

    text[0] = '\0';
    for (int i = 0; i < roster->count; i++) {
        if (roster->people[i].present == present)
            used += (size_t)snprintf(text + used, sizeof text - used, "%s%d", used > 0 ? " " : "",
                                     roster->people[i].id);
    }
    return text;
}

static void
expect_groups(const char *here, const char *gone)
{
    assert_string_equal(ids_of_those(true), here);
    assert_string_equal(ids_of_those(false), gone);
}

static void
expect_line(int columns, const char *line)
{
    assert_string_equal(groups_line(&dojo.session, columns, text, sizeof text), line);
}

static void
refuse(const char *why)
{
    DO_NOT(&dojo, .kind = COMMAND_GROUPS);
    assert_string_equal(dojo.why, why);
    assert_false(session_allows(&dojo.session, COMMAND_GROUPS, dojo.now));
}

static void
open_dojo(int people)
{
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", people);
}

static void
every_second_person_goes(void **state)
{
    struct plan plan;
    int facts;

    (void)state;
    open_dojo(16);
    facts = dojo.session.log_count;
    DO(&dojo, .kind = COMMAND_GROUPS, .by = BY_KEY);
    assert_int_equal(dojo.session.log_count, facts + 1);
    expect_groups("1 3 5 7 9 11 13 15", "2 4 6 8 10 12 14 16");
    plan_compute(&dojo.session, dojo.now, &plan);
    assert_int_equal(plan.without, 0);
    plan_free(&plan);
    DO(&dojo, .kind = COMMAND_UNDO, .by = BY_KEY);
    expect_groups("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16", "");
    expect_line(WIDE, "");
    dojo_close(&dojo);
}

static void
the_order_of_the_list_decides(void **state)
{
    static const int64_t order[] = {5, 4, 3, 2, 1};

    (void)state;
    open_dojo(5);
    DO(&dojo, .kind = COMMAND_ORDER, .by = BY_KEY, .list = order, .list_count = 5);
    DO(&dojo, .kind = COMMAND_GROUPS, .by = BY_KEY);
    expect_groups("5 3 1", "4 2");
    DO(&dojo, .kind = COMMAND_UNDO, .by = BY_KEY);
    DO(&dojo, .kind = COMMAND_UNDO, .by = BY_KEY);
    expect_groups("1 2 3 4 5", "");
    dojo_close(&dojo);
}

/* Dealt with the others, observers would leave all drivers in one group. */
static void
observers_and_who_is_away_upset_nothing(void **state)
{
    (void)state;
    open_dojo(9);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    for (int person = 3; person <= 9; person += 2)
        DO(&dojo, .kind = COMMAND_OBSERVE, .person = person);
    DO(&dojo, .kind = COMMAND_GROUPS);
    expect_groups("2 3 6 7", "1 4 5 8 9");
    expect_line(WIDE, "The other group: P4, P5, P8, P9. They need a second laptop.");
    dojo_close(&dojo);
}

static void
few_people_make_one_group(void **state)
{
    (void)state;
    open_dojo(3);
    refuse("Two groups need 4 people who drive; here are 3.");
    dojo_close(&dojo);
    open_dojo(4);
    DO(&dojo, .kind = COMMAND_OBSERVE, .person = 2);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 3);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 4);
    refuse("Two groups need 4 people who drive; here is 1.");
    DO(&dojo, .kind = COMMAND_ROTATE, .person = 2);
    DO(&dojo, .kind = COMMAND_BACK, .person = 3);
    DO(&dojo, .kind = COMMAND_BACK, .person = 4);
    DO(&dojo, .kind = COMMAND_GROUPS);
    expect_groups("1 3", "2 4");
    dojo_close(&dojo);
}

static void
after_the_start_it_is_too_late(void **state)
{
    (void)state;
    open_dojo(16);
    DO(&dojo, .kind = COMMAND_START);
    refuse("Two groups are made before the start.");
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    refuse("Two groups are made before the start.");
    dojo_close(&dojo);
}

/* Who left on their own account is with no group. */
static void
names_who_is_with_the_other_group(void **state)
{
    (void)state;
    open_dojo(8);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    expect_line(WIDE, "");
    DO(&dojo, .kind = COMMAND_BACK, .person = 1);
    DO(&dojo, .kind = COMMAND_GROUPS);
    expect_line(WIDE, "The other group: P2, P4, P6, P8. They need a second laptop.");
    DO(&dojo, .kind = COMMAND_BACK, .person = 2);
    DO(&dojo, .kind = COMMAND_BACK, .person = 8);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 8);
    expect_line(WIDE, "The other group: P4, P6. They need a second laptop.");
    dojo_close(&dojo);
}

static void
few_columns_hold_few_names(void **state)
{
    (void)state;
    open_dojo(8);
    DO(&dojo, .kind = COMMAND_GROUPS);
    expect_line(59, "The other group: P2, P4, P6, P8. They need a second laptop.");
    expect_line(58, "The other group: P2 and 3 more. They need a second laptop.");
    expect_line(57, "The other group: 4 people. They need a second laptop.");
    expect_line(52, "Other group: 4, on a second laptop");
    expect_line(1, "Other group: 4, on a second laptop");
    dojo_close(&dojo);
}

static void
as_many_as_a_roster_holds(void **state)
{
    (void)state;
    open_dojo(ROSTER_MOST);
    DO(&dojo, .kind = COMMAND_GROUPS);
    assert_int_equal(roster_present(&dojo.session.roster), ROSTER_MOST / 2);
    groups_line(&dojo.session, WIDE, text, sizeof text);
    assert_in_range(text_columns(text), WIDE - 8, WIDE);
    assert_non_null(strstr(text, " more. They need a second laptop."));
    DO(&dojo, .kind = COMMAND_UNDO);
    assert_int_equal(roster_present(&dojo.session.roster), ROSTER_MOST);
    dojo_close(&dojo);
}

static void
the_other_group_was_not_here(void **state)
{
    (void)state;
    open_dojo(6);
    DO(&dojo, .kind = COMMAND_GROUPS);
    DO(&dojo, .kind = COMMAND_START);
    for (int person = 1; person <= 6; person++)
        assert_int_equal(summary_was_here(&dojo.session, person), person % 2 == 1);
    dojo_close(&dojo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_second_person_goes),
        cmocka_unit_test(the_order_of_the_list_decides),
        cmocka_unit_test(observers_and_who_is_away_upset_nothing),
        cmocka_unit_test(few_people_make_one_group),
        cmocka_unit_test(after_the_start_it_is_too_late),
        cmocka_unit_test(names_who_is_with_the_other_group),
        cmocka_unit_test(few_columns_hold_few_names),
        cmocka_unit_test(as_many_as_a_roster_holds),
        cmocka_unit_test(the_other_group_was_not_here),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
