#include "storage/steps_lines.h"

#include <stdlib.h>
#include <string.h>

#include "session/text.h"

enum { LINE_MOST = 1000 /* bytes that are looked at */, LINES_MOST = 20000 };

void
lines_free(struct lines *lines)
{
    for (int i = 0; i < lines->count; i++)
        free(lines->line[i].text);
    free(lines->line);
    *lines = (struct lines){0};
}

static const char *
skip_blanks(const char *text)
{
    return text + strspn(text, " \t");
}

static bool
begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* The comment without its leader (also several in a row), NULL when it is none. */
static const char *
after_leader(const struct language *language, const char *text)
{
    for (int i = 0; i < language->count; i++) {
        const struct pattern *pattern = &language->pattern[i];

        if (pattern->kind != PATTERN_COMMENT || !begins(text, pattern->text))
            continue;
        while (begins(text, pattern->text))
            text = skip_blanks(text + strlen(pattern->text));
        return text;
    }
    return NULL;
}

/* The block that begins at the text and does not end on this line, or NULL. */
static const struct pattern *
opened_block(const struct language *language, const char *text)
{
    for (int i = 0; i < language->count; i++) {
        const struct pattern *pattern = &language->pattern[i];

        if (pattern->kind == PATTERN_BLOCK && begins(text, pattern->text) &&
            strstr(text + strlen(pattern->text), pattern->end) == NULL)
            return pattern;
    }
    return NULL;
}

struct reading {
    const struct language *language;
    const struct pattern *block; /* of the block comment that is open; NULL: none is */
};

/* Documentation repeats the opener's last character. */
static enum line_kind
kind_of_opener(const struct pattern *block, const char *text)
{
    size_t length = strlen(block->text);

    return text[length] == block->text[length - 1] ? LINE_DOCUMENT : LINE_OPENER;
}

static enum line_kind
classify(struct reading *reading, const char **text)
{
    const struct pattern *opened = opened_block(reading->language, *text);
    const char *payload;

    if (opened != NULL) {
        reading->block = opened;
        return kind_of_opener(opened, *text);
    }
    if (reading->block != NULL) {
        if (strstr(*text, reading->block->end) == NULL)
            return LINE_INSIDE;
        reading->block = NULL;
        return LINE_CLOSER;
    }
    payload = after_leader(reading->language, *text);
    if (payload == NULL)
        return **text == '\0' ? LINE_BLANK : LINE_CODE;
    *text = payload;
    return LINE_COMMENT;
}

static bool
make_room(struct lines *lines)
{
    if (lines->count == LINES_MOST)
        return false;
    if (lines->count == lines->room) {
        int room = lines->room == 0 ? 256 : 2 * lines->room;
        struct line *line = realloc(lines->line, (size_t)room * sizeof *line);

        if (line == NULL)
            return false;
        lines->line = line;
        lines->room = room;
    }
    return true;
}

static void
add(struct reading *reading, struct lines *lines, struct file_line bytes)
{
    char *clean = text_clean(bytes.bytes, bytes.length < LINE_MOST ? bytes.length : LINE_MOST);
    const char *text;
    struct line line;
    size_t length;

    if (clean == NULL || !make_room(lines)) {
        free(clean);
        return;
    }
    length = strlen(clean);
    while (length > 0 && clean[length - 1] == ' ')
        clean[--length] = '\0';
    text = skip_blanks(clean);
    line.kind = classify(reading, &text);
    line.text = strdup(text);
    if (line.text != NULL)
        lines->line[lines->count++] = line;
    free(clean);
}

void
lines_read(const struct language *language, struct file_text text, struct lines *lines)
{
    struct reading reading = {language, NULL};
    struct file_line line;

    *lines = (struct lines){0};
    file_skip_mark(&text);
    while (file_next_line(&text, &line))
        add(&reading, lines, line);
}
