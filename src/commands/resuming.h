/* An unfinished session: looks for it, asks, and opens its record again. */
#ifndef COMMANDS_RESUMING_H
#define COMMANDS_RESUMING_H

#include <stdbool.h>

#include "session/session.h"
#include "storage/journal.h"

enum resume { RESUME_ASK, RESUME_YES, RESUME_NO };

/* EXIT_DONE with *journal open and *session as it was, or without one (NULL) when a new session is
 * to be opened; any other exit status has been explained. `interactive`: somebody can be asked.
 *
 * A damaged record is never changed: whoever can be asked may go on in a new one with the good
 * facts (decisions.md 3). */
int resuming(const char *folder, enum resume wanted, bool interactive, struct journal **journal,
             struct session *session);

#endif
