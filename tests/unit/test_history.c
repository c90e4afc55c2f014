/* The folder of records: which session was the last, which can be resumed, which one is live. */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "journal_support.h"
#include "sample.h"
#include "session/stamp.h"
#include "storage/history.h"

static const char host[] = "00c0ffee00c0ffee"; /* of the sample */

static int64_t
at(const char *clock)
{
    char stamp[STAMP_SIZE];
    int64_t wall_ms;
    int32_t offset;

    snprintf(stamp, sizeof stamp, "2026-11-22T%s:00.000+01:00", clock);
    assert_true(stamp_parse(stamp, &wall_ms, &offset));
    return wall_ms;
}

/* Writes the first `count` facts of the sample (0: all) as `name`; "" when it may be forgotten. */
static void
put_session(const char *folder, const char *name, int count, void (*change)(struct sample *))
{
    struct sample sample;
    char *path, *wanted = folder_path(folder, name);
    int all;

    sample_make(&sample);
    /* Another process than that of any other name: it is not the same session in two files. */
    sample.events[0].opening->pid = atoi(name + 6) * 1000000 + atoi(name + 9);
    if (change != NULL)
        change(&sample);
    all = sample.count;
    sample.count = count == 0 ? all : count;
    path = write_sample(folder, &sample);
    assert_int_equal(rename(path, wanted), 0);
    sample.count = all;
    sample_free(&sample);
    free(path);
    free(wanted);
}

static void
make_practice(struct sample *sample)
{
    sample->events[0].opening->practice = true;
}

static void
count_no_turn(struct sample *sample)
{
    for (int i = 0; i < sample->count; i++)
        sample->events[i].counted = false;
}

static void
leave_by_quitting(struct sample *sample)
{
    struct event *event;

    for (int i = 1; i < sample->count; i++)
        event_clear(&sample->events[i]);
    sample->count = 1;
    sample_add(sample, EVENT_PERSON_AWAY, "12:41:00")->person = 3;
    event = sample_add(sample, EVENT_SESSION_LEFT, "12:42:00");
    event->by = BY_PROGRAM;
    event->reason = strdup("quit");
}

/* How many facts there are up to the first of this kind. */
static int
facts_until(enum event_kind kind)
{
    struct sample sample;
    int count = 0;

    sample_make(&sample);
    while (sample.events[count++].kind != kind)
        ;
    sample_free(&sample);
    return count;
}

/* `name` (NULL: nothing) is what was found, and `problems` files were named. */
static void
assert_found(char *path, const char *name, struct problems *problems, int count)
{
    if (name == NULL) {
        assert_null(path);
    } else {
        assert_non_null(path);
        assert_string_equal(strrchr(path, '/') + 1, name);
    }
    assert_int_equal(problems->count, count);
    problems_free(problems);
    free(path);
}

static void
assert_last(const char *folder, const char *before, const char *clock, const char *name, int named)
{
    struct session session = {0};
    struct problems problems = {0};

    assert_found(history_last(folder, before, at(clock), &session, &problems), name, &problems,
                 named);
    assert_int_equal(session.opening != NULL, name != NULL);
    session_free(&session);
}

static void
assert_unfinished(const char *folder, const char *of_host, const char *clock, const char *name)
{
    struct session session = {0};
    struct problems problems = {0};

    assert_found(history_unfinished(folder, of_host, at(clock), &session, &problems), name,
                 &problems, 0);
    assert_int_equal(session.opening != NULL, name != NULL);
    session_free(&session);
}

/* ---- the last ---- */

static void
the_last_is_the_newest_that_counts(void **state)
{
    const char *folder = *state;
    char *newest = folder_path(folder, "20261003T100000Z-0000.jsonl");

    assert_last(folder, NULL, "15:00", NULL, 0);
    assert_last("/nowhere", NULL, "15:00", NULL, 0);
    put_session(folder, "20261001T100000Z-0000.jsonl", 0, NULL);
    put_session(folder, "20261002T100000Z-0000.jsonl", 0, NULL);
    put_session(folder, "20261003T100000Z-0000.jsonl", 0, NULL);
    put_session(folder, "20261004T100000Z-0000.jsonl", 0, make_practice);
    put_session(folder, "20261005T100000Z-0000.jsonl", 0, count_no_turn);
    folder_write(newest, "", 0);
    assert_last(folder, NULL, "15:00", "20261002T100000Z-0000.jsonl", 0);
    put_session(folder, "20261003T100000Z-0000.jsonl", 0, NULL);
    assert_last(folder, NULL, "15:00", "20261003T100000Z-0000.jsonl", 0);
    assert_last(folder, newest, "15:00", "20261002T100000Z-0000.jsonl", 0);
    assert_last(folder, "20261002T100000Z-0000.jsonl", "15:00", "20261001T100000Z-0000.jsonl", 0);
    free(newest);
}

static void
one_that_was_never_closed_counts_after_its_stop(void **state)
{
    int count = facts_until(EVENT_NOTE_ADDED);

    put_session(*state, "20261001T100000Z-0000.jsonl", count, NULL);
    assert_last(*state, NULL, "13:59", NULL, 0);
    assert_last(*state, NULL, "14:00", "20261001T100000Z-0000.jsonl", 0);
}

/* Also when the newer one is damaged: its good facts are nearer to the truth than the week before. */
static void
damage_and_strangers_are_named(void **state)
{
    char *damaged = folder_path(*state, "20261002T100000Z-0000.jsonl");
    char *foreign = folder_path(*state, "20261003T100000Z-0000.jsonl");
    char *ticks = folder_path(*state, "ticks.jsonl");
    char *bytes;
    size_t length;

    put_session(*state, "20261001T100000Z-0000.jsonl", 0, NULL);
    put_session(*state, "20261002T100000Z-0000.jsonl", 0, NULL);
    folder_write(foreign, "dear diary\n", 11);
    folder_write(ticks, "{}\n", 3);
    assert_last(*state, NULL, "15:00", "20261002T100000Z-0000.jsonl", 1);
    bytes = folder_read(damaged, &length);
    bytes[length - 30] ^= 1;
    folder_write(damaged, bytes, length);
    assert_last(*state, NULL, "15:00", "20261002T100000Z-0000.jsonl", 2);
    bytes[3] ^= 1;
    folder_write(damaged, bytes, length);
    assert_last(*state, NULL, "15:00", "20261001T100000Z-0000.jsonl", 2);
    free(bytes);
    free(damaged);
    free(foreign);
    free(ticks);
}

/* ---- to be resumed ---- */

static void
an_unfinished_one_can_be_resumed_until_two_hours_after_its_stop(void **state)
{
    const char *name = "20261122T114000Z-0000.jsonl";

    put_session(*state, name, facts_until(EVENT_PAUSED), NULL);
    assert_unfinished(*state, host, "12:56", name);
    assert_unfinished(*state, host, "16:00", name);
    assert_unfinished(*state, host, "16:01", NULL);
    assert_unfinished(*state, "another machine", "12:56", NULL);
    put_session(*state, "20261122T120000Z-0000.jsonl", 0, NULL); /* closed */
    assert_unfinished(*state, host, "12:56", name);
}

static void
what_nobody_began_is_resumed_only_after_a_crash(void **state)
{
    const char *name = "20261122T114000Z-0000.jsonl";

    put_session(*state, name, 1, NULL);
    assert_unfinished(*state, host, "12:45", NULL);
    put_session(*state, name, 2, leave_by_quitting);
    assert_unfinished(*state, host, "12:45", name);
    put_session(*state, name, 3, leave_by_quitting);
    assert_unfinished(*state, host, "12:45", NULL);
}

static void
keep_the_process(struct sample *sample)
{
    sample->events[0].opening->pid = 4711;
}

/* F2: gone on with in a new record; the old one is neither offered nor counted again. */
static void
one_that_was_continued_in_another_file_is_past(void **state)
{
    const char *old = "20261122T114000Z-ffff.jsonl", *new = "20261122T120000Z-0000.jsonl";
    char *path = folder_path(*state, new);

    put_session(*state, old, facts_until(EVENT_NOTE_ADDED), keep_the_process);
    assert_unfinished(*state, host, "12:56", old);
    assert_last(*state, NULL, "15:00", old, 0);
    put_session(*state, new, 0, keep_the_process);
    assert_unfinished(*state, host, "12:56", NULL);
    assert_last(*state, NULL, "15:00", new, 0);
    assert_last(*state, path, "15:00", NULL, 0);
    put_session(*state, "20261123T114001Z-0000.jsonl", 0, keep_the_process);
    assert_last(*state, path, "15:00", NULL, 0);
    unlink(path);
    assert_last(*state, path, "15:00", old, 0); /* a day and a second: not that one */
    free(path);
}

static void
old_files_are_not_even_read(void **state)
{
    char *old = folder_path(*state, "20261119T114000Z-0000.jsonl");
    char *new = folder_path(*state, "20261119T134000Z-0000.jsonl");
    struct session session = {0};
    struct problems problems = {0};

    folder_write(old, "dear diary\n", 11);
    folder_write(new, "dear diary\n", 11);
    assert_found(history_unfinished(*state, host, at("13:00"), &session, &problems), NULL,
                 &problems, 1);
    free(old);
    free(new);
}

/* ---- live, and by name ---- */

static void
a_live_session_is_found_and_not_resumed(void **state)
{
    struct sample sample;
    struct journal *journal;
    char why[JOURNAL_WHY];
    char *path;
    int all, pid;

    assert_null(history_live(*state, &pid));
    sample_make(&sample);
    all = sample.count;
    sample.count = facts_until(EVENT_PAUSED);
    put_session(*state, "20261122T110000Z-0000.jsonl", 0, NULL);
    assert_int_equal(journal_create(*state, at("12:40"), &journal, why), JOURNAL_GOOD);
    append_all(journal, &sample, 0);
    assert_true(journal_flush(journal, BOUND_MS));
    path = history_live(*state, &pid);
    assert_string_equal(path, journal_path(journal));
    assert_int_equal(pid, 4711);
    assert_unfinished(*state, host, "12:56", NULL);
    journal_close(journal, BOUND_MS, NULL, NULL);
    assert_null(history_live(*state, &pid));
    assert_unfinished(*state, host, "12:56", strrchr(path, '/') + 1);
    free(path);
    sample.count = all;
    sample_free(&sample);
}

static void
assert_named(const char *folder, const char *name, const char *expected)
{
    struct problems none = {0};

    assert_found(history_find(folder, name), expected, &none, 0);
}

static void
a_record_is_found_by_name_path_or_beginning(void **state)
{
    const char *folder = *state;
    char *path = folder_path(folder, "20261002T100000Z-0000.jsonl");

    assert_named(folder, NULL, NULL);
    put_session(folder, "20261001T100000Z-0000.jsonl", 0, NULL);
    put_session(folder, "20261002T100000Z-0000.jsonl", 0, NULL);
    put_session(folder, "20261002T120000Z-0000.jsonl", 0, make_practice);
    put_session(folder, "20261003T100000Z-0000.jsonl", 1, NULL);
    assert_named(folder, NULL, "20261002T120000Z-0000.jsonl"); /* the newest begun, also practice */
    assert_named(folder, "20261001T100000Z-0000.jsonl", "20261001T100000Z-0000.jsonl");
    assert_named(folder, "20261002", "20261002T120000Z-0000.jsonl");
    assert_named(folder, "20261002T10", "20261002T100000Z-0000.jsonl");
    assert_named("/nowhere", path, "20261002T100000Z-0000.jsonl");
    assert_named(NULL, path, "20261002T100000Z-0000.jsonl");
    assert_named(folder, "2027", NULL);
    assert_named(folder, "", NULL);
    unlink(path);
    assert_named(folder, path, NULL);
    free(path);
}

static void
a_folder_of_boards_only_has_a_newest_too(void **state)
{
    put_session(*state, "20261001T100000Z-0000.jsonl", 1, NULL);
    put_session(*state, "20261003T100000Z-0000.jsonl", 1, NULL);
    assert_named(*state, NULL, "20261003T100000Z-0000.jsonl");
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(the_last_is_the_newest_that_counts),
        IN_A_FOLDER(one_that_was_never_closed_counts_after_its_stop),
        IN_A_FOLDER(damage_and_strangers_are_named),
        IN_A_FOLDER(an_unfinished_one_can_be_resumed_until_two_hours_after_its_stop),
        IN_A_FOLDER(what_nobody_began_is_resumed_only_after_a_crash),
        IN_A_FOLDER(one_that_was_continued_in_another_file_is_past),
        IN_A_FOLDER(old_files_are_not_even_read),
        IN_A_FOLDER(a_live_session_is_found_and_not_resumed),
        IN_A_FOLDER(a_record_is_found_by_name_path_or_beginning),
        IN_A_FOLDER(a_folder_of_boards_only_has_a_newest_too),
    };

    return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
