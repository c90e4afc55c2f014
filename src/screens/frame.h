/*
 * What every screen shares: the header line, the session's time line, the footer with the keys of
 * the moment and the notice, the rung of the shrink ladder, and the words that all of them use for
 * time left and for who is next.
 */
#ifndef SCREENS_FRAME_H
#define SCREENS_FRAME_H

#include "screens/paint.h"
#include "screens/screen.h"
#include "session/duration.h"

enum { FRAME_TEXT = 1024 /* bytes that hold a line put together for a screen */ };

enum rung {
    RUNG_DOT,   /* narrower than 8 columns: whatever fits */
    RUNG_LINE,  /* one or two rows */
    RUNG_STRIP, /* three to seven rows */
    RUNG_HALF,  /* up to 15 rows or 59 columns: beside an IDE */
    RUNG_FULL,
    RUNG_LARGE, /* 40 rows and 120 columns up: digits and names grow */
};

enum rung frame_rung(const WINDOW *window);

/* paint_text() and paint_centred() with the view's colours and character set. */
int frame_text(WINDOW *window, const struct view *view, int row, int left, int columns,
               enum paint paint, const char *text);
int frame_centred(WINDOW *window, const struct view *view, int row, enum paint paint,
                  const char *text);

/* Row 0: "Coding dojo · Brainfuck interpreter (C#)          turn 4 of 12 · 13:02". */
void frame_header(WINDOW *window, const struct view *view, const char *right);

/* The last row: the keys that work now, the screen's before those that all share, as many as
 * fit, and ? and q at the right end; from 16 rows up the row above is kept for a warning
 * (unsaved, desktop) or the notice, below that they take the place of the keys. With one or two
 * rows nothing, with three only a warning or notice. Returns the first row it used, the number
 * of rows when none. */
int frame_footer(WINDOW *window, const struct view *view, const struct ui *ui,
                 const struct key_help *keys);

/* Whether a table (NULL: none) has a row for the key: what a screen says wins over what holds
 * everywhere. */
bool frame_has_key(const struct key_help *keys, const char *key);

/* Whether a row of a key table is offered at this moment. */
bool frame_key_works(const struct view *view, const struct key_help *help);

/* One line for everything: "▶ 03:12 Ada Lovelace → Grace Hopper · 4/12 · debrief 13:50", cut from
 * the right so that time and driver stay longest; the next driver stays as long as there is room
 * for two names. */
void frame_line(WINDOW *window, int row, const struct view *view);

/* The two smallest rungs, the same for every screen; false when the window is larger. */
bool frame_small(WINDOW *window, const struct view *view);

/* The session from its start to the stop, one row: turns done, running, to come, debrief. */
void frame_timeline(WINDOW *window, int row, const struct view *view);

/* How far the turn is, one row, over `columns` columns. */
void frame_bar(WINDOW *window, int row, int left, int columns, const struct view *view);

/* " · ", in ASCII " | ": between the parts of a line. */
const char *frame_dot(const struct view *view);

/* Time left as display.seconds wants it: "3:12", or "4 min" until the last minute. Returns `out`. */
char *frame_clock(char out[static DURATION_SIZE], const struct view *view, int64_t ms);

/* "13:50", local. Returns `out`. */
char *frame_time(char out[static DURATION_SIZE], const struct view *view, int64_t wall_ms);

/* "debrief · 6:12 left · end 14:00", after the stop "debrief · +0:40 over · end 14:00": what runs
 * up to the stop, for the header. */
void frame_rest(char *out, size_t size, const struct view *view, const char *what);

/* Who is next, as long as a planned turn follows: the name; else "debrief 13:50". Returns `out`. */
char *frame_next(char *out, size_t size, const struct view *view);

/* Who has the second seat, with [turn] copilot: the next driver while a turn runs, between turns
 * the one after that. "" without. */
const char *frame_copilot(const struct view *view);

/* True when no planned turn follows the running one (R3). */
bool frame_is_last_turn(const struct view *view);

#endif
