#include "services/loop.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* The value of armed_ms between expiry and loop_timer(). */
#define FIRED INT64_MIN

enum { OWN_FDS = 2 /* the signalfd and the timerfd stand first */, SIGNALS_AT_ONCE = 8 };

struct watch {
    int fd;
    short events;
    unsigned serial; /* tells a watch from a later one of the same number */
    loop_ready ready;
    void *user;
};

struct loop {
    int signals, timer;
    int64_t armed_ms; /* INT64_MAX: not armed */
    loop_signal on_signal;
    loop_ready on_timer;
    void *user;
    sigset_t mask_found;
    struct watch *watches; /* owned */
    struct pollfd *polled; /* owned; OWN_FDS + room of them */
    unsigned *serials;     /* owned; of the watch behind each polled */
    int count, room;
    unsigned last_serial;
};

/* A signal that was ignored when we started (nohup, a job of a shell without job control) stays
 * so; blocked, it would reach the signalfd all the same. */
static void
fill_read_set(sigset_t *set)
{
    static const int read_here[] = {SIGTERM,  SIGINT,  SIGHUP,  SIGQUIT,
                                    SIGWINCH, SIGCHLD, SIGCONT, SIGTSTP};
    sigemptyset(set);
    for (size_t i = 0; i < sizeof read_here / sizeof *read_here; i++) {
        struct sigaction found;
        sigaction(read_here[i], NULL, &found);
        if ((found.sa_flags & SA_SIGINFO) || found.sa_handler != SIG_IGN)
            sigaddset(set, read_here[i]);
    }
}

static bool
make_room(struct loop *loop)
{
    int room = loop->room ? loop->room * 2 : 8;
    size_t polled = (size_t)(OWN_FDS + room);
    struct watch *watches = realloc(loop->watches, (size_t)room * sizeof *watches);
    if (watches)
        loop->watches = watches;
    struct pollfd *fds = realloc(loop->polled, polled * sizeof *fds);
    if (fds)
        loop->polled = fds;
    unsigned *serials = realloc(loop->serials, polled * sizeof *serials);
    if (serials)
        loop->serials = serials;
    if (!watches || !fds || !serials)
        return false;
    loop->room = room;
    return true;
}

struct loop *
loop_new(loop_signal on_signal, loop_ready on_timer, void *user)
{
    struct loop *loop = calloc(1, sizeof *loop);
    if (!loop)
        return NULL;
    *loop = (struct loop){.signals = -1,
                          .timer = timerfd_create(CLOCK_BOOTTIME, TFD_NONBLOCK | TFD_CLOEXEC),
                          .armed_ms = INT64_MAX,
                          .on_signal = on_signal,
                          .on_timer = on_timer,
                          .user = user};
    sigset_t set;
    fill_read_set(&set);
    pthread_sigmask(SIG_BLOCK, &set, &loop->mask_found);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    if (loop->timer >= 0)
        loop->signals = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    if (loop->signals < 0 || !make_room(loop)) {
        int error = errno;
        loop_free(loop);
        errno = error;
        return NULL;
    }
    return loop;
}

void
loop_free(struct loop *loop)
{
    if (!loop)
        return;
    if (loop->signals >= 0)
        close(loop->signals);
    if (loop->timer >= 0)
        close(loop->timer);
    free(loop->watches);
    free(loop->polled);
    free(loop->serials);
    pthread_sigmask(SIG_SETMASK, &loop->mask_found, NULL);
    free(loop);
}

static struct watch *
find(struct loop *loop, int fd)
{
    for (int i = 0; i < loop->count; i++)
        if (loop->watches[i].fd == fd)
            return &loop->watches[i];
    return NULL;
}

bool
loop_watch(struct loop *loop, int fd, short events, loop_ready ready, void *user)
{
    struct watch *watch = find(loop, fd);
    if (!watch) {
        if (loop->count == loop->room && !make_room(loop))
            return false;
        watch = &loop->watches[loop->count++];
        watch->serial = ++loop->last_serial;
    }
    *watch = (struct watch){fd, events, watch->serial, ready, user};
    return true;
}

void
loop_forget(struct loop *loop, int fd)
{
    struct watch *watch = find(loop, fd);
    if (watch)
        *watch = loop->watches[--loop->count];
}

void
loop_timer(struct loop *loop, int64_t boot_ms)
{
    if (boot_ms < 1)
        boot_ms = 1; /* zero would disarm */
    if (boot_ms == loop->armed_ms)
        return;
    struct itimerspec at = {0};
    if (boot_ms != INT64_MAX) {
        at.it_value.tv_sec = boot_ms / 1000;
        at.it_value.tv_nsec = boot_ms % 1000 * 1000000;
    }
    loop->armed_ms = boot_ms;
    timerfd_settime(loop->timer, TFD_TIMER_ABSTIME, &at, NULL);
}

static int
fill_polled(struct loop *loop)
{
    loop->polled[0] = (struct pollfd){loop->signals, POLLIN, 0};
    loop->polled[1] = (struct pollfd){loop->timer, POLLIN, 0};
    for (int i = 0; i < loop->count; i++) {
        const struct watch *watch = &loop->watches[i];
        /* Without events it is not polled at all: a hang-up would be reported again and again. */
        int fd = watch->events ? watch->fd : -1;
        loop->polled[OWN_FDS + i] = (struct pollfd){fd, watch->events, 0};
        loop->serials[OWN_FDS + i] = watch->serial;
    }
    return OWN_FDS + loop->count;
}

static void
take_signals(struct loop *loop)
{
    struct signalfd_siginfo info[SIGNALS_AT_ONCE];
    ssize_t length = read(loop->signals, info, sizeof info);
    for (ssize_t i = 0; i < length / (ssize_t)sizeof *info; i++)
        loop->on_signal(loop->user, (int)info[i].ssi_signo);
}

/* Setting a timerfd also takes back that it has expired, so it is never read. */
static void
take_timer(struct loop *loop, int64_t expired_ms)
{
    if (loop->armed_ms != expired_ms)
        return; /* another callback has set it anew */
    loop->armed_ms = FIRED;
    loop->on_timer(loop->user, POLLIN);
}

static void
take_ready(struct loop *loop, int polled)
{
    for (int i = OWN_FDS; i < polled; i++) {
        struct pollfd fd = loop->polled[i];
        struct watch *watch = fd.revents ? find(loop, fd.fd) : NULL;
        if (watch && watch->serial == loop->serials[i] && watch->events)
            watch->ready(watch->user, fd.revents);
    }
}

bool
loop_wait(struct loop *loop)
{
    if (loop->armed_ms == FIRED) /* nobody has set it again */
        loop_timer(loop, INT64_MAX);
    int polled = fill_polled(loop);
    int64_t armed_ms = loop->armed_ms;
    if (poll(loop->polled, (nfds_t)polled, -1) < 0)
        return errno == EINTR;
    bool expired = loop->polled[1].revents != 0;
    if (loop->polled[0].revents)
        take_signals(loop);
    take_ready(loop, polled);
    if (expired)
        take_timer(loop, armed_ms);
    return true;
}
