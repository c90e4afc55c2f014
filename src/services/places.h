/*
 * The places on the desktop, by key, and what is wanted of each: at most one message a place, the
 * newest. Pure bookkeeping; keys are a handful of the program's own words.
 */
#ifndef SERVICES_PLACES_H
#define SERVICES_PLACES_H

#include <stdbool.h>

#include "services/message.h"

struct place {
    char *key;     /* owned */
    unsigned id;   /* what the daemon calls the popup there; 0: none is known to be up */
    bool turn_end; /* the message wanted may start a helper whatever the 30 s rule says */
    bool is_wanted;
    unsigned order;
    struct message wanted;
};

/* Zeroed is empty. A place stays at its index. */
struct places {
    struct place *list;
    int count;
    unsigned orders;
};

int places_find(const struct places *places, const char *key); /* -1: none */
int places_add(struct places *places, const char *key);        /* or finds it; -1: memory is out */

/* The newest message of a place takes the turn of the one that it replaces. */
void places_want(struct places *places, int index, const struct message *message);
void places_unwant(struct places *places, int index);
void places_unwant_all(struct places *places);
int places_first(const struct places *places); /* the place that has waited longest; -1: none */

void places_clear(struct places *places);

#endif
