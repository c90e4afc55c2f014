#include "services/terminal_about.h"

#include <curses.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

struct terminal_about
terminal_about(void)
{
    struct terminal_about about = {
        .is_terminal = isatty(STDOUT_FILENO) != 0,
        .utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
    };
    struct winsize size;
    int error;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        about.width = size.ws_col;
        about.height = size.ws_row;
    }
    if (setupterm(NULL, STDOUT_FILENO, &error) != OK)
        return about;
    int colours = tigetnum("colors");
    about.is_known = true;
    about.moves_cursor = cursor_address != NULL;
    about.colours = colours > 0 ? colours : 0;
    del_curterm(cur_term);
    return about;
}

/* rxvt, Konsole and others tell their colours in $COLORFGBG, "15;0" or "0;default;15": the last
 * number is the background's, of the first sixteen colours. */
static enum background
told_background(const char *told)
{
    const char *last = told != NULL ? strrchr(told, ';') : NULL;
    if (last == NULL || last[1] < '0' || last[1] > '9')
        return BACKGROUND_UNKNOWN;
    long colour = strtol(last + 1, NULL, 10);
    return colour == 7 || colour > 8 ? BACKGROUND_LIGHT : BACKGROUND_DARK;
}

enum background
terminal_background(void)
{
    const char *type = getenv("TERM");
    if (type != NULL && strcmp(type, "linux") == 0) /* the console is black */
        return BACKGROUND_DARK;
    return told_background(getenv("COLORFGBG"));
}

/* The description of screen tells neither; tmux, too, runs under that name, and does mark. */
bool
terminal_marks_paste(void)
{
    const char *begin = tigetstr("BE"), *type = getenv("TERM");
    return tigetflag("XT") > 0 || (begin != NULL && begin != (const char *)-1) ||
           (type != NULL && strncmp(type, "screen", 6) == 0);
}

bool
terminal_tells_mouse(void)
{
    const char *begins = tigetstr("kmous");
    return begins != NULL && begins != (const char *)-1;
}
