/* Who prepares this dojo, and on how many shoulders that has been. */

#include <stdio.h>

#include "screens/board.h"
#include "screens/frame.h"
#include "session/text.h"

enum {
    LINE_SIZE = 512,
    PAST_LEAST = 3 /* sessions from which on it tells something how many prepared them */,
    WIDE = 80,
    HIGH = 24 /* a smaller window has no room for it */
};

/* Today's Masters volunteered at the end of the last session. */
static int
count_roles(const struct view *view)
{
    return view->last == NULL ? view->session->settings.roles.count : view->last->roles_count;
}

static const char *
role_name(const struct view *view, int role)
{
    return view->last == NULL ? view->session->settings.roles.item[role]
                              : view->last->roles[role].name;
}

/* Columns of the longest. */
static int
name_columns(const struct view *view)
{
    int names = 0;
    for (int i = 0; i < count_roles(view); i++) {
        int columns = text_columns(role_name(view, i));
        names = columns > names ? columns : names;
    }
    return names;
}

int
board_roles(WINDOW *window, int top, int left, int rows, int columns, const struct view *view)
{
    int count = count_roles(view), names = name_columns(view);
    count = count < rows ? count : rows;
    for (int i = 0; i < count; i++) {
        const char *holder = view->last == NULL ? NULL : view->last->roles[i].holder;
        int column = left + names + (holder != NULL ? 2 : 1);
        frame_text(window, view, top + i, left, columns, PAINT_TEXT, role_name(view, i));
        frame_text(window, view, top + i, column, left + columns - column,
                   holder != NULL       ? PAINT_STRONG
                   : view->last != NULL ? PAINT_ALARM
                                        : PAINT_DIM,
                   holder != NULL ? holder : " nobody yet ");
    }
    return count > 0 ? count : 0;
}

/* "3 and 4 people in 6 dojos", in the order of the roles; of one number, "3 people each". */
static void
holders_line(const struct view *view, char out[static LINE_SIZE])
{
    int count = count_roles(view), first = memory_holders(view->memory, role_name(view, 0));
    bool is_one = true;
    size_t used = 0;
    for (int i = 1; i < count; i++)
        is_one &= memory_holders(view->memory, role_name(view, i)) == first;
    for (int i = 0; i < (is_one ? 1 : count) && used < LINE_SIZE; i++)
        used += (size_t)snprintf(out + used, LINE_SIZE - used, "%s%d",
                                 i == 0           ? ""
                                 : i == count - 1 ? " and "
                                                  : ", ",
                                 memory_holders(view->memory, role_name(view, i)));
    if (used < LINE_SIZE)
        snprintf(out + used, LINE_SIZE - used, " %s%s in %d dojos",
                 is_one && first == 1 ? "person" : "people", is_one && count > 1 ? " each" : "",
                 view->memory->recent_count);
}

int
board_holders(WINDOW *window, int row, int left, int columns, const struct view *view)
{
    char line[LINE_SIZE];
    int column = name_columns(view) + 2;
    if (view->memory == NULL || view->memory->recent_count < PAST_LEAST || count_roles(view) == 0 ||
        getmaxx(window) < WIDE || getmaxy(window) < HIGH)
        return 0;
    holders_line(view, line);
    if (column + text_columns(line) > columns)
        return 0;
    frame_text(window, view, row, left + column, columns - column, PAINT_DIM, line);
    return 1;
}
