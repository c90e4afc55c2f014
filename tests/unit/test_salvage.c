/* F2: what can be saved of a damaged journal. */

#include <errno.h>
#include <setjmp.h>
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
#include "storage/salvage.h"

/* The byte `from_end` before the end of line `number` (1 ..) is another one. */
static void
damage(const char *path, int number, size_t from_end)
{
    size_t length;
    char *bytes = folder_read(path, &length), *line = bytes;

    for (int i = 1; i <= number; i++)
        line = strchr(i == 1 ? line : line + 1, '\n');
    line[-(ptrdiff_t)from_end] ^= 1;
    folder_write(path, bytes, length);
    free(bytes);
}

static void
gather_note(void *user, const struct event *event)
{
    if (event->kind == EVENT_NOTE_ADDED)
        gather(user, event->text);
}

static int
lines_behind(const char *path, int64_t from, struct gathered *notes)
{
    *notes = (struct gathered){0};
    return salvage_behind(path, from, gather_note, notes);
}

static void
the_good_part_is_a_journal_of_its_own(void **state)
{
    struct sample sample;
    struct journal_content content;
    struct stat status;
    char why[JOURNAL_WHY], *path, *new = folder_path(*state, "new.jsonl");
    int all;

    sample_make(&sample);
    all = sample.count;
    path = write_sample(*state, &sample);
    damage(path, 8, 20);
    assert_int_equal(journal_read(path, &content, why), JOURNAL_DAMAGED);
    assert_true(salvage_write(new, &content, why));
    sample.count = 7;
    assert_holds(new, &sample, 7);
    assert_int_equal(stat(new, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    assert_false(salvage_write(new, &content, why)); /* never over something */
    assert_non_null(strstr(why, strerror(EEXIST)));
    assert_holds(new, &sample, 7);
    journal_content_free(&content);
    sample.count = all;
    sample_free(&sample);
    free(path);
    free(new);
}

static void
what_cannot_be_written_leaves_nothing(void **state)
{
    struct sample sample;
    struct journal_content content;
    char why[JOURNAL_WHY], *path, *new = folder_path(*state, "no/new.jsonl");

    sample_make(&sample);
    path = write_sample(*state, &sample);
    journal_read(path, &content, why);
    assert_false(salvage_write(new, &content, why));
    assert_non_null(strstr(why, "new.jsonl: cannot be written: No such file"));
    journal_content_free(&content);
    sample_free(&sample);
    free(path);
    free(new);
}

/* A fact whose own line is whole can be read, although nothing may be built on it. */
static void
notes_behind_the_damage_can_be_read(void **state)
{
    struct sample sample;
    struct journal_content content;
    struct gathered *notes = calloc(1, sizeof *notes);
    char why[JOURNAL_WHY], *path;
    int number = 0;

    sample_make(&sample);
    path = write_sample(*state, &sample);
    while (sample.events[number++].kind != EVENT_NOTE_ADDED)
        ;
    damage(path, 3, 40);
    journal_read(path, &content, why);
    assert_int_equal(lines_behind(path, content.good_bytes, notes), sample.count - 2);
    assert_non_null(strstr(notes->text, sample.events[number - 1].text));
    journal_content_free(&content);
    damage(path, number, 40); /* the note itself: its own checksum says so */
    journal_read(path, &content, why);
    assert_int_equal(lines_behind(path, content.good_bytes, notes), sample.count - 2);
    assert_null(strstr(notes->text, sample.events[number - 1].text));
    journal_content_free(&content);
    assert_int_equal(lines_behind("/nowhere", 0, notes), 0);
    sample_free(&sample);
    free(notes);
    free(path);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(the_good_part_is_a_journal_of_its_own),
        IN_A_FOLDER(what_cannot_be_written_leaves_nothing),
        IN_A_FOLDER(notes_behind_the_damage_can_be_read),
    };

    return cmocka_run_group_tests_name("salvage", tests, NULL, NULL);
}
