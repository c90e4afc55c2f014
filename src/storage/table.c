#include "storage/table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "storage/file.h"

struct reading {
    void (*visit)(void *user, const struct table_row *row);
    void *user;
    struct table_row row;
    struct problems *problems;
};

/* Without the blanks around it; "-" means nothing. Changes the text. */
static const char *
trim(char *text)
{
    size_t length;

    text += strspn(text, " ");
    length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        text[--length] = '\0';
    return strcmp(text, "-") == 0 ? "" : text;
}

static void
split(struct reading *reading, char *line)
{
    struct table_row *row = &reading->row;
    char *rest = line, *column;

    for (row->count = 0; row->count < TABLE_COLUMNS && (column = strsep(&rest, "\t")) != NULL;)
        row->column[row->count++] = trim(column);
    for (int i = row->count; i < TABLE_COLUMNS; i++)
        row->column[i] = "";
    if (rest != NULL)
        problems_add(reading->problems, row->file, row->line, "there are more than %d columns",
                     TABLE_COLUMNS);
    else
        reading->visit(reading->user, row);
}

static bool
is_row(struct file_line line)
{
    line = file_line_trim(line);
    return line.length > 0 && *line.bytes != '#';
}

static void
read_line(struct reading *reading, struct file_line line)
{
    char why[80], *copy;
    const char *fault = file_line_fault(&line, why);

    if (fault != NULL) {
        problems_add(reading->problems, reading->row.file, reading->row.line, "the line %s", fault);
    } else if (is_row(line)) {
        copy = strndup(line.bytes, line.length);
        if (copy != NULL)
            split(reading, copy);
        free(copy);
    }
}

bool
table_read(const char *path, bool named, void (*visit)(void *user, const struct table_row *row),
           void *user, struct problems *problems)
{
    struct reading reading = {visit, user, {.file = path}, problems};
    struct file_text text, rest;
    struct file_line line;
    int error = file_read(NULL, path, &text);

    if (error != 0) {
        if (named || error != ENOENT)
            problems_add(problems, path, 0, "%s", file_error(error));
        return false;
    }
    rest = text;
    file_skip_mark(&rest);
    while (file_next_line(&rest, &line)) {
        reading.row.line++;
        read_line(&reading, line);
    }
    free(text.bytes);
    return true;
}
