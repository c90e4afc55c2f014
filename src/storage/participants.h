/*
 * participants.txt: one person a line, "Name <e-mail>" with the address optional, # comments; the
 * order is the rotation. A line "alias: Other Name = Name" says that past sessions know the person
 * under another name, too.
 */
#ifndef STORAGE_PARTICIPANTS_H
#define STORAGE_PARTICIPANTS_H

#include <stdbool.h>

#include "storage/problems.h"

struct participant {
    char *name, *email; /* owned; email NULL: none */
};

struct participant_alias {
    char *other, *name; /* owned; name: as it stands in the list */
    int line;
};

struct participants {
    struct participant *item; /* owned */
    int count, room;
    struct participant_alias *alias; /* owned */
    int alias_count, alias_room;
    bool sample; /* the list is word for word the shipped sample (D7) */
};

/* Reads `name`, below `folder` or (NULL) wherever it leads, as file_read() does; `shown` is what
 * mistakes call it. Every mistake in *problems: unreadable, a directory, over 1 MiB, NUL, invalid
 * UTF-8, control or invisible characters, names over 256 bytes, the same name twice (both lines
 * named), bad address, more than ROSTER_MOST of them or of aliases, an alias of nobody in the list
 * or of somebody else. An empty list is no mistake; nor is a file that does not exist unless it is
 * `named`. False when there was any problem. */
bool participants_read(const char *folder, const char *name, const char *shown, bool named,
                       struct participants *participants, struct problems *problems);
void participants_free(struct participants *participants);

/* The text of the shipped sample list. */
const char *participants_sample(void);

#endif
