/*
 * Private to the text module: outside bytes as a row of safe characters, and as grapheme clusters.
 */
#ifndef SESSION_TEXT_SCAN_H
#define SESSION_TEXT_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXT_REPLACEMENT = 0xFFFD };

enum text_flaw {
    FLAW_NONE,
    FLAW_ENCODING,  /* no UTF-8; one byte long */
    FLAW_CONTROL,   /* C0, DEL, C1; also tab and newline */
    FLAW_INVISIBLE, /* format characters, bidi controls, separators, fillers */
    FLAW_UNKNOWN,   /* private use, unassigned */
};

struct text_scan {
    const char *bytes;
    size_t length, offset; /* `offset`: behind what was read last */
    int32_t raw;           /* as it stands; -1 for a byte that is no UTF-8 */
    int32_t character;     /* as it may be shown: U+FFFD when flawed, a blank for tab and newline */
    enum text_flaw flaw;
    bool after_emoji; /* what was read last is one, or belongs to one */
};

struct text_scan text_scan_of(const char *bytes, size_t length);

/* Visible ASCII and the blank: one column, never a flaw, nothing joins two of them. */
static inline bool
text_is_plain(int32_t character)
{
    return character >= ' ' && character <= '~';
}

/* Reads the next character; false at the end. */
bool text_scan_next(struct text_scan *scan);

/* UTF-8 of a character; returns its bytes (1 to 4). */
size_t text_encode(int32_t character, char out[static 4]);

#endif
