#include "storage/journal_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/journal_line.h"

enum { FILE_MOST = 256 * 1024 * 1024, LINE_HEAD = 160 /* bytes that hold the event's name */ };

struct reading {
    const char *path;
    char *bytes; /* owned: the whole file, ended by NUL */
    int64_t size;
    struct journal_content *content;
    int64_t *starts; /* owned: where the line of each event begins */
    int room;
    int line; /* number of the line at hand */
    char *why;
};

/* "path: message", or "path:line: message" for a line from 1 on. Returns `status`. */
__attribute__((format(printf, 4, 5))) static enum journal_status
say(const struct reading *reading, enum journal_status status, int line, const char *format, ...)
{
    va_list arguments;
    int length;

    if (line > 0)
        length = snprintf(reading->why, JOURNAL_WHY, "%s:%d: ", reading->path, line);
    else
        length = snprintf(reading->why, JOURNAL_WHY, "%s: ", reading->path);
    if (length < 0 || length >= JOURNAL_WHY)
        return status;
    va_start(arguments, format);
    vsnprintf(reading->why + length, (size_t)(JOURNAL_WHY - length), format, arguments);
    va_end(arguments);
    return status;
}

static enum journal_status
cannot_read(const struct reading *reading, const char *because)
{
    say(reading, JOURNAL_FAILED, 0, "cannot be read: %s", because);
    return JOURNAL_FAILED;
}

static enum journal_status
slurp(struct reading *reading, int fd)
{
    struct stat status;

    if (fstat(fd, &status) != 0)
        return cannot_read(reading, strerror(errno));
    if (!S_ISREG(status.st_mode))
        return cannot_read(reading, "it is not a regular file");
    if (status.st_size > FILE_MOST)
        return cannot_read(reading, "it is larger than 256 MiB");
    reading->bytes = malloc((size_t)status.st_size + 1);
    if (reading->bytes == NULL)
        return cannot_read(reading, strerror(ENOMEM));
    while (reading->size < status.st_size) {
        ssize_t got = pread(fd, reading->bytes + reading->size,
                            (size_t)(status.st_size - reading->size), reading->size);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return cannot_read(reading, strerror(errno));
        if (got == 0)
            break; /* cut meanwhile */
        reading->size += got;
    }
    reading->bytes[reading->size] = '\0';
    return JOURNAL_GOOD;
}

/* A line is written again, byte for byte, when its sync failed. */
static bool
is_repeat(const struct reading *reading, const char *line, size_t length)
{
    static const char prefix[] = "{\"seq\":";
    long long seq;
    int64_t start;

    if (strncmp(line, prefix, sizeof prefix - 1) != 0)
        return false;
    seq = strtoll(line + sizeof prefix - 1, NULL, 10);
    if (reading->starts == NULL || seq < 1 || seq > reading->content->count)
        return false;
    start = reading->starts[seq - 1];
    return reading->bytes + start + length < line &&
           memcmp(reading->bytes + start, line, length + 1) == 0;
}

static bool
make_room(struct reading *reading)
{
    int room = reading->room == 0 ? 64 : reading->room * 2;
    struct event *events;
    int64_t *starts;

    if (reading->content->count < reading->room)
        return true;
    events = realloc(reading->content->events, (size_t)room * sizeof *events);
    if (events == NULL)
        return false;
    reading->content->events = events;
    starts = realloc(reading->starts, (size_t)room * sizeof *starts);
    if (starts == NULL)
        return false;
    reading->starts = starts;
    reading->room = room;
    return true;
}

/* What the checksum cannot say: that this fact follows on the one before. */
static enum journal_status
check_place(const struct reading *reading, const struct event *event)
{
    const struct journal_content *content = reading->content;

    if (content->count == 0)
        return event->kind == EVENT_SESSION_OPENED && event->seq == 1
                   ? JOURNAL_GOOD
                   : say(reading, JOURNAL_FOREIGN, reading->line,
                         "a record begins with an opened session");
    if (event->seq != content->count + 1)
        return say(reading, JOURNAL_DAMAGED, reading->line, "fact %d is missing",
                   content->count + 1);
    if (event->at.elapsed_ms < content->events[content->count - 1].at.elapsed_ms)
        return say(reading, JOURNAL_DAMAGED, reading->line, "time runs backwards");
    return JOURNAL_GOOD;
}

static enum journal_status
take_event(struct reading *reading, const char *line, size_t length, uint32_t crc)
{
    struct journal_content *content = reading->content;
    char why[SETTINGS_ERROR_SIZE];
    struct event event;
    enum journal_status status;
    enum event_verdict verdict = event_parse(line, length, &event, why);

    if (verdict != EVENT_GOOD)
        return say(reading, verdict == EVENT_FOREIGN ? JOURNAL_FOREIGN : JOURNAL_DAMAGED,
                   reading->line, "%s", why);
    status = check_place(reading, &event);
    if (status == JOURNAL_GOOD && !make_room(reading))
        status = cannot_read(reading, strerror(ENOMEM));
    if (status != JOURNAL_GOOD) {
        event_clear(&event);
        return status;
    }
    reading->starts[content->count] = line - reading->bytes;
    content->events[content->count++] = event;
    content->crc = crc;
    return JOURNAL_GOOD;
}

/* The first fact and the last name everybody. */
static size_t
longest(const struct reading *reading, const char *line, size_t length)
{
    static const char last[] = "\"event\":\"session_closed\"";
    size_t head = length < LINE_HEAD ? length : LINE_HEAD;

    if (reading->content->count == 0 || memmem(line, head, last, sizeof last - 1) != NULL)
        return OPENING_LINE_MOST;
    return EVENT_LINE_MOST;
}

static enum journal_status
take_line(struct reading *reading, const char *line, size_t length)
{
    const struct journal_content *content = reading->content;
    uint32_t crc = content->crc;
    size_t most = longest(reading, line, length);

    if (length >= most)
        return say(reading, JOURNAL_DAMAGED, reading->line, "the line is longer than %zu KiB",
                   most / 1024);
    if (journal_line_check(line, length, &crc))
        return take_event(reading, line, length, crc);
    if (is_repeat(reading, line, length))
        return JOURNAL_GOOD;
    if (content->count == 0 && strncmp(line, "{\"seq\":1,", 9) != 0)
        return say(reading, JOURNAL_FOREIGN, reading->line, "this is no record of a session");
    return say(reading, JOURNAL_DAMAGED, reading->line, "the checksum does not match");
}

static enum journal_status
take_lines(struct reading *reading)
{
    struct journal_content *content = reading->content;
    const char *line = reading->bytes;
    const char *end = reading->bytes + reading->size;
    const char *newline;

    while ((newline = memchr(line, '\n', (size_t)(end - line))) != NULL) {
        enum journal_status status;

        reading->line++;
        status = take_line(reading, line, (size_t)(newline - line));
        if (status != JOURNAL_GOOD)
            return status;
        line = newline + 1;
        content->good_bytes = line - reading->bytes;
    }
    content->torn_bytes = reading->size - content->good_bytes;
    return content->count > 0 ? JOURNAL_GOOD : say(reading, JOURNAL_EMPTY, 0, "holds no session");
}

enum journal_status
journal_read_fd(int fd, const char *path, struct journal_content *content, char **tail,
                char why[static JOURNAL_WHY])
{
    struct reading reading = {.path = path, .content = content, .why = why};
    enum journal_status status;

    *content = (struct journal_content){0};
    why[0] = '\0';
    status = slurp(&reading, fd);
    if (status == JOURNAL_GOOD)
        status = take_lines(&reading);
    if (tail != NULL) {
        *tail = NULL;
        if (status == JOURNAL_GOOD && (*tail = malloc((size_t)content->torn_bytes + 1)) != NULL)
            memcpy(*tail, reading.bytes + content->good_bytes, (size_t)content->torn_bytes);
    }
    free(reading.starts);
    free(reading.bytes);
    return status;
}

enum journal_status
journal_read(const char *path, struct journal_content *content, char why[static JOURNAL_WHY])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    enum journal_status status;

    if (fd < 0) {
        *content = (struct journal_content){0};
        snprintf(why, JOURNAL_WHY, "%s: cannot be read: %s", path, strerror(errno));
        return JOURNAL_FAILED;
    }
    status = journal_read_fd(fd, path, content, NULL, why);
    close(fd);
    return status;
}

void
journal_content_free(struct journal_content *content)
{
    for (int i = 0; i < content->count; i++)
        event_clear(&content->events[i]);
    free(content->events);
    *content = (struct journal_content){0};
}

int
journal_content_pid(const struct journal_content *content)
{
    for (int i = content->count - 1; i >= 0; i--) {
        enum event_kind kind = content->events[i].kind;

        if (kind == EVENT_SESSION_OPENED || kind == EVENT_SESSION_RESUMED)
            return content->events[i].opening->pid;
    }
    return 0;
}

bool
journal_is_locked(int fd)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

    return fcntl(fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

bool
journal_is_live(const char *path, int *pid)
{
    struct journal_content content;
    char why[JOURNAL_WHY];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool is_live = fd >= 0 && journal_is_locked(fd);

    *pid = 0;
    if (is_live) {
        journal_read_fd(fd, path, &content, NULL, why);
        *pid = journal_content_pid(&content);
        journal_content_free(&content);
    }
    if (fd >= 0)
        close(fd);
    return is_live;
}

int64_t
journal_watched_ms(const char *path)
{
    struct stat status;

    if (stat(path, &status) != 0)
        return 0;
    return (int64_t)status.st_mtim.tv_sec * 1000 + status.st_mtim.tv_nsec / 1000000;
}
