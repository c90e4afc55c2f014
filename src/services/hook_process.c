#include "services/hook_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "services/spawn.h"
#include "storage/file.h"

enum { CHUNK = 16384 };

/* --- starting ------------------------------------------------------------------------------ */

/* A file in memory and not a pipe: nobody has to feed it, and nobody is hurt when it is not read. */
static int
open_input(const char *input)
{
    int fd = memfd_create("event", MFD_CLOEXEC);

    if (fd < 0)
        return -1;
    if (file_write_all(fd, input, strlen(input)) && lseek(fd, 0, SEEK_SET) == 0)
        return fd;
    close(fd);
    return -1;
}

static int
start_with(struct hook_process *process, const char *path, int in, char *const *environment)
{
    struct spawn what = {.path = path, .in = in, .own_session = true, .environment = environment};
    int lines[2], error;

    if (pipe2(lines, O_CLOEXEC) < 0)
        return errno;
    process->output = lines[0];
    what.out = what.err = lines[1];
    error = fcntl(lines[0], F_SETFL, O_NONBLOCK) < 0 ? errno : spawn_program(&what, &process->pid);
    close(lines[1]);
    if (error != 0)
        process->pid = 0;
    return error;
}

int
hook_process_start(struct hook_process *process, const char *path, const char *input,
                   char *const *environment)
{
    int in = open_input(input), error;

    *process = (struct hook_process){.output = -1};
    if (in < 0)
        return errno;
    process->kept = malloc(HOOK_OUTPUT_MOST);
    error = process->kept == NULL ? ENOMEM : start_with(process, path, in, environment);
    close(in);
    if (error != 0)
        hook_process_free(process);
    return error;
}

/* --- while it runs ------------------------------------------------------------------------- */

static void
keep(struct hook_process *process, const char *bytes, size_t length)
{
    size_t room = HOOK_OUTPUT_MOST - process->length;
    size_t taken = length < room ? length : room;

    memcpy(process->kept + process->length, bytes, taken);
    process->length += taken;
    process->left_out += (int64_t)(length - taken);
}

bool
hook_process_read(struct hook_process *process)
{
    char chunk[CHUNK];

    for (int burst = 0; process->output >= 0 && burst < HOOK_BURST_MOST;) {
        ssize_t got = read(process->output, chunk, sizeof chunk);

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return true;
        if (got <= 0)
            return false;
        keep(process, chunk, (size_t)got);
        burst += (int)got;
    }
    return process->output >= 0;
}

bool
hook_process_signal(const struct hook_process *process, int signal)
{
    return process->pid > 0 && kill(-process->pid, signal) == 0;
}

void
hook_process_close(struct hook_process *process)
{
    if (process->output >= 0)
        close(process->output);
    process->output = -1;
}

void
hook_process_free(struct hook_process *process)
{
    hook_process_close(process);
    free(process->kept);
    *process = (struct hook_process){.output = -1};
}
