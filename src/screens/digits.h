/*
 * The big clock: digits of half blocks, as large as the space allows, ASCII where needed.
 */
#ifndef SCREENS_DIGITS_H
#define SCREENS_DIGITS_H

#include <curses.h>
#include <stdbool.h>

#include "screens/paint.h"

/* Rows and columns that `text` ("12:45", "+0:07") needs at a scale of 1, 2, 3, ... */
int digits_rows(int scale);
int digits_columns(const char *text, int scale);

/* The largest scale that fits into rows x columns; 0: not even scale 1 fits. */
int digits_scale(const char *text, int rows, int columns);

/* Draws with the top left corner at (row, column). */
void digits_draw(WINDOW *window, int row, int column, const char *text, int scale, enum paint paint,
                 bool colours, bool ascii);

#endif
