/* The two lines that history reads by itself: what is not as we write it is left to event_parse(). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#include "storage/past_line.h"

#define HEAD "{\"seq\":2,\"at\":\"2026-11-22T12:45:00.004+01:00\",\"t\":5,\"event\":"

static const char closing_line[] =
    HEAD "\"session_closed\",\"by\":\"key\",\"turns\":2,\"interruptions\":3,\"actions\":4,"
         "\"coding\":5,\"debrief\":6,\"overrun\":7,\"date\":\"2026-12-24\","
         "\"people\":[{\"name\":\"Ada\",\"turns\":1,\"last\":9},"
         "{\"name\":\"L\xC3\xB6rrach\",\"turns\":1,\"observer\":true}],"
         "\"roles\":[{\"name\":\"Scribe\",\"holder\":\"Alan\"}],"
         "\"items\":[{\"note\":11,\"owner\":\"Kathleen\",\"text\":\"cable\"}],"
         "\"done\":[{\"note\":12,\"record\":\"r1\"}]}";

static const char opening_line[] =
    HEAD "\"session_opened\",\"by\":\"program\",\"stop\":8,\"version\":1,\"practice\":true,"
         "\"settings\":{\"session.title\":\"Lunch\",\"session.topic\":\"Bowling\","
         "\"session.stack\":\"C\",\"turn.length\":\"7m\",\"roles.role\":[\"Scribe\"]},"
         "\"people\":[]}";

struct change {
    const char *right, *other;
    bool is_good;
};

/* Just as many bytes as the line has, so that a sanitizer sees whoever reads on. */
static char *
copy_of(const char *text, size_t length)
{
    char *bytes = malloc(length > 0 ? length : 1);

    assert_non_null(bytes);
    memcpy(bytes, text, length);
    return bytes;
}

static bool
read_closing(struct past_file *file, const char *text, size_t length, char **bytes)
{
    *bytes = copy_of(text, length);
    return past_line_closing(file, *bytes, length);
}

static bool
read_opening(struct past_file *file, const char *text, size_t length, char **bytes)
{
    *bytes = copy_of(text, length);
    return past_line_opening(file, *bytes, length);
}

static void
expect(const char *text, bool (*read)(struct past_file *, const char *, size_t, char **),
       const struct change *changes)
{
    for (; changes->right != NULL; changes++) {
        const char *at = strstr(text, changes->right);
        char line[1000], *bytes;
        struct past_file file = {0};

        if (at == NULL)
            fail_msg("%s is not in %s", changes->right, text);
        snprintf(line, sizeof line, "%.*s%s%s", (int)(at - text), text, changes->other,
                 at + strlen(changes->right));
        if (read(&file, line, strlen(line), &bytes) != changes->is_good)
            fail_msg("%s: %s", changes->is_good ? "was not taken" : "was taken", line);
        past_file_free(&file);
        free(bytes);
    }
}

static void
a_closing_arrives(void **state)
{
    struct past_file file = {0};
    const struct closing *one = &file.closing;
    char *bytes;

    (void)state;
    assert_true(read_closing(&file, closing_line, strlen(closing_line), &bytes));
    assert_int_equal(one->turns + one->interruptions * 10 + one->actions * 100, 432);
    assert_int_equal(one->coding_ms + one->debrief_ms * 10 + one->overrun_ms * 100, 765);
    assert_string_equal(one->date, "2026-12-24");
    assert_int_equal(one->people_count, 2);
    assert_int_equal(one->people[0].last, 9);
    assert_false(one->people[0].observer);
    assert_string_equal(one->people[1].name, "L\xC3\xB6rrach");
    assert_true(one->people[1].observer);
    assert_string_equal(one->roles[0].holder, "Alan");
    assert_string_equal(one->items[0].owner, "Kathleen");
    assert_int_equal(one->items[0].note, 11);
    assert_string_equal(one->done[0].record, "r1");
    past_file_free(&file);
    free(bytes);
}

static void
an_opening_arrives(void **state)
{
    struct past_file file = {0};
    char *bytes;

    (void)state;
    assert_true(read_opening(&file, opening_line, strlen(opening_line), &bytes));
    assert_true(file.practice);
    assert_string_equal(file.past.title, "Lunch");
    assert_string_equal(file.past.topic, "Bowling");
    assert_string_equal(file.past.stack, "C");
    assert_int_equal(file.past.opened.wall_ms, INT64_C(1795347900004));
    assert_int_equal(file.past.opened.utc_offset_s, 3600);
    past_file_free(&file);
    free(bytes);
}

static void
a_closing_that_is_written_otherwise_is_left(void **state)
{
    static const struct change changes[] = {
        {"\"turns\":2", "\"turns\":-2", false},
        {"\"turns\":2", "\"turns\":2147483648", false},
        {"\"turns\":2", "\"turns\":\"2\"", false},
        {"\"turns\":2", "\"turns\":", false},
        {"\"turns\":2", "\"turns\" 2", false},
        {"\"date\":\"2026-12-24\",", "", false},
        {"\"date\":\"2026-12-24\"", "\"date\":7", false},
        {"\"Ada\"", "\"A\\u0064a\"", false}, /* escaped */
        {"\"Ada\"", "\"A\x1b[1m\"", false},  /* not safe to show */
        {"\"Ada\"", "\"A\x7F\"", false},
        {"\"Ada\"", "\"A\xFF\"", false},
        {"\"name\":\"Ada\",", "", false},
        {"\"observer\":true", "\"observer\":false", true},
        {"\"observer\":true", "\"observer\":maybe", false},
        {"\"observer\":true", "\"seat\":true", true}, /* of a later version */
        {"\"people\":[{", "\"people\":{{", false},
        {"\"people\":[{", "\"people\":[[{", false},
        {"\"name\":\"Scribe\",", "", false},
        {",\"holder\":\"Alan\"", "", false},
        {"\"holder\":\"Alan\"", "\"holder\":\"Alan\",\"since\":[1,{\"a\":\"}\\\"]\"}]", true},
        {"\"owner\":\"Kathleen\",", "", false},
        {",\"text\":\"cable\"", "", false},
        {",\"text\":\"cable\"", ",\"text\":\"cable\",\"due\":{}", true},
        {",\"record\":\"r1\"", "", false},
        {"\"note\":12", "\"note\":12,\"by\":\"x\"", true},
        {"\"note\":12", "\"note\":9223372036854775807", false},
        {"\"by\":\"key\"", "\"by\":\"key\",\"mood\":{\"a\":[1,\"]\"],\"b\":{}}", true},
        {"\"by\":\"key\"", "\"by\":[\"key\"", false},
        {"\"by\":\"key\"", "\"by\":\"key", false},
        {0},
    };

    (void)state;
    expect(closing_line, read_closing, changes);
}

static void
an_opening_that_is_written_otherwise_is_left(void **state)
{
    static const struct change changes[] = {
        {"\"version\":1", "\"version\":2", false},
        {"\"version\":1,", "", false},
        {"session_opened", "session_closed", false},
        {"2026-11-22T12", "2026-13-22T12", false},
        {"\"at\":\"2026-11-22T12:45:00.004+01:00\",", "", false},
        {"\"practice\":true,", "", true},
        {"\"practice\":true", "\"practice\":1", false},
        {"\"session.title\":\"Lunch\"", "\"session.title\":[\"Lunch\"]", false},
        {"\"session.title\":\"Lunch\",", "", true},
        {"\"settings\":{", "\"settings\":[", false},
        {"\"people\":[]}", "anything", true}, /* nobody looks there */
        {"\"settings\":", "\"theirs\":", true},
        {0},
    };

    (void)state;
    expect(opening_line, read_opening, changes);
}

static void
every_cut_is_left(void **state)
{
    /* behind what is wanted, nobody looks */
    const size_t read = (size_t)(strstr(opening_line, ",\"turn.length") - opening_line);
    char *bytes;

    (void)state;
    for (size_t length = 0; length < strlen(closing_line); length++) {
        struct past_file file = {0};

        assert_false(read_closing(&file, closing_line, length, &bytes));
        past_file_free(&file);
        free(bytes);
    }
    for (size_t length = 0; length < read; length++) {
        struct past_file file = {0};

        assert_false(read_opening(&file, opening_line, length, &bytes));
        past_file_free(&file);
        free(bytes);
    }
}

/* Lists are kept from line to line, and nothing of the one before is. */
static void
a_line_knows_nothing_of_the_one_before(void **state)
{
    struct past_file file = {0};
    char *first, *second, *third;
    const char shorter[] = HEAD "\"session_closed\",\"by\":\"key\",\"date\":\"\"}";

    (void)state;
    assert_true(read_closing(&file, closing_line, strlen(closing_line), &first));
    assert_true(read_closing(&file, shorter, strlen(shorter), &second));
    assert_int_equal(file.closing.people_count + file.closing.roles_count, 0);
    assert_int_equal(file.closing.items_count + file.closing.done_count, 0);
    assert_int_equal(file.closing.turns, 0);
    assert_true(read_closing(&file, closing_line, strlen(closing_line), &third));
    assert_int_equal(file.closing.people_count, 2);
    past_file_free(&file);
    free(first);
    free(second);
    free(third);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_closing_arrives),
        cmocka_unit_test(an_opening_arrives),
        cmocka_unit_test(a_closing_that_is_written_otherwise_is_left),
        cmocka_unit_test(an_opening_that_is_written_otherwise_is_left),
        cmocka_unit_test(every_cut_is_left),
        cmocka_unit_test(a_line_knows_nothing_of_the_one_before),
    };

    return cmocka_run_group_tests_name("past line", tests, NULL, NULL);
}
