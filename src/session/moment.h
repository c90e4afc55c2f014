/*
 * A point in time, the way it travels everywhere (D1).
 *
 * Turns are measured in elapsed time, which counts suspend; the stop and all planned times are
 * wall clock (R1). session/ never reads a clock: a moment is always handed in.
 */
#ifndef SESSION_MOMENT_H
#define SESSION_MOMENT_H

#include <stdint.h>

struct moment {
    int64_t elapsed_ms; /* since the session was opened; never decreases, goes on across resumes */
    int64_t wall_ms;    /* UTC, since 1970 */
    int32_t utc_offset_s; /* local time minus UTC then */
};

/* The moment at which `elapsed_ms` will be (or was) reached, if the wall clock runs on evenly. */
static inline struct moment
moment_at(struct moment now, int64_t elapsed_ms)
{
    return (struct moment){elapsed_ms, now.wall_ms + (elapsed_ms - now.elapsed_ms),
                           now.utc_offset_s};
}

/* The elapsed time at which the wall clock will show `wall_ms`. */
static inline int64_t
moment_elapsed_at(struct moment now, int64_t wall_ms)
{
    return now.elapsed_ms + (wall_ms - now.wall_ms);
}

#endif
