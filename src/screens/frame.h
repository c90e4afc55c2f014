/*
 * What every screen shares: the header line, the session's time line, the footer with the keys of
 * the moment and the notice, and which rung of the shrink ladder the window stands on.
 */
#ifndef SCREENS_FRAME_H
#define SCREENS_FRAME_H

#include "screens/screen.h"

enum rung {
    RUNG_DOT,   /* narrower than 8 columns: whatever fits */
    RUNG_LINE,  /* one or two rows */
    RUNG_STRIP, /* three to seven rows */
    RUNG_HALF,  /* up to 15 rows or 59 columns: beside an IDE */
    RUNG_FULL,
    RUNG_LARGE, /* 40 rows and 120 columns up: digits and names grow */
};

enum rung frame_rung(const WINDOW *window);

/* Row 0: "Coding dojo · Brainfuck interpreter (C#)          turn 4 of 12 · 13:02". */
void frame_header(WINDOW *window, const struct view *view, const char *right);

/* The last row(s): a warning (unsaved, desktop), the notice, or the keys that work now. Returns
 * the first row it used. */
int frame_footer(WINDOW *window, const struct view *view, const struct ui *ui, const struct key_help *keys);

/* One line for everything: "▶ 03:12 Ada Lovelace → Grace Hopper · 4/12 · debrief 13:50", cut from
 * the right so that time and driver stay longest. */
void frame_line(WINDOW *window, int row, const struct view *view);

/* The session from its start to the stop, one row: turns done, running, to come, debrief. */
void frame_timeline(WINDOW *window, int row, const struct view *view);

/* How far the turn is, one row, over `columns` columns. */
void frame_bar(WINDOW *window, int row, int left, int columns, const struct view *view);

#endif
