#include "services/watcher.h"

#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

enum { BUFFER_SIZE = 16384, READS_MOST = 64 /* then the loop has its turn */ };

struct watcher {
    int fd;
};

struct watcher *
watcher_new(void)
{
    struct watcher *watcher = calloc(1, sizeof *watcher);

    if (watcher == NULL)
        return NULL;
    watcher->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watcher->fd >= 0)
        return watcher;
    free(watcher);
    return NULL;
}

void
watcher_free(struct watcher *watcher)
{
    if (watcher == NULL)
        return;
    close(watcher->fd);
    free(watcher);
}

int
watcher_fd(const struct watcher *watcher)
{
    return watcher->fd;
}

/* A file that was written, and one that came or went: editors put a new one in its place. */
bool
watcher_add(struct watcher *watcher, const char *folder)
{
    const uint32_t changes = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                             IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

    return inotify_add_watch(watcher->fd, folder, changes) >= 0;
}

bool
watcher_changed(struct watcher *watcher)
{
    char buffer[BUFFER_SIZE];
    bool changed = false;

    for (int i = 0; i < READS_MOST && read(watcher->fd, buffer, sizeof buffer) > 0; i++)
        changed = true;
    return changed;
}
