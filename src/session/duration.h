/*
 * Lengths of time and times of day as people write them.
 *
 * Durations: digits with h, m, s in that order, no blank ("5m", "1h15m", "90s", "0s"); a bare
 * number is refused except 0. Clock times: "14:00" ("9:05" is accepted). All lengths are ms.
 */
#ifndef SESSION_DURATION_H
#define SESSION_DURATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DURATION_SIZE = 32 }; /* bytes that hold any formatted duration or clock time */

/* True when `text` is a whole duration; its length in ms (0 to 24 h) then stands in *ms. */
bool duration_parse(const char *text, int64_t *ms);

/* The shortest way duration_parse() reads back: "5m", "1h15m", "1m30s", "0s". Returns `out`. */
char *duration_text(char out[static DURATION_SIZE], int64_t ms);

/* As a clock shows it: "5:00", "0:09", "75:00"; ms are rounded up, so that 0:01 is shown until the
 * very end; below zero "+0:07" counts up (rounded down). Returns `out`. */
char *duration_clock(char out[static DURATION_SIZE], int64_t ms);

/* True for a time of day; minutes after midnight (0 to 1439) then stand in *minutes. */
bool clock_parse(const char *text, int *minutes);

/* "13:50" for a wall-clock moment in UTC ms seen with an offset from UTC in seconds. */
char *clock_text(char out[static DURATION_SIZE], int64_t wall_ms, int32_t utc_offset_s);

#endif
