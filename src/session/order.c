#include "session/order.h"

#include <stddef.h>

/* Fisher and Yates, with xorshift. */
void
order_shuffle(const struct roster *roster, uint32_t dice, int64_t list[static ROSTER_MOST])
{
    dice = dice != 0 ? dice : 1;
    for (int i = 0; i < roster->count; i++)
        list[i] = roster->people[i].id;
    for (int i = roster->count - 1; i > 0; i--) {
        dice ^= dice << 13;
        dice ^= dice >> 17;
        dice ^= dice << 5;
        int other = (int)(dice % (uint32_t)(i + 1));
        int64_t id = list[i];
        list[i] = list[other];
        list[other] = id;
    }
}

void
order_fairly(const struct roster *roster, const struct memory *memory,
             int64_t list[static ROSTER_MOST])
{
    const char *names[ROSTER_MOST] = {NULL};
    int order[ROSTER_MOST];
    for (int i = 0; i < roster->count; i++)
        names[i] = roster->people[i].name;
    memory_fair_order(memory, names, roster->count, order);
    for (int i = 0; i < roster->count; i++)
        list[i] = roster->people[order[i]].id;
}

int
order_place(const struct roster *roster, const struct memory *memory, const char *name)
{
    const char *names[ROSTER_MOST + 1] = {NULL};
    int order[ROSTER_MOST + 1], rank[ROSTER_MOST + 1] = {0};
    int place = 0, count = roster->count;
    for (int i = 0; i < count; i++)
        names[i] = roster->people[i].name;
    names[count] = name;
    memory_fair_order(memory, names, count + 1, order);
    for (int i = 0; i <= count; i++)
        rank[order[i]] = i;
    while (place < count && rank[place] < rank[count])
        place++;
    return place;
}
