/* An unfinished session: looks for it, asks, and opens its record again. */
#ifndef COMMANDS_RESUMING_H
#define COMMANDS_RESUMING_H

#include <stdbool.h>

#include "session/session.h"
#include "storage/journal.h"

enum resume { RESUME_ASK, RESUME_YES, RESUME_NO };

struct resuming {
    enum resume wanted;
    bool interactive; /* somebody can be asked */
    int speed;        /* of this run: one at speed 1 is not asked about a rehearsal */
};

/* EXIT_DONE with *journal open and *session as it was, or without one (NULL) when a new session is
 * to be opened; *watched_ms as journal_watched_ms() has it. Any other exit status has been explained.
 *
 * A damaged record is never changed: whoever can be asked may go on in a new one with the good
 * facts (D3). */
int resuming(const char *folder, const struct resuming *asked, struct journal **journal,
             struct session *session, int64_t *watched_ms);

#endif
