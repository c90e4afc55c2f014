#include "storage/ticks.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jansson.h>

#include "session/dump.h"
#include "session/stamp.h"
#include "session/text.h"
#include "storage/file.h"
#include "storage/journal_line.h"
#include "storage/paths.h"

static const char file_name[] = "ticks.jsonl";

enum {
    LOCK_TRIES = 1000,
    LOCK_EVERY_MS = 10,
    PIECE = 512,
    TICKS_MOST = 16 << 20 /* bytes: of a hundred years */
};

void
ticks_free(struct ticks *ticks)
{
    for (int i = 0; i < ticks->count; i++) {
        free(ticks->tick[i].list);
        free(ticks->tick[i].item);
        free(ticks->tick[i].after);
    }
    free(ticks->tick);
    *ticks = (struct ticks){0};
}

/* --- reading --- */

static void
keep(struct ticks *ticks, const char *list, const char *item, const char *after, bool done,
     int64_t wall_ms)
{
    if (ticks->count == ticks->room) {
        int room = ticks->room == 0 ? 64 : 2 * ticks->room;
        struct tick *tick = realloc(ticks->tick, (size_t)room * sizeof *tick);

        if (tick == NULL)
            return;
        ticks->tick = tick;
        ticks->room = room;
    }
    ticks->tick[ticks->count++] =
        (struct tick){strdup(list), text_identity(item), strdup(after), done, wall_ms};
}

static void
parse(struct ticks *ticks, const char *line, size_t length)
{
    json_t *object = json_loadb(line, length, 0, NULL);
    const char *at, *list, *item, *after;
    int32_t offset_s;
    int64_t wall_ms;
    int done;

    if (object != NULL &&
        json_unpack(object, "{s:s, s:s, s:s, s:s, s:b}", "at", &at, "list", &list, "item", &item,
                    "after", &after, "done", &done) == 0 &&
        stamp_parse(at, &wall_ms, &offset_s))
        keep(ticks, list, item, after, done != 0, wall_ms);
    json_decref(object);
}

static void
read_lines(struct ticks *ticks, const char *path, struct file_text rest, struct problems *problems)
{
    struct file_line line;

    for (int number = 1; memchr(rest.bytes, '\n', rest.length) != NULL; number++) {
        uint32_t crc = 0;

        file_next_line(&rest, &line);
        if (journal_line_check(line.bytes, line.length, &crc))
            parse(ticks, line.bytes, line.length);
        else
            problems_add(problems, path, number, "the line is damaged: its checksum does not fit");
    }
}

void
ticks_read(const char *folder, struct ticks *ticks, struct problems *problems)
{
    char *path = folder == NULL ? NULL : paths_join(folder, file_name);
    struct file_text text;
    int error = path == NULL ? ENOENT : file_read_up_to(path, TICKS_MOST, &text);

    *ticks = (struct ticks){0};
    if (error == 0) {
        read_lines(ticks, path, text, problems);
        free(text.bytes);
    } else if (error != ENOENT) {
        problems_add(problems, path, 0, "%s",
                     error == EFBIG ? "is larger than 16 MiB" : file_error(error));
    }
    free(path);
}

bool
ticks_done(const struct ticks *ticks, const char *list, const char *item, const char *after)
{
    char *key = text_identity(item);
    const struct tick *newest = NULL;

    for (int i = 0; key != NULL && i < ticks->count; i++) {
        const struct tick *tick = &ticks->tick[i];

        if (tick->item != NULL && tick->list != NULL && tick->after != NULL &&
            strcmp(tick->list, list) == 0 && strcmp(tick->after, after) == 0 &&
            strcmp(tick->item, key) == 0 && (newest == NULL || tick->wall_ms >= newest->wall_ms))
            newest = tick;
    }
    free(key);
    return newest != NULL && newest->done;
}

/* --- adding --- */

/* The sealed line, the caller's; NULL when memory is out. */
static char *
make_line(const struct tick *tick, struct moment at)
{
    char stamp[STAMP_SIZE], *json, *line = NULL;
    uint32_t crc = 0;
    json_t *object = json_pack("{s:s, s:s, s:s, s:s, s:b}", "at",
                               stamp_text(stamp, at.wall_ms, at.utc_offset_s), "list", tick->list,
                               "item", tick->item, "after", tick->after, "done", (int)tick->done);

    json = dump_text(object);
    if (json != NULL)
        line = journal_line_seal(json, &crc);
    free(json);
    json_decref(object);
    return line;
}

/* Others hold it for a moment only; whoever hangs with it must not hang us. */
static bool
lock(int fd)
{
    const struct timespec pause = {0, LOCK_EVERY_MS * 1000000L};
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    for (int i = 0; i < LOCK_TRIES; i++) {
        if (fcntl(fd, F_OFD_SETLK, &whole) == 0)
            return true;
        if (errno != EAGAIN && errno != EACCES)
            return false;
        nanosleep(&pause, NULL);
    }
    errno = EBUSY;
    return false;
}

/* Where the last whole line ends; -1 with errno. */
static off_t
end_of_lines(int fd)
{
    char piece[PIECE];
    off_t end = lseek(fd, 0, SEEK_END);

    while (end > 0) {
        off_t from = end > PIECE ? end - PIECE : 0;
        ssize_t got = pread(fd, piece, (size_t)(end - from), from);
        const char *newline;

        if (got < 0)
            return -1;
        newline = memrchr(piece, '\n', (size_t)got);
        if (newline != NULL)
            return from + (newline - piece) + 1;
        end = from;
    }
    return end;
}

/* All of it or nothing; errno. */
static int
append(int fd, const char *line)
{
    size_t length = strlen(line);
    off_t end;
    int error = 0;

    if (!lock(fd) || (end = end_of_lines(fd)) < 0 || ftruncate(fd, end) != 0)
        return errno;
    errno = 0;
    if (pwrite(fd, line, length, end) != (ssize_t)length)
        error = errno != 0 ? errno : ENOSPC;
    else if (fdatasync(fd) != 0)
        error = errno;
    if (error != 0 && ftruncate(fd, end) != 0)
        error = errno;
    return error;
}

bool
ticks_add(const char *folder, const struct tick *tick, struct moment at, struct problems *problems)
{
    char *path = paths_join(folder, file_name), *line = make_line(tick, at);
    int fd = -1, error = 0;

    if (path == NULL || line == NULL)
        error = ENOMEM;
    else if (!paths_make(folder) || (fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)) < 0)
        error = errno;
    if (error == 0)
        error = append(fd, line);
    if (error == 0 && !paths_sync_folder_of(path)) /* it may be new */
        error = errno;
    if (fd >= 0)
        close(fd);
    if (error != 0)
        problems_add(problems, path == NULL ? file_name : path, 0, "could not be written: %s",
                     strerrordesc_np(error));
    free(line);
    free(path);
    return error == 0;
}
