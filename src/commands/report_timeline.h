/*
 * What the files of the timeline share: where things are in the picture.
 */
#ifndef COMMANDS_REPORT_TIMELINE_H
#define COMMANDS_REPORT_TIMELINE_H

#include <stdio.h>

#include "session/duration.h"
#include "session/minutes.h"

/* In the picture's own units; it is drawn as wide as the page. */
enum {
    WIDTH = 1000,
    LEFT = 60, /* the names of the rows stand before it */
    RIGHT = 990,
    TURNS_TOP = 22,
    TURNS_HEIGHT = 40,
    LIGHTS_TOP = 68,
    STOPS_TOP = 90,
    ROW_HEIGHT = 16,
    AXIS_TOP = 114,
    HEIGHT = 136,
};

struct timeline {
    FILE *out;
    const struct minutes *minutes;
    int64_t from_ms, to_ms; /* elapsed */
    bool planned;           /* the planned end is in it */
    int64_t code_ms;        /* where coding ends */
    struct moment from;
};

double timeline_place(const struct timeline *timeline, int64_t elapsed_ms);

/* The time of day at an elapsed time, as if the clock had not been set meanwhile. Returns `out`. */
char *timeline_clock(const struct timeline *timeline, int64_t elapsed_ms,
                     char out[static DURATION_SIZE]);

/* The hours below the rows, and the planned end through all of them. */
void timeline_axis(const struct timeline *timeline);

/* The same in words, for who does not see it. */
void timeline_words(const struct timeline *timeline);

#endif
