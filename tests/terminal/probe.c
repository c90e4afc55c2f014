#include "probe.h"

#include <fcntl.h>
#include <inttypes.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "services/clock.h"
#include "services/descriptors.h"
#include "services/loop.h"
#include "services/terminal.h"

enum { CONTROL_L = 12, CONTROL_Z = 26, CLOSE_MS = 500 };

struct probe {
    struct loop *loop;
    struct terminal *terminal;
    bool done, fills;
    int signal; /* that ends it */
    int every_ms;
    int64_t ticks, due_ms, worst_ms;
    char key[80];
};

static void
fill(WINDOW *window, int64_t ticks)
{
    for (int row = 3; row < getmaxy(window); row++)
        for (int column = 0; column < getmaxx(window); column++) {
            attr_t attributes = (row + column + ticks) % 2 ? A_BOLD : A_REVERSE;
            wattrset(window, (int)attributes);
            mvwaddch(window, row, column, (chtype)('a' + (row * 7 + column + ticks) % 26));
        }
    wattrset(window, A_NORMAL);
}

static void
draw(struct probe *probe)
{
    if (!terminal_is_ready(probe->terminal))
        return;
    WINDOW *window = terminal_window(probe->terminal);
    werase(window);
    mvwprintw(window, 0, 0, "probe %dx%d", getmaxy(window), getmaxx(window));
    mvwprintw(window, 1, 0, "key %s .", probe->key);
    mvwprintw(window, 2, 0, "ticks %" PRId64 " colours %d ascii %d", probe->ticks,
              terminal_colours(probe->terminal), terminal_is_ascii(probe->terminal));
    if (probe->fills)
        fill(window, probe->ticks);
    terminal_show(probe->terminal);
}

static void
on_output(void *user, short revents)
{
    struct probe *probe = user;
    (void)revents;
    if (!terminal_send(probe->terminal))
        probe->done = true;
    draw(probe);
}

/* Asked only while a frame is unsent. */
static void
watch_output(struct probe *probe)
{
    short events = terminal_is_ready(probe->terminal) ? 0 : POLLOUT;
    loop_watch(probe->loop, terminal_output_fd(probe->terminal), events, on_output, probe);
}

static void
set_timer(struct probe *probe, int every_ms)
{
    probe->every_ms = every_ms;
    probe->due_ms = every_ms ? clock_boot_ms() + every_ms : INT64_MAX;
    loop_timer(probe->loop, probe->due_ms);
}

static void
report(const struct probe *probe)
{
    const char *path = getenv("PROBE_REPORT");
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return;
    dprintf(fd, "ticks %10" PRId64 " worst %10" PRId64 " ms\n", probe->ticks, probe->worst_ms);
    close(fd);
}

static void
on_timer(void *user, short revents)
{
    struct probe *probe = user;
    (void)revents;
    int64_t late = clock_boot_ms() - probe->due_ms;
    if (late > probe->worst_ms)
        probe->worst_ms = late;
    probe->ticks++;
    probe->due_ms += probe->every_ms;
    loop_timer(probe->loop, probe->due_ms);
    report(probe);
    draw(probe);
}

static void
crash(void)
{
    volatile char *forbidden = mmap(NULL, 1, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    *forbidden = 1;
}

static void
act(struct probe *probe, struct key key)
{
    switch (key.function ? 0 : key.code) {
    case 'q':
        probe->done = true;
        break;
    case 'b':
        terminal_bell(probe->terminal);
        break;
    case 't':
        terminal_title(probe->terminal, "turn of Ada\033 Lovelace");
        break;
    case 'f':
        probe->fills = true;
        break;
    case 'S':
        crash();
        break;
    case 'A':
        abort();
    case 'T':
        set_timer(probe, 10);
        break;
    case 'N':
        set_timer(probe, 0);
        break;
    case CONTROL_L:
        terminal_redraw(probe->terminal);
        break;
    case CONTROL_Z:
        terminal_stop(probe->terminal);
        break;
    default:
        break;
    }
}

static void
on_input(void *user, short revents)
{
    struct probe *probe = user;
    struct key key;
    bool gone;
    (void)revents;
    while (terminal_key(probe->terminal, &key, &gone)) {
        snprintf(probe->key, sizeof probe->key, "%s%s%s%x", key.pasted ? "pasted " : "",
                 key.alt ? "alt " : "", key.function ? "function " : "", (unsigned)key.code);
        if (!key.pasted)
            act(probe, key);
    }
    if (gone)
        probe->done = true;
    draw(probe);
}

static void
on_signal(void *user, int number)
{
    struct probe *probe = user;
    if (number == SIGWINCH)
        terminal_resize(probe->terminal);
    else if (number == SIGCONT)
        terminal_resume(probe->terminal);
    else if (number == SIGTSTP)
        terminal_stop(probe->terminal);
    else if (number != SIGCHLD)
        probe->signal = number;
    if (!probe->signal)
        draw(probe);
}

int
probe_main(void)
{
    setlocale(LC_ALL, "");
    struct probe probe = {.key = "none"};
    if (!descriptors_guard() || !(probe.loop = loop_new(on_signal, on_timer, &probe)))
        return 1;
    enum terminal_status status = terminal_open(&probe.terminal);
    if (status != TERMINAL_GOOD) {
        loop_free(probe.loop);
        return 10 + (int)status;
    }
    loop_watch(probe.loop, terminal_input_fd(probe.terminal), POLLIN, on_input, &probe);
    draw(&probe);
    do
        watch_output(&probe);
    while (!probe.done && !probe.signal && loop_wait(probe.loop));
    terminal_close(probe.terminal, CLOSE_MS);
    if (probe.signal) {
        signal(probe.signal, SIG_DFL);
        raise(probe.signal);
    }
    loop_free(probe.loop);
    return 0;
}
