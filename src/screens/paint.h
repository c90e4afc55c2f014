/*
 * What a thing means on screen, turned into attributes. Colour is never the only cue: every paint
 * also differs by bold, reverse, or the word itself.
 */
#ifndef SCREENS_PAINT_H
#define SCREENS_PAINT_H

#include <curses.h>
#include <stdbool.h>

enum paint {
    PAINT_TEXT,
    PAINT_STRONG, /* the driver, headings */
    PAINT_DIM,    /* what may be overlooked */
    PAINT_CLOCK,  /* the digits */
    PAINT_LAST,   /* the digits below one minute */
    PAINT_ALARM,  /* hand over now, overtime, not saved: reverse */
    PAINT_CURSOR, /* the chosen row of a list: reverse */
    PAINT_KEY,    /* a key in the footer */
    PAINTS
};

/* To be called once after newterm(); harmless on a monochrome terminal. */
void paint_start(bool colours);

attr_t paint_attributes(enum paint paint, bool colours);

/* Text at (row, column), cut to `columns` (text_fit), in a paint. Outside the window: nothing.
 * Returns the columns used. */
int paint_text(WINDOW *window, int row, int column, int columns, enum paint paint, bool colours,
               bool ascii, const char *text);

/* The same, centred between the columns `left` and `left + columns`. */
int paint_centred(WINDOW *window, int row, int left, int columns, enum paint paint, bool colours,
                  bool ascii, const char *text);

#endif
