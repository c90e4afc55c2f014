/* A table of the minutes, cell by cell. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/minutes_inside.h"
#include "session/text.h"

void
table_begin(struct minutes_table *table, const char *caption, const struct minutes_column *column,
            int columns, int rows)
{
    *table = (struct minutes_table){.caption = caption, .column = column, .columns = columns};
    table->cell = calloc((size_t)rows * (size_t)columns, sizeof *table->cell);
    if (table->cell != NULL)
        table->room = rows * columns;
}

void
table_add(struct minutes_table *table, const char *format, ...)
{
    char *text = NULL, *clean;
    va_list arguments;
    int length;

    if (table->cells == table->room)
        return;
    va_start(arguments, format);
    length = vasprintf(&text, format, arguments);
    va_end(arguments);
    if (length < 0) {
        table->room = table->cells; /* nothing may come behind a missing cell */
        return;
    }
    clean = text_clean(text, (size_t)length);
    free(text);
    if (clean == NULL)
        table->room = table->cells;
    else
        table->cell[table->cells++] = clean;
}

void
writing_table(const struct writing *writing, struct minutes_table *table)
{
    table->rows = table->cells / table->columns;
    if (table->rows > 0)
        writing->form->table(writing->form->user, table);
    for (int i = 0; i < table->cells; i++)
        free(table->cell[i]);
    free(table->cell);
    *table = (struct minutes_table){0};
}
