#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "storage/setup.h"
#include "workspace.h"

static struct setup setup;

/* In the workspace: `own/randori` is the user's configuration folder, `data` the records'. */
static int
enter(void **state)
{
    char here[4000], path[4100];
    int failed = workspace_enter(state);
    if (failed || getcwd(here, sizeof here) == NULL)
        return 1;
    snprintf(path, sizeof path, "%s/own", here);
    setenv("XDG_CONFIG_HOME", path, 1);
    snprintf(path, sizeof path, "%s/data", here);
    setenv("XDG_DATA_HOME", path, 1);
    setup = (struct setup){0};
    return mkdir("own", 0700) | mkdir("own/randori", 0700) | mkdir("team", 0700);
}

static int
leave(void **state)
{
    setup_free(&setup);
    return workspace_leave(state);
}

static bool
load(struct setup_request request)
{
    setup_free(&setup);
    return setup_load(&request, &setup);
}

static void
assert_loads(struct setup_request request)
{
    bool good = load(request);
    char *all = workspace_problems(&setup.problems);
    assert_string_equal(all, "");
    assert_true(good);
    free(all);
}

static void
assert_problems(struct setup_request request, const char *expected)
{
    assert_false(load(request));
    char *all = workspace_problems(&setup.problems);
    assert_string_equal(all, expected);
    free(all);
}

static bool
ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

/* --- where the files are --- */

static void
without_files_the_defaults_hold_and_nobody_is_there(void **state)
{
    (void)state;
    assert_loads((struct setup_request){0});
    assert_null(setup.ini_path);
    assert_string_equal(setup.settings.title, "Coding dojo");
    assert_int_equal(setup.participants.count, 0);
    assert_string_equal(setup.participants_path, "participants.txt");
    assert_true(ends_with(setup.records_folder, "/data/randori"));
}

static void
participants_beside_us_are_found_without_an_ini(void **state)
{
    (void)state;
    workspace_write("participants.txt", "Ada\n");
    assert_loads((struct setup_request){0});
    assert_int_equal(setup.participants.count, 1);
}

static void
the_named_file_comes_first_then_here_then_ones_own(void **state)
{
    (void)state;
    workspace_write("own/randori/session.ini", "[session]\ntitle = own\n");
    assert_loads((struct setup_request){0});
    assert_string_equal(setup.settings.title, "own");
    assert_true(ends_with(setup.participants_path, "/own/randori/participants.txt"));
    workspace_write("session.ini", "[session]\ntitle = here\n");
    assert_loads((struct setup_request){0});
    assert_string_equal(setup.settings.title, "here");
    assert_string_equal(setup.ini_path, "session.ini");
    workspace_write("team/session.ini", "[session]\ntitle = team\n");
    assert_loads((struct setup_request){.config = "team/session.ini"});
    assert_string_equal(setup.settings.title, "team");
    assert_string_equal(setup.participants_path, "team/participants.txt");
}

static void
what_the_ini_names_is_relative_to_it(void **state)
{
    (void)state;
    workspace_write("team/session.ini", "[session]\nparticipants = us.txt\nrecords = log/2026\n");
    workspace_write("team/us.txt", "Ada\nGrace\n");
    assert_loads((struct setup_request){.config = "team/session.ini"});
    assert_int_equal(setup.participants.count, 2);
    assert_string_equal(setup.participants_path, "team/us.txt");
    assert_string_equal(setup.records_folder, "team/log/2026");
}

static void
the_command_line_names_any_participants(void **state)
{
    (void)state;
    workspace_write("team/session.ini", "[session]\nparticipants = missing.txt\n");
    workspace_write("others.txt", "Ada\n");
    assert_loads(
        (struct setup_request){.config = "team/session.ini", .participants = "others.txt"});
    assert_string_equal(setup.participants_path, "others.txt");
    assert_int_equal(setup.participants.count, 1);
}

static void
only_a_file_that_was_named_must_exist(void **state)
{
    (void)state;
    workspace_write("team/session.ini", "[session]\nparticipants = us.txt\n");
    assert_problems((struct setup_request){.config = "team/session.ini"},
                    "team/us.txt: does not exist\n");
    assert_problems((struct setup_request){.participants = "us.txt"}, "us.txt: does not exist\n");
    assert_problems((struct setup_request){.config = "no.ini"}, "no.ini: does not exist\n");
}

static void
ones_own_ini_may_name_any_path(void **state)
{
    (void)state;
    workspace_write("own/randori/session.ini",
                    "[session]\nparticipants = ../../us.txt\nrecords = /x\n");
    workspace_write("us.txt", "Ada\n");
    assert_loads((struct setup_request){0});
    assert_int_equal(setup.participants.count, 1);
    assert_string_equal(setup.records_folder, "/x");
}

static void
links_do_not_lead_out_of_the_folder(void **state)
{
    (void)state;
    workspace_write("secret.txt", "Secret\n");
    assert_int_equal(symlink("../secret.txt", "team/participants.txt"), 0);
    assert_int_equal(symlink("..", "team/records"), 0);
    workspace_write("team/session.ini", "[session]\n\nrecords = records\n");
    assert_problems((struct setup_request){.config = "team/session.ini"},
                    "team/session.ini:3: records: records leads out of the folder of the file that "
                    "names it\n"
                    "team/participants.txt: leads out of the folder of the file that names it\n");
    assert_int_equal(setup.participants.count, 0);
}

static void
without_a_home_records_are_nowhere(void **state)
{
    const char *before = getenv("HOME");
    char *home = before == NULL ? NULL : strdup(before);
    (void)state;
    unsetenv("XDG_DATA_HOME");
    unsetenv("HOME");
    assert_loads((struct setup_request){0});
    assert_null(setup.records_folder);
    if (home != NULL)
        setenv("HOME", home, 1);
    free(home);
}

/* --- mistakes --- */

static void
mistakes_of_both_files_are_told_at_once(void **state)
{
    (void)state;
    workspace_write("session.ini", "[turn]\nlenght = 5m\n[turn]\nlength = 5\n");
    workspace_write("participants.txt", "Ada\nada\n");
    assert_problems(
        (struct setup_request){.turn = "x"},
        "session.ini:2: unknown key lenght in [turn]; did you mean length?\n"
        "session.ini:4: length must be a length of time from 30s to 1h, not \"5\"\n"
        "--turn: length must be a length of time from 30s to 1h, not \"x\"\n"
        "participants.txt:2: ada stands twice: also in line 1; add something that tells them "
        "apart\n");
}

static void
mistakes_between_keys_come_in_the_order_of_the_file(void **state)
{
    (void)state;
    workspace_write("session.ini", "[debrief]\nminimum = 11m\n[turn]\nlength = 1h\n"
                                   "[session]\nduration = 50m\n");
    assert_problems((struct setup_request){0},
                    "session.ini:2: the minimum (11m) is more than the length (10m)\n"
                    "session.ini:4: the turn (1h) is longer than the session (50m)\n");
}

/* --- the command line --- */

static void
the_command_line_wins(void **state)
{
    (void)state;
    workspace_write("session.ini", "[session]\nend = 14:00\n[turn]\nlength = 7m\n");
    assert_loads((struct setup_request){.turn = "4m", .end = "15:00"});
    assert_int_equal(setup.settings.length_ms, 4 * 60000);
    assert_int_equal(setup.settings.end, 15 * 60);
    assert_loads((struct setup_request){.duration = "2h"});
    assert_int_equal(setup.settings.duration_ms, 120 * 60000);
    assert_int_equal(setup.settings.end, -1); /* else it would win over the duration asked for */
}

static void
values_are_weighed_after_the_command_line(void **state)
{
    (void)state;
    workspace_write("session.ini", "[turn]\nlength = 30m\n[session]\nduration = 20m\n");
    assert_problems((struct setup_request){0},
                    "session.ini:2: the turn (30m) is longer than the session (20m)\n");
    assert_loads((struct setup_request){.turn = "5m"});
    workspace_write("session.ini", "");
    assert_problems((struct setup_request){.duration = "8m"},
                    "--duration: the debrief (10m) is longer than the session (8m)\n");
    workspace_write("session.ini", "[turn]\nlength = 5m\n"); /* not what is to blame */
    assert_problems((struct setup_request){.turn = "1h", .duration = "50m"},
                    "--turn: the turn (1h) is longer than the session (50m)\n");
}

static void
what_was_typed_is_blamed_not_a_line_of_the_file(void **state)
{
    (void)state;
    workspace_write("session.ini", "[session]\nstart = 12:45\nduration = 1h15m\n");
    assert_problems((struct setup_request){.end = "12:30"},
                    "--end: end (12:30) is before start (12:45)\n");
    workspace_write("session.ini", "[debrief]\nlength = 20m\n");
    assert_problems((struct setup_request){.duration = "18m"},
                    "--duration: the debrief (20m) is longer than the session (18m)\n");
    workspace_write("session.ini", "[session]\nstart = 14:00\nend = 12:45\n"); /* not the turn's */
    assert_problems((struct setup_request){.turn = "4m"},
                    "session.ini:3: end (12:45) is before start (14:00)\n");
}

static void
two_ends_are_one_too_many(void **state)
{
    (void)state;
    workspace_write("session.ini", "");
    assert_problems((struct setup_request){.end = "14:00", .duration = "1h"},
                    "--end and --duration: one of them is enough, both say when it ends\n");
}

static void
an_end_that_is_no_time_is_refused(void **state)
{
    (void)state;
    assert_problems((struct setup_request){.end = "25:00"},
                    "--end: end must be a time of day from 0:00 to 23:59, not \"25:00\"\n");
    assert_problems((struct setup_request){.end = ""}, "--end: a time of day is missing\n");
}

/* --- the opening --- */

enum { HOUR = 3600 * 1000 };

static const int64_t noon = (int64_t)20000 * 24 * HOUR + 12 * HOUR;

static void
the_opening_carries_settings_and_people(void **state)
{
    struct event event;
    (void)state;
    workspace_write("session.ini", "[session]\ntitle = Tuesday\n");
    workspace_write("participants.txt", "Ada <ada@example.org>\nGrace\n");
    assert_loads((struct setup_request){0});
    assert_true(setup_opening(&setup, 0, 0, &event));
    assert_int_equal(event.kind, EVENT_SESSION_OPENED);
    assert_string_equal(event.opening->settings.title, "Tuesday");
    assert_int_equal(event.opening->people_count, 2);
    assert_int_equal(event.opening->people[1].id, 2);
    assert_string_equal(event.opening->people[0].name, "Ada");
    assert_false(event.opening->practice);
    assert_int_equal(event.stop_ms, 0);
    event_clear(&event);
}

static void
the_sample_makes_it_practice(void **state)
{
    struct event event;
    (void)state;
    workspace_write("participants.txt", participants_sample());
    assert_loads((struct setup_request){0});
    assert_true(setup_opening(&setup, 0, 0, &event));
    assert_true(event.opening->practice);
    event_clear(&event);
}

static void
assert_stop(int64_t start_ms, int64_t end_ms, int64_t stop_ms)
{
    struct event event;
    assert_true(setup_opening(&setup, start_ms, end_ms, &event));
    assert_int_equal(event.ms, start_ms);
    assert_int_equal(event.stop_ms, stop_ms);
    event_clear(&event);
}

static void
the_stop_follows_from_end_or_start(void **state)
{
    (void)state;
    assert_loads((struct setup_request){.duration = "2h"});
    assert_stop(0, 0, 0);
    assert_stop(noon, 0, noon + 2 * HOUR);
    assert_stop(0, noon, noon);
    assert_stop(noon, noon + HOUR, noon + HOUR);
    /* each clock time was found by itself: the end is the one after the start */
    assert_stop(noon, noon - 22 * HOUR, noon + 2 * HOUR);
}

#define test(name) cmocka_unit_test_setup_teardown(name, enter, leave)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        test(without_files_the_defaults_hold_and_nobody_is_there),
        test(participants_beside_us_are_found_without_an_ini),
        test(the_named_file_comes_first_then_here_then_ones_own),
        test(what_the_ini_names_is_relative_to_it),
        test(the_command_line_names_any_participants),
        test(only_a_file_that_was_named_must_exist),
        test(ones_own_ini_may_name_any_path),
        test(links_do_not_lead_out_of_the_folder),
        test(without_a_home_records_are_nowhere),
        test(mistakes_of_both_files_are_told_at_once),
        test(mistakes_between_keys_come_in_the_order_of_the_file),
        test(the_command_line_wins),
        test(values_are_weighed_after_the_command_line),
        test(what_was_typed_is_blamed_not_a_line_of_the_file),
        test(two_ends_are_one_too_many),
        test(an_end_that_is_no_time_is_refused),
        test(the_opening_carries_settings_and_people),
        test(the_sample_makes_it_practice),
        test(the_stop_follows_from_end_or_start),
    };
    if (setlocale(LC_ALL, "C.UTF-8") == NULL)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
