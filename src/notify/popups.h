/*
 * The popups that are up, by key: the only user of libnotify. Its calls are synchronous, and a
 * desktop that does not answer holds each of them up for 25 s; whoever runs this process is
 * expected to kill it then.
 */
#ifndef NOTIFY_POPUPS_H
#define NOTIFY_POPUPS_H

#include "services/message.h"

struct popups;

/* Told what became of each popup: shown, failed, action, closed. */
typedef void (*popups_report)(void *user, const struct message *message);

/* Never fails: without memory GLib ends the process. */
struct popups *popups_new(popups_report report, void *user);

/* Shows a MESSAGE_SHOW in its place; shown or failed is reported before it returns. */
void popups_show(struct popups *popups, const struct message *message);
/* Takes down what is in the place of a MESSAGE_CLOSE; closed is reported, also when nothing was. */
void popups_close(struct popups *popups, const struct message *message);

/* Takes down every popup, unreported. */
void popups_free(struct popups *popups);

#endif
