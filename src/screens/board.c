/*
 * The opening board: what the session will be, what the last one left to do, who is here. It waits
 * for Enter.
 */
#include "screens/board.h"

#include <stdio.h>
#include <string.h>

#include "screens/big.h"
#include "screens/find.h"
#include "screens/frame.h"
#include "screens/hits.h"
#include "screens/letters.h"
#include "screens/overlay.h"
#include "screens/roll.h"
#include "session/order.h"

static const struct key_help board_keys[] = {
    {"Enter", "start", "Starts the session.", COMMAND_NONE},
    {"Space", "away", "Marks who is here and who is away.", COMMAND_AWAY},
    {"v", "", "The same as Space.", COMMAND_AWAY},
    {"S", "shuffle", "Shuffles the order.", COMMAND_NONE},
    {"F", "", "Puts those who drove least in past sessions first, as order = fair does.",
     COMMAND_NONE},
    {"a", "add", "Adds people, one name a line.", COMMAND_JOIN},
    {"J K", "move", "Move somebody down or up in the order.", COMMAND_MOVE},
    {"O", "observer", "Lets somebody watch without driving, or drive again.", COMMAND_OBSERVE},
    {"r", "rename", "Mends a name.", COMMAND_RENAME},
    {"1 - 9", "", "Ticks the action item with that number: it is done, and does not come back.",
     COMMAND_NONE},
    {"f", "", "Shortens the turns so that everybody drives.", COMMAND_NONE},
    {"C", "", "Gives the next driver a seat beside the driver as co-pilot, or takes it away.",
     COMMAND_COPILOT},
    {"g", "", "Makes two groups: every second person goes to another screen.", COMMAND_GROUPS},
    {NULL, NULL, NULL, COMMAND_NONE},
};

enum { KEYS = sizeof board_keys / sizeof *board_keys, SPACE = 1 /* its row */, WAYS = 3 };
enum { LIST_ROWS = 5, LIST_COLUMNS = 8 /* of the window: below that no list of people is drawn */ };

/* Where things stand; rows of 0 mean: not at all. */
struct layout {
    int plan, left, right; /* top rows */
    int left_columns, right_column, right_columns;
    int right_rows, left_rows;
    int start, start_rows; /* of "Enter starts" */
};

static struct layout
arrange(int top, int bottom, int columns, int start_rows)
{
    struct layout at = {.plan = top, .right = top + 4, .right_columns = columns - 2};
    at.start = bottom - start_rows;
    at.start_rows = start_rows;
    at.right_column = 1;
    at.right_rows = at.start - at.right;
    if (columns >= 60 && bottom - top >= 12) {
        at.right_columns = columns * 2 / 5;
        at.right_column = columns - at.right_columns;
        at.left = at.right;
        at.left_columns = at.right_column - 3;
        at.left_rows = at.right_rows - 1;
        at.right_rows--;
    }
    return at;
}

static void
draw_start(WINDOW *window, int row, int rows, const struct view *view)
{
    bool can = roster_rotators(&view->session->roster) > 0;
    for (int i = 0; can && i < rows; i++)
        hits_key(view, row + i, 1, getmaxx(window) - 2, "Enter");
    if (can && rows >= BIG_NAME_ROWS) {
        big_name(window, view, row, rows, PAINT_STRONG, "Enter starts");
        return;
    }
    frame_text(window, view, row + rows - 1, 1, getmaxx(window) - 2,
               can ? PAINT_CURSOR : PAINT_ALARM,
               can ? "  Enter starts the session  "
                   : "  Nobody is here who drives: a adds somebody, Space brings somebody back  ");
}

static void
draw_people(WINDOW *window, const struct view *view, const struct ui *ui, const struct layout *at)
{
    const struct roster *roster = &view->session->roster;
    char text[64];
    snprintf(text, sizeof text, "Here: %d of %d", roster_present(roster), roster->count);
    frame_text(window, view, at->right, at->right_column, at->right_columns, PAINT_STRONG, text);
    if (roster->count == 0)
        frame_text(window, view, at->right + 1, at->right_column + 2, at->right_columns - 2,
                   PAINT_DIM, "nobody yet; a adds somebody");
    list_draw(window, at->right + 1, at->right_column, at->right_rows - 1, at->right_columns, view,
              ui, roster->count, roll_row, NULL);
}

/* The ways out when not everybody would drive (R15). Returns how many there are. */
static int
ways_out(const struct view *view, struct key_help keys[static WAYS])
{
    const struct plan *plan = view->plan;
    int count = 0;
    if (plan->without == 0)
        return 0;
    if (plan->fitting_ms > 0)
        keys[count++] = (struct key_help){"f", "fit all", "", COMMAND_NONE};
    if (!view->session->settings.copilot)
        keys[count++] = (struct key_help){"C", "co-pilot", "", COMMAND_COPILOT};
    keys[count++] = (struct key_help){"g", "two groups", "", COMMAND_GROUPS};
    return count;
}

/* Who has to do without should not be the same ones again (R14): 1, or 0 where it tells nothing. */
static int
fair_order(const struct view *view, struct key_help *key)
{
    if (view->plan->without == 0 || view->memory == NULL || view->memory->sessions == 0)
        return 0;
    *key = (struct key_help){"F", "fair order", "", COMMAND_NONE};
    return 1;
}

/* With what Space does to the person under the cursor, and undo before what is seldom wanted.
 * Returns the footer's first row. */
static int
draw_footer(WINDOW *window, const struct view *view, const struct ui *ui)
{
    struct key_help keys[KEYS + WAYS + 2];
    const struct person *person = roll_person(view, ui);
    int space = SPACE + ways_out(view, keys + SPACE), next = space + 1;
    memcpy(keys, board_keys, SPACE * sizeof *keys);
    keys[space] = board_keys[SPACE];
    next += fair_order(view, &keys[next]);
    keys[next++] = (struct key_help){"u", "undo", "", COMMAND_UNDO};
    memcpy(keys + next, board_keys + SPACE + 1, (KEYS - SPACE - 1) * sizeof *keys);
    if (person != NULL) {
        keys[space].label = person->present ? "away" : "here";
        keys[space].command = COMMAND_NONE;
    }
    return frame_footer(window, view, ui, keys);
}

static void
draw_clock(WINDOW *window, const struct view *view)
{
    char right[DURATION_SIZE];
    frame_header(window, view, clock_text(right, view->now.wall_ms, view->now.utc_offset_s));
}

/* 3 to 7 rows: the plan, and how to go on. */
static void
draw_strip(WINDOW *window, const struct view *view, const struct ui *ui)
{
    int rows = getmaxy(window), used = 1;
    frame_line(window, 0, view);
    used += board_plan(window, 1, 0, rows > LIST_ROWS + 1 ? 3 : 1, getmaxx(window), view);
    int bottom = rows >= 4 ? draw_footer(window, view, ui) : rows;
    if (rows >= LIST_ROWS)
        list_draw(window, used, 0, bottom - used, getmaxx(window), view, ui, roll_count(view),
                  roll_row, NULL);
    else if (bottom > used)
        draw_start(window, bottom - 1, 1, view);
}

/* What it is about, as large as a fifth of the window has room for, and the time until it starts.
 * Returns the row behind them. */
static int
draw_large(WINDOW *window, int top, const struct view *view)
{
    const struct settings *settings = &view->session->settings;
    const char *what = *settings->topic != '\0' ? settings->topic : settings->title;
    int most = getmaxy(window) / 5, columns = getmaxx(window) - 2;
    int scale = letters_fit(what, most, columns, view->ascii);
    int rows = scale > 0 ? letters_rows(scale, view->ascii) : BIG_NAME_ROWS;
    big_name(window, view, top, rows, PAINT_STRONG, what);
    top += rows + 1;
    return top + board_countdown(window, top, view);
}

/* What stands below it begins behind what it needs. */
static void
draw_plan(WINDOW *window, const struct view *view, bool roomy, struct layout *at)
{
    int plan = board_plan(window, at->plan, 1, 3, getmaxx(window) - 2, view);
    int groups = board_groups(window, at->plan + plan, roomy ? 2 : 1, view);
    at->left += at->left > 0 ? groups : 0;
    at->left_rows -= groups;
    at->right += groups;
    at->right_rows -= groups;
    if (!roomy)
        at->right = at->plan + plan + groups, at->right_rows = at->start - at->right;
}

/* Returns how many action items are to be seen. */
static int
draw_board(WINDOW *window, const struct view *view, const struct ui *ui)
{
    int shown = 0;
    if (frame_small(window, view))
        return 0;
    if (frame_rung(window) == RUNG_STRIP) {
        draw_strip(window, view, ui);
        return 0;
    }
    draw_clock(window, view);
    int bottom = draw_footer(window, view, ui);
    bool roomy = bottom >= 20;
    int top = 1 + (roomy ? 1 : 0);
    bool large = frame_rung(window) == RUNG_LARGE;
    if (large)
        top = draw_large(window, top, view);
    struct layout at =
        arrange(top, bottom - (roomy ? 1 : 0), getmaxx(window), large ? BIG_NAME_ROWS : 1);
    draw_plan(window, view, roomy, &at);
    draw_people(window, view, ui, &at);
    if (at.left > 0)
        shown = board_last(window, at.left, 1, at.left_rows, at.left_columns, view);
    draw_start(window, at.start, at.start_rows, view);
    return shown;
}

static void
board_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    draw_board(window, view, ui);
}

/* Drawing alone knows what fits: it is done once more, where nobody looks. */
static int
count_shown(const struct view *view, const struct ui *ui)
{
    WINDOW *window = view->rows > 0 ? newpad(view->rows, view->columns) : NULL;
    if (window == NULL)
        return BOARD_DIGITS;
    int shown = draw_board(window, view, ui);
    delwin(window);
    return shown;
}

static enum reply
set_order(const struct view *view, struct ui *ui, struct command *command)
{
    command->kind = COMMAND_ORDER;
    command->list = ui->list;
    command->list_count = view->session->roster.count;
    return REPLY_COMMAND;
}

static enum reply
shuffle(const struct view *view, struct ui *ui, struct command *command)
{
    order_shuffle(&view->session->roster, ui->dice, ui->list);
    return set_order(view, ui, command);
}

static enum reply
order_by_past(const struct view *view, struct ui *ui, struct command *command)
{
    if (view->memory == NULL || view->memory->sessions == 0) {
        snprintf(ui->notice, sizeof ui->notice, "There is no past session to go by.");
        return REPLY_DRAWN;
    }
    order_fairly(&view->session->roster, view->memory, ui->list);
    return set_order(view, ui, command);
}

static enum reply
fit(const struct view *view, struct ui *ui, struct command *command)
{
    if (view->plan->fitting_ms == 0) {
        snprintf(ui->notice, sizeof ui->notice, "%s",
                 view->plan->without == 0 ? "Everybody drives already."
                                          : "No turn is short enough for all to drive.");
        return REPLY_DRAWN;
    }
    command->kind = COMMAND_TURN_LENGTH;
    command->ms = view->plan->fitting_ms;
    return REPLY_COMMAND;
}

/* Nothing is done to a row that is not seen: the first key shows the list. */
static bool
list_is_hidden(const struct view *view)
{
    return view->rows > 0 && (view->rows < LIST_ROWS || view->columns < LIST_COLUMNS);
}

static bool
is_about_a_row(struct key key)
{
    if (key.function)
        return key.code == KEY_UP || key.code == KEY_DOWN;
    return key.code != 0 && key.code < 128 && strchr(" vOJKr", (int)key.code) != NULL;
}

static enum reply
show_list(struct ui *ui)
{
    ui->people_use = PEOPLE_HERE;
    overlay_open(ui, OVERLAY_PEOPLE);
    return REPLY_DRAWN;
}

static bool
is_finding(const struct view *view, const struct ui *ui)
{
    (void)view;
    return ui->finding;
}

static enum reply
board_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    if (!list_is_hidden(view) &&
        find_key(view, ui, key, roll_count(view), roll_row, NULL) != FIND_NOTHING)
        return REPLY_DRAWN;
    if (key_is_enter(key)) {
        command->kind = COMMAND_START;
        return REPLY_COMMAND;
    }
    if (key_is(key, 'S'))
        return shuffle(view, ui, command);
    if (key_is(key, 'F'))
        return order_by_past(view, ui, command);
    if (key_is(key, 'f'))
        return fit(view, ui, command);
    if (key_is(key, 'C') || key_is(key, 'g')) {
        command->kind = key_is(key, 'C') ? COMMAND_COPILOT : COMMAND_GROUPS;
        return REPLY_COMMAND;
    }
    if (!key.function && !key.alt && key.code >= '1' && key.code <= '9')
        return board_tick(view, ui, (int)(key.code - '0'), count_shown(view, ui), command);
    if (list_is_hidden(view) && is_about_a_row(key))
        return show_list(ui);
    return roll_key(view, ui, key, command);
}

const struct screen board_screen = {
    .name = "opening board",
    .draw = board_draw,
    .key = board_key,
    .keys = board_keys,
    .is_typing = is_finding,
};
