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

/* Only what is of the right kind is an entry of ours: a record itself, or a file that somebody keeps
 * there, must never be taken for one and removed. */
static bool
is_kind(int folder, const char *name, mode_t kind)
{
    struct stat about;

    return fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
           (about.st_mode & S_IFMT) == kind;
}

static void
remove_link(int folder, const char *name)
{
    if (is_kind(folder, name, S_IFLNK))
        unlinkat(folder, name, 0);
}

static void
remove_socket(int folder, const char *name)
{
    if (is_kind(folder, name, S_IFSOCK))
        unlinkat(folder, name, 0);
}

static bool
is_live(int folder, const char *link_name)
{
    if (!is_kind(folder, link_name, S_IFLNK))
        return false;
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

/* The socket of a session that has no link (any more). */
static bool
is_alone(int folder, const char *socket_name)
{
    char *id = without_end(socket_name, socket_end);
    char *link_name = id == NULL ? NULL : with_end(id, link_end);
    struct stat about;
    bool alone = link_name != NULL &&
                 fstatat(folder, link_name, &about, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT;

    free(link_name);
    free(id);
    return alone;
}

static void
sweep_links(int folder, const char *name)
{
    if (ends_with(name, link_end) && !is_live(folder, name))
        remove_link(folder, name);
}

static void
sweep_sockets(int folder, const char *name)
{
    if (ends_with(name, socket_end) && is_alone(folder, name))
        remove_socket(folder, name);
}

static void
sweep(int folder, void (*one)(int folder, const char *name))
{
    DIR *names = list(folder);

    for (const struct dirent *entry; names != NULL && (entry = readdir(names)) != NULL;)
        one(folder, entry->d_name);
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
    remove_link(folder, link_name);
    remove_socket(folder, strrchr(live->socket, '/') + 1);
    if (symlinkat(record, folder, link_name) == 0)
        return true;
    snprintf(why, JOURNAL_WHY, "%s: %s", live->record, strerror(errno));
    return false;
}

/* XDG_RUNTIME_DIR may be XDG_DATA_HOME. */
static bool
is_folder_of(int folder, const char *record)
{
    char *name = paths_folder_of(record);
    struct stat one, other;
    bool same = name != NULL && stat(name, &one) == 0 && fstat(folder, &other) == 0 &&
                one.st_dev == other.st_dev && one.st_ino == other.st_ino;

    free(name);
    return same;
}

static bool
enter(const char *folder, const char *record, struct live *live, char why[static JOURNAL_WHY])
{
    int fd = make_folder(folder, why);
    bool entered = false;

    if (fd < 0)
        return false;
    if (is_folder_of(fd, record)) {
        snprintf(why, JOURNAL_WHY, "%s holds records; sessions show in a folder of their own",
                 folder);
        close(fd);
        return false;
    }
    lock_folder(fd);
    sweep(fd, sweep_links);
    sweep(fd, sweep_sockets);
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
        remove_socket(AT_FDCWD, live->socket);
    if (live->record != NULL)
        remove_link(AT_FDCWD, live->record);
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
