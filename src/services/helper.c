#include "services/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "services/spawn.h"

enum {
    KILLED_MS = 200, /* how long a killed process may take to be gone */
    LOOK_MS = 5
};

static void
close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void
helper_init(struct helper *helper)
{
    memset(helper, 0, sizeof *helper);
    helper->to = helper->from = -1;
}

/* --- starting ------------------------------------------------------------------------------ */

/* Our ends into helper->to and ->from, the child's into *in and *out. */
static bool
open_lines(struct helper *helper, int *in, int *out)
{
    int talk[2], answers[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, talk) < 0)
        return false;
    if (pipe2(answers, O_CLOEXEC) < 0) {
        close(talk[0]);
        close(talk[1]);
        return false;
    }
    helper->to = talk[0];
    *in = talk[1];
    helper->from = answers[0];
    *out = answers[1];
    return fcntl(helper->to, F_SETFL, O_NONBLOCK) == 0 &&
           fcntl(helper->from, F_SETFL, O_NONBLOCK) == 0;
}

bool
helper_start(struct helper *helper, const char *program)
{
    struct spawn what = {.path = program, .in = -1, .out = -1, .err = -1, .environment = environ};
    int error;

    helper->in_length = helper->out_length = 0;
    helper->passing_over = false;
    error = open_lines(helper, &what.in, &what.out) ? spawn_program(&what, &helper->pid) : errno;
    close_fd(&what.in);
    close_fd(&what.out);
    if (!error)
        return true;
    helper->pid = 0;
    close_fd(&helper->to);
    close_fd(&helper->from);
    errno = error;
    return false;
}

/* --- speaking ------------------------------------------------------------------------------ */

bool
helper_say(struct helper *helper, char *line)
{
    free(helper->out);
    helper->out = line;
    helper->out_length = strlen(line);
    helper->out_sent = 0;
    return helper_send(helper);
}

bool
helper_send(struct helper *helper)
{
    while (helper_is_sending(helper)) {
        ssize_t sent = send(helper->to, helper->out + helper->out_sent,
                            helper->out_length - helper->out_sent, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK;
        helper->out_sent += (size_t)sent;
    }
    return true;
}

bool
helper_is_sending(const struct helper *helper)
{
    return helper->out_sent < helper->out_length;
}

/* --- listening ----------------------------------------------------------------------------- */

void
helper_listen(struct helper *helper)
{
    helper->burst = 0;
}

/* Takes a whole line out of the buffer; false when there is none. */
static bool
take_line(struct helper *helper, char *line, size_t *length)
{
    char *newline = memchr(helper->in, '\n', helper->in_length);
    size_t used;

    if (!newline)
        return false;
    *length = (size_t)(newline - helper->in);
    used = *length + 1;
    memcpy(line, helper->in, *length);
    helper->in_length -= used;
    memmove(helper->in, helper->in + used, helper->in_length);
    return true;
}

static enum helper_line
fill(struct helper *helper)
{
    ssize_t got;

    if (helper->from < 0)
        return HELPER_GONE;
    if (helper->burst >= HELPER_BURST_MOST)
        return HELPER_LATER;
    if (helper->in_length == sizeof helper->in) {
        helper->passing_over = true;
        helper->in_length = 0;
    }
    do {
        got = read(helper->from, helper->in + helper->in_length,
                   sizeof helper->in - helper->in_length);
    } while (got < 0 && errno == EINTR);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return HELPER_LATER;
    if (got <= 0)
        return HELPER_GONE;
    helper->in_length += (size_t)got;
    helper->burst += (size_t)got;
    return HELPER_LINE;
}

enum helper_line
helper_line(struct helper *helper, char line[static HELPER_LINE_MOST], size_t *length)
{
    for (;;) {
        enum helper_line filled;

        if (take_line(helper, line, length)) {
            if (!helper->passing_over)
                return HELPER_LINE;
            helper->passing_over = false;
            continue;
        }
        filled = fill(helper);
        if (filled != HELPER_LINE)
            return filled;
    }
}

/* --- ending -------------------------------------------------------------------------------- */

static void
expect_end(struct helper *helper, pid_t pid)
{
    for (int i = 0; i < HELPER_ENDING; i++) {
        if (helper->ending[i] == 0) {
            helper->ending[i] = pid;
            return;
        }
    }
}

static void
let_go(struct helper *helper)
{
    close_fd(&helper->to);
    close_fd(&helper->from);
    free(helper->out);
    helper->out = NULL;
    helper->out_length = helper->out_sent = helper->in_length = 0;
    helper->pid = 0;
}

void
helper_kill(struct helper *helper)
{
    if (helper->pid > 0) {
        kill(-helper->pid, SIGKILL);
        expect_end(helper, helper->pid);
    }
    let_go(helper);
}

bool
helper_reaped(struct helper *helper, pid_t pid)
{
    if (pid <= 0)
        return false;
    if (pid == helper->pid) {
        helper->pid = 0;
        return true;
    }
    for (int i = 0; i < HELPER_ENDING; i++) {
        if (helper->ending[i] == pid) {
            helper->ending[i] = 0;
            return true;
        }
    }
    return false;
}

static bool
is_reaped(pid_t pid)
{
    pid_t reaped = waitpid(pid, NULL, WNOHANG);

    return reaped == pid || (reaped < 0 && errno == ECHILD);
}

/* True once it is reaped; waits for at most `ms`. Where there is no pidfd_open(2), by looking
 * again and again. */
static bool
wait_for(pid_t pid, int ms)
{
    struct pollfd ended = {.fd = pidfd_open(pid, 0), .events = POLLIN};

    if (ended.fd >= 0) {
        poll(&ended, 1, ms);
        close(ended.fd);
    } else {
        for (int waited = 0; waited < ms && !is_reaped(pid); waited += LOOK_MS)
            poll(NULL, 0, LOOK_MS);
    }
    return is_reaped(pid);
}

void
helper_end(struct helper *helper, int ms)
{
    close_fd(&helper->to);
    if (helper->pid > 0 && wait_for(helper->pid, ms))
        helper->pid = 0;
    helper_kill(helper);
    for (int i = 0; i < HELPER_ENDING; i++) {
        if (helper->ending[i] > 0)
            wait_for(helper->ending[i], KILLED_MS);
        helper->ending[i] = 0;
    }
}
