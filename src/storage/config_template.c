#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/duration.h"
#include "storage/config.h"

enum { COMMENT_COLUMNS = 78 };

static const char introduction[] =
    "# session.ini: how your coding dojo runs. randori reads it from the folder in\n"
    "# which it is started.\n"
    "#\n"
    "# Every key stands here with its default, so a line left out changes nothing.\n"
    "# Lengths of time are written 90s, 5m or 1h15m; times of day 14:00.\n"
    "# Comments have a line of their own. `randori check` names every mistake.\n";

/* Words one after another, on comment lines of at most COMMENT_COLUMNS. */
static void
write_comment(FILE *out, const char *text)
{
    size_t column = 1;
    fputc('#', out);
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        if (column + 1 + length > COMMENT_COLUMNS) {
            fputs("\n#", out);
            column = 1;
        }
        fprintf(out, " %.*s", (int)length, text);
        column += 1 + length;
        text += length + (text[length] == ' ');
    }
    fputc('\n', out);
}

static void
write_help(FILE *out, const struct setting *row)
{
    char comment[800], least[DURATION_SIZE], most[DURATION_SIZE], range[80] = "";
    switch (row->kind) {
    case SETTING_DURATION:
    case SETTING_DURATIONS:
        snprintf(range, sizeof range, " From %s to %s.", duration_text(least, row->least),
                 duration_text(most, row->most));
        break;
    case SETTING_COUNT:
        snprintf(range, sizeof range, " From %d to %d.", (int)row->least, (int)row->most);
        break;
    case SETTING_SWITCH:
        snprintf(range, sizeof range, " yes or no.");
        break;
    default:
        break;
    }
    snprintf(comment, sizeof comment, "%s%s", row->help, range);
    write_comment(out, comment);
}

/* A list whose default depends on another key stands as a comment: written out, it would win. */
static void
write_values(FILE *out, const struct settings *settings, const struct setting *row)
{
    char *value;
    bool depends = row->kind == SETTING_TEXTS && *row->standard == '\0';
    for (int i = 0; (value = settings_get(settings, row, i)) != NULL; i++) {
        fprintf(out, "%s%s =%s%s\n", depends ? "# " : "", row->key, *value != '\0' ? " " : "",
                value);
        free(value);
    }
}

static void
write_all(FILE *out, const struct settings *settings)
{
    const char *section = "";
    fputs(introduction, out);
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        if (strcmp(section, row->section) != 0)
            fprintf(out, "\n[%s]\n", row->section);
        else
            fputc('\n', out);
        section = row->section;
        write_help(out, row);
        write_values(out, settings, row);
    }
}

char *
config_template(void)
{
    struct settings settings;
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    if (out == NULL)
        return NULL;
    bool is_whole = settings_init(&settings);
    if (is_whole)
        write_all(out, &settings);
    settings_free(&settings);
    if (fclose(out) != 0 || !is_whole) {
        free(text);
        return NULL;
    }
    return text;
}
