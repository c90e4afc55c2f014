#include "services/remote_call.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "services/clock.h"
#include "services/remote_address.h"

/* Waits for room or data; false when the time is over. */
static bool
wait_for(int fd, short events, int64_t end_ms)
{
    for (;;) {
        int64_t left = end_ms - clock_boot_ms();
        struct pollfd one = {.fd = fd, .events = events};
        int ready = left <= 0 ? 0 : poll(&one, 1, (int)left);

        if (ready >= 0 || errno != EINTR)
            return ready > 0;
    }
}

/* A full queue in front of a busy session is waited for; the kernel tells of no room, so again. */
static bool
connect_to(int fd, const char *path, int64_t end_ms)
{
    struct sockaddr_un address;
    int folder, failed;

    if (!remote_address(path, &address, &folder))
        return false;
    do {
        failed = connect(fd, (const struct sockaddr *)&address, sizeof address);
    } while (failed != 0 && errno == EAGAIN && clock_boot_ms() < end_ms && poll(NULL, 0, 5) == 0);
    if (folder >= 0)
        close(folder);
    return failed == 0;
}

static bool
send_all(int fd, const char *line, int64_t end_ms)
{
    size_t length = strlen(line), done = 0;

    while (done < length) {
        ssize_t sent = send(fd, line + done, length - done, MSG_NOSIGNAL | MSG_DONTWAIT);

        if (sent > 0)
            done += (size_t)sent;
        else if ((errno != EAGAIN && errno != EINTR) || !wait_for(fd, POLLOUT, end_ms))
            return false;
    }
    return true;
}

static bool
receive_line(int fd, int64_t end_ms, struct remote_answer *answer)
{
    char line[REMOTE_LINE_MOST];
    size_t length = 0;

    while (length < sizeof line && wait_for(fd, POLLIN, end_ms)) {
        ssize_t got = recv(fd, line + length, sizeof line - length, MSG_DONTWAIT);
        const char *newline;

        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            continue;
        if (got <= 0)
            return false;
        length += (size_t)got;
        newline = memchr(line, '\n', length);
        if (newline != NULL)
            return remote_answer_parse(line, (size_t)(newline - line), answer);
    }
    return false;
}

enum remote_called
remote_call(const char *path, const char *words, int64_t ms, struct remote_answer *answer)
{
    int64_t end_ms = clock_boot_ms() + ms;
    char *line = remote_request_text(words);
    int fd = line == NULL ? -1 : socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    enum remote_called called = REMOTE_SILENT;

    if (line == NULL)
        return REMOTE_BAD_WORDS;
    if (fd < 0 || !connect_to(fd, path, end_ms))
        called = REMOTE_UNREACHABLE;
    else if (send_all(fd, line, end_ms) && receive_line(fd, end_ms, answer))
        called = REMOTE_ANSWERED;
    if (fd >= 0)
        close(fd);
    free(line);
    return called;
}
