/*
 * The terminal: opened, drawn to without ever blocking, resized, stopped and restored whatever
 * happens (D14, D15). ncurses writes into a pipe of ours; the loop copies it to the
 * non-blocking tty and draws no new frame while the last is unsent. termios and size are ours.
 */
#ifndef SERVICES_TERMINAL_H
#define SERVICES_TERMINAL_H

#include <curses.h>
#include <stdbool.h>

#include "screens/screen.h"

struct terminal;

enum terminal_status {
    TERMINAL_GOOD,
    TERMINAL_NOT_ONE /* no tty */,
    TERMINAL_UNKNOWN /* TERM */,
    TERMINAL_DUMB /* no cursor addressing */,
    TERMINAL_FAILED
};

/* Opens standard input and output as a full screen: raw mode, alternate screen, keypad, fatal
 * signals (SEGV BUS ILL FPE ABRT TRAP SYS, and ALRM, the watchdog) restore it before they kill. At
 * most one is open. */
enum terminal_status terminal_open(struct terminal **out);
/* Restores everything (termios with TCSANOW, screen, cursor), waiting for a choked tty for at most
 * `ms`. NULL is fine. */
void terminal_close(struct terminal *terminal, int64_t ms);

WINDOW *terminal_window(struct terminal *terminal); /* to draw into; changes on resize */
bool terminal_colours(const struct terminal *terminal);
bool terminal_is_ascii(const struct terminal *terminal); /* the locale is not UTF-8 */

/* Call after SIGWINCH (or SIGCONT): takes the new size; true when it changed. */
bool terminal_resize(struct terminal *terminal);
bool terminal_is_ready(const struct terminal *terminal); /* the last frame is wholly sent */
void terminal_show(struct terminal *terminal);   /* the window becomes a frame; one doupdate() */
void terminal_blank(struct terminal *terminal);  /* shows nothing but reverse video */
void terminal_redraw(struct terminal *terminal); /* ^L: everything anew at the next show */
void terminal_bell(struct terminal *terminal);
/* The window's title, where TERM has one: cleaned, cut, and sent only when it is another than the
 * last. The one before ours is put back at the end and while stopped. */
void terminal_title(struct terminal *terminal, const char *title);

/* Whether the terminal is to tell of the mouse; where it has none nothing happens. A press of the
 * left button is then the key KEY_MOUSE with its place, the wheel is KEY_UP and KEY_DOWN. */
void terminal_mouse(struct terminal *terminal, bool wanted);

int terminal_input_fd(const struct terminal *terminal);
/* The next key that has been typed; false when there is none just now. *gone is set when the
 * terminal hung up (EOF, EIO). A paste is told by struct key's `pasted`; one whose end does not come
 * is over when nothing has come for a second. */
bool terminal_key(struct terminal *terminal, struct key *key, bool *gone);
/* True when something was typed since the last call that this locale has no character for. */
bool terminal_dropped(struct terminal *terminal);
int terminal_output_fd(const struct terminal *terminal); /* poll for POLLOUT while not ready */
bool terminal_send(struct terminal *terminal); /* copies on; false when the terminal is gone */

/* ^Z, or SIGTSTP read by the loop: restores the terminal, stops the process group, and after
 * SIGCONT takes the terminal again as terminal_resume() does. */
void terminal_stop(struct terminal *terminal);
/* SIGCONT read by the loop (somebody else stopped us): raw mode again, the new size, everything
 * anew at the next show. In the background it waits, stopped, for `fg` as other programs do,
 * unless TERM, HUP, INT or QUIT is waiting: then it leaves the terminal alone. */
void terminal_resume(struct terminal *terminal);

#endif
