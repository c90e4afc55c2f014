#include "journal_support.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- a disk that fails ---- */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct fault fault;
static int calls, hits;
static bool gate_is_shut;
static int waiting;

void
fault_set(struct fault next)
{
    pthread_mutex_lock(&mutex);
    fault = next;
    calls = hits = 0;
    pthread_mutex_unlock(&mutex);
}

int
fault_hits(void)
{
    int count;

    pthread_mutex_lock(&mutex);
    count = hits;
    pthread_mutex_unlock(&mutex);
    return count;
}

/* True with errno when this call is one to fail. */
static bool
fails(enum call call, int *short_write)
{
    bool failing = false;

    pthread_mutex_lock(&mutex);
    if (call == fault.call && ++calls >= fault.first && calls - fault.first < fault.times) {
        failing = true;
        hits++;
        errno = fault.error;
    }
    if (call == CALL_TRUNCATE && fault.cannot_truncate && hits > 0) {
        failing = true;
        errno = EIO;
    }
    if (short_write != NULL)
        *short_write = failing && hits == 1 ? fault.short_write : 0;
    pthread_mutex_unlock(&mutex);
    return failing;
}

static int
faulty_open(const char *path, int flags, mode_t mode)
{
    return fails(CALL_OPEN, NULL) ? -1 : open(path, flags, mode);
}

static ssize_t
faulty_write(int fd, const void *bytes, size_t count)
{
    int part;

    if (!fails(CALL_WRITE, &part))
        return write(fd, bytes, count);
    return part == 0 ? -1 : write(fd, bytes, (size_t)part < count ? (size_t)part : count);
}

static int
faulty_fdatasync(int fd)
{
    return fails(CALL_FDATASYNC, NULL) ? -1 : fdatasync(fd);
}

static int
faulty_fsync(int fd)
{
    return fails(CALL_FSYNC, NULL) ? -1 : fsync(fd);
}

static int
faulty_truncate(int fd, off_t size)
{
    return fails(CALL_TRUNCATE, NULL) ? -1 : ftruncate(fd, size);
}

const struct journal_system faulty_system = {faulty_open, faulty_write, faulty_fdatasync,
                                             faulty_fsync, faulty_truncate};

/* ---- a slow disk, and a hasty one ---- */

void
gate_shut(void)
{
    pthread_mutex_lock(&mutex);
    gate_is_shut = true;
    pthread_mutex_unlock(&mutex);
}

void
gate_open(void)
{
    pthread_mutex_lock(&mutex);
    gate_is_shut = false;
    pthread_cond_broadcast(&changed);
    pthread_mutex_unlock(&mutex);
}

void
gate_await(void)
{
    pthread_mutex_lock(&mutex);
    while (waiting == 0)
        pthread_cond_wait(&changed, &mutex);
    pthread_mutex_unlock(&mutex);
}

static int
gated_fdatasync(int fd)
{
    (void)fd;
    pthread_mutex_lock(&mutex);
    waiting++;
    pthread_cond_broadcast(&changed);
    while (gate_is_shut)
        pthread_cond_wait(&changed, &mutex);
    waiting--;
    pthread_mutex_unlock(&mutex);
    return 0;
}

const struct journal_system gated_system = {faulty_open, write, gated_fdatasync, fsync, ftruncate};

static int
no_sync(int fd)
{
    (void)fd;
    return 0;
}

const struct journal_system hasty_system = {faulty_open, write, no_sync, no_sync, ftruncate};

/* ---- sessions ---- */

void
append_all(struct journal *journal, const struct sample *sample, int from)
{
    for (int i = from; i < sample->count; i++)
        journal_append(journal, &sample->events[i]);
}

char *
write_sample(const char *folder, const struct sample *sample)
{
    struct journal *journal;
    char why[JOURNAL_WHY];
    char *path;

    assert_int_equal(
        journal_create_with(&hasty_system, folder, sample->opened.wall_ms, &journal, why),
        JOURNAL_GOOD);
    append_all(journal, sample, 0);
    path = strdup(journal_path(journal));
    assert_int_equal(journal_close(journal, BOUND_MS, NULL, NULL), 0);
    return path;
}

void
assert_holds(const char *path, const struct sample *sample, int count)
{
    struct journal_content content;
    char why[JOURNAL_WHY];

    assert_int_equal(journal_read(path, &content, why), JOURNAL_GOOD);
    assert_string_equal(why, "");
    assert_int_equal(content.torn_bytes, 0);
    assert_int_equal(content.count, count);
    for (int i = 0; i < count; i++) {
        char *expected = event_text(&sample->events[i]);
        char *found = event_text(&content.events[i]);

        assert_string_equal(found, expected);
        free(expected);
        free(found);
    }
    journal_content_free(&content);
}

static int64_t
now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

void
await(struct journal *journal, bool (*is_so)(struct journal *journal))
{
    int64_t end = now_ms() + BOUND_MS;

    while (!is_so(journal)) {
        struct pollfd ready = {.fd = journal_fd(journal), .events = POLLIN};

        assert_true(now_ms() < end);
        poll(&ready, 1, (int)(end - now_ms()));
        journal_acknowledge(journal);
    }
}

bool
is_saved(struct journal *journal)
{
    return journal_unsaved(journal) == 0;
}

bool
is_in_trouble(struct journal *journal)
{
    char why[JOURNAL_WHY];

    return journal_trouble(journal, why) != NULL;
}
