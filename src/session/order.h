/*
 * Orders of everybody in the list, as ids for COMMAND_ORDER.
 */
#ifndef SESSION_ORDER_H
#define SESSION_ORDER_H

#include <stdint.h>

#include "session/memory.h"
#include "session/roster.h"

/* By lot; the dice were thrown outside, and the same dice give the same order. */
void order_shuffle(const struct roster *roster, uint32_t dice, int64_t list[static ROSTER_MOST]);

/* Who drove least in past sessions first (R14), also of those who came since the session opened. */
void order_fairly(const struct roster *roster, const struct memory *memory,
                  int64_t list[static ROSTER_MOST]);

/* Where somebody new would stand, from 0: before the first who has driven more for their sessions;
 * roster->count: at the end. Whoever was moved by hand stays where they are. */
int order_place(const struct roster *roster, const struct memory *memory, const char *name);

#endif
