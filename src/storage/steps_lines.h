/*
 * A source file as the scan for steps sees it: each line without blanks around it and without what
 * makes a comment of it. Private to steps_*.c.
 */
#ifndef STORAGE_STEPS_LINES_H
#define STORAGE_STEPS_LINES_H

#include <stdbool.h>

#include "storage/file.h"
#include "storage/patterns.h"

enum line_kind {
    LINE_CODE,
    LINE_BLANK,
    LINE_COMMENT,  /* begins with a comment's leader */
    LINE_OPENER,   /* begins a block comment, also within one */
    LINE_DOCUMENT, /* the same, but of documentation */
    LINE_INSIDE,   /* of a block comment */
    LINE_CLOSER,   /* ends one */
};

struct line {
    enum line_kind kind;
    char *text; /* owned; valid UTF-8 */
};

struct lines {
    struct line *line; /* owned */
    int count, room;
};

void lines_read(const struct language *language, struct file_text text, struct lines *lines);
void lines_free(struct lines *lines);

#endif
