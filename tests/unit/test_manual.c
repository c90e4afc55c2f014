/* session.ini.5 tells every key of the table, with its section, default, range and choices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session/duration.h"
#include "session/formats.h"
#include "session/settings.h"
#include "storage/file.h"

static struct file_text page;

static int
read_page(void **state)
{
    (void)state;
    return file_read(NULL, "man/session.ini.5", &page);
}

static int
free_page(void **state)
{
    (void)state;
    free(page.bytes);
    return 0;
}

/* A copy of what stands from `start` up to the first of the two ends; NULL when there is none. */
static char *
cut(const char *text, const char *start, const char *end, const char *other_end)
{
    const char *from = strstr(text, start);
    if (from == NULL)
        return NULL;
    from += strlen(start);
    const char *to = strstr(from, end), *other = strstr(from, other_end);
    if (to == NULL || (other != NULL && other < to))
        to = other;
    return to == NULL ? strdup(from) : strndup(from, (size_t)(to - from));
}

/* What the page says about a key, the caller's to free; fails when it says nothing. */
static char *
entry_of(const struct setting *row)
{
    char heading[100], item[100];
    snprintf(heading, sizeof heading, "\n.Ss [%s]\n", row->section);
    snprintf(item, sizeof item, "\n.It Ic %s No = ", row->key);
    char *section = cut(page.bytes, heading, "\n.Ss ", "\n.Sh ");
    char *entry = section == NULL ? NULL : cut(section, item, "\n.It Ic ", "\n.Ss ");
    free(section);
    if (entry == NULL)
        fail_msg("the page does not tell %s of [%s]", row->key, row->section);
    return entry;
}

static void
assert_says(const struct setting *row, const char *entry, const char *words)
{
    if (strstr(entry, words) == NULL)
        fail_msg("[%s] %s does not say: %s", row->section, row->key, words);
}

static void
every_key_stands_there_with_its_default(void **state)
{
    (void)state;
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        char *entry = entry_of(row), *items = strdup(row->standard);
        char words[200];
        for (char *rest = items, *item; (item = strsep(&rest, "\n")) != NULL;) {
            if (row->kind == SETTING_TEXTS && *item == '\0')
                snprintf(words, sizeof words, "\nDefault: those of\n");
            else if (row->kind == SETTING_TEXTS)
                snprintf(words, sizeof words, "\n.It\n%s\n", item);
            else if (*item == '\0')
                snprintf(words, sizeof words, "\nDefault: unset");
            else
                snprintf(words, sizeof words, "\nDefault:\n.Li %s .", item);
            assert_says(row, entry, words);
        }
        free(items);
        free(entry);
    }
}

static void
every_range_stands_there(void **state)
{
    (void)state;
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        char least[DURATION_SIZE], most[DURATION_SIZE], words[100];
        if (row->kind == SETTING_COUNT) {
            snprintf(least, sizeof least, "%d", (int)row->least);
            snprintf(most, sizeof most, "%d", (int)row->most);
        } else if (row->kind == SETTING_DURATION || row->kind == SETTING_DURATIONS) {
            duration_text(least, row->least);
            duration_text(most, row->most);
        } else {
            continue;
        }
        char *entry = entry_of(row);
        snprintf(words, sizeof words, "rom %s ", least);
        assert_says(row, entry, words);
        snprintf(words, sizeof words, " to %s", most);
        assert_says(row, entry, words);
        free(entry);
    }
}

/* "auto dark" as the page writes it: "Li auto | dark". */
static void
list_choices(const char *choices, char *out, size_t size)
{
    size_t used = (size_t)snprintf(out, size, "Li ");
    for (; *choices != '\0' && used < size; choices++)
        used += (size_t)snprintf(out + used, size - used, *choices == ' ' ? " | " : "%c", *choices);
    snprintf(out + used, size - used, "\n");
}

static void
every_choice_stands_there(void **state)
{
    (void)state;
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        char words[100] = "Li yes | no\n";
        if (row->kind == SETTING_CHOICE) {
            list_choices(row->choices, words, sizeof words);
        } else if (row->kind != SETTING_SWITCH) {
            continue;
        }
        char *entry = entry_of(row);
        assert_says(row, entry, words);
        free(entry);
    }
}

static void
every_question_of_every_format_stands_there(void **state)
{
    char *entry = entry_of(settings_find("debrief", "format"));
    (void)state;
    for (int i = 0; i < FORMATS; i++) {
        char words[200];
        snprintf(words, sizeof words, "\n.It Li %s\n", formats_table[i].name);
        assert_says(settings_find("debrief", "format"), entry, words);
        for (const char *const *question = formats_table[i].question; *question; question++) {
            snprintf(words, sizeof words, "\n%s\n", *question);
            assert_says(settings_find("debrief", "format"), entry, words);
        }
    }
    free(entry);
}

static void
no_other_key_stands_there(void **state)
{
    int count = 0;
    (void)state;
    for (const char *at = page.bytes; (at = strstr(at, "\n.It Ic ")) != NULL; at++)
        count++;
    assert_int_equal(count, SETTINGS_KEYS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_stands_there_with_its_default),
        cmocka_unit_test(every_range_stands_there),
        cmocka_unit_test(every_choice_stands_there),
        cmocka_unit_test(every_question_of_every_format_stands_there),
        cmocka_unit_test(no_other_key_stands_there),
    };
    return cmocka_run_group_tests(tests, read_page, free_page);
}
