#include "storage/continued.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "storage/paths.h"

enum { WITHIN_S = 24 * 3600 };

/* When the record was begun, by its name; false when it does not tell. */
static bool
time_of(const char *name, time_t *at)
{
    struct tm utc = {0};

    if (strptime(name, "%Y%m%dT%H%M%SZ", &utc) == NULL)
        return false;
    *at = timegm(&utc);
    return true;
}

static bool
may_continue(const char *name, const char *earlier)
{
    size_t length = strlen(name);
    time_t begun, before;

    return length > 6 && strcmp(name + length - 6, ".jsonl") == 0 && strcmp(name, earlier) > 0 &&
           time_of(name, &begun) && time_of(earlier, &before) && begun - before <= WITHIN_S;
}

/* The caller frees it; NULL when there is none. */
static char *
first_line(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "r");
    char *line = NULL;
    size_t room = 0;

    if (file == NULL) {
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    if (getline(&line, &room, file) <= 0) {
        free(line);
        line = NULL;
    }
    fclose(file);
    return line;
}

static bool
is_continued(DIR *folder, const char *name)
{
    char *line = first_line(dirfd(folder), name);
    bool found = false;

    for (const struct dirent *entry; !found && line != NULL && (entry = readdir(folder)) != NULL;) {
        char *other;

        if (!may_continue(entry->d_name, name))
            continue;
        other = first_line(dirfd(folder), entry->d_name);
        found = other != NULL && strcmp(line, other) == 0;
        free(other);
    }
    free(line);
    return found;
}

bool
record_is_continued(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = paths_folder_of(path);
    DIR *open = folder == NULL ? NULL : opendir(folder);
    bool found = open != NULL && is_continued(open, slash == NULL ? path : slash + 1);

    if (open != NULL)
        closedir(open);
    free(folder);
    return found;
}
