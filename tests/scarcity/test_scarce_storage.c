/* Without memory: files are read whole, or it is told that they were not. */
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
/* after its needs */
#include <cmocka.h>

#include "../unit/sample.h"
#include "../unit/workspace.h"
#include "scarce.h"
#include "storage/checklist.h"
#include "storage/config.h"
#include "storage/history.h"
#include "storage/live.h"
#include "storage/past.h"
#include "storage/replace.h"
#include "storage/setup.h"
#include "storage/steps.h"
#include "storage/ticks.h"
#include "storage/topics.h"
#include "storage/topics_import.h"

static const char person[] = "Ada Lovelace <ada@example.org>\nGrace Hopper\nalias: Amazing = "
                             "Grace Hopper\n";

/* Who failed has said so, and who has not failed has nothing to say. */
static void
assert_said(bool failed, struct problems *problems)
{
    if (!failed)
        assert_true(problems_none(problems));
    problems_free(problems);
}

static void
write_record(const char *folder)
{
    struct journal *journal;
    struct sample sample;
    char why[JOURNAL_WHY];

    sample_make(&sample);
    assert_int_equal(journal_create(folder, sample.opened.wall_ms, &journal, why), JOURNAL_GOOD);
    for (int i = 0; i < sample.count; i++)
        journal_append(journal, &sample.events[i]);
    assert_true(journal_flush(journal, 20000));
    journal_close(journal, 20000, NULL, NULL);
    sample_free(&sample);
}

/* ---- settings and people ---- */

static bool
load_setup(int k, bool for_ever)
{
    const struct setup_request request = {.turn = "6m"};
    struct event event = {0};
    struct setup setup;
    bool good, opened, failed;

    scarce_begin(k, for_ever);
    good = setup_load(&request, &setup);
    opened = good && setup_opening(&setup, 0, 0, &event);
    if (opened)
        setup_order(&setup, INT64_C(1796000000000), event.opening);
    failed = scarce_end();
    if (good) {
        assert_int_equal(setup.settings.length_ms, 360000);
        assert_string_equal(setup.settings.topic, "Bowling");
        assert_int_equal(setup.settings.questions.count, 2);
        assert_int_equal(setup.participants.count, 2);
        assert_int_equal(setup.participants.alias_count, 1);
        assert_string_equal(setup.participants_path, "people.txt");
        assert_string_equal(setup.records_folder, "records");
        assert_string_equal(setup.steps_path, "steps.txt");
    }
    if (opened) {
        assert_int_equal(event.opening->people_count, 2);
        assert_int_equal(event.opening->people[0].id + event.opening->people[1].id, 3);
        assert_string_equal(event.opening->settings.topic, "Bowling");
    }
    if (!failed)
        assert_string_equal(event.opening->people[0].name, "Grace Hopper"); /* who drove less */
    event_clear(&event);
    setup_free(&setup);
    return failed;
}

static void
settings_and_people_are_read_whole_or_not(void **state)
{
    (void)state;
    write_record("records");
    workspace_write("session.ini",
                    "[session]\ntopic = Bowling\nparticipants = people.txt\n"
                    "records = records\nsteps = steps.txt\n"
                    "[turn]\norder = fair\n[debrief]\nquestion = Well?\nquestion = And?\n");
    workspace_write("people.txt", person);
    workspace_write("steps.txt", "one\ntwo\n");
    assert_true(scarce_each(load_setup) > 100);
}

static bool
write_template(int k, bool for_ever)
{
    bool failed;
    char *text;

    scarce_begin(k, for_ever);
    text = config_template();
    failed = scarce_end();
    if (!failed)
        assert_non_null(strstr(text, "[session]\n"));
    free(text);
    return failed;
}

static void
the_template_is_whole_or_none(void **state)
{
    (void)state;
    assert_true(scarce_each(write_template) > 10);
}

/* ---- records ---- */

static char record[300];

static bool
read_record(int k, bool for_ever)
{
    struct session session = {0};
    struct journal_content content;
    enum journal_status status;
    char why[JOURNAL_WHY];
    bool failed;

    scarce_begin(k, for_ever);
    status = journal_read(record, &content, why);
    failed = scarce_end();
    if (!failed)
        assert_int_equal(status, JOURNAL_GOOD);
    if (status != JOURNAL_GOOD)
        assert_string_not_equal(why, "");
    journal_content_free(&content);
    scarce_begin(k, for_ever);
    status = history_load(record, &session, why);
    failed |= scarce_end();
    if (status == JOURNAL_GOOD)
        assert_non_null(session.opening);
    session_free(&session);
    return failed;
}

static int visits;

static void
visit(void *user, const struct past *past)
{
    (void)user;
    assert_non_null(past->closing);
    assert_non_null(past->topic);
    visits++;
}

static bool
look_back(int k, bool for_ever)
{
    const int64_t later = INT64_C(1796000000000);
    struct participants people = {0};
    struct problems problems = {0};
    struct session session = {0};
    struct memory memory;
    bool failed;
    char *path;

    participants_read(NULL, "people.txt", "people.txt", true, &people, &problems);
    visits = 0;
    scarce_begin(k, for_ever);
    past_each("records", later, visit, NULL, &problems);
    past_remember("records", later, &people, &memory, &problems);
    path = history_last("records", NULL, later, &session, &problems);
    free(path);
    path = history_unfinished("records", "host", later, &session, &problems);
    free(path);
    path = history_find("records", "2026");
    free(path);
    failed = scarce_end();
    if (!failed) {
        assert_int_equal(visits, 1);
        assert_int_equal(memory.sessions, 1);
    }
    memory_free(&memory);
    session_free(&session);
    participants_free(&people);
    assert_said(failed, &problems);
    return failed;
}

static void
records_are_read_whole_or_not(void **state)
{
    (void)state;
    write_record("records");
    workspace_write("people.txt", person);
    {
        char *path = history_find("records", "2026");

        assert_non_null(path);
        snprintf(record, sizeof record, "%s", path);
        free(path);
    }
    assert_true(scarce_each(read_record) > 100);
    assert_true(scarce_each(look_back) > 20);
}

static int unsaved;

static void
count_unsaved(void *user, const char *line)
{
    (void)user;
    assert_non_null(line);
    unsaved++;
}

/* What could not be enqueued is counted, and nothing after it is written: no gap in the record. */
static bool
keep_record(int k, bool for_ever)
{
    struct journal *journal = NULL;
    struct journal_content content;
    struct sample sample;
    char why[JOURNAL_WHY], path[300] = "";
    bool failed;
    int lost = 0;

    sample_make(&sample);
    scarce_begin(k, for_ever);
    if (journal_create("kept", sample.opened.wall_ms, &journal, why) == JOURNAL_GOOD) {
        snprintf(path, sizeof path, "%s", journal_path(journal));
        for (int i = 0; i < 6; i++)
            journal_append(journal, &sample.events[i]);
    }
    failed = scarce_end();
    unsaved = 0;
    if (journal != NULL) {
        journal_flush(journal, failed ? 200 : 20000);
        lost = journal_close(journal, 20000, count_unsaved, NULL);
        assert_true(failed || lost == 0);
        if (journal_read(path, &content, why) == JOURNAL_GOOD)
            assert_true(content.count + lost >= 6 || content.count == 6);
        journal_content_free(&content);
        unlink(path);
    }
    sample_free(&sample);
    return failed;
}

static void
a_record_is_kept_without_a_gap(void **state)
{
    (void)state;
    assert_true(scarce_each(keep_record) > 10);
}

/* ---- tables and lists ---- */

static bool
load_lists(int k, bool for_ever)
{
    struct problems problems = {0};
    struct checklist checklist;
    struct topics topics;
    struct topics_filter filter = {.skill = "tdd", .source = "a.org"};
    char *word = "bowl";
    bool failed;

    scarce_begin(k, for_ever);
    checklist_read_file("mine", "list.txt", &checklist, &problems);
    topics_load("topics.tsv", "own.tsv", &topics, &problems);
    topics_done(&topics, "Bowling", "2026-10-20");
    failed = scarce_end();
    for (int i = 0; i < checklist.count; i++)
        assert_true(checklist.item[i].text != NULL && checklist.item[i].hint != NULL);
    filter.words = &word;
    filter.words_count = 1;
    scarce_begin(k, for_ever);
    for (int i = 0; i < topics.count; i++)
        topics_fit(&topics.item[i], &filter);
    failed |= scarce_end();
    if (!failed) {
        assert_int_equal(checklist.count, 2);
        assert_int_equal(topics.count, 2);
        assert_string_equal(topics.item[0].done, "2026-10-20");
    }
    checklist_free(&checklist);
    topics_free(&topics);
    assert_said(failed, &problems);
    return failed;
}

static void
tables_and_lists_are_read_as_far_as_they_can(void **state)
{
    (void)state;
    workspace_write("list.txt", "D-14 book a room\nT-30 plug in\n");
    workspace_write("topics.tsv", "id\ttitle\tsource\turl\tskills\tminutes\tdescription\n"
                                  "a/bowling\tBowling\ta.org\t-\ttdd\t60\tScores.\n");
    workspace_write("own.tsv", "id\ttitle\tsource\turl\tskills\tminutes\tdescription\n"
                               "c/mine\tMine\tours\t-\ttdd\t60\tOurs.\n");
    assert_true(scarce_each(load_lists) > 20);
}

static void
ignore(void *user, const char *id, const char *title, const char *stacks)
{
    (void)user;
    assert_true(id != NULL && title != NULL && stacks != NULL);
}

static bool
import_topics(int k, bool for_ever)
{
    struct problems problems = {0};
    struct import import = {0};
    bool failed, good;

    unlink("imported.tsv");
    scarce_begin(k, for_ever);
    good = topics_import("clone", "imported.tsv", ignore, NULL, &import, &problems);
    failed = scarce_end();
    if (!failed) {
        assert_true(good);
        assert_int_equal(import.added, 1);
    }
    assert_said(failed, &problems);
    return failed;
}

static void
a_clone_is_taken_in_as_far_as_it_can(void **state)
{
    (void)state;
    assert_int_equal(mkdir("clone", 0700), 0);
    assert_int_equal(mkdir("clone/one", 0700), 0);
    assert_int_equal(mkdir("clone/one/C", 0700), 0);
    workspace_write("clone/one/README.md", "# The first\n\nIt is short.\n");
    assert_true(scarce_each(import_topics) > 5);
}

static bool
keep_ticks(int k, bool for_ever)
{
    struct tick tick = {(char[]){"ceremony"}, (char[]){"book a room"}, (char[]){""}, true, 0};
    const struct moment noon = {.wall_ms = INT64_C(1795348800000)};
    struct problems problems = {0};
    struct ticks ticks;
    bool failed, good;

    unlink("records/ticks.jsonl");
    scarce_begin(k, for_ever);
    good = ticks_add("records", &tick, noon, &problems);
    failed = scarce_end();
    assert_int_equal(good, !failed);
    problems_free(&problems);
    scarce_begin(k, for_ever);
    ticks_read("records", &ticks, &problems);
    ticks_done(&ticks, "ceremony", "book a room", "");
    failed |= scarce_end();
    if (!failed)
        assert_true(ticks_done(&ticks, "ceremony", "book a room", ""));
    ticks_free(&ticks);
    assert_said(failed, &problems);
    return failed;
}

static void
a_tick_is_kept_or_refused(void **state)
{
    (void)state;
    mkdir("records", 0700);
    assert_true(scarce_each(keep_ticks) > 4);
}

/* ---- steps ---- */

static bool
follow_steps(int k, bool for_ever)
{
    struct problems problems = {0};
    struct patterns patterns;
    struct steps *steps;
    bool failed;

    scarce_begin(k, for_ever);
    patterns_load("steps.tsv", NULL, &patterns, &problems);
    steps = steps_open("code", &patterns, &problems);
    if (steps != NULL)
        steps_refresh(steps);
    failed = scarce_end();
    if (!failed) {
        assert_non_null(steps);
        assert_int_equal(steps_total(steps), 2);
        assert_string_equal(steps_title(steps, 1), "test_first");
    }
    for (int i = 1; steps != NULL && i <= steps_total(steps); i++)
        assert_non_null(steps_title(steps, i));
    steps_free(steps);
    scarce_begin(k, for_ever);
    steps = steps_open("steps.txt", &patterns, &problems);
    failed |= scarce_end();
    if (!failed)
        assert_int_equal(steps_total(steps), 3);
    steps_free(steps);
    patterns_free(&patterns);
    assert_said(failed, &problems);
    return failed;
}

static void
steps_are_found_as_far_as_they_can(void **state)
{
    (void)state;
    workspace_write("steps.tsv", "language\twhat\tpattern\tend\npython\tfile\ttest_*.py\n"
                                 "python\tcomment\t#\n"
                                 "python\ttest\t^def +(test[A-Za-z0-9_]*)\n"
                                 "python\tskip\t^@unittest\\.skip\n");
    assert_int_equal(mkdir("code", 0700), 0);
    workspace_write("code/test_one.py", "@unittest.skip(\"the first\")\ndef test_first(self):\n"
                                        "    pass\n\n@unittest.skip(\"the second\")\n"
                                        "def test_second(self):\n    pass\n");
    workspace_write("steps.txt", "one\ntwo\nthree\n");
    assert_true(scarce_each(follow_steps) > 100);
}

/* ---- other files ---- */

static bool
replace_a_file(int k, bool for_ever)
{
    char why[REPLACE_WHY] = "";
    bool good, failed;

    scarce_begin(k, for_ever);
    good = replace_file("report.txt", "new", 3, why);
    failed = scarce_end();
    assert_int_equal(good, !failed);
    if (failed)
        assert_non_null(strstr(why, "memory"));
    return failed;
}

static void
a_file_is_replaced_or_stays(void **state)
{
    (void)state;
    workspace_write("report.txt", "old");
    assert_true(scarce_each(replace_a_file) > 1);
}

static bool
live_and_leave(int k, bool for_ever)
{
    char why[JOURNAL_WHY] = "";
    struct live live = {0}, found = {0};
    bool good, failed;

    scarce_begin(k, for_ever);
    good = live_enter(record, &live, why);
    if (good)
        live_move(&live, record);
    live_find(NULL, &found, why);
    live_leave(&live);
    failed = scarce_end();
    if (!failed)
        assert_true(good);
    live_free(&live);
    live_free(&found);
    return failed;
}

static void
a_session_is_listed_or_it_is_told(void **state)
{
    (void)state;
    setenv("XDG_RUNTIME_DIR", "run", 1);
    assert_int_equal(mkdir("run", 0700), 0);
    snprintf(record, sizeof record, "report.jsonl");
    workspace_write(record, "");
    assert_true(scarce_each(live_and_leave) > 4);
}

int
main(void)
{
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, workspace_enter, workspace_leave)
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(settings_and_people_are_read_whole_or_not),
        IN_A_FOLDER(the_template_is_whole_or_none),
        IN_A_FOLDER(records_are_read_whole_or_not),
        IN_A_FOLDER(a_record_is_kept_without_a_gap),
        IN_A_FOLDER(tables_and_lists_are_read_as_far_as_they_can),
        IN_A_FOLDER(a_clone_is_taken_in_as_far_as_it_can),
        IN_A_FOLDER(a_tick_is_kept_or_refused),
        IN_A_FOLDER(steps_are_found_as_far_as_they_can),
        IN_A_FOLDER(a_file_is_replaced_or_stays),
        IN_A_FOLDER(a_session_is_listed_or_it_is_told),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests_name("scarce storage", tests, NULL, NULL);
}
