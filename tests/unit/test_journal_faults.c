/* Each call of the system fails in turn, once and for ever (the k-th-call loop of SQLite). */

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "journal_support.h"

enum { FOR_EVER = 1 << 30, FACTS = 8 };

static bool
is_settled(struct journal *journal)
{
    return is_saved(journal) || is_in_trouble(journal);
}

/* Appends a fact at a time, so that each has its own calls; whatever is said to be saved must be
 * in the file, and nothing may be lost once the disk works again. */
static void
append_through(struct journal *journal, const struct sample *sample, int from)
{
    char *path = strdup(journal_path(journal));

    for (int i = from; i < FACTS; i++) {
        struct journal_content content;
        char why[JOURNAL_WHY];
        int64_t synced;

        journal_append(journal, &sample->events[i]);
        await(journal, is_settled);
        synced = journal_synced(journal);
        journal_read(path, &content, why);
        assert_true(content.count >= synced);
        journal_content_free(&content);
    }
    fault_set((struct fault){.call = CALL_NONE});
    assert_true(journal_flush(journal, BOUND_MS));
    assert_false(is_in_trouble(journal));
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    assert_holds(path, sample, FACTS);
    free(path);
}

/* True when it could be created, and everything is in it at last. */
static bool
create_with_fault(const char *folder, const struct sample *sample, struct fault fault)
{
    struct journal *journal;
    char why[JOURNAL_WHY];
    enum journal_status status;

    fault_set(fault);
    status = journal_create_with(&faulty_system, folder, 1795347900000, &journal, why);
    if (status == JOURNAL_GOOD) {
        append_through(journal, sample, 0);
    } else {
        assert_null(journal);
        assert_non_null(strstr(why, strerror(fault.error)));
    }
    fault_set((struct fault){.call = CALL_NONE});
    return status == JOURNAL_GOOD;
}

/* A record with a torn end is gone on with, or refused and as good as before. */
static void
resume_with_fault(const char *path, const struct sample *sample, struct fault fault)
{
    struct journal *journal;
    struct journal_content content;
    char why[JOURNAL_WHY];
    int pid;
    FILE *file = fopen(path, "a");

    fputs("{\"seq\":5,\"torn", file);
    fclose(file);
    fault_set(fault);
    if (journal_resume_with(&faulty_system, path, &journal, &content, &pid, why) == JOURNAL_GOOD) {
        append_through(journal, sample, 4);
    } else {
        assert_true(strlen(why) > strlen(path));
        journal_content_free(&content);
        assert_int_equal(journal_read(path, &content, why), JOURNAL_GOOD);
        assert_int_equal(content.count, 4);
    }
    fault_set((struct fault){.call = CALL_NONE});
    journal_content_free(&content);
}

static void
fail_each_call(const char *folder, int times)
{
    struct sample sample;
    int all;

    sample_make(&sample);
    all = sample.count;
    for (int call = CALL_OPEN; call < CALLS; call++) {
        for (int first = 1; first <= 2 * FACTS; first++) {
            struct fault fault = {(enum call)call, first, times, EIO, 0, false};
            char *path;

            create_with_fault(folder, &sample, fault);
            fault.short_write = 9;
            fault.error = ENOSPC;
            create_with_fault(folder, &sample, fault);
            sample.count = 4;
            path = write_sample(folder, &sample);
            sample.count = all;
            resume_with_fault(path, &sample, fault);
            free(path);
        }
    }
    fault_set((struct fault){.call = CALL_NONE});
    sample_free(&sample);
}

static void
each_call_fails_once(void **state)
{
    fail_each_call(*state, 1);
}

static void
each_call_fails_for_ever(void **state)
{
    fail_each_call(*state, FOR_EVER);
}

/* F6 */
static void
interruptions_are_no_failures(void **state)
{
    struct sample sample;

    sample_make(&sample);
    for (int call = CALL_WRITE; call < CALLS; call++) {
        struct fault fault = {(enum call)call, 1, 20, EINTR, 0, false};
        struct journal *journal;
        char why[JOURNAL_WHY];

        fault_set(fault);
        assert_int_equal(journal_create_with(&faulty_system, *state, 1795347900000, &journal, why),
                         JOURNAL_GOOD);
        for (int i = 0; i < FACTS; i++)
            journal_append(journal, &sample.events[i]);
        await(journal, is_settled);
        assert_false(is_in_trouble(journal));
        assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    }
    fault_set((struct fault){.call = CALL_NONE});
    sample_free(&sample);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(each_call_fails_once),
        IN_A_FOLDER(each_call_fails_for_ever),
        IN_A_FOLDER(interruptions_are_no_failures),
    };

    return cmocka_run_group_tests_name("journal faults", tests, NULL, NULL);
}
