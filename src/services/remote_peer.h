/* One connection to a session's socket: a line in, an answer out, never more of either. */
#ifndef SERVICES_REMOTE_PEER_H
#define SERVICES_REMOTE_PEER_H

#include "services/remote_message.h"

struct remote_peer {
    int fd; /* non-blocking */
    char in[REMOTE_LINE_MOST];
    size_t in_length;
    char *out; /* owned: the answer that is not sent yet; NULL: none */
    size_t out_length, out_sent;
    char *id;         /* owned: of the request under way, as JSON */
    unsigned ticket;  /* of the request under way; 0: none */
    bool ended;       /* it sends nothing more */
    bool leaving;     /* it goes once its answer is sent */
    int64_t since_ms; /* CLOCK_BOOTTIME: its last sign of life */
};

struct remote_peer *remote_peer_new(int fd); /* owns fd; NULL when memory is out */
void remote_peer_free(struct remote_peer *peer);

/* What to poll for; 0 while its request is being carried out. */
short remote_peer_events(const struct remote_peer *peer);

/* Sends what it takes; false when it has to go. */
bool remote_peer_send(struct remote_peer *peer);

/* Reads once, when nothing is left to be done for it; false when it has to go. */
bool remote_peer_receive(struct remote_peer *peer);

/* The next request, out of what was received: false when there is none yet, or when what there was
 * has been answered here. */
bool remote_peer_request(struct remote_peer *peer, struct remote_request *request);

/* The answer to the request under way, or to none. */
void remote_peer_answer(struct remote_peer *peer, const struct remote_answer *answer);

#endif
