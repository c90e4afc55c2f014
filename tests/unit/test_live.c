/* Live sessions in their folder: shown, found, and what dead ones left swept away. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "journal_support.h"
#include "storage/live.h"

static const int64_t morning_ms = 1795340700000, evening_ms = 1795370400000; /* of one day */

/* The folder is home, runtime folder and records folder. */
static int
enter_folder(void **state)
{
    if (folder_make(state) != 0)
        return -1;
    setenv("XDG_RUNTIME_DIR", *state, 1);
    setenv("XDG_STATE_HOME", *state, 1);
    setenv("HOME", *state, 1);
    return 0;
}

static struct journal *
begin(const char *folder, const char *records, int64_t wall_ms)
{
    char *path = folder_path(folder, records);
    struct journal *journal;
    char why[JOURNAL_WHY];

    assert_int_equal(journal_create_with(&hasty_system, path, wall_ms, &journal, why),
                     JOURNAL_GOOD);
    free(path);
    return journal;
}

static void
end(struct journal *journal)
{
    journal_close(journal, BOUND_MS, NULL, NULL);
}

static void
show(struct journal *journal, struct live *live)
{
    char why[JOURNAL_WHY];

    if (!live_enter(journal_path(journal), live, why))
        fail_msg("not shown: %s", why);
    assert_string_equal(why, "");
}

static void
make_socket(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    assert_true(strlen(path) < sizeof address.sun_path);
    strcpy(address.sun_path, path);
    assert_int_equal(bind(fd, (const struct sockaddr *)&address, sizeof address), 0);
    close(fd);
}

static bool
is_there(const char *path)
{
    struct stat about;

    return lstat(path, &about) == 0;
}

static void
assert_finds(const char *id, const char *expected)
{
    char why[JOURNAL_WHY];
    struct live live;

    if (!live_find(id, &live, why)) {
        assert_string_equal(why, "");
        assert_null(expected);
        return;
    }
    assert_non_null(expected);
    assert_string_equal(live.id, expected);
    live_free(&live);
}

static void
assert_refused(const char *record, const char *reason)
{
    char why[JOURNAL_WHY];
    struct live live;

    assert_false(live_enter(record, &live, why));
    assert_null(live.id);
    if (strstr(why, reason) == NULL)
        fail_msg("\"%s\" does not say: %s", why, reason);
}

static void
a_session_is_found_while_it_lives(void **state)
{
    struct journal *journal = begin(*state, "records", morning_ms);
    struct live live, found;
    char why[JOURNAL_WHY];

    assert_finds(NULL, NULL);
    show(journal, &live);
    assert_true(live_find(NULL, &found, why));
    assert_string_equal(found.id, live.id);
    assert_string_equal(found.record, live.record);
    assert_string_equal(found.socket, live.socket);
    live_free(&found);
    live_leave(&live);
    assert_finds(NULL, NULL);
    end(journal);
}

static void
the_link_leads_to_the_record_from_anywhere(void **state)
{
    struct journal *journal;
    char *before = getcwd(NULL, 0), *target, *expected;
    struct live live;

    assert_int_equal(chdir(*state), 0);
    journal = begin(".", "records", morning_ms);
    show(journal, &live);
    expected = realpath(journal_path(journal), NULL);
    assert_int_equal(chdir(before), 0);
    target = realpath(live.record, NULL);
    assert_non_null(target);
    assert_string_equal(target, expected);
    assert_memory_equal(strrchr(live.record, '/') + 1, live.id, strlen(live.id));
    live_leave(&live);
    end(journal);
    free(target);
    free(expected);
    free(before);
}

static void
a_dead_one_is_not_found_and_the_next_start_sweeps_it(void **state)
{
    struct journal *journal = begin(*state, "records", morning_ms);
    struct live dead, live;

    show(journal, &dead);
    make_socket(dead.socket);
    end(journal); /* as a kill does: the entries stay */
    assert_finds(NULL, NULL);
    assert_true(is_there(dead.record));
    journal = begin(*state, "records", evening_ms);
    show(journal, &live);
    assert_false(is_there(dead.record));
    assert_false(is_there(dead.socket));
    assert_true(is_there(live.record));
    assert_finds(NULL, live.id);
    live_leave(&live);
    live_free(&dead);
    end(journal);
}

static void
what_is_not_ours_is_not_swept(void **state)
{
    static const char *const names[] = {"notes.txt", "a.jsonl", "a.sock", "b.sock"};
    struct journal *journal = begin(*state, "records", morning_ms);
    char *folder = folder_path(*state, "randori"), *paths[4];
    struct live live;

    assert_int_equal(mkdir(folder, 0700), 0);
    for (int i = 0; i < 4; i++) {
        paths[i] = folder_path(folder, names[i]);
        folder_write(paths[i], "mine", 4);
    }
    show(journal, &live);
    live_leave(&live);
    for (int i = 0; i < 4; i++) {
        assert_true(is_there(paths[i]));
        free(paths[i]);
    }
    end(journal);
    free(folder);
}

static void
the_newest_is_found_and_others_by_how_their_names_begin(void **state)
{
    struct journal *old = begin(*state, "records", morning_ms);
    struct journal *new = begin(*state, "others", evening_ms);
    struct live first, second;
    char *beginning;

    show(old, &first);
    make_socket(first.socket);
    show(new, &second);
    assert_true(is_there(first.record)); /* a live one is not swept */
    assert_true(is_there(first.socket));
    assert_finds(NULL, second.id);
    assert_finds(first.id, first.id);
    assert_finds("1815", NULL);
    beginning = strndup(first.id, strlen("20261122T114500Z"));
    assert_finds(beginning, first.id);
    free(beginning);
    live_leave(&first);
    live_leave(&second);
    end(old);
    end(new);
}

static void
a_resumed_session_replaces_what_it_left_itself(void **state)
{
    struct sample sample;
    struct journal *journal;
    struct journal_content content;
    struct live dead, live;
    char why[JOURNAL_WHY];
    char *path;
    int pid;

    sample_make(&sample);
    path = write_sample(*state, &sample);
    assert_int_equal(journal_resume(path, &journal, &content, &pid, why), JOURNAL_GOOD);
    journal_content_free(&content);
    show(journal, &dead);
    make_socket(dead.socket);
    end(journal);
    assert_int_equal(journal_resume(path, &journal, &content, &pid, why), JOURNAL_GOOD);
    journal_content_free(&content);
    show(journal, &live);
    assert_string_equal(live.id, dead.id);
    assert_finds(NULL, live.id);
    assert_false(is_there(live.socket)); /* the socket binds to a free name */
    live_leave(&live);
    live_free(&dead);
    end(journal);
    free(path);
    sample_free(&sample);
}

/* Two copies of one record, in two records folders, both going on. */
static void
a_name_in_use_is_not_taken_away(void **state)
{
    struct journal *journal = begin(*state, "records", morning_ms), *copy;
    char *folder = folder_path(*state, "copies"), *path, why[JOURNAL_WHY];
    struct live live, other;

    show(journal, &live);
    copy = begin(*state, "copies", evening_ms);
    path = folder_path(folder, strrchr(journal_path(journal), '/') + 1);
    assert_int_equal(link(journal_path(copy), path), 0);
    assert_false(live_enter(path, &other, why));
    assert_non_null(strstr(why, "is running"));
    assert_finds(NULL, live.id);
    live_leave(&live);
    end(journal);
    end(copy);
    free(path);
    free(folder);
}

/* F22 */
static void
a_folder_that_others_may_write_to_is_neither_used_nor_believed(void **state)
{
    struct journal *journal = begin(*state, "records", morning_ms);
    char *folder = folder_path(*state, "randori"), why[JOURNAL_WHY];
    struct live live, found;

    show(journal, &live);
    assert_int_equal(chmod(folder, 0777), 0);
    assert_false(live_find(NULL, &found, why));
    assert_non_null(strstr(why, "others may write to"));
    assert_refused(journal_path(journal), "others may write to");
    assert_int_equal(chmod(folder, 0720), 0);
    assert_refused(journal_path(journal), "others may write to");
    assert_int_equal(chmod(folder, 0700), 0);
    assert_true(live_find(NULL, &found, why));
    live_free(&found);
    live_leave(&live);
    end(journal);
    free(folder);
}

static void
a_folder_that_is_a_link_is_not_used(void **state)
{
    struct journal *journal = begin(*state, "records", morning_ms);
    char *folder = folder_path(*state, "randori"), *there = folder_path(*state, "there");

    assert_int_equal(mkdir(there, 0700), 0);
    assert_int_equal(symlink(there, folder), 0);
    assert_refused(journal_path(journal), "Not a directory");
    end(journal);
    free(folder);
    free(there);
}

static void
somebody_elses_folder_is_not_used(void **state)
{
    struct journal *journal = begin(*state, "records", morning_ms);
    char *folder = folder_path(*state, "randori");

    assert_int_equal(mkdir(folder, 0700), 0);
    if (geteuid() == 0) { /* else nobody can give a folder away */
        assert_int_equal(chown(folder, 12345, 12345), 0);
        assert_refused(journal_path(journal), "belongs to somebody else");
    }
    end(journal);
    free(folder);
}

/* The same folder for both, and one that once was: no record may be swept away. */
static void
records_are_not_swept(void **state)
{
    struct journal *past = begin(*state, "randori", morning_ms), *journal;
    char *kept = strdup(journal_path(past));
    struct live live;

    end(past);
    journal = begin(*state, "randori", evening_ms);
    assert_refused(journal_path(journal), "holds records");
    assert_finds(NULL, NULL); /* a record itself is no entry */
    assert_true(is_there(kept));
    assert_true(is_there(journal_path(journal)));
    end(journal);
    journal = begin(*state, "records", evening_ms);
    show(journal, &live);
    assert_true(is_there(kept));
    live_leave(&live);
    end(journal);
    free(kept);
}

static void
the_folder_is_made_private(void **state)
{
    struct journal *journal = begin(*state, "records", morning_ms);
    char *folder = folder_path(*state, "randori");
    mode_t before = umask(0);
    struct stat about;
    struct live live;

    show(journal, &live);
    umask(before);
    assert_int_equal(stat(folder, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0700);
    live_leave(&live);
    end(journal);
    free(folder);
}

/* The session began where XDG_RUNTIME_DIR is not set (cron, su), and is asked where it is. */
static void
the_other_place_is_looked_into_too(void **state)
{
    struct journal *journal = begin(*state, "records", morning_ms);
    struct journal *newer = begin(*state, "others", evening_ms);
    struct live live, here;

    unsetenv("XDG_RUNTIME_DIR");
    show(journal, &live);
    assert_non_null(strstr(live.record, "/randori/run/"));
    setenv("XDG_RUNTIME_DIR", *state, 1);
    assert_finds(NULL, live.id);
    show(newer, &here);
    assert_finds(NULL, here.id);
    live_leave(&here);
    live_leave(&live);
    end(journal);
    end(newer);
}

static void
without_a_home_there_is_a_reason(void **state)
{
    struct journal *journal = begin(*state, "records", morning_ms);

    unsetenv("XDG_RUNTIME_DIR");
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    assert_refused(journal_path(journal), "HOME");
    assert_finds(NULL, NULL);
    end(journal);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, folder_remove)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_session_is_found_while_it_lives),
        IN_A_FOLDER(the_link_leads_to_the_record_from_anywhere),
        IN_A_FOLDER(a_dead_one_is_not_found_and_the_next_start_sweeps_it),
        IN_A_FOLDER(what_is_not_ours_is_not_swept),
        IN_A_FOLDER(the_newest_is_found_and_others_by_how_their_names_begin),
        IN_A_FOLDER(a_resumed_session_replaces_what_it_left_itself),
        IN_A_FOLDER(a_name_in_use_is_not_taken_away),
        IN_A_FOLDER(a_folder_that_others_may_write_to_is_neither_used_nor_believed),
        IN_A_FOLDER(a_folder_that_is_a_link_is_not_used),
        IN_A_FOLDER(somebody_elses_folder_is_not_used),
        IN_A_FOLDER(records_are_not_swept),
        IN_A_FOLDER(the_folder_is_made_private),
        IN_A_FOLDER(the_other_place_is_looked_into_too),
        IN_A_FOLDER(without_a_home_there_is_a_reason),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
