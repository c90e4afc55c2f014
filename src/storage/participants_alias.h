/* "alias: Other Name = Name" in participants.txt. Private to participants*.c. */
#ifndef STORAGE_PARTICIPANTS_ALIAS_H
#define STORAGE_PARTICIPANTS_ALIAS_H

#include "storage/file.h"
#include "storage/participants.h"

/* Is it meant as one? Also where the colon is forgotten: "alias Augusta = Ada" is nobody's name. */
bool participants_alias_is(struct file_line line);

/* Takes such a line; names its mistakes. */
void participants_alias_read(struct file_line line, struct participants *participants,
                             const char *file, int number, struct problems *problems);

/* What can be said only when the whole list is known; names become spelt as there. `is_whole`: no
 * line was refused, so that a name that is not there is not on one of those. */
void participants_alias_check(struct participants *participants, bool is_whole, const char *file,
                              struct problems *problems);
void participants_alias_free(struct participants *participants);

#endif
