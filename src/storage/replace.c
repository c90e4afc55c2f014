#include "storage/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/file.h"
#include "storage/paths.h"

/* A file on its way: without a name until it is whole, where the file system can do that, so that
 * nothing is left of it whatever happens. */
struct draft {
    int fd;
    bool has_name;
    char *name, *target, *folder; /* owned */
    bool is_new;                  /* there is no old file */
    mode_t mode;                  /* of the old one */
};

/* ---- where it goes ---- */

/* What is wrong with the place, or NULL. */
static const char *
look_at(const char *path, struct draft *draft)
{
    struct stat about;

    draft->is_new = stat(path, &about) != 0;
    if (!draft->is_new) {
        draft->mode = about.st_mode & 07777;
        draft->target = realpath(path, NULL);
        return S_ISREG(about.st_mode) ? NULL : "is no ordinary file";
    }
    if (errno != ENOENT)
        return strerror(errno);
    draft->target = strdup(path);
    return lstat(path, &about) == 0 ? "is a link that leads nowhere" : NULL;
}

static const char *
name_draft(const char *path, struct draft *draft)
{
    const char *fault = look_at(path, draft);
    char name[40];

    if (fault != NULL)
        return fault;
    snprintf(name, sizeof name, ".randori-%ld.part", (long)getpid());
    draft->folder = draft->target == NULL ? NULL : paths_folder_of(draft->target);
    draft->name = draft->folder == NULL ? NULL : paths_join(draft->folder, name);
    return draft->name == NULL ? "out of memory" : NULL;
}

/* ---- writing ---- */

static const char *
open_draft(struct draft *draft)
{
    unlink(draft->name); /* of a process with our number, which is long dead */
    if (access("/proc/self/fd", X_OK) == 0)
        draft->fd = open(draft->folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    if (draft->fd < 0) {
        draft->fd = open(draft->name, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
        draft->has_name = draft->fd >= 0;
    }
    return draft->fd < 0 ? strerror(errno) : NULL;
}

static const char *
fill(const struct draft *draft, const char *bytes, size_t length)
{
    if (!file_write_all(draft->fd, bytes, length) ||
        (!draft->is_new && fchmod(draft->fd, draft->mode) != 0) || fsync(draft->fd) != 0)
        return strerror(errno);
    return NULL;
}

/* ---- putting it there ---- */

static const char *
give_name(struct draft *draft)
{
    char unnamed[40];

    if (draft->has_name)
        return NULL;
    snprintf(unnamed, sizeof unnamed, "/proc/self/fd/%d", draft->fd);
    if (linkat(AT_FDCWD, unnamed, AT_FDCWD, draft->name, AT_SYMLINK_FOLLOW) != 0)
        return strerror(errno);
    draft->has_name = true;
    return NULL;
}

static const char *
put_in_place(struct draft *draft)
{
    const char *fault = give_name(draft);

    if (fault != NULL)
        return fault;
    if (rename(draft->name, draft->target) != 0)
        return strerror(errno);
    draft->has_name = false;
    return paths_sync_folder_of(draft->target) ? NULL : strerror(errno);
}

static void
end_draft(struct draft *draft)
{
    if (draft->has_name)
        unlink(draft->name);
    if (draft->fd >= 0)
        close(draft->fd);
    free(draft->name);
    free(draft->target);
    free(draft->folder);
}

bool
replace_file(const char *path, const char *bytes, size_t length, char why[static REPLACE_WHY])
{
    struct draft draft = {.fd = -1};
    const char *fault = name_draft(path, &draft);

    if (fault == NULL)
        fault = open_draft(&draft);
    if (fault == NULL)
        fault = fill(&draft, bytes, length);
    if (fault == NULL)
        fault = put_in_place(&draft);
    if (fault != NULL)
        snprintf(why, REPLACE_WHY, "%s: %s", path, fault);
    end_draft(&draft);
    return fault == NULL;
}
