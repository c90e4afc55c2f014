/* The topic catalogue: the shipped table, the user's own, what fits, what was done here. */
#include <limits.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "storage/topics.h"
#include "workspace.h"

static char shipped[PATH_MAX];

static void
load(struct topics *topics, const char *shipped_text, const char *own, const char *mistakes)
{
    struct problems problems = {0};
    char *text;

    if (shipped_text != NULL)
        workspace_write("shipped.tsv", shipped_text);
    if (own != NULL)
        workspace_write("own.tsv", own);
    topics_load(shipped_text == NULL ? NULL : "shipped.tsv", own == NULL ? NULL : "own.tsv", topics,
                &problems);
    text = workspace_problems(&problems);
    assert_string_equal(text, mistakes);
    free(text);
    problems_free(&problems);
}

/* "id id": those that fit, in their order. */
static void
assert_fit(const struct topics *topics, struct topics_filter filter, const char *expected)
{
    char ids[500] = "";

    for (int i = 0; i < topics->count; i++) {
        if (topics_fit(&topics->item[i], &filter))
            snprintf(ids + strlen(ids), sizeof ids - strlen(ids), "%s%s", *ids == '\0' ? "" : " ",
                     topics->item[i].id);
    }
    assert_string_equal(ids, expected);
}

static const char table[] = "id\ttitle\tsource\turl\tskills\tminutes\tdescription\tdifficulty\tb\n"
                            "a/bowling\tBowling\ta.org\t-\ttdd,lookahead\t60\tScores.\tmedium\t-\n"
                            "b/bowling\tBOWLING\tb.org\t-\ttdd\t90\tAlso scores.\teasy\tstated\n"
                            "a/wrap\tWord wrap\ta.org\thttp://x\tstrings, recursion\t-\tCuts.\n";

static void
rows_are_read_with_what_they_leave_out(void **state)
{
    struct topics topics;

    (void)state;
    load(&topics, table, "# mine\n\nmine\tA title\n", "");
    assert_int_equal(topics.count, 4);
    assert_string_equal(topics.item[0].title, "Bowling");
    assert_int_equal(topics.item[0].minutes, 60);
    assert_false(topics.item[0].stated);
    assert_true(topics.item[1].stated);
    assert_string_equal(topics.item[1].difficulty, "easy");
    assert_string_equal(topics.item[2].url, "http://x");
    assert_int_equal(topics.item[2].minutes, 0);
    assert_string_equal(topics.item[3].id, "mine");
    assert_true(topics.item[3].own);
    assert_string_equal(topics.item[3].skills, "");
    topics_free(&topics);
}

static void
a_row_of_the_users_takes_the_place_of_a_shipped_one(void **state)
{
    struct topics topics;

    (void)state;
    load(&topics, table, "b/bowling\tOur bowling\nz\tZ\n", "");
    assert_int_equal(topics.count, 4);
    assert_string_equal(topics.item[1].title, "Our bowling");
    assert_int_equal(topics.item[1].minutes, 0);
    assert_true(topics.item[1].own);
    assert_string_equal(topics.item[3].id, "z");
    topics_free(&topics);
}

static void
a_mistake_is_named_with_its_line_and_the_rest_is_there(void **state)
{
    struct topics topics;

    (void)state;
    load(&topics, table,
         "good\tGood\n"
         "one column\n"
         "id\tT\ts\tu\tk\tsoon\n"
         "id2\tT\ts\tu\tk\t0\td\thorrible\tguessed\n"
         "good\tTwice\n"
         "b\xFF\tBytes\n"
         "a\tb\tc\td\te\t5\tg\teasy\tstated\tx\n"
         "a\tb\tc\td\te\t5\tg\teasy\tstated\tx\ty\tz\t13\n"
         "last\tLast\r\n",
         "own.tsv:2: the id \"one column\" holds a blank or a comma\n"
         "own.tsv:2: a topic needs a title in its second column; columns are separated by tabs\n"
         "own.tsv:3: minutes: \"soon\" is no whole number from 1 to 1440\n"
         "own.tsv:4: minutes: \"0\" is no whole number from 1 to 1440\n"
         "own.tsv:4: difficulty: \"horrible\" is none of easy, medium, hard\n"
         "own.tsv:4: minutes_basis: \"guessed\" is neither stated nor estimate\n"
         "own.tsv:5: the id good stands in line 1 already\n"
         "own.tsv:6: the line is not valid UTF-8 (byte FF)\n"
         "own.tsv:7: there are more than 9 columns\n"
         "own.tsv:8: there are more than 12 columns\n");
    assert_int_equal(topics.count, 5);
    assert_string_equal(topics.item[3].title, "Good");
    assert_string_equal(topics.item[4].title, "Last");
    topics_free(&topics);
}

static void
that_the_user_has_no_table_is_no_mistake(void **state)
{
    struct problems problems = {0};
    struct topics topics;

    (void)state;
    topics_load(NULL, "missing.tsv", &topics, &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(topics.count, 0);
    topics_load("missing.tsv", NULL, &topics, &problems);
    assert_int_equal(problems.count, 1);
    problems_free(&problems);
    topics_free(&topics);
}

static void
topics_are_found_by_word_skill_source_and_length(void **state)
{
    struct topics topics;

    (void)state;
    load(&topics, table, NULL, "");
    assert_fit(&topics, (struct topics_filter){0}, "a/bowling b/bowling a/wrap");
    assert_fit(&topics,
               (struct topics_filter){.words = (char *[]){"sCORES", "also"}, .words_count = 2},
               "b/bowling");
    assert_fit(&topics,
               (struct topics_filter){.words = (char *[]){"wrap", "scores"}, .words_count = 2}, "");
    assert_fit(&topics, (struct topics_filter){.words = (char *[]){"a.org"}, .words_count = 1}, "");
    assert_fit(&topics, (struct topics_filter){.skill = "Rec"}, "a/wrap");
    assert_fit(&topics, (struct topics_filter){.skill = "cursion"}, "");
    assert_fit(&topics, (struct topics_filter){.source = "B.org"}, "b/bowling");
    assert_fit(&topics, (struct topics_filter){.fits_ms = 65 * 60000}, "a/bowling");
    assert_fit(&topics, (struct topics_filter){.fits_ms = 60 * 60000 - 1}, "");
    topics_free(&topics);
}

static void
a_topic_done_here_shows_its_date_in_every_source(void **state)
{
    struct topics topics;

    (void)state;
    load(&topics, table, NULL, "");
    topics_done(&topics, " bowlinG", "2026-09-15");
    topics_done(&topics, "Bowling", "2026-10-20");
    topics_done(&topics, "Chess", "2026-10-20");
    topics_done(&topics, "", "2026-10-20");
    assert_string_equal(topics.item[0].done, "2026-10-20");
    assert_string_equal(topics.item[1].done, "2026-10-20");
    assert_fit(&topics, (struct topics_filter){.undone = true}, "a/wrap");
    topics_done(&topics, "a/wrap", "2026-11-24");
    assert_fit(&topics, (struct topics_filter){.undone = true}, "");
    topics_free(&topics);
}

/* Its own words, in ASCII, and nothing that its own reader would call a mistake. */
static void
the_shipped_table_is_good(void **state)
{
    struct problems problems = {0};
    struct topics topics;

    (void)state;
    topics_load(shipped, NULL, &topics, &problems);
    assert_int_equal(problems.count, 0);
    assert_int_equal(topics.count, 159);
    for (int i = 0; i < topics.count; i++) {
        const struct topic *topic = &topics.item[i];

        assert_true(topic->minutes > 0);
        assert_in_range(strlen(topic->description), 10, 120);
        for (const char *at = topic->description; *at != '\0'; at++)
            assert_in_range(*at, ' ', '~');
    }
    assert_fit(&topics, (struct topics_filter){.source = "criteo", .fits_ms = 65 * 60000},
               "criteo/mastermind criteo/pagination-seven");
    topics_free(&topics);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_shipped_table_is_good),
        cmocka_unit_test(rows_are_read_with_what_they_leave_out),
        cmocka_unit_test(a_row_of_the_users_takes_the_place_of_a_shipped_one),
        cmocka_unit_test(a_mistake_is_named_with_its_line_and_the_rest_is_there),
        cmocka_unit_test(that_the_user_has_no_table_is_no_mistake),
        cmocka_unit_test(topics_are_found_by_word_skill_source_and_length),
        cmocka_unit_test(a_topic_done_here_shows_its_date_in_every_source),
    };
    assert_non_null(realpath("config/topics.tsv", shipped));
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, workspace_enter, workspace_leave);
}
