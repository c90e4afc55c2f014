/* Checklists, when their items are due, and the ticks that outlive the program. */
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "storage/checklist.h"
#include "storage/file.h"
#include "storage/ticks.h"
#include "workspace.h"

static const struct moment noon = {.wall_ms = INT64_C(1795348800000)};
static char root[4000];
static const char after[] = "20261122T114500Z-5eed.jsonl";

/* "hint due|text, ..." with the next session on day 1000 and the last on day 900. */
static void
assert_items(const char *text, const char *expected, const char *mistakes)
{
    struct problems problems = {0};
    struct checklist list;
    char items[2000] = "", *told;

    workspace_write("list.txt", text);
    assert_true(checklist_read_file("mine", "list.txt", &list, &problems));
    for (int i = 0; i < list.count; i++) {
        int64_t due = checklist_due(&list.item[i], 1000, 900);
        size_t used = strlen(items);

        snprintf(items + used, sizeof items - used, "%s%s %lld|%s", i > 0 ? ", " : "",
                 list.item[i].hint, due == CHECKLIST_OPEN ? 0 : (long long)due, list.item[i].text);
    }
    assert_string_equal(items, expected);
    told = workspace_problems(&problems);
    assert_string_equal(told, mistakes);
    free(told);
    checklist_free(&list);
    problems_free(&problems);
}

static void
an_item_says_when_it_is_due(void **state)
{
    (void)state;
    assert_items("# for us\n\nD-14 book a room\nT-30\tplug in\nT start\nstop-10 stop coding\n"
                 "stop tidy up\n+1 post it\n",
                 "D-14 986|book a room, T-30 1000|plug in, T 1000|start, "
                 "stop-10 1000|stop coding, stop 1000|tidy up, +1 901|post it",
                 "");
}

static void
other_words_are_part_of_the_item(void **state)
{
    (void)state;
    assert_items("buy milk\nD-x what\nD-99999 far\nTea for all\nD-3\n T-5  a  b \r\n",
                 " 0|buy milk,  0|D-x what,  0|D-99999 far,  0|Tea for all,  0|D-3, T-5 1000|a  b",
                 "");
}

static void
a_mistake_is_named_with_its_line_and_the_rest_is_there(void **state)
{
    (void)state;
    assert_items("one\n\x1b[31m\none\ntwo\n", " 0|one,  0|two",
                 "list.txt:2: the line holds a control character (U+001B)\n"
                 "list.txt:3: the same stands in line 1 already\n");
}

static void
without_a_date_nothing_is_due(void **state)
{
    const struct checklist_item before = {.due = DUE_BEFORE, .amount = 14};
    const struct checklist_item later = {.due = DUE_AFTER, .amount = 1};

    (void)state;
    assert_true(checklist_due(&before, CHECKLIST_OPEN, 900) == CHECKLIST_OPEN);
    assert_int_equal(checklist_due(&later, CHECKLIST_OPEN, 900), 901);
    assert_true(checklist_due(&later, 1000, CHECKLIST_OPEN) == CHECKLIST_OPEN);
}

/* --- ticks --- */

static void
add(const char *list, const char *item, const char *record, bool done, int64_t wall_ms)
{
    struct tick tick = {(char *)list, (char *)item, (char *)record, done, 0};
    struct problems problems = {0};
    struct moment at = {.wall_ms = wall_ms};

    assert_true(ticks_add("records", &tick, at, &problems));
    assert_int_equal(problems.count, 0);
}

static bool
is_done(const char *list, const char *item, const char *record, const char *mistakes)
{
    struct problems problems = {0};
    struct ticks ticks;
    char *told;
    bool done;

    ticks_read("records", &ticks, &problems);
    done = ticks_done(&ticks, list, item, record);
    told = workspace_problems(&problems);
    assert_string_equal(told, mistakes);
    free(told);
    ticks_free(&ticks);
    problems_free(&problems);
    return done;
}

static void
a_tick_stays_until_it_is_taken_back(void **state)
{
    (void)state;
    assert_false(is_done("ceremony", "Book a room", after, ""));
    add("ceremony", "Book a room", after, true, noon.wall_ms);
    assert_true(is_done("ceremony", "Book a room", after, ""));
    assert_true(is_done("ceremony", "book  a room", after, ""));
    assert_false(is_done("dojo", "Book a room", after, ""));
    assert_false(is_done("ceremony", "Book", after, ""));
    assert_false(is_done("ceremony", "Book a room", "", ""));
    add("ceremony", "Book a room", after, false, noon.wall_ms + 1);
    assert_false(is_done("ceremony", "Book a room", after, ""));
    add("ceremony", "Book a room", after, true, noon.wall_ms + 1);
    assert_true(is_done("ceremony", "Book a room", after, ""));
}

/* Merged files hold the lines of both in any order. */
static void
the_newest_word_counts_wherever_it_stands(void **state)
{
    (void)state;
    add("dojo", "merged", after, false, noon.wall_ms + 5);
    add("dojo", "merged", after, true, noon.wall_ms);
    assert_false(is_done("dojo", "merged", after, ""));
}

static void
the_file_is_for_its_owner(void **state)
{
    struct stat status;

    (void)state;
    add("dojo", "private", after, true, noon.wall_ms);
    assert_int_equal(stat("records/ticks.jsonl", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void
append_bytes(const char *bytes)
{
    int fd = open("records/ticks.jsonl", O_WRONLY | O_APPEND);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, strlen(bytes)), strlen(bytes));
    close(fd);
}

/* As a crash may leave it, at each possible byte. */
static void
half_a_line_is_cut_before_the_next(void **state)
{
    size_t length, whole, end;
    char *text, *again;

    (void)state;
    add("dojo", "one", after, true, noon.wall_ms);
    text = folder_read("records/ticks.jsonl", &length);
    add("dojo", "two", after, true, noon.wall_ms);
    again = folder_read("records/ticks.jsonl", &whole);
    for (size_t cut = length + 1; cut < whole; cut += 7) {
        assert_int_equal(truncate("records/ticks.jsonl", (off_t)cut), 0);
        assert_false(is_done("dojo", "two", after, ""));
        assert_true(is_done("dojo", "one", after, ""));
        add("dojo", "two", after, true, noon.wall_ms);
        free(folder_read("records/ticks.jsonl", &end));
        assert_int_equal(end, whole);
        assert_true(is_done("dojo", "two", after, ""));
    }
    append_bytes(again + length); /* and what is longer than the next line */
    assert_int_equal(truncate("records/ticks.jsonl", (off_t)(2 * whole - length - 1)), 0);
    add("dojo", "3", after, true, noon.wall_ms);
    assert_true(is_done("dojo", "3", after, ""));
    free(text);
    text = folder_read("records/ticks.jsonl", &end);
    assert_int_equal(text[end - 1], '\n');
    free(text);
    free(again);
}

/* Twenty ticks a week are a mebibyte in six years. */
static void
the_ticks_of_many_years_are_read(void **state)
{
    size_t length, whole = 0;
    char *line;

    (void)state;
    add("dojo", "the first of all of them", after, true, noon.wall_ms);
    line = folder_read("records/ticks.jsonl", &length);
    while (whole < 3 * (size_t)FILE_MOST) {
        append_bytes(line);
        whole += length;
    }
    free(line);
    add("dojo", "the last", after, true, noon.wall_ms);
    assert_true(is_done("dojo", "the last", after, ""));
}

static void
damage_is_named_and_the_rest_counts(void **state)
{
    (void)state;
    workspace_write("records/ticks.jsonl", "");
    add("dojo", "one", after, true, noon.wall_ms);
    append_bytes("{\"at\":\"x\",\"done\":true,\"crc\":\"00000000\"}\nnonsense\n");
    add("dojo", "two", after, true, noon.wall_ms);
    assert_true(is_done("dojo", "two", after,
                        "records/ticks.jsonl:2: the line is damaged: its checksum does not fit\n"
                        "records/ticks.jsonl:3: the line is damaged: its checksum does not fit\n"));
}

/* Twenty at once: no line is lost or torn. */
static void
many_may_tick_at_once(void **state)
{
    enum { PROCESSES = 20 };
    pid_t pid[PROCESSES];
    int status;
    char item[20];

    (void)state;
    workspace_write("records/ticks.jsonl", "");
    for (int i = 0; i < PROCESSES; i++) {
        pid[i] = fork();
        assert_true(pid[i] >= 0);
        if (pid[i] == 0) {
            struct tick tick = {(char *)"dojo", item, (char *)after, true, 0};
            struct problems problems = {0};

            snprintf(item, sizeof item, "item %d", i);
            _exit(ticks_add("records", &tick, noon, &problems) ? 0 : 1);
        }
    }
    for (int i = 0; i < PROCESSES; i++) {
        waitpid(pid[i], &status, 0);
        assert_int_equal(status, 0);
    }
    for (int i = 0; i < PROCESSES; i++) {
        snprintf(item, sizeof item, "item %d", i);
        assert_true(is_done("dojo", item, after, ""));
    }
}

static void
what_cannot_be_written_is_said(void **state)
{
    struct tick tick = {(char *)"dojo", (char *)"one", (char *)after, true, 0};
    struct problems problems = {0};
    char *told;

    (void)state;
    workspace_write("file", "");
    assert_false(ticks_add("file", &tick, noon, &problems));
    told = workspace_problems(&problems);
    assert_string_equal(told, "file/ticks.jsonl: could not be written: Not a directory\n");
    free(told);
    problems_free(&problems);
}

static void
the_shipped_lists_are_good(void **state)
{
    (void)state;
    for (int i = 0; checklist_names[i] != NULL; i++) {
        struct problems problems = {0};
        struct checklist list;
        char path[4200];

        snprintf(path, sizeof path, "%s/config/checklist-%s.txt", root, checklist_names[i]);
        assert_true(checklist_read_file(checklist_names[i], path, &list, &problems));
        assert_int_equal(problems.count, 0);
        assert_in_range(list.count, 10, 20);
        for (int item = 0; item < list.count; item++) {
            assert_int_not_equal(list.item[item].due, DUE_OPEN);
            assert_in_range(strlen(list.item[item].text), 10, 100);
        }
        checklist_free(&list);
        problems_free(&problems);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_lists_are_good),
        cmocka_unit_test(an_item_says_when_it_is_due),
        cmocka_unit_test(other_words_are_part_of_the_item),
        cmocka_unit_test(a_mistake_is_named_with_its_line_and_the_rest_is_there),
        cmocka_unit_test(without_a_date_nothing_is_due),
        cmocka_unit_test(a_tick_stays_until_it_is_taken_back),
        cmocka_unit_test(the_newest_word_counts_wherever_it_stands),
        cmocka_unit_test(the_file_is_for_its_owner),
        cmocka_unit_test(half_a_line_is_cut_before_the_next),
        cmocka_unit_test(the_ticks_of_many_years_are_read),
        cmocka_unit_test(damage_is_named_and_the_rest_counts),
        cmocka_unit_test(many_may_tick_at_once),
        cmocka_unit_test(what_cannot_be_written_is_said),
    };
    setlocale(LC_ALL, "C.UTF-8");
    assert_non_null(getcwd(root, sizeof root));
    return cmocka_run_group_tests(tests, workspace_enter, workspace_leave);
}
