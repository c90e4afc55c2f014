/* The running turn, and the turn that is paused. */
#include <stdio.h>
#include <string.h>

#include "screens/big.h"
#include "screens/frame.h"
#include "screens/overlay.h"
#include "screens/screen.h"
#include "screens/status.h"
#include "session/text.h"

enum { MINUTE_MS = 60000, BRIEF_COLUMNS = 60 /* below that, sentences are brief */ };

static const struct key_help keys[] = {
    {"Space", "pause", "Pause: the turn stands still, the end of the session does not move.",
     COMMAND_PAUSE},
    {"Space", "go on", "Go on with the turn.", COMMAND_RESUME},
    {"n", "next", "End this turn now and hand over (also Enter).", COMMAND_NEXT},
    {"s", "next passes", "The next driver passes for now; somebody else is next.", COMMAND_PASS},
    {"b", "was a pause", "It was a pause: what was lost while the machine slept is given back.",
     COMMAND_FORGIVE_GAP},
    {"+", "time", "Give this turn the extra time that session.ini allows.", COMMAND_EXTEND},
    {"c", "", "Correct who has the keyboard.", COMMAND_NONE},
    {"[", "", "Mend the clock: a minute less for this turn.", COMMAND_ADJUST},
    {"]", "", "Mend the clock: a minute more, not counted as an extension.", COMMAND_ADJUST},
    {0},
};

static bool
is_paused(const struct view *view)
{
    return view->session->phase == PHASE_PAUSED;
}

static enum paint
clock_paint(const struct view *view)
{
    if (is_paused(view))
        return PAINT_TEXT;
    return session_left_ms(view->session, view->now) <= MINUTE_MS ? PAINT_LAST : PAINT_CLOCK;
}

/* Who goes on when all had left and somebody is back; "" where that is not so. */
static const char *
returned(const struct view *view)
{
    const struct session *session = view->session;
    bool is_back = !session_in_turn(session) && roster_rotators(&session->roster) > 0;
    return is_back ? session_name(session, session_next_driver(session)) : "";
}

static const char *
driver_of(const struct view *view)
{
    const char *name = session_name(view->session, view->session->turn.driver);
    if (*name == '\0')
        name = returned(view);
    return *name ? name : "nobody is here";
}

/* The time of day is all that moves while paused. */
static void
draw_header(WINDOW *window, const struct view *view)
{
    char right[FRAME_TEXT], time[DURATION_SIZE];
    const struct session *session = view->session;
    snprintf(right, sizeof right, "%s %d of %d%s%s", session->turn.extra ? "extra turn" : "turn",
             session->turn.number, view->plan->total, frame_dot(view),
             frame_time(time, view, view->now.wall_ms));
    frame_header(window, view, right);
}

/* "since 13:02 · until 13:05", in brief "until 13:05". */
static void
describe_pause(const struct view *view, bool brief, char *out, size_t size)
{
    char since[DURATION_SIZE], until[DURATION_SIZE];
    const struct session *session = view->session;
    struct moment began = moment_at(view->now, session->pause_ms);
    struct moment ends = moment_at(view->now, session->pause_ms + session->settings.pause_ms);
    bool over = view->now.elapsed_ms >= ends.elapsed_ms;
    const char *until_word = over ? "was to end at" : "until";
    frame_time(since, view, began.wall_ms);
    frame_time(until, view, ends.wall_ms);
    if (brief)
        snprintf(out, size, "%s %s", until_word, until);
    else
        snprintf(out, size, "since %s%s%s %s", since, frame_dot(view), until_word, until);
}

/* The next driver has the second seat: that is the same person, unless the debrief is next. */
static bool
describe_copilot(const struct view *view, char *out, size_t size)
{
    char next[FRAME_TEXT];
    const char *copilot = frame_copilot(view);
    if (*copilot == '\0')
        return false;
    if (frame_is_last_turn(view))
        snprintf(out, size, "co-pilot: %s%snext: %s", copilot, frame_dot(view),
                 frame_next(next, sizeof next, view));
    else
        snprintf(out, size, "co-pilot and next: %s%s", copilot,
                 session_break_follows(view->session, view->now) ? ", after a break" : "");
    return true;
}

static void
describe_next(const struct view *view, char *out, size_t size)
{
    char next[FRAME_TEXT];
    if (*returned(view) != '\0') {
        snprintf(out, size, "%s is here: Space goes on", returned(view));
        return;
    }
    if (describe_copilot(view, out, size))
        return;
    frame_next(next, sizeof next, view);
    if (!session_in_turn(view->session) && session_next_driver(view->session) == 0)
        snprintf(out, size, "a adds a person%sv brings one back", frame_dot(view));
    else if (frame_is_last_turn(view) && view->plan->has_extra)
        snprintf(out, size, "next: %s, or one extra turn: %s", next,
                 session_name(view->session, view->plan->extra.person));
    else
        snprintf(out, size, "next: %s%s", next,
                 session_break_follows(view->session, view->now) ? ", after a break" : "");
}

/* The word as large as the rows allow, and since when. Returns the first free row. */
static int
draw_paused(WINDOW *window, const struct view *view, int top, int rows)
{
    char since[FRAME_TEXT], line[2 * FRAME_TEXT];
    describe_pause(view, false, since, sizeof since);
    if (rows < BIG_NAME_ROWS) {
        snprintf(line, sizeof line, " PAUSED %s ", since);
        frame_centred(window, view, top, PAINT_ALARM, line);
        return top + 1;
    }
    big_name(window, view, top, rows, PAINT_LAST, "PAUSED");
    snprintf(line, sizeof line, " %s ", since);
    frame_centred(window, view, top + rows, PAINT_ALARM, line);
    return top + rows + 1;
}

/* Rows of the window from `top` to `bottom`: clock, driver, next, bars. */
static void
draw_body(WINDOW *window, const struct view *view, int top, int bottom, int name_rows)
{
    char time[DURATION_SIZE], next[2 * FRAME_TEXT];
    bool roomy = bottom - top > 14, has_timeline = bottom - top > 8;
    int status = status_rows(view, getmaxx(window), roomy ? 2 : 1);
    int timeline_row = bottom - (roomy && status < 2 ? 2 : 1 + status);
    int bar_row = has_timeline ? timeline_row - 1 : bottom - 1;
    int next_row = bar_row - (roomy ? 2 : 1), name_row = next_row - name_rows;

    if (has_timeline)
        frame_timeline(window, timeline_row, view);
    if (has_timeline || status == 0)
        frame_bar(window, bar_row, 1, getmaxx(window) - 2, view);
    status_draw(window, bottom - status, status, view);
    describe_next(view, next, sizeof next);
    frame_centred(window, view, next_row, PAINT_STRONG, next);
    big_name(window, view, name_row, name_rows, PAINT_STRONG, driver_of(view));
    if (is_paused(view))
        top = draw_paused(window, view, top, roomy ? name_rows : 1);
    if (name_row > top && session_in_turn(view->session))
        big_clock(window, view, top, name_row - top, clock_paint(view),
                  frame_clock(time, view, session_left_ms(view->session, view->now)));
}

/* A third of a large window, a line of half blocks in an ordinary one, else a line of text. */
static int
rows_for_name(const WINDOW *window)
{
    switch (frame_rung(window)) {
    case RUNG_LARGE:
        return getmaxy(window) / 4 / BIG_NAME_ROWS * BIG_NAME_ROWS;
    case RUNG_FULL:
        return getmaxy(window) >= 20 ? BIG_NAME_ROWS : 1;
    default:
        return 1;
    }
}

/* The light in a word, in front of column `end`. Returns the columns it took. */
static int
draw_word(WINDOW *window, const struct view *view, int row, int end)
{
    const char *word = status_word(view->session->light);
    int columns = text_columns(word), left = end - columns - 1;
    if (columns == 0 || left < 2)
        return 0;
    frame_text(window, view, row, left, columns, status_paint(view->session->light), word);
    return columns + 2;
}

/* Three rows and a few more: time and driver, next, how far, what the tests say. */
static void
draw_strip(WINDOW *window, const struct view *view, int bottom)
{
    char time[DURATION_SIZE], line[4 * FRAME_TEXT], next[2 * FRAME_TEXT], since[FRAME_TEXT];
    int columns = getmaxx(window), top = (bottom - 3) / 2;
    const char *mark = is_paused(view) ? "PAUSED" : view->ascii ? ">" : "▶";

    frame_clock(time, view, session_left_ms(view->session, view->now));
    snprintf(line, sizeof line, " %s %s ", mark, time);
    int at = frame_text(window, view, top, 0, columns,
                        is_paused(view) ? PAINT_ALARM : clock_paint(view), line);
    frame_text(window, view, top, at + 1, columns - at - 1, PAINT_STRONG, driver_of(view));

    describe_next(view, next, sizeof next);
    describe_pause(view, columns < BRIEF_COLUMNS, since, sizeof since);
    snprintf(line, sizeof line, " %s%s%s", next, is_paused(view) ? frame_dot(view) : "",
             is_paused(view) ? since : "");
    frame_text(window, view, top + 1, 0, columns, PAINT_TEXT, line);
    if (top + 2 >= bottom)
        return;
    snprintf(line, sizeof line, " %d/%d%sdebrief %s", view->session->turn.number, view->plan->total,
             frame_dot(view), frame_time(time, view, view->plan->debrief_ms));
    int taken = text_columns(line), row = top + 2;
    bool has_more = row + 1 < bottom && status_rows(view, columns, 1) > 0;
    frame_text(window, view, row, columns - taken - 1, taken, PAINT_TEXT, line);
    if (has_more)
        status_draw(window, row + 1, 1, view);
    else
        taken += draw_word(window, view, row, columns - taken - 1);
    frame_bar(window, row, 1, columns - taken - 2, view);
}

static void
turn_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    if (frame_small(window, view))
        return;
    int bottom = frame_footer(window, view, ui, keys);
    if (frame_rung(window) == RUNG_STRIP) {
        draw_strip(window, view, bottom);
        return;
    }
    draw_header(window, view);
    draw_body(window, view, getmaxy(window) >= 20 ? 2 : 1, bottom, rows_for_name(window));
}

static enum reply
command_of(struct command *command, enum command_kind kind, int64_t ms)
{
    command->kind = kind;
    command->ms = ms;
    return REPLY_COMMAND;
}

static enum reply
choose_driver(struct ui *ui)
{
    ui->people_use = PEOPLE_DRIVER;
    overlay_open(ui, OVERLAY_PEOPLE);
    return REPLY_DRAWN;
}

static enum reply
turn_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    if (key_is_enter(key))
        return command_of(command, COMMAND_NEXT, 0);
    if (key.function || key.alt)
        return REPLY_IGNORED;
    switch (key.code) {
    case ' ':
        return command_of(command, is_paused(view) ? COMMAND_RESUME : COMMAND_PAUSE, 0);
    case 'n':
        return command_of(command, COMMAND_NEXT, 0);
    case 's':
        return command_of(command, COMMAND_PASS, 0);
    case 'b':
        return command_of(command, COMMAND_FORGIVE_GAP, 0);
    case '+':
        return command_of(command, COMMAND_EXTEND, 0);
    case '[':
        return command_of(command, COMMAND_ADJUST, -MINUTE_MS);
    case ']':
        return command_of(command, COMMAND_ADJUST, MINUTE_MS);
    case 'c':
        return choose_driver(ui);
    default:
        return REPLY_IGNORED;
    }
}

const struct screen turn_screen = {
    .name = "turn", .draw = turn_draw, .key = turn_key, .keys = keys};
