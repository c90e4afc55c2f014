#include "storage/live.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "storage/journal_read.h"
#include "storage/paths.h"

enum { LOCK_TRIES = 100, LOCK_WAIT_MS = 10 };

static const char link_end[] = ".jsonl", socket_end[] = ".sock";

void
live_free(struct live *live)
{
    free(live->id);
    free(live->record);
    free(live->socket);
    *live = (struct live){0};
}

/* ---- names ---- */

static bool
ends_with(const char *name, const char *end)
{
    size_t length = strlen(name);

    return length > strlen(end) && strcmp(name + length - strlen(end), end) == 0;
}

/* "ID" of "ID.jsonl", the caller's to free. */
static char *
without_end(const char *name, const char *end)
{
    return ends_with(name, end) ? strndup(name, strlen(name) - strlen(end)) : NULL;
}

static char *
with_end(const char *name, const char *end)
{
    char *whole;

    return asprintf(&whole, "%s%s", name, end) < 0 ? NULL : whole;
}

/* Fills what an id in a folder is called; takes the id. */
static bool
name_all(struct live *live, const char *folder, char *id)
{
    char *link_name = id == NULL ? NULL : with_end(id, link_end);
    char *socket_name = id == NULL ? NULL : with_end(id, socket_end);

    *live = (struct live){.id = id};
    if (link_name != NULL && socket_name != NULL) {
        live->record = paths_join(folder, link_name);
        live->socket = paths_join(folder, socket_name);
    }
    free(link_name);
    free(socket_name);
    if (live->record != NULL && live->socket != NULL)
        return true;
    live_free(live);
    return false;
}

/* ---- the folder ---- */

/* Open, and to be trusted; -1: why, which is "" when there is no such folder. */
static int
open_folder(const char *folder, char why[static JOURNAL_WHY])
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat about;

    why[0] = '\0';
    if (fd < 0) {
        if (errno != ENOENT)
            snprintf(why, JOURNAL_WHY, "%s: %s", folder, strerror(errno));
        return -1;
    }
    if (fstat(fd, &about) != 0)
        snprintf(why, JOURNAL_WHY, "%s: %s", folder, strerror(errno));
    else if (about.st_uid != geteuid())
        snprintf(why, JOURNAL_WHY, "%s belongs to somebody else", folder);
    else if ((about.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        snprintf(why, JOURNAL_WHY, "others may write to %s", folder);
    if (why[0] == '\0')
        return fd;
    close(fd);
    return -1;
}

static int
make_folder(const char *folder, char why[static JOURNAL_WHY])
{
    int fd;

    if (!paths_make(folder)) {
        snprintf(why, JOURNAL_WHY, "%s cannot be made: %s", folder, strerror(errno));
        return -1;
    }
    fd = open_folder(folder, why);
    if (fd < 0 && why[0] == '\0')
        snprintf(why, JOURNAL_WHY, "%s: %s", folder, strerror(ENOENT));
    return fd;
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

static bool
is_live(int folder, const char *link_name)
{
    int fd = openat(folder, link_name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool locked = fd >= 0 && journal_is_locked(fd);

    if (fd >= 0)
        close(fd);
    return locked;
}

/* Reads the folder's names; NULL when memory is out. The descriptor stays the caller's. */
static DIR *
list(int folder)
{
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = again < 0 ? NULL : fdopendir(again);

    if (names == NULL && again >= 0)
        close(again);
    return names;
}

/* ---- showing ---- */

/* A link, and not the record itself: whoever keeps records here must not lose them. */
static bool
is_link(int folder, const char *name)
{
    struct stat about;

    return fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(about.st_mode);
}

/* A link whose record nobody holds, and a socket without link. */
static bool
is_left_over(int folder, const char *name)
{
    struct stat about;
    char *id, *link_name;
    bool alone;

    if (ends_with(name, link_end))
        return is_link(folder, name) && !is_live(folder, name);
    if (!ends_with(name, socket_end))
        return false;
    id = without_end(name, socket_end);
    link_name = id == NULL ? NULL : with_end(id, link_end);
    alone = link_name != NULL && fstatat(folder, link_name, &about, AT_SYMLINK_NOFOLLOW) != 0 &&
            errno == ENOENT;
    free(link_name);
    free(id);
    return alone;
}

static void
sweep(int folder, const char *end)
{
    DIR *names = list(folder);

    for (const struct dirent *entry; names != NULL && (entry = readdir(names)) != NULL;) {
        if (ends_with(entry->d_name, end) && is_left_over(folder, entry->d_name))
            unlinkat(folder, entry->d_name, 0);
    }
    if (names != NULL)
        closedir(names);
}

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
link_record(int folder, const char *record, const struct live *live, char why[static JOURNAL_WHY])
{
    const char *link_name = strrchr(live->record, '/') + 1;

    if (is_taken(live->record, record)) {
        snprintf(why, JOURNAL_WHY, "another session called %s is running", live->id);
        return false;
    }
    unlinkat(folder, link_name, 0);
    unlinkat(folder, strrchr(live->socket, '/') + 1, 0);
    if (symlinkat(record, folder, link_name) == 0)
        return true;
    snprintf(why, JOURNAL_WHY, "%s: %s", live->record, strerror(errno));
    return false;
}

/* There a link and its record would have the same name. Asked before the lock: the session itself
 * holds that of its records folder. */
static bool
keeps_records(const char *folder, const char *record)
{
    char *whole = realpath(folder, NULL);
    size_t length = (size_t)(strrchr(record, '/') - record);
    bool same = whole != NULL && strlen(whole) == length && strncmp(whole, record, length) == 0;

    free(whole);
    return same;
}

static bool
enter(const char *folder, const char *record, struct live *live, char why[static JOURNAL_WHY])
{
    int fd = make_folder(folder, why);
    bool entered = false;

    if (fd < 0)
        return false;
    lock_folder(fd);
    sweep(fd, link_end);
    sweep(fd, socket_end);
    if (!name_all(live, folder, without_end(strrchr(record, '/') + 1, link_end)))
        snprintf(why, JOURNAL_WHY, "%s: %s", record, strerror(EINVAL));
    else
        entered = link_record(fd, record, live, why);
    close(fd);
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

    *live = (struct live){0};
    why[0] = '\0';
    if (folder == NULL)
        snprintf(why, JOURNAL_WHY, "neither XDG_RUNTIME_DIR nor HOME is set");
    else if (whole == NULL)
        snprintf(why, JOURNAL_WHY, "%s: %s", record, strerror(errno));
    else if (keeps_records(folder, whole))
        snprintf(why, JOURNAL_WHY, "%s holds records; sessions show in a folder of their own",
                 folder);
    else
        entered = enter(folder, whole, live, why);
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
        unlink(link);
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
        unlink(live->socket);
    if (live->record != NULL)
        unlink(live->record);
    live_free(live);
}

/* ---- finding ---- */

/* The name of the newest link whose record is held, the caller's to free. */
static char *
newest(int folder, const char *beginning)
{
    DIR *names = list(folder);
    char *best = NULL;

    for (const struct dirent *entry; names != NULL && (entry = readdir(names)) != NULL;) {
        const char *name = entry->d_name;

        if (!ends_with(name, link_end) || strncmp(name, beginning, strlen(beginning)) != 0 ||
            (best != NULL && strcmp(name, best) <= 0) || !is_live(folder, name))
            continue;
        free(best);
        best = strdup(name);
    }
    if (names != NULL)
        closedir(names);
    return best;
}

/* Puts the newest of this folder into *live, unless what is there is newer. */
static void
look_into(const char *folder, const char *beginning, struct live *live,
          char why[static JOURNAL_WHY])
{
    int fd = open_folder(folder, why);
    char *name = fd < 0 ? NULL : newest(fd, beginning);
    char *id = name == NULL ? NULL : without_end(name, link_end);

    if (id != NULL && (live->id == NULL || strcmp(id, live->id) > 0)) {
        live_free(live);
        name_all(live, folder, id);
    } else {
        free(id);
    }
    free(name);
    if (fd >= 0)
        close(fd);
}

bool
live_find(const char *id, struct live *live, char why[static JOURNAL_WHY])
{
    char *first = paths_runtime(), *second = paths_runtime_else();
    char also[JOURNAL_WHY];

    *live = (struct live){0};
    why[0] = '\0';
    if (first != NULL)
        look_into(first, id == NULL ? "" : id, live, why);
    if (second != NULL && (first == NULL || strcmp(first, second) != 0))
        look_into(second, id == NULL ? "" : id, live, why[0] == '\0' ? why : also);
    free(first);
    free(second);
    return live->id != NULL;
}
