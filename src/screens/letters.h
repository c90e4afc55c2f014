/*
 * Names in capitals of half blocks, to be read from the last row. Latin letters, with their marks,
 * digits and the punctuation of names and questions; what is written otherwise is shown in plain
 * characters.
 */
#ifndef SCREENS_LETTERS_H
#define SCREENS_LETTERS_H

#include <curses.h>
#include <stdbool.h>

#include "screens/paint.h"

/* Columns that `text` takes at a scale of 1, 2, ...; 0: it cannot be written with these letters. */
int letters_columns(const char *text, int scale, bool ascii);
int letters_rows(int scale, bool ascii);

/* The largest scale at which `text` fits into rows x columns; 0: none. */
int letters_fit(const char *text, int rows, int columns, bool ascii);

/* Draws with the top left corner at (row, column); small letters come out as capitals. */
void letters_draw(WINDOW *window, int row, int column, const char *text, int scale,
                  enum paint paint, enum colours colours, bool ascii);

#endif
