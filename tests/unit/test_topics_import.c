/* A clone laid out like a dojo's repository becomes rows of the user's own table. */
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
#include "storage/topics.h"
#include "storage/topics_import.h"
#include "workspace.h"

struct told {
    char text[2000];
};

static void
tell(void *user, const char *id, const char *title, const char *stacks)
{
    struct told *told = user;
    size_t used = strlen(told->text);

    snprintf(told->text + used, sizeof told->text - used, "%s|%s|%s\n", id, title, stacks);
}

/* What it told, or which problem stopped it; the caller's to free. */
static char *
import(const char *folder, int added, int known)
{
    struct problems problems = {0};
    struct told told = {""};
    struct import import;
    bool good = topics_import(folder, "home/own.tsv", tell, &told, &import, &problems);
    char *text = good ? strdup(told.text) : workspace_problems(&problems);

    assert_int_equal(good, problems.count == 0);
    assert_int_equal(import.added, added);
    assert_int_equal(import.known, known);
    problems_free(&problems);
    return text;
}

static void
assert_imports(const char *folder, int added, int known, const char *expected)
{
    char *text = import(folder, added, known);

    assert_string_equal(text, expected);
    free(text);
}

static void
assert_row(const char *id, const char *title, const char *skills, const char *description)
{
    struct problems problems = {0};
    struct topics topics;
    bool found = false;

    topics_load(NULL, "home/own.tsv", &topics, &problems);
    for (int i = 0; i < topics.count; i++) {
        if (strcmp(topics.item[i].id, id) != 0)
            continue;
        found = true;
        assert_string_equal(topics.item[i].title, title);
        assert_string_equal(topics.item[i].skills, skills);
        assert_string_equal(topics.item[i].description, description);
        if (strcmp(topics.item[i].source, "clone") == 0)
            assert_int_equal(access(topics.item[i].url, R_OK), 0);
    }
    assert_true(found);
    assert_int_equal(problems.count, 0);
    topics_free(&topics);
    problems_free(&problems);
}

/* Five folders, three of them topics. */
static int
make_clone(void **state)
{
    if (workspace_enter(state) != 0)
        return -1;
    mkdir("clone", 0700);
    mkdir("clone/.git", 0700);
    mkdir("clone/docs", 0700);
    mkdir("clone/10-tape", 0700);
    mkdir("clone/10-tape/java", 0700);
    mkdir("clone/10-tape/csharp", 0700);
    mkdir("clone/2-pages", 0700);
    mkdir("clone/2-pages/C sharp, new", 0700);
    mkdir("clone/bare", 0700);
    workspace_write("clone/README.md", "# The whole\n\nNo topic.\n");
    workspace_write("clone/.git/README.md", "# Hidden\n");
    workspace_write("clone/10-tape/README.md",
                    "\xEF\xBB\xBF# The **tape** machine\r\n\r\n![badge](x.png)\r\n"
                    "## Overview\r\n\r\nRuns programs\tof a tape.\r\nMore.\r\n");
    workspace_write("clone/2-pages/readme.txt", "# Pages\x85 \x1b[31mred\n- list\nSplits \x85.\n");
    workspace_write("clone/bare/README", "");
    return 0;
}

static void
each_folder_with_a_readme_is_a_topic(void **state)
{
    (void)state;
    unlink("home/own.tsv");
    assert_imports("clone", 3, 0,
                   "clone/2-pages|Pages\xEF\xBF\xBD \xEF\xBF\xBD[31mred|C-sharp--new\n"
                   "clone/10-tape|The **tape** machine|csharp,java\n"
                   "clone/bare|bare|\n");
    assert_row("clone/10-tape", "The **tape** machine", "csharp,java", "Runs programs of a tape.");
    assert_row("clone/2-pages", "Pages\xEF\xBF\xBD \xEF\xBF\xBD[31mred", "C-sharp--new",
               "Splits \xEF\xBF\xBD.");
    assert_row("clone/bare", "bare", "", "");
}

static void
importing_again_changes_nothing(void **state)
{
    size_t length, again;
    char *first, *second;

    (void)state;
    free(import("clone", 0, 3));
    first = folder_read("home/own.tsv", &length);
    assert_imports("clone/", 0, 3, "");
    second = folder_read("home/own.tsv", &again);
    assert_string_equal(first, second);
    free(first);
    free(second);
}

static void
rows_by_hand_stay_as_they_are(void **state)
{
    static const char by_hand[] = "# mine\nclone/bare\tMy title\tme\t-\tours";
    size_t length;
    char *text;

    (void)state;
    workspace_write("home/own.tsv", by_hand);
    free(import("clone", 2, 1));
    text = folder_read("home/own.tsv", &length);
    assert_memory_equal(text, by_hand, strlen(by_hand));
    free(text);
    assert_row("clone/bare", "My title", "ours", "");
}

static void
a_folder_without_topics_is_refused(void **state)
{
    (void)state;
    char *text = import("clone/docs", 0, 0);
    assert_non_null(strstr(text, "clone/docs: there is no folder with a README in it\n"));
    free(text);
    assert_imports("missing", 0, 0, "missing: does not exist\n");
    text = import("clone/README.md", 0, 0);
    assert_non_null(strstr(text, "Not a directory"));
    free(text);
}

static void
hostile_names_stay_one_row_each(void **state)
{
    (void)state;
    unlink("home/own.tsv");
    mkdir("evil", 0700);
    mkdir("evil/#a\tb\n\x1b]0;x\x07", 0700);
    mkdir("evil/#a b \x01]0;x\x02", 0700); /* the same once it is cleaned */
    workspace_write("evil/#a\tb\n\x1b]0;x\x07/README", "# -\n");
    workspace_write("evil/#a b \x01]0;x\x02/README", "# id\ttitle\n");
    free(import("evil", 1, 1));
    free(import("evil", 0, 2));
    assert_int_equal(rename("evil", "#evil"), 0); /* no comment in a table */
    free(import("#evil", 1, 1));
    free(import("#evil", 0, 2));
}

static void
a_link_is_no_topic(void **state)
{
    (void)state;
    mkdir("links", 0700);
    assert_int_equal(symlink("../clone/bare", "links/bare"), 0);
    mkdir("links/real", 0700);
    assert_int_equal(symlink("../../clone/README.md", "links/real/README.md"), 0);
    char *text = import("links", 0, 0);
    assert_non_null(strstr(text, "no folder with a README"));
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_folder_with_a_readme_is_a_topic),
        cmocka_unit_test(importing_again_changes_nothing),
        cmocka_unit_test(rows_by_hand_stay_as_they_are),
        cmocka_unit_test(a_folder_without_topics_is_refused),
        cmocka_unit_test(hostile_names_stay_one_row_each),
        cmocka_unit_test(a_link_is_no_topic),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, make_clone, workspace_leave);
}
