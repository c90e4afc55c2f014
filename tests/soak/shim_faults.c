/*
 * LD_PRELOAD: lets calls of the program fail, or take long, as a bad disk does.
 *
 *     RANDORI_FAULT=CALL:FIRST:TIMES:ERRNO   the FIRST-th to (FIRST+TIMES-1)-th CALL fails (TIMES 0:
 *                                            for ever). write, fdatasync, open: of records only
 *                                            (*.jsonl); posix_spawn; poll; timerfd_create; read: of
 *                                            standard input; malloc: all that randori and jansson
 *                                            ask for. unlink does not fail, it never returns
 *     RANDORI_SLOW=MS                        each fdatasync takes so much longer
 *     RANDORI_FAULT_LOG=FILE                 how many calls there were, at the end
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <poll.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static struct {
    char call[16];
    int first, times, error, slow_ms;
    atomic_int calls;
    uintptr_t begin[2], end[2]; /* where randori and jansson are */
} fault;

static int
find_ours(struct dl_phdr_info *info, size_t size, void *user)
{
    int *which = user, at = info->dlpi_name[0] == '\0' ? 0 : 1;

    (void)size;
    if (at == 1 && strstr(info->dlpi_name, "libjansson") == NULL)
        return 0;
    fault.begin[at] = UINTPTR_MAX;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        uintptr_t begin = info->dlpi_addr + part->p_vaddr;

        if (part->p_type != PT_LOAD)
            continue;
        if (begin < fault.begin[at])
            fault.begin[at] = begin;
        if (begin + part->p_memsz > fault.end[at])
            fault.end[at] = begin + part->p_memsz;
    }
    return ++*which == 2;
}

__attribute__((constructor)) static void
read_orders(void)
{
    const char *order = getenv("RANDORI_FAULT"), *slow = getenv("RANDORI_SLOW");
    int which = 0;

    if (slow != NULL)
        fault.slow_ms = atoi(slow);
    if (order == NULL || sscanf(order, "%15[^:]:%d:%d:%d", fault.call, &fault.first, &fault.times,
                                &fault.error) != 4)
        return;
    dl_iterate_phdr(find_ours, &which);
}

__attribute__((destructor)) static void
tell(void)
{
    const char *path = getenv("RANDORI_FAULT_LOG");
    FILE *file = path == NULL ? NULL : fopen(path, "w");

    if (file == NULL)
        return;
    fprintf(file, "%d\n", fault.calls);
    fclose(file);
}

/* True, with errno, when this one is to fail. */
static bool
fails(const char *call)
{
    int number;

    if (strcmp(call, fault.call) != 0)
        return false;
    number = ++fault.calls;
    if (number < fault.first || (fault.times > 0 && number >= fault.first + fault.times))
        return false;
    errno = fault.error;
    return true;
}

static bool
is_record_name(const char *path)
{
    size_t length = strlen(path);

    return length >= 6 && strcmp(path + length - 6, ".jsonl") == 0;
}

static bool
is_record(int fd)
{
    char name[64], path[PATH_MAX];
    ssize_t length;

    snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
    length = readlink(name, path, sizeof path - 1);
    path[length < 0 ? 0 : length] = '\0';
    return is_record_name(path);
}

ssize_t
write(int fd, const void *bytes, size_t count)
{
    if (fault.call[0] == 'w' && is_record(fd) && fails("write"))
        return -1;
    return NEXT(write)(fd, bytes, count);
}

int
fdatasync(int fd)
{
    struct timespec pause = {fault.slow_ms / 1000, fault.slow_ms % 1000 * 1000000L};

    if (fault.slow_ms > 0)
        nanosleep(&pause, NULL);
    return fails("fdatasync") ? -1 : NEXT(fdatasync)(fd);
}

int
open(const char *path, int flags, ...)
{
    int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    va_list arguments;
    mode_t mode;

    va_start(arguments, flags);
    mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if (fault.call[0] == 'o' && (flags & O_ACCMODE) != O_RDONLY && is_record_name(path) &&
        fails("open"))
        return -1;
    return next(path, flags, mode);
}

ssize_t
read(int fd, void *bytes, size_t count)
{
    if (fd == STDIN_FILENO && fails("read"))
        return -1;
    return NEXT(read)(fd, bytes, count);
}

int
poll(struct pollfd *fds, nfds_t count, int ms)
{
    return fails("poll") ? -1 : NEXT(poll)(fds, count, ms);
}

int
timerfd_create(clockid_t clock, int flags)
{
    return fails("timerfd_create") ? -1 : NEXT(timerfd_create)(clock, flags);
}

int
unlink(const char *path)
{
    while (fails("unlink"))
        pause();
    return NEXT(unlink)(path);
}

int
posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
            const posix_spawnattr_t *attributes, char *const *arguments, char *const *environment)
{
    if (fails("posix_spawn"))
        return fault.error;
    return NEXT(posix_spawn)(pid, path, actions, attributes, arguments, environment);
}

/* --- memory --------------------------------------------------------------------------------- */

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);

static bool
memory_fails(const void *caller)
{
    uintptr_t at = (uintptr_t)caller;

    if (fault.call[0] != 'm' || ((at < fault.begin[0] || at >= fault.end[0]) &&
                                 (at < fault.begin[1] || at >= fault.end[1])))
        return false;
    return fails("malloc");
}

void *
malloc(size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *
calloc(size_t count, size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *block, size_t size)
{
    return memory_fails(__builtin_return_address(0)) ? NULL : __libc_realloc(block, size);
}

char *
strdup(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = memory_fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);

    return copy == NULL ? NULL : memcpy(copy, text, size);
}
