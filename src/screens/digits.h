/*
 * The big clock: digits of half blocks at any height, ASCII where needed. Strokes get thicker with
 * the height, so that they are as readable from the last row as the space allows.
 */
#ifndef SCREENS_DIGITS_H
#define SCREENS_DIGITS_H

#include <curses.h>
#include <stdbool.h>

#include "screens/paint.h"

/* Columns that `text` (digits, ':', '+': "12:45", "+0:07") takes when it is `rows` high; at least
 * 3 rows, 5 in ASCII. Other characters are drawn as blanks. */
int digits_columns(const char *text, int rows, bool ascii);

/* The height in rows of the largest digits that fit into rows x columns; 0: not even the smallest. */
int digits_fit(const char *text, int rows, int columns, bool ascii);

/* Draws digits `rows` high with the top left corner at (row, column). */
void digits_draw(WINDOW *window, int row, int column, const char *text, int rows, enum paint paint,
                 enum colours colours, bool ascii);

#endif
