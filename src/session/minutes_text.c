/* The minutes as plain text: what is printed, mailed, and read aloud. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/minutes_inside.h"
#include "session/text.h"

enum { TABLE_MOST = 8 /* columns of a table */, CELL_SIZE = 4096, ROW_SIZE = 16384 };

struct sheet {
    void (*emit)(void *user, const char *line);
    void *user;
    bool in_section, in_part;
};

__attribute__((format(printf, 2, 3))) static void
say(const struct sheet *sheet, const char *format, ...)
{
    char *line = NULL;
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vasprintf(&line, format, arguments);
    va_end(arguments);
    if (length < 0)
        return;
    sheet->emit(sheet->user, line);
    free(line);
}

static void
say_title(void *user, const char *text)
{
    say(user, "%s", text);
}

static void
say_fact(void *user, const char *label, const char *value)
{
    const struct sheet *sheet = user;

    say(sheet, "%s%s: %s", sheet->in_section ? "  " : "", label, value);
}

static void
say_section(void *user, enum minutes_section section, const char *heading)
{
    struct sheet *sheet = user;

    (void)section;
    sheet->in_section = true;
    sheet->in_part = false;
    say(sheet, "%s", "");
    say(sheet, "%s", heading);
}

static void
say_part(void *user, const char *heading)
{
    struct sheet *sheet = user;

    sheet->in_part = true;
    say(sheet, "  %s", heading);
}

static void
say_item(void *user, enum minutes_tick tick, const char *text)
{
    const struct sheet *sheet = user;

    say(sheet, "%s- %s%s", sheet->in_part ? "    " : "  ", text, tick == TICK_DONE ? ", done" : "");
}

static void
say_line(void *user, const char *text)
{
    say(user, "  %s", text);
}

/* ---- tables ---- */

static int
width_of(const struct minutes_table *table, int column)
{
    const struct minutes_column *about = &table->column[column];
    int most = text_columns(about->name);

    most = about->least > most ? about->least : most;
    for (int i = 0; i < table->rows; i++) {
        int columns = text_columns(table->cell[i * table->columns + column]);

        most = columns > most ? columns : most;
    }
    return about->most > 0 && most > about->most ? about->most : most;
}

/* A row under construction; what does not fit into it is cut off. */
struct row {
    char text[ROW_SIZE];
    size_t used;
};

static void
add(struct row *row, const char *text)
{
    int length = snprintf(row->text + row->used, sizeof row->text - row->used, "%s", text);

    row->used += length < 0 ? 0 : (size_t)length;
    if (row->used >= sizeof row->text)
        row->used = sizeof row->text - 1;
}

static void
add_blanks(struct row *row, int count)
{
    for (; count > 0; count--)
        add(row, " ");
}

static void
add_cell(struct row *row, const struct minutes_column *column, const char *text, int width)
{
    char cut[CELL_SIZE];
    int used = text_fit(cut, sizeof cut, text, width, false);

    add_blanks(row, 2 + (column->is_number ? width - used : 0));
    add(row, cut);
    add_blanks(row, column->is_number ? 0 : width - used);
}

/* The cells from `cell` on, or the names of the columns for NULL; no blanks at the end. */
static void
say_row(const struct sheet *sheet, const struct minutes_table *table, char *const *cell,
        const int *width)
{
    struct row row = {.used = 0};

    for (int i = 0; i < table->columns && i < TABLE_MOST; i++)
        add_cell(&row, &table->column[i], cell == NULL ? table->column[i].name : cell[i], width[i]);
    while (row.used > 0 && row.text[row.used - 1] == ' ')
        row.used--;
    say(sheet, "%.*s", (int)row.used, row.text);
}

static void
say_table(void *user, const struct minutes_table *table)
{
    int width[TABLE_MOST];

    for (int i = 0; i < table->columns && i < TABLE_MOST; i++)
        width[i] = width_of(table, i);
    say_row(user, table, NULL, width);
    for (int i = 0; i < table->rows; i++)
        say_row(user, table, &table->cell[i * table->columns], width);
}

void
minutes_text(const struct minutes *minutes, void (*emit)(void *user, const char *line), void *user)
{
    struct sheet sheet = {.emit = emit, .user = user};
    const struct minutes_form form = {.title = say_title,
                                      .fact = say_fact,
                                      .section = say_section,
                                      .part = say_part,
                                      .item = say_item,
                                      .line = say_line,
                                      .table = say_table,
                                      .user = &sheet};

    minutes_write(minutes, &form);
}
