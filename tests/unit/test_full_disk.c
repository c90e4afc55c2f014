/* A disk that is full, wherever it becomes so: what was there stays, and why is told. (That no file
 * may grow beyond a limit looks the same from here; the journal has a disk of its own for it.) */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "sample.h"
#include "storage/replace.h"
#include "storage/salvage.h"
#include "storage/ticks.h"
#include "storage/topics_import.h"
#include "workspace.h"

static const struct moment noon = {.wall_ms = INT64_C(1795348800000)};

/* No file grows beyond so many bytes; RLIM_INFINITY: as far as it likes. */
static void
allow(rlim_t bytes)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static int
begin(void **state)
{
    signal(SIGXFSZ, SIG_IGN);
    return workspace_enter(state);
}

static int
end(void **state)
{
    allow(RLIM_INFINITY);
    return workspace_leave(state);
}

static void
assert_file(const char *path, const char *text)
{
    size_t length;
    char *bytes = folder_read(path, &length);

    assert_string_equal(bytes, text);
    free(bytes);
}

static void
assert_told(struct problems *problems, const char *words)
{
    char *told = workspace_problems(problems);

    if (strstr(told, words) == NULL)
        fail_msg("\"%s\" is not in: %s", words, told);
    free(told);
    problems_free(problems);
}

/* ---- ticks ---- */

static bool
add_tick(const char *item, struct problems *problems)
{
    struct tick tick = {(char[]){"ceremony"}, (char *)(uintptr_t)item, (char[]){""}, true, 0};

    *problems = (struct problems){0};
    return ticks_add("records", &tick, noon, problems);
}

static void
a_tick_is_whole_or_none(void **state)
{
    struct problems problems;
    size_t length, whole;
    char *first, *both;

    (void)state;
    assert_true(add_tick("book a room", &problems));
    first = folder_read("records/ticks.jsonl", &length);
    assert_true(add_tick("plug in", &problems));
    both = folder_read("records/ticks.jsonl", &whole);
    assert_int_equal(truncate("records/ticks.jsonl", (off_t)length), 0);
    for (size_t most = length; most < whole; most++) {
        allow(most);
        assert_false(add_tick("plug in", &problems));
        allow(RLIM_INFINITY);
        assert_told(&problems, most == length ? "could not be written: File too large"
                                              : "could not be written: No space left on device");
        assert_file("records/ticks.jsonl", first);
    }
    allow(whole);
    assert_true(add_tick("plug in", &problems));
    assert_file("records/ticks.jsonl", both);
    free(first);
    free(both);
}

/* What another version of us, or a crash, left behind the last whole line. */
static void
a_long_torn_end_is_cut_off(void **state)
{
    char torn[3000];
    struct problems problems;
    size_t length, again;
    char *first, *second;
    int file;

    (void)state;
    assert_true(add_tick("book a room", &problems));
    first = folder_read("records/ticks.jsonl", &length);
    memset(torn, 'x', sizeof torn);
    file = open("records/ticks.jsonl", O_WRONLY | O_APPEND);
    assert_int_equal(write(file, torn, sizeof torn), sizeof torn);
    close(file);
    assert_true(add_tick("book a room", &problems));
    second = folder_read("records/ticks.jsonl", &again);
    assert_int_equal(again, 2 * length);
    assert_memory_equal(second + length, first, length);
    free(first);
    free(second);
}

static void
a_folder_is_no_list_of_ticks(void **state)
{
    struct problems problems = {0};
    struct ticks ticks;

    (void)state;
    assert_int_equal(mkdir("records", 0700), 0);
    assert_int_equal(mkdir("records/ticks.jsonl", 0700), 0);
    assert_false(add_tick("plug in", &problems));
    assert_told(&problems, "records/ticks.jsonl: could not be written: Is a directory");
    ticks_read("records", &ticks, &problems);
    assert_int_equal(ticks.count, 0);
    assert_told(&problems, "records/ticks.jsonl: ");
    ticks_free(&ticks);
}

/* ---- what is saved of a damaged record ---- */

static void
what_is_saved_is_whole_or_not_there(void **state)
{
    struct journal_content content = {0};
    struct sample sample;
    struct stat status;
    char why[JOURNAL_WHY];

    (void)state;
    sample_make(&sample);
    content.events = sample.events;
    content.count = sample.count;
    assert_true(salvage_write("whole.jsonl", &content, why));
    assert_int_equal(stat("whole.jsonl", &status), 0);
    for (rlim_t most = 0; most < (rlim_t)status.st_size; most += 101) {
        allow(most);
        assert_false(salvage_write("part.jsonl", &content, why));
        allow(RLIM_INFINITY);
        assert_string_equal(why, "part.jsonl: cannot be written: File too large");
        assert_int_equal(access("part.jsonl", F_OK), -1);
    }
    sample_free(&sample);
}

/* ---- topics ---- */

static void
ignore(void *user, const char *id, const char *title, const char *stacks)
{
    (void)user;
    assert_true(id != NULL && title != NULL && stacks != NULL);
}

static void
topics_are_taken_in_all_or_none(void **state)
{
    static const char own[] = "id\ttitle\nmine/one\tOne"; /* and no newline */
    struct problems problems = {0};
    struct import import;
    char *all;
    size_t length;

    (void)state;
    assert_int_equal(mkdir("clone", 0700), 0);
    assert_int_equal(mkdir("clone/one", 0700), 0);
    assert_int_equal(mkdir("clone/two", 0700), 0);
    workspace_write("clone/one/README.md", "# The first\n\nIt is short.\n");
    workspace_write("clone/two/README.md", "# The second\n\nIt is longer.\n");
    workspace_write("own.tsv", own);
    assert_true(topics_import("clone", "own.tsv", ignore, NULL, &import, &problems));
    all = folder_read("own.tsv", &length);
    for (size_t most = strlen(own); most < length; most++) {
        workspace_write("own.tsv", own);
        allow(most);
        assert_false(topics_import("clone", "own.tsv", ignore, NULL, &import, &problems));
        allow(RLIM_INFINITY);
        assert_told(&problems, "own.tsv: could not be written: File too large");
        assert_file("own.tsv", own);
    }
    free(all);
}

/* ---- a report ---- */

static void
a_file_is_replaced_whole_or_stays(void **state)
{
    static const char fresh[] = "0123456789";
    char why[REPLACE_WHY];
    struct stat status;

    (void)state;
    workspace_write("report.txt", "old");
    assert_int_equal(chmod("report.txt", 0640), 0);
    for (rlim_t most = 0; most < sizeof fresh - 1; most++) {
        allow(most);
        assert_false(replace_file("report.txt", fresh, sizeof fresh - 1, why));
        allow(RLIM_INFINITY);
        assert_non_null(strstr(why, "File too large"));
        assert_file("report.txt", "old");
    }
    assert_true(replace_file("report.txt", fresh, sizeof fresh - 1, why));
    assert_file("report.txt", fresh);
    assert_int_equal(stat("report.txt", &status), 0);
    assert_int_equal(status.st_mode & 07777, 0640);
}

int
main(void)
{
#define FULL(test) cmocka_unit_test_setup_teardown(test, begin, end)
    const struct CMUnitTest tests[] = {
        FULL(a_tick_is_whole_or_none),         FULL(a_long_torn_end_is_cut_off),
        FULL(a_folder_is_no_list_of_ticks),    FULL(what_is_saved_is_whole_or_not_there),
        FULL(topics_are_taken_in_all_or_none), FULL(a_file_is_replaced_whole_or_stays),
    };

    return cmocka_run_group_tests_name("full disk", tests, NULL, NULL);
}
