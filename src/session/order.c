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
