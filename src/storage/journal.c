#include "storage/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/journal_line.h"
#include "storage/journal_private.h"
#include "storage/journal_read.h"
#include "storage/journal_writer.h"

struct journal {
    char *path;   /* owned */
    uint32_t crc; /* of the last line sealed */
    struct journal_writer *writer;
};

static struct journal *
new_journal(const struct journal_file *file, char *earlier, size_t length,
            const struct journal_content *content)
{
    struct journal *journal = calloc(1, sizeof *journal);
    char *path = strdup(file->path);

    if (journal == NULL || path == NULL) {
        free(journal);
        free(path);
        errno = ENOMEM;
        return NULL;
    }
    journal->path = path;
    journal->crc = content == NULL ? 0 : content->crc;
    journal->writer =
        journal_writer_start(file, earlier, length, content == NULL ? 0 : content->count);
    if (journal->writer == NULL) {
        free(path);
        free(journal);
        return NULL;
    }
    return journal;
}

enum journal_status
journal_create_with(const struct journal_system *system, const char *folder, int64_t wall_ms,
                    struct journal **journal, char why[static JOURNAL_WHY])
{
    struct journal_file file;
    enum journal_status status;

    *journal = NULL;
    why[0] = '\0';
    status = journal_file_create(&file, system, folder, wall_ms, why);
    if (status != JOURNAL_GOOD)
        return status;
    *journal = new_journal(&file, NULL, 0, NULL);
    if (*journal != NULL)
        return JOURNAL_GOOD;
    snprintf(why, JOURNAL_WHY, "%s: cannot be written: %s", file.path, strerror(errno));
    unlink(file.path);
    journal_file_close(&file);
    return JOURNAL_FAILED;
}

enum journal_status
journal_create(const char *folder, int64_t wall_ms, struct journal **journal,
               char why[static JOURNAL_WHY])
{
    return journal_create_with(&journal_system_real, folder, wall_ms, journal, why);
}

/* ---- resuming ---- */

/* Appends the torn bytes to NAME.torn; what could not be kept whole is not kept. */
static bool
keep_torn(const struct journal_system *system, const char *path, const char *bytes, size_t length)
{
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    struct journal_file torn = {.system = system, .lock_fd = -1, .folder_fd = -1, .copy_at = -1};
    struct stat status;
    bool is_kept = false;
    char *name;

    if (bytes == NULL || asprintf(&name, "%s.torn", path) < 0)
        return false;
    torn.fd = system->open(name, flags, 0600);
    free(name);
    if (torn.fd < 0)
        return false;
    if (fstat(torn.fd, &status) == 0 && S_ISREG(status.st_mode)) {
        torn.end = status.st_size;
        is_kept = journal_file_append(&torn, bytes, length) && journal_file_sync(&torn);
    }
    close(torn.fd);
    return is_kept;
}

/* A full disk must not keep anybody from going on: nobody was told that the torn bytes are safe,
 * so they are cut off even when there is no room to keep them. */
static enum journal_status
repair(struct journal_file *file, const char *tail, const struct journal_content *content,
       char why[static JOURNAL_WHY])
{
    file->end = content->good_bytes;
    if (content->torn_bytes == 0)
        return JOURNAL_GOOD;
    if (!keep_torn(file->system, file->path, tail, (size_t)content->torn_bytes))
        snprintf(why, JOURNAL_WHY, "%s.torn: the torn end could not be kept: %s", file->path,
                 strerror(errno));
    if (journal_file_cut(file))
        return JOURNAL_GOOD;
    snprintf(why, JOURNAL_WHY, "%s: the torn end cannot be cut off: %s", file->path,
             strerror(errno));
    return JOURNAL_FAILED;
}

/* The good bytes, so that the whole file can be written again if it is deleted. */
static char *
good_bytes(const struct journal_file *file)
{
    size_t length = (size_t)file->end;
    char *bytes = malloc(length);

    if (bytes == NULL)
        return NULL;
    if (pread(file->fd, bytes, length, 0) == (ssize_t)length)
        return bytes;
    free(bytes);
    errno = EIO;
    return NULL;
}

static enum journal_status
go_on(struct journal_file *file, const char *tail, const struct journal_content *content,
      struct journal **journal, char why[static JOURNAL_WHY])
{
    enum journal_status status = repair(file, tail, content, why);
    char *earlier;

    if (status != JOURNAL_GOOD)
        return status;
    earlier = good_bytes(file);
    if (earlier != NULL)
        *journal = new_journal(file, earlier, (size_t)file->end, content);
    if (*journal != NULL)
        return JOURNAL_GOOD;
    snprintf(why, JOURNAL_WHY, "%s: cannot be written: %s", file->path, strerror(errno));
    free(earlier);
    return JOURNAL_FAILED;
}

enum journal_status
journal_resume_with(const struct journal_system *system, const char *path, struct journal **journal,
                    struct journal_content *content, int *pid, char why[static JOURNAL_WHY])
{
    struct journal_file file;
    enum journal_status status;
    char *tail;

    *journal = NULL;
    *content = (struct journal_content){0};
    *pid = 0;
    why[0] = '\0';
    status = journal_file_open(&file, system, path, why);
    if (status == JOURNAL_LOCKED)
        journal_is_live(path, pid);
    if (status != JOURNAL_GOOD)
        return status;
    status = journal_read_fd(file.fd, path, content, &tail, why);
    if (status == JOURNAL_GOOD)
        status = go_on(&file, tail, content, journal, why);
    if (status != JOURNAL_GOOD)
        journal_file_close(&file);
    free(tail);
    return status;
}

enum journal_status
journal_resume(const char *path, struct journal **journal, struct journal_content *content,
               int *pid, char why[static JOURNAL_WHY])
{
    return journal_resume_with(&journal_system_real, path, journal, content, pid, why);
}

/* ---- an open one ---- */

const char *
journal_path(const struct journal *journal)
{
    return journal->path;
}

void
journal_append(struct journal *journal, const struct event *event)
{
    char *json = event_text(event);
    char *line = json == NULL ? NULL : journal_line_seal(json, &journal->crc);

    free(json);
    journal_writer_append(journal->writer, line, event->seq);
}

void
journal_look(struct journal *journal)
{
    journal_writer_look(journal->writer);
}

int
journal_fd(const struct journal *journal)
{
    return journal_writer_fd(journal->writer);
}

void
journal_acknowledge(struct journal *journal)
{
    journal_writer_acknowledge(journal->writer);
}

int64_t
journal_synced(const struct journal *journal)
{
    return journal_writer_synced(journal->writer);
}

int
journal_unsaved(const struct journal *journal)
{
    return journal_writer_unsaved(journal->writer);
}

const char *
journal_trouble(const struct journal *journal, char why[static JOURNAL_WHY])
{
    int error = journal_writer_error(journal->writer);

    if (error == 0)
        return NULL;
    snprintf(why, JOURNAL_WHY, "%s",
             error == ESTALE ? "another program has changed the record" : strerror(error));
    return why;
}

bool
journal_moved(struct journal *journal, char what[static JOURNAL_WHY])
{
    int cause;
    char *path = journal_writer_moved(journal->writer, &cause);

    if (path == NULL)
        return false;
    if (cause == ENOENT)
        snprintf(what, JOURNAL_WHY, "Somebody removed the record: it was written again, whole.");
    else
        snprintf(what, JOURNAL_WHY,
                 "Another program has changed the record: all of it is in %s now.",
                 strrchr(path, '/') == NULL ? path : strrchr(path, '/') + 1);
    free(journal->path);
    journal->path = path;
    return true;
}

bool
journal_flush(struct journal *journal, int64_t ms)
{
    return journal_writer_flush(journal->writer, ms);
}

int
journal_close(struct journal *journal, int64_t ms, void (*unsaved)(void *user, const char *line),
              void *user)
{
    int count = journal_writer_close(journal->writer, ms, unsaved, user);

    free(journal->path);
    free(journal);
    return count;
}
