/*
 * The socket of a running session: others of the same user ask for something, one JSON object a
 * line (remote_message.h), and are answered when the caller of this module says so.
 *
 * Nobody who connects can hold up the countdown: nothing here waits; of each client at most one
 * line is taken a pass of the loop, the next only after the last was answered and its answer sent;
 * a line has REMOTE_LINE_MOST bytes at most, or the client has to go. REMOTE_CLIENTS are served at
 * a time. More wait in the kernel, and take the place of whoever has been idle for REMOTE_IDLE_MS.
 */
#ifndef SERVICES_REMOTE_H
#define SERVICES_REMOTE_H

#include <stdint.h>
#include <sys/types.h>

#include "services/loop.h"
#include "services/remote_message.h"

enum { REMOTE_CLIENTS = 32, REMOTE_IDLE_MS = 2000, REMOTE_WHY = 256 };

struct remote;

struct remote_listener {
    /* Somebody asks; `words` may be changed. remote_answer() with the ticket is owed, now or later;
     * meanwhile nothing more is read from that client. */
    void (*asked)(void *user, unsigned ticket, char *words);
    void *user;
};

/* Listens at `path`, which must be free, mode 0600; only processes of the user `owner`, and of
 * root, are heard. NULL: why. */
struct remote *remote_open(struct loop *loop, const char *path, uid_t owner,
                           const struct remote_listener *listener, char why[static REMOTE_WHY]);

/* A ticket whose client has gone is fine. */
void remote_answer(struct remote *remote, unsigned ticket, const struct remote_answer *answer);

/* When remote_tick() wants to be called, CLOCK_BOOTTIME ms; INT64_MAX: never. */
int64_t remote_deadline(const struct remote *remote);
void remote_tick(struct remote *remote);

/* Gives `last` to everybody who has asked and not been heard, disconnects all, removes the socket.
 * Does not wait. NULL is fine. */
void remote_close(struct remote *remote, const struct remote_answer *last);

#endif
