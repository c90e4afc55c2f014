/* Writing a journal: what is on disk, locks, a disk that fails, is full or slow. */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "gather.h"
#include "journal_support.h"

enum { FOR_EVER = 1 << 30 };

static struct journal *
create(const struct journal_system *system, const char *folder)
{
    struct journal *journal;
    char why[JOURNAL_WHY];

    assert_int_equal(journal_create_with(system, folder, 1795347900000, &journal, why),
                     JOURNAL_GOOD);
    return journal;
}

static int
mode_of(const char *path)
{
    struct stat status;

    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 07777;
}

/* How often `needle` stands in the file. */
static int
occurrences(const char *path, const char *needle)
{
    size_t length;
    char *bytes = folder_read(path, &length);
    int count = 0;

    for (char *at = bytes; (at = strstr(at, needle)) != NULL; at++)
        count++;
    free(bytes);
    return count;
}

static void
assert_file(const char *path, const char *expected)
{
    size_t length;
    char *bytes = folder_read(path, &length);

    assert_string_equal(bytes, expected);
    free(bytes);
}

/* ---- what is written ---- */

static void
what_is_appended_is_read_back(void **state)
{
    struct sample sample;
    struct journal *journal = create(&journal_system_real, *state);
    char *path = strdup(journal_path(journal));

    sample_make(&sample);
    append_all(journal, &sample, 0);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_int_equal(journal_synced(journal), sample.count);
    assert_int_equal(journal_unsaved(journal), 0);
    assert_false(is_in_trouble(journal));
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    assert_holds(path, &sample, sample.count);
    sample_free(&sample);
    free(path);
}

static void
a_line_ends_in_its_checksum(void **state)
{
    struct sample sample;
    char *path, *bytes, *newline;
    size_t length;

    sample_open(&sample);
    path = write_sample(*state, &sample);
    bytes = folder_read(path, &length);
    newline = strchr(bytes, '\n');
    assert_ptr_equal(newline, bytes + length - 1);
    assert_int_equal(strncmp(bytes, "{\"seq\":1,\"at\":\"2026-11-22T12:40:00.000+01:00\"", 45), 0);
    assert_int_equal(strncmp(newline - 18, ",\"crc\":\"", 8), 0);
    assert_int_equal(strspn(newline - 10, "0123456789abcdef"), 8);
    free(bytes);
    free(path);
    sample_free(&sample);
}

/* F22 */
static void
the_file_is_named_by_utc_time_and_private(void **state)
{
    char *folder = folder_path(*state, "new/records");
    mode_t before = umask(0);
    struct journal *journal = create(&journal_system_real, folder);
    const char *name = strrchr(journal_path(journal), '/') + 1;

    umask(before);
    assert_int_equal(strncmp(name, "20261122T114500Z-", 17), 0);
    assert_int_equal(strspn(name + 17, "0123456789abcdef"), 4);
    assert_string_equal(name + 21, ".jsonl");
    assert_int_equal(mode_of(journal_path(journal)), 0600);
    assert_int_equal(mode_of(folder), 0700);
    journal_close(journal, BOUND_MS, NULL, NULL);
    free(folder);
}

static void
an_existing_folder_keeps_its_mode(void **state)
{
    char *folder = folder_path(*state, "shared");

    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(chmod(folder, 02775), 0);
    journal_close(create(&journal_system_real, folder), BOUND_MS, NULL, NULL);
    assert_int_equal(mode_of(folder), 02775);
    free(folder);
}

static void
a_folder_that_cannot_be_written_is_named(void **state)
{
    struct journal *journal;
    char why[JOURNAL_WHY];
    char *file = folder_path(*state, "file");

    folder_write(file, "", 0);
    assert_int_equal(journal_create("/proc/self", 0, &journal, why), JOURNAL_FAILED);
    assert_null(journal);
    assert_int_equal(strncmp(why, "/proc/self: a record cannot be created there: ", 46), 0);
    assert_int_equal(journal_create(file, 0, &journal, why), JOURNAL_FAILED);
    assert_non_null(strstr(why, "/file: the records folder cannot be made: Not a directory"));
    free(file);
}

/* The number of a signal as /proc has it. */
static unsigned long long
bit_of(int number)
{
    return 1ULL << (number - 1);
}

/* Signals are the main thread's: SIGTERM must not end up where nobody waits for it. One that a crash
 * brings must end up where it puts the terminal back. */
static void
the_writer_blocks_every_signal_but_those_of_a_crash(void **state)
{
    const unsigned long long blocked = bit_of(SIGHUP) | bit_of(SIGINT) | bit_of(SIGQUIT) |
                                       bit_of(SIGTERM) | bit_of(SIGALRM) | bit_of(SIGCHLD);
    const unsigned long long heard = bit_of(SIGSEGV) | bit_of(SIGBUS) | bit_of(SIGILL) |
                                     bit_of(SIGFPE) | bit_of(SIGTRAP) | bit_of(SIGSYS);
    struct journal *journal = create(&journal_system_real, *state);
    struct sample sample;
    DIR *tasks;
    int blocking = 0;

    sample_open(&sample);
    append_all(journal, &sample, 0);
    assert_true(
        journal_flush(journal, BOUND_MS)); /* a thread that has not begun blocks them, too */
    tasks = opendir("/proc/self/task");
    for (struct dirent *task; (task = readdir(tasks)) != NULL;) {
        char path[300], line[256];
        FILE *status;

        if (task->d_name[0] == '.' || strtol(task->d_name, NULL, 10) == getpid())
            continue;
        snprintf(path, sizeof path, "/proc/self/task/%s/status", task->d_name);
        status = fopen(path, "r");
        while (status != NULL && fgets(line, sizeof line, status) != NULL) {
            if (strncmp(line, "SigBlk:", 7) == 0)
                blocking += (strtoull(line + 7, NULL, 16) & (blocked | heard)) == blocked;
        }
        if (status != NULL)
            fclose(status);
    }
    closedir(tasks);
    assert_true(blocking >= 1);
    journal_close(journal, BOUND_MS, NULL, NULL);
    sample_free(&sample);
}

/* ---- locks ---- */

/* F7 */
static void
a_second_session_is_refused_with_the_pid_of_the_first(void **state)
{
    struct sample sample;
    struct journal *journal = create(&journal_system_real, *state);
    struct journal *second;
    struct journal_content content;
    char why[JOURNAL_WHY];
    char *path = strdup(journal_path(journal));
    int pid;

    sample_make(&sample);
    append_all(journal, &sample, 0);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_int_equal(journal_resume(path, &second, &content, &pid, why), JOURNAL_LOCKED);
    assert_null(second);
    assert_int_equal(pid, 4712); /* of the process that resumed it last */
    assert_int_equal(journal_create(*state, 0, &second, why), JOURNAL_LOCKED);
    assert_null(second);
    assert_true(journal_is_live(path, &pid));
    assert_int_equal(pid, 4712);
    journal_close(journal, BOUND_MS, NULL, NULL);
    assert_false(journal_is_live(path, &pid));
    assert_int_equal(journal_resume(path, &second, &content, &pid, why), JOURNAL_GOOD);
    journal_close(second, BOUND_MS, NULL, NULL);
    journal_content_free(&content);
    sample_free(&sample);
    free(path);
}

/* ---- a disk that is full, fails or waits ---- */

/* F4 */
static void
after_a_full_disk_everything_is_saved_in_order(void **state)
{
    struct sample sample;
    struct journal *journal = create(&faulty_system, *state);
    char *path = strdup(journal_path(journal));
    char why[JOURNAL_WHY];

    sample_make(&sample);
    journal_append(journal, &sample.events[0]);
    assert_true(journal_flush(journal, BOUND_MS));
    fault_set((struct fault){CALL_WRITE, 1, FOR_EVER, ENOSPC, 0, false});
    journal_append(journal, &sample.events[1]);
    journal_append(journal, &sample.events[2]);
    await(journal, is_in_trouble);
    assert_string_equal(journal_trouble(journal, why), "No space left on device");
    assert_int_equal(journal_unsaved(journal), 2);
    assert_int_equal(journal_synced(journal), 1);
    assert_holds(path, &sample, 1);
    fault_set((struct fault){.call = CALL_NONE});
    append_all(journal, &sample, 3);
    await(journal, is_saved);
    assert_false(is_in_trouble(journal));
    assert_holds(path, &sample, sample.count);
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    sample_free(&sample);
    free(path);
}

static void
a_failed_write_is_tried_again_without_being_asked(void **state)
{
    struct sample sample;
    struct journal *journal = create(&faulty_system, *state);

    sample_open(&sample);
    fault_set((struct fault){CALL_WRITE, 1, 1, EIO, 0, false});
    append_all(journal, &sample, 0);
    await(journal, is_saved);
    assert_int_equal(fault_hits(), 1);
    journal_close(journal, BOUND_MS, NULL, NULL);
    sample_free(&sample);
}

/* F6 */
static void
a_short_write_goes_on_where_it_stopped(void **state)
{
    struct sample sample;
    struct journal *journal = create(&faulty_system, *state);
    char *path = strdup(journal_path(journal));

    sample_make(&sample);
    fault_set((struct fault){CALL_WRITE, 1, 1, ENOSPC, 7, false});
    append_all(journal, &sample, 0);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_int_equal(fault_hits(), 1);
    assert_holds(path, &sample, sample.count);
    journal_close(journal, BOUND_MS, NULL, NULL);
    sample_free(&sample);
    free(path);
}

/* Whether it can be cut off at once or only later: the next line is never glued to it. */
static void
half_a_line_is_cut_off(void **state)
{
    for (int late = 0; late < 2; late++) {
        struct sample sample;
        struct journal *journal = create(&faulty_system, *state);
        char *path = strdup(journal_path(journal));

        sample_make(&sample);
        journal_append(journal, &sample.events[0]);
        assert_true(journal_flush(journal, BOUND_MS));
        fault_set((struct fault){CALL_WRITE, 1, FOR_EVER, ENOSPC, 7, late == 1});
        journal_append(journal, &sample.events[1]);
        await(journal, is_in_trouble);
        assert_int_equal(occurrences(path, "{\"seq\""), 1 + late);
        fault_set((struct fault){.call = CALL_NONE});
        append_all(journal, &sample, 2);
        assert_true(journal_flush(journal, BOUND_MS));
        assert_holds(path, &sample, sample.count);
        journal_close(journal, BOUND_MS, NULL, NULL);
        sample_free(&sample);
        free(path);
    }
}

static void
what_is_still_unsaved_at_the_end_is_handed_out(void **state)
{
    struct sample sample;
    struct journal *journal = create(&faulty_system, *state);
    struct gathered *handed = calloc(1, sizeof *handed);
    const char *third;

    sample_make(&sample);
    fault_set((struct fault){CALL_WRITE, 2, FOR_EVER, EDQUOT, 0, false});
    for (int i = 0; i < 3; i++)
        journal_append(journal, &sample.events[i]);
    await(journal, is_in_trouble);
    assert_int_equal(journal_close(journal, 0, gather, handed), 2);
    third = strstr(handed->text, "\n{\"seq\":3,");
    assert_int_equal(strncmp(handed->text, "{\"seq\":2,", 9), 0);
    assert_non_null(third);
    assert_string_equal(strchr(third + 1, '\n'), "\n");
    assert_null(strstr(handed->text, "{\"seq\":1,"));
    fault_set((struct fault){.call = CALL_NONE});
    sample_free(&sample);
    free(handed);
}

/* F5 */
static void
after_a_failed_sync_the_line_is_written_again(void **state)
{
    struct sample sample;
    struct journal *journal = create(&faulty_system, *state);
    char *path = strdup(journal_path(journal));

    sample_make(&sample);
    journal_append(journal, &sample.events[0]);
    assert_true(journal_flush(journal, BOUND_MS));
    fault_set((struct fault){CALL_FDATASYNC, 1, 1, EIO, 0, false});
    journal_append(journal, &sample.events[1]);
    await(journal, is_in_trouble);
    assert_int_equal(journal_synced(journal), 1);
    append_all(journal, &sample, 2);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_int_equal(occurrences(path, "{\"seq\":2,"), 2);
    assert_holds(path, &sample, sample.count);
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    sample_free(&sample);
    free(path);
}

/* After a power cut a file that no folder names is lost. */
static void
a_new_file_is_saved_only_with_its_folder(void **state)
{
    struct sample sample;
    struct journal *journal = create(&faulty_system, *state);

    sample_open(&sample);
    fault_set((struct fault){CALL_FSYNC, 1, 1, EIO, 0, false});
    append_all(journal, &sample, 0);
    await(journal, is_in_trouble);
    assert_int_equal(journal_synced(journal), 0);
    await(journal, is_saved);
    assert_int_equal(fault_hits(), 1);
    journal_close(journal, BOUND_MS, NULL, NULL);
    sample_free(&sample);
}

static int
count_lines(const char *path)
{
    return occurrences(path, "\n");
}

/* A disk that never syncs must not be filled with copies. */
static void
failing_syncs_leave_one_copy(void **state)
{
    struct sample sample;
    struct journal *journal = create(&faulty_system, *state);
    char *path = strdup(journal_path(journal));

    sample_make(&sample);
    fault_set((struct fault){CALL_FDATASYNC, 1, FOR_EVER, EIO, 0, false});
    for (int i = 0; i < 12; i++) {
        int before = fault_hits();

        journal_append(journal, &sample.events[i]);
        while (fault_hits() == before)
            assert_false(journal_flush(journal, 10));
    }
    assert_true(count_lines(path) <= 12 + 12);
    assert_int_equal(journal_unsaved(journal), 12);
    fault_set((struct fault){.call = CALL_NONE});
    append_all(journal, &sample, 12);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_holds(path, &sample, sample.count);
    journal_close(journal, BOUND_MS, NULL, NULL);
    sample_free(&sample);
    free(path);
}

static void
a_slow_disk_holds_up_nobody(void **state)
{
    struct sample sample;
    struct journal *journal = create(&gated_system, *state);
    char *path = strdup(journal_path(journal));

    sample_make(&sample);
    gate_shut();
    append_all(journal, &sample, 0); /* would never return */
    gate_await();
    assert_int_equal(journal_synced(journal), 0);
    assert_int_equal(journal_unsaved(journal), sample.count);
    assert_false(journal_flush(journal, 1));
    gate_open();
    assert_true(journal_flush(journal, BOUND_MS));
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    assert_holds(path, &sample, sample.count);
    sample_free(&sample);
    free(path);
}

static int
count_threads(void)
{
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;

    for (struct dirent *task; (task = readdir(tasks)) != NULL;)
        count += task->d_name[0] != '.';
    closedir(tasks);
    return count;
}

/* F24 */
static void
a_hung_disk_cannot_keep_the_program_from_ending(void **state)
{
    struct sample sample;
    int threads = count_threads();
    struct journal *journal = create(&gated_system, *state);
    struct gathered *handed = calloc(1, sizeof *handed);

    sample_make(&sample);
    gate_shut();
    append_all(journal, &sample, 0);
    gate_await();
    assert_int_equal(journal_close(journal, 10, gather, handed), sample.count);
    assert_non_null(strstr(handed->text, "\"session_closed\""));
    gate_open();
    while (count_threads() > threads)
        usleep(1000);
    sample_free(&sample);
    free(handed);
}

/* ---- somebody else's hands ---- */

/* F23 */
static void
a_deleted_file_is_written_again_with_everything(void **state)
{
    struct sample sample;
    char *folder = folder_path(*state, "records");
    struct journal *journal = create(&journal_system_real, folder);
    char *path = strdup(journal_path(journal));
    int pid;

    sample_make(&sample);
    for (int i = 0; i < 5; i++)
        journal_append(journal, &sample.events[i]);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(folder), 0);
    append_all(journal, &sample, 5);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_holds(path, &sample, sample.count);
    assert_true(journal_is_live(path, &pid));
    journal_close(journal, BOUND_MS, NULL, NULL);
    sample_free(&sample);
    free(folder);
    free(path);
}

static void
a_resumed_file_that_is_deleted_too(void **state)
{
    struct sample sample;
    struct journal *journal;
    struct journal_content content;
    char why[JOURNAL_WHY];
    char *path;
    int all, pid;

    sample_make(&sample);
    all = sample.count;
    sample.count = 5;
    path = write_sample(*state, &sample);
    sample.count = all;
    assert_int_equal(journal_resume(path, &journal, &content, &pid, why), JOURNAL_GOOD);
    assert_int_equal(journal_synced(journal), 5);
    assert_int_equal(unlink(path), 0);
    append_all(journal, &sample, 5);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_holds(path, &sample, sample.count);
    journal_close(journal, BOUND_MS, NULL, NULL);
    journal_content_free(&content);
    sample_free(&sample);
    free(path);
}

static char told[JOURNAL_WHY];

static bool
was_moved(struct journal *journal)
{
    return journal_moved(journal, told);
}

static bool
is_watched(struct journal *journal)
{
    return journal_watched_ms(journal_path(journal)) > 1000000;
}

/* F23: it is looked for, also when nothing is to be written. */
static void
that_it_was_deleted_is_noticed_and_told(void **state)
{
    struct sample sample;
    struct journal *journal;
    char *path, *aside = folder_path(*state, "aside");

    journal = create(&journal_system_real, *state);
    path = strdup(journal_path(journal));
    sample_make(&sample);
    append_all(journal, &sample, 0);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_false(was_moved(journal));
    assert_int_equal(unlink(path), 0);
    journal_look(journal);
    await(journal, was_moved);
    assert_string_equal(told, "Somebody removed the record: it was written again, whole.");
    assert_string_equal(journal_path(journal), path);
    assert_holds(path, &sample, sample.count);
    assert_false(was_moved(journal));
    assert_int_equal(rename(path, aside), 0); /* moved away is gone, too */
    journal_look(journal);
    await(journal, was_moved);
    assert_holds(path, &sample, sample.count);
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    sample_free(&sample);
    free(path);
    free(aside);
}

/* Resuming reads from it how long nobody watched. */
static void
looking_stamps_the_record(void **state)
{
    const struct timespec long_ago[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    struct sample sample;
    struct journal *journal = create(&journal_system_real, *state);

    sample_make(&sample);
    append_all(journal, &sample, 0);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_int_equal(utimensat(AT_FDCWD, journal_path(journal), long_ago, 0), 0);
    assert_int_equal(journal_watched_ms(journal_path(journal)), 1000000);
    journal_look(journal);
    /* That is nothing to wake anybody for. */
    for (int i = 0; i < BOUND_MS && !is_watched(journal); i++)
        poll(NULL, 0, 1);
    assert_true(is_watched(journal));
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    sample_free(&sample);
}

/* What somebody else wrote is left alone, and everything is in a new file, with a later name. */
static void
meddle(const char *folder, void (*how)(const char *path), bool by_looking)
{
    struct sample sample;
    struct journal *journal = create(&journal_system_real, folder);
    char *path, *before;
    size_t length;
    int pid;

    path = strdup(journal_path(journal));
    sample_make(&sample);
    for (int i = 0; i < 5; i++)
        journal_append(journal, &sample.events[i]);
    assert_true(journal_flush(journal, BOUND_MS));
    how(path);
    before = folder_read(path, &length);
    if (by_looking)
        journal_look(journal);
    else
        journal_append(journal, &sample.events[5]);
    await(journal, was_moved);
    append_all(journal, &sample, by_looking ? 5 : 6);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_non_null(strstr(told, "Another program has changed the record: all of it is in 2"));
    assert_true(strcmp(journal_path(journal), path) > 0);
    assert_holds(journal_path(journal), &sample, sample.count);
    assert_true(journal_is_live(journal_path(journal), &pid));
    assert_file(path, before);
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    sample_free(&sample);
    free(before);
    free(path);
}

static void
grow(const char *path)
{
    FILE *file = fopen(path, "a");

    fputs("an editor was here", file);
    fclose(file);
}

static void
shorten(const char *path)
{
    assert_int_equal(truncate(path, 100), 0);
}

static void
replace(const char *path)
{
    char *other;

    assert_true(asprintf(&other, "%s~", path) > 0);
    folder_write(other, "saved by an editor\n", 19);
    assert_int_equal(rename(other, path), 0);
    free(other);
}

static void
a_file_that_somebody_changed_is_written_anew_elsewhere(void **state)
{
    meddle(*state, grow, false);
    meddle(*state, shorten, false);
    meddle(*state, replace, false);
    meddle(*state, replace, true);
}

/* A fact is not acknowledged when somebody wrote between it and the one before. */
static const char *meddled;

static int
meddling_fdatasync(int fd)
{
    if (meddled != NULL)
        grow(meddled);
    meddled = NULL;
    return fdatasync(fd);
}

static void
what_somebody_wrote_at_the_same_moment_is_seen_before_it_counts(void **state)
{
    const struct journal_system meddling = {faulty_system.open, write, meddling_fdatasync, fsync,
                                            ftruncate};
    struct sample sample;
    struct journal *journal = create(&meddling, *state);
    char *path = strdup(journal_path(journal));
    int all;

    sample_make(&sample);
    journal_append(journal, &sample.events[0]);
    assert_true(journal_flush(journal, BOUND_MS));
    meddled = path;
    journal_append(journal, &sample.events[1]);
    await(journal, is_in_trouble);
    assert_int_equal(journal_synced(journal), 1);
    await(journal, was_moved);
    assert_true(journal_flush(journal, BOUND_MS));
    all = sample.count;
    sample.count = 2;
    assert_holds(journal_path(journal), &sample, 2);
    sample.count = all;
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    sample_free(&sample);
    free(path);
}

/* While it can be written nowhere, nothing that was saved counts as saved any more. */
static void
a_deleted_file_that_cannot_be_written_again_is_not_saved(void **state)
{
    struct sample sample;
    struct journal *journal = create(&faulty_system, *state);
    char *path = strdup(journal_path(journal));
    char why[JOURNAL_WHY];

    sample_make(&sample);
    for (int i = 0; i < 5; i++)
        journal_append(journal, &sample.events[i]);
    assert_true(journal_flush(journal, BOUND_MS));
    fault_set((struct fault){CALL_OPEN, 1, FOR_EVER, ENOSPC, 0, false});
    assert_int_equal(unlink(path), 0);
    journal_append(journal, &sample.events[5]);
    await(journal, is_in_trouble);
    assert_string_equal(journal_trouble(journal, why), "No space left on device");
    assert_int_equal(journal_unsaved(journal), 6);
    fault_set((struct fault){.call = CALL_NONE});
    append_all(journal, &sample, 6);
    assert_true(journal_flush(journal, BOUND_MS));
    assert_holds(path, &sample, sample.count);
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    sample_free(&sample);
    free(path);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(what_is_appended_is_read_back),
        IN_A_FOLDER(a_line_ends_in_its_checksum),
        IN_A_FOLDER(the_file_is_named_by_utc_time_and_private),
        IN_A_FOLDER(an_existing_folder_keeps_its_mode),
        IN_A_FOLDER(a_folder_that_cannot_be_written_is_named),
        IN_A_FOLDER(the_writer_blocks_every_signal_but_those_of_a_crash),
        IN_A_FOLDER(a_second_session_is_refused_with_the_pid_of_the_first),
        IN_A_FOLDER(after_a_full_disk_everything_is_saved_in_order),
        IN_A_FOLDER(a_failed_write_is_tried_again_without_being_asked),
        IN_A_FOLDER(a_short_write_goes_on_where_it_stopped),
        IN_A_FOLDER(half_a_line_is_cut_off),
        IN_A_FOLDER(what_is_still_unsaved_at_the_end_is_handed_out),
        IN_A_FOLDER(after_a_failed_sync_the_line_is_written_again),
        IN_A_FOLDER(a_new_file_is_saved_only_with_its_folder),
        IN_A_FOLDER(failing_syncs_leave_one_copy),
        IN_A_FOLDER(a_slow_disk_holds_up_nobody),
        IN_A_FOLDER(a_hung_disk_cannot_keep_the_program_from_ending),
        IN_A_FOLDER(a_deleted_file_is_written_again_with_everything),
        IN_A_FOLDER(a_resumed_file_that_is_deleted_too),
        IN_A_FOLDER(that_it_was_deleted_is_noticed_and_told),
        IN_A_FOLDER(looking_stamps_the_record),
        IN_A_FOLDER(a_file_that_somebody_changed_is_written_anew_elsewhere),
        IN_A_FOLDER(what_somebody_wrote_at_the_same_moment_is_seen_before_it_counts),
        IN_A_FOLDER(a_deleted_file_that_cannot_be_written_again_is_not_saved),
    };

    return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
