/*
 * LD_PRELOAD: takes away what makes randori safe, for the comparison in the storm's table. No
 * signal is looked at, and what goes to the record stays in memory until the program exits.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFERED_MOST = 1 << 22 };

static char buffered[BUFFERED_MOST];
static size_t used;
static int record = -1;

static bool
is_record(int fd)
{
    char name[64], path[PATH_MAX];
    ssize_t length;

    if (fd == record)
        return true;
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    length = readlink(name, path, sizeof path);
    if (length < 6 || memcmp(path + length - 6, ".jsonl", 6) != 0)
        return false;
    record = fd;
    return true;
}

static ssize_t
real_write(int fd, const void *bytes, size_t count)
{
    ssize_t (*next)(int, const void *, size_t) =
        (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");

    return next(fd, bytes, count);
}

__attribute__((destructor)) static void
save_at_exit(void)
{
    if (record >= 0)
        real_write(record, buffered, used);
}

ssize_t
write(int fd, const void *bytes, size_t count)
{
    if (!is_record(fd) || used + count > BUFFERED_MOST)
        return real_write(fd, bytes, count);
    memcpy(buffered + used, bytes, count);
    used += count;
    return (ssize_t)count;
}

int
fdatasync(int fd)
{
    (void)fd;
    return 0;
}

/* The record is as long as randori believes. */
int
fstat(int fd, struct stat *status)
{
    int (*next)(int, struct stat *) = (int (*)(int, struct stat *))dlsym(RTLD_NEXT, "fstat");
    int result = next(fd, status);

    if (result == 0 && fd == record)
        status->st_size += (off_t)used;
    return result;
}

static bool
is_deadly(int number)
{
    return number == SIGTERM || number == SIGINT || number == SIGHUP || number == SIGQUIT;
}

int
sigaction(int number, const struct sigaction *action, struct sigaction *before)
{
    int (*next)(int, const struct sigaction *, struct sigaction *) =
        (int (*)(int, const struct sigaction *, struct sigaction *))dlsym(RTLD_NEXT, "sigaction");

    return next(number, is_deadly(number) ? NULL : action, before);
}

int
pthread_sigmask(int how, const sigset_t *set, sigset_t *before)
{
    int (*next)(int, const sigset_t *, sigset_t *) =
        (int (*)(int, const sigset_t *, sigset_t *))dlsym(RTLD_NEXT, "pthread_sigmask");
    sigset_t fewer;

    if (set == NULL)
        return next(how, set, before);
    fewer = *set;
    for (int number = 1; number < NSIG; number++) {
        if (is_deadly(number))
            sigdelset(&fewer, number);
    }
    return next(how, &fewer, before);
}
