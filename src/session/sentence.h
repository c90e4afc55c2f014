/*
 * A sentence put together piece by piece, cleaned once at the end: names, notes and topics may
 * hold anything, since journals get edited by hand.
 */
#ifndef SESSION_SENTENCE_H
#define SESSION_SENTENCE_H

#include <stddef.h>

enum { SENTENCE_SIZE = 2048 };

struct sentence {
    char text[SENTENCE_SIZE];
    size_t used;
};

/* As printf(3); what does not fit is cut off. */
__attribute__((format(printf, 2, 3))) void sentence_add(struct sentence *sentence,
                                                        const char *format, ...);

/* The whole sentence, safe to show, into `out`. Returns `out`. */
char *sentence_finish(const struct sentence *sentence, char *out, size_t size);

#endif
