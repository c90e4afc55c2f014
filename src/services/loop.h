/*
 * Waiting: poll(2) over descriptors, one absolute CLOCK_BOOTTIME timerfd, one signalfd. Nothing
 * wakes while nothing happens.
 */
#ifndef SERVICES_LOOP_H
#define SERVICES_LOOP_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

struct loop;

typedef void (*loop_ready)(void *user, short revents);
typedef void (*loop_signal)(void *user, int signal);

/* Blocks the signals it will read (TERM INT HUP QUIT WINCH CHLD CONT TSTP), but for one that is
 * ignored already (nohup); ignores PIPE and XFSZ. NULL with errno. loop_free() restores the mask it
 * found: a signal raised before it, with its default action, takes effect then. */
struct loop *loop_new(loop_signal on_signal, loop_ready on_timer, void *user);
void loop_free(struct loop *loop);

/* Watches `fd` for `events` until loop_forget(); calling again changes it. With events 0 it is not
 * looked at, not even for a hang-up. False when memory is out. */
bool loop_watch(struct loop *loop, int fd, short events, loop_ready ready, void *user);
void loop_forget(struct loop *loop, int fd);

/* The one timer, once: absolute CLOCK_BOOTTIME ms; INT64_MAX disarms it. The same value again costs
 * nothing. (Timer slack, prctl(2), does not concern a timerfd; it was measured to change nothing.) */
void loop_timer(struct loop *loop, int64_t boot_ms);

/* Waits once and calls back: signals first, then descriptors, then the timer. Whatever a callback
 * watches, forgets or arms holds from then on. False with errno when poll itself failed. */
bool loop_wait(struct loop *loop);

#endif
