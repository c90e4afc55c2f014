#include "services/remote.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "services/clock.h"
#include "services/remote_address.h"
#include "services/remote_peer.h"

enum { WAITING_MOST = 128 /* in the kernel */, LAST_LINES = 16 /* of one client */ };

struct place {
    struct remote *remote;
    struct remote_peer *peer; /* owned; NULL: free */
};

struct remote {
    struct loop *loop;
    char *path; /* owned */
    int listener;
    uid_t owner;
    struct remote_listener listen;
    struct place places[REMOTE_CLIENTS];
    unsigned tickets;   /* given so far */
    int64_t deaf_until; /* 0: whoever comes is let in */
};

static void on_peer(void *user, short revents);
static void on_listener(void *user, short revents);

static void
hear(struct remote *remote)
{
    remote->deaf_until = 0;
    loop_watch(remote->loop, remote->listener, POLLIN, on_listener, remote);
}

/* Whoever comes waits in the kernel until then. */
static void
be_deaf(struct remote *remote, int64_t until_ms)
{
    remote->deaf_until = until_ms;
    loop_watch(remote->loop, remote->listener, 0, on_listener, remote);
}

/* ---- who is here ---- */

static void
drop(struct place *place)
{
    struct remote *remote = place->remote;

    loop_forget(remote->loop, place->peer->fd);
    remote_peer_free(place->peer);
    place->peer = NULL;
    if (remote->deaf_until != 0)
        hear(remote);
}

static void
watch(struct place *place)
{
    struct remote_peer *peer = place->peer;

    if (!loop_watch(place->remote->loop, peer->fd, remote_peer_events(peer), on_peer, place))
        drop(place);
}

static void
ask(struct remote *remote, struct remote_peer *peer, struct remote_request *request)
{
    remote->tickets = remote->tickets == UINT32_MAX ? 1 : remote->tickets + 1;
    peer->ticket = remote->tickets;
    remote->listen.asked(remote->listen.user, peer->ticket, request->words);
}

static void
on_peer(void *user, short revents)
{
    struct place *place = user;
    struct remote_peer *peer = place->peer;
    struct remote_request request;

    (void)revents;
    if (!remote_peer_send(peer) || (peer->out == NULL && !remote_peer_receive(peer))) {
        drop(place);
        return;
    }
    if (peer->out == NULL && remote_peer_request(peer, &request)) {
        ask(place->remote, peer, &request);
        remote_request_clear(&request);
    }
    watch(place);
}

void
remote_answer(struct remote *remote, unsigned ticket, const struct remote_answer *answer)
{
    for (int i = 0; i < REMOTE_CLIENTS; i++) {
        struct remote_peer *peer = remote->places[i].peer;

        if (peer != NULL && peer->ticket == ticket) {
            remote_peer_answer(peer, answer);
            loop_watch(remote->loop, peer->fd, remote_peer_events(peer), on_peer,
                       &remote->places[i]);
        }
    }
}

/* ---- who comes ---- */

/* The one that nothing has come from, or could be sent to, for the longest time. */
static struct place *
most_idle(struct remote *remote)
{
    struct place *found = NULL;

    for (int i = 0; i < REMOTE_CLIENTS; i++) {
        struct place *place = &remote->places[i];

        if (place->peer != NULL && place->peer->ticket == 0 &&
            (found == NULL || place->peer->since_ms < found->peer->since_ms))
            found = place;
    }
    return found;
}

static struct place *
free_place(struct remote *remote)
{
    for (int i = 0; i < REMOTE_CLIENTS; i++) {
        if (remote->places[i].peer == NULL)
            return &remote->places[i];
    }
    return NULL;
}

/* A free place, or one that is made free; else nobody is let in for a while. */
static struct place *
make_place(struct remote *remote)
{
    struct place *place = free_place(remote);
    int64_t now = clock_boot_ms();
    struct place *idle;

    if (place != NULL)
        return place;
    idle = most_idle(remote);
    if (idle != NULL && idle->peer->since_ms + REMOTE_IDLE_MS <= now) {
        drop(idle);
        return idle;
    }
    be_deaf(remote, (idle != NULL ? idle->peer->since_ms : now) + REMOTE_IDLE_MS);
    return NULL;
}

/* The mode of the socket says the same; this holds wherever it may have been moved to. */
static bool
is_welcome(const struct remote *remote, int fd)
{
    struct ucred who;
    socklen_t size = sizeof who;

    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
           (who.uid == remote->owner || who.uid == 0);
}

/* The next one that waits in the kernel and may come in; NULL: none, errno EAGAIN, or trouble. */
static struct remote_peer *
accept_one(struct remote *remote)
{
    int fd = accept4(remote->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    struct remote_peer *peer;

    if (fd < 0)
        return NULL;
    peer = is_welcome(remote, fd) ? remote_peer_new(fd) : NULL;
    if (peer == NULL) {
        close(fd);
        errno = EAGAIN;
    }
    return peer;
}

static void
on_listener(void *user, short revents)
{
    struct remote *remote = user;
    struct place *place = make_place(remote);

    (void)revents;
    if (place == NULL)
        return;
    place->peer = accept_one(remote);
    if (place->peer != NULL)
        watch(place);
    else if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
        be_deaf(remote, clock_boot_ms() + REMOTE_IDLE_MS); /* no descriptor is left, say */
}

int64_t
remote_deadline(const struct remote *remote)
{
    return remote->deaf_until == 0 ? INT64_MAX : remote->deaf_until;
}

void
remote_tick(struct remote *remote)
{
    if (remote->deaf_until != 0 && clock_boot_ms() >= remote->deaf_until)
        hear(remote);
}

/* ---- the socket ---- */

static bool
bind_to(int fd, const char *path)
{
    struct sockaddr_un address;
    int folder;
    bool bound;

    if (!remote_address(path, &address, &folder))
        return false;
    bound = fchmod(fd, 0600) == 0 && /* of a socket that has no name yet: the name gets that mode */
            bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 &&
            listen(fd, WAITING_MOST) == 0;
    if (folder >= 0)
        close(folder);
    return bound;
}

struct remote *
remote_open(struct loop *loop, const char *path, uid_t owner,
            const struct remote_listener *listener, char why[static REMOTE_WHY])
{
    struct remote *remote = calloc(1, sizeof *remote);

    why[0] = '\0';
    if (remote == NULL)
        return NULL;
    *remote =
        (struct remote){.loop = loop,
                        .path = strdup(path),
                        .listener = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                        .owner = owner,
                        .listen = *listener};
    for (int i = 0; i < REMOTE_CLIENTS; i++)
        remote->places[i].remote = remote;
    if (remote->path != NULL && remote->listener >= 0 && bind_to(remote->listener, path)) {
        hear(remote);
        return remote;
    }
    snprintf(why, REMOTE_WHY, "%s: %s", path, strerror(errno));
    if (remote->listener >= 0)
        close(remote->listener);
    free(remote->path);
    free(remote);
    return NULL;
}

/* ---- the end ---- */

static void
say_last(struct remote_peer *peer, const struct remote_answer *last)
{
    if (peer->ticket != 0)
        remote_peer_answer(peer, last);
    for (int i = 0; i < LAST_LINES; i++) {
        struct remote_request request;

        if (!remote_peer_send(peer) || peer->out != NULL || !remote_peer_receive(peer))
            return;
        if (remote_peer_request(peer, &request))
            remote_peer_answer(peer, last);
        remote_request_clear(&request);
    }
}

static void
turn_away(struct remote *remote, const struct remote_answer *last)
{
    for (int i = 0; i < WAITING_MOST; i++) {
        struct remote_peer *peer = accept_one(remote);

        if (peer == NULL)
            return;
        say_last(peer, last);
        remote_peer_free(peer);
    }
}

void
remote_close(struct remote *remote, const struct remote_answer *last)
{
    if (remote == NULL)
        return;
    unlink(remote->path);
    for (int i = 0; i < REMOTE_CLIENTS; i++) {
        if (remote->places[i].peer != NULL) {
            say_last(remote->places[i].peer, last);
            drop(&remote->places[i]);
        }
    }
    turn_away(remote, last);
    loop_forget(remote->loop, remote->listener);
    close(remote->listener);
    free(remote->path);
    free(remote);
}
