/* Steps: disabled tests in the shapes of tests/unit/steps, lists by hand, progress. */
#include <fcntl.h>
#include <limits.h>
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

#include "folder.h"
#include "storage/paths.h"
#include "storage/steps.h"
#include "workspace.h"

static char root[3000]; /* of the repository */
static struct patterns patterns;

static char *
shape(const char *name)
{
    char *folder = folder_path(root, "tests/unit/steps"), *path = folder_path(folder, name);

    free(folder);
    return path;
}

static struct steps *
open_steps(const char *path)
{
    struct problems problems = {0};
    struct steps *steps = steps_open(path, &patterns, &problems);

    assert_non_null(steps);
    assert_int_equal(problems.count, 0);
    return steps;
}

/* "title\n" each. */
static char *
titles_of(const struct steps *steps)
{
    char *titles;
    size_t length;
    FILE *out = open_memstream(&titles, &length);

    for (int i = 1; i <= steps_total(steps); i++)
        fprintf(out, "%s\n", steps_title(steps, i));
    fclose(out);
    return titles;
}

static void
assert_titles(const struct steps *steps, const char *expected)
{
    char *titles = titles_of(steps);

    assert_string_equal(titles, expected);
    free(titles);
}

static void
assert_shape(const char *name, int active, const char *expected)
{
    char *path = shape(name);
    struct steps *steps = open_steps(path);

    assert_titles(steps, expected);
    assert_int_equal(steps_active(steps), active);
    assert_int_equal(steps_enabled(steps), 0);
    steps_free(steps);
    free(path);
}

/* A step a line; CRLF and a byte order mark. */
static void
a_commented_attribute_is_a_step(void **state)
{
    (void)state;
    assert_shape("tape", 2,
                 "counts up\n"
                 "counts down, and around\n"
                 "Runs_a_program(\">+<.\", \"0\")\n"
                 "Loops\n");
}

static void
a_commented_test_is_a_step(void **state)
{
    (void)state;
    assert_shape("options", 2,
                 "A_short_flag_is_set\n"
                 "A_value_follows\n"
                 "what is left over is kept\n");
}

/* In natural order, _10_ last; licence, documentation and other sources are none. */
static void
an_opener_before_a_test_is_a_step(void **state)
{
    (void)state;
    assert_shape("dates", 1,
                 "readsAYear\nreadsAMonth\nreadsADay\nreadsAnHour\nreadsAMinute\nreadsAWeekday\n");
}

static void
nothing_in_comments_is_no_step(void **state)
{
    (void)state;
    assert_shape("pegs", 2, "");
}

static void
bytes_that_are_no_text_are_cleaned(void **state)
{
    (void)state;
    assert_shape("pages", 1,
                 "Shows_pages(2, 1, \"(1) 2\")\n"
                 "Shows_pages(9, 5, \"1 \xEF\xBF\xBD (5) \xEF\xBF\xBD 9\")\n"
                 "Shows_pages(9, 1, \"\xEF\xBF\xBD[31m(1) 2\")\n");
}

static void
markers_of_many_frameworks_are_steps(void **state)
{
    static const struct {
        const char *file;
        int active;
        const char *titles;
    } files[] = {
        {"SkipTests.cs", 2, "Ignored\nIgnored_in_one\nskipped by xUnit\nTwo_cases\n"},
        {"SkipTest.java", 2, "disabled\nignored\nswitchedOff\ninOneLine\ncommented\n"},
        {"skip.spec.ts", 1,
         "skipped\ncrossed out\nin back quotes\nto do\nin a comment, isn't it\n"},
        {"test_skip.py", 1,
         "test_skipped\ntest_skipped_by_unittest\ntest_expected_to_fail\n"
         "test_skips_itself\ntest_in_a_comment\n"},
        {"skip_test.go", 1, "TestSkipsItself\nTestInAComment\nTestInABlock\n"},
        {"skip.rs", 1, "ignored\nin_a_comment\n"},
        {"skip_test.cpp", 1, "Disabled\nInAComment\n"},
        {"skip_spec.rb", 1, "is pending\nis crossed out\nwaits\nskips itself\nis in a comment\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *name = folder_path("skipped", files[i].file);

        print_message("%s\n", name);
        assert_shape(name, files[i].active, files[i].titles);
        free(name);
    }
}

/* --- progress --- */

static const char three[] = "//[Test]\nvoid A() {}\n//[Test]\nvoid B() {}\n//[Test]\nvoid B() {}\n";

static void
write_tests(const char *text)
{
    mkdir("topic", 0700);
    workspace_write("topic/OurTests.cs", text);
}

static void
an_enabled_test_is_progress_wherever_it_moves(void **state)
{
    struct steps *steps;

    (void)state;
    write_tests(three);
    steps = open_steps("topic");
    assert_titles(steps, "A\nB\nB\n");
    assert_int_equal(steps_last_enabled(steps), 0);
    assert_false(steps_refresh(steps));

    write_tests("\n\n[Test]\nvoid A() {}\n//[Test]\nvoid B() {}\n//[Test]\nvoid B() {}\n");
    assert_true(steps_refresh(steps));
    assert_int_equal(steps_enabled(steps), 1);
    assert_int_equal(steps_last_enabled(steps), 1);

    write_tests("[Test]\nvoid A() {}\n//[Test]\nvoid B() {}\n");
    assert_true(steps_refresh(steps));
    assert_int_equal(steps_enabled(steps), 2);
    assert_int_equal(steps_last_enabled(steps), 2);

    write_tests(three); /* commented again */
    assert_true(steps_refresh(steps));
    assert_int_equal(steps_enabled(steps), 0);
    assert_int_equal(steps_total(steps), 3);
    steps_free(steps);
}

/* Editors write anew, and git takes away and brings back. */
static void
a_file_that_is_gone_or_empty_for_a_moment_changes_nothing(void **state)
{
    struct steps *steps;

    (void)state;
    write_tests(three);
    steps = open_steps("topic");
    write_tests("");
    assert_false(steps_refresh(steps));
    assert_int_equal(unlink("topic/OurTests.cs"), 0);
    assert_false(steps_refresh(steps));
    assert_int_equal(rename("topic", "away"), 0);
    assert_false(steps_refresh(steps));
    assert_int_equal(rename("away", "topic"), 0);
    write_tests("");
    assert_false(steps_refresh(steps));
    assert_int_equal(steps_total(steps), 3);
    write_tests("nothing");
    assert_true(steps_refresh(steps));
    assert_int_equal(steps_enabled(steps), 3);
    steps_free(steps);
}

/* Twice within the tick of the file system's clock, and of the same size. */
static void
a_change_too_fast_for_the_clock_is_seen(void **state)
{
    struct stat before;
    struct steps *steps;

    (void)state;
    write_tests("//[Test]\nvoid A() {}\n");
    steps = open_steps("topic");
    assert_int_equal(stat("topic/OurTests.cs", &before), 0);
    write_tests("  [Test]\nvoid A() {}\n");
    assert_int_equal(utimensat(AT_FDCWD, "topic/OurTests.cs",
                               (struct timespec[2]){before.st_mtim, before.st_mtim}, 0),
                     0);
    assert_true(steps_refresh(steps));
    steps_free(steps);
}

static void
tests_may_be_prepared_until_it_begins(void **state)
{
    struct steps *steps;

    (void)state;
    write_tests(three);
    steps = open_steps("topic");
    write_tests("//[Test]\nvoid New() {}\n");
    steps_refresh(steps);
    steps_restart(steps);
    assert_titles(steps, "New\n");
    assert_int_equal(steps_enabled(steps), 0);
    steps_free(steps);
}

static void
a_session_resumed_knows_how_many_there_were(void **state)
{
    struct steps *steps;

    (void)state;
    write_tests(three);
    steps = open_steps("topic");
    steps_resume(steps, 5);
    assert_titles(steps, "\n\nA\nB\nB\n");
    assert_int_equal(steps_enabled(steps), 2);
    assert_int_equal(steps_last_enabled(steps), 2);
    steps_resume(steps, INT_MAX); /* a record may say anything */
    assert_int_equal(steps_total(steps), STEPS_MOST);
    steps_free(steps);
    steps = open_steps("topic");
    steps_resume(steps, 5);
    write_tests("//[Test]\nvoid B() {}\n//[Test]\nvoid B() {}\n");
    assert_true(steps_refresh(steps));
    assert_int_equal(steps_enabled(steps), 3);
    steps_free(steps);
}

/* --- by hand --- */

static void
a_plain_text_is_a_list_of_steps(void **state)
{
    struct steps *steps;

    (void)state;
    workspace_write("list.txt", "\xEF\xBB\xBF# ours\r\nfirst\r\n\r\n  second \x1b[31m\r\n");
    steps = open_steps("list.txt");
    assert_true(steps_is_list(steps));
    assert_titles(steps, "first\nsecond \xEF\xBF\xBD[31m\n");
    workspace_write("list.txt", "first\nthird\n");
    assert_true(steps_refresh(steps));
    assert_titles(steps, "first\nthird\n");
    assert_false(steps_refresh(steps));
    unlink("list.txt");
    assert_false(steps_refresh(steps));
    assert_int_equal(steps_total(steps), 2);
    steps_free(steps);
}

static void
a_list_in_the_folder_wins(void **state)
{
    struct steps *steps;

    (void)state;
    write_tests(three);
    workspace_write("topic/steps.txt", "by hand\n");
    steps = open_steps("topic");
    assert_titles(steps, "by hand\n");
    steps_free(steps);
    unlink("topic/steps.txt");
}

static void
a_single_source_is_looked_through(void **state)
{
    struct steps *steps;

    (void)state;
    write_tests(three);
    steps = open_steps("topic/OurTests.cs");
    assert_false(steps_is_list(steps));
    assert_titles(steps, "A\nB\nB\n");
    steps_free(steps);
}

/* --- where one looks --- */

static void
keep_folder(void *user, const char *folder)
{
    char *text = user;
    size_t used = strlen(text);

    snprintf(text + used, 500 - used, "%s ", folder);
}

static void
hidden_folders_links_and_packages_are_left_out(void **state)
{
    char folders[500] = "";
    struct steps *steps;

    (void)state;
    mkdir("tree", 0700);
    mkdir("tree/.git", 0700);
    mkdir("tree/node_modules", 0700);
    mkdir("tree/deep", 0700);
    workspace_write("tree/.git/ATests.cs", three);
    workspace_write("tree/node_modules/ATests.cs", three);
    workspace_write("tree/deep/Tests.txt", three);
    workspace_write("tree/deep/BTests.cs", "//[Test]\nvoid Only() {}\n");
    assert_int_equal(symlink("../topic", "tree/link"), 0);
    assert_int_equal(symlink("../topic/OurTests.cs", "tree/LinkTests.cs"), 0);
    steps = open_steps("tree");
    assert_titles(steps, "Only\n");
    steps_folders(steps, keep_folder, folders);
    assert_string_equal(folders, "tree tree/deep ");
    steps_free(steps);
}

static void
what_is_missing_is_named(void **state)
{
    struct problems problems = {0};
    struct steps *steps = steps_open("missing", &patterns, &problems);
    char *told = workspace_problems(&problems);

    (void)state;
    assert_string_equal(told, "missing: does not exist\n");
    assert_int_equal(steps_total(steps), 0);
    free(told);
    problems_free(&problems);
    steps_free(steps);
}

static void
the_users_own_patterns_come_first(void **state)
{
    struct problems problems = {0};
    struct patterns own;
    struct steps *steps;
    char *shipped = folder_path(root, "config/steps.tsv"), *told;

    (void)state;
    workspace_write("own.tsv", "# ours\nforth\tfile\t*.fs\nforth\tcomment\t\\\n"
                               "forth\ttest\t^T\\{ (.*)\n"
                               "forth\ttest\t^(\n"
                               "forth\tnonsense\tx\n"
                               "forth\tfile\n"
                               "forth\tblock\t(\n");
    patterns_load(shipped, "own.tsv", &own, &problems);
    told = workspace_problems(&problems);
    assert_string_equal(
        told,
        "own.tsv:5: the pattern is no regular expression: Unmatched ( or \\(\n"
        "own.tsv:6: \"nonsense\" is not what a rule can be about: file, comment, test, skip, ...\n"
        "own.tsv:7: the pattern is missing in the third column\n"
        "own.tsv:8: the fourth column must say what ends the block\n");
    free(told);
    problems_free(&problems);
    mkdir("forth", 0700);
    workspace_write("forth/a.fs", "T{ active\n\\ T{ adds two numbers\n");
    steps = steps_open("forth", &own, &problems);
    assert_titles(steps, "adds two numbers\n");
    assert_int_equal(steps_active(steps), 1);
    steps_free(steps);
    patterns_free(&own);
    free(shipped);
}

static int
enter(void **state)
{
    char *shipped = folder_path(root, "config/steps.tsv");
    struct problems problems = {0};

    patterns_load(shipped, NULL, &patterns, &problems);
    free(shipped);
    if (problems.count > 0)
        print_error("%s\n", problems.item[0].message);
    return problems.count == 0 ? workspace_enter(state) : -1;
}

static int
leave(void **state)
{
    patterns_free(&patterns);
    return workspace_leave(state);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_commented_attribute_is_a_step),
        cmocka_unit_test(a_commented_test_is_a_step),
        cmocka_unit_test(an_opener_before_a_test_is_a_step),
        cmocka_unit_test(nothing_in_comments_is_no_step),
        cmocka_unit_test(bytes_that_are_no_text_are_cleaned),
        cmocka_unit_test(markers_of_many_frameworks_are_steps),
        cmocka_unit_test(an_enabled_test_is_progress_wherever_it_moves),
        cmocka_unit_test(a_file_that_is_gone_or_empty_for_a_moment_changes_nothing),
        cmocka_unit_test(a_change_too_fast_for_the_clock_is_seen),
        cmocka_unit_test(tests_may_be_prepared_until_it_begins),
        cmocka_unit_test(a_session_resumed_knows_how_many_there_were),
        cmocka_unit_test(a_plain_text_is_a_list_of_steps),
        cmocka_unit_test(a_list_in_the_folder_wins),
        cmocka_unit_test(a_single_source_is_looked_through),
        cmocka_unit_test(hidden_folders_links_and_packages_are_left_out),
        cmocka_unit_test(what_is_missing_is_named),
        cmocka_unit_test(the_users_own_patterns_come_first),
    };
    setlocale(LC_ALL, "C.UTF-8");
    assert_non_null(getcwd(root, sizeof root));
    return cmocka_run_group_tests(tests, enter, leave);
}
