/* The past sessions of a folder: which count, that two lines tell the same as all of them, and what
 * becomes of files that cannot be read. */

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "journal_support.h"
#include "same.h"
#include "sample.h"
#include "session/stamp.h"
#include "storage/journal_line.h"
#include "storage/past.h"
#include "storage/past_file.h"

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

/* ---- writing ---- */

/* What the closing line of a session of today holds. */
static void
sum_up(struct sample *sample)
{
    struct event *last = &sample->events[sample->count - 1];
    struct session session;

    sample->count--;
    sample_replay(sample, &session);
    sample->count++;
    last->closing = session_closing(&session, last->at);
    session_free(&session);
}

static void
put(const char *folder, const char *name, const struct sample *sample)
{
    char *path = write_sample(folder, sample), *wanted = folder_path(folder, name);

    assert_int_equal(rename(path, wanted), 0);
    free(path);
    free(wanted);
}

/* The sample session, closed with its summary, after `change`. */
static void
put_session(const char *folder, const char *name, void (*change)(struct sample *))
{
    struct sample sample;

    sample_make(&sample);
    if (change != NULL)
        change(&sample);
    sum_up(&sample);
    put(folder, name, &sample);
    sample_free(&sample);
}

/* Only its first `count` facts. */
static void
put_beginning(const char *folder, const char *name, int count)
{
    struct sample sample;
    int all;

    sample_make(&sample);
    all = sample.count;
    sample.count = count;
    put(folder, name, &sample);
    sample.count = all;
    sample_free(&sample);
}

static void
practise(struct sample *sample)
{
    sample->events[0].opening->practice = true;
}

static void
count_no_turn(struct sample *sample)
{
    for (int i = 0; i < sample->count; i++)
        sample->events[i].counted = false;
}

/* ---- reading ---- */

struct seen {
    char names[40][40];
    int count, turns, actions, closed;
    struct problems problems;
};

static void
see(void *user, const struct past *past)
{
    struct seen *seen = user;

    snprintf(seen->names[seen->count++], sizeof seen->names[0], "%s", past->record);
    seen->turns += past->closing->turns;
    seen->actions += past->closing->items_count;
    seen->closed += past->closed;
}

static struct seen
look(const char *folder, const char *clock)
{
    struct seen seen = {.count = 0};
    int count = past_each(folder, at(clock), see, &seen, &seen.problems);

    assert_int_equal(count, seen.count);
    return seen;
}

/* So many sessions and so many files that were named. */
static void
assert_seen(const char *folder, const char *clock, int sessions, int problems)
{
    struct seen seen = look(folder, clock);

    for (int i = 0; problems != seen.problems.count && i < seen.problems.count; i++)
        print_error("%s\n", seen.problems.item[i].message);
    assert_int_equal(seen.count, sessions);
    assert_int_equal(seen.problems.count, problems);
    problems_free(&seen.problems);
}

/* ---- which count ---- */

static void
closed_sessions_come_the_oldest_first(void **state)
{
    struct seen seen;

    put_session(*state, "20261103T100000Z-0000.jsonl", NULL);
    put_session(*state, "20261101T100000Z-0000.jsonl", NULL);
    put_session(*state, "20261102T100000Z-ffff.jsonl", NULL);
    put_session(*state, "20261102T100000Z-0000.jsonl", NULL);
    seen = look(*state, "14:06");
    assert_int_equal(seen.count, 4);
    assert_string_equal(seen.names[0], "20261101T100000Z-0000.jsonl");
    assert_string_equal(seen.names[1], "20261102T100000Z-0000.jsonl");
    assert_string_equal(seen.names[2], "20261102T100000Z-ffff.jsonl");
    assert_string_equal(seen.names[3], "20261103T100000Z-0000.jsonl");
    assert_int_equal(seen.turns, 4 * 4);
    assert_int_equal(seen.actions, 4 * 2);
    assert_int_equal(seen.closed, 4);
}

static void
practice_and_sessions_without_a_turn_do_not_count(void **state)
{
    put_session(*state, "20261101T100000Z-0000.jsonl", practise);
    put_session(*state, "20261102T100000Z-0000.jsonl", count_no_turn);
    assert_seen(*state, "23:00", 0, 0);
    assert_seen("/nowhere", "23:00", 0, 0);
    assert_seen(NULL, "23:00", 0, 0);
}

/* R24: until two hours after the stop it may still be resumed. */
static void
a_session_that_nobody_closed_is_past_two_hours_after_its_stop(void **state)
{
    struct sample sample;
    struct seen seen;

    sample_make(&sample);
    put_beginning(*state, "20261122T114000Z-0000.jsonl", sample.count - 1);
    sample_free(&sample);
    assert_seen(*state, "13:00", 0, 0);
    assert_seen(*state, "16:00", 0, 0);
    seen = look(*state, "16:01");
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.turns, 4);
    assert_int_equal(seen.actions, 2);
    assert_int_equal(seen.closed, 0);
    put_beginning(*state, "20261120T114000Z-0000.jsonl", 3);
    assert_seen(*state, "16:01", 1, 0);
}

static void
one_that_goes_on_in_another_file_counts_once(void **state)
{
    struct sample sample;

    sample_make(&sample);
    put_beginning(*state, "20261122T114000Z-ffff.jsonl", sample.count - 3);
    assert_seen(*state, "17:00", 1, 0);
    put(*state, "20261122T120000Z-0000.jsonl", &sample);
    assert_seen(*state, "17:00", 1, 0);
    sample_free(&sample);
}

/* ---- two lines or all ---- */

static void
compare(void *user, const struct past *past)
{
    const struct session *session = user;
    struct closing *closing = session_closing(session, session->ended);
    struct event one = {.closing = closing},
                 other = {.closing = (struct closing *)(uintptr_t)past->closing};

    if (same_event(&one, &other) != NULL)
        fail_msg("%s", same_event(&one, &other));
    assert_int_equal(past->opened.wall_ms, session->opened.wall_ms);
    assert_int_equal(past->opened.utc_offset_s, session->opened.utc_offset_s);
    assert_string_equal(past->topic, session->settings.topic);
    assert_string_equal(past->title, session->settings.title);
    assert_string_equal(past->stack, session->settings.stack);
    closing_free(closing);
}

/* Read quickly or replayed: the summary is that of the session itself. */
static void
assert_tells_the_session(const char *folder, struct sample *sample, bool quickly)
{
    const char *name = "20261122T114000Z-0000.jsonl";
    struct past_file file = {0};
    struct problems problems = {0};
    struct session session;
    int fd = open(folder, O_RDONLY | O_DIRECTORY);

    put(folder, name, sample);
    sample_replay(sample, &session);
    assert_int_equal(past_each(folder, at("23:00"), compare, &session, &problems), 1);
    assert_int_equal(past_file_read(&file, fd, name), quickly);
    past_file_free(&file);
    session_free(&session);
    close(fd);
}

static void
two_lines_tell_what_all_of_them_do(void **state)
{
    struct sample sample;

    sample_make(&sample);
    assert_tells_the_session(*state, &sample, false); /* as an older program closed it */
    sum_up(&sample);
    assert_tells_the_session(*state, &sample, true);
    sample_free(&sample);
}

static void
what_happens_after_the_closing_does_not_matter(void **state)
{
    struct sample sample;
    struct event *event;

    sample_make(&sample);
    sum_up(&sample);
    event = sample_add(&sample, EVENT_SESSION_LEFT, "14:07:00");
    event->by = BY_PROGRAM;
    event->reason = strdup("quit");
    sample_add(&sample, EVENT_DRAINED, "14:07:01")->reason = strdup("clean");
    assert_tells_the_session(*state, &sample, true);
    sample_free(&sample);
}

/* The session goes on: what closed it is no summary any more. */
static void
an_undone_closing_is_none(void **state)
{
    struct sample sample;
    struct event *event;
    struct seen seen;

    sample_make(&sample);
    sum_up(&sample);
    event = sample_add(&sample, EVENT_UNDONE, "14:07:00");
    event->list = malloc(sizeof *event->list);
    event->list[0] = event->seq - 1;
    event->list_count = 1;
    put(*state, "20261122T114000Z-0000.jsonl", &sample);
    assert_seen(*state, "15:00", 0, 0);
    seen = look(*state, "16:01");
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.closed, 0);
    sample_free(&sample);
}

/* Quotes, backslashes and other scripts in names and notes, on both roads. */
static void
hostile_text_comes_through(void **state)
{
    static const char *const texts[] = {"\"quoted\"", "back\\slash", "日本語 – Zoë",
                                        "},{\"name\":\"x", "a, b] }"};
    struct sample sample;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sample_make(&sample);
        free(sample.events[0].opening->people[0].name);
        sample.events[0].opening->people[0].name = strdup(texts[i]);
        free(sample.events[0].opening->settings.topic);
        sample.events[0].opening->settings.topic = strdup(texts[i]);
        sum_up(&sample);
        free(sample.events[sample.count - 1].closing->date);
        sample.events[sample.count - 1].closing->date = strdup("");
        assert_tells_the_session(*state, &sample, strpbrk(texts[i], "\"\\") == NULL);
        sample_free(&sample);
    }
}

/* Five hundred people with the longest names: the closing line names them all. */
static void
the_largest_session_can_be_read(void **state)
{
    char name[NAME_MOST + 1], why[JOURNAL_WHY], *path;
    struct journal_content content;
    struct opening *opening;
    struct sample sample;

    sample_make(&sample);
    opening = sample.events[0].opening;
    opening->people = realloc(opening->people, 499 * sizeof *opening->people);
    for (int id = 4; opening->people_count < 499; id++) {
        if (id == 4)
            continue; /* comes late */
        snprintf(name, sizeof name, "%0*d", NAME_MOST, id);
        opening->people[opening->people_count++] =
            (struct opening_person){.id = id, .name = strdup(name)};
    }
    sum_up(&sample);
    assert_int_equal(sample.events[sample.count - 1].closing->people_count, 500);
    assert_tells_the_session(*state, &sample, true);
    path = folder_path(*state, "20261122T114000Z-0000.jsonl");
    assert_int_equal(journal_read(path, &content, why), JOURNAL_GOOD);
    journal_content_free(&content);
    free(path);
    sample_free(&sample);
}

/* More was noted than fits into a line: the notes themselves are asked. */
static void
a_closing_line_may_have_left_action_items_out(void **state)
{
    struct sample sample;
    struct closing *closing;
    struct seen seen;

    sample_make(&sample);
    sum_up(&sample);
    closing = sample.events[sample.count - 1].closing;
    assert_int_equal(closing->items_count, 2);
    closing->items_count = 1;
    put(*state, "20261122T114000Z-0000.jsonl", &sample);
    seen = look(*state, "15:00");
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.actions, 2);
    closing->items_count = 2;
    sample_free(&sample);
}

/* ---- files that cannot be read ---- */

/* A line sealed like one of ours. */
static void
put_line(const char *folder, const char *name, const char *json)
{
    char *path = folder_path(folder, name);
    uint32_t crc = 0;
    char *line = journal_line_seal(json, &crc);

    folder_write(path, line, strlen(line));
    free(line);
    free(path);
}

static void
what_cannot_be_read_is_named_once_and_skipped(void **state)
{
    char *empty = folder_path(*state, "20261102T100000Z-0000.jsonl");
    char *foreign = folder_path(*state, "20261103T100000Z-0000.jsonl");
    char *folder = folder_path(*state, "20261104T100000Z-0000.jsonl");
    char *damaged = folder_path(*state, "20261105T100000Z-0000.jsonl");
    char *pipe = folder_path(*state, "20261106T100000Z-0000.jsonl");
    struct seen seen;
    char *bytes;
    size_t length;

    put_session(*state, "20261101T100000Z-0000.jsonl", NULL);
    put_session(*state, "20261105T100000Z-0000.jsonl", NULL);
    folder_write(empty, "", 0);
    folder_write(foreign, "dear diary\n", 11);
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(mkfifo(pipe, 0600), 0);
    bytes = folder_read(damaged, &length);
    bytes[length / 2] ^= 1;
    folder_write(damaged, bytes, length);
    put_line(*state, "20261107T100000Z-0000.jsonl",
             "{\"seq\":1,\"at\":\"2026-11-07T12:40:00.000+01:00\",\"t\":0,\"event\":"
             "\"session_opened\",\"by\":\"program\",\"version\":2}");
    put_line(*state, "20261108T100000Z-0000.jsonl",
             "{\"seq\":1,\"at\":\"2026-11-08T12:40:00.000+01:00\",\"t\":0,\"event\":"
             "\"spaceship_landed\",\"by\":\"program\"}");
    seen = look(*state, "15:00");
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.problems.count, 7);
    for (int i = 0; i < 7; i++) {
        char name[40];

        snprintf(name, sizeof name, "2026110%dT100000Z-0000.jsonl", i + 2);
        assert_non_null(strstr(seen.problems.item[i].message, name));
    }
    assert_non_null(strstr(seen.problems.item[5].message, "version 2 of the format"));
    problems_free(&seen.problems);
    assert_int_equal(rmdir(folder), 0);
    free(bytes);
    free(empty);
    free(foreign);
    free(folder);
    free(damaged);
    free(pipe);
}

/* Also when nobody would have to read more than the first line and the last. */
static void
a_closed_session_of_a_newer_version_is_foreign(void **state)
{
    char *path = folder_path(*state, "20261101T100000Z-0000.jsonl"), *bytes, *version;
    char *line, *rest, *again = NULL;
    uint32_t crc = 0;
    size_t length, used = 0;

    put_session(*state, "20261101T100000Z-0000.jsonl", NULL);
    bytes = folder_read(path, &length);
    version = strstr(bytes, "\"version\":1");
    version[strlen("\"version\":")] = '2';
    rest = bytes;
    again = malloc(length + 1);
    while ((line = strsep(&rest, "\n")) != NULL && line[0] != '\0') {
        char *seal = strstr(line, ",\"crc\":"), *sealed;

        strcpy(seal, "}");
        sealed = journal_line_seal(line, &crc);
        used += (size_t)sprintf(again + used, "%s", sealed);
        free(sealed);
    }
    assert_int_equal(used, length);
    folder_write(path, again, used);
    assert_seen(*state, "15:00", 0, 1);
    free(again);
    free(bytes);
    free(path);
}

/* It was opened a moment ago: no mistake, and not past. */
static void
a_running_session_is_not_named(void **state)
{
    struct journal *journal;
    char why[JOURNAL_WHY];

    assert_int_equal(journal_create(*state, at("12:40"), &journal, why), JOURNAL_GOOD);
    assert_seen(*state, "12:40", 0, 0);
    journal_close(journal, BOUND_MS, NULL, NULL);
    assert_seen(*state, "12:40", 0, 1);
}

static void
a_torn_end_is_forgiven(void **state)
{
    char *path = folder_path(*state, "20261101T100000Z-0000.jsonl");
    char *bytes;
    size_t length;

    put_session(*state, "20261101T100000Z-0000.jsonl", NULL);
    bytes = folder_read(path, &length);
    bytes = realloc(bytes, length + 10);
    memcpy(bytes + length, "{\"seq\":99,", 10);
    folder_write(path, bytes, length + 10);
    assert_seen(*state, "14:30", 1, 0);
    folder_write(path, bytes, length - 5); /* the closing itself is torn: not closed */
    assert_seen(*state, "14:30", 0, 0);
    assert_seen(*state, "16:30", 1, 0);
    free(bytes);
    free(path);
}

/* Whichever byte is wrong: the session is never told wrongly, and nothing breaks. */
static void
no_single_byte_misleads(void **state)
{
    char *path = folder_path(*state, "20261101T100000Z-0000.jsonl");
    char *bytes;
    size_t length;

    put_session(*state, "20261101T100000Z-0000.jsonl", NULL);
    bytes = folder_read(path, &length);
    for (size_t i = 0; i < length; i += 7) {
        struct seen seen;

        bytes[i] ^= 4;
        folder_write(path, bytes, length);
        seen = look(*state, "16:30");
        /* Without its newline the last line is torn off, and the session was never closed. */
        assert_true(seen.count == 0 || (i == length - 1 && seen.closed == 0));
        problems_free(&seen.problems);
        bytes[i] ^= 4;
    }
    free(bytes);
    free(path);
}

/* ---- as a memory ---- */

static void
aliases_are_the_same_person(void **state)
{
    struct participant_alias alias = {"Ada Lovelace", "Augusta Ada King", 1};
    const struct participants participants = {.alias = &alias, .alias_count = 1};
    struct problems problems = {0};
    struct memory memory;

    put_session(*state, "20261101T100000Z-0000.jsonl", NULL);
    past_remember(*state, at("15:00"), &participants, &memory, &problems);
    assert_string_equal(memory_find(&memory, "ADA  lovelace")->name, "Augusta Ada King");
    assert_int_equal(memory_find(&memory, "augusta ada king")->turns, 2);
    assert_int_equal(memory.actions_count, 2);
    memory_free(&memory);
}

int
main(void)
{
#define with_folder(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)
    const struct CMUnitTest tests[] = {
        with_folder(closed_sessions_come_the_oldest_first),
        with_folder(practice_and_sessions_without_a_turn_do_not_count),
        with_folder(a_session_that_nobody_closed_is_past_two_hours_after_its_stop),
        with_folder(one_that_goes_on_in_another_file_counts_once),
        with_folder(two_lines_tell_what_all_of_them_do),
        with_folder(what_happens_after_the_closing_does_not_matter),
        with_folder(an_undone_closing_is_none),
        with_folder(hostile_text_comes_through),
        with_folder(the_largest_session_can_be_read),
        with_folder(what_cannot_be_read_is_named_once_and_skipped),
        with_folder(a_closing_line_may_have_left_action_items_out),
        with_folder(a_closed_session_of_a_newer_version_is_foreign),
        with_folder(a_running_session_is_not_named),
        with_folder(a_torn_end_is_forgiven),
        with_folder(no_single_byte_misleads),
        with_folder(aliases_are_the_same_person),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
