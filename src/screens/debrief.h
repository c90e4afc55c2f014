/*
 * The debrief's state as both its keys and its drawing see it. Private to debrief*.c.
 */
#ifndef SCREENS_DEBRIEF_H
#define SCREENS_DEBRIEF_H

#include "screens/screen.h"

enum debrief_mode {
    DEBRIEF_EMPTY,   /* the line has the keys, nothing is typed */
    DEBRIEF_LINE,    /* something is */
    DEBRIEF_CHOSEN,  /* a note is chosen with Up */
    DEBRIEF_EDITING, /* the chosen note is being changed */
    DEBRIEF_KEYS,    /* letters are keys */
};

enum debrief_mode debrief_mode(const struct view *view, const struct ui *ui);

/* The notes listed under the open question: its own; under the first also those taken while
 * coding. */
int debrief_count(const struct session *session);
const struct note *debrief_note(const struct session *session, int index);
int debrief_index(const struct session *session, int64_t seq); /* -1: not among them */

/* A note as it would be typed: "@Grace Hopper ask for a bigger screen". Returns `out`. */
char *debrief_text(char *out, size_t size, const struct note *note);

/* What is left of the question's share of the time to the stop; negative when it is used up. A
 * share is what remained when the question was opened, over the questions left. */
int64_t debrief_share_ms(const struct view *view);

/* The notes and the line to type in rows x columns at (top, left). */
void debrief_notes_draw(WINDOW *window, int top, int left, int rows, int columns,
                        const struct view *view, const struct ui *ui);

/* What the tests showed in each turn, with the format that looks back on it; at most `rows` rows
 * from `top` on. Returns how many it took; 0 with any other format. */
int debrief_lights_draw(WINDOW *window, int top, int rows, const struct view *view);

void debrief_draw(WINDOW *window, const struct view *view, const struct ui *ui);

/* The footer's row for a mode. */
const struct key_help *debrief_keys_of(enum debrief_mode mode);

#endif
