/*
 * RFC 3339 time stamps with milliseconds and the local offset: "2026-11-22T12:45:00.004+01:00".
 */
#ifndef SESSION_STAMP_H
#define SESSION_STAMP_H

#include <stdbool.h>
#include <stdint.h>

enum { STAMP_SIZE = 40 };

/* Returns `out`. */
char *stamp_text(char out[static STAMP_SIZE], int64_t wall_ms, int32_t utc_offset_s);

/* "2026-11-22", the local date. Returns `out`. */
char *stamp_date(char out[static STAMP_SIZE], int64_t wall_ms, int32_t utc_offset_s);

/* True when the whole text is a stamp; years 1970 to 9999. */
bool stamp_parse(const char *text, int64_t *wall_ms, int32_t *utc_offset_s);

#endif
