/* What the tests showed, turn by turn, for the format that looks back on it. */
#include <stdio.h>

#include "screens/debrief.h"
#include "screens/frame.h"
#include "screens/status.h"
#include "session/formats.h"
#include "session/text.h"

enum { ROWS_MOST = 3, GAP = 2 };

/* A walk along the rows; without a window only the room is counted. */
struct walk {
    WINDOW *window;
    const struct view *view;
    int top, left, columns;
    int row, column;
};

static int
say(struct walk *walk, enum paint paint, const char *text)
{
    int columns = text_columns(text);

    if (walk->window != NULL && walk->row >= 0)
        frame_text(walk->window, walk->view, walk->top + walk->row, walk->left + walk->column,
                   walk->columns - walk->column, paint, text);
    walk->column += columns;
    return columns;
}

/* Behind the last light of the turn whose first one is `first`. */
static int
end_of_turn(const struct session *session, int first)
{
    int end = first;

    while (end < session->lights_count && session->lights[end].turn == session->lights[first].turn)
        end++;
    return end;
}

/* "3 ● ○ ●", not split unless it is wider than a row. */
static void
walk_turn(struct walk *walk, const struct session *session, int first, int end)
{
    char number[16];

    snprintf(number, sizeof number, "%d", session->lights[first].turn);
    if (session->lights[first].turn == 0)
        snprintf(number, sizeof number, "before");
    if (walk->column > 0 &&
        walk->column + text_columns(number) + 2 * (end - first) > walk->columns) {
        walk->row++;
        walk->column = 0;
    }
    say(walk, PAINT_DIM, number);
    for (int i = first; i < end; i++) {
        enum light light = session->lights[i].light;

        walk->column++;
        if (walk->column >= walk->columns) {
            walk->row++;
            walk->column = GAP;
        }
        say(walk, status_paint(light), status_shape(walk->view, light));
    }
    walk->column += GAP;
}

static void
walk_all(struct walk *walk, const struct session *session)
{
    int end;

    walk->column = 0;
    for (int first = 0; first < session->lights_count; first = end) {
        end = end_of_turn(session, first);
        walk_turn(walk, session, first, end);
    }
}

static int
rows_of(const struct view *view, int columns)
{
    struct walk walk = {.view = view, .columns = columns};

    walk_all(&walk, view->session);
    return walk.row + 1;
}

/* "tests by turn: ● green ○ red ▲ amber" */
static void
draw_legend(struct walk *walk)
{
    static const struct {
        enum light light;
        const char *word;
    } legend[] = {{LIGHT_GREEN, " green  "}, {LIGHT_RED, " red  "}, {LIGHT_AMBER, " amber"}};

    say(walk, PAINT_TEXT, "tests by turn: ");
    for (size_t i = 0; i < sizeof legend / sizeof *legend; i++) {
        say(walk, status_paint(legend[i].light), status_shape(walk->view, legend[i].light));
        say(walk, PAINT_TEXT, legend[i].word);
    }
}

int
debrief_lights_draw(WINDOW *window, int top, int rows, const struct view *view)
{
    const struct session *session = view->session;
    struct walk walk = {window, view, top, 1, getmaxx(window) - 2, 0, 0};
    bool legend = rows > 1;
    int needed, used;

    if (session->settings.format != FORMAT_LIGHTS || rows <= 0)
        return 0;
    if (session->lights_count == 0) {
        say(&walk, PAINT_TEXT, "no light was recorded today");
        return 1;
    }
    if (legend) {
        draw_legend(&walk);
        walk.top++;
        rows--;
    }
    rows = rows < ROWS_MOST ? rows : ROWS_MOST;
    needed = rows_of(view, walk.columns);
    used = needed < rows ? needed : rows;
    walk.row = used - needed; /* the oldest rows go first */
    walk_all(&walk, session);
    return used + (legend ? 1 : 0);
}
