/* How a session begins: beside no other in its folder, and a new one with a record of its own. */
#ifndef COMMANDS_BEGINNING_H
#define COMMANDS_BEGINNING_H

#include <stdbool.h>

#include "session/event.h"
#include "storage/journal.h"
#include "storage/setup.h"

/* EXIT_DONE when no session is running that keeps its record in that folder (D12); any other exit
 * status has been explained. */
int beginning_alone(const char *folder);

/* The new session's first fact, in *opening (the caller clears it), and its record, open. People
 * stand in the order that the settings want. With `practice`, or where the setup says so, it counts
 * for no history (D7). EXIT_DONE, or an exit status that has been explained. */
int beginning(const struct setup *setup, bool practice, struct event *opening,
              struct journal **journal);

#endif
