/*
 * Reads JSON as our own records are written (compact, nothing escaped) in place: about ten times as
 * fast as building a tree of it, which is what the history of many years is worth.
 *
 * Whatever is written otherwise sets `failed`, ends every loop and makes every value empty: the
 * caller then turns to event_parse(), which reads it all.
 */
#ifndef STORAGE_SCAN_H
#define STORAGE_SCAN_H

#include <stdbool.h>
#include <stdint.h>

struct scan {
    char *at, *end; /* texts that were taken are ended by NUL, in place of their quote */
    bool failed;
    char none[1]; /* what a text is that could not be taken */
};

/* Enters an object or a list; then scan_key() or scan_item() is true once for each member, whose
 * value is to be taken or skipped. */
void scan_object(struct scan *scan);
void scan_list(struct scan *scan);
bool scan_key(struct scan *scan, const char **key);
bool scan_item(struct scan *scan);

char *scan_text(struct scan *scan);                   /* safe to show; "" when it failed */
int64_t scan_number(struct scan *scan, int64_t most); /* a whole number from 0 to `most` */
bool scan_flag(struct scan *scan);
void scan_skip(struct scan *scan);

#endif
