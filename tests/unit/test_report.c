/* The minutes in every form: the same session told five times, and what a hostile record may not do
 * in any of them. The expected texts are golden/story.*; GOLDEN_WRITE=1 writes them anew. */

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "commands/report.h"
#include "session/text.h"
#include "storage/file.h"
#include "story.h"

static void
put_line(void *user, const char *line)
{
    assert_null(strchr(line, '\n'));
    fprintf(user, "%s\n", line);
}

static void
report_text(FILE *out, const struct minutes *minutes)
{
    minutes_text(minutes, put_line, out);
}

static const struct form {
    const char *name;
    void (*write)(FILE *out, const struct minutes *minutes);
} forms[] = {{"txt", report_text},
             {"md", report_markdown},
             {"html", report_html},
             {"json", report_json},
             {"csv", report_csv}};

enum { FORMS = sizeof forms / sizeof *forms };

/* The caller frees it. */
static char *
written(const struct form *form, const struct minutes *minutes)
{
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    form->write(out, minutes);
    assert_int_equal(fclose(out), 0);
    assert_int_equal(strlen(text), length);
    return text;
}

static const struct form *
form_of(const char *name)
{
    for (int i = 0; i < FORMS; i++) {
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    }
    fail_msg("no form is %s", name);
    return NULL;
}

static void
assert_holds(const char *text, const char *words)
{
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" is not in:\n%s", words, text);
}

static void
assert_lacks(const char *text, const char *words)
{
    if (strstr(text, words) != NULL)
        fail_msg("\"%s\" is in:\n%s", words, text);
}

/* ---- the same story in every form ---- */

static struct story story;

static int
tell(void **state)
{
    (void)state;
    story_tell(&story);
    return 0;
}

static int
end(void **state)
{
    (void)state;
    story_end(&story);
    return 0;
}

static void
write_golden(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void
every_form_is_as_expected(void **state)
{
    (void)state;
    for (int i = 0; i < FORMS; i++) {
        char path[80], *text = written(&forms[i], &story.minutes);
        struct file_text expected;

        snprintf(path, sizeof path, "tests/unit/golden/story.%s", forms[i].name);
        if (getenv("GOLDEN_WRITE") != NULL)
            write_golden(path, text);
        assert_int_equal(file_read(NULL, path, &expected), 0);
        if (strcmp(text, expected.bytes) != 0)
            fail_msg("%s is now:\n%s", path, text);
        free(expected.bytes);
        free(text);
    }
}

/* What groups write by hand (R23) stands in all forms for people. */
static void
every_form_for_people_tells_all(void **state)
{
    static const char *const all[] = {
        "Lunch dojo, 2025-09-16",
        "Brainfuck interpreter",
        "planned 14:00, closed 14:08, overran 8 min",
        "Konrad Zuse, observer",
        "Betty Holberton, from 13:03",
        "Small steps keep the tests green",
        "talk about names of tests",
        "find a larger screen (nobody yet)",
        "find an adapter for the big screen (Grace Hopper)",
        "time, passed on red",
        "time, paused 2:30, Alan Turing passed",
        "moves the pointer right",
        "the program was ended (SIGHUP)",
        "Steps (2 of 11 done)",
        "2025-09-30",
        "We need you: Master of Dojo for the next dojo.",
        "20250916T104000Z-5eed.jsonl",
    };

    (void)state;
    for (int i = 0; i < 3; i++) {
        char *text = written(&forms[i], &story.minutes);

        for (size_t k = 0; k < sizeof all / sizeof *all; k++)
            assert_holds(text, all[k]);
        free(text);
    }
}

/* Learned before done, nobody judged, nobody counted. */
static void
no_form_judges(void **state)
{
    (void)state;
    for (int i = 0; i < FORMS; i++) {
        char *text = written(&forms[i], &story.minutes);
        const char *learned = strstr(text, "What we learned"), *turns = strstr(text, "Turns (");

        assert_lacks(text, "nfinished");
        assert_lacks(text, "ailed");
        if (turns != NULL)
            assert_true(learned != NULL && learned < turns);
        free(text);
    }
}

/* ---- each form's own promises ---- */

/* Counts how often `words` stand in it. */
static int
count_of(const char *text, const char *words)
{
    int count = 0;

    for (const char *at = text; (at = strstr(at, words)) != NULL; at += strlen(words))
        count++;
    return count;
}

static void
html_fetches_nothing_and_can_be_read_aloud(void **state)
{
    char *text = written(form_of("html"), &story.minutes);

    (void)state;
    assert_int_equal(strncmp(text, "<!DOCTYPE html>\n<html lang=\"en\">", 32), 0);
    assert_lacks(text, "<script");
    assert_lacks(text, "src=");
    assert_lacks(text, "@import");
    assert_lacks(text, "url(http");
    assert_int_equal(count_of(text, "href="), 1); /* the topic's, to be followed by hand */
    assert_int_equal(count_of(text, "<h1"), 1);
    assert_true(strstr(text, "<h1") < strstr(text, "<h2") &&
                strstr(text, "<h2") < strstr(text, "<h3"));
    assert_int_equal(count_of(text, "<th "), count_of(text, " scope="));
    assert_int_equal(count_of(text, "<table>"), 3);
    assert_int_equal(count_of(text, "<caption>"), 3);
    assert_holds(text, "role=\"img\" aria-labelledby=\"timeline-title timeline-text\"");
    assert_holds(text,
                 "<desc id=\"timeline-text\">From 12:46 to 14:08, 11 turns, 1 pause, 1 break, "
                 "2 interruptions; debrief from 13:50 on; the tests were green 4 of 10 times.");
    assert_holds(text, "prefers-color-scheme:dark");
    assert_holds(text, "@media print");
    free(text);
}

/* A bar a turn, in the order of time, none outside the picture. */
static void
the_timeline_holds_every_turn(void **state)
{
    char *text = written(form_of("html"), &story.minutes), *at = text;
    double end_of_last = 0;

    (void)state;
    assert_int_equal(count_of(text, "<g class=\"turn"), 11);
    assert_int_equal(count_of(text, "<g class=\"green\">") + count_of(text, "<g class=\"red\">") +
                         count_of(text, "<g class=\"amber\">"),
                     10);
    for (int i = 0; i < 11; i++) {
        double x, width;

        at = strstr(at, "<g class=\"turn");
        assert_int_equal(
            sscanf(strstr(at, "<rect"), "<rect x=\"%lf\" y=\"%*d\" width=\"%lf\"", &x, &width), 2);
        assert_true(x >= end_of_last - 0.2 && width > 0 && x + width <= 990.1);
        end_of_last = x + width;
        at++;
    }
    assert_holds(text, "<title>Turn 2, 12:51 to 12:58: Grace Hopper</title>");
    assert_holds(text, ">planned end 14:00</text>");
    free(text);
}

static void
csv_is_as_rfc_4180_wants_it(void **state)
{
    char *text = written(form_of("csv"), &story.minutes), *rest = text, *line;
    int rows = 0;

    (void)state;
    assert_int_equal(count_of(text, "\n"), count_of(text, "\r\n"));
    while ((line = strsep(&rest, "\n")) != NULL && *line != '\0') {
        int commas = 0;
        bool quoted = false;

        for (; *line != '\0'; line++) {
            quoted = quoted != (*line == '"');
            commas += *line == ',' && !quoted;
        }
        assert_int_equal(commas, 13);
        rows++;
    }
    assert_int_equal(rows, 12);
    free(text);
}

static void
json_says_what_happened_since(void **state)
{
    char *text = written(form_of("json"), &story.minutes);
    json_t *report = json_loads(text, 0, NULL);

    (void)state;
    assert_non_null(report);
    assert_string_equal(json_string_value(json_object_get(report, "record")),
                        "20250916T104000Z-5eed.jsonl");
    assert_true(json_is_true(
        json_object_get(json_array_get(json_object_get(report, "actions"), 0), "done")));
    assert_true(json_is_false(
        json_object_get(json_array_get(json_object_get(report, "actions"), 1), "done")));
    json_decref(report);
    free(text);
}

static void
assert_word(const char *section, const char *name)
{
    char word[64], at_end[64];

    snprintf(word, sizeof word, " %s ", name);
    snprintf(at_end, sizeof at_end, " %s\n", name);
    if (strstr(section, word) == NULL && strstr(section, at_end) == NULL)
        fail_msg("the manual does not tell %s", name);
}

/* Each key of the value, and of what is in it. */
static void
assert_told(const char *section, json_t *value)
{
    const char *key;
    size_t index;
    json_t *inner;

    json_array_foreach(value, index, inner) assert_told(section, inner);
    json_object_foreach(value, key, inner)
    {
        assert_word(section, key);
        assert_told(section, inner);
    }
}

static void
the_manual_tells_every_key_and_column(void **state)
{
    char *text = written(form_of("json"), &story.minutes), *section;
    json_t *report = json_loads(text, 0, NULL);
    struct file_text page;

    (void)state;
    assert_int_equal(file_read(NULL, "man/randori.1", &page), 0);
    section = strstr(page.bytes, ".Sh REPORTS");
    assert_non_null(section);
    *strstr(section, ".Sh PROTOCOL") = '\0';
    assert_told(section, report);
    json_decref(report);
    free(text);
    section = strstr(section, "The columns of");
    text = written(form_of("csv"), &story.minutes);
    *strchr(text, '\r') = '\0';
    for (char *rest = text, *column; (column = strsep(&rest, ",")) != NULL;)
        assert_word(section, column);
    free(text);
    free(page.bytes);
}

/* ---- a hostile record ---- */

/* Escapes, C1 and bidi controls, markup, formulas, cells, code, links. */
static const char *const hostile[] = {
    "Ada\033]0;owned\a\033[2J",
    "Ada\xc2\x9b\x33\x31m",
    "Ada \xe2\x80\xaelegnA\xe2\x81\xa6",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"><svg onload='alert(1)'>&lt;",
    "=cmd|'/C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1\",=1+1\r\n-2",
    "| a | b |\n| --- | --- |",
    "`code` ![x](https://example.org/x.png) [y](javascript:alert(1)) **bold** __bold__",
    "# heading\n- item\n1. item\n> quote",
    "javascript:alert(1)",
    "https://example.org/\" onclick=\"alert(1)",
    "\xff\xfe not UTF-8 \xc3",
    "",
};

enum { HOSTILE = sizeof hostile / sizeof *hostile };

static void
assert_safe_bytes(const char *text)
{
    char why[80];

    for (const char *at = text; *at != '\0'; at++)
        assert_true((unsigned char)*at >= ' ' || *at == '\n' || *at == '\r');
    assert_lacks(text, "\xe2\x80\xae");
    assert_lacks(text, "\xe2\x81\xa6");
    assert_lacks(text, "\xc2\x9b");
    for (const char *line = text; *line != '\0';) {
        size_t length = strcspn(line, "\r\n");

        assert_null(text_fault(line, length, why));
        line += length + (line[length] != '\0');
    }
}

static void
no_form_lets_a_control_out(void **state)
{
    (void)state;
    for (int i = 0; i < HOSTILE; i++) {
        story_spoil(&story, hostile[i]);
        for (int k = 0; k < FORMS; k++) {
            char *text = written(&forms[k], &story.minutes);

            assert_safe_bytes(text);
            free(text);
        }
    }
}

static void
html_lets_no_markup_in(void **state)
{
    int tags, quotes;
    char *text = written(form_of("html"), &story.minutes);

    (void)state;
    free(text);
    story_spoil(&story, "plain");
    text = written(form_of("html"), &story.minutes);
    tags = count_of(text, "<");
    quotes = count_of(text, "\"");
    free(text);
    for (int i = 0; i < HOSTILE; i++) {
        bool is_link = strncmp(hostile[i], "https://", 8) == 0;

        story_spoil(&story, hostile[i]);
        text = written(form_of("html"), &story.minutes);
        if (hostile[i][0] != '\0' && !is_link) { /* else there are other facts */
            assert_int_equal(count_of(text, "<"), tags);
            assert_int_equal(count_of(text, "\""), quotes);
        }
        assert_lacks(text, "<script");
        assert_lacks(text, "<img");
        assert_lacks(text, " onclick=\"");
        assert_lacks(text, "href=\"javascript");
        free(text);
    }
}

static void
markdown_lets_no_markup_in(void **state)
{
    char *text;

    (void)state;
    story_spoil(&story, "`a` <b> [c](d) *e* _f_ | ~g~ \\ &amp; $h$ snake_case");
    text = written(form_of("md"), &story.minutes);
    assert_holds(text,
                 "- \\`a\\` \\<b\\> \\[c\\](d) \\*e\\* \\_f\\_ \\| \\~g\\~ \\\\ \\&amp; \\$h\\$ "
                 "snake_case\n");
    free(text);
    story_spoil(&story, "  # no heading");
    text = written(form_of("md"), &story.minutes);
    assert_holds(text, "\n- \\# no heading\n");
    free(text);
    story_spoil(&story, "12. and 1) no list");
    text = written(form_of("md"), &story.minutes);
    assert_holds(text, "\n- 12\\. and 1) no list\n");
    free(text);
    story_spoil(&story, "- no item\n# no heading");
    text = written(form_of("md"), &story.minutes);
    assert_holds(text, "\n- \\- no item # no heading\n");
    free(text);
    story_spoil(&story, "https://example.org/> <x>");
    text = written(form_of("md"), &story.minutes);
    assert_holds(text, "- **Link:** https://example.org/\\> \\<x\\>\n");
    free(text);
}

static void
csv_lets_no_formula_in(void **state)
{
    static const char *const formulas[][2] = {
        {"=1+1", ",\"'=1+1\","},
        {"+1", ",\"'+1\","},
        {"-1", ",\"'-1\","},
        {"@SUM(A1)", ",\"'@SUM(A1)\","},
        {"\t=1", ",\"' =1\","},
        {"＝1", ",\"'＝1\","},
        {"say \"=1\"", ",\"say \"\"=1\"\"\","},
    };

    (void)state;
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        char *text;

        story_spoil(&story, formulas[i][0]);
        text = written(form_of("csv"), &story.minutes);
        assert_holds(text, formulas[i][1]);
        free(text);
    }
}

static void
json_keeps_what_is_no_danger(void **state)
{
    (void)state;
    for (int i = 0; i < HOSTILE; i++) {
        char *text, *clean = text_clean(hostile[i], strlen(hostile[i]));
        json_t *report, *driver;

        story_spoil(&story, hostile[i]);
        text = written(form_of("json"), &story.minutes);
        report = json_loads(text, 0, NULL);
        assert_non_null(report);
        driver = json_object_get(json_array_get(json_object_get(report, "turns"), 0), "driver");
        assert_string_equal(json_string_value(driver), clean);
        json_decref(report);
        free(clean);
        free(text);
    }
}

/* ---- large, small, damaged ---- */

static void
two_hundred_people_are_all_named(void **state)
{
    struct dojo dojo;
    struct minutes minutes;

    (void)state;
    dojo_begin(&dojo, "12:45", 200);
    dojo_reach(&dojo, PHASE_DEBRIEF);
    DO(&dojo, .kind = COMMAND_RENAME, .person = 1,
       .text = "Augusta Ada King, Countess of Lovelace, who wrote the first program of all");
    minutes_of(&minutes, &dojo.session);
    for (int i = 0; i < FORMS; i++) {
        char *text = written(&forms[i], &minutes);

        assert_safe_bytes(text);
        if (strcmp(forms[i].name, "csv") != 0) {
            assert_holds(text, "P199");
            assert_holds(text, "P200");
        }
        free(text);
    }
    dojo_close(&dojo);
}

static void
a_board_that_was_never_started(void **state)
{
    struct dojo dojo;
    struct minutes minutes;

    (void)state;
    dojo_init(&dojo);
    dojo_open(&dojo, "12:40", 0);
    minutes_of(&minutes, &dojo.session);
    for (int i = 0; i < FORMS; i++) {
        char *text = written(&forms[i], &minutes);

        assert_safe_bytes(text);
        if (i < 3)
            assert_holds(text, "not started");
        assert_lacks(text, "<svg");
        if (strcmp(forms[i].name, "csv") == 0)
            assert_int_equal(count_of(text, "\n"), 1);
        free(text);
    }
    dojo_close(&dojo);
}

/* A turn runs, paused, with a note half typed. */
static void
a_session_in_the_middle(void **state)
{
    struct dojo dojo;
    struct minutes minutes;
    char *text;

    (void)state;
    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, "12:52");
    DO(&dojo, .kind = COMMAND_PAUSE);
    dojo_until(&dojo, "12:53");
    DO(&dojo, .kind = COMMAND_DRAFT, .text = "half a tho");
    minutes_of(&minutes, &dojo.session);
    text = written(form_of("txt"), &minutes);
    assert_holds(text, "    2  12:50  P2              not ended, paused 1:00\n");
    assert_holds(text, "  Half written\n    - half a tho\n");
    free(text);
    text = written(form_of("json"), &minutes);
    assert_holds(text, "\"ended_by\": null");
    assert_holds(text, "\"draft\": \"half a tho\"");
    free(text);
    text = written(form_of("csv"), &minutes);
    assert_holds(text, "2,2025-09-16,12:50:00,,\"P2\",120,60,,,no,0,none,\"\",\"\"\r\n");
    free(text);
    text = written(form_of("html"), &minutes);
    assert_holds(text, "<title>Turn 2, 12:50 to 12:53: P2</title>");
    free(text);
    dojo_close(&dojo);
}

/* The page of a session that is closed at that time of day. */
static char *
closed_at(const char *clock)
{
    struct dojo dojo;
    struct minutes minutes;
    char *text;

    dojo_begin(&dojo, "12:45", 3);
    dojo_until(&dojo, clock);
    DO(&dojo, .kind = COMMAND_DEBRIEF);
    DO(&dojo, .kind = COMMAND_ROLES);
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Ceremony");
    DO(&dojo, .kind = COMMAND_VACATE_ROLE, .role = "Master of Dojo");
    DO(&dojo, .kind = COMMAND_CLOSE);
    minutes_of(&minutes, &dojo.session);
    text = written(form_of("html"), &minutes);
    dojo_close(&dojo);
    return text;
}

/* What did not come takes no more of the picture than what did. */
static void
a_session_that_was_closed_early(void **state)
{
    char *text = closed_at("13:25");

    (void)state;
    assert_holds(text, ">planned end 14:00</text>");
    free(text);
    text = closed_at("13:05");
    assert_lacks(text, "planned end");
    assert_holds(text, ">13:04</text>");
    free(text);
}

static void
damage_is_told(void **state)
{
    (void)state;
    story.minutes.damaged = true;
    for (int i = 0; i < 3; i++) {
        char *text = written(&forms[i], &story.minutes);

        assert_holds(text, "what stands before the damage");
        free(text);
    }
}

int
main(void)
{
#define TOLD(test) cmocka_unit_test_setup_teardown(test, tell, end)
    const struct CMUnitTest tests[] = {
        TOLD(every_form_is_as_expected),
        TOLD(every_form_for_people_tells_all),
        TOLD(no_form_judges),
        TOLD(html_fetches_nothing_and_can_be_read_aloud),
        TOLD(the_timeline_holds_every_turn),
        cmocka_unit_test(a_session_that_was_closed_early),
        TOLD(csv_is_as_rfc_4180_wants_it),
        TOLD(json_says_what_happened_since),
        TOLD(the_manual_tells_every_key_and_column),
        TOLD(no_form_lets_a_control_out),
        TOLD(html_lets_no_markup_in),
        TOLD(markdown_lets_no_markup_in),
        TOLD(csv_lets_no_formula_in),
        TOLD(json_keeps_what_is_no_danger),
        cmocka_unit_test(two_hundred_people_are_all_named),
        cmocka_unit_test(a_board_that_was_never_started),
        cmocka_unit_test(a_session_in_the_middle),
        TOLD(damage_is_told),
    };

    if (setlocale(LC_ALL, "C.UTF-8") == NULL)
        return 1;
    return cmocka_run_group_tests_name("report", tests, NULL, NULL);
}
