/*
 * One line of a journal: an event's text with the checksum that chains it to the line before
 * (D2). The only user of libdeflate.
 */
#ifndef STORAGE_JOURNAL_LINE_H
#define STORAGE_JOURNAL_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The first line and the last name everybody: 500 names of 256 bytes, each byte escaped, must fit. */
enum { OPENING_LINE_MOST = 512 * 1024 };

/* The sealed line with its newline, as the caller's to free; NULL when memory is out. *crc is the
 * checksum of the line before (0 for the first) and becomes that of this one. */
char *journal_line_seal(const char *json, uint32_t *crc);

/* True when `line` (without newline) bears the checksum that follows from *crc, which then becomes
 * that of this line. */
bool journal_line_check(const char *line, size_t length, uint32_t *crc);

#endif
