#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session/text.h"

#define assert_good(text)        assert_null(fault(text))
#define assert_bad(text, phrase) assert_string_equal(fault(text), phrase)

static char why_buffer[80];

static const char *
fault(const char *text)
{
    return text_fault(text, strlen(text), why_buffer);
}

static void
names_of_many_scripts_are_good(void **state)
{
    (void)state;
    assert_good("");
    assert_good("Ada Lovelace");
    assert_good("Zoë O’Neill-Müller");
    assert_good("李雷");
    assert_good("محمد");
    assert_good("נעם");
    assert_good("می‌خواهم"); /* U+200C between letters */
    assert_good("क्‍ष");      /* U+200D between a letter's mark and a letter */
    assert_good("e\xCC\x81mile");     /* combining accent */
    assert_good("Go! \xE2\x9D\xA4\xEF\xB8\x8F");
    /* A family; a coder with a skin colour; a heart that is told to be red, on fire. */
    assert_good("\U0001F469\u200D\U0001F469\u200D\U0001F467 Grace");
    assert_good("\U0001F469\U0001F3FD\u200D\U0001F4BB");
    assert_good("\u2764\uFE0F\u200D\U0001F525");
}

static void
controls_are_named(void **state)
{
    (void)state;
    assert_bad("a\x1B[31m", "holds a control character (U+001B)");
    assert_bad("a\nb", "holds a control character (U+000A)");
    assert_bad("a\tb", "holds a control character (U+0009)");
    assert_bad("\x7F", "holds a control character (U+007F)");
    assert_bad("\xC2\x9B", "holds a control character (U+009B)");
    assert_string_equal(text_fault("a\0b", 3, why_buffer), "holds a control character (U+0000)");
}

/* F13 */
static void
invisible_characters_are_named(void **state)
{
    (void)state;
    assert_bad("a\xE2\x80\xAE"
               "b",
               "holds an invisible character (U+202E)");
    assert_bad("\xE2\x81\xA6", "holds an invisible character (U+2066)");
    assert_bad("\xE2\x80\x8B", "holds an invisible character (U+200B)");
    assert_bad("\xE2\x80\xA8", "holds an invisible character (U+2028)");
    assert_bad("\xE2\x80\xA9", "holds an invisible character (U+2029)");
    assert_bad("\xC2\xAD", "holds an invisible character (U+00AD)");
    assert_bad("\xEF\xBB\xBF", "holds an invisible character (U+FEFF)");
    assert_bad("\xE3\x85\xA4", "holds an invisible character (U+3164)"); /* Hangul filler */
    assert_bad("\xF3\xA0\x81\x81", "holds an invisible character (U+E0041)");
}

static void
joiners_are_good_between_letters_or_emoji_only(void **state)
{
    (void)state;
    assert_bad("\xE2\x80\x8D"
               "a",
               "holds an invisible character (U+200D)");
    assert_bad("a\xE2\x80\x8C", "holds an invisible character (U+200C)");
    assert_bad("\U0001F469\u200D", "holds an invisible character (U+200D)");
    assert_bad("\U0001F469\u200Da", "holds an invisible character (U+200D)");
    assert_bad("a\u200D\U0001F469", "holds an invisible character (U+200D)");
    assert_bad("a\uFE0F\u200D\U0001F469", "holds an invisible character (U+200D)");
    assert_bad("\U0001F469 \u200D\U0001F469", "holds an invisible character (U+200D)");
    assert_bad("\U0001F469\u200C\U0001F469", "holds an invisible character (U+200C)");
    assert_bad("a\xE2\x80\x8C b", "holds an invisible character (U+200C)");
    /* Found by fuzzing: letters that cannot be seen, and pictures without a meaning yet. */
    assert_bad("a\u200C\u3164", "holds an invisible character (U+200C)");
    assert_bad("\u3164\u200Ca", "holds an invisible character (U+3164)");
    assert_bad("\U0001F469\u200D\U0001FAFF", "holds an invisible character (U+200D)");
    assert_bad("a\xE2\x80\x8D\xE2\x80\x8D"
               "b",
               "holds an invisible character (U+200D)");
}

static void
characters_without_meaning_are_named(void **state)
{
    (void)state;
    assert_bad("\xEE\x80\x80", "holds a character that has no meaning (U+E000)");
    assert_bad("\xCD\xB8", "holds a character that has no meaning (U+0378)");
    assert_bad("\xEF\xBF\xBF", "holds a character that has no meaning (U+FFFF)");
}

static void
bad_encodings_are_named(void **state)
{
    (void)state;
    assert_bad("a\xFF", "is not valid UTF-8 (byte FF)");
    assert_bad("\xC3", "is not valid UTF-8 (byte C3)");         /* cut */
    assert_bad("\xC0\xAF", "is not valid UTF-8 (byte C0)");     /* overlong */
    assert_bad("\xED\xA0\x80", "is not valid UTF-8 (byte ED)"); /* surrogate */
    assert_bad("\xF4\x90\x80\x80", "is not valid UTF-8 (byte F4)");
}

static void
assert_cleaned(const char *text, const char *expected)
{
    char *clean = text_clean(text, strlen(text));
    assert_string_equal(clean, expected);
    assert_null(fault(clean));
    free(clean);
}

static void
cleaning_replaces_what_may_not_be_shown(void **state)
{
    (void)state;
    assert_cleaned("Zoë 李雷", "Zoë 李雷");
    assert_cleaned("a\tb\nc", "a b c");
    assert_cleaned("a\x1B[1m", "a�[1m");
    assert_cleaned("\xFF\xFE", "��");
    assert_cleaned("a\xE2\x80\xAE"
                   "b",
                   "a�b");
    assert_cleaned("می‌خواهم", "می‌خواهم");
}

/* F12: whatever the bytes, what comes out may be shown, and cleaning it again changes nothing. */
static void
cleaning_any_two_bytes_gives_good_text(void **state)
{
    (void)state;
    for (int first = 0; first < 256; first++) {
        for (int second = 0; second < 256; second++) {
            const char bytes[] = {'a', (char)first, (char)second, 'b'};
            char *clean = text_clean(bytes, sizeof bytes);
            assert_null(fault(clean));
            free(clean);
        }
    }
}

/* What is cleaned has no flaw; a joiner has none by itself, so three characters are tried. */
static void
cleaning_a_joiner_with_any_neighbours_gives_good_text(void **state)
{
    static const char *const parts[] = {
        "a",      "\u0301", "\u3164",     "\u115F",     "\u034F",     "\uFE0F",
        "\u200C", "\u200D", "\U0001F469", "\U0001FAFF", "\U0001F3FB", "\uE000",
        " ",      "\xFF",   "\u0378",     "\u202E",     "\u093F",
    };
    enum { PARTS = sizeof parts / sizeof *parts };

    (void)state;
    for (size_t i = 0; i < (size_t)PARTS * PARTS * PARTS * PARTS; i++) {
        char text[20], *clean;

        snprintf(text, sizeof text, "%s%s%s%s", parts[i % PARTS], parts[i / PARTS % PARTS],
                 parts[i / PARTS / PARTS % PARTS], parts[i / PARTS / PARTS / PARTS]);
        clean = text_clean(text, strlen(text));
        assert_non_null(clean);
        if (fault(clean) != NULL)
            fail_msg("\"%s\": %s", clean, fault(clean));
        free(clean);
    }
}

static void
cleaning_into_a_buffer_cuts_between_characters(void **state)
{
    char out[5];
    (void)state;
    assert_string_equal(text_clean_into(out, sizeof out, "aé李"), "aé");
    assert_string_equal(text_clean_into(out, sizeof out, "abcdef"), "abcd");
    assert_string_equal(text_clean_into(out, 1, "abc"), "");
    assert_string_equal(text_clean_into(out, sizeof out, "a\u200Db"), "a"); /* found by fuzzing */
    assert_string_equal(text_clean_into(out, sizeof out, "\u200Cb"), "\uFFFD"
                                                                     "b");
}

static void
columns_are_those_of_the_first_character_of_a_cluster(void **state)
{
    (void)state;
    assert_int_equal(text_columns(""), 0);
    assert_int_equal(text_columns("Ada"), 3);
    assert_int_equal(text_columns("Zoë"), 3);
    assert_int_equal(text_columns("Zoe\xCC\x88"), 3);
    assert_int_equal(text_columns("李雷"), 4);
    assert_int_equal(text_columns("👩‍💻"), text_columns("👩"));
    assert_int_equal(text_columns("👍🏽"), 2);
    assert_int_equal(text_columns("\xE2\x9D\xA4\xEF\xB8\x8F"), 1); /* heart, VS16 */
    assert_int_equal(text_columns("\x1B"), 1);
    assert_int_equal(text_columns("\xCC\x81"), 1); /* an accent on nothing */
}

static void
assert_fits(const char *text, int columns, bool ascii, const char *expected)
{
    char out[100];
    int used = text_fit(out, sizeof out, text, columns, ascii);
    assert_string_equal(out, expected);
    assert_int_equal(used, text_columns(out));
    assert_true(used <= columns);
}

static void
fitting_cuts_at_clusters_and_says_so(void **state)
{
    (void)state;
    assert_fits("Ada", 3, false, "Ada");
    assert_fits("Ada", 2, false, "A…");
    assert_fits("Ada", 1, false, "…");
    assert_fits("Ada", 0, false, "");
    assert_fits("李雷", 4, false, "李雷");
    assert_fits("李雷", 3, false, "李…");
    assert_fits("李雷", 2, false, "…");
    assert_fits("👍🏽!", 3, false, "👍!");
    assert_fits("Zoe\xCC\x88s", 3, false, "Zo…");
    assert_fits("a\x1B[1m", 9, false, "a�[1m");
}

static void
fitting_to_ascii_keeps_the_columns(void **state)
{
    (void)state;
    assert_fits("Zoë 李雷", 20, true, "Zo? ????");
    assert_fits("Zoe\xCC\x88", 20, true, "Zoe");
    assert_fits("Ada Lovelace", 4, true, "Ada~");
}

static void
fitting_never_overruns_the_buffer(void **state)
{
    (void)state;
    for (size_t size = 1; size < 12; size++) {
        char *out = malloc(size); /* exactly: the sanitizer watches its end */
        text_fit(out, size, "李雷 Zoe\xCC\x88", 6, false);
        assert_true(strlen(out) < size);
        free(out);
    }
}

/* ncurses keeps five characters a cell; the rest must not be counted on. */
static void
stacked_marks_are_limited(void **state)
{
    char out[100];
    (void)state;
    text_fit(out, sizeof out, "a\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85\xCC\x86", 5, false);
    assert_int_equal(strlen(out), 1 + 4 * 2);
}

static void
steps_go_over_whole_clusters(void **state)
{
    const char *text = "e\xCC\x81李x";
    (void)state;
    assert_int_equal(text_next(text, 0), 3);
    assert_int_equal(text_next(text, 3), 6);
    assert_int_equal(text_next(text, 7), 7);
    assert_int_equal(text_previous(text, 7), 6);
    assert_int_equal(text_previous(text, 6), 3);
    assert_int_equal(text_previous(text, 3), 0);
    assert_int_equal(text_previous(text, 0), 0);
}

static bool
same_identity(const char *one, const char *other)
{
    char *a = text_identity(one), *b = text_identity(other);
    bool same = strcmp(a, b) == 0;
    free(a);
    free(b);
    return same;
}

/* F13 */
static void
one_person_has_one_identity(void **state)
{
    (void)state;
    assert_true(same_identity("Ada Lovelace", "  ada   LOVELACE "));
    assert_true(same_identity("Zoë", "ZOE\xCC\x88"));
    assert_true(same_identity("Ａｄａ", "ada"));
    assert_true(same_identity("Ada\xC2\xA0Lovelace", "Ada Lovelace"));
    assert_true(same_identity("Strauß", "STRAUSS"));
    assert_false(same_identity("Ada", "Adam"));
    assert_null(text_identity("\xFF"));
}

static void
upper_case_is_made_letter_by_letter(void **state)
{
    (void)state;
    char *upper = text_upper("Zoë Strauß 李");
    assert_string_equal(upper, "ZOË STRAUẞ 李");
    free(upper);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_of_many_scripts_are_good),
        cmocka_unit_test(controls_are_named),
        cmocka_unit_test(invisible_characters_are_named),
        cmocka_unit_test(joiners_are_good_between_letters_or_emoji_only),
        cmocka_unit_test(characters_without_meaning_are_named),
        cmocka_unit_test(bad_encodings_are_named),
        cmocka_unit_test(cleaning_replaces_what_may_not_be_shown),
        cmocka_unit_test(cleaning_any_two_bytes_gives_good_text),
        cmocka_unit_test(cleaning_a_joiner_with_any_neighbours_gives_good_text),
        cmocka_unit_test(cleaning_into_a_buffer_cuts_between_characters),
        cmocka_unit_test(columns_are_those_of_the_first_character_of_a_cluster),
        cmocka_unit_test(fitting_cuts_at_clusters_and_says_so),
        cmocka_unit_test(fitting_to_ascii_keeps_the_columns),
        cmocka_unit_test(fitting_never_overruns_the_buffer),
        cmocka_unit_test(stacked_marks_are_limited),
        cmocka_unit_test(steps_go_over_whole_clusters),
        cmocka_unit_test(one_person_has_one_identity),
        cmocka_unit_test(upper_case_is_made_letter_by_letter),
    };
    if (setlocale(LC_ALL, "C.UTF-8") == NULL)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
