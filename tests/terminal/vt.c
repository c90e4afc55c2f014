#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "vt_inside.h"

enum { LOOK_MS = 20 /* a condition may change without output */ };

static int64_t
now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * INT64_C(1000) + at.tv_nsec / 1000000;
}

/* --- what libvterm reports ------------------------------------------------------------------- */

static int
on_bell(void *user)
{
    ((struct vt *)user)->bells++;
    return 1;
}

/* Before 0.2 a string came whole. */
static void
take_title(struct vt *vt, const VTermValue *value)
{
#if VTERM_VERSION_MAJOR > 0 || VTERM_VERSION_MINOR >= 2
    size_t had = value->string.initial ? 0 : strlen(vt->title);
    snprintf(vt->title + had, sizeof vt->title - had, "%.*s", (int)value->string.len,
             value->string.str);
#else
    snprintf(vt->title, sizeof vt->title, "%s", value->string);
#endif
}

static int
on_property(VTermProp property, VTermValue *value, void *user)
{
    struct vt *vt = user;
    if (property == VTERM_PROP_ALTSCREEN)
        vt->alternate = value->boolean;
    if (property == VTERM_PROP_CURSORVISIBLE)
        vt->cursor = value->boolean;
    if (property == VTERM_PROP_MOUSE)
        vt->tells_mouse = value->number != VTERM_PROP_MOUSE_NONE;
    if (property == VTERM_PROP_TITLE)
        take_title(vt, value);
    return 1;
}

static const VTermScreenCallbacks callbacks = {.settermprop = on_property, .bell = on_bell};

/* Answers to what the program asks the terminal, and nothing else. */
static void
on_answer(const char *bytes, size_t length, void *user)
{
    struct vt *vt = user;
    if (vt->is_asked)
        vt->has_marked = true;
    else if (vt->master >= 0 && write(vt->master, bytes, length) < 0)
        return;
}

static bool
make_screen(struct vt *vt)
{
    vt->terminal = vterm_new(vt->rows, vt->columns);
    if (!vt->terminal)
        return false;
    vterm_set_utf8(vt->terminal, 1);
    vterm_output_set_callback(vt->terminal, on_answer, vt);
    vt->screen = vterm_obtain_screen(vt->terminal);
    vterm_screen_enable_altscreen(vt->screen, 1);
    vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
    vterm_screen_reset(vt->screen, 1);
    return true;
}

/* --- starting and ending --------------------------------------------------------------------- */

static void
run_program(const struct vt_options *options)
{
    for (int number = 1; number < 32; number++)
        signal(number, SIG_DFL);
    if (options->ignores_hangup)
        signal(SIGHUP, SIG_IGN);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    setenv("TERM", "xterm-256color", 1);
    for (const char *const *one = options->environment; one && *one; one++)
        putenv((char *)*one); /* without '=' it unsets */
    if (!options->folder || chdir(options->folder) == 0)
        execv(options->argv[0], (char *const *)options->argv);
    _exit(127);
}

struct vt *
vt_start(const struct vt_options *options)
{
    struct vt *vt = calloc(1, sizeof *vt);
    if (!vt)
        return NULL;
    *vt = (struct vt){.master = -1,
                      .watcher = -1,
                      .rows = options->rows ? options->rows : 24,
                      .columns = options->columns ? options->columns : 80,
                      .cursor = true};
    struct winsize size = {.ws_row = (unsigned short)options->rows,
                           .ws_col = (unsigned short)options->columns};
    if (!make_screen(vt) || (vt->pid = forkpty(&vt->master, NULL, NULL, &size)) < 0) {
        vt_end(vt);
        return NULL;
    }
    if (vt->pid == 0)
        run_program(options);
    fcntl(vt->master, F_SETFD, FD_CLOEXEC);
    fcntl(vt->master, F_SETFL, O_NONBLOCK);
    vt->watcher = (int)syscall(SYS_pidfd_open, vt->pid, 0);
    return vt;
}

void
vt_end(struct vt *vt)
{
    if (!vt)
        return;
    if (vt->pid > 0 && !vt->has_ended) {
        kill(vt->pid, SIGKILL);
        waitpid(vt->pid, NULL, 0);
    }
    vt_flood(vt, NULL);
    vt_hang_up(vt);
    if (vt->watcher >= 0)
        close(vt->watcher);
    if (vt->terminal)
        vterm_free(vt->terminal);
    free(vt->text);
    free(vt);
}

pid_t
vt_pid(const struct vt *vt)
{
    return vt->pid;
}

int
vt_fd(const struct vt *vt)
{
    return vt->master;
}

/* --- reading, typing ------------------------------------------------------------------------- */

enum taken { TAKEN_END, TAKEN_NOTHING, TAKEN_SOME };

static void
keep_tail(struct vt *vt, const char *bytes, size_t length)
{
    size_t taken = length < TAIL_SIZE ? length : TAIL_SIZE, had = strlen(vt->tail);
    size_t kept = had + taken > TAIL_SIZE ? TAIL_SIZE - taken : had;
    memmove(vt->tail, vt->tail + had - kept, kept);
    memcpy(vt->tail + kept, bytes + length - taken, taken);
    vt->tail[kept + taken] = '\0';
}

static enum taken
take_output(struct vt *vt)
{
    char bytes[65536];
    ssize_t length = read(vt->master, bytes, sizeof bytes);
    if (length < 0 && (errno == EAGAIN || errno == EINTR))
        return TAKEN_NOTHING;
    if (length <= 0)
        return TAKEN_END;
    vt->bytes += length;
    keep_tail(vt, bytes, (size_t)length);
    vterm_input_write(vt->terminal, bytes, (size_t)length);
    vterm_screen_flush_damage(vt->screen);
    return TAKEN_SOME;
}

static void
take_end(struct vt *vt)
{
    if (!vt->has_ended && waitpid(vt->pid, &vt->status, WNOHANG) == vt->pid)
        vt->has_ended = true;
}

/* Waits for output or the end, at most `ms`. */
static void
pump(struct vt *vt, int ms)
{
    struct pollfd fds[] = {{vt->choked || vt->is_silent ? -1 : vt->master, POLLIN, 0},
                           {vt->has_ended ? -1 : vt->watcher, POLLIN, 0}};
    if (poll(fds, 2, ms) <= 0)
        return;
    if (fds[0].revents)
        vt->is_silent = take_output(vt) == TAKEN_END;
    if (fds[1].revents)
        take_end(vt);
}

bool
vt_wait(struct vt *vt, bool (*condition)(struct vt *vt, const void *user), const void *user)
{
    int64_t until = now_ms() + VT_PATIENCE_MS;
    while (!condition(vt, user)) {
        int64_t left = until - now_ms();
        if (left <= 0 || (vt->has_ended && (vt->is_silent || vt->choked)))
            return false;
        pump(vt, left < LOOK_MS ? (int)left : LOOK_MS);
    }
    return true;
}

static bool
has_text(struct vt *vt, const void *user)
{
    return vt_has(vt, user);
}

static bool
has_no_text(struct vt *vt, const void *user)
{
    return !vt_has(vt, user);
}

bool
vt_wait_text(struct vt *vt, const char *text)
{
    return vt_wait(vt, has_text, text);
}

bool
vt_wait_gone(struct vt *vt, const char *text)
{
    return vt_wait(vt, has_no_text, text);
}

static bool
has_ended(struct vt *vt, const void *user)
{
    (void)user;
    return vt->has_ended;
}

int
vt_wait_exit(struct vt *vt)
{
    if (!vt_wait(vt, has_ended, NULL))
        return -1;
    /* What it sent last is there already, since it has ended. */
    while (!vt->choked && !vt->is_silent && take_output(vt) == TAKEN_SOME)
        ;
    return vt->status;
}

void
vt_watch(struct vt *vt, int ms)
{
    int64_t until = now_ms() + ms;
    for (int64_t left = ms; left > 0 && !vt->has_ended; left = until - now_ms())
        pump(vt, (int)left);
}

void
vt_send(struct vt *vt, const char *keys)
{
    size_t length = strlen(keys);
    while (length > 0 && vt->master >= 0) {
        ssize_t written = write(vt->master, keys, length);
        if (written > 0) {
            keys += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN && !vt->has_ended) { /* else nobody reads what fills it */
            pump(vt, 100);
        } else {
            return;
        }
    }
}

static void
type_for_ever(int master, const char *keys)
{
    struct pollfd room = {master, POLLOUT, 0};
    while (write(master, keys, strlen(keys)) > 0 || errno == EAGAIN)
        poll(&room, 1, LOOK_MS);
}

void
vt_flood(struct vt *vt, const char *keys)
{
    if (vt->flood > 0) {
        kill(vt->flood, SIGKILL);
        waitpid(vt->flood, NULL, 0);
    }
    vt->flood = keys ? fork() : 0;
    if (vt->flood == 0 && keys) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* a suite that is killed leaves nobody typing */
        type_for_ever(vt->master, keys);
        _exit(0);
    }
}

void
vt_resize(struct vt *vt, int rows, int columns)
{
    vt->rows = rows;
    vt->columns = columns;
    vterm_set_size(vt->terminal, rows, columns);
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    ioctl(vt->master, TIOCSWINSZ, &size);
}

void
vt_choke(struct vt *vt, bool choked)
{
    vt->choked = choked;
    while (!choked && vt->has_ended && take_output(vt) == TAKEN_SOME)
        ;
}

static int
open_program_side(const struct vt *vt)
{
    char name[64];
    if (ptsname_r(vt->master, name, sizeof name) != 0)
        abort();
    int fd = open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        abort();
    return fd;
}

void
vt_fill(struct vt *vt)
{
    int fd = open_program_side(vt);
    while (write(fd, ".", 1) == 1)
        ;
    close(fd);
}

void
vt_write(struct vt *vt, const char *bytes)
{
    int fd = open_program_side(vt);
    if (write(fd, bytes, strlen(bytes)) != (ssize_t)strlen(bytes))
        abort();
    close(fd);
}

void
vt_hang_up(struct vt *vt)
{
    if (vt->master >= 0)
        close(vt->master);
    vt->master = -1;
    vt->is_silent = true;
}
