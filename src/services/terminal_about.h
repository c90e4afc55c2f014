/*
 * What the terminal can do, looked up without opening it.
 */
#ifndef SERVICES_TERMINAL_ABOUT_H
#define SERVICES_TERMINAL_ABOUT_H

#include <stdbool.h>

#include "screens/paint.h"

struct terminal_about {
    bool is_terminal;  /* standard output is one */
    bool is_known;     /* terminfo knows TERM */
    bool moves_cursor; /* the full screen is possible */
    int width, height; /* 0: unknown */
    int colours;       /* 0: none */
    bool utf8;         /* by the locale */
};

struct terminal_about terminal_about(void);

/* What the environment tells of the terminal's background; most tell nothing. */
enum background terminal_background(void);

/* Whether it marks what is pasted when it is asked to (bracketed paste, mode 2004), by the terminal
 * type that setupterm(3) has loaded. */
bool terminal_marks_paste(void);
/* Whether it tells of the mouse when it is asked to; likewise. */
bool terminal_tells_mouse(void);

#endif
