#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "storage/problems.h"
#include "workspace.h"

static void
assert_texts(struct problems *problems, const char *expected)
{
    char *all = workspace_problems(problems);
    assert_string_equal(all, expected);
    free(all);
    problems_free(problems);
    assert_int_equal(problems->count, 0);
}

static void
a_problem_names_file_and_line(void **state)
{
    struct problems problems = {0};
    (void)state;
    problems_add(&problems, "a.ini", 12, "%s is %d", "x", 7);
    problems_add(&problems, "a.ini", 0, "does not exist");
    problems_add(&problems, NULL, 0, "--end: no");
    assert_texts(&problems, "a.ini:12: x is 7\na.ini: does not exist\n--end: no\n");
}

static void
no_text_reaches_a_terminal_uncleaned(void **state)
{
    struct problems problems = {0};
    (void)state;
    problems_add(&problems, "\x1B]0;a.ini", 1, "%s", "\x1B[31m\xFF\n");
    assert_texts(&problems, "�]0;a.ini:1: �[31m� \n");
}

static void
sorting_is_by_file_as_first_named_then_line_and_stable(void **state)
{
    struct problems problems = {0};
    (void)state;
    problems_add(&problems, "z", 5, "1");
    problems_add(&problems, "a", 9, "2");
    problems_add(&problems, NULL, 0, "3");
    problems_add(&problems, "z", 5, "4");
    problems_add(&problems, "a", 1, "5");
    problems_add(&problems, "z", 2, "6");
    problems_add(&problems, "z", 5, "7");
    problems_add(&problems, NULL, 0, "8");
    problems_sort(&problems);
    assert_texts(&problems, "z:2: 6\nz:5: 1\nz:5: 4\nz:5: 7\na:1: 5\na:9: 2\n3\n8\n");
}

static void
many_problems_are_kept(void **state)
{
    struct problems problems = {0};
    (void)state;
    for (int i = 0; i < 1000; i++)
        problems_add(&problems, "a", 1000 - i, "x");
    problems_sort(&problems);
    assert_int_equal(problems.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(problems.item[i].line, i + 1);
    problems_free(&problems);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_problem_names_file_and_line),
        cmocka_unit_test(no_text_reaches_a_terminal_uncleaned),
        cmocka_unit_test(sorting_is_by_file_as_first_named_then_line_and_stable),
        cmocka_unit_test(many_problems_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
