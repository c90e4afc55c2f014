/* A file written whole or not at all. */

#include <dirent.h>
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

#include "storage/file.h"
#include "storage/replace.h"
#include "workspace.h"

static char why[REPLACE_WHY];

static bool
write_text(const char *path, const char *text)
{
    why[0] = '\0';
    return replace_file(path, text, strlen(text), why);
}

static void
assert_text(const char *path, const char *expected)
{
    struct file_text text;

    assert_int_equal(file_read(NULL, path, &text), 0);
    assert_string_equal(text.bytes, expected);
    free(text.bytes);
}

/* How many names there are in the folder. */
static int
names_in(const char *folder)
{
    DIR *open = opendir(folder);
    int count = -2; /* . and .. */

    assert_non_null(open);
    while (readdir(open) != NULL)
        count++;
    closedir(open);
    return count;
}

static mode_t
mode_of(const char *path)
{
    struct stat about;

    assert_int_equal(stat(path, &about), 0);
    return about.st_mode & 07777;
}

static void
a_new_file_and_one_in_place_of_it(void **state)
{
    mode_t before = umask(027);

    (void)state;
    assert_true(write_text("a.html", "one\n"));
    umask(before);
    assert_text("a.html", "one\n");
    assert_int_equal(mode_of("a.html"), 0640);
    assert_int_equal(chmod("a.html", 0604), 0);
    assert_true(write_text("./a.html", "two, longer than one\n"));
    assert_text("a.html", "two, longer than one\n");
    assert_int_equal(mode_of("a.html"), 0604);
    assert_true(write_text("a.html", ""));
    assert_text("a.html", "");
    assert_int_equal(names_in("."), 1);
}

/* F22 */
static void
a_link_is_followed(void **state)
{
    struct stat about;

    (void)state;
    assert_int_equal(mkdir("there", 0777), 0);
    assert_true(write_text("there/a", "one"));
    assert_int_equal(symlink("there/a", "link"), 0);
    assert_true(write_text("link", "two"));
    assert_text("there/a", "two");
    assert_int_equal(lstat("link", &about), 0);
    assert_true(S_ISLNK(about.st_mode));
    assert_int_equal(names_in("there"), 1);
    assert_int_equal(symlink("nowhere/a", "lost"), 0);
    assert_false(write_text("lost", "three"));
    assert_string_equal(why, "lost: is a link that leads nowhere");
}

static void
what_is_no_file_is_refused(void **state)
{
    (void)state;
    assert_int_equal(mkdir("folder", 0777), 0);
    assert_false(write_text("folder", "x"));
    assert_string_equal(why, "folder: is no ordinary file");
    assert_int_equal(mkfifo("pipe", 0666), 0);
    assert_false(write_text("pipe", "x"));
    assert_string_equal(why, "pipe: is no ordinary file");
    assert_false(write_text("/dev/full", "x"));
    assert_string_equal(why, "/dev/full: is no ordinary file");
    assert_false(write_text("nowhere/a", "x"));
    assert_string_equal(why, "nowhere/a: No such file or directory");
    assert_false(write_text("", "x"));
}

/* What is left of a process that had our number is no hindrance. */
static void
a_name_left_over_is_taken(void **state)
{
    char name[40];

    (void)state;
    snprintf(name, sizeof name, ".randori-%ld.part", (long)getpid());
    assert_true(write_text(name, "half"));
    assert_true(write_text("a", "whole"));
    assert_text("a", "whole");
    assert_int_equal(names_in("."), 1);
}

/* A disk that is full in the middle of it. */
static void
the_old_file_stays_when_the_new_one_does_not_fit(void **state)
{
    struct rlimit limit, small;
    char *large = malloc(200001);
    bool good;

    (void)state;
    memset(large, 'x', 200000);
    large[200000] = '\0';
    assert_true(write_text("a", "old\n"));
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = (struct rlimit){4096, limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    good = write_text("a", large);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_false(good);
    assert_string_equal(why, "a: File too large");
    assert_text("a", "old\n");
    assert_int_equal(names_in("."), 1);
    assert_true(write_text("a", large));
    assert_text("a", large);
    free(large);
}

#define test(name) cmocka_unit_test_setup_teardown(name, workspace_enter, workspace_leave)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        test(a_new_file_and_one_in_place_of_it),
        test(a_link_is_followed),
        test(what_is_no_file_is_refused),
        test(a_name_left_over_is_taken),
        test(the_old_file_stays_when_the_new_one_does_not_fit),
    };

    return cmocka_run_group_tests_name("replace", tests, NULL, NULL);
}
