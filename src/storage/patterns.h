/*
 * How tests look in source files, and how they are disabled: rules as data, shipped as
 * steps.tsv and extended by the user's own file of the same name, whose rules come first.
 */
#ifndef STORAGE_PATTERNS_H
#define STORAGE_PATTERNS_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

#include "storage/problems.h"

enum pattern_kind {
    PATTERN_FILE,
    PATTERN_FOLDER,
    PATTERN_COMMENT,
    PATTERN_BLOCK,
    PATTERN_ATTRIBUTE,
    PATTERN_METHOD,
    PATTERN_TEST,
    PATTERN_TITLE,
    PATTERN_SKIP,
    PATTERN_SKIP_TEST,
    PATTERN_SKIP_INSIDE,
    PATTERN_KINDS
};

struct pattern {
    enum pattern_kind kind;
    char *text, *end; /* owned; end: of a block */
    bool compiled;    /* `regex` is */
    regex_t regex;
};

struct language {
    char *name; /* owned */
    struct pattern *pattern;
    int count, room;
};

struct patterns {
    struct language *language; /* owned */
    int count, room;
};

/* Reads both tables; either path may be NULL. Rules with a mistake are named in *problems and left
 * out. */
void patterns_load(const char *shipped, const char *own, struct patterns *patterns,
                   struct problems *problems);
void patterns_free(struct patterns *patterns);

/* The language of a file that holds tests, by its path relative to where one looks; NULL: it holds
 * none. */
const struct language *patterns_language(const struct patterns *patterns, const char *path);

/* False for a folder that holds nothing of one's own, and for a hidden one. */
bool patterns_enters(const struct patterns *patterns, const char *folder_name);

/* True when the text matches one of the language's patterns of that kind. What the last group
 * matched, or "", is then copied into `name`, which may be NULL. */
bool patterns_match(const struct language *language, enum pattern_kind kind, const char *text,
                    char *name, size_t size);

#endif
