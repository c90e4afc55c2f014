#include "session/settings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/duration.h"
#include "session/settings_memory.h"

enum { STANDARD_SIZE = 256 /* of a list */ };

void *
settings_place(const struct settings *settings, const struct setting *row)
{
    return (char *)(uintptr_t)settings + row->offset;
}

char *
settings_choice(char out[static CHOICE_SIZE], const struct setting *row, int index)
{
    const char *word = row->choices;
    while (index-- > 0) {
        word = strchr(word, ' ');
        if (word == NULL)
            return NULL;
        word++;
    }
    snprintf(out, CHOICE_SIZE, "%.*s", (int)strcspn(word, " "), word);
    return out;
}

void
settings_clear_texts(struct text_list *list)
{
    for (int i = 0; i < list->count; i++)
        free(list->item[i]);
    *list = (struct text_list){0};
}

/* --- reading --- */

static char *
get_durations(const int64_t *list)
{
    char text[SETTINGS_WARNINGS * DURATION_SIZE] = "";
    for (int i = 0; i < SETTINGS_WARNINGS && list[i] > 0; i++) {
        char item[DURATION_SIZE];
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? " " : "",
                 duration_text(item, list[i]));
    }
    return strdup(text);
}

static char *
get_clock(int minutes)
{
    char text[DURATION_SIZE] = "";
    if (minutes >= 0)
        clock_text(text, (int64_t)minutes * 60000, 0);
    return strdup(text);
}

static char *
get_every(const struct every *every)
{
    char text[DURATION_SIZE] = "off";
    if (every->unit != EVERY_OFF)
        snprintf(text, sizeof text, "%d %s%s", every->count,
                 every->unit == EVERY_WEEK ? "week" : "month", every->count == 1 ? "" : "s");
    return strdup(text);
}

char *
settings_get(const struct settings *settings, const struct setting *row, int index)
{
    char text[DURATION_SIZE] = "";
    const void *at = settings_place(settings, row);
    if (row->kind == SETTING_TEXTS) {
        const struct text_list *list = at;
        return index < list->count ? strdup(list->item[index]) : NULL;
    }
    if (index > 0)
        return NULL;
    switch (row->kind) {
    case SETTING_TEXT:
    case SETTING_PATH:
        return strdup(*(char *const *)at);
    case SETTING_CLOCK:
        return get_clock(*(const int *)at);
    case SETTING_DURATION:
        return strdup(duration_text(text, *(const int64_t *)at));
    case SETTING_DURATIONS:
        return get_durations(at);
    case SETTING_COUNT:
        snprintf(text, sizeof text, "%d", *(const int *)at);
        return strdup(text);
    case SETTING_SWITCH:
        return strdup(*(const bool *)at ? "yes" : "no");
    case SETTING_CHOICE:
        return strdup(settings_choice(text, row, *(const int *)at));
    case SETTING_EVERY:
        return get_every(at);
    case SETTING_TEXTS:
        break;
    }
    return NULL;
}

bool
settings_agree(const struct settings *one, const struct settings *other, const struct setting *row)
{
    bool same = true, more = true;
    for (int i = 0; same && more; i++) {
        char *a = settings_get(one, row, i), *b = settings_get(other, row, i);
        more = a != NULL && b != NULL;
        same = more ? strcmp(a, b) == 0 : a == b;
        free(a);
        free(b);
    }
    return same;
}

/* --- all of them --- */

/* Sets a value from the table's own text, in which lists are split by newlines. */
static bool
set_standard(struct settings *settings, const struct setting *row)
{
    char why[SETTINGS_ERROR_SIZE], text[STANDARD_SIZE];
    if (row->kind != SETTING_TEXTS)
        return settings_set(settings, row, row->standard, false, why);
    snprintf(text, sizeof text, "%s", row->standard);
    for (char *rest = *text == '\0' ? NULL : text; rest != NULL;)
        if (!settings_set(settings, row, strsep(&rest, "\n"), true, why))
            return false;
    return true;
}

bool
settings_init(struct settings *settings)
{
    *settings = (struct settings){0};
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        if (!set_standard(settings, row)) {
            settings_free(settings);
            return false;
        }
    }
    return true;
}

void
settings_free(struct settings *settings)
{
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        if (row->kind == SETTING_TEXT || row->kind == SETTING_PATH)
            free(*(char **)settings_place(settings, row));
        else if (row->kind == SETTING_TEXTS)
            settings_clear_texts(settings_place(settings, row));
    }
    *settings = (struct settings){0};
}

static bool
copy_text(char **text)
{
    *text = strdup(*text);
    return *text != NULL;
}

static bool
copy_texts(struct text_list *list)
{
    bool is_whole = true;
    for (int i = 0; i < list->count; i++)
        is_whole &= copy_text(&list->item[i]);
    return is_whole;
}

bool
settings_copy(struct settings *to, const struct settings *from)
{
    bool is_whole = true;
    *to = *from;
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        void *at = settings_place(to, row);
        if (row->kind == SETTING_TEXT || row->kind == SETTING_PATH)
            is_whole &= copy_text(at);
        else if (row->kind == SETTING_TEXTS)
            is_whole &= copy_texts(at);
    }
    if (!is_whole)
        settings_free(to);
    return is_whole;
}
