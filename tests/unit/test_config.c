/* session.ini: what is read, what is refused and where; each trap of inih has its test. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "storage/config.h"
#include "storage/file.h"
#include "workspace.h"

struct reading {
    struct settings settings;
    struct config_lines lines;
    struct problems problems;
};

static void
read_file(struct reading *reading, const char *path, bool trusted)
{
    *reading = (struct reading){0};
    settings_init(&reading->settings);
    bool good = config_read(path, trusted, &reading->settings, &reading->lines, &reading->problems);
    assert_int_equal(good, reading->problems.count == 0);
    if (good)
        config_check(path, &reading->settings, &reading->lines, &reading->problems);
    problems_sort(&reading->problems);
}

static void
end_reading(struct reading *reading)
{
    settings_free(&reading->settings);
    problems_free(&reading->problems);
}

static void
assert_problems_of(const char *path, bool trusted, const char *expected)
{
    struct reading reading;
    read_file(&reading, path, trusted);
    char *all = workspace_problems(&reading.problems);
    assert_string_equal(all, expected);
    free(all);
    end_reading(&reading);
}

static void
assert_problems(const char *text, const char *expected)
{
    workspace_write("session.ini", text);
    assert_problems_of("session.ini", false, expected);
}

static void
assert_reads(struct reading *reading, const void *bytes, size_t length)
{
    workspace_write_bytes("session.ini", bytes, length);
    read_file(reading, "session.ini", false);
    char *all = workspace_problems(&reading->problems);
    assert_string_equal(all, "");
    free(all);
}

static void
assert_title(const char *text, const char *title)
{
    struct reading reading;
    assert_reads(&reading, text, strlen(text));
    assert_string_equal(reading.settings.title, title);
    end_reading(&reading);
}

/* --- what is read --- */

static void
an_empty_file_means_the_defaults(void **state)
{
    (void)state;
    assert_title("", "Coding dojo");
    assert_title("\n\n# nothing\n; at all\n[session]\n", "Coding dojo");
}

static void
values_are_read(void **state)
{
    static const char text[] = "[session]\ntitle = Tuesday dojo\nend=14:00\n"
                               "[turn]\n  length   =   7m  \n\twarn = 2m 30s\n";
    struct reading reading;
    (void)state;
    assert_reads(&reading, text, strlen(text));
    assert_string_equal(reading.settings.title, "Tuesday dojo");
    assert_int_equal(reading.settings.end, 14 * 60);
    assert_int_equal(reading.settings.length_ms, 7 * 60000);
    assert_int_equal(reading.settings.warn_ms[0], 120000);
    assert_int_equal(reading.lines.of[settings_find("turn", "warn") - settings_table], 6);
    assert_int_equal(reading.lines.of[settings_find("turn", "lock") - settings_table], 0);
    end_reading(&reading);
}

static void
a_section_may_stand_twice(void **state)
{
    (void)state;
    assert_title("[session]\nstack = C\n[turn]\nlength = 7m\n[session]\ntitle = A\n", "A");
}

static void
ordinary_characters_have_no_meaning(void **state)
{
    (void)state;
    assert_title("[session]\ntitle = \"quoted\"\n", "\"quoted\"");
    assert_title("[session]\ntitle = C# and a;b = c: d\n", "C# and a;b = c: d");
    assert_title("[session]\ntitle =;x\n", ";x");
    assert_title("[session]\ntitle = [x]\n", "[x]");
    assert_title("[session]\ntitle = 100% \\n $HOME\n", "100% \\n $HOME");
    assert_title("[session]\ntitle = Zoë 李雷\n", "Zoë 李雷");
}

static void
line_ends_and_a_byte_order_mark_do_not_matter(void **state)
{
    (void)state;
    assert_title("[session]\r\ntitle = A\r\n", "A");
    assert_title("[session]\ntitle = A", "A");
    assert_title("[session]\r\ntitle = A\r", "A");
    assert_title("\xEF\xBB\xBF[session]\ntitle = A\n", "A");
    assert_title("\xEF\xBB\xBF# note\n[session]\ntitle = A\n", "A");
}

static void
the_first_of_a_list_replaces_the_defaults(void **state)
{
    static const char text[] = "[roles]\nrole = Cook\nrole = Scribe\n[debrief]\nquestion = Well?\n";
    struct reading reading;
    (void)state;
    assert_reads(&reading, text, strlen(text));
    assert_int_equal(reading.settings.roles.count, 2);
    assert_string_equal(reading.settings.roles.item[0], "Cook");
    assert_string_equal(reading.settings.roles.item[1], "Scribe");
    assert_int_equal(reading.settings.questions.count, 1);
    end_reading(&reading);
}

/* --- the traps of inih --- */

/* F25: as packaged it cuts lines at 200 bytes and takes the rest for the next line. */
static void
a_long_line_stays_one_line(void **state)
{
    char text[600], title[252];
    (void)state;
    memset(title, 'x', sizeof title - 1);
    title[sizeof title - 1] = '\0';
    snprintf(text, sizeof text, "[session]\ntitle = %s\nstack = C\n", title);
    assert_title(text, title);
}

static void
the_tail_of_a_long_comment_is_no_key(void **state)
{
    char text[800];
    (void)state;
    snprintf(text, sizeof text, "[session]\n; %0400d\ntitle = evil\n", 0);
    memcpy(strstr(text, "\ntitle"), "=", 1); /* all of it one comment */
    assert_title(text, "Coding dojo");
}

static void
a_line_beyond_all_measure_is_named(void **state)
{
    char text[6000];
    (void)state;
    snprintf(text, sizeof text, "[session]\ntitle = %05000d\nx = 1\n", 0);
    assert_problems(text, "session.ini:2: the line is too long: 5008 bytes, at most 4094 are "
                          "allowed\nsession.ini:3: unknown key x in [session]\n");
}

/* It joins an indented line to the key before. */
static void
an_indented_line_is_a_line_of_its_own(void **state)
{
    (void)state;
    assert_title("[session]\ntitle = A\n  stack = B\n", "A");
    assert_problems("[session]\ntitle = A\n  and more\n",
                    "session.ini:3: expected `key = value`\n");
}

/* It cuts a value there. */
static void
a_comment_behind_a_value_is_named(void **state)
{
    static const char expected[] =
        "session.ini:2: a comment needs a line of its own: ` ;` may not stand in a value\n";
    (void)state;
    assert_problems("[session]\ntitle = A ; B\n", expected);
    assert_problems("[session]\ntitle = ;A\n", expected);
    assert_problems("[session]\ntitle = A\t;B\n", expected);
}

/* It ends the line there, and says nothing. */
static void
a_nul_is_named(void **state)
{
    static const char in_a_value[] = "[session]\ntitle = A\0B\n";
    static const char at_the_start[] = "[session]\n\0title = A\nstack = B\n";
    static const char expected[] = "session.ini:2: the line holds a control character (U+0000)\n";
    (void)state;
    workspace_write_bytes("session.ini", in_a_value, sizeof in_a_value - 1);
    assert_problems_of("session.ini", false, expected);
    workspace_write_bytes("session.ini", at_the_start, sizeof at_the_start - 1);
    assert_problems_of("session.ini", false, expected);
}

/* It reads a file of old Mac lines as nothing. */
static void
a_lone_carriage_return_is_named(void **state)
{
    (void)state;
    assert_problems("[session]\rtitle = A\r",
                    "session.ini:1: the line holds a carriage return; end lines with a newline\n");
}

/* It takes the empty name, and what follows the bracket for nothing. */
static void
bad_sections_are_named_and_their_keys_left_out(void **state)
{
    (void)state;
    assert_problems("[]\nx = 1\n", "session.ini:1: unknown section []\n");
    assert_problems("[turn\nlength = 7x\n",
                    "session.ini:1: the section's name is not closed with ]\n");
    assert_problems("[turn] junk\nlength = 7x\n",
                    "session.ini:1: nothing may follow the ] of a section\n");
    assert_problems("[turns]\nlength = 7x\n",
                    "session.ini:1: unknown section [turns]; did you mean [turn]?\n");
    assert_problems("[kitchen]\nlength = 7x\n", "session.ini:1: unknown section [kitchen]\n");
    assert_problems("[ session ]\nx = 1\n",
                    "session.ini:1: unknown section [ session ]; did you mean [session]?\n");
}

/* After a section that is not closed it goes on in the one before. */
static void
keys_do_not_fall_into_the_section_before(void **state)
{
    struct reading reading;
    (void)state;
    workspace_write("session.ini", "[turn]\n[pause\nlength = 9m\n");
    read_file(&reading, "session.ini", false);
    assert_int_equal(reading.settings.length_ms, 5 * 60000);
    assert_int_equal(reading.problems.count, 1);
    end_reading(&reading);
}

static void
a_key_outside_a_section_is_named(void **state)
{
    (void)state;
    assert_problems("title = A\n", "session.ini:1: a key before the first [section]\n");
}

/* It reports the first only. */
static void
every_line_that_is_no_setting_is_named(void **state)
{
    (void)state;
    assert_problems("[session]\ntitle\n= A\nurl: x = y\nend\n",
                    "session.ini:2: expected `key = value`\n"
                    "session.ini:3: the key before = is missing\n"
                    "session.ini:4: expected `key = value`\n"
                    "session.ini:5: expected `key = value`\n");
}

static void
a_key_that_stands_twice_names_both_lines(void **state)
{
    (void)state;
    assert_problems("[turn]\nlength = 5m\nlock = 1m\nlength = 5m\n",
                    "session.ini:4: length stands twice: it is set in line 2 already\n");
    assert_problems("[turn]\nlength = 5m\n[pause]\nlength = 2m\n[turn]\nlength = 6m\n",
                    "session.ini:6: length stands twice: it is set in line 2 already\n");
}

static void
bad_text_is_named(void **state)
{
    (void)state;
    assert_problems("[session]\ntitle = \xFF\n",
                    "session.ini:2: the line is not valid UTF-8 (byte FF)\n");
    assert_problems("[session]\ntitle = \x1B[1m\n",
                    "session.ini:2: the line holds a control character (U+001B)\n");
    assert_problems("# \xE2\x80\xAE"
                    "hidden\n",
                    "session.ini:1: the line holds an invisible character (U+202E)\n");
    assert_problems("[session]\ntitle = a\tb\n",
                    "session.ini:2: title holds a control character (U+0009)\n");
}

/* It returns 0 for one. */
static void
what_is_no_file_is_named(void **state)
{
    (void)state;
    assert_int_equal(mkdir("folder.ini", 0700), 0);
    assert_problems_of("folder.ini", false, "folder.ini: is a directory\n");
    assert_problems_of("missing.ini", false, "missing.ini: does not exist\n");
    assert_problems_of("folder.ini/x", false, "folder.ini/x: does not exist\n");
}

static void
a_file_that_is_too_big_is_named(void **state)
{
    char *big = calloc(1, FILE_MOST + 1);
    (void)state;
    memset(big, '\n', FILE_MOST + 1);
    workspace_write_bytes("session.ini", big, FILE_MOST + 1);
    assert_problems_of("session.ini", false, "session.ini: is larger than 1 MiB\n");
    workspace_write_bytes("session.ini", big, FILE_MOST);
    assert_problems_of("session.ini", false, "");
    free(big);
}

/* --- names and values --- */

static void
unknown_keys_are_named_with_the_nearest(void **state)
{
    (void)state;
    assert_problems("[turn]\nlenght = 5m\ncolour = red\n[session]\nwarn = 1m\n",
                    "session.ini:2: unknown key lenght in [turn]; did you mean length?\n"
                    "session.ini:3: unknown key colour in [turn]\n"
                    "session.ini:5: unknown key warn in [session]; it belongs to [turn]\n");
}

static void
a_key_of_several_sections_names_them(void **state)
{
    struct reading reading;
    (void)state;
    workspace_write("session.ini", "[session]\nlength = 5m\n");
    read_file(&reading, "session.ini", false);
    assert_int_equal(reading.problems.count, 1);
    assert_non_null(strstr(reading.problems.item[0].message, "it belongs to [turn] or ["));
    end_reading(&reading);
}

static void
values_out_of_range_are_named_with_the_range(void **state)
{
    (void)state;
    assert_problems("[turn]\nlength = 2h\nextensions = many\n",
                    "session.ini:2: length must be a length of time from 30s to 1h, not \"2h\"\n"
                    "session.ini:3: extensions must be a number from 0 to 10, not \"many\"\n");
}

static void
mistakes_between_keys_point_at_what_was_written(void **state)
{
    (void)state;
    assert_problems("[session]\nduration = 20m\n\n[turn]\nlength = 25m\n",
                    "session.ini:5: the turn (25m) is longer than the session (20m)\n");
    assert_problems("[session]\nduration = 9m\n",
                    "session.ini:2: the debrief (10m) is longer than the session (9m)\n");
    assert_problems("[debrief]\nlength = 4m\n",
                    "session.ini:2: the minimum (5m) is more than the length (4m)\n");
}

static void
paths_stay_in_the_folder_unless_the_file_is_ones_own(void **state)
{
    static const char rule[] = "must stay in the folder of this file: no absolute path and no "
                               "\"..\"; your own session.ini and the command line may name any\n";
    char expected[600];
    (void)state;
    snprintf(expected, sizeof expected, "session.ini:2: records %ssession.ini:3: participants %s",
             rule, rule);
    assert_problems("[session]\nrecords = /var/dojo\nparticipants = a/../../b\n", expected);
    assert_problems_of("session.ini", true, "");
    assert_problems("[session]\nrecords = a..b/...\nparticipants = ./c\n", "");
}

/* --- the shipped file --- */

static void
the_template_means_the_defaults(void **state)
{
    struct reading reading;
    struct settings standard;
    char *template = config_template();
    (void)state;
    settings_init(&standard);
    assert_reads(&reading, template, strlen(template));
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        char *value = NULL;
        /* Every key stands there, as a comment only where a default depends on another key. */
        assert_int_equal(reading.lines.of[row - settings_table] == 0,
                         row->kind == SETTING_TEXTS && *row->standard == '\0');
        for (int i = 0; i == 0 || value != NULL; i++) {
            char *usual = settings_get(&standard, row, i);
            free(value);
            value = settings_get(&reading.settings, row, i);
            assert_int_equal(value == NULL, usual == NULL);
            if (value != NULL)
                assert_string_equal(value, usual);
            free(usual);
        }
    }
    settings_free(&standard);
    end_reading(&reading);
    free(template);
}

static void
no_line_of_the_template_is_wider_than_a_terminal(void **state)
{
    char *template = config_template();
    (void)state;
    for (char *rest = template, *line; (line = strsep(&rest, "\n")) != NULL;)
        assert_true(strlen(line) < 80);
    free(template);
}

/* Runs in the root of the repository, not in a folder of its own. */
static void
the_shipped_file_is_the_template(void **state)
{
    struct file_text text;
    char *template = config_template();
    (void)state;
    assert_int_equal(file_read(NULL, "config/session.ini", &text), 0);
    assert_string_equal(text.bytes, template);
    free(text.bytes);
    free(template);
}

#define test(name) cmocka_unit_test_setup_teardown(name, workspace_enter, workspace_leave)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        test(an_empty_file_means_the_defaults),
        test(values_are_read),
        test(a_section_may_stand_twice),
        test(ordinary_characters_have_no_meaning),
        test(line_ends_and_a_byte_order_mark_do_not_matter),
        test(the_first_of_a_list_replaces_the_defaults),
        test(a_long_line_stays_one_line),
        test(the_tail_of_a_long_comment_is_no_key),
        test(a_line_beyond_all_measure_is_named),
        test(an_indented_line_is_a_line_of_its_own),
        test(a_comment_behind_a_value_is_named),
        test(a_nul_is_named),
        test(a_lone_carriage_return_is_named),
        test(bad_sections_are_named_and_their_keys_left_out),
        test(keys_do_not_fall_into_the_section_before),
        test(a_key_outside_a_section_is_named),
        test(every_line_that_is_no_setting_is_named),
        test(a_key_that_stands_twice_names_both_lines),
        test(bad_text_is_named),
        test(what_is_no_file_is_named),
        test(a_file_that_is_too_big_is_named),
        test(unknown_keys_are_named_with_the_nearest),
        test(a_key_of_several_sections_names_them),
        test(values_out_of_range_are_named_with_the_range),
        test(mistakes_between_keys_point_at_what_was_written),
        test(paths_stay_in_the_folder_unless_the_file_is_ones_own),
        test(the_template_means_the_defaults),
        test(no_line_of_the_template_is_wider_than_a_terminal),
        cmocka_unit_test(the_shipped_file_is_the_template),
    };
    if (setlocale(LC_ALL, "C.UTF-8") == NULL)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
