#include "session/roster.h"

#include <stdlib.h>
#include <string.h>

#include "session/text.h"

void
roster_free(struct roster *roster)
{
    for (int i = 0; i < roster->count; i++)
        free(roster->people[i].name);
    free(roster->people);
    *roster = (struct roster){0};
}

/* True when one more person fits. */
static bool
make_room(struct roster *roster)
{
    if (roster->count < roster->room)
        return true;
    int room = roster->room > 0 ? 2 * roster->room : 16;
    struct person *people = realloc(roster->people, (size_t)room * sizeof *people);
    if (people == NULL)
        return false;
    roster->people = people;
    roster->room = room;
    return true;
}

static struct person *
append(struct roster *roster, const char *name)
{
    char *copy = strdup(name);
    if (copy == NULL || !make_room(roster)) {
        free(copy);
        return NULL;
    }
    struct person *person = &roster->people[roster->count++];
    *person = (struct person){.name = copy};
    return person;
}

void
roster_copy(struct roster *to, const struct roster *from)
{
    *to = (struct roster){0};
    for (int i = 0; i < from->count; i++) {
        struct person *copy = append(to, from->people[i].name);
        if (copy == NULL)
            return;
        char *name = copy->name;
        *copy = from->people[i];
        copy->name = name;
    }
}

struct person *
roster_add(struct roster *roster, int id, const char *name)
{
    if (roster->count >= ROSTER_MOST)
        return NULL;
    struct person *person = append(roster, name);
    if (person != NULL) {
        person->id = id;
        person->present = true;
    }
    return person;
}

static int
place_of(const struct roster *roster, int id)
{
    for (int i = 0; i < roster->count; i++)
        if (roster->people[i].id == id)
            return i;
    return -1;
}

struct person *
roster_find(const struct roster *roster, int id)
{
    int place = place_of(roster, id);
    return place < 0 ? NULL : &roster->people[place];
}

/* How well a name answers to what was typed. */
enum likeness { NOT_ALIKE, HOLDS_IT, HAS_WORD_WITH_IT, IS_IT };

static enum likeness
likeness_of(const char *name, const char *wanted)
{
    char *identity = text_identity(name);
    enum likeness likeness = NOT_ALIKE;
    if (identity != NULL && strcmp(identity, wanted) == 0) {
        likeness = IS_IT;
    } else if (identity != NULL && *wanted != '\0') {
        for (const char *hit = identity; (hit = strstr(hit, wanted)) != NULL; hit++) {
            if (hit == identity || hit[-1] == ' ')
                likeness = HAS_WORD_WITH_IT;
            else if (likeness == NOT_ALIKE)
                likeness = HOLDS_IT;
        }
    }
    free(identity);
    return likeness;
}

/* The person most like `wanted` (an identity), and how many are as like. */
static struct person *
most_alike(const struct roster *roster, const char *wanted, enum likeness least, int *count)
{
    struct person *found = NULL;
    *count = 0;
    for (int i = 0; i < roster->count; i++) {
        enum likeness likeness = likeness_of(roster->people[i].name, wanted);
        if (likeness < least || likeness == NOT_ALIKE)
            continue;
        if (likeness > least || found == NULL) {
            found = &roster->people[i];
            least = likeness;
            *count = 0;
        }
        ++*count;
    }
    return found;
}

struct person *
roster_find_name(const struct roster *roster, const char *name)
{
    int count;
    char *wanted = text_identity(name);
    struct person *found = wanted == NULL ? NULL : most_alike(roster, wanted, IS_IT, &count);
    free(wanted);
    return found;
}

struct person *
roster_find_part(const struct roster *roster, const char *part, bool *ambiguous)
{
    int count = 0;
    char *wanted = text_identity(part);
    struct person *found = wanted == NULL ? NULL : most_alike(roster, wanted, HOLDS_IT, &count);
    free(wanted);
    *ambiguous = count > 1;
    return count == 1 ? found : NULL;
}

bool
roster_could_be(const struct roster *roster, const struct person *person, const char *part)
{
    int count = 0;
    char *wanted = text_identity(part);
    struct person *best = wanted == NULL ? NULL : most_alike(roster, wanted, HOLDS_IT, &count);
    bool could =
        best != NULL && likeness_of(person->name, wanted) == likeness_of(best->name, wanted);
    free(wanted);
    return could;
}

bool
roster_rotates(const struct person *person)
{
    return person->present && !person->observer;
}

int
roster_rotators(const struct roster *roster)
{
    int count = 0;
    for (int i = 0; i < roster->count; i++)
        count += roster_rotates(&roster->people[i]);
    return count;
}

int
roster_present(const struct roster *roster)
{
    int count = 0;
    for (int i = 0; i < roster->count; i++)
        count += roster->people[i].present;
    return count;
}

static int
turns_for_order(const struct person *person)
{
    return person->turns + person->credit;
}

/* Who is asked first: those free to drive, then the driver again, then those who passed. */
static int
reluctance(const struct person *person, int driver)
{
    return (person->passed ? 2 : 0) + (person->id == driver ? 1 : 0);
}

static bool
comes_before(const struct person *person, const struct person *other, int driver)
{
    int mine = reluctance(person, driver), theirs = reluctance(other, driver);
    return mine != theirs ? mine < theirs : turns_for_order(person) < turns_for_order(other);
}

int
roster_next(const struct roster *roster, int driver)
{
    const struct person *next = NULL;
    for (int i = 0; i < roster->count; i++) {
        const struct person *person = &roster->people[i];
        if (roster_rotates(person) && (next == NULL || comes_before(person, next, driver)))
            next = person;
    }
    return next == NULL ? 0 : next->id;
}

void
roster_credit(struct roster *roster, struct person *person)
{
    const struct person *fewest = NULL;
    for (int i = 0; i < roster->count; i++) {
        const struct person *other = &roster->people[i];
        if (other->id == person->id || !roster_rotates(other))
            continue;
        if (fewest == NULL || turns_for_order(other) < turns_for_order(fewest))
            fewest = other;
    }
    int missing = fewest == NULL ? 0 : turns_for_order(fewest) - 1 - turns_for_order(person);
    if (missing > 0)
        person->credit += missing;
}

static void
move_to(struct roster *roster, int from, int to)
{
    struct person person = roster->people[from];
    struct person *people = roster->people;
    if (from < to)
        memmove(&people[from], &people[from + 1], (size_t)(to - from) * sizeof *people);
    else
        memmove(&people[to + 1], &people[to], (size_t)(from - to) * sizeof *people);
    people[to] = person;
}

void
roster_move(struct roster *roster, int id, int steps)
{
    int from = place_of(roster, id);
    if (from < 0)
        return;
    int last = roster->count - 1;
    int to = steps > last - from ? last : steps < -from ? 0 : from + steps;
    move_to(roster, from, to);
}

void
roster_reorder(struct roster *roster, const int *ids, int count)
{
    int placed = 0;
    for (int i = 0; i < count; i++) {
        int from = place_of(roster, ids[i]);
        if (from >= placed) /* known, and not placed before */
            move_to(roster, from, placed++);
    }
}
