/*
 * Text broken into rows at its blanks, for what must be read in full: questions, notes, help.
 */
#ifndef SCREENS_WRAP_H
#define SCREENS_WRAP_H

#include "screens/paint.h"
#include "screens/screen.h"

/* Bytes of `text` that fill the next row of at most `columns` columns; at least one cluster. The
 * blanks at the break are behind *next, where the row after it begins. */
size_t wrap_row(const char *text, int columns, size_t *next);

/* How many rows it needs, at least 1. */
int wrap_rows(const char *text, int columns);

/* Draws it into rows x columns at (top, left), cut at the end of the last row. Returns the rows
 * used. */
int wrap_draw(WINDOW *window, int top, int left, int rows, int columns, enum paint paint,
              const struct view *view, const char *text);

#endif
