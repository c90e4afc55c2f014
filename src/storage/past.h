/*
 * The past sessions of a folder, in one pass: the database behind history, roles, fairness and the
 * opening board.
 *
 * Past is what is closed, or was never closed and is over (its stop two hours ago, R24); practice
 * does not count, and of a session without a turn that counted only what was ticked off (D7). Of a
 * closed session two lines are read, the one that opens it and the one that closes it; of the lines
 * between only the checksums are verified. Everything else is replayed. Cost grows with the bytes in
 * the folder, memory with the number of names alone.
 */
#ifndef STORAGE_PAST_H
#define STORAGE_PAST_H

#include <stdint.h>

#include "session/memory.h"
#include "storage/participants.h"
#include "storage/problems.h"

/* Hands each past session to `visit`, the oldest first, also those that are `idle`; what *past points
 * to is gone afterwards.
 * Files that are damaged, empty, foreign or of a newer version are named in *problems and skipped.
 * Returns how many there are that count; a folder that does not exist holds none. */
int past_each(const char *folder, int64_t wall_ms,
              void (*visit)(void *user, const struct past *past), void *user,
              struct problems *problems);

/* All of them as a memory, with the aliases of the list of people; free it with memory_free(). */
void past_remember(const char *folder, int64_t wall_ms, const struct participants *participants,
                   struct memory *memory, struct problems *problems);

/* Only the aliases, for whoever visits the sessions himself. */
void past_aliases(const struct participants *participants, struct memory *memory);

#endif
