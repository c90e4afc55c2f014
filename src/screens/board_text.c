#include <stdio.h>
#include <string.h>

#include "screens/board.h"
#include "screens/digits.h"
#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/wrap.h"
#include "session/duration.h"
#include "session/stamp.h"
#include "session/summary.h"
#include "session/text.h"

enum { LINE_SIZE = 512, ITEM_SIZE = 2048, DIGITS_ROWS = 9 };

static int64_t
until_start(const struct view *view)
{
    return view->session->start_ms - view->now.wall_ms;
}

static enum paint
start_line(const struct view *view, char out[static LINE_SIZE])
{
    char time[DURATION_SIZE], left[DURATION_SIZE];
    int late = plan_late_minutes(view->session, view->now);
    if (view->session->start_ms == 0) {
        snprintf(out, LINE_SIZE, "Starts when you are ready");
        return PAINT_TEXT;
    }
    clock_text(time, view->session->start_ms, view->now.utc_offset_s);
    if (until_start(view) > 0) {
        snprintf(out, LINE_SIZE, "Starts at %s, in %s", time,
                 duration_clock(left, until_start(view)));
        return PAINT_STRONG;
    }
    if (late > 0)
        snprintf(out, LINE_SIZE, "+%d min: the start was planned for %s", late, time);
    else
        snprintf(out, LINE_SIZE, "It is %s: time to start", time);
    return late > 0 ? PAINT_LAST : PAINT_STRONG;
}

/* " · 2 breaks"; "" without. */
static void
breaks_part(const struct view *view, char *out, size_t size)
{
    int count = 0;
    for (int i = 1; i < view->plan->count; i++)
        count += plan_break_before(view->session, view->plan, i);
    *out = '\0';
    if (count > 0)
        snprintf(out, size, "%s%d break%s", frame_dot(view), count, count == 1 ? "" : "s");
}

static void
turns_line(const struct view *view, char out[static LINE_SIZE])
{
    const struct plan *plan = view->plan;
    char length[DURATION_SIZE], debrief[DURATION_SIZE], stop[DURATION_SIZE], breaks[64];
    const char *dot = frame_dot(view);
    breaks_part(view, breaks, sizeof breaks);
    duration_clock(length, view->session->settings.length_ms);
    clock_text(debrief, plan->debrief_ms, view->now.utc_offset_s);
    clock_text(stop, plan->stop_ms, view->now.utc_offset_s);
    if (plan->rotators == 0)
        snprintf(out, LINE_SIZE, "Turns of %s%sdebrief %s%send %s", length, dot, debrief, dot,
                 stop);
    else if (plan->count == 0)
        snprintf(out, LINE_SIZE, "No turn of %s fits before the debrief%send %s; e moves it",
                 length, dot, stop);
    else
        snprintf(out, LINE_SIZE, "%d turn%s of %s%s%sdebrief %s%send %s", plan->count,
                 plan->count == 1 ? "" : "s", length, breaks, dot, debrief, dot, stop);
}

/* What R15 advises, in fewer words where they would be cut. */
static void
fitting_line(const struct plan *plan, int columns, char out[static LINE_SIZE])
{
    char length[DURATION_SIZE];
    duration_clock(length, plan->fitting_ms);
    snprintf(out, LINE_SIZE, "%d people: %d will not drive; %s turns would fit all, press f",
             plan->rotators, plan->without, length);
    if (text_columns(out) > columns)
        snprintf(out, LINE_SIZE, "%d of %d will not drive; f: turns of %s", plan->without,
                 plan->rotators, length);
}

static enum paint
people_line(const struct view *view, int columns, char out[static LINE_SIZE])
{
    const struct plan *plan = view->plan;
    const char *people = plan->rotators == 1 ? "person" : "people";
    out[0] = '\0';
    if (plan->rotators == 0 || plan->count == 0)
        return PAINT_TEXT;
    if (plan->without > 0 && plan->fitting_ms > 0)
        fitting_line(plan, columns, out);
    else if (plan->without > 0)
        snprintf(out, LINE_SIZE, "%d %s: %d will not drive; think of two groups", plan->rotators,
                 people, plan->without);
    else if (plan->rotators > 1)
        snprintf(out, LINE_SIZE, "%d people: everybody drives%s%d min between one's own turns",
                 plan->rotators, frame_dot(view), (int)(plan->wait_ms / 60000));
    else
        snprintf(out, LINE_SIZE, "1 person: drives every turn");
    return plan->without > 0 ? PAINT_LAST : PAINT_TEXT;
}

int
board_plan(WINDOW *window, int top, int left, int rows, int columns, const struct view *view)
{
    char line[LINE_SIZE];
    int row = top;
    if (rows >= 3) {
        enum paint paint = start_line(view, line);
        frame_text(window, view, row++, left, columns, paint, line);
    }
    turns_line(view, line);
    frame_text(window, view, row++, left, columns, PAINT_STRONG, line);
    enum paint paint = people_line(view, columns, line);
    if (row - top < rows && line[0] != '\0')
        frame_text(window, view, row++, left, columns, paint, line);
    return row - top;
}

int
board_countdown(WINDOW *window, int top, const struct view *view)
{
    char text[DURATION_SIZE];
    if (view->session->start_ms == 0)
        return 0;
    duration_clock(text, until_start(view));
    int columns = getmaxx(window), rows = digits_fit(text, DIGITS_ROWS, columns - 2, view->ascii);
    if (rows == 0)
        return 0;
    int width = digits_columns(text, rows, view->ascii);
    digits_draw(window, top, (columns - width) / 2, text, rows,
                until_start(view) > 0 ? PAINT_CLOCK : PAINT_LAST, view->colours, view->ascii);
    return rows + 1;
}

/* --- what the last session left --- */

/* A column of text that is filled from the top. */
struct column {
    WINDOW *window;
    const struct view *view;
    int row, end, left, columns;
};

static void
put(struct column *at, enum paint paint, const char *text)
{
    if (at->row < at->end)
        frame_text(at->window, at->view, at->row++, at->left, at->columns, paint, text);
}

static void
put_role(struct column *at, const char *role, const char *holder)
{
    const struct view *view = at->view;
    if (at->row >= at->end)
        return;
    int column = at->left;
    column += frame_text(at->window, view, at->row, column, at->columns, PAINT_TEXT, role);
    column += 2;
    frame_text(at->window, view, at->row++, column, at->left + at->columns - column,
               holder != NULL       ? PAINT_STRONG
               : view->last != NULL ? PAINT_ALARM
                                    : PAINT_DIM,
               holder != NULL ? holder : " nobody yet ");
}

/* Today's Masters volunteered at the end of the last session. */
static void
put_roles(struct column *at)
{
    const struct session *last = at->view->last;
    const struct text_list *roles = &at->view->session->settings.roles;
    if (last == NULL) {
        for (int i = 0; i < roles->count; i++)
            put_role(at, roles->item[i], NULL);
        return;
    }
    for (int i = 0; i < last->roles_count; i++)
        put_role(at, last->roles[i].name, last->roles[i].holder);
}

static bool
is_learned(const struct note *note)
{
    return !note->action && note->question == 1;
}

static bool
is_action(const struct note *note)
{
    return note->action;
}

static int
count_notes(const struct session *last, bool (*wanted)(const struct note *note))
{
    int count = 0;
    for (int i = 0; i < last->notes_count; i++)
        count += wanted(&last->notes[i]) ? 1 : 0;
    return count;
}

static void
put_note(struct column *at, int end, const struct note *note)
{
    char text[ITEM_SIZE];
    snprintf(text, sizeof text, "%s%s%s", note->owner != NULL ? note->owner : "",
             note->owner != NULL ? ": " : "", note->text);
    if (at->row >= end)
        return;
    frame_text(at->window, at->view, at->row, at->left, 2, PAINT_STRONG,
               note->action ? glyph(at->view, "→", ">") : glyph(at->view, "•", "*"));
    at->row += wrap_draw(at->window, at->row, at->left + 2, end - at->row, at->columns - 2,
                         PAINT_TEXT, at->view, text);
}

/* At most `rows` rows of them, heading included. */
static void
put_notes(struct column *at, const char *heading, int rows, bool (*wanted)(const struct note *note))
{
    const struct session *last = at->view->last;
    int left = count_notes(last, wanted), end = at->row + rows < at->end ? at->row + rows : at->end;
    if (left == 0 || end - at->row < 3)
        return;
    at->row++;
    put(at, PAINT_STRONG, heading);
    for (int i = 0; i < last->notes_count && at->row < end; i++) {
        if (!wanted(&last->notes[i]))
            continue;
        if (at->row == end - 1 && left > 1) {
            char more[64];
            snprintf(more, sizeof more, "  %d more", left);
            put(at, PAINT_DIM, more);
            return;
        }
        put_note(at, left > 1 ? end - 1 : end, &last->notes[i]);
        left--;
    }
}

/* R14: who was here and had no turn last time, and is here again. */
static void
put_without_turn(struct column *at)
{
    char line[ITEM_SIZE] = "";
    size_t used = 0;
    int count = 0;
    const struct session *last = at->view->last;
    for (int i = 0; i < last->roster.count && used < sizeof line; i++) {
        const struct person *person = &last->roster.people[i];
        if (person->turns > 0 || person->observer || !summary_was_here(last, person->id) ||
            roster_find_name(&at->view->session->roster, person->name) == NULL)
            continue;
        count++;
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%s",
                                 used > 0 ? ", " : "No turn last time: ", person->name);
    }
    if (used >= sizeof line || text_columns(line) > at->columns)
        snprintf(line, sizeof line, "%d had no turn last time", count);
    if (count > 0 && count < last->roster.count)
        put(at, PAINT_STRONG, line);
}

void
board_last(WINDOW *window, int top, int left, int rows, int columns, const struct view *view)
{
    struct column at = {window, view, top, top + rows, left, columns};
    const char *url = view->session->settings.url;
    put_roles(&at);
    if (url[0] != '\0')
        put(&at, PAINT_DIM, url);
    if (view->last == NULL)
        return;
    put_without_turn(&at);
    char heading[LINE_SIZE], date[STAMP_SIZE];
    stamp_date(date, view->last->opened.wall_ms, view->last->opened.utc_offset_s);
    /* What is to be done matters more than what is known (R22). */
    int rest = at.end - at.row, learned = count_notes(view->last, is_learned);
    put_notes(&at, "Still to do", learned > 0 && rest >= 8 ? rest / 2 : rest, is_action);
    snprintf(heading, sizeof heading, "Learned last time (%s)", date);
    put_notes(&at, heading, at.end - at.row, is_learned);
}
