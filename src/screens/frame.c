#include "screens/frame.h"

#include <stdio.h>
#include <string.h>

#include "screens/hits.h"
#include "session/text.h"

enum { NOTICE_ROWS = 16 /* from here up, the notice has a row of its own */ };

enum rung
frame_rung(const WINDOW *window)
{
    int rows = getmaxy(window), columns = getmaxx(window);
    if (columns < 8)
        return RUNG_DOT;
    if (rows < 3)
        return RUNG_LINE;
    if (rows < 8)
        return RUNG_STRIP;
    if (rows < NOTICE_ROWS || columns < 60)
        return RUNG_HALF;
    return rows >= 40 && columns >= 120 ? RUNG_LARGE : RUNG_FULL;
}

int
frame_text(WINDOW *window, const struct view *view, int row, int left, int columns,
           enum paint paint, const char *text)
{
    return paint_text(window, row, left, columns, paint, view->colours, view->ascii, text);
}

int
frame_centred(WINDOW *window, const struct view *view, int row, enum paint paint, const char *text)
{
    return paint_centred(window, row, 0, getmaxx(window), paint, view->colours, view->ascii, text);
}

const char *
frame_dot(const struct view *view)
{
    return view->ascii ? " | " : " · ";
}

char *
frame_clock(char out[static DURATION_SIZE], const struct view *view, int64_t ms)
{
    if (view->session->settings.seconds != SECONDS_LAST_MINUTE || ms <= 60000)
        return duration_clock(out, ms);
    snprintf(out, DURATION_SIZE, "%d min", (int)((ms + 59999) / 60000));
    return out;
}

char *
frame_time(char out[static DURATION_SIZE], const struct view *view, int64_t wall_ms)
{
    return clock_text(out, wall_ms, view->now.utc_offset_s);
}

void
frame_rest(char *out, size_t size, const struct view *view, const char *what)
{
    char left[DURATION_SIZE], stop[DURATION_SIZE];
    const char *dot = frame_dot(view);
    int64_t ms = session_left_ms(view->session, view->now);
    snprintf(out, size, "%s%s%s %s%send %s", what, dot, duration_clock(left, ms),
             ms > 0 ? "left" : "over", dot, frame_time(stop, view, view->session->stop_ms));
}

bool
frame_is_last_turn(const struct view *view)
{
    return view->plan->count <= (session_in_turn(view->session) ? 1 : 0);
}

char *
frame_next(char *out, size_t size, const struct view *view)
{
    char time[DURATION_SIZE];
    int next = session_next_driver(view->session);
    if (frame_is_last_turn(view) && view->session->phase != PHASE_OFFER)
        snprintf(out, size, "debrief %s", frame_time(time, view, view->plan->debrief_ms));
    else
        snprintf(out, size, "%s", next ? session_name(view->session, next) : "nobody");
    return out;
}

static int
second_seat(const struct view *view)
{
    const struct plan *plan = view->plan;
    if (session_in_turn(view->session)) {
        int next = session_next_driver(view->session);
        return next == view->session->turn.driver ? 0 : next;
    }
    return plan->count > 1 && plan->turns[1].person != plan->turns[0].person ? plan->turns[1].person
                                                                             : 0;
}

const char *
frame_copilot(const struct view *view)
{
    int person = view->session->settings.copilot ? second_seat(view) : 0;
    return person != 0 ? session_name(view->session, person) : "";
}

void
frame_header(WINDOW *window, const struct view *view, const char *right)
{
    const struct settings *settings = &view->session->settings;
    int columns = getmaxx(window);
    int taken = text_columns(right);
    int start = columns - 1 - taken > 1 ? columns - 1 - taken : 1;
    frame_text(window, view, 0, start, columns - start, PAINT_STRONG, right);

    char left[FRAME_TEXT];
    const char *title = *settings->title ? settings->title : "Coding dojo";
    snprintf(left, sizeof left, "%s%s%s%s%s%s", title, *settings->topic ? frame_dot(view) : "",
             settings->topic, *settings->stack ? " (" : "", settings->stack,
             *settings->stack ? ")" : "");
    frame_text(window, view, 0, 1, start - 3, PAINT_TEXT, left);
}

/* --- footer --- */

static int
key_columns(const struct key_help *row)
{
    return text_columns(row->key) + 1 + text_columns(row->label);
}

static int
draw_key(WINDOW *window, const struct view *view, int row, int at, const struct key_help *help)
{
    int room = getmaxx(window) - at;
    hits_key(view, row, at, key_columns(help), help->key);
    at += frame_text(window, view, row, at, room, PAINT_KEY, help->key) + 1;
    return at + frame_text(window, view, row, at, room, PAINT_TEXT, help->label) + 2;
}

/* From the debrief on no test is run: a light may still come, but nobody is offered to set one. */
bool
frame_key_works(const struct view *view, const struct key_help *help)
{
    bool is_status = help->command == COMMAND_LIGHT || help->command == COMMAND_STEP;
    if (is_status && view->session->phase >= PHASE_DEBRIEF)
        return false;
    return help->command == COMMAND_NONE || session_allows(view->session, help->command, view->now);
}

/* At the right end of every footer: whoever knows nothing else finds help, and the way out. */
static bool
is_pinned(const struct key_help *help)
{
    return strcmp(help->key, "?") == 0 || strcmp(help->key, "q") == 0;
}

/* ^L and its like are for the help page. */
static bool
belongs_in_footer(const struct view *view, const struct key_help *help)
{
    bool is_control = help->key[0] == '^' && help->key[1] != '\0';
    return !is_control && *help->label != '\0' && frame_key_works(view, help);
}

static int
pinned_columns(void)
{
    int columns = 0;
    for (const struct key_help *help = common_keys; help->key != NULL; help++)
        columns += is_pinned(help) ? key_columns(help) + 2 : 0;
    return columns;
}

bool
frame_has_key(const struct key_help *keys, const char *key)
{
    for (; keys != NULL && keys->key != NULL; keys++)
        if (strcmp(keys->key, key) == 0)
            return true;
    return false;
}

/* Those of a table that fit in front of column `end` and are not in `before`. */
static int
draw_table(WINDOW *window, const struct view *view, int row, int at, int end,
           const struct key_help *keys, const struct key_help *before, bool pinned)
{
    for (const struct key_help *help = keys; help->key != NULL; help++) {
        if (is_pinned(help) == pinned && belongs_in_footer(view, help) &&
            !frame_has_key(before, help->key) && at + key_columns(help) <= end)
            at = draw_key(window, view, row, at, help);
    }
    return at;
}

/* Where letters are typed, only the screen's own keys are keys. */
static void
draw_keys(WINDOW *window, const struct view *view, const struct ui *ui, int row,
          const struct key_help *keys)
{
    const struct screen *screen = screen_for(view->session->phase);
    int columns = getmaxx(window), start = columns - pinned_columns() + 1;
    if (screen->is_typing != NULL && screen->is_typing(view, ui)) {
        draw_table(window, view, row, 1, columns, keys, NULL, false);
        return;
    }
    int at = draw_table(window, view, row, 1, start - 1, keys, NULL, false);
    at = draw_table(window, view, row, at, start - 1, common_keys, keys, false);
    draw_table(window, view, row, start > at ? start : at, columns, common_keys, NULL, true);
}

/* What deserves the notice row, the worst first; NULL: nothing. */
static const char *
notice_of(const struct view *view, const struct ui *ui, char *out, size_t size, enum paint *paint)
{
    *paint = view->unsaved > 0 ? PAINT_ALARM : PAINT_STRONG;
    if (view->unsaved > 0) {
        snprintf(out, size, " %d unsaved%s%s ", view->unsaved, view->unsaved_why ? ": " : "",
                 view->unsaved_why ? view->unsaved_why : "");
        return out;
    }
    return *ui->notice ? ui->notice : view->desktop_is_new ? view->desktop : NULL;
}

int
frame_footer(WINDOW *window, const struct view *view, const struct ui *ui,
             const struct key_help *keys)
{
    int rows = getmaxy(window), columns = getmaxx(window);
    if (rows < 3)
        return rows;

    char text[FRAME_TEXT];
    enum paint paint;
    const char *notice = notice_of(view, ui, text, sizeof text, &paint);
    int notice_row = rows >= NOTICE_ROWS ? rows - 2 : rows - 1;
    if (notice != NULL)
        frame_text(window, view, notice_row, 1, columns - 2, paint, notice);
    if (rows > 3 && (notice == NULL || notice_row < rows - 1))
        draw_keys(window, view, ui, rows - 1, keys);
    return rows == 3 && notice == NULL ? rows : notice_row;
}

/* --- bars --- */

void
frame_bar(WINDOW *window, int row, int left, int columns, const struct view *view)
{
    const struct session *session = view->session;
    int64_t length = session->turn.length_ms, gone = length - session_left_ms(session, view->now);
    gone = gone < 0 ? 0 : gone > length ? length : gone;
    int halves = length > 0 ? (int)(2 * columns * gone / length) : 0;
    for (int i = 0; i < columns; i++) {
        bool full = 2 * i + 1 < halves, half = 2 * i + 1 == halves;
        const char *mark = view->ascii ? (full ? "=" : "-") : full ? "━" : half ? "╸" : "─";
        frame_text(window, view, row, left + i, 1, full || half ? PAINT_CLOCK : PAINT_DIM, mark);
    }
}
