#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/status.h"
#include "session/text.h"

enum {
    NAME_LEAST = 4, /* columns below which a cut name tells nothing */
    MARK_LEAST = 12 /* columns below which the time tells more than the mark */
};

/* What stands in the line; empty strings are left out. */
struct line {
    enum paint paint;         /* of mark and time */
    char mark[32];            /* "▶", "PAUSED", "HAND OVER" */
    char time[DURATION_SIZE]; /* "3:12" */
    const char *driver;       /* "" for nobody */
    char next[FRAME_TEXT];
    bool beside;               /* `next` is the co-pilot */
    char rest[2 * FRAME_TEXT]; /* the parts after the names, each led by a dot */
};

static void
add_part(const struct view *view, struct line *line, const char *part)
{
    size_t used = strlen(line->rest);
    snprintf(line->rest + used, sizeof line->rest - used, "%s%s", frame_dot(view), part);
}

static void
add_light(const struct view *view, struct line *line)
{
    if (view->session->light != LIGHT_NONE)
        add_part(view, line, status_word(view->session->light));
}

static void
add_time(const struct view *view, struct line *line, const char *what, int64_t wall_ms)
{
    char part[FRAME_TEXT], time[DURATION_SIZE];
    if (wall_ms == 0)
        return;
    snprintf(part, sizeof part, "%s %s", what, frame_time(time, view, wall_ms));
    add_part(view, line, part);
}

static void
add_turn(const struct view *view, struct line *line)
{
    char part[64];
    snprintf(part, sizeof part, "%d/%d", view->session->turn.number, view->plan->total);
    add_part(view, line, part);
}

static void
set_mark(struct line *line, enum paint paint, const char *mark)
{
    line->paint = paint;
    snprintf(line->mark, sizeof line->mark, "%s", mark);
}

static void
describe_coding(const struct view *view, struct line *line)
{
    const struct session *session = view->session;
    int64_t left = session_left_ms(session, view->now);
    frame_clock(line->time, view, left);
    line->driver = session_name(session, session->turn.driver);
    const char *copilot = frame_copilot(view);
    line->beside = *copilot != '\0';
    if (line->beside)
        snprintf(line->next, sizeof line->next, "%s", copilot);
    else
        frame_next(line->next, sizeof line->next, view);
    if (session->phase == PHASE_PAUSED) {
        set_mark(line, PAINT_ALARM, "PAUSED");
        struct moment until = moment_at(view->now, session->pause_ms + session->settings.pause_ms);
        add_time(view, line, "until", until.wall_ms);
    } else {
        set_mark(line, left <= 60000 ? PAINT_LAST : PAINT_CLOCK, view->ascii ? ">" : "▶");
    }
    if (session_break_follows(session, view->now))
        add_part(view, line, "break first");
    add_light(view, line);
    add_turn(view, line);
    add_time(view, line, "debrief", view->plan->debrief_ms);
}

static void
describe_break(const struct view *view, struct line *line)
{
    const struct session *session = view->session;
    set_mark(line, PAINT_ALARM, "BREAK");
    duration_clock(line->time, session_left_ms(session, view->now));
    frame_next(line->next, sizeof line->next, view);
    add_time(view, line, "until", moment_at(view->now, session->break_until_ms).wall_ms);
    add_time(view, line, "debrief", view->plan->debrief_ms);
}

static void
describe_handover(const struct view *view, struct line *line)
{
    const struct session *session = view->session;
    char part[FRAME_TEXT];
    set_mark(line, PAINT_ALARM, session->phase == PHASE_OFFER ? "EXTRA TURN?" : "HAND OVER");
    duration_clock(line->time, session_left_ms(session, view->now));
    frame_next(line->next, sizeof line->next, view);
    if (session->light == LIGHT_RED)
        add_part(view, line, "passed on red");
    snprintf(part, sizeof part, "from %s", session_name(session, session->turn.driver));
    add_part(view, line, part);
    add_time(view, line, "debrief", view->plan->debrief_ms);
}

static void
describe_intro(const struct view *view, struct line *line)
{
    set_mark(line, PAINT_CLOCK, "intro");
    frame_clock(line->time, view, session_left_ms(view->session, view->now));
    frame_next(line->next, sizeof line->next, view);
    add_time(view, line, "debrief", view->plan->debrief_ms);
}

static void
describe_debrief(const struct view *view, struct line *line)
{
    char part[64];
    const struct session *session = view->session;
    set_mark(line, PAINT_STRONG, "DEBRIEF");
    duration_clock(line->time, session_left_ms(session, view->now));
    snprintf(part, sizeof part, "question %d/%d", session->question,
             session->settings.questions.count);
    add_part(view, line, part);
    add_time(view, line, "end", session->stop_ms);
}

static void
describe_others(const struct view *view, struct line *line)
{
    const struct session *session = view->session;
    char part[64];
    switch (session->phase) {
    case PHASE_WAITING:
        set_mark(line, PAINT_STRONG, "Enter starts");
        snprintf(part, sizeof part, "%d here", roster_present(&session->roster));
        add_part(view, line, part);
        add_time(view, line, "start", session->start_ms);
        return;
    case PHASE_ROLES:
        set_mark(line, PAINT_STRONG, "ROLES for next time");
        return;
    default:
        set_mark(line, PAINT_STRONG, "session over");
        add_time(view, line, "since", session->ended.wall_ms);
    }
}

static void
describe(const struct view *view, struct line *line)
{
    switch (view->session->phase) {
    case PHASE_TURN:
    case PHASE_PAUSED:
        describe_coding(view, line);
        return;
    case PHASE_HANDOVER:
    case PHASE_OFFER:
        describe_handover(view, line);
        return;
    case PHASE_BREAK:
        describe_break(view, line);
        return;
    case PHASE_INTRO:
        describe_intro(view, line);
        return;
    case PHASE_DEBRIEF:
        describe_debrief(view, line);
        return;
    default:
        describe_others(view, line);
    }
}

/* Both names share what is there; a short one leaves its rest to the other. */
static void
share(int room, int driver, int next, int *driver_columns)
{
    *driver_columns = driver;
    if (driver + next <= room)
        return;
    int half = room - room / 2;
    if (driver > half)
        *driver_columns = next < room / 2 ? room - next : half;
}

/* Between the driver and who is next, or sits beside. */
static const char *
arrow_of(const struct view *view, const struct line *line)
{
    return line->beside ? "+ " : view->ascii ? "-> " : "→ ";
}

static void
draw_names(WINDOW *window, int row, int at, const struct view *view, const struct line *line)
{
    const char *arrow = arrow_of(view, line);
    int columns = getmaxx(window), driver = text_columns(line->driver);
    int room = columns - at - text_columns(arrow) - (driver > 0 ? 1 : 0);
    if (*line->next == '\0' || (driver > 0 && room < 2 * NAME_LEAST)) {
        frame_text(window, view, row, at, columns - at, PAINT_STRONG, line->driver);
        return;
    }
    int driver_columns;
    share(room, driver, text_columns(line->next), &driver_columns);
    at += frame_text(window, view, row, at, driver_columns, PAINT_STRONG, line->driver);
    at += driver > 0 ? 1 : 0;
    at += frame_text(window, view, row, at, columns - at, PAINT_TEXT, arrow);
    enum paint paint = driver > 0 ? PAINT_TEXT : PAINT_STRONG;
    at += frame_text(window, view, row, at, columns - at, paint, line->next);
    frame_text(window, view, row, at, columns - at, PAINT_TEXT, line->rest);
}

/* Mark, time and what is unsaved; returns the column behind them. */
static int
draw_head(WINDOW *window, int row, const struct view *view, const struct line *line)
{
    int columns = getmaxx(window), at;
    char head[FRAME_TEXT];
    bool has_time = *line->time != '\0';
    if (columns < MARK_LEAST)
        snprintf(head, sizeof head, "%s", has_time ? line->time : line->mark);
    else
        snprintf(head, sizeof head, "%s%s%s", line->mark, has_time ? " " : "", line->time);
    at = frame_text(window, view, row, 0, columns, line->paint, head) + 1;
    if (view->unsaved > 0 && at < columns) {
        snprintf(head, sizeof head, "%d unsaved", view->unsaved);
        at += frame_text(window, view, row, at, columns - at, PAINT_ALARM, head) + 1;
    }
    return at;
}

void
frame_line(WINDOW *window, int row, const struct view *view)
{
    struct line line = {.driver = ""};
    describe(view, &line);
    int at = draw_head(window, row, view, &line);
    if (*line.driver != '\0' || *line.next != '\0')
        draw_names(window, row, at, view, &line);
    else
        frame_text(window, view, row, at - 1, getmaxx(window) - at + 1, PAINT_TEXT, line.rest);
}

/* Narrower than any line: time, driver and next one below the other. */
static void
draw_dot(WINDOW *window, const struct view *view, const struct line *line)
{
    int columns = getmaxx(window), row = 0;
    draw_head(window, row++, view, line);
    if (*line->driver != '\0')
        frame_text(window, view, row++, 0, columns, PAINT_STRONG, line->driver);
    frame_text(window, view, row, 0, columns, PAINT_TEXT, line->next);
}

static void
draw_two_lines(WINDOW *window, const struct view *view, struct line *line)
{
    char below[4 * FRAME_TEXT];
    snprintf(below, sizeof below, "%s%s%s", arrow_of(view, line), line->next, line->rest);
    *line->next = '\0';
    int at = draw_head(window, 0, view, line);
    draw_names(window, 0, at, view, line);
    frame_text(window, view, 1, 0, getmaxx(window), PAINT_TEXT, below);
}

bool
frame_small(WINDOW *window, const struct view *view)
{
    enum rung rung = frame_rung(window);
    if (rung != RUNG_DOT && rung != RUNG_LINE)
        return false;
    struct line line = {.driver = ""};
    describe(view, &line);
    if (rung == RUNG_DOT)
        draw_dot(window, view, &line);
    else if (getmaxy(window) == 2 && *line.next != '\0')
        draw_two_lines(window, view, &line);
    else
        frame_line(window, 0, view);
    return true;
}
