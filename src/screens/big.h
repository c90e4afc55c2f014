/*
 * What is to be read from the last row: a time and a name, as large as the space allows, in plain
 * characters where it allows nothing larger.
 */
#ifndef SCREENS_BIG_H
#define SCREENS_BIG_H

#include "screens/paint.h"
#include "screens/screen.h"

enum { BIG_NAME_ROWS = 4 /* rows from which a name may be larger than text */ };

/* A time ("3:12", "+0:07", "4 min") in the middle of the rows from `top` on. */
void big_clock(WINDOW *window, const struct view *view, int top, int rows, enum paint paint,
               const char *time);

/* A name in capitals in the middle of the rows from `top` on; on two lines where that makes it
 * larger. */
void big_name(WINDOW *window, const struct view *view, int top, int rows, enum paint paint,
              const char *name);

#endif
