/*
 * Type-ahead in a list: `/`, and what is typed then moves the cursor to the first row from here on
 * that holds it, whatever its case. Up and Down go on working; Esc ends it, and so does Enter.
 */
#ifndef SCREENS_FIND_H
#define SCREENS_FIND_H

#include "screens/list.h"

enum find {
    FIND_NOTHING, /* not a key of finding */
    FIND_TYPED,
    FIND_ENTERED, /* Enter ended it: the list may take the row that was found */
};

/* One key, before those of the list. */
enum find find_key(const struct view *view, struct ui *ui, struct key key, int count, list_row row,
                   const void *user);
/* As if `/` had been pressed, where letters mean nothing else. */
void find_open(struct ui *ui);

/* What is typed, in the last row of the window; nothing while nothing is sought. */
void find_draw(WINDOW *window, const struct view *view, const struct ui *ui);

#endif
