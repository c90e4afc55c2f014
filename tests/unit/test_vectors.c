/* Whole sessions walked through: exact times for every rule. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "dojo.h"
#include "session/wording.h"

enum { MINUTE = 60 * 1000 };

#define TWELVE_TURNS                                                                               \
    "12:45 P1, 12:50 P2, 12:55 P3, 13:00 P4, 13:05 P5, 13:10 P6, 13:15 P7, 13:20 P8, 13:25 P9, "   \
    "13:30 P1, 13:35 P2, 13:40 P3"
#define THIRTEEN_TURNS TWELVE_TURNS ", 13:45 P4"

/* ---- the usual session ---- */

static void
base_runs_thirteen_turns(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:49:59");
    dojo_expect_turns(&dojo, THIRTEEN_TURNS);
    dojo_until(&dojo, "13:50:01");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_expect_turns(&dojo, THIRTEEN_TURNS);
    dojo_expect_wall(moment_at(dojo.now, dojo.session.phase_ms).wall_ms, "13:50");
    dojo_close(&dojo);
}

static void
base_is_planned_before_and_while_it_runs(void **state)
{
    struct dojo dojo;
    struct plan plan;

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 9);
    assert_string_equal(dojo_plan(&dojo), THIRTEEN_TURNS);
    plan_compute(&dojo.session, dojo.now, &plan);
    assert_int_equal(plan.count, 13);
    assert_int_equal(plan.total, 13);
    dojo_expect_wall(plan.coding_end_ms, "13:50");
    dojo_expect_wall(plan.debrief_ms, "13:50");
    dojo_expect_wall(plan.stop_ms, "14:00");
    assert_true(plan.has_extra);
    assert_int_equal(plan.extra.person, 5);
    dojo_expect_wall(plan.extra.start_ms, "13:50");
    dojo_expect_wall(plan.extra.end_ms, "13:55");
    assert_int_equal(plan.rotators, 9);
    assert_int_equal(plan.without, 0);
    assert_int_equal(plan.wait_ms, 40 * MINUTE);
    plan_free(&plan);

    DO(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "13:36:10");
    assert_string_equal(dojo_plan(&dojo), "13:35 P2, 13:40 P3, 13:45 P4");
    plan_compute(&dojo.session, dojo.now, &plan);
    assert_int_equal(plan.total, 13);
    assert_int_equal(plan.turns[0].number, 11);
    plan_free(&plan);
    dojo_close(&dojo);
}

static void
base_has_one_extra_turn(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_reach(&dojo, PHASE_OFFER);
    dojo_expect_wall(dojo.now.wall_ms, "13:50");
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_until(&dojo, "13:54:59");
    dojo_expect_driver(&dojo, 5);
    assert_true(dojo.session.turn.extra);
    dojo_until(&dojo, "13:55");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_expect_turns(&dojo, THIRTEEN_TURNS ", 13:50 P5");
    dojo_close(&dojo);
}

/* ---- how many turns fit ---- */

struct fit {
    const char *start, *intro, *handover;
    int planned;
    const char *coding_end, *extra_end;
};

static const struct fit fits[] = {
    {"12:30", "0s", "0s", 16, "13:50", "13:55"},
    {"12:30", "2m", "20s", 14, "13:46:20", "13:51:40"},
    {"12:45", "0s", "0s", 13, "13:50", "13:55"},
    {"12:45", "2m", "0s", 12, "13:47", "13:52"},
    {"12:45", "0s", "15s", 12, "13:47:45", "13:53"},
    {"12:45", "0s", "20s", 12, "13:48:40", "13:54"},
    {"12:45", "2m", "20s", 11, "13:45:20", "13:50:40"},
    {"12:45", "0s", "30s", 11, "13:45", "13:50:30"},
    {"12:52", "0s", "0s", 11, "13:47", "13:52"},
    {"12:52", "2m", "0s", 11, "13:49", "13:54"},
    {"12:52", "0s", "20s", 10, "13:45", "13:50:20"},
};

static void
open_fit(struct dojo *dojo, const struct fit *fit)
{
    dojo_init(dojo);
    dojo_set(dojo, "session.intro", fit->intro);
    dojo_set(dojo, "turn.handover", fit->handover);
    dojo_open(dojo, fit->start, 9);
}

static void
so_many_turns_are_planned(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        struct dojo dojo;
        struct plan plan;

        open_fit(&dojo, &fits[i]);
        plan_compute(&dojo.session, dojo.now, &plan);
        assert_int_equal(plan.count, fits[i].planned);
        dojo_expect_wall(plan.coding_end_ms, fits[i].coding_end);
        assert_true(plan.has_extra);
        dojo_expect_wall(plan.extra.end_ms, fits[i].extra_end);
        plan_free(&plan);
        dojo_close(&dojo);
    }
}

static void
so_many_turns_are_driven(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        struct dojo dojo;

        open_fit(&dojo, &fits[i]);
        DO(&dojo, .kind = COMMAND_START);
        if (dojo.session.phase == PHASE_INTRO) {
            dojo_wait(&dojo, 2 * MINUTE);
            DO(&dojo, .kind = COMMAND_NEXT);
        }
        dojo_reach(&dojo, PHASE_OFFER);
        assert_int_equal(dojo.session.turns_count, fits[i].planned);
        dojo_expect_wall(dojo.session.turns[fits[i].planned - 1].ended.wall_ms, fits[i].coding_end);
        if (dojo.session.settings.handover_ms > 0)
            dojo_wait(&dojo, dojo.session.settings.handover_ms - 1);
        dojo.now = moment_at(dojo.now, dojo.session.phase_ms + dojo.session.settings.handover_ms);
        DO(&dojo, .kind = COMMAND_NEXT);
        dojo_reach(&dojo, PHASE_DEBRIEF);
        dojo_expect_wall(dojo.now.wall_ms, fits[i].extra_end);
        dojo_close(&dojo);
    }
}

/* ---- more people than turns ---- */

static void
thirteen_turns_are_shared(void **state)
{
    static const struct {
        int people, most, with_most, least;
    } shares[] = {{1, 13, 1, 13}, {2, 7, 1, 6},   {3, 5, 1, 4},  {4, 4, 1, 3}, {5, 3, 3, 2},
                  {6, 3, 1, 2},   {7, 2, 6, 1},   {8, 2, 5, 1},  {9, 2, 4, 1}, {10, 2, 3, 1},
                  {12, 2, 1, 1},  {13, 1, 13, 1}, {16, 1, 13, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        struct dojo dojo;

        dojo_begin(&dojo, "12:45", shares[i].people);
        dojo_until(&dojo, "13:50");
        assert_int_equal(dojo.session.turns_count, 13);
        for (int p = 0; p < shares[i].people; p++)
            assert_int_equal(dojo.session.roster.people[p].turns,
                             p < shares[i].with_most ? shares[i].most : shares[i].least);
        dojo_close(&dojo);
    }
}

static void
sixteen_people_need_shorter_turns(void **state)
{
    struct dojo dojo;
    struct plan plan;

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "12:45", 16);
    plan_compute(&dojo.session, dojo.now, &plan);
    assert_int_equal(plan.without, 3);
    assert_int_equal(plan.fitting_ms, 4 * MINUTE);
    plan_free(&plan);
    DO(&dojo, .kind = COMMAND_TURN_LENGTH, .ms = 4 * MINUTE);
    plan_compute(&dojo.session, dojo.now, &plan);
    assert_int_equal(plan.count, 16);
    assert_int_equal(plan.without, 0);
    plan_free(&plan);
    dojo_close(&dojo);
}

/* ---- a late lunch ---- */

#define LATE_TURNS                                                                                 \
    "12:52 P1, 12:57 P2, 13:02 P3, 13:07 P4, 13:12 P5, 13:17 P6, 13:22 P7, 13:27 P8, 13:32 P9, "   \
    "13:37 P1, 13:42 P2"

static void
late_lunch_keeps_the_end(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "session.start", "12:45");
    dojo_open(&dojo, "12:30", 9);
    assert_string_equal(dojo_plan(&dojo), THIRTEEN_TURNS); /* from the planned start */
    dojo_until(&dojo, "12:52");
    assert_string_equal(dojo_plan(&dojo), LATE_TURNS);
    DO(&dojo, .kind = COMMAND_START);
    assert_int_equal(plan_late_minutes(&dojo.session, dojo.now), 7);
    dojo_until(&dojo, "13:47");
    dojo_expect_phase(&dojo, PHASE_OFFER);
    dojo_expect_turns(&dojo, LATE_TURNS);
    dojo_expect_wall(moment_at(dojo.now, dojo.session.offer_until_ms).wall_ms, "13:50");
    dojo_close(&dojo);
}

static void
late_lunch_may_take_the_extra_turn(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:52", 9);
    dojo_until(&dojo, "13:47");
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_until(&dojo, "13:51:59");
    dojo_expect_driver(&dojo, 3);
    dojo_until(&dojo, "13:52");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_close(&dojo);
}

static void
late_lunch_may_debrief_at_once_or_by_itself(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:52", 9);
    dojo_until(&dojo, "13:47");
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_close(&dojo);

    dojo_begin(&dojo, "12:52", 9);
    dojo_until(&dojo, "13:50");
    dojo_expect_phase(&dojo, PHASE_OFFER); /* its last moment is still good */
    dojo_until(&dojo, "13:50:01");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_expect_wall(moment_at(dojo.now, dojo.session.phase_ms).wall_ms, "13:50");
    dojo_close(&dojo);
}

/* ---- latecomers ---- */

static void
latecomer_in_round_one_drives_after_everybody(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:07");
    DO(&dojo, .kind = COMMAND_JOIN, .text = "P10");
    dojo_until(&dojo, "13:50");
    dojo_expect_turns(&dojo,
                      "12:45 P1, 12:50 P2, 12:55 P3, 13:00 P4, 13:05 P5, 13:10 P6, 13:15 P7, "
                      "13:20 P8, 13:25 P9, 13:30 P10, 13:35 P1, 13:40 P2, 13:45 P3");
    assert_int_equal(roster_find(&dojo.session.roster, 4)->turns, 1);
    dojo_close(&dojo);
}

static void
latecomer_before_the_lock_drives_next(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:43:30");
    assert_int_equal(session_next_driver(&dojo.session), 4);
    DO(&dojo, .kind = COMMAND_JOIN, .text = "P10");
    assert_int_equal(session_next_driver(&dojo.session), 10);
    dojo_until(&dojo, "13:50");
    dojo_expect_turns(&dojo, TWELVE_TURNS ", 13:45 P10");
    dojo_close(&dojo);
}

static void
latecomer_inside_the_lock_gets_the_extra_turn(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:44:10");
    DO(&dojo, .kind = COMMAND_JOIN, .text = "P10");
    assert_int_equal(session_next_driver(&dojo.session), 4);
    dojo_reach(&dojo, PHASE_OFFER);
    dojo_expect_turns(&dojo, THIRTEEN_TURNS);
    assert_int_equal(session_next_driver(&dojo.session), 10);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 10);
    dojo_until(&dojo, "13:55");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_close(&dojo);
}

static void
latecomer_in_round_four_catches_up_once(void **state)
{
    static const int turns[] = {4, 4, 4, 1};
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "13:31");
    DO(&dojo, .kind = COMMAND_JOIN, .text = "P4");
    assert_int_equal(roster_find(&dojo.session.roster, 4)->credit, 2);
    dojo_until(&dojo, "13:50");
    dojo_expect_turns(&dojo,
                      "12:45 P1, 12:50 P2, 12:55 P3, 13:00 P1, 13:05 P2, 13:10 P3, 13:15 P1, "
                      "13:20 P2, 13:25 P3, 13:30 P1, 13:35 P4, 13:40 P2, 13:45 P3");
    for (int i = 0; i < 4; i++)
        assert_int_equal(dojo.session.roster.people[i].turns, turns[i]);
    dojo_close(&dojo);
}

/* ---- who leaves ---- */

static void
somebody_leaves_who_does_not_drive(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:00");
    DO(&dojo, .kind = COMMAND_AWAY, .person = 7);
    dojo_until(&dojo, "13:50");
    dojo_expect_turns(&dojo,
                      "12:45 P1, 12:50 P2, 12:55 P3, 13:00 P4, 13:05 P5, 13:10 P6, 13:15 P8, "
                      "13:20 P9, 13:25 P1, 13:30 P2, 13:35 P3, 13:40 P4, 13:45 P5");
    dojo_close(&dojo);
}

#define SIX_TURNS "12:45 P1, 12:50 P2, 12:55 P3, 13:00 P4, 13:05 P5, 13:10 P6"

static void
driver_leaves_early_and_the_turn_does_not_count(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:12:10");
    DO(&dojo, .kind = COMMAND_AWAY, .person = 6);
    dojo_expect_driver(&dojo, 7);
    dojo_expect_left(&dojo, 5, 0);
    assert_int_equal(roster_find(&dojo.session.roster, 6)->turns, 0);
    dojo_until(&dojo, "13:47:10");
    dojo_expect_phase(&dojo, PHASE_OFFER);
    dojo_expect_turns(&dojo, SIX_TURNS ", 13:12:10 P7, 13:17:10 P8, 13:22:10 P9, 13:27:10 P1, "
                                       "13:32:10 P2, 13:37:10 P3, 13:42:10 P4");
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_reach(&dojo, PHASE_DEBRIEF);
    dojo_expect_wall(dojo.now.wall_ms, "13:52:10");
    dojo_close(&dojo);
}

static void
driver_leaves_late_and_the_turn_counts(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:13:30");
    DO(&dojo, .kind = COMMAND_AWAY, .person = 6);
    assert_int_equal(roster_find(&dojo.session.roster, 6)->turns, 1);
    dojo_until(&dojo, "13:48:30");
    dojo_expect_phase(&dojo, PHASE_OFFER);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_reach(&dojo, PHASE_DEBRIEF);
    dojo_expect_wall(dojo.now.wall_ms, "13:53:30");
    dojo_close(&dojo);
}

static void
who_comes_back_without_a_turn_drives_next(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "12:50");
    DO(&dojo, .kind = COMMAND_AWAY, .person = 8);
    dojo_until(&dojo, "13:37");
    DO(&dojo, .kind = COMMAND_BACK, .person = 8);
    dojo_until(&dojo, "13:50");
    dojo_expect_turns(&dojo,
                      "12:45 P1, 12:50 P2, 12:55 P3, 13:00 P4, 13:05 P5, 13:10 P6, 13:15 P7, "
                      "13:20 P9, 13:25 P1, 13:30 P2, 13:35 P3, 13:40 P8, 13:45 P4");
    dojo_close(&dojo);
}

static void
who_comes_back_after_a_turn_changes_nothing(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:00");
    DO(&dojo, .kind = COMMAND_AWAY, .person = 2);
    dojo_until(&dojo, "13:26");
    DO(&dojo, .kind = COMMAND_BACK, .person = 2);
    dojo_until(&dojo, "13:50");
    dojo_expect_turns(&dojo, THIRTEEN_TURNS);
    dojo_close(&dojo);
}

/* ---- a pause ---- */

static void
pause_moves_the_turns_and_not_the_end(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:21");
    DO(&dojo, .kind = COMMAND_PAUSE);
    dojo_until(&dojo, "13:24");
    dojo_expect_left(&dojo, 4, 0);
    DO(&dojo, .kind = COMMAND_RESUME);
    dojo_expect_left(&dojo, 4, 0);
    dojo_until(&dojo, "13:48");
    dojo_expect_phase(&dojo, PHASE_OFFER);
    dojo_expect_turns(&dojo,
                      "12:45 P1, 12:50 P2, 12:55 P3, 13:00 P4, 13:05 P5, 13:10 P6, 13:15 P7, "
                      "13:20 P8, 13:28 P9, 13:33 P1, 13:38 P2, 13:43 P3");
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_reach(&dojo, PHASE_DEBRIEF);
    dojo_expect_wall(dojo.now.wall_ms, "13:53");
    dojo_close(&dojo);
}

/* ---- alone ---- */

static void
one_person_has_thirteen_checkpoints(void **state)
{
    struct dojo dojo;
    char line[WORDING_SIZE];

    (void)state;
    dojo_begin(&dojo, "12:45", 1);
    wording_event(line, &dojo.session, &dojo.session.log[dojo.session.log_count - 1]);
    assert_null(strstr(line, "Next"));
    dojo_until(&dojo, "13:50");
    assert_int_equal(dojo.session.turns_count, 13);
    for (int i = 0; i < 13; i++)
        assert_int_equal(dojo.session.turns[i].turn.driver, 1);
    dojo_until(&dojo, "13:55");
    DO(&dojo, .kind = COMMAND_ROLES);
    DO(&dojo, .kind = COMMAND_TAKE_ROLE, .role = "Master of Ceremony", .text = "P1");
    assert_null(session_role_warning(&dojo.session, NULL, "Master of Dojo", "P1", dojo.why));
    dojo_close(&dojo);
}

/* ---- an empty room ---- */

static void
nobody_at_the_start_waits_for_the_first(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_init(&dojo);
    dojo_set(&dojo, "session.start", "12:45");
    dojo_open(&dojo, "12:45", 0);
    DO_NOT(&dojo, .kind = COMMAND_START);
    dojo_until(&dojo, "12:50");
    dojo_expect_phase(&dojo, PHASE_WAITING);
    assert_int_equal(plan_late_minutes(&dojo.session, dojo.now), 5);
    DO(&dojo, .kind = COMMAND_JOIN, .text = "P1");
    DO(&dojo, .kind = COMMAND_START);
    dojo_expect_driver(&dojo, 1);
    dojo_close(&dojo);
}

static void
last_person_leaving_pauses(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 2);
    dojo_until(&dojo, "12:47");
    DO(&dojo, .kind = COMMAND_AWAY, .person = 2);
    DO(&dojo, .kind = COMMAND_AWAY, .person = 1);
    dojo_expect_phase(&dojo, PHASE_PAUSED);
    dojo_until(&dojo, "12:55");
    dojo_expect_phase(&dojo, PHASE_PAUSED);
    DO(&dojo, .kind = COMMAND_BACK, .person = 2);
    if (dojo.session.phase == PHASE_PAUSED)
        DO(&dojo, .kind = COMMAND_RESUME);
    dojo_expect_driver(&dojo, 2);
    dojo_expect_left(&dojo, 5, 0);
    dojo_close(&dojo);
}

/* ---- roles ---- */

static void
begin_roles(struct dojo *dojo)
{
    dojo_begin(dojo, "12:45", 9);
    dojo_until(dojo, "13:58");
    dojo_expect_phase(dojo, PHASE_DEBRIEF);
    DO(dojo, .kind = COMMAND_ROLES);
    dojo_expect_phase(dojo, PHASE_ROLES);
    assert_int_equal(dojo->session.roles_count, 2);
}

static void
no_volunteers_is_an_answer(void **state)
{
    struct dojo dojo;

    (void)state;
    begin_roles(&dojo);
    assert_false(dojo.session.roles[0].vacant);
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Ceremony");
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Dojo");
    DO(&dojo, .kind = COMMAND_CLOSE);
    dojo_expect_phase(&dojo, PHASE_CLOSED);
    for (int i = 0; i < 2; i++) {
        assert_true(dojo.session.roles[i].vacant);
        assert_null(dojo.session.roles[i].holder);
    }
    dojo_close(&dojo);
}

/* A memory of this one session, which ends now; P3 is also called P33. */
static void
remember(struct memory *memory, const struct dojo *dojo)
{
    struct closing *closing = session_closing(&dojo->session, dojo->now);
    const struct past past = {.record = "20261122T114000Z-5eed.jsonl",
                              .opened = dojo->session.opened,
                              .title = "",
                              .topic = "",
                              .stack = "",
                              .closing = closing};

    memory_init(memory);
    memory_alias(memory, "P33", "P3");
    memory_add(memory, &past);
    closing_free(closing);
}

static void
another_name_is_the_same_volunteer(void **state)
{
    struct dojo dojo, next;
    struct memory memory;
    const char *const ceremony = "Master of Ceremony", *const master = "Master of Dojo";

    (void)state;
    begin_roles(&dojo);
    DO(&dojo, .kind = COMMAND_TAKE_ROLE, .role = ceremony, .text = "P33");
    begin_roles(&next);
    remember(&memory, &dojo);
    assert_non_null(session_role_warning(&next.session, &memory, ceremony, "P3", next.why));
    assert_non_null(session_role_warning(&next.session, &memory, ceremony, "p33", next.why));
    DO(&next, .kind = COMMAND_TAKE_ROLE, .role = ceremony, .text = "P3");
    assert_non_null(session_role_warning(&next.session, &memory, master, "P33", next.why));
    assert_null(session_role_warning(&next.session, NULL, master, "P33", next.why));
    memory_free(&memory);
    dojo_close(&next);
    dojo_close(&dojo);
}

static void
same_volunteer_warns_and_is_recorded(void **state)
{
    struct dojo dojo, next;
    struct memory memory;
    const char *const ceremony = "Master of Ceremony", *const master = "Master of Dojo";

    (void)state;
    begin_roles(&dojo);
    assert_null(session_role_warning(&dojo.session, NULL, ceremony, "P3", dojo.why));
    DO(&dojo, .kind = COMMAND_TAKE_ROLE, .role = ceremony, .text = "P3");
    assert_non_null(session_role_warning(&dojo.session, NULL, master, "P3", dojo.why));
    assert_null(session_role_warning(&dojo.session, NULL, master, "P4", dojo.why));
    DO(&dojo, .kind = COMMAND_TAKE_ROLE, .role = master, .text = "P3");
    assert_string_equal(dojo.session.roles[0].holder, "P3");
    assert_string_equal(dojo.session.roles[1].holder, "P3");

    begin_roles(&next);
    remember(&memory, &dojo);
    assert_non_null(session_role_warning(&next.session, &memory, ceremony, "P3", next.why));
    assert_null(session_role_warning(&next.session, &memory, ceremony, "P4", next.why));
    DO(&next, .kind = COMMAND_TAKE_ROLE, .role = ceremony, .text = "Grace Hopper");
    assert_string_equal(next.session.roles[0].holder, "Grace Hopper");
    memory_free(&memory);
    dojo_close(&next);
    dojo_close(&dojo);
}

/* ---- overrun ---- */

static void
overrun_is_counted_and_interrupts_nothing(void **state)
{
    struct dojo dojo;
    char line[WORDING_SIZE];

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:59");
    DO(&dojo, .kind = COMMAND_DRAFT, .text = "half a thou");
    dojo_until(&dojo, "14:06");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    assert_string_equal(dojo.session.draft, "half a thou");
    DO(&dojo, .kind = COMMAND_ROLES);
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Ceremony");
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Dojo");
    DO(&dojo, .kind = COMMAND_CLOSE);
    dojo_expect_wall(dojo.session.ended.wall_ms, "14:06");
    wording_event(line, &dojo.session, &dojo.session.log[dojo.session.log_count - 1]);
    assert_non_null(strstr(line, "14:06, 6 minutes after the planned end"));
    dojo_close(&dojo);
}

/* ---- killed and resumed ---- */

static void
killed_and_back_within_the_turn(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:17:42");
    dojo_resume(&dojo, "13:18:30");
    dojo_expect_driver(&dojo, 7);
    dojo_expect_left(&dojo, 1, 30);
    assert_false(dojo.session.gap.open);
    dojo_until(&dojo, "13:50");
    dojo_expect_turns(&dojo, THIRTEEN_TURNS);
    dojo_close(&dojo);
}

static void
killed_and_back_after_the_turn_goes_on(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:17:42");
    dojo_resume(&dojo, "13:21:10");
    assert_true(dojo.session.gap.open);
    assert_int_equal(dojo.session.turns_count, 7);
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    dojo_until(&dojo, "13:21:40"); /* asks, and waits */
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 8);
    dojo_expect_left(&dojo, 5, 0);
    assert_int_equal(dojo.session.turn.number, 8);
    assert_int_equal(roster_find(&dojo.session.roster, 7)->turns, 1);
    dojo_close(&dojo);
}

static void
killed_and_back_after_the_turn_was_a_pause(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:17:42");
    dojo_resume(&dojo, "13:21:10");
    DO(&dojo, .kind = COMMAND_FORGIVE_GAP);
    dojo_expect_driver(&dojo, 7);
    dojo_expect_left(&dojo, 2, 18);
    assert_int_equal(dojo.session.turn.number, 7);
    dojo_until(&dojo, "13:23:28");
    dojo_expect_driver(&dojo, 8);
    assert_int_equal(roster_find(&dojo.session.roster, 7)->turns, 1);
    dojo_close(&dojo);
}

static void
killed_within_a_turn_may_be_a_pause_too(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:17:42");
    dojo_resume(&dojo, "13:18:30");
    DO(&dojo, .kind = COMMAND_FORGIVE_GAP);
    dojo_expect_driver(&dojo, 7);
    dojo_expect_left(&dojo, 2, 18);
    dojo_close(&dojo);
}

static void
killed_and_back_after_the_stop_opens_the_debrief(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:17:42");
    DO(&dojo, .kind = COMMAND_DRAFT, .text = "half a thou");
    dojo_resume(&dojo, "14:03");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    assert_string_equal(dojo.session.draft, "half a thou");
    assert_int_equal(dojo.session.turns_count, 7);
    dojo_close(&dojo);
}

static void
suspended_shows_one_switch_and_asks(void **state)
{
    struct dojo dojo;
    int endings = 0;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:12");
    dojo_sleep(&dojo, "13:20");
    dojo_expect_phase(&dojo, PHASE_HANDOVER);
    assert_true(dojo.session.gap.open);
    assert_int_equal(dojo.session.gap.ms, 8 * MINUTE);
    for (int i = 0; i < dojo.session.log_count; i++) {
        const struct event *event = &dojo.session.log[i];

        if (event->kind == EVENT_TURN_ENDED && event->turn >= 6) {
            endings++;
            dojo_expect_wall(event->at.wall_ms - event->late_ms, "13:15");
        }
    }
    assert_int_equal(endings, 1);
    dojo_until(&dojo, "13:20:30");
    assert_string_equal(dojo_plan(&dojo), "13:20:30 P7, 13:25:30 P8, 13:30:30 P9, 13:35:30 P1, "
                                          "13:40:30 P2");
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_expect_driver(&dojo, 7);
    dojo_expect_left(&dojo, 5, 0);
    assert_false(dojo.session.gap.open);
    dojo_close(&dojo);
}

/* The lid is closed once more before anybody has answered. */
static void
suspended_twice_still_asks(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:12");
    dojo_sleep(&dojo, "13:20");
    dojo_until(&dojo, "13:20:30");
    dojo_sleep(&dojo, "13:22");
    assert_true(dojo.session.gap.open);
    dojo_resume(&dojo, "13:24");
    assert_true(dojo.session.gap.open);
    DO(&dojo, .kind = COMMAND_FORGIVE_GAP);
    dojo_expect_phase(&dojo, PHASE_TURN);
    dojo_expect_driver(&dojo, 6);
    dojo_expect_left(&dojo, 3, 0);
    dojo_close(&dojo);
}

static void
suspended_past_the_margin_opens_the_debrief(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:12");
    dojo_sleep(&dojo, "13:57");
    dojo_expect_phase(&dojo, PHASE_DEBRIEF);
    dojo_close(&dojo);
}

/* ---- another length of turns ---- */

static void
longer_turns_from_the_second_round(void **state)
{
    struct dojo dojo;

    (void)state;
    dojo_begin(&dojo, "12:45", 9);
    dojo_until(&dojo, "13:29:50");
    DO(&dojo, .kind = COMMAND_TURN_LENGTH, .ms = 7 * MINUTE);
    dojo_expect_left(&dojo, 0, 10); /* the running turn keeps its length */
    dojo_until(&dojo, "13:44");
    dojo_expect_phase(&dojo, PHASE_OFFER);
    dojo_expect_turns(&dojo,
                      "12:45 P1, 12:50 P2, 12:55 P3, 13:00 P4, 13:05 P5, 13:10 P6, 13:15 P7, "
                      "13:20 P8, 13:25 P9, 13:30 P1, 13:37 P2");
    DO(&dojo, .kind = COMMAND_NEXT);
    dojo_reach(&dojo, PHASE_DEBRIEF);
    dojo_expect_wall(dojo.now.wall_ms, "13:51");
    dojo_close(&dojo);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base_runs_thirteen_turns),
        cmocka_unit_test(base_is_planned_before_and_while_it_runs),
        cmocka_unit_test(base_has_one_extra_turn),
        cmocka_unit_test(so_many_turns_are_planned),
        cmocka_unit_test(so_many_turns_are_driven),
        cmocka_unit_test(thirteen_turns_are_shared),
        cmocka_unit_test(sixteen_people_need_shorter_turns),
        cmocka_unit_test(late_lunch_keeps_the_end),
        cmocka_unit_test(late_lunch_may_take_the_extra_turn),
        cmocka_unit_test(late_lunch_may_debrief_at_once_or_by_itself),
        cmocka_unit_test(latecomer_in_round_one_drives_after_everybody),
        cmocka_unit_test(latecomer_before_the_lock_drives_next),
        cmocka_unit_test(latecomer_inside_the_lock_gets_the_extra_turn),
        cmocka_unit_test(latecomer_in_round_four_catches_up_once),
        cmocka_unit_test(somebody_leaves_who_does_not_drive),
        cmocka_unit_test(driver_leaves_early_and_the_turn_does_not_count),
        cmocka_unit_test(driver_leaves_late_and_the_turn_counts),
        cmocka_unit_test(who_comes_back_without_a_turn_drives_next),
        cmocka_unit_test(who_comes_back_after_a_turn_changes_nothing),
        cmocka_unit_test(pause_moves_the_turns_and_not_the_end),
        cmocka_unit_test(one_person_has_thirteen_checkpoints),
        cmocka_unit_test(nobody_at_the_start_waits_for_the_first),
        cmocka_unit_test(last_person_leaving_pauses),
        cmocka_unit_test(no_volunteers_is_an_answer),
        cmocka_unit_test(same_volunteer_warns_and_is_recorded),
        cmocka_unit_test(another_name_is_the_same_volunteer),
        cmocka_unit_test(overrun_is_counted_and_interrupts_nothing),
        cmocka_unit_test(killed_and_back_within_the_turn),
        cmocka_unit_test(killed_and_back_after_the_turn_goes_on),
        cmocka_unit_test(killed_and_back_after_the_turn_was_a_pause),
        cmocka_unit_test(killed_within_a_turn_may_be_a_pause_too),
        cmocka_unit_test(killed_and_back_after_the_stop_opens_the_debrief),
        cmocka_unit_test(suspended_shows_one_switch_and_asks),
        cmocka_unit_test(suspended_twice_still_asks),
        cmocka_unit_test(suspended_past_the_margin_opens_the_debrief),
        cmocka_unit_test(longer_turns_from_the_second_round),
    };

    return cmocka_run_group_tests_name("vectors", tests, NULL, NULL);
}
