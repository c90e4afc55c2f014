/*
 * What the files of the terminal share: terminal.c opens, draws and closes, terminal_keys.c reads,
 * terminal_job.c stops and comes back.
 */
#ifndef SERVICES_TERMINAL_STATE_H
#define SERVICES_TERMINAL_STATE_H

#include <signal.h>
#include <stdio.h>
#include <termios.h>
#include <wchar.h>

#include "services/terminal.h"
#include "services/terminal_outlet.h"

enum { BORROWED_SIGNALS = 4, TITLE_SIZE = 400 /* bytes */ };

/* An escape sequence that is no key of terminfo; passed over to its end. */
enum sequence {
    SEQUENCE_NONE,
    SEQUENCE_KEY,       /* CSI or SS3: parameters, then one byte that ends it */
    SEQUENCE_STRING,    /* an answer to a question of whoever had the terminal before us */
    SEQUENCE_STRING_END /* Esc was there, the backslash is not */
};

/* Codes of our own, beyond those that ncurses gives away. */
enum { PASTE_BEGINS = 0x7000, PASTE_ENDS, MOUSE_BEGINS, MOUSE_BEGINS_OLD };

/* What the mouse did, while its bytes come. */
struct mouse_report {
    bool is_coming, is_old;
    char bytes[24];
    int length;
};

struct terminal {
    int input, output; /* one description of our own, so that nobody else's becomes non-blocking */
    struct outlet outlet;
    FILE *screen_in, *screen_out; /* what newterm(3) wants; only their descriptors are used */
    SCREEN *screen;
    WINDOW *keys; /* a pad: wgetch(3) on a window would refresh it */
    struct termios found, raw;
    struct sigaction signals_found[BORROWED_SIGNALS];
    bool colours, ascii, has_title_stack, title_is_ours;
    char title[TITLE_SIZE]; /* the one that was sent last */
    bool is_away;           /* stopped, or continued in the background: not ours to draw on */
    mbstate_t character;    /* of a character whose bytes have not all come yet */
    bool has_dropped;       /* a byte that is part of none in this locale */
    bool has_mouse;         /* it has been asked for */
    struct mouse_report mouse;
    bool is_pasting;        /* between the two marks */
    enum sequence sequence; /* its rest is still coming */
    int64_t quiet_ms;       /* since when no byte of either has come; 0: one has just come */
};

void terminal_keys_open(struct terminal *terminal); /* the marks of a paste are keys, too */
void terminal_mouse_ask(struct terminal *terminal); /* as has_mouse says */
void terminal_mouse_begin(struct terminal *terminal, int code);
/* One more byte of the report that is coming; true when it is whole, and a key. */
bool terminal_mouse_take(struct terminal *terminal, int byte, struct key *key);
void terminal_take(struct terminal *terminal); /* raw mode, the real size, everything drawn anew */

#endif
