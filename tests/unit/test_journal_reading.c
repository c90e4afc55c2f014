/* Reading a journal: torn ends, damage, repeats, strangers; and going on with one. */

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
#include "storage/journal_line.h"

struct recorded {
    struct sample sample;
    char *path, *bytes;
    size_t length;
};

/* Only its first facts, or all of them (0). */
static void
record_some(struct recorded *recorded, const char *folder, int count)
{
    char **title;

    sample_make(&recorded->sample);
    title = &recorded->sample.events[0].opening->settings.title;
    free(*title);
    *title = strdup("Dojo \u00e0 Paris"); /* to be cut inside a character, too */
    while (count > 0 && recorded->sample.count > count)
        event_clear(&recorded->sample.events[--recorded->sample.count]);
    recorded->path = write_sample(folder, &recorded->sample);
    recorded->bytes = folder_read(recorded->path, &recorded->length);
}

static void
record(struct recorded *recorded, const char *folder)
{
    record_some(recorded, folder, 0);
}

static void
forget(struct recorded *recorded)
{
    sample_free(&recorded->sample);
    free(recorded->path);
    free(recorded->bytes);
}

/* Newlines before `end`: whole lines. */
static int
lines_before(const char *bytes, size_t end)
{
    int lines = 0;

    for (size_t i = 0; i < end; i++)
        lines += bytes[i] == '\n';
    return lines;
}

/* The beginning of line `number`, 1 .. */
static char *
line_at(char *bytes, int number)
{
    while (--number > 0)
        bytes = strchr(bytes, '\n') + 1;
    return bytes;
}

static enum journal_status
read_status(const char *path, int *count, char why[static JOURNAL_WHY])
{
    struct journal_content content;
    enum journal_status status = journal_read(path, &content, why);

    *count = content.count;
    journal_content_free(&content);
    return status;
}

/* Writes `text` and expects it to be read with this status, this many facts, and `why`. */
static void
expect(const char *path, const char *text, size_t length, enum journal_status status, int count,
       const char *why)
{
    char said[JOURNAL_WHY];
    int found;

    folder_write(path, text, length);
    assert_int_equal(read_status(path, &found, said), status);
    assert_int_equal(found, count);
    assert_int_equal(strncmp(said, path, strlen(path)), 0);
    assert_string_equal(said + strlen(path), why);
}

/* ---- torn ---- */

/* F1 */
static void
a_file_cut_at_any_byte_is_read_and_gone_on_with(void **state)
{
    struct recorded recorded;
    struct journal_content content;
    char why[JOURNAL_WHY];
    char *torn;

    record_some(&recorded, *state, 9);
    assert_true(asprintf(&torn, "%s.torn", recorded.path) > 0);
    for (size_t end = 0; end < recorded.length; end++) {
        int whole = lines_before(recorded.bytes, end);
        size_t tail = end - (size_t)(line_at(recorded.bytes, whole + 1) - recorded.bytes);
        struct journal *journal;
        int pid;

        folder_write(recorded.path, recorded.bytes, end);
        if (whole == 0) {
            assert_int_equal(journal_read(recorded.path, &content, why), JOURNAL_EMPTY);
            journal_content_free(&content);
            continue;
        }
        assert_int_equal(
            journal_resume_with(&hasty_system, recorded.path, &journal, &content, &pid, why),
            JOURNAL_GOOD);
        assert_int_equal(content.count, whole);
        assert_int_equal(content.torn_bytes, tail);
        journal_content_free(&content);
        append_all(journal, &recorded.sample, whole);
        assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
        assert_holds(recorded.path, &recorded.sample, recorded.sample.count);
        if (tail > 0) {
            size_t kept;
            char *bytes = folder_read(torn, &kept);

            assert_int_equal(kept, tail);
            assert_memory_equal(bytes, recorded.bytes + end - tail, tail);
            assert_int_equal(unlink(torn), 0);
            free(bytes);
        }
    }
    assert_int_not_equal(access(torn, F_OK), 0);
    free(torn);
    forget(&recorded);
}

/* F2 */
static void
nuls_at_the_end_are_torn_and_in_the_middle_damage(void **state)
{
    struct recorded recorded;
    struct journal_content content;
    char why[JOURNAL_WHY];
    char *longer, *line;
    int found;

    record(&recorded, *state);
    longer = calloc(1, recorded.length + 5000);
    memcpy(longer, recorded.bytes, recorded.length);
    folder_write(recorded.path, longer, recorded.length + 5000);
    assert_int_equal(journal_read(recorded.path, &content, why), JOURNAL_GOOD);
    assert_int_equal(content.count, recorded.sample.count);
    assert_int_equal(content.torn_bytes, 5000);
    journal_content_free(&content);
    line = line_at(longer, 5);
    memset(line, 0, 4);
    folder_write(recorded.path, longer, recorded.length);
    assert_int_equal(read_status(recorded.path, &found, why), JOURNAL_DAMAGED);
    assert_int_equal(found, 4);
    assert_non_null(strstr(why, ".jsonl:5: "));
    free(longer);
    forget(&recorded);
}

/* A second tear is kept beside the first. */
static void
torn_ends_gather(void **state)
{
    struct recorded recorded;
    struct journal *journal;
    struct journal_content content;
    char why[JOURNAL_WHY];
    struct stat status;
    char *torn;
    size_t length;
    int pid;

    record(&recorded, *state);
    assert_true(asprintf(&torn, "%s.torn", recorded.path) > 0);
    for (int i = 0; i < 2; i++) {
        FILE *file = fopen(recorded.path, "a");

        fputs("{\"seq\":", file);
        fclose(file);
        assert_int_equal(journal_resume(recorded.path, &journal, &content, &pid, why),
                         JOURNAL_GOOD);
        journal_content_free(&content);
        journal_close(journal, BOUND_MS, NULL, NULL);
    }
    free(folder_read(torn, &length));
    assert_int_equal(length, 14);
    assert_int_equal(stat(torn, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    free(torn);
    forget(&recorded);
}

/* Repairing needs no room: nobody was told that the torn bytes are safe. What an earlier repair
 * kept stays. */
static void
a_torn_end_is_cut_off_on_a_full_disk_too(void **state)
{
    struct recorded recorded;
    struct journal *journal;
    struct journal_content content;
    char why[JOURNAL_WHY];
    char *torn, *kept;
    size_t length;
    FILE *file;
    int pid;

    record(&recorded, *state);
    assert_true(asprintf(&torn, "%s.torn", recorded.path) > 0);
    folder_write(torn, "earlier", 7);
    file = fopen(recorded.path, "a");
    fputs("{\"seq\":", file);
    fclose(file);
    fault_set((struct fault){CALL_WRITE, 1, 2, ENOSPC, 3, false});
    assert_int_equal(
        journal_resume_with(&faulty_system, recorded.path, &journal, &content, &pid, why),
        JOURNAL_GOOD);
    fault_set((struct fault){.call = CALL_NONE});
    assert_non_null(strstr(why, ".torn: the torn end could not be kept: No space left on device"));
    journal_content_free(&content);
    journal_close(journal, BOUND_MS, NULL, NULL);
    assert_holds(recorded.path, &recorded.sample, recorded.sample.count);
    kept = folder_read(torn, &length);
    assert_string_equal(kept, "earlier");
    free(kept);
    free(torn);
    forget(&recorded);
}

/* ---- damaged ---- */

/* After any single changed byte nothing is believed from that line on. */
static void
expect_seen(const struct recorded *recorded, const char *bytes, size_t at)
{
    bool is_last_newline = at == recorded->length - 1;
    char why[JOURNAL_WHY];
    int count;
    enum journal_status status;

    folder_write(recorded->path, bytes, recorded->length);
    status = read_status(recorded->path, &count, why);
    assert_int_equal(count, lines_before(recorded->bytes, at));
    if (is_last_newline)
        assert_int_equal(status, JOURNAL_GOOD); /* with torn bytes */
    else
        assert_true(status == JOURNAL_DAMAGED || (count == 0 && status == JOURNAL_FOREIGN));
}

/* F2 */
static void
every_changed_byte_is_seen(void **state)
{
    static const char others[] = {'\0', '\n', ' ', '"'};
    struct recorded recorded;
    char *bytes;

    record_some(&recorded, *state, 9);
    bytes = malloc(recorded.length);
    memcpy(bytes, recorded.bytes, recorded.length);
    for (size_t at = 0; at < recorded.length; at++) {
        bytes[at] = (char)(recorded.bytes[at] ^ 1 << at % 8);
        expect_seen(&recorded, bytes, at);
        bytes[at] = others[at % sizeof others];
        if (bytes[at] != recorded.bytes[at])
            expect_seen(&recorded, bytes, at);
        bytes[at] = recorded.bytes[at];
    }
    free(bytes);
    forget(&recorded);
}

static void
damage_is_named_by_line_and_nothing_is_changed(void **state)
{
    struct recorded recorded;
    struct journal *journal;
    struct journal_content content;
    char why[JOURNAL_WHY], place[40];
    char *found;
    size_t length;
    int pid;

    record(&recorded, *state);
    recorded.bytes[recorded.length - 5] ^= 1; /* the last line, well ended */
    folder_write(recorded.path, recorded.bytes, recorded.length);
    assert_int_equal(journal_resume(recorded.path, &journal, &content, &pid, why), JOURNAL_DAMAGED);
    assert_null(journal);
    assert_int_equal(content.count, recorded.sample.count - 1);
    snprintf(place, sizeof place, ".jsonl:%d: the checksum does not match", recorded.sample.count);
    assert_non_null(strstr(why, place));
    found = folder_read(recorded.path, &length);
    assert_int_equal(length, recorded.length);
    assert_memory_equal(found, recorded.bytes, length);
    journal_content_free(&content);
    free(found);
    forget(&recorded);
}

static void
a_line_that_is_missing_moved_or_changed_in_a_repeat_is_damage(void **state)
{
    struct recorded recorded;
    char *text, *third, *fourth, *fifth;
    size_t length = 0;

    record(&recorded, *state);
    text = calloc(1, 2 * recorded.length);
    third = line_at(recorded.bytes, 3);
    fourth = line_at(recorded.bytes, 4);
    fifth = line_at(recorded.bytes, 5);
    /* without the third */
    length = (size_t)(third - recorded.bytes);
    memcpy(text, recorded.bytes, length);
    memcpy(text + length, fourth, strlen(fourth));
    expect(recorded.path, text, length + strlen(fourth), JOURNAL_DAMAGED, 2,
           ":3: the checksum does not match");
    /* the fourth before the third */
    memcpy(text + length, fourth, (size_t)(fifth - fourth));
    length += (size_t)(fifth - fourth);
    memcpy(text + length, third, (size_t)(fourth - third));
    length += (size_t)(fourth - third);
    expect(recorded.path, text, length, JOURNAL_DAMAGED, 2, ":3: the checksum does not match");
    /* the third again, but not as it was */
    length = (size_t)(fourth - recorded.bytes);
    memcpy(text, recorded.bytes, length);
    memcpy(text + length, third, (size_t)(fourth - third));
    text[length + 20] ^= 1;
    length += (size_t)(fourth - third);
    expect(recorded.path, text, length, JOURNAL_DAMAGED, 3, ":4: the checksum does not match");
    free(text);
    forget(&recorded);
}

static void
lines_written_again_after_a_failed_sync_are_read_once(void **state)
{
    struct recorded recorded;
    char *text, *third, *sixth;
    size_t whole, again;

    record(&recorded, *state);
    text = calloc(1, 2 * recorded.length);
    third = line_at(recorded.bytes, 3);
    sixth = line_at(recorded.bytes, 6);
    whole = (size_t)(sixth - recorded.bytes);
    again = (size_t)(sixth - third);
    memcpy(text, recorded.bytes, whole);
    memcpy(text + whole, third, again);
    memcpy(text + whole + again, sixth, strlen(sixth));
    folder_write(recorded.path, text, whole + again + strlen(sixth));
    assert_holds(recorded.path, &recorded.sample, recorded.sample.count);
    free(text);
    forget(&recorded);
}

/* Adds `json`, sealed as the next line. */
static void
add_sealed(struct gathered *lines, uint32_t *crc, const char *json)
{
    char *line = journal_line_seal(json, crc);

    gather(lines, line);
    free(line);
}

/* The opening of the sample alone; returns its checksum. */
static uint32_t
take_opening(struct gathered *lines, const struct sample *sample)
{
    char *json = event_text(&sample->events[0]);
    uint32_t crc = 0;

    lines->used = 0;
    add_sealed(lines, &crc, json);
    free(json);
    return crc;
}

static void
what_a_checksum_cannot_see(void **state)
{
    struct recorded recorded;
    struct gathered *lines = calloc(1, sizeof *lines);
    uint32_t crc;

    record(&recorded, *state);
    crc = take_opening(lines, &recorded.sample);
    add_sealed(lines, &crc,
               "{\"seq\":3,\"at\":\"2026-11-22T12:41:00.000+01:00\",\"t\":60000,"
               "\"event\":\"paused\",\"by\":\"key\"}");
    expect(recorded.path, lines->text, lines->used, JOURNAL_DAMAGED, 1, ":2: fact 2 is missing");
    crc = take_opening(lines, &recorded.sample);
    add_sealed(lines, &crc,
               "{\"seq\":2,\"at\":\"2026-11-22T12:41:00.000+01:00\",\"t\":60000,"
               "\"event\":\"paused\",\"by\":\"key\"}");
    add_sealed(lines, &crc,
               "{\"seq\":3,\"at\":\"2026-11-22T12:41:00.000+01:00\",\"t\":59999,"
               "\"event\":\"resumed\",\"by\":\"key\"}");
    expect(recorded.path, lines->text, lines->used, JOURNAL_DAMAGED, 2, ":3: time runs backwards");
    free(lines);
    forget(&recorded);
}

/* ---- strangers ---- */

static void
what_this_version_does_not_know_is_foreign(void **state)
{
    struct recorded recorded;
    struct gathered *lines = calloc(1, sizeof *lines);
    struct journal *journal;
    struct journal_content content;
    char why[JOURNAL_WHY];
    uint32_t crc;
    int pid;

    record(&recorded, *state);
    crc = take_opening(lines, &recorded.sample);
    add_sealed(lines, &crc,
               "{\"seq\":2,\"at\":\"2026-11-22T12:41:00.000+01:00\",\"t\":60000,"
               "\"event\":\"robot_took_over\",\"by\":\"key\"}");
    expect(recorded.path, lines->text, lines->used, JOURNAL_FOREIGN, 1,
           ":2: an event this version does not know");
    assert_int_equal(journal_resume(recorded.path, &journal, &content, &pid, why), JOURNAL_FOREIGN);
    assert_null(journal);
    journal_content_free(&content);
    free(lines);
    forget(&recorded);
}

static void
what_does_not_begin_with_an_opening_is_no_record(void **state)
{
    char *path = folder_path(*state, "20261122T114000Z-0000.jsonl");
    struct gathered *lines = calloc(1, sizeof *lines);
    uint32_t crc = 0;

    add_sealed(lines, &crc, "{\"seq\":1,\"event\":\"session_opened\",\"version\":2}");
    expect(path, lines->text, lines->used, JOURNAL_FOREIGN, 0,
           ":1: version 2 of the format, this program knows 1");
    lines->used = 0;
    crc = 0;
    add_sealed(lines, &crc,
               "{\"seq\":1,\"at\":\"2026-11-22T12:41:00.000+01:00\",\"t\":60000,"
               "\"event\":\"paused\",\"by\":\"key\"}");
    expect(path, lines->text, lines->used, JOURNAL_FOREIGN, 0,
           ":1: a record begins with an opened session");
    expect(path, "", 0, JOURNAL_EMPTY, 0, ": holds no session");
    expect(path, "dear diary\n", 11, JOURNAL_FOREIGN, 0, ":1: this is no record of a session");
    free(lines);
    free(path);
}

/* F25 */
static void
sizes_are_bounded(void **state)
{
    struct recorded recorded;
    char *text;
    size_t length;

    record(&recorded, *state);
    text = calloc(1, 1 << 20);
    length = (size_t)(line_at(recorded.bytes, 2) - recorded.bytes);
    memcpy(text, recorded.bytes, length);
    memset(text + length, 'x', EVENT_LINE_MOST);
    text[length + EVENT_LINE_MOST] = '\n';
    expect(recorded.path, text, length + EVENT_LINE_MOST + 1, JOURNAL_DAMAGED, 1,
           ":2: the line is longer than 64 KiB");
    memset(text, 'x', 1 << 20);
    text[(1 << 20) - 1] = '\n';
    expect(recorded.path, text, 1 << 20, JOURNAL_DAMAGED, 0, ":1: the line is longer than 512 KiB");
    free(text);
    forget(&recorded);
}

static void
a_huge_file_is_not_read(void **state)
{
    char *path = folder_path(*state, "huge.jsonl");
    char why[JOURNAL_WHY];
    int count;

    folder_write(path, "", 0);
    assert_int_equal(truncate(path, (256 << 20) + 1), 0);
    assert_int_equal(read_status(path, &count, why), JOURNAL_FAILED);
    assert_non_null(strstr(why, "/huge.jsonl: cannot be read: it is larger than 256 MiB"));
    free(path);
}

/* A full house with long names makes a long first line. */
static void
the_largest_opening_can_be_read_back(void **state)
{
    struct sample sample;
    struct opening *opening;
    char *path;

    sample_open(&sample);
    opening = sample.events[0].opening;
    opening->people = realloc(opening->people, ROSTER_MOST * sizeof *opening->people);
    for (int i = 3; i < ROSTER_MOST; i++) {
        opening->people[i] = (struct opening_person){.id = i + 1, .name = malloc(NAME_MOST + 1)};
        memset(opening->people[i].name, '"', NAME_MOST);
        opening->people[i].name[NAME_MOST] = '\0';
    }
    opening->people_count = ROSTER_MOST;
    path = write_sample(*state, &sample);
    assert_holds(path, &sample, 1);
    free(path);
    sample_free(&sample);
}

static void
only_a_regular_file_of_ones_own_is_gone_on_with(void **state)
{
    struct recorded recorded;
    struct journal *journal;
    struct journal_content content;
    char why[JOURNAL_WHY];
    char *link = folder_path(*state, "link.jsonl");
    char *fifo = folder_path(*state, "fifo.jsonl");
    int pid;

    record(&recorded, *state);
    assert_int_equal(symlink(recorded.path, link), 0);
    assert_int_equal(journal_resume(link, &journal, &content, &pid, why), JOURNAL_FAILED);
    assert_non_null(strstr(why, "/link.jsonl: is a symbolic link"));
    assert_holds(link, &recorded.sample, recorded.sample.count); /* reading follows it */
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_int_equal(journal_resume(fifo, &journal, &content, &pid, why), JOURNAL_FAILED);
    assert_non_null(strstr(why, "/fifo.jsonl: is not a regular file"));
    assert_int_equal(journal_read(fifo, &content, why), JOURNAL_FAILED);
    assert_int_equal(journal_read(*state, &content, why), JOURNAL_FAILED);
    assert_int_equal(journal_read("/nowhere/at.jsonl", &content, why), JOURNAL_FAILED);
    assert_string_equal(why, "/nowhere/at.jsonl: cannot be read: No such file or directory");
    if (geteuid() == 0) {
        assert_int_equal(chown(recorded.path, 1, 1), 0);
        assert_int_equal(journal_resume(recorded.path, &journal, &content, &pid, why),
                         JOURNAL_FAILED);
        assert_non_null(strstr(why, ": belongs to another user"));
    }
    free(link);
    free(fifo);
    forget(&recorded);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(a_file_cut_at_any_byte_is_read_and_gone_on_with),
        IN_A_FOLDER(nuls_at_the_end_are_torn_and_in_the_middle_damage),
        IN_A_FOLDER(torn_ends_gather),
        IN_A_FOLDER(a_torn_end_is_cut_off_on_a_full_disk_too),
        IN_A_FOLDER(every_changed_byte_is_seen),
        IN_A_FOLDER(damage_is_named_by_line_and_nothing_is_changed),
        IN_A_FOLDER(a_line_that_is_missing_moved_or_changed_in_a_repeat_is_damage),
        IN_A_FOLDER(lines_written_again_after_a_failed_sync_are_read_once),
        IN_A_FOLDER(what_a_checksum_cannot_see),
        IN_A_FOLDER(what_this_version_does_not_know_is_foreign),
        IN_A_FOLDER(what_does_not_begin_with_an_opening_is_no_record),
        IN_A_FOLDER(sizes_are_bounded),
        IN_A_FOLDER(a_huge_file_is_not_read),
        IN_A_FOLDER(the_largest_opening_can_be_read_back),
        IN_A_FOLDER(only_a_regular_file_of_ones_own_is_gone_on_with),
    };

    return cmocka_run_group_tests_name("journal reading", tests, NULL, NULL);
}
