#include "storage/journal_writer.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { RETRY_MS = 1000 };

struct line {
    struct line *next;
    int64_t first, last; /* the facts in it: one, except for what an earlier process wrote */
    size_t length;
    char *text; /* owned; ends in a newline */
};

struct journal_writer {
    pthread_t thread;
    pthread_mutex_t mutex; /* guards everything below but `file` */
    pthread_cond_t wake;   /* for the thread */
    pthread_cond_t done;   /* an attempt is over */
    int event_fd;
    struct line *head, *tail; /* all lines */
    struct line *pending;     /* the first that is not on disk; NULL: none */
    int64_t lost;             /* facts there was no memory for */
    int error;
    int anew;       /* why the file was begun anew, until everything is in it; an errno, or 0 */
    char *moved;    /* owned: where it is since then; NULL: nothing to tell */
    int cause;      /* of `moved` */
    bool due;       /* try now */
    bool look;      /* look after the file, also when there is nothing to write */
    bool busy;      /* the thread is writing, without the mutex */
    bool ending;    /* stop trying */
    bool abandoned; /* nobody waits for the thread: it frees everything when it ends */

    struct journal_file file; /* the thread's alone */
};

/* ---- the thread ---- */

static void
free_writer(struct journal_writer *writer)
{
    while (writer->head != NULL) {
        struct line *line = writer->head;

        writer->head = line->next;
        free(line->text);
        free(line);
    }
    journal_file_close(&writer->file);
    close(writer->event_fd);
    free(writer->moved);
    pthread_cond_destroy(&writer->done);
    pthread_cond_destroy(&writer->wake);
    pthread_mutex_destroy(&writer->mutex);
    free(writer);
}

static struct timespec
deadline_after(int64_t ms)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    time.tv_sec += ms / 1000;
    time.tv_nsec += ms % 1000 * 1000000;
    if (time.tv_nsec >= 1000000000) {
        time.tv_sec++;
        time.tv_nsec -= 1000000000;
    }
    return time;
}

/* What was written of first..last and synced: *end is the first line that was not, NULL when all
 * were. Returns 0 or the errno. */
static int
write_lines(struct journal_file *file, struct line *first, struct line *last, struct line **end)
{
    int error = 0;

    *end = NULL;
    for (struct line *line = first; error == 0; line = line->next) {
        if (!journal_file_append(file, line->text, line->length)) {
            error = errno;
            *end = line;
        } else if (line == last) { /* last->next is not ours to read */
            break;
        }
    }
    if (*end != first && !journal_file_sync(file)) {
        error = errno;
        *end = first;
    }
    if (error == 0 && !journal_file_ready(file)) { /* somebody meddled with it meanwhile */
        error = errno;
        *end = first;
    }
    return error;
}

/* 0, or an errno. When the file had to be begun anew *anew is why: everything has to be written. */
static int
make_ready(struct journal_file *file, int *anew)
{
    int cause;

    *anew = 0;
    if (journal_file_ready(file))
        return 0;
    cause = errno;
    if (cause != ENOENT && cause != ESTALE)
        return cause;
    *anew = cause;
    if (cause == ENOENT && journal_file_recreate(file))
        return 0;
    *anew = cause = errno == ESTALE ? ESTALE : cause;
    return cause == ESTALE && journal_file_renew(file) ? 0 : errno;
}

/* With the mutex held. Nobody is woken to hear that nothing has changed. */
static void
keep_outcome(struct journal_writer *writer, int error, int anew, bool has_written)
{
    bool is_news = has_written || error != writer->error || writer->anew != 0;

    writer->error = error;
    if (anew != 0)
        writer->anew = anew;
    if (error == 0 && writer->anew != 0) {
        free(writer->moved);
        writer->moved = strdup(writer->file.path);
        writer->cause = writer->anew;
        writer->anew = 0;
    }
    if (is_news)
        eventfd_write(writer->event_fd, 1);
    pthread_cond_broadcast(&writer->done);
}

/* One attempt to save what is pending, or everything when the file is ours no more; with the mutex
 * held, which is let go meanwhile. */
static void
attempt(struct journal_writer *writer)
{
    struct line *first = writer->pending;
    struct line *last = writer->tail;
    struct line *head = writer->head;
    struct line *end;
    int error, anew;

    writer->due = writer->look = false;
    writer->busy = true;
    pthread_mutex_unlock(&writer->mutex);
    error = make_ready(&writer->file, &anew);
    if (anew != 0) /* what was saved is saved no more */
        first = head;
    end = first;
    if (error == 0 && first != NULL)
        error = write_lines(&writer->file, first, last, &end);
    else if (error == 0)
        journal_file_touch(&writer->file);
    pthread_mutex_lock(&writer->mutex);
    writer->busy = false;
    writer->pending = end != NULL ? end : last->next;
    writer->due = writer->due || (error == 0 && writer->pending != NULL);
    keep_outcome(writer, error, anew, first != NULL);
}

static bool
has_work(const struct journal_writer *writer)
{
    return (writer->pending != NULL && writer->due) || (writer->tail != NULL && writer->look);
}

/* Waits until there is something to try, or to look after; false when the writer is to end. */
static bool
wait_for_work(struct journal_writer *writer)
{
    struct timespec retry = deadline_after(RETRY_MS);
    int waited = 0;

    while (!writer->ending && !has_work(writer) && waited != ETIMEDOUT) {
        if (writer->pending == NULL)
            pthread_cond_wait(&writer->wake, &writer->mutex);
        else
            waited = pthread_cond_timedwait(&writer->wake, &writer->mutex, &retry);
    }
    return !writer->ending;
}

static void *
run(void *argument)
{
    struct journal_writer *writer = argument;
    bool abandoned;

    pthread_mutex_lock(&writer->mutex);
    while (wait_for_work(writer))
        attempt(writer);
    abandoned = writer->abandoned;
    pthread_mutex_unlock(&writer->mutex);
    if (abandoned)
        free_writer(writer);
    return NULL;
}

/* ---- starting ---- */

static struct line *
new_line(char *text, size_t length, int64_t first, int64_t last)
{
    struct line *line = malloc(sizeof *line);

    if (line != NULL)
        *line = (struct line){NULL, first, last, length, text};
    return line;
}

static void
init_conditions(struct journal_writer *writer)
{
    pthread_condattr_t attributes;

    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&writer->wake, &attributes);
    pthread_cond_init(&writer->done, &attributes);
    pthread_condattr_destroy(&attributes);
    pthread_mutex_init(&writer->mutex, NULL);
}

/* Signals are the main thread's: it alone knows what to do with them. But a thread that crashes with
 * its signal blocked ends the process at once, and nobody puts the terminal back. */
static int
start_thread(struct journal_writer *writer)
{
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGSYS};
    sigset_t others, before;
    int error;

    sigfillset(&others);
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
        sigdelset(&others, crashes[i]);
    pthread_sigmask(SIG_SETMASK, &others, &before);
    error = pthread_create(&writer->thread, NULL, run, writer);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error;
}

struct journal_writer *
journal_writer_start(const struct journal_file *file, char *earlier, size_t length, int64_t facts)
{
    struct journal_writer *writer = calloc(1, sizeof *writer);
    struct line *line = earlier == NULL ? NULL : new_line(earlier, length, 1, facts);
    int error = ENOMEM;

    if (writer != NULL && (line != NULL || earlier == NULL)) {
        writer->head = writer->tail = line;
        writer->file = *file;
        writer->event_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        init_conditions(writer);
        error = writer->event_fd < 0 ? errno : start_thread(writer);
        if (error == 0)
            return writer;
        if (writer->event_fd >= 0)
            close(writer->event_fd);
    }
    free(line);
    free(writer);
    errno = error;
    return NULL;
}

/* ---- the other side ---- */

void
journal_writer_append(struct journal_writer *writer, char *text, int64_t seq)
{
    struct line *line = text == NULL ? NULL : new_line(text, strlen(text), seq, seq);

    pthread_mutex_lock(&writer->mutex);
    if (line == NULL || writer->lost > 0) {
        writer->lost++;
        free(text);
        free(line);
    } else {
        if (writer->tail == NULL)
            writer->head = line;
        else
            writer->tail->next = line;
        writer->tail = line;
        if (writer->pending == NULL)
            writer->pending = line;
        writer->due = true;
        pthread_cond_signal(&writer->wake);
    }
    pthread_mutex_unlock(&writer->mutex);
}

void
journal_writer_look(struct journal_writer *writer)
{
    pthread_mutex_lock(&writer->mutex);
    writer->look = true;
    pthread_cond_signal(&writer->wake);
    pthread_mutex_unlock(&writer->mutex);
}

int
journal_writer_fd(const struct journal_writer *writer)
{
    return writer->event_fd;
}

void
journal_writer_acknowledge(struct journal_writer *writer)
{
    eventfd_t count;

    eventfd_read(writer->event_fd, &count);
}

int64_t
journal_writer_synced(struct journal_writer *writer)
{
    int64_t seq = 0;

    pthread_mutex_lock(&writer->mutex);
    if (writer->pending != NULL)
        seq = writer->pending->first - 1;
    else if (writer->tail != NULL)
        seq = writer->tail->last;
    pthread_mutex_unlock(&writer->mutex);
    return seq;
}

static int
count_unsaved(const struct journal_writer *writer)
{
    int64_t count = writer->lost;

    if (writer->pending != NULL)
        count += writer->tail->last - writer->pending->first + 1;
    return (int)count;
}

int
journal_writer_unsaved(struct journal_writer *writer)
{
    int count;

    pthread_mutex_lock(&writer->mutex);
    count = count_unsaved(writer);
    pthread_mutex_unlock(&writer->mutex);
    return count;
}

int
journal_writer_error(struct journal_writer *writer)
{
    int error;

    pthread_mutex_lock(&writer->mutex);
    error = writer->lost > 0 ? ENOMEM : writer->error;
    pthread_mutex_unlock(&writer->mutex);
    return error;
}

char *
journal_writer_moved(struct journal_writer *writer, int *cause)
{
    char *path;

    pthread_mutex_lock(&writer->mutex);
    path = writer->moved;
    *cause = writer->cause;
    writer->moved = NULL;
    pthread_mutex_unlock(&writer->mutex);
    return path;
}

bool
journal_writer_flush(struct journal_writer *writer, int64_t ms)
{
    struct timespec deadline = deadline_after(ms);
    int waited = 0;
    bool is_saved;

    pthread_mutex_lock(&writer->mutex);
    writer->due = true;
    pthread_cond_signal(&writer->wake);
    while ((writer->pending != NULL || writer->busy) && waited != ETIMEDOUT)
        waited = pthread_cond_timedwait(&writer->done, &writer->mutex, &deadline);
    is_saved = count_unsaved(writer) == 0;
    pthread_mutex_unlock(&writer->mutex);
    return is_saved;
}

int
journal_writer_close(struct journal_writer *writer, int64_t ms,
                     void (*unsaved)(void *user, const char *line), void *user)
{
    pthread_t thread = writer->thread;
    bool is_stuck;
    int count;

    journal_writer_flush(writer, ms);
    pthread_mutex_lock(&writer->mutex);
    writer->ending = true;
    writer->abandoned = is_stuck = writer->busy;
    count = count_unsaved(writer);
    for (struct line *line = writer->pending; line != NULL && unsaved != NULL; line = line->next)
        unsaved(user, line->text);
    pthread_cond_signal(&writer->wake);
    pthread_mutex_unlock(&writer->mutex);
    if (is_stuck) {
        pthread_detach(thread);
    } else {
        pthread_join(thread, NULL);
        free_writer(writer);
    }
    return count;
}
