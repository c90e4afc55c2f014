/* A whole record (F25). With an odd first byte the lines are sealed first, so that the checksum does
 * not stop everything; the session is replayed and looked at. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fuzz.h"
#include "storage/journal_line.h"
#include "storage/journal_read.h"
#include "storage/salvage.h"

/* Each line loses its seal, if it has one, and gets the right one. */
static char *
seal_all(const char *bytes, size_t size, size_t *sealed_size)
{
    char *sealed = NULL;
    FILE *file = open_memstream(&sealed, sealed_size);
    uint32_t crc = 0;

    while (size > 0) {
        const char *end = memchr(bytes, '\n', size);
        size_t length = end == NULL ? size : (size_t)(end - bytes);
        char *line = strndup(bytes, length), *seal = strstr(line, ",\"crc\":"), *whole;

        if (seal != NULL)
            strcpy(seal, "}");
        whole = line[0] == '\0' ? NULL : journal_line_seal(line, &crc);
        if (whole != NULL)
            fputs(whole, file);
        free(whole);
        free(line);
        bytes += length + (end != NULL);
        size -= length + (end != NULL);
    }
    fclose(file);
    return sealed;
}

static void
replay(const struct journal_content *content)
{
    struct session session;
    struct moment now = {0, INT64_C(1795520700000), 3600};
    struct event event;

    session_init(&session);
    for (int i = 0; i < content->count; i++) {
        MUST(content->events[i].seq == i + 1);
        fuzz_round_trip(&content->events[i]);
        session_apply(&session, &content->events[i]);
        now = content->events[i].at;
    }
    for (int i = 0; i < 3 && session_due(&session, now, &event); i++) {
        session_apply(&session, &event);
        event_clear(&event);
    }
    fuzz_look_at(&session, now);
    session_free(&session);
}

static void
ignore(void *user, const struct event *event)
{
    (void)user;
    MUST(event->seq > 0);
}

static void
read_it(const uint8_t *data, size_t size)
{
    const char *path = fuzz_file(data, size);
    struct journal_content content;
    char why[JOURNAL_WHY], *tail;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    enum journal_status status = journal_read_fd(fd, "record", &content, &tail, why);

    MUST((status == JOURNAL_GOOD) == (why[0] == '\0'));
    MUST(content.good_bytes + content.torn_bytes <= (int64_t)size);
    if (content.count > 0)
        replay(&content);
    if (status == JOURNAL_DAMAGED)
        salvage_behind(path, content.good_bytes, ignore, NULL);
    journal_content_free(&content);
    free(tail);
    close(fd);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 0 && data[0] % 2 == 1) {
        size_t sealed_size;
        char *sealed = seal_all((const char *)data + 1, size - 1, &sealed_size);

        read_it((const uint8_t *)sealed, sealed_size);
        free(sealed);
    } else {
        read_it(data, size);
    }
    return 0;
}
