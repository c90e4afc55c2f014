/*
 * The parts of the opening board that are text. Private to board*.c.
 */
#ifndef SCREENS_BOARD_H
#define SCREENS_BOARD_H

#include "screens/screen.h"

enum { BOARD_DIGITS = 9 /* action items that a digit ticks */ };

/* When it starts, which turns fit, whether all will drive: up to `rows` rows. Returns those used. */
int board_plan(WINDOW *window, int top, int left, int rows, int columns, const struct view *view);

/* Who goes to another screen (R15), in up to `rows` rows. Returns those used, 0 when there is no
 * other group. */
int board_groups(WINDOW *window, int row, int rows, const struct view *view);

/* The time until the planned start in digits; returns the rows used, 0 when none is planned. */
int board_countdown(WINDOW *window, int top, const struct view *view);

/* Who prepares this session, a row each. Returns those used. */
int board_roles(WINDOW *window, int top, int left, int rows, int columns, const struct view *view);

/* In one row below, from the third past session on and in a large window: how many people took
 * these roles lately. Returns the rows used, 0 or 1. */
int board_holders(WINDOW *window, int row, int left, int columns, const struct view *view);

/* What past sessions left: who prepares this one, what is still to do, what was learned; and what
 * the checklists want. Returns how many action items are to be seen. */
int board_last(WINDOW *window, int top, int left, int rows, int columns, const struct view *view);

/* Ticks the action item with that number (1 ..), and says which; of those that are not to be seen,
 * from `shown` + 1 on, none. */
enum reply board_tick(const struct view *view, struct ui *ui, int number, int shown,
                      struct command *command);

#endif
