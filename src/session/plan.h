/*
 * The plan: which turns fit before stop minus debrief, when each starts, who drives (R3, R9, R15).
 *
 * Computed anew from session and moment whenever it is shown; nothing is stored.
 */
#ifndef SESSION_PLAN_H
#define SESSION_PLAN_H

#include "session/session.h"

struct plan_turn {
    int number, person;       /* person: id, 0 when nobody can */
    int64_t start_ms, end_ms; /* wall, UTC */
};

struct plan {
    struct plan_turn *turns; /* owned: the running turn (if any) and the planned ones to come */
    int count;
    int total;      /* turns done plus `count` without the extra turn: "turn 4 of 12" */
    bool has_extra; /* the extra turn would be allowed after them */
    struct plan_turn extra;
    int64_t start_ms;      /* wall: when coding starts (WAITING) or started */
    int64_t coding_end_ms; /* wall: end of the last planned turn */
    int64_t debrief_ms;    /* wall: stop minus length */
    int64_t stop_ms;       /* wall */
    int rotators;
    int without; /* rotators who will not have driven by then */
    int64_t
        fitting_ms;  /* a shorter turn length (whole half minutes) with which all would; 0: none */
    int64_t wait_ms; /* R16: between one's own turns */
};

/* Fills *plan; free with plan_free(). Never fails: without memory the plan is empty. */
void plan_compute(const struct session *session, struct moment now, struct plan *plan);
void plan_free(struct plan *plan);

/* Does a break, and not a handover, come before the planned turn `index` (1 ..)? */
bool plan_break_before(const struct session *session, const struct plan *plan, int index);

/* How many minutes late against the planned start, 0 when on time or none was planned. */
int plan_late_minutes(const struct session *session, struct moment now);

#endif
