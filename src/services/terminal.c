#include <fcntl.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "services/terminal_about.h"
#include "services/terminal_restore.h"
#include "services/terminal_state.h"
#include "session/text.h"

enum {
    ESCAPE_DELAY_MS = 25,
    ROWS_UNKNOWN = 24, /* a size of 0x0, as serial lines have it */
    COLUMNS_UNKNOWN = 80,
    ROWS_MOST = 500,
    COLUMNS_MOST = 1000,
    TITLE_COLUMNS = 60,
};

/* newterm(3) takes these when they have their default action; the loop has them. */
static const int borrowed[BORROWED_SIGNALS] = {SIGINT, SIGTERM, SIGWINCH, SIGTSTP};

static void
on_stop(int number)
{
    (void)number;
}

/* With a SIGTSTP handler in place ncurses leaves that signal alone; else it changes and restores
 * the disposition around every refresh. */
static void
borrow_signals(struct terminal *terminal)
{
    for (int i = 0; i < BORROWED_SIGNALS; i++)
        sigaction(borrowed[i], NULL, &terminal->signals_found[i]);
    sigaction(SIGTSTP, &(struct sigaction){.sa_handler = on_stop, .sa_flags = SA_RESTART}, NULL);
}

static void
give_signals_back(const struct terminal *terminal, bool stop_too)
{
    for (int i = 0; i < BORROWED_SIGNALS; i++)
        if (stop_too || borrowed[i] != SIGTSTP)
            sigaction(borrowed[i], &terminal->signals_found[i], NULL);
}

/* Opened anew: O_NONBLOCK on standard input would be the shell's, too, and outlive us. */
static bool
open_tty(struct terminal *terminal)
{
    struct stat in, out;
    if (fstat(STDIN_FILENO, &in) != 0 || fstat(STDOUT_FILENO, &out) != 0 ||
        in.st_rdev != out.st_rdev)
        return false;
    int flags = O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    terminal->input = open("/proc/self/fd/0", flags);
    if (terminal->input < 0) /* after su(1) it belongs to somebody else */
        terminal->input = open("/dev/tty", flags);
    if (terminal->input < 0)
        return false;
    terminal->output = fcntl(terminal->input, F_DUPFD_CLOEXEC, 0);
    return terminal->output >= 0 && tcgetattr(terminal->input, &terminal->found) == 0;
}

/* Every key is a key, also ^C, ^Z and ^S; output goes through as ncurses writes it. */
static void
prepare_raw(struct terminal *terminal)
{
    terminal->raw = terminal->found;
    cfmakeraw(&terminal->raw);
    terminal->raw.c_cc[VMIN] = 1;
    terminal->raw.c_cc[VTIME] = 0;
}

static void
free_screen(struct terminal *terminal)
{
    if (terminal->keys)
        delwin(terminal->keys);
    if (terminal->screen)
        delscreen(terminal->screen);
    if (terminal->screen_in)
        fclose(terminal->screen_in);
    if (terminal->screen_out)
        fclose(terminal->screen_out);
}

static void
free_terminal(struct terminal *terminal)
{
    free_screen(terminal);
    outlet_close(&terminal->outlet);
    if (terminal->output >= 0)
        close(terminal->output);
    if (terminal->input >= 0)
        close(terminal->input);
    free(terminal);
}

static FILE *
stream_of(int fd, const char *mode)
{
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    FILE *stream = copy < 0 ? NULL : fdopen(copy, mode);
    if (!stream && copy >= 0)
        close(copy);
    return stream;
}

/* newterm(3) also takes a terminal that cannot place its cursor. */
static enum terminal_status
look_at_screen(const struct terminal *terminal)
{
    if (!terminal->screen)
        return TERMINAL_FAILED;
    const char *place = tigetstr("cup");
    return place && place != (const char *)-1 ? TERMINAL_GOOD : TERMINAL_DUMB;
}

static enum terminal_status
open_screen(struct terminal *terminal)
{
    terminal->screen_in = stream_of(terminal->input, "r");
    terminal->screen_out = stream_of(terminal->outlet.memory, "w");
    if (!terminal->screen_in || !terminal->screen_out)
        return TERMINAL_FAILED;
    use_tioctl(TRUE); /* not $LINES and $COLUMNS, which outlive a resize; terminal_resize() asks */
    borrow_signals(terminal);
    terminal->screen = newterm(NULL, terminal->screen_out, terminal->screen_in);
    enum terminal_status status = look_at_screen(terminal);
    give_signals_back(terminal, status != TERMINAL_GOOD);
    return status;
}

static void
set_up_colours(struct terminal *terminal)
{
    const char *no_color = getenv("NO_COLOR");
    terminal->colours = has_colors() && !(no_color && *no_color);
    if (terminal->colours) {
        start_color();
        use_default_colors();
    }
}

static bool
set_up_screen(struct terminal *terminal)
{
    terminal->keys = newpad(1, 1);
    if (!terminal->keys)
        return false;
    set_escdelay(ESCAPE_DELAY_MS);
    typeahead(-1); /* else every refresh looks whether a key waits */
    terminal_keys_open(terminal);
    leaveok(stdscr, TRUE);
    curs_set(0);
    set_up_colours(terminal);
    terminal->ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    terminal->has_title_stack = tigetflag("XT") > 0; /* it takes xterm's window operations */
    /* Until the first endwin() ncurses 6.4 flushes at every movement of the cursor. */
    endwin();
    outlet_drop(&terminal->outlet);
    return true;
}

static enum terminal_status
look_at_terminal(void)
{
    const char *type = getenv("TERM");
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return TERMINAL_NOT_ONE;
    if (!type || !*type || !terminal_about().is_known) /* where it is not, newterm(3) leaks */
        return TERMINAL_UNKNOWN;
    return TERMINAL_GOOD;
}

enum terminal_status
terminal_open(struct terminal **out)
{
    *out = NULL;
    enum terminal_status status = look_at_terminal();
    if (status != TERMINAL_GOOD)
        return status;
    struct terminal *terminal = calloc(1, sizeof *terminal);
    if (!terminal)
        return TERMINAL_FAILED;
    terminal->input = terminal->output = terminal->outlet.memory = -1;
    status = TERMINAL_FAILED;
    if (open_tty(terminal) && outlet_open(&terminal->outlet, terminal->output))
        status = open_screen(terminal);
    if (status == TERMINAL_GOOD && !set_up_screen(terminal)) {
        give_signals_back(terminal, true);
        status = TERMINAL_FAILED;
    }
    if (status != TERMINAL_GOOD) {
        free_terminal(terminal);
        return status;
    }
    prepare_raw(terminal);
    restore_arm(terminal->output, &terminal->found, LINES);
    terminal_take(terminal);
    *out = terminal;
    return TERMINAL_GOOD;
}

void
terminal_take(struct terminal *terminal)
{
    terminal->is_away = terminal->title_is_ours = false;
    terminal->title[0] = '\0';
    restore_owe(true);
    tcsetattr(terminal->input, TCSANOW, &terminal->raw);
    if (terminal_marks_paste())
        dprintf(terminal->outlet.memory, "\033[?2004h"); /* leaves with the next frame */
    if (terminal->has_mouse)
        terminal_mouse_ask(terminal);
    terminal_resize(terminal);
    terminal_redraw(terminal);
}

void
terminal_close(struct terminal *terminal, int64_t ms)
{
    if (!terminal)
        return;
    /* Out of the background, too: SIGTTOU would stop us here. */
    sigset_t set, mask_found;
    sigemptyset(&set);
    sigaddset(&set, SIGTTOU);
    pthread_sigmask(SIG_BLOCK, &set, &mask_found);
    if (!terminal->is_away)
        outlet_drain(&terminal->outlet, ms / 2);
    restore_now(ms / 2);
    restore_disarm();
    pthread_sigmask(SIG_SETMASK, &mask_found, NULL);
    give_signals_back(terminal, true);
    free_terminal(terminal);
}

WINDOW *
terminal_window(struct terminal *terminal)
{
    (void)terminal; /* at most one is open, and its screen is the current one */
    return stdscr;
}

bool
terminal_colours(const struct terminal *terminal)
{
    return terminal->colours;
}

bool
terminal_is_ascii(const struct terminal *terminal)
{
    return terminal->ascii;
}

static int
within(int value, int unknown, int most)
{
    return value < 1 ? unknown : value > most ? most : value;
}

bool
terminal_resize(struct terminal *terminal)
{
    struct winsize size = {0};
    ioctl(terminal->output, TIOCGWINSZ, &size);
    int rows = within(size.ws_row, ROWS_UNKNOWN, ROWS_MOST);
    int columns = within(size.ws_col, COLUMNS_UNKNOWN, COLUMNS_MOST);
    if (rows == getmaxy(stdscr) && columns == getmaxx(stdscr))
        return false;
    if (resizeterm(rows, columns) != OK)
        return false;
    restore_arm(terminal->output, &terminal->found, rows);
    return true;
}

bool
terminal_is_ready(const struct terminal *terminal)
{
    return terminal->outlet.is_empty;
}

static bool
can_send(const struct terminal *terminal)
{
    return terminal->outlet.is_empty && !terminal->is_away;
}

void
terminal_show(struct terminal *terminal)
{
    if (!can_send(terminal))
        return;
    wnoutrefresh(stdscr);
    doupdate();
    outlet_send(&terminal->outlet);
}

void
terminal_blank(struct terminal *terminal)
{
    wbkgd(stdscr, ' ' | A_REVERSE);
    terminal_show(terminal);
}

void
terminal_redraw(struct terminal *terminal)
{
    (void)terminal;
    clearok(curscr, TRUE);
}

void
terminal_bell(struct terminal *terminal)
{
    if (!can_send(terminal))
        return;
    beep();
    outlet_send(&terminal->outlet);
}

void
terminal_title(struct terminal *terminal, const char *title)
{
    char clean[TITLE_SIZE], fitted[TITLE_SIZE];
    text_clean_into(clean, sizeof clean, title);
    text_fit(fitted, sizeof fitted, clean, TITLE_COLUMNS, terminal->ascii);
    if (!terminal->has_title_stack || !can_send(terminal) || strcmp(fitted, terminal->title) == 0)
        return;
    if (!terminal->title_is_ours)
        dprintf(terminal->outlet.memory, "\033[22;2t"); /* the old one onto the terminal's stack */
    terminal->title_is_ours = true;
    restore_title();
    memcpy(terminal->title, fitted, sizeof fitted);
    dprintf(terminal->outlet.memory, "\033]2;%s\033\\", fitted);
    outlet_send(&terminal->outlet);
}

int
terminal_output_fd(const struct terminal *terminal)
{
    return terminal->output;
}

bool
terminal_send(struct terminal *terminal)
{
    return terminal->is_away || outlet_send(&terminal->outlet);
}
