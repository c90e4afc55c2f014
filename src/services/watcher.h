/*
 * Tells that something in a set of folders has changed (inotify). What changed is not told: whoever
 * asks looks himself, once, after a storm of changes as well.
 */
#ifndef SERVICES_WATCHER_H
#define SERVICES_WATCHER_H

#include <stdbool.h>

struct watcher;

/* NULL with errno: the machine has no more of them. */
struct watcher *watcher_new(void);
void watcher_free(struct watcher *watcher);

/* Readable when something may have changed; for poll(2). */
int watcher_fd(const struct watcher *watcher);

/* Watches the folder itself, not what is below its sub-folders; again costs nothing. False: errno. */
bool watcher_add(struct watcher *watcher, const char *folder);

/* Empties watcher_fd(). True when something has changed since the last time; also when so much did
 * that the machine lost count. */
bool watcher_changed(struct watcher *watcher);

#endif
