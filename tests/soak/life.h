/*
 * One life of the program in the storm: started, watched while people type, a hook runs and the
 * window changes its size, ended at a bad moment; then what the screen had promised is looked for
 * in the record.
 *
 * Promised is what a whole frame showed without the unsaved mark, or the socket answered.
 */
#ifndef TESTS_SOAK_LIFE_H
#define TESTS_SOAK_LIFE_H

#include <stdbool.h>
#include <stdint.h>

#include "../terminal/dojo_room.h"

enum ending {
    END_TERM,
    END_INT,
    END_HUP,
    END_KILL,
    END_CLOSED /* the terminal is gone */,
    ENDINGS
};

/* Of the lives that ended one way, or of several. */
struct tally {
    int lives;
    int shown, recovered;              /* facts */
    int drafts, drafts_recovered;      /* texts half typed */
    int hooks, hooks_accounted;        /* runs that have begun */
    int terminals, terminals_restored; /* only where there is one, and a handler can do it */
    int resumed_tried, resumed;
    int wrong; /* lives with anything lost, wrong, or not in time */
};

struct dice {
    uint32_t state;
};
int roll(struct dice *dice, int sides); /* 0 .. sides-1 */

struct storm {
    struct room room;
    struct dice dice;
    bool basic;       /* without what makes it safe: tests/soak/shim_basic.c */
    int hook_ms;      /* how long the hook takes; it runs at the start of each turn */
    int lives_left;   /* with this record, then a new one is begun */
    int hooks_begun;  /* with this record */
    int number;       /* of the life, for the texts typed in it */
    bool has_record;  /* the last life left one to go on with */
    enum ending last; /* how it was ended */
};

void storm_open(struct storm *storm, uint32_t seed, bool basic, int hook_ms);
void storm_close(struct storm *storm);

/* One life; adds to tallies[ending]. Says on standard error what went wrong. */
void storm_live(struct storm *storm, struct tally tallies[static ENDINGS]);

#endif
