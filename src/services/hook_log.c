#include "services/hook_log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "session/text.h"
#include "storage/paths.h"

enum { TIME_SIZE = 32, BLOCK_MOST = HOOK_LOG_MOST / 2 };

char *
hook_log_former(const char *path)
{
    char *former;

    return asprintf(&former, "%s.1", path) < 0 ? NULL : former;
}

/* --- one block ----------------------------------------------------------------------------- */

static void
write_time(FILE *stream)
{
    time_t now = time(NULL);
    char text[TIME_SIZE] = "";
    struct tm local;

    if (localtime_r(&now, &local) != NULL)
        strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &local);
    fputs(text, stream);
}

/* Each line cleaned: a log is read on a terminal. */
static void
write_said(FILE *stream, const struct hook_process *said)
{
    const char *at = said->kept, *end = at + said->length;

    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((newline == NULL ? end : newline) - at);
        char *line = text_clean(at, length);

        fprintf(stream, "    %s\n", line == NULL ? "" : line);
        free(line);
        at += length + 1;
    }
    if (said->left_out > 0)
        fprintf(stream, "    (%lld bytes more are left out)\n", (long long)said->left_out);
}

static char *
make_block(const char *name, const char *how, const struct hook_process *said, size_t *length)
{
    char *block = NULL;
    FILE *stream = open_memstream(&block, length);

    if (stream == NULL)
        return NULL;
    write_time(stream);
    fprintf(stream, "  %s  %s\n", name, how);
    if (said != NULL && said->kept != NULL)
        write_said(stream, said);
    if (fclose(stream) != 0) {
        free(block);
        return NULL;
    }
    if (*length > BLOCK_MOST) { /* cleaned and indented it may have grown */
        *length = BLOCK_MOST;
        block[BLOCK_MOST - 1] = '\n';
    }
    return block;
}

/* --- the file ------------------------------------------------------------------------------ */

static int
open_log(const char *path)
{
    /* Not blocking: somebody may have put a FIFO there. */
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    char *folder = paths_folder_of(path);
    int fd = -1;

    if (folder != NULL && paths_make(folder))
        fd = open(path, flags, 0600);
    free(folder);
    return fd;
}

static bool
is_full(int fd, size_t more)
{
    struct stat status;

    return fstat(fd, &status) == 0 && status.st_size > 0 &&
           (size_t)status.st_size + more > HOOK_LOG_MOST;
}

static bool
put_aside(const char *path)
{
    char *former = hook_log_former(path);
    bool is_done = former != NULL && rename(path, former) == 0;

    free(former);
    return is_done;
}

/* The log with room for a block; -1: there is none. */
static int
open_with_room(const char *path, size_t length)
{
    int fd = open_log(path);

    if (fd < 0 || !is_full(fd, length))
        return fd;
    close(fd);
    return put_aside(path) ? open_log(path) : -1;
}

static bool
is_regular(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

void
hook_log_append(const char *path, const char *name, const char *how,
                const struct hook_process *said)
{
    size_t length = 0;
    char *block = path == NULL ? NULL : make_block(name, how, said, &length);
    int fd = block == NULL ? -1 : open_with_room(path, length);

    if (fd >= 0) {
        /* In one piece; what does not fit on the disk is lost. */
        if (is_regular(fd) && write(fd, block, length) < 0)
            errno = 0;
        close(fd);
    }
    free(block);
}
