/*
 * Who is here, in which order, and who drives next (R9 to R13).
 *
 * People are known by small session-local ids (1, 2, ...), given in order of appearance and never
 * reused (D6). The order of the array is the rotation.
 */
#ifndef SESSION_ROSTER_H
#define SESSION_ROSTER_H

#include <stdbool.h>

enum { ROSTER_MOST = 500, NAME_MOST = 256 /* bytes of a name, without the NUL */ };

struct person {
    int id;
    char *name; /* owned */
    bool present;
    bool observer; /* present, but not in the rotation */
    bool passed;   /* "not now": not chosen until somebody else has driven (D24) */
    int turns;     /* turns that counted */
    int credit;    /* added for the order only, so that a latecomer catches up once (R10) */
    int passes;    /* how often they passed; two offer the observer's seat (R12) */
};

struct roster {
    struct person *people;
    int count, room;
};

void roster_free(struct roster *roster);
void roster_copy(struct roster *to, const struct roster *from);

/* Appends a person; the roster copies the name. NULL when memory is out or the roster is full. */
struct person *roster_add(struct roster *roster, int id, const char *name);
struct person *roster_find(const struct roster *roster, int id);
/* By the same identity (text_identity) or NULL; `or_part` also accepts an unambiguous part of a
 * name, whatever its case; *ambiguous is then set when several fit. */
struct person *roster_find_name(const struct roster *roster, const char *name);
struct person *roster_find_part(const struct roster *roster, const char *part, bool *ambiguous);

/* Is the person one of those whom `part` names best? More than one are: it is ambiguous. */
bool roster_could_be(const struct roster *roster, const struct person *person, const char *part);
bool roster_rotates(const struct person *person); /* present and no observer */
int roster_rotators(const struct roster *roster);
int roster_present(const struct roster *roster);

/* R9: the present rotator with the fewest turns + credit, then list order, never `driver` (0 for
 * nobody) unless alone. 0 when nobody can. */
int roster_next(const struct roster *roster, int driver);

/* R10, R11: called when a person joins or comes back: credits them up to the fewest of the other
 * rotators minus one. */
void roster_credit(struct roster *roster, struct person *person);

/* Moves a person by `steps` places (down is positive), or puts the whole list in the order `ids`. */
void roster_move(struct roster *roster, int id, int steps);
void roster_reorder(struct roster *roster, const int *ids, int count);

#endif
