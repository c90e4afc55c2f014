#include "services/terminal_about.h"

#include <curses.h>
#include <langinfo.h>
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
