#include "storage/live.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "storage/live_folder.h"
#include "storage/paths.h"

enum { LOCK_TRIES = 100, LOCK_WAIT_MS = 10 };

void
live_free(struct live *live)
{
    free(live->id);
    free(live->record);
    free(live->socket);
    *live = (struct live){0};
}

/* One starts at a time, or one could take the entry of another, just resumed, for a dead one's.
 * Whoever holds it longer than this is stopped; then it goes without. */
static void
lock_folder(int folder)
{
    const struct timespec wait = {.tv_nsec = LOCK_WAIT_MS * 1000000};

    for (int i = 0; i < LOCK_TRIES && flock(folder, LOCK_EX | LOCK_NB) != 0; i++) {
        if (errno != EWOULDBLOCK)
            return;
        nanosleep(&wait, NULL);
    }
}

/* ---- what dead ones left ---- */

/* The socket of a session that has no link (any more). */
static bool
is_alone(int folder, const char *socket_name)
{
    struct live live;
    struct stat about;
    bool alone = live_name(&live, ".", socket_name) &&
                 fstatat(folder, live.record, &about, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;

    live_free(&live);
    return alone;
}

static void
sweep_link(int folder, const char *name)
{
    if (live_is_link_name(name) && !live_is_held(folder, name))
        live_remove_link(folder, name);
}

static void
sweep_socket(int folder, const char *name)
{
    if (live_is_socket_name(name) && is_alone(folder, name))
        live_remove_socket(folder, name);
}

static void
sweep(int folder, void (*one)(int folder, const char *name))
{
    DIR *names = live_folder_list(folder);

    for (const struct dirent *entry; names != NULL && (entry = readdir(names)) != NULL;)
        one(folder, entry->d_name);
    if (names != NULL)
        closedir(names);
}

/* ---- showing ---- */

/* Two records folders may hold copies of one record, and both may be going on. */
static bool
is_taken(const char *link_path, const char *record)
{
    char *held = realpath(link_path, NULL);
    bool taken = held != NULL && strcmp(held, record) != 0;

    free(held);
    return taken;
}

static bool
link_record(const struct live *live, const char *record, char why[static JOURNAL_WHY])
{
    if (is_taken(live->record, record)) {
        snprintf(why, JOURNAL_WHY, "another session called %s is running", live->id);
        return false;
    }
    live_remove_link(AT_FDCWD, live->record);
    live_remove_socket(AT_FDCWD, live->socket);
    if (symlink(record, live->record) == 0)
        return true;
    snprintf(why, JOURNAL_WHY, "%s: %s", live->record, strerror(errno));
    return false;
}

/* There a link and its record would have the same name. */
static bool
keeps_records(int folder, const char *record)
{
    char *name = paths_folder_of(record);
    struct stat one, other;
    bool same = name != NULL && stat(name, &one) == 0 && fstat(folder, &other) == 0 &&
                one.st_dev == other.st_dev && one.st_ino == other.st_ino;

    free(name);
    return same;
}

static bool
enter(int fd, const char *folder, const char *record, struct live *live,
      char why[static JOURNAL_WHY])
{
    bool entered = false;

    if (keeps_records(fd, record)) { /* before the lock: the session itself holds that one */
        snprintf(why, JOURNAL_WHY, "%s holds records; sessions show in a folder of their own",
                 folder);
        return false;
    }
    lock_folder(fd);
    sweep(fd, sweep_link);
    sweep(fd, sweep_socket);
    if (!live_name(live, folder, strrchr(record, '/') + 1))
        snprintf(why, JOURNAL_WHY, "%s: %s", record, strerror(EINVAL));
    else
        entered = link_record(live, record, why);
    if (!entered)
        live_free(live);
    return entered;
}

bool
live_enter(const char *record, struct live *live, char why[static JOURNAL_WHY])
{
    char *folder = paths_runtime();
    char *whole = realpath(record, NULL);
    bool entered = false;
    int fd = -1;

    *live = (struct live){0};
    why[0] = '\0';
    if (folder == NULL)
        snprintf(why, JOURNAL_WHY, "neither XDG_RUNTIME_DIR nor HOME is set");
    else if (whole == NULL)
        snprintf(why, JOURNAL_WHY, "%s: %s", record, strerror(errno));
    else
        fd = live_folder_make(folder, why);
    if (fd >= 0) {
        entered = enter(fd, folder, whole, live, why);
        close(fd);
    }
    free(folder);
    free(whole);
    return entered;
}

/* Whoever looks meanwhile finds the old one or the new. */
bool
live_move(struct live *live, const char *record)
{
    char *whole = realpath(record, NULL);
    char *link = NULL;
    bool moved = false;

    if (whole != NULL && asprintf(&link, "%s.new", live->record) >= 0) {
        live_remove_link(AT_FDCWD, link);
        moved = symlink(whole, link) == 0 && rename(link, live->record) == 0;
        free(link);
    }
    free(whole);
    return moved;
}

void
live_leave(struct live *live)
{
    if (live->socket != NULL)
        live_remove_socket(AT_FDCWD, live->socket);
    if (live->record != NULL)
        live_remove_link(AT_FDCWD, live->record);
    live_free(live);
}
