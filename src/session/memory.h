/*
 * What a dojo remembers of its past sessions: who drove how often, who held which role when, what
 * is still to do, when it meets. Filled one session after the other, the oldest first; pure, as
 * everything in session/.
 *
 * People are the same across sessions when their names have the same identity (text_identity()), or
 * when an alias says so. Nobody is ranked: the figures only decide who goes first.
 */
#ifndef SESSION_MEMORY_H
#define SESSION_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "session/past.h"

/* Days are those of session/calendar.h, local; MEMORY_NEVER: it has not happened. */
#define MEMORY_NEVER INT64_MIN

enum { MEMORY_RECENT = 6 /* sessions that the bus factor looks at */ };

struct memory_held {
    char *role; /* owned */
    int64_t days;
};

struct memory_person {
    char *name;   /* owned: as it was written last, or as an alias has it */
    bool fixed;   /* an alias has it */
    int sessions; /* in which they were in the rotation, or drove */
    int turns;
    int64_t drove_ms;         /* opening of the last session in which they drove; MEMORY_NEVER */
    int drove_turn;           /* the number of their last turn in it */
    struct memory_held *held; /* owned: each role they have held, and on which day last */
    int held_count;
};

/* An action item that nobody has ticked yet (R22). */
struct memory_action {
    char *record, *owner, *text; /* owned; record: the file name; owner "": nobody yet */
    int64_t note, days;
};

struct memory_roles {
    int64_t days;              /* of the session in which they were found */
    struct closing_role *role; /* owned; holder "": vacant */
    int count;
};

struct memory_spelling; /* private */

struct memory {
    int sessions;
    int64_t seats, turns;         /* sessions and turns of all people together */
    int64_t days;                 /* of the last session; MEMORY_NEVER */
    int64_t next;                 /* the date that it settled for the one after it; MEMORY_NEVER */
    char *record, *topic;         /* owned: of the last one; NULL without one */
    struct memory_person *people; /* owned */
    int people_count, people_room;
    struct memory_action *actions; /* owned: the oldest first */
    int actions_count, actions_room;
    struct closing_done *early; /* owned: ticks of what is noted later, where clocks disagree */
    int early_count;
    struct memory_roles recent[MEMORY_RECENT]; /* the newest first */
    int recent_count;
    struct memory_spelling *spellings; /* owned: a table of hashes */
    int spellings_count, spellings_room;
};

void memory_init(struct memory *memory);
void memory_free(struct memory *memory);

/* `other` is another name of the person `name`, who is shown as it is spelt here; both may be the
 * same. Before any session. */
void memory_alias(struct memory *memory, const char *other, const char *name);

/* One more past session, newer than those before. */
void memory_add(struct memory *memory, const struct past *past);

/* NULL when nobody of that name was there. */
const struct memory_person *memory_find(const struct memory *memory, const char *name);
/* NULL: nobody is known, and only names can be compared. */
bool memory_is_same(const struct memory *memory, const char *one, const char *other);

/* When that person last held the role (NULL: any role); MEMORY_NEVER. */
int64_t memory_held(const struct memory *memory, const char *name, const char *role);

/* Who volunteered for the role in the last session; NULL: nobody, or no such role. */
const char *memory_holder(const struct memory *memory, const char *role);

/* How many different people took the role in the last MEMORY_RECENT sessions. */
int memory_holders(const struct memory *memory, const char *role);

/* R14, across sessions: `order` becomes the places of `names` in the order in which they should
 * drive. Who drove least for how often they came leads: what counts is how far somebody's turns are
 * from what so many sessions give on average. So who is new stands in the middle, and who comes
 * seldom has no turns to catch up. Of equals who drove longest ago leads, then the order of `names`.
 *
 * Within a session nobody has two turns more than another (R9), and the order decides who has the
 * one more. That keeps people who attended equally often within one turn of each other, as far as
 * the sessions they attended gave equally many turns; see tests/unit/test_fairness.c. */
void memory_fair_order(const struct memory *memory, const char *const *names, int count,
                       int *order);

/* The same for a role: first who has never held it, then who held it longest ago; of equals
 * who has never held any role, or longest ago. */
void memory_volunteers(const struct memory *memory, const char *role, const char *const *names,
                       int count, int *order);

#endif
