#include "storage/journal_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "storage/paths.h"

enum {
    FLAGS = O_RDWR | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK,
    INTERRUPTIONS_MOST = 100, /* of one call, after that it has failed */
    NAMES_TRIED = 100,
};

static int
real_open(const char *path, int flags, mode_t mode)
{
    return open(path, flags, mode);
}

const struct journal_system journal_system_real = {
    .open = real_open,
    .write = write,
    .fdatasync = fdatasync,
    .fsync = fsync,
    .ftruncate = ftruncate,
};

/* ---- opening ---- */

static enum journal_status
failed(const char *path, const char *what, char why[static JOURNAL_WHY])
{
    snprintf(why, JOURNAL_WHY, "%s: %s: %s", path, what, strerror(errno));
    return JOURNAL_FAILED;
}

static bool
lock_file(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    return fcntl(fd, F_OFD_SETLK, &lock) == 0;
}

/* False only when another session has the folder: some file systems cannot lock a folder, and then
 * the locks of the files have to do. */
static bool
lock_folder(struct journal_file *file, const char *folder)
{
    file->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return file->folder_fd < 0 || flock(file->folder_fd, LOCK_EX | LOCK_NB) == 0 ||
           errno != EWOULDBLOCK;
}

static void
init(struct journal_file *file, const struct journal_system *system)
{
    *file = (struct journal_file){
        .system = system, .fd = -1, .lock_fd = -1, .folder_fd = -1, .copy_at = -1};
}

static char *
make_name(const char *folder, int64_t wall_ms)
{
    time_t seconds = (time_t)(wall_ms / 1000);
    char name[64];
    char stamp[40];
    uint16_t random = 0;
    struct tm utc;

    if (getrandom(&random, sizeof random, GRND_NONBLOCK) != sizeof random)
        random = (uint16_t)getpid();
    if (gmtime_r(&seconds, &utc) == NULL ||
        strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc) == 0)
        return NULL;
    snprintf(name, sizeof name, "%s-%04x.jsonl", stamp, (unsigned)random);
    return paths_join(folder, name);
}

/* Opens a file that did not exist, under a name nobody has: its descriptor, and the name in *path. */
static int
create_new(const struct journal_system *system, const char *folder, int64_t wall_ms, char **path)
{
    int fd = -1;

    *path = NULL;
    for (int i = 0; i < NAMES_TRIED && fd < 0; i++) {
        free(*path);
        *path = make_name(folder, wall_ms);
        if (*path == NULL) {
            errno = ENOMEM;
            return -1;
        }
        fd = system->open(*path, FLAGS | O_CREAT | O_EXCL, 0600);
        if (fd < 0 && errno != EEXIST)
            return -1;
    }
    return fd;
}

static bool
create_first(struct journal_file *file, const char *folder, int64_t wall_ms)
{
    file->fd = create_new(file->system, folder, wall_ms, &file->path);
    file->lock_fd = file->fd;
    file->unlisted = true;
    return file->fd >= 0;
}

enum journal_status
journal_file_create(struct journal_file *file, const struct journal_system *system,
                    const char *folder, int64_t wall_ms, char why[static JOURNAL_WHY])
{
    enum journal_status status = JOURNAL_GOOD;

    init(file, system);
    if (!paths_make(folder)) {
        status = failed(folder, "the records folder cannot be made", why);
    } else if (!lock_folder(file, folder)) {
        snprintf(why, JOURNAL_WHY, "%s: another session is running there", folder);
        status = JOURNAL_LOCKED;
    } else if (!create_first(file, folder, wall_ms)) {
        status = failed(folder, "a record cannot be created there", why);
    } else if (!lock_file(file->fd)) {
        status = failed(file->path, "cannot be locked", why);
        unlink(file->path);
    }
    if (status != JOURNAL_GOOD)
        journal_file_close(file);
    return status;
}

static enum journal_status
check_owned(const struct journal_file *file, char why[static JOURNAL_WHY])
{
    struct stat status;

    if (fstat(file->fd, &status) != 0)
        return failed(file->path, "cannot be opened", why);
    if (!S_ISREG(status.st_mode) || status.st_uid != geteuid()) {
        snprintf(why, JOURNAL_WHY, "%s: %s", file->path,
                 S_ISREG(status.st_mode) ? "belongs to another user" : "is not a regular file");
        return JOURNAL_FAILED;
    }
    return JOURNAL_GOOD;
}

static enum journal_status
lock_both(struct journal_file *file, char why[static JOURNAL_WHY])
{
    char *folder = paths_folder_of(file->path);
    bool is_free = folder != NULL && lock_folder(file, folder);

    free(folder);
    if (is_free && lock_file(file->lock_fd))
        return JOURNAL_GOOD;
    if (is_free && errno != EAGAIN && errno != EACCES)
        return failed(file->path, "cannot be locked", why);
    snprintf(why, JOURNAL_WHY, "%s: another session is using it, or its folder", file->path);
    return JOURNAL_LOCKED;
}

enum journal_status
journal_file_open(struct journal_file *file, const struct journal_system *system, const char *path,
                  char why[static JOURNAL_WHY])
{
    enum journal_status status;

    init(file, system);
    file->path = strdup(path);
    file->fd = file->path == NULL ? -1 : system->open(path, FLAGS, 0);
    file->lock_fd = file->fd;
    if (file->fd < 0 && errno == ELOOP) {
        snprintf(why, JOURNAL_WHY, "%s: is a symbolic link", path);
        status = JOURNAL_FAILED;
    } else if (file->fd < 0) {
        status = failed(path, "cannot be opened", why);
    } else {
        status = check_owned(file, why);
    }
    if (status == JOURNAL_GOOD)
        status = lock_both(file, why);
    if (status != JOURNAL_GOOD)
        journal_file_close(file);
    return status;
}

static void
close_all(struct journal_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    if (file->lock_fd >= 0 && file->lock_fd != file->fd)
        close(file->lock_fd);
    if (file->folder_fd >= 0)
        close(file->folder_fd);
}

void
journal_file_close(struct journal_file *file)
{
    close_all(file);
    free(file->path);
    init(file, file->system);
}

/* ---- writing ---- */

static bool
interrupted(int *times)
{
    return errno == EINTR && ++*times < INTERRUPTIONS_MOST;
}

static bool
cut(struct journal_file *file)
{
    int times = 0;

    while (file->system->ftruncate(file->fd, file->end) != 0) {
        if (!interrupted(&times))
            return false;
    }
    file->surplus = false;
    return true;
}

static bool
sync_with(int (*call)(int fd), int fd)
{
    int times = 0;

    while (call(fd) != 0) {
        if (!interrupted(&times))
            return false;
    }
    return true;
}

/* After a failed sync the kernel may call the same pages clean: what is written again must come
 * from a descriptor that has not seen the error (F5). Without /proc the old one has to do. */
static bool
reopen(struct journal_file *file)
{
    char path[64];
    int fd;

    snprintf(path, sizeof path, "/proc/self/fd/%d", file->lock_fd);
    fd = file->system->open(path, FLAGS & ~O_NOFOLLOW, 0);
    if (fd < 0)
        return errno == ENOENT;
    if (file->fd != file->lock_fd)
        close(file->fd);
    file->fd = fd;
    return true;
}

/* Inode numbers are not compared: on some network file systems they change by themselves. */
static bool
is_gone(const struct journal_file *file, const struct stat *status)
{
    struct stat named;

    if (status->st_nlink == 0)
        return true;
    return stat(file->path, &named) != 0 && (errno == ENOENT || errno == ENOTDIR);
}

bool
journal_file_ready(struct journal_file *file)
{
    struct stat status;

    if (fstat(file->lock_fd, &status) != 0)
        return false;
    if (is_gone(file, &status)) {
        errno = ENOENT;
        return false;
    }
    if (file->copy_at >= 0 && !reopen(file))
        return false;
    if (status.st_size == file->end)
        return true;
    if (status.st_size > file->end && file->surplus)
        return cut(file);
    errno = ESTALE;
    return false;
}

/* From here on this empty file is the journal. */
static void
change_to(struct journal_file *file, int fd, const char *folder)
{
    close_all(file);
    file->fd = file->lock_fd = fd;
    file->end = 0;
    file->copy_at = -1;
    file->surplus = false;
    file->unlisted = true;
    lock_file(fd);
    lock_folder(file, folder);
}

bool
journal_file_recreate(struct journal_file *file)
{
    char *folder = paths_folder_of(file->path);
    int fd = -1;

    if (folder != NULL && paths_make(folder))
        fd = file->system->open(file->path, FLAGS | O_CREAT | O_EXCL, 0600);
    if (fd < 0 && errno == EEXIST)
        errno = ESTALE;
    if (fd >= 0)
        change_to(file, fd, folder);
    free(folder);
    return fd >= 0;
}

/* The newest name is the one that is found first, so it has to be later than the old one. */
static int64_t
later_than(const char *path)
{
    const char *slash = strrchr(path, '/');
    struct timespec now;
    struct tm utc = {0};
    int64_t named = 0;

    clock_gettime(CLOCK_REALTIME, &now);
    if (strptime(slash == NULL ? path : slash + 1, "%Y%m%dT%H%M%SZ", &utc) != NULL)
        named = (int64_t)timegm(&utc) + 1;
    return 1000 * (named > now.tv_sec ? named : (int64_t)now.tv_sec);
}

bool
journal_file_renew(struct journal_file *file)
{
    char *folder = paths_folder_of(file->path);
    char *path = NULL;
    int fd = -1;

    if (folder != NULL && paths_make(folder))
        fd = create_new(file->system, folder, later_than(file->path), &path);
    if (fd >= 0) {
        change_to(file, fd, folder);
        free(file->path);
        file->path = path;
    } else {
        free(path);
    }
    free(folder);
    return fd >= 0;
}

bool
journal_file_append(struct journal_file *file, const char *line, size_t length)
{
    size_t done = 0;
    int times = 0;

    while (done < length) {
        ssize_t wrote = file->system->write(file->fd, line + done, length - done);

        if (wrote > 0) {
            done += (size_t)wrote;
        } else if (wrote == 0 || !interrupted(&times)) {
            int error = wrote == 0 ? EIO : errno;

            file->surplus = true;
            cut(file); /* if it cannot be cut now, ready() will */
            errno = error;
            return false;
        }
    }
    file->end += (int64_t)length;
    return true;
}

/* Not every file system can sync a folder (EINVAL); then there is nothing more to do. */
static bool
sync_all(struct journal_file *file)
{
    if (!sync_with(file->system->fdatasync, file->fd))
        return false;
    if (file->unlisted && file->folder_fd >= 0 &&
        !sync_with(file->system->fsync, file->folder_fd) && errno != EINVAL)
        return false;
    file->unlisted = false;
    return true;
}

bool
journal_file_sync(struct journal_file *file)
{
    if (sync_all(file)) {
        file->copy_at = -1;
        return true;
    }
    if (file->copy_at < 0) {
        file->copy_at = file->end;
    } else {
        file->end = file->copy_at;
        file->surplus = true;
    }
    return false;
}

bool
journal_file_cut(struct journal_file *file)
{
    return cut(file) && sync_with(file->system->fsync, file->fd);
}

void
journal_file_touch(const struct journal_file *file)
{
    futimens(file->fd, NULL); /* a stamp that is missing only makes a gap look longer */
}
