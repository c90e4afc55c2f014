#include "storage/live_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/journal_read.h"
#include "storage/paths.h"

static const char link_end[] = ".jsonl", socket_end[] = ".sock";

/* ---- names ---- */

static bool
ends_with(const char *name, const char *end)
{
    size_t length = strlen(name);

    return length > strlen(end) && strcmp(name + length - strlen(end), end) == 0;
}

bool
live_is_link_name(const char *name)
{
    return ends_with(name, link_end);
}

bool
live_is_socket_name(const char *name)
{
    return ends_with(name, socket_end);
}

/* "FOLDER/ID.jsonl", the caller's to free. */
static char *
join(const char *folder, const char *id, const char *end)
{
    char *path;

    return id == NULL || asprintf(&path, "%s/%s%s", folder, id, end) < 0 ? NULL : path;
}

bool
live_name(struct live *live, const char *folder, const char *entry)
{
    const char *dot = strrchr(entry, '.');
    char *id = dot == NULL || dot == entry ? NULL : strndup(entry, (size_t)(dot - entry));
    struct live named = {
        .id = id, .record = join(folder, id, link_end), .socket = join(folder, id, socket_end)};

    *live = named;
    if (named.record != NULL && named.socket != NULL)
        return true;
    live_free(live);
    return false;
}

/* ---- the folder ---- */

int
live_folder_open(const char *folder, char why[static JOURNAL_WHY])
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

int
live_folder_make(const char *folder, char why[static JOURNAL_WHY])
{
    int fd;

    if (!paths_make(folder)) {
        snprintf(why, JOURNAL_WHY, "%s cannot be made: %s", folder, strerror(errno));
        return -1;
    }
    fd = live_folder_open(folder, why);
    if (fd < 0 && why[0] == '\0')
        snprintf(why, JOURNAL_WHY, "%s: %s", folder, strerror(ENOENT));
    return fd;
}

DIR *
live_folder_list(int folder)
{
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *names = again < 0 ? NULL : fdopendir(again);

    if (names == NULL && again >= 0)
        close(again);
    return names;
}

/* ---- entries ---- */

static bool
is_kind(int folder, const char *name, mode_t kind)
{
    struct stat about;

    return fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 &&
           (about.st_mode & S_IFMT) == kind;
}

bool
live_is_held(int folder, const char *link_name)
{
    bool held;
    int fd;

    if (!is_kind(folder, link_name, S_IFLNK))
        return false;
    fd = openat(folder, link_name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    held = fd >= 0 && journal_is_locked(fd);
    if (fd >= 0)
        close(fd);
    return held;
}

void
live_remove_link(int folder, const char *name)
{
    if (is_kind(folder, name, S_IFLNK))
        unlinkat(folder, name, 0);
}

void
live_remove_socket(int folder, const char *name)
{
    if (is_kind(folder, name, S_IFSOCK))
        unlinkat(folder, name, 0);
}
