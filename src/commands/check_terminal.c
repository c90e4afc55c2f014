#include "commands/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "commands/complain.h"
#include "services/terminal_about.h"

void
check_terminal(void)
{
    struct terminal_about about = terminal_about();
    char size[40] = "of unknown size", colours[40] = "no colours";
    const char *no_color = getenv("NO_COLOR");
    if (about.width > 0)
        snprintf(size, sizeof size, "%dx%d", about.width, about.height);
    if (no_color != NULL && *no_color != '\0')
        snprintf(colours, sizeof colours, "colours off by NO_COLOR");
    else if (about.colours > 0)
        snprintf(colours, sizeof colours, "%d colours", about.colours);
    if (!about.is_terminal)
        print_line("Terminal: none; a session would print one line an event, as with --plain.");
    else
        print_line("Terminal: %s, %s, %s%s.", size, colours, about.utf8 ? "UTF-8" : "ASCII only",
                   about.moves_cursor ? "" : ", no cursor movement: only --plain will do");
}
