/*
 * Desktop notifications through the helper process randori-notify. The countdown never waits for
 * it: pipes are non-blocking, a helper that does not answer within 2 s is killed and started again
 * at the next notification (at most once in 30 s; always at a turn's end). D19.
 */
#ifndef SERVICES_NOTIFIER_H
#define SERVICES_NOTIFIER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "services/message.h"

struct notifier;

struct notifier_listener {
    void (*pressed)(void *user, const char *key, const char *button); /* a button of a popup */
    void (*changed)(void *user); /* notifier_trouble() has changed */
    void *user;
};

/* `program` is the helper's path (copied). Nothing is started before the first show. */
struct notifier *notifier_new(const char *program, const struct notifier_listener *listener);

/* Asks for a popup; one whose key found no memory (NULL) is none. `turn_end` allows a respawn whatever
 * the 30 s rule says. */
void notifier_show(struct notifier *notifier, const struct message *message, bool turn_end,
                   int64_t now_ms);
void notifier_close_key(struct notifier *notifier, const char *key, int64_t now_ms);

/* For the loop: what to poll for reading and writing (-1: nothing), when to call next
 * (CLOCK_BOOTTIME ms as passed in, INT64_MIN: at once, INT64_MAX: never), and the call itself after
 * poll(2). */
int notifier_read_fd(const struct notifier *notifier);
int notifier_write_fd(const struct notifier *notifier);
int64_t notifier_deadline(const struct notifier *notifier);
void notifier_ready(struct notifier *notifier, int64_t now_ms);

/* A child was reaped; true when it was ours. */
bool notifier_reaped(struct notifier *notifier, pid_t pid, int status);

/* NULL, or one phrase for the footer: "desktop does not answer", "no desktop notifications". */
const char *notifier_trouble(const struct notifier *notifier);

/* What the desktop itself said when it last failed, "" when it said nothing; safe to show. */
const char *notifier_why(const struct notifier *notifier);

/* Closes the popups that are up (bounded by `ms`), ends and reaps the helper. NULL is fine. */
void notifier_free(struct notifier *notifier, int64_t ms);

#endif
