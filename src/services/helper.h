/*
 * A helper process that is spoken to in lines, and that can be ended at any time. Nothing here
 * waits for it except helper_end().
 *
 * It is started with an empty signal mask, default signals, its own process group, standard error
 * on /dev/null and no other descriptor of ours. What we say goes through a socket, as only send(2)
 * can be told not to raise SIGPIPE; what it says comes through a pipe. Both are non-blocking here.
 */
#ifndef SERVICES_HELPER_H
#define SERVICES_HELPER_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum {
    HELPER_LINE_MOST = 8192,     /* bytes; a longer line is passed over */
    HELPER_BURST_MOST = 1 << 16, /* bytes read before helper_line() says "later" */
    HELPER_ENDING = 4            /* killed ones not yet reaped */
};

/* Set up by helper_init(); its fields are private to helper.c except the first three. */
struct helper {
    pid_t pid;         /* 0: none is running */
    int to, from;      /* -1: none */
    char *out;         /* what is being said, owned */
    size_t out_length; /* 0: nothing */
    size_t out_sent;
    char in[HELPER_LINE_MOST];
    size_t in_length;
    bool passing_over; /* the rest of a line that was too long */
    size_t burst;
    pid_t ending[HELPER_ENDING];
};

enum helper_line { HELPER_LINE, HELPER_LATER, HELPER_GONE };

void helper_init(struct helper *helper);

/* False with errno when it could not be started; none may be running. */
bool helper_start(struct helper *helper, const char *program);

/* Says `line`, taking it over; what does not fit now is sent by helper_send(). The former line
 * must have been sent. False when nobody listens any more. */
bool helper_say(struct helper *helper, char *line);
bool helper_send(struct helper *helper);
bool helper_is_sending(const struct helper *helper);

/* Opens a burst of reading, at most HELPER_BURST_MOST bytes long: one that babbles must not hold
 * up the loop. */
void helper_listen(struct helper *helper);
/* The next whole line, copied without its newline into `line`; its length in *length. */
enum helper_line helper_line(struct helper *helper, char line[static HELPER_LINE_MOST],
                             size_t *length);

/* Kills its process group at once and lets go of it; helper_reaped() still expects it. */
void helper_kill(struct helper *helper);
/* A child was reaped; true when it was one of ours. When it was the running one, pid is 0 from
 * then on, and what it said last can still be read. */
bool helper_reaped(struct helper *helper, pid_t pid);

/* Lets it finish by itself, by the end of its input, for at most `ms`; then kills and reaps. */
void helper_end(struct helper *helper, int ms);

#endif
