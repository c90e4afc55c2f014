/*
 * The pictures of README.md: sessions at moments worth showing, drawn by the program's own
 * screen_draw() into windows (tests/screens).
 */
#ifndef TESTS_PICTURES_PICTURES_H
#define TESTS_PICTURES_PICTURES_H

#include <curses.h>

#include "../screens/play.h"

/* A session, and those before it. */
struct room {
    struct scene scene, last;
};

struct picture {
    const char *name;  /* as README.md and the SVG's file name have it */
    const char *title; /* for who cannot see it */
    int columns, rows;
    void (*play)(struct room *room);
};

extern const struct picture pictures[]; /* ended by one without name */

/* NULL when there is none of that name. */
const struct picture *picture_find(const char *name);

/* Draws it; curses runs (canvas_start). The caller deletes the window. */
WINDOW *picture_draw(const struct picture *picture);

#endif
