/* One value from its text, or a sentence about what is wrong with it. */
#include "session/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/duration.h"
#include "session/formats.h"
#include "session/settings_memory.h"
#include "session/text.h"

enum {
    WHY = SETTINGS_ERROR_SIZE,
    EXPECTED_SIZE = 100,
    SHOWN_COLUMNS = 30, /* of a refused value */
    SHOWN_SIZE = 70,
};

static bool
fail(char why[static WHY], const struct setting *row, const char *text, const char *expected)
{
    char shown[SHOWN_SIZE];
    text_fit(shown, sizeof shown, text, SHOWN_COLUMNS, false);
    snprintf(why, WHY, "%s must be %s, not \"%s\"", row->key, expected, shown);
    return false;
}

/* --- text --- */

static bool
check_text(const struct setting *row, const char *text, char why[static WHY])
{
    char fault[80];
    size_t length = strlen(text);
    if (text_fault(text, length, fault) != NULL) {
        snprintf(why, WHY, "%s %s", row->key, fault);
        return false;
    }
    if (length > (size_t)row->most) {
        snprintf(why, WHY, "%s is too long: %zu bytes, at most %d are allowed", row->key, length,
                 (int)row->most);
        return false;
    }
    return true;
}

static bool
set_string(char **string, const char *text, char why[static WHY])
{
    char *copy = strdup(text);
    if (copy == NULL) {
        snprintf(why, WHY, "out of memory");
        return false;
    }
    free(*string);
    *string = copy;
    return true;
}

static bool
set_text(void *at, const struct setting *row, const char *text, char why[static WHY])
{
    return check_text(row, text, why) && set_string(at, text, why);
}

static bool
set_texts(struct text_list *list, const struct setting *row, const char *text, bool append,
          char why[static WHY])
{
    char *copy = NULL;
    if (*text == '\0')
        return fail(why, row, text, "a few words");
    if (append && list->count == SETTINGS_LIST) {
        snprintf(why, WHY, "%s stands more than %d times", row->key, SETTINGS_LIST);
        return false;
    }
    if (!check_text(row, text, why) || !set_string(&copy, text, why))
        return false;
    if (!append)
        settings_clear_texts(list);
    list->item[list->count++] = copy;
    return true;
}

/* --- times --- */

static bool
fail_duration(char why[static WHY], const struct setting *row, const char *text)
{
    char least[DURATION_SIZE], most[DURATION_SIZE], expected[EXPECTED_SIZE];
    snprintf(expected, sizeof expected, "%s from %s to %s",
             row->kind == SETTING_DURATION ? "a length of time" : "lengths of time",
             duration_text(least, row->least), duration_text(most, row->most));
    return fail(why, row, text, expected);
}

static bool
parse_in_range(const struct setting *row, const char *text, int64_t *ms)
{
    return duration_parse(text, ms) && *ms >= row->least && *ms <= row->most;
}

static bool
set_duration(int64_t *at, const struct setting *row, const char *text, char why[static WHY])
{
    int64_t ms;
    if (!parse_in_range(row, text, &ms))
        return fail_duration(why, row, text);
    *at = ms;
    return true;
}

/* Keeps the list descending; false when `ms` is in it already. */
static bool
insert_descending(int64_t *list, int count, int64_t ms)
{
    int place = count;
    while (place > 0 && list[place - 1] < ms) {
        list[place] = list[place - 1];
        place--;
    }
    list[place] = ms;
    return place == 0 || list[place - 1] != ms;
}

static bool
set_durations(int64_t *at, const struct setting *row, const char *text, char why[static WHY])
{
    int64_t list[SETTINGS_WARNINGS] = {0};
    int count = 0;
    for (const char *word = text; *(word += strspn(word, " \t")) != '\0';) {
        char item[DURATION_SIZE];
        size_t length = strcspn(word, " \t");
        int64_t ms;
        if (count == SETTINGS_WARNINGS)
            return fail(why, row, text, "at most four lengths of time");
        snprintf(item, sizeof item, "%.*s", (int)length, word);
        if (length >= sizeof item || !parse_in_range(row, item, &ms))
            return fail_duration(why, row, text);
        if (!insert_descending(list, count++, ms))
            return fail(why, row, text, "different lengths of time");
        word += length;
    }
    memcpy(at, list, sizeof list);
    return true;
}

static bool
set_clock(int *at, const struct setting *row, const char *text, char why[static WHY])
{
    int minutes = -1;
    if (*text != '\0' && !clock_parse(text, &minutes))
        return fail(why, row, text, "a time of day from 0:00 to 23:59");
    *at = minutes;
    return true;
}

/* --- numbers and words --- */

static bool
set_count(int *at, const struct setting *row, const char *text, char why[static WHY])
{
    char *end, expected[EXPECTED_SIZE];
    long number = strtol(text, &end, 10);
    bool digits = strspn(text, "0123456789") == strlen(text) && *text != '\0';
    if (!digits || number < row->least || number > row->most) {
        snprintf(expected, sizeof expected, "a number from %d to %d", (int)row->least,
                 (int)row->most);
        return fail(why, row, text, expected);
    }
    *at = (int)number;
    return true;
}

static bool
set_switch(bool *at, const struct setting *row, const char *text, char why[static WHY])
{
    bool yes = strcmp(text, "yes") == 0;
    if (!yes && strcmp(text, "no") != 0)
        return fail(why, row, text, "yes or no");
    *at = yes;
    return true;
}

static bool
set_choice(int *at, const struct setting *row, const char *text, char why[static WHY])
{
    char word[CHOICE_SIZE], expected[EXPECTED_SIZE] = "";
    for (int i = 0; settings_choice(word, row, i) != NULL; i++) {
        size_t used = strlen(expected);
        if (strcmp(word, text) == 0) {
            *at = i;
            return true;
        }
        snprintf(expected + used, sizeof expected - used, "%s%s", i > 0 ? " or " : "", word);
    }
    return fail(why, row, text, expected);
}

/* "1 month", "2 weeks", "off" */
static bool
set_every(struct every *at, const struct setting *row, const char *text, char why[static WHY])
{
    static const struct {
        const char *word;
        enum every_unit unit;
    } units[] = {{"week", EVERY_WEEK},
                 {"weeks", EVERY_WEEK},
                 {"month", EVERY_MONTH},
                 {"months", EVERY_MONTH}};
    char *unit, expected[EXPECTED_SIZE];
    long count = strtol(text, &unit, 10);
    if (strcmp(text, "off") == 0) {
        *at = (struct every){0, EVERY_OFF};
        return true;
    }
    unit += strspn(unit, " \t");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strcmp(unit, units[i].word) == 0 && *text >= '0' && *text <= '9' &&
            count >= row->least && count <= row->most) {
            *at = (struct every){(int)count, units[i].unit};
            return true;
        }
    }
    snprintf(expected, sizeof expected, "%d to %d weeks or months, like 2 weeks, or off",
             (int)row->least, (int)row->most);
    return fail(why, row, text, expected);
}

static bool
set_value(struct settings *settings, const struct setting *row, const char *text, bool append,
          char why[static WHY])
{
    void *at = settings_place(settings, row);
    switch (row->kind) {
    case SETTING_TEXT:
    case SETTING_PATH:
        return set_text(at, row, text, why);
    case SETTING_CLOCK:
        return set_clock(at, row, text, why);
    case SETTING_DURATION:
        return set_duration(at, row, text, why);
    case SETTING_DURATIONS:
        return set_durations(at, row, text, why);
    case SETTING_COUNT:
        return set_count(at, row, text, why);
    case SETTING_SWITCH:
        return set_switch(at, row, text, why);
    case SETTING_CHOICE:
        return set_choice(at, row, text, why);
    case SETTING_EVERY:
        return set_every(at, row, text, why);
    case SETTING_TEXTS:
        return set_texts(at, row, text, append, why);
    }
    return false;
}

/* One's own questions replace those of the format, whichever of the two was set first. */
static bool
follow_format(struct settings *settings, const void *changed)
{
    if (changed == &settings->questions)
        settings->own_questions = true;
    else if (changed == &settings->format && !settings->own_questions)
        return formats_fill((enum format)settings->format, &settings->questions);
    return true;
}

bool
settings_set(struct settings *settings, const struct setting *row, const char *text, bool append,
             char why[static WHY])
{
    int format = settings->format;
    if (!set_value(settings, row, text, append, why))
        return false;
    if (follow_format(settings, settings_place(settings, row)))
        return true;
    settings->format = format;
    snprintf(why, WHY, "out of memory");
    return false;
}
