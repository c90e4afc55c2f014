/*
 * What a thing means on screen, turned into attributes. Colour is never the only cue: every paint
 * also differs by bold, reverse, or the word or shape that is drawn in it.
 */
#ifndef SCREENS_PAINT_H
#define SCREENS_PAINT_H

#include <curses.h>
#include <stdbool.h>

#include "session/settings.h"

enum paint {
    PAINT_TEXT,
    PAINT_STRONG, /* the driver, headings */
    PAINT_DIM,    /* what may be overlooked */
    PAINT_CLOCK,  /* the digits */
    PAINT_LAST,   /* the digits below one minute */
    PAINT_ALARM,  /* hand over now, overtime, not saved: reverse */
    PAINT_CURSOR, /* the chosen row of a list: reverse */
    PAINT_KEY,    /* a key in the footer */
    PAINT_GREEN,  /* the lights of the tests */
    PAINT_RED,
    PAINT_AMBER,
    PAINTS
};

/* The colours that all paints are taken from. */
enum colours {
    COLOURS_NONE,     /* bold and reverse only */
    COLOURS_ANY,      /* the terminal's own background, whatever it is */
    COLOURS_ON_DARK,  /* the terminal's own background, which is dark */
    COLOURS_ON_LIGHT, /* ... which is light */
    COLOURS_DARK,     /* white on black, painted */
    COLOURS_LIGHT,    /* black on white, painted */
    COLOURS_CONTRAST, /* bright white and yellow on black, nothing dim */
    COLOURS_COUNT
};

enum background { BACKGROUND_UNKNOWN, BACKGROUND_DARK, BACKGROUND_LIGHT };

/* What a theme comes to on a terminal with or without colours and with that background. */
enum colours paint_colours(enum theme theme, bool has_colours, enum background background);

/* To be called once after newterm(); harmless on a monochrome terminal. */
void paint_start(bool has_colours);

/* Blanks of the window, from its next erasure on, are of these colours. */
void paint_background(WINDOW *window, enum colours colours);
short paint_pair(enum colours colours); /* of plain text */

attr_t paint_attributes(enum paint paint, enum colours colours);

/* Text at (row, column), cut to `columns` (text_fit), in a paint. Outside the window: nothing.
 * Returns the columns used. */
int paint_text(WINDOW *window, int row, int column, int columns, enum paint paint,
               enum colours colours, bool ascii, const char *text);

/* The same, centred between the columns `left` and `left + columns`. */
int paint_centred(WINDOW *window, int row, int left, int columns, enum paint paint,
                  enum colours colours, bool ascii, const char *text);

#endif
