/* A break between two turns: until when, and who has the keyboard then. */
#include <stdio.h>
#include <string.h>

#include "screens/big.h"
#include "screens/frame.h"
#include "screens/overlay.h"
#include "screens/screen.h"
#include "screens/status.h"
#include "session/text.h"

enum { ROOMY_ROWS = 20 };

static const struct key_help keys[] = {
    {"Space", "start now", "Ends the break; the next turn starts now (also Enter and n).",
     COMMAND_NEXT},
    {"+", "time", "Give the turn that just ended the extra time that session.ini allows.",
     COMMAND_EXTEND},
    {"s", "next passes", "The next driver passes for now; somebody else is next.", COMMAND_PASS},
    {"c", "", "Choose who is next.", COMMAND_NONE},
    {0},
};

/* "Break until 13:20" */
static void
describe_until(const struct view *view, char *out, size_t size)
{
    char until[DURATION_SIZE];
    int64_t wall_ms = moment_at(view->now, view->session->break_until_ms).wall_ms;
    snprintf(out, size, "Break until %s", frame_time(until, view, wall_ms));
}

static const char *
next_name(const struct view *view)
{
    const char *name = session_name(view->session, session_next_driver(view->session));
    return *name != '\0' ? name : "nobody is here";
}

/* In brief where the co-pilot would be cut. */
static void
describe_next(const struct view *view, int columns, char *out, size_t size)
{
    const char *copilot = frame_copilot(view);
    bool has_copilot = *copilot != '\0';
    snprintf(out, size, "then at the keyboard: %s%s%s", next_name(view),
             has_copilot ? ", co-pilot: " : "", copilot);
    if (text_columns(out) > columns)
        snprintf(out, size, "then %s%s%s", next_name(view), has_copilot ? " + " : "", copilot);
}

static void
draw_header(WINDOW *window, const struct view *view)
{
    char right[FRAME_TEXT], time[DURATION_SIZE];
    const struct session *session = view->session;
    int next = session->turns_count > 0 ? session->turns[session->turns_count - 1].turn.number : 0;
    snprintf(right, sizeof right, "turn %d of %d%s%s", next + 1, view->plan->total, frame_dot(view),
             frame_time(time, view, view->now.wall_ms));
    frame_header(window, view, right);
}

/* From edge to edge, so that nobody takes the countdown for a turn's. Returns the row behind it. */
static int
draw_banner(WINDOW *window, const struct view *view, int top, int rows)
{
    char text[FRAME_TEXT];
    describe_until(view, text, sizeof text);
    for (int i = 0; i < rows; i++)
        overlay_row(window, top + i, PAINT_CURSOR, view);
    frame_centred(window, view, top + rows / 2, PAINT_CURSOR, text);
    return top + rows;
}

static void
draw_body(WINDOW *window, const struct view *view, int bottom)
{
    char next[2 * FRAME_TEXT], clock[DURATION_SIZE];
    bool roomy = getmaxy(window) >= ROOMY_ROWS;
    int top = draw_banner(window, view, 1, roomy ? 3 : 1);
    int status = status_rows(view, getmaxx(window), roomy ? 2 : 1);
    int timeline_row = bottom - (roomy && status < 2 ? 2 : 1 + status);
    int next_row = timeline_row - (roomy ? 2 : 1);

    status_draw(window, bottom - status, status, view);
    frame_timeline(window, timeline_row, view);
    describe_next(view, getmaxx(window) - 2, next, sizeof next);
    frame_centred(window, view, next_row, PAINT_STRONG, next);
    if (roomy)
        top++, next_row--;
    big_clock(window, view, top, next_row - top, PAINT_CLOCK,
              duration_clock(clock, session_left_ms(view->session, view->now)));
}

static void
draw_strip(WINDOW *window, const struct view *view, int bottom)
{
    char line[2 * FRAME_TEXT], clock[DURATION_SIZE];
    int top = draw_banner(window, view, (bottom - 3) / 2, 1);
    snprintf(line, sizeof line, "%s left",
             duration_clock(clock, session_left_ms(view->session, view->now)));
    frame_text(window, view, top, 1, getmaxx(window) - 1, PAINT_CLOCK, line);
    if (top + 1 >= bottom)
        return;
    snprintf(line, sizeof line, "%s %s", view->ascii ? "->" : "→", next_name(view));
    frame_text(window, view, top + 1, 1, getmaxx(window) - 1, PAINT_STRONG, line);
}

static void
break_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    if (frame_small(window, view))
        return;
    int bottom = frame_footer(window, view, ui, keys);
    if (frame_rung(window) == RUNG_STRIP) {
        draw_strip(window, view, bottom);
        return;
    }
    draw_header(window, view);
    draw_body(window, view, bottom);
}

static enum reply
break_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    (void)view;
    if (key_is(key, 'c')) {
        ui->people_use = PEOPLE_HERE;
        overlay_open(ui, OVERLAY_PEOPLE);
        return REPLY_DRAWN;
    }
    if (key_is_enter(key) || key_is(key, ' ') || key_is(key, 'n'))
        command->kind = COMMAND_NEXT;
    else if (key_is(key, 's'))
        command->kind = COMMAND_PASS;
    else if (key_is(key, '+'))
        command->kind = COMMAND_EXTEND;
    else
        return REPLY_IGNORED;
    return REPLY_COMMAND;
}

const struct screen break_screen = {
    .name = "break", .draw = break_draw, .key = break_key, .keys = keys};
