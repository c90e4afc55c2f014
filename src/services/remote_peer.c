#include "services/remote_peer.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "services/clock.h"

struct remote_peer *
remote_peer_new(int fd)
{
    struct remote_peer *peer = calloc(1, sizeof *peer);

    if (peer == NULL)
        return NULL;
    peer->fd = fd;
    peer->since_ms = clock_boot_ms();
    return peer;
}

void
remote_peer_free(struct remote_peer *peer)
{
    if (peer == NULL)
        return;
    close(peer->fd);
    free(peer->out);
    free(peer->id);
    free(peer);
}

static bool
has_line(const struct remote_peer *peer)
{
    return memchr(peer->in, '\n', peer->in_length) != NULL;
}

/* Room to write comes in the next pass: that is how what is left to do gets its turn. */
short
remote_peer_events(const struct remote_peer *peer)
{
    if (peer->ticket != 0)
        return 0;
    if (peer->out != NULL || peer->leaving || peer->ended || has_line(peer))
        return POLLOUT;
    return POLLIN;
}

bool
remote_peer_send(struct remote_peer *peer)
{
    ssize_t sent;

    if (peer->out == NULL)
        return !peer->leaving;
    sent = send(peer->fd, peer->out + peer->out_sent, peer->out_length - peer->out_sent,
                MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0)
        return errno == EAGAIN || errno == EINTR;
    peer->out_sent += (size_t)sent;
    if (peer->out_sent < peer->out_length)
        return true;
    free(peer->out);
    peer->out = NULL;
    peer->since_ms = clock_boot_ms();
    return !peer->leaving;
}

bool
remote_peer_receive(struct remote_peer *peer)
{
    ssize_t got;

    if (has_line(peer))
        return true;
    if (peer->ended)
        return false;
    got =
        recv(peer->fd, peer->in + peer->in_length, sizeof peer->in - peer->in_length, MSG_DONTWAIT);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR;
    peer->ended = got == 0;
    peer->in_length += (size_t)got;
    return !peer->ended;
}

static void
refuse(struct remote_peer *peer, const char *why)
{
    struct remote_answer answer = {.code = REMOTE_NO_REQUEST};

    snprintf(answer.text, sizeof answer.text, "%s", why);
    remote_peer_answer(peer, &answer);
}

bool
remote_peer_request(struct remote_peer *peer, struct remote_request *request)
{
    const char *newline = memchr(peer->in, '\n', peer->in_length);
    size_t length;
    char why[REMOTE_TEXT];
    bool good;

    *request = (struct remote_request){0};
    if (newline == NULL) {
        peer->leaving |= peer->in_length == sizeof peer->in;
        if (peer->leaving)
            refuse(peer, "That line is too long.");
        return false;
    }
    length = (size_t)(newline - peer->in);
    good = remote_request_parse(peer->in, length, request, why);
    peer->in_length -= length + 1;
    memmove(peer->in, newline + 1, peer->in_length);
    peer->since_ms = clock_boot_ms();
    peer->id = request->id;
    request->id = NULL;
    if (!good)
        refuse(peer, why);
    return good;
}

/* Sent at once if it can be, so that nobody waits for another pass. */
void
remote_peer_answer(struct remote_peer *peer, const struct remote_answer *answer)
{
    free(peer->out);
    peer->out = remote_answer_text(answer, peer->id);
    free(peer->id);
    peer->id = NULL;
    peer->ticket = 0;
    peer->out_sent = 0;
    peer->out_length = peer->out == NULL ? 0 : strlen(peer->out);
    peer->leaving |= peer->out == NULL || !remote_peer_send(peer);
}
