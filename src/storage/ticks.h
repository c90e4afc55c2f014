/*
 * What is ticked between sessions: ticks.jsonl in the records folder (D10).
 *
 *     {"at":"2026-11-22T18:00:00.000+01:00","list":"ceremony","item":"book a room",
 *      "after":"20261122T114500Z-5eed.jsonl","done":true,"crc":"9f3c01ab"}
 *
 * Append-only; the newest line about an item says whether it is done. Each line is sealed by itself,
 * so the files of two machines may be merged line by line (git: `ticks.jsonl merge=union`).
 */
#ifndef STORAGE_TICKS_H
#define STORAGE_TICKS_H

#include <stdbool.h>

#include "session/moment.h"
#include "storage/problems.h"

struct tick {
    char *list, *item; /* owned: "ceremony"; the item as it is written */
    char *after;       /* owned: file name of the record it comes after, "" the first session */
    bool done;
    int64_t wall_ms;
};

struct ticks {
    struct tick *tick; /* owned */
    int count, room;
};

/* Damaged lines are named in *problems and skipped, lines of another kind are skipped, and so is
 * half a line at the end. No folder and no file: no ticks. */
void ticks_read(const char *folder, struct ticks *ticks, struct problems *problems);
void ticks_free(struct ticks *ticks);

/* The newest word about the item, whatever the case of its letters; false without any. */
bool ticks_done(const struct ticks *ticks, const char *list, const char *item, const char *after);

/* Appends one line under the file's lock, on disk when it returns; the folder is made when missing.
 * Half a line that a crash left is cut off before it. False after naming in *problems why not. */
bool ticks_add(const char *folder, const struct tick *tick, struct moment at,
               struct problems *problems);

#endif
