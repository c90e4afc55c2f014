/*
 * Mistakes in files, collected so that all of them are told at once, as file:line: message.
 */
#ifndef STORAGE_PROBLEMS_H
#define STORAGE_PROBLEMS_H

#include <stdbool.h>

struct problem {
    char *file; /* owned; NULL: no file is to blame */
    int line;   /* 1 ..; 0: the file as a whole */
    char *message;
};

struct problems {
    struct problem *item; /* owned */
    int count, room;
    bool lost; /* memory was out for at least one */
};

/* Nothing is wrong, as far as anybody looked. */
bool problems_none(const struct problems *problems);

__attribute__((format(printf, 4, 5))) void problems_add(struct problems *problems, const char *file,
                                                        int line, const char *format, ...);
void problems_free(struct problems *problems);

/* Stable order by file as first named, then line: mistakes found by later checks fall into place. */
void problems_sort(struct problems *problems);

/* "file:12: message", safe to show; the caller frees it. */
char *problems_text(const struct problem *problem);

#endif
