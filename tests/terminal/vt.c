#include "vt.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

enum {
    TITLE_SIZE = 256,
    TAIL_SIZE = 300,
    LOOK_MS = 20 /* a condition may change without output */
};

struct vt {
    int master, watcher; /* `watcher`: pidfd; both -1 when gone */
    pid_t pid;
    int status;
    bool has_ended, is_silent /* no more can come */, choked, alternate, cursor;
    int rows, columns, bells;
    int64_t bytes;
    char title[TITLE_SIZE], tail[TAIL_SIZE + 1];
    VTerm *terminal;
    VTermScreen *screen;
    char *text; /* owned; what vt_screen() and vt_row() return */
};

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
    if (vt->master >= 0 && write(vt->master, bytes, length) < 0)
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
        } else if (errno == EAGAIN) {
            pump(vt, 100);
        } else {
            return;
        }
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

/* --- looking --------------------------------------------------------------------------------- */

static size_t
put_character(char *out, uint32_t c)
{
    if (c < 0x80)
        return (size_t)(*out = (char)c, 1);
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)((0xf00 >> length) | c);
    return length;
}

/* The characters of a cell: 0 for the second half of a wide one. */
static size_t
put_cell(struct vt *vt, char *out, int row, int column)
{
    VTermScreenCell cell;
    size_t length = 0;
    vterm_screen_get_cell(vt->screen, (VTermPos){row, column}, &cell);
    if (cell.chars[0] == (uint32_t)-1)
        return 0;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
        length += put_character(out + length, cell.chars[i]);
    return length;
}

static size_t
put_row(struct vt *vt, char *out, int row)
{
    size_t length = 0, inked = 0;
    for (int column = 0; column < vt->columns; column++) {
        size_t added = put_cell(vt, out + length, row, column);
        VTermScreenCell cell;
        vterm_screen_get_cell(vt->screen, (VTermPos){row, column}, &cell);
        if (added == 0 && cell.chars[0] == 0) {
            out[length] = ' ';
            added = 1;
        }
        length += added;
        if (out[length - 1] != ' ')
            inked = length;
    }
    out[inked] = '\0';
    return inked;
}

static char *
text_room(struct vt *vt, int rows)
{
    size_t size = (size_t)rows * ((size_t)vt->columns * 4 * VTERM_MAX_CHARS_PER_CELL + 2) + 1;
    vt->text = realloc(vt->text, size);
    if (!vt->text)
        abort();
    return vt->text;
}

const char *
vt_row(struct vt *vt, int row)
{
    put_row(vt, text_room(vt, 1), row);
    return vt->text;
}

const char *
vt_screen(struct vt *vt)
{
    char *text = text_room(vt, vt->rows);
    size_t length = 0;
    for (int row = 0; row < vt->rows; row++) {
        length += put_row(vt, text + length, row);
        text[length++] = '\n';
    }
    text[length] = '\0';
    return text;
}

bool
vt_has(struct vt *vt, const char *text)
{
    return strstr(vt_screen(vt), text) != NULL;
}

struct vt_cell
vt_cell(struct vt *vt, int row, int column)
{
    VTermScreenCell cell;
    struct vt_cell out = {0};
    vterm_screen_get_cell(vt->screen, (VTermPos){row, column}, &cell);
    out.text[put_cell(vt, out.text, row, column)] = '\0';
    out.bold = cell.attrs.bold;
    out.reverse = cell.attrs.reverse;
    out.is_coloured = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
    return out;
}

bool
vt_is_alternate(const struct vt *vt)
{
    return vt->alternate;
}

bool
vt_has_cursor(const struct vt *vt)
{
    return vt->cursor;
}

int
vt_bells(const struct vt *vt)
{
    return vt->bells;
}

const char *
vt_title(const struct vt *vt)
{
    return vt->title;
}

const char *
vt_tail(const struct vt *vt)
{
    return vt->tail;
}

int64_t
vt_bytes(const struct vt *vt)
{
    return vt->bytes;
}

bool
vt_is_cooked(const struct vt *vt)
{
    struct termios modes;
    tcflag_t wanted = ICANON | ECHO | ISIG | IEXTEN;
    return tcgetattr(vt->master, &modes) == 0 && (modes.c_lflag & wanted) == wanted &&
           (modes.c_oflag & OPOST) && (modes.c_iflag & ICRNL);
}

bool
vt_is_sane(const struct vt *vt)
{
    return vt_is_cooked(vt) && vt->cursor && !vt->alternate;
}

/* --- a private home -------------------------------------------------------------------------- */

static int
remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    return remove(path);
}

void
home_make(struct home *home)
{
    static const char *const names[] = {"HOME",           "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                                        "XDG_STATE_HOME", "XDG_CACHE_HOME",  "XDG_RUNTIME_DIR"};
    *home = (struct home){.folder = "/tmp/randori-home.XXXXXX"};
    if (!mkdtemp(home->folder))
        abort();
    for (int i = 0; i < 6; i++) {
        snprintf(home->settings[i], sizeof home->settings[i], "%s=%s/%s", names[i], home->folder,
                 names[i]);
        home->environment[i] = home->settings[i];
        mkdir(strchr(home->settings[i], '/'), 0700);
    }
}

void
home_add(struct home *home, const char *setting)
{
    size_t count = 0;
    while (home->environment[count])
        count++;
    if (count + 1 == sizeof home->environment / sizeof *home->environment)
        abort();
    home->environment[count] = setting;
}

void
home_free(struct home *home)
{
    nftw(home->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
