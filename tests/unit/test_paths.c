/* Where things are. */

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "storage/paths.h"

/* Compares and frees; NULL is equal to NULL. */
static void
assert_path(char *path, const char *expected)
{
    if (expected == NULL)
        assert_null(path);
    else
        assert_string_equal(path, expected);
    free(path);
}

static void
names_are_joined_and_taken_apart(void **state)
{
    (void)state;
    assert_path(paths_join("/a", "b"), "/a/b");
    assert_path(paths_join("/a/", "b"), "/a/b");
    assert_path(paths_join("/", "b"), "/b");
    assert_path(paths_folder_of("/a/b"), "/a");
    assert_path(paths_folder_of("/b"), "/");
    assert_path(paths_folder_of("a/b/c"), "a/b");
    assert_path(paths_folder_of("b"), ".");
}

static void
xdg_folders_are_used(void **state)
{
    char *below = folder_path(*state, "randori");

    setenv("HOME", "/home/ada", 1);
    setenv("XDG_CONFIG_HOME", "/config", 1);
    setenv("XDG_DATA_HOME", "/data", 1);
    setenv("XDG_STATE_HOME", "/state", 1);
    setenv("XDG_RUNTIME_DIR", *state, 1);
    assert_path(paths_config(NULL), "/config/randori");
    assert_path(paths_config("session.ini"), "/config/randori/session.ini");
    assert_path(paths_data(), "/data/randori");
    assert_path(paths_runtime(), below);
    free(below);
    setenv("XDG_RUNTIME_DIR", "/run/user/nobody-there", 1);
    assert_path(paths_runtime(), "/state/randori/run");
}

static void
relative_and_empty_ones_are_ignored(void **state)
{
    (void)state;
    setenv("HOME", "/home/ada", 1);
    setenv("XDG_CONFIG_HOME", "config", 1);
    setenv("XDG_DATA_HOME", "", 1);
    unsetenv("XDG_STATE_HOME");
    setenv("XDG_RUNTIME_DIR", "run", 1);
    assert_path(paths_config(NULL), "/home/ada/.config/randori");
    assert_path(paths_data(), "/home/ada/.local/share/randori");
    assert_path(paths_runtime(), "/home/ada/.local/state/randori/run");
    setenv("HOME", "", 1);
    assert_path(paths_config("session.ini"), NULL);
    assert_path(paths_data(), NULL);
    unsetenv("HOME");
    assert_path(paths_runtime(), NULL);
}

static int
mode_of(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 07777;
}

static void
missing_folders_are_made_private_and_others_left_alone(void **state)
{
    char *top = folder_path(*state, "top");
    char *middle = folder_path(top, "middle");
    char *bottom = folder_path(middle, "bottom/");
    char *file = folder_path(*state, "file");
    mode_t before = umask(0);

    assert_int_equal(mkdir(top, 0755), 0);
    assert_true(paths_make(bottom));
    umask(before);
    assert_int_equal(mode_of(top), 0755);
    assert_int_equal(mode_of(middle), 0700);
    assert_int_equal(mode_of(bottom), 0700);
    assert_true(paths_make(bottom));
    folder_write(file, "", 0);
    assert_false(paths_make(file));
    assert_int_equal(errno, ENOTDIR);
    free(file);
    file = folder_path(*state, "file/below");
    assert_false(paths_make(file));
    assert_int_equal(errno, ENOTDIR);
    assert_false(paths_make(""));
    assert_false(paths_make("/proc/nothing"));
    free(top);
    free(middle);
    free(bottom);
    free(file);
}

/* ---- our own parts: the program under test is a copy of this one, run with --find NAME ---- */

static int
find_and_print(const char *name)
{
    char *program = paths_program(name);
    char *shared = paths_shared(name);

    printf("%s %s\n", program == NULL ? "none" : program, shared == NULL ? "none" : shared);
    free(program);
    free(shared);
    return 0;
}

/* What the copy at `program` answers, compared with `folder` put before both names. */
static void
assert_finds(const char *program, const char *folder, const char *executable, const char *shared)
{
    char line[2048], expected[2048], command[1024];
    FILE *pipe;

    snprintf(command, sizeof command, "%s --find randori-part", program);
    snprintf(expected, sizeof expected, "%s%s %s%s\n", *executable == '/' ? folder : "", executable,
             *shared == '/' ? folder : "", shared);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    assert_non_null(fgets(line, sizeof line, pipe));
    assert_int_equal(pclose(pipe), 0);
    assert_string_equal(line, expected);
}

static void
put_part(const char *folder, const char *place, mode_t mode)
{
    char *path = folder_path(folder, place);
    char *parent = paths_folder_of(path);

    assert_true(paths_make(parent));
    folder_write(path, "", 0);
    assert_int_equal(chmod(path, mode), 0);
    free(parent);
    free(path);
}

static void
our_parts_are_found_beside_us_and_where_they_are_installed(void **state)
{
    const char *folder = *state;
    char *program = folder_path(folder, "bin/program");
    size_t length;
    char *bytes = folder_read("/proc/self/exe", &length);

    put_part(folder, "bin/program", 0700);
    folder_write(program, bytes, length);
    assert_finds(program, folder, "none", "none");
    put_part(folder, "share/randori/randori-part", 0600);
    put_part(folder, "libexec/randori/randori-part", 0600); /* cannot be run */
    assert_finds(program, folder, "none", "/bin/../share/randori/randori-part");
    put_part(folder, "libexec/randori/randori-part", 0700);
    assert_finds(program, folder, "/bin/../libexec/randori/randori-part",
                 "/bin/../share/randori/randori-part");
    put_part(folder, "bin/randori-part", 0700);
    assert_finds(program, folder, "/bin/randori-part", "/bin/randori-part");
    free(bytes);
    free(program);
}

static void
a_folder_that_cannot_be_synced_counts_as_synced(void **state)
{
    char *file = folder_path(*state, "file");

    assert_true(paths_sync_folder_of(file));
    assert_true(paths_sync_folder_of("/proc/version")); /* EINVAL */
    assert_false(paths_sync_folder_of("/nowhere/file"));
    assert_int_equal(errno, ENOENT);
    free(file);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int
main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_joined_and_taken_apart),
        IN_A_FOLDER(xdg_folders_are_used),
        cmocka_unit_test(relative_and_empty_ones_are_ignored),
        IN_A_FOLDER(missing_folders_are_made_private_and_others_left_alone),
        IN_A_FOLDER(a_folder_that_cannot_be_synced_counts_as_synced),
        IN_A_FOLDER(our_parts_are_found_beside_us_and_where_they_are_installed),
    };

    if (argc == 3 && strcmp(argv[1], "--find") == 0)
        return find_and_print(argv[2]);
    return cmocka_run_group_tests_name("paths", tests, NULL, NULL);
}
