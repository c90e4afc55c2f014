#include "storage/past_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storage/journal_line.h"
#include "storage/past_line.h"

enum {
    ROOM_FIRST = 64 * 1024,
    ROOM_MOST = 64 * 1024 * 1024, /* a larger file is read the slow way */
    HEAD = 160                    /* bytes of a line that hold the event's name */
};

struct line {
    char *bytes;
    size_t length;
};

static bool
grow(struct past_file *file)
{
    size_t room = file->room == 0 ? ROOM_FIRST : file->room * 2;
    char *bytes = room > ROOM_MOST ? NULL : realloc(file->bytes, room);

    if (bytes == NULL)
        return false;
    file->bytes = bytes;
    file->room = room;
    return true;
}

static bool
slurp(struct past_file *file, int fd)
{
    file->size = 0;
    for (;;) {
        ssize_t got;

        if (file->size == file->room && !grow(file))
            return false;
        got = read(fd, file->bytes + file->size, file->room - file->size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        file->size += (size_t)got;
    }
}

/* The line that begins at `start`; false when none ends after it. */
static bool
line_at(const struct past_file *file, size_t start, struct line *line)
{
    char *bytes = file->bytes + start;
    const char *newline = memchr(bytes, '\n', file->size - start);

    if (newline == NULL)
        return false;
    *line = (struct line){bytes, (size_t)(newline - bytes)};
    return true;
}

/* Every whole line continues the chain of the one before; *end is behind the last. */
static bool
is_whole(const struct past_file *file, size_t *end)
{
    uint32_t crc = 0;
    struct line line;

    *end = 0;
    while (line_at(file, *end, &line)) {
        if (!journal_line_check(line.bytes, line.length, &crc))
            return false;
        *end += line.length + 1;
    }
    return *end > 0;
}

static bool
is_event(const struct line *line, const char *name)
{
    size_t head = line->length < HEAD ? line->length : HEAD, length = strlen(name);
    const char *found = memmem(line->bytes, head, "\"event\":\"", 9);

    return found != NULL && (size_t)(line->bytes + line->length - found) > 9 + length &&
           memcmp(found + 9, name, length) == 0 && found[9 + length] == '"';
}

/* What may follow the closing and leaves it as it is; an undo is not among them. */
static bool
is_afterthought(const struct line *line)
{
    static const char *const names[] = {"session_left", "drained",       "hook_started",
                                        "hook_ended",   "light_changed", "step_changed",
                                        "gap_noticed",  "clock_jumped",  "draft_saved"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (is_event(line, names[i]))
            return true;
    }
    return false;
}

/* The line that closes the session, searched from `end` backwards. */
static bool
find_closing(const struct past_file *file, size_t end, struct line *line)
{
    while (end > 0) {
        const char *before = memrchr(file->bytes, '\n', end - 1);
        size_t start = before == NULL ? 0 : (size_t)(before - file->bytes) + 1;

        *line = (struct line){file->bytes + start, end - start - 1};
        if (is_event(line, "session_closed"))
            return true;
        if (!is_afterthought(line))
            return false;
        end = start;
    }
    return false;
}

static bool
parse_both(struct past_file *file)
{
    struct line first, last;
    size_t end;

    return is_whole(file, &end) && find_closing(file, end, &last) && line_at(file, 0, &first) &&
           past_line_closing(file, last.bytes, last.length) &&
           past_line_opening(file, first.bytes, first.length);
}

bool
past_file_read(struct past_file *file, int folder_fd, const char *name)
{
    int fd = openat(folder_fd, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool is_good;

    if (fd < 0)
        return false;
    file->past = (struct past){.record = name, .closed = true, .closing = &file->closing};
    is_good = slurp(file, fd) && parse_both(file);
    close(fd);
    return is_good;
}

void
past_file_free(struct past_file *file)
{
    free(file->closing.people);
    free(file->closing.roles);
    free(file->closing.items);
    free(file->closing.done);
    free(file->bytes);
    *file = (struct past_file){0};
}
