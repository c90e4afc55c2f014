/*
 * A scrolling list: rows are asked for one at a time, so cost does not grow with what is off
 * screen.
 */
#ifndef SCREENS_LIST_H
#define SCREENS_LIST_H

#include "screens/screen.h"

/* Writes row `index` as text (UTF-8, safe to show); true when it is to look unimportant. */
typedef bool (*list_row)(const struct view *view, const void *user, int index, char *out,
                         size_t size);

/* The row at the top when `count` rows are shown in `rows`: ui.scroll, moved so that the cursor is
 * seen and no row stays empty for nothing. */
int list_first(const struct ui *ui, int count, int rows);

/* Draws `count` rows into rows x columns at (top, left), the cursor row marked, with "n more" at
 * an end that is cut off. */
void list_draw(WINDOW *window, int top, int left, int rows, int columns, const struct view *view,
               const struct ui *ui, int count, list_row row, const void *user);

/* Up, Down, PageUp, PageDown, Home, End; true when it was one of them. */
bool list_key(struct ui *ui, struct key key, int count, int rows);

/* The rows of the help page about lists. */
extern const struct key_help list_keys[];

#endif
