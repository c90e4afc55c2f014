/* Who goes first, of those who could drive or volunteer. */

#include <stdlib.h>

#include "session/memory_inside.h"

/* One of `names`, and what decides its place: the smallest comes first. */
struct candidate {
    int64_t key[3];
    int place;
};

static int
compare(const void *one, const void *other)
{
    const struct candidate *a = one, *b = other;

    for (int i = 0; i < 3; i++) {
        if (a->key[i] != b->key[i])
            return a->key[i] < b->key[i] ? -1 : 1;
    }
    return a->place - b->place;
}

static void
sort(struct candidate *candidates, int count, int *order)
{
    qsort(candidates, (size_t)count, sizeof *candidates, compare);
    for (int i = 0; i < count; i++)
        order[i] = candidates[i].place;
}

/* Without memory the order stays as it is. */
static struct candidate *
candidates_new(int count, int *order)
{
    struct candidate *candidates = calloc((size_t)count + 1, sizeof *candidates);

    for (int i = 0; i < count; i++) {
        order[i] = i;
        if (candidates != NULL)
            candidates[i].place = i;
    }
    return candidates;
}

void
memory_fair_order(const struct memory *memory, const char *const *names, int count, int *order)
{
    struct candidate *candidates = candidates_new(count, order);

    for (int i = 0; candidates != NULL && i < count; i++) {
        const struct memory_person *person = memory_find(memory, names[i]);

        candidates[i].key[1] = MEMORY_NEVER;
        if (person == NULL)
            continue;
        candidates[i].key[0] = person->turns * memory->seats - person->sessions * memory->turns;
        candidates[i].key[1] = person->drove_ms;
        candidates[i].key[2] = person->drove_turn;
    }
    if (candidates != NULL)
        sort(candidates, count, order);
    free(candidates);
}

void
memory_volunteers(const struct memory *memory, const char *role, const char *const *names,
                  int count, int *order)
{
    struct candidate *candidates = candidates_new(count, order);

    for (int i = 0; candidates != NULL && i < count; i++) {
        candidates[i].key[0] = memory_held(memory, names[i], role);
        candidates[i].key[1] = memory_held(memory, names[i], NULL);
    }
    if (candidates != NULL)
        sort(candidates, count, order);
    free(candidates);
}
