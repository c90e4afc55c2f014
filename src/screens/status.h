/*
 * What the tests say and which step is worked on: a row or two below the time line, the word that
 * small windows have room for, and the keys `l` and `t`. The light is a radiator (R19): wherever
 * there is one to show, it is shown, as a word, a shape and a colour.
 */
#ifndef SCREENS_STATUS_H
#define SCREENS_STATUS_H

#include "screens/paint.h"
#include "screens/screen.h"

/* "GREEN", "RED", "AMBER"; "" for no light. */
const char *status_word(enum light light);
enum paint status_paint(enum light light);
const char *status_shape(const struct view *view, enum light light); /* one column */

/* Rows that there is something to say on: 0, 1, or 2 where light and step do not fit beside each
 * other in `columns`; at most `most`. */
int status_rows(const struct view *view, int columns, int most);

/* "step 3 of 11: moves the pointer right" and "tests ● ● ○ ● GREEN 2:10" with what follows from
 * the light (R18, "passed on red"), in so many rows from `top` on. */
void status_draw(WINDOW *window, int top, int rows, const struct view *view);

/* `l` opens the chooser; `t` asks for the step after this one, and says so when there is none.
 * REPLY_IGNORED from the debrief on, when no test is run any more. */
enum reply status_light(const struct view *view, struct ui *ui, struct command *command);
enum reply status_step(const struct view *view, struct ui *ui, struct command *command);

#endif
