#include "storage/salvage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storage/journal_line.h"
#include "storage/paths.h"

/* ---- the good part ---- */

static bool
write_event(FILE *file, const struct event *event, uint32_t *crc)
{
    char *json = event_text(event);
    char *line = json == NULL ? NULL : journal_line_seal(json, crc);
    bool is_written = line != NULL && fputs(line, file) >= 0;

    free(json);
    free(line);
    return is_written;
}

static bool
write_all(FILE *file, const struct journal_content *content)
{
    uint32_t crc = 0;

    for (int i = 0; i < content->count; i++) {
        if (!write_event(file, &content->events[i], &crc))
            return false;
    }
    return fflush(file) == 0 && fsync(fileno(file)) == 0;
}

bool
salvage_write(const char *path, const struct journal_content *content, char why[static JOURNAL_WHY])
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    bool is_written = file != NULL && write_all(file, content);
    int error = errno;

    if (file == NULL && fd >= 0)
        close(fd);
    if (file != NULL && fclose(file) != 0 && is_written) {
        is_written = false;
        error = errno;
    }
    if (is_written && !paths_sync_folder_of(path)) {
        is_written = false;
        error = errno;
    }
    if (is_written)
        return true;
    if (fd >= 0)
        unlink(path);
    snprintf(why, JOURNAL_WHY, "%s: cannot be written: %s", path, strerror(error));
    return false;
}

/* ---- behind the damage ---- */

/* The checksum that stands in a line, right or wrong: the next line's was made from it. */
static bool
written_crc(const char *line, size_t length, uint32_t *crc)
{
    static const char before[] = ",\"crc\":\"";
    size_t seal = sizeof before - 1 + 8 + 2;
    char digits[9] = "", *end;

    if (length < seal || memcmp(line + length - seal, before, sizeof before - 1) != 0)
        return false;
    memcpy(digits, line + length - 10, 8);
    *crc = (uint32_t)strtoul(digits, &end, 16);
    return end == digits + 8;
}

static void
hand_out(const char *line, size_t length, void (*fact)(void *user, const struct event *event),
         void *user)
{
    char why[SETTINGS_ERROR_SIZE];
    struct event event;

    if (length >= EVENT_LINE_MOST || event_parse(line, length, &event, why) != EVENT_GOOD)
        return;
    fact(user, &event);
    event_clear(&event);
}

int
salvage_behind(const char *path, int64_t from, void (*fact)(void *user, const struct event *event),
               void *user)
{
    FILE *file = fopen(path, "re");
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    uint32_t crc = 0;
    bool is_chained = false;
    int lines = 0;

    if (file == NULL)
        return 0;
    fseeko(file, from, SEEK_SET);
    while ((length = getline(&line, &room, file)) > 0 && line[length - 1] == '\n') {
        lines++;
        line[--length] = '\0';
        if (is_chained && journal_line_check(line, (size_t)length, &crc))
            hand_out(line, (size_t)length, fact, user);
        is_chained = written_crc(line, (size_t)length, &crc);
    }
    free(line);
    fclose(file);
    return lines;
}
