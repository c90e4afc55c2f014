/* The closing board: the minutes in short, who prepares the next dojo, where the record is. */
#include <stdio.h>
#include <string.h>

#include "screens/big.h"
#include "screens/frame.h"
#include "screens/overlay.h"
#include "screens/roles.h"
#include "screens/screen.h"
#include "session/summary.h"
#include "session/text.h"

enum { ROOMY_ROWS = 20, MINUTE_MS = 60000 };

static const struct key_help keys[] = {{0}};

static const char *
plural(int count)
{
    return count == 1 ? "" : "s";
}

enum { BRIEF_COLUMNS = 60 /* below that, figures are brief */ };

/* "12 turns · 9 of 9 people drove · 58:12 of coding" */
static void
describe_turns(const struct view *view, const struct summary *summary, bool brief, char *out,
               size_t size)
{
    char coding[DURATION_SIZE];
    const char *dot = frame_dot(view);
    snprintf(out, size, "%d turn%s%s%d of %d %sdrove%s%s%s", summary->turns, plural(summary->turns),
             dot, summary->drivers, summary->people,
             brief                  ? ""
             : summary->people == 1 ? "person "
                                    : "people ",
             dot, duration_clock(coding, summary->coding_ms), brief ? "" : " of coding");
}

/* "paused 2:00 · ": a length that is worth a word only when it is not zero. */
static void
add_length(const struct view *view, const char *what, int64_t ms, char *out, size_t size)
{
    char clock[DURATION_SIZE];
    size_t used = strlen(out);
    if (ms > 0)
        snprintf(out + used, size - used, "%s %s%s", what, duration_clock(clock, ms),
                 frame_dot(view));
}

/* "2 interruptions, 1:30 · " */
static void
add_interruptions(const struct view *view, const struct summary *summary, bool brief, char *out,
                  size_t size)
{
    char what[40];
    snprintf(what, sizeof what, "%d interruption%s,", summary->interruptions,
             plural(summary->interruptions));
    add_length(view, brief ? "interrupted" : what, summary->interrupted_ms, out, size);
}

/* "debrief 9:10 · paused 2:00 · 1 interruption, 1:30 · ended in time" */
static void
describe_rest(const struct view *view, const struct summary *summary, bool brief, char *out,
              size_t size)
{
    *out = '\0';
    add_length(view, "debrief", summary->debrief_ms, out, size);
    add_length(view, "paused", summary->paused_ms, out, size);
    add_interruptions(view, summary, brief, out, size);
    size_t used = strlen(out);
    int late = (int)(summary->overrun_ms / MINUTE_MS);
    if (late == 0)
        snprintf(out + used, size - used, "%s", brief ? "in time" : "ended in time");
    else
        snprintf(out + used, size - used, "%d min over the end", late);
}

/* "5 of 11 steps done · 9 of 23 lights green"; false when nobody counted either. */
static bool
describe_tests(const struct view *view, const struct summary *summary, char *out, size_t size)
{
    char total[32] = "";
    *out = '\0';
    if (summary->steps > 0)
        snprintf(total, sizeof total, " of %d", summary->steps);
    if (summary->steps > 0 || summary->steps_done > 0)
        snprintf(out, size, "%d%s step%s done%s", summary->steps_done, total,
                 plural(summary->steps > 0 ? summary->steps : summary->steps_done),
                 summary->lights > 0 ? frame_dot(view) : "");
    size_t used = strlen(out);
    if (summary->lights > 0)
        snprintf(out + used, size - used, "%d of %d light%s green", summary->greens,
                 summary->lights, plural(summary->lights));
    return *out != '\0';
}

static bool
is_vacant(const struct role *role)
{
    return role->holder == NULL;
}

/* Nothing where nobody settled a date. Returns the row behind it. */
static int
draw_date(WINDOW *window, const struct view *view, int row, int bottom)
{
    char date[ROLES_DATE_SIZE], line[FRAME_TEXT];
    if (row >= bottom || roles_date_text(date, view->session->next_date)[0] == '\0')
        return row;
    snprintf(line, sizeof line, "next dojo: %s", date);
    frame_centred(window, view, row, PAINT_STRONG, line);
    return row + 1;
}

/* A vacant role is said as loudly as the screen can. Returns the row behind them. */
static int
draw_roles(WINDOW *window, const struct view *view, int row, int bottom)
{
    const struct session *session = view->session;
    for (int i = 0; i < session->roles_count && row < bottom; i++) {
        const struct role *role = &session->roles[i];
        char line[FRAME_TEXT];
        if (is_vacant(role))
            snprintf(line, sizeof line, " next %s: VACANT%s ", role->name,
                     getmaxx(window) < BRIEF_COLUMNS ? "" : ", nobody yet");
        else
            snprintf(line, sizeof line, "next %s: %s", role->name, role->holder);
        frame_centred(window, view, row++, is_vacant(role) ? PAINT_ALARM : PAINT_STRONG, line);
    }
    return draw_date(window, view, row, bottom);
}

static void
describe_note(const struct view *view, const struct note *note, char *out, size_t size)
{
    const char *owner = note->owner != NULL ? note->owner : "nobody yet";
    if (note->action)
        snprintf(out, size, "%s %s: %s", view->ascii ? "->" : "→", owner, note->text);
    else
        snprintf(out, size, "%s %s", view->ascii ? "-" : "·", note->text);
}

/* Action items before the rest; "3 more" when the rows do not suffice. Returns the row behind. */
static int
draw_notes(WINDOW *window, const struct view *view, int row, int bottom)
{
    const struct session *session = view->session;
    int columns = getmaxx(window), left = session->notes_count;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < session->notes_count; i++) {
            const struct note *note = &session->notes[i];
            char line[2 * FRAME_TEXT];
            if (note->action == (pass != 0))
                continue;
            if (row >= bottom - 1 && left > 1) {
                snprintf(line, sizeof line, "%d more", left);
                frame_text(window, view, row, 4, columns - 8, PAINT_TEXT, line);
                return row + 1;
            }
            describe_note(view, note, line, sizeof line);
            frame_text(window, view, row++, 4, columns - 8,
                       note->action ? PAINT_STRONG : PAINT_TEXT, line);
            left--;
        }
    }
    return row;
}

static void
draw_record(WINDOW *window, const struct view *view, int row)
{
    char line[FRAME_TEXT];
    if (view->record_path == NULL)
        return;
    snprintf(line, sizeof line, "record: %s", view->record_path);
    frame_centred(window, view, row, PAINT_TEXT, line);
}

static void
draw_body(WINDOW *window, const struct view *view, const struct summary *summary, int bottom)
{
    char line[FRAME_TEXT];
    bool roomy = getmaxy(window) >= ROOMY_ROWS;
    int row = 1, gap = roomy ? 1 : 0;
    if (roomy) {
        big_name(window, view, row, BIG_NAME_ROWS, PAINT_CLOCK, "Thank you");
        row += BIG_NAME_ROWS + gap;
    }
    describe_turns(view, summary, getmaxx(window) < BRIEF_COLUMNS, line, sizeof line);
    frame_centred(window, view, row++, PAINT_TEXT, line);
    describe_rest(view, summary, getmaxx(window) < BRIEF_COLUMNS, line, sizeof line);
    frame_centred(window, view, row++, PAINT_TEXT, line);
    if (describe_tests(view, summary, line, sizeof line))
        frame_centred(window, view, row++, PAINT_TEXT, line);
    row = draw_roles(window, view, row + gap, bottom - 1) + gap;
    if (row < bottom - 1 - gap)
        draw_notes(window, view, row, bottom - 1 - gap);
    draw_record(window, view, bottom - 1);
}

/* "Master of Ceremony: Ada Lovelace · Master of Dojo: VACANT" */
static void
describe_roles(const struct view *view, char *out, size_t size)
{
    const struct session *session = view->session;
    size_t used = 0;
    *out = '\0';
    for (int i = 0; i < session->roles_count && used < size; i++) {
        const struct role *role = &session->roles[i];
        used += (size_t)snprintf(out + used, size - used, "%s%s: %s", i > 0 ? frame_dot(view) : "",
                                 role->name, is_vacant(role) ? "VACANT" : role->holder);
    }
}

static void
draw_strip(WINDOW *window, const struct view *view, const struct summary *summary, int bottom)
{
    char line[4 * FRAME_TEXT];
    int columns = getmaxx(window);
    describe_turns(view, summary, getmaxx(window) < BRIEF_COLUMNS, line, sizeof line);
    frame_text(window, view, 0, 0, columns, PAINT_TEXT, line);
    describe_roles(view, line, sizeof line);
    enum paint paint = summary->vacant > 0 ? PAINT_ALARM : PAINT_STRONG;
    frame_text(window, view, 1, 0, columns, paint, line);
    if (bottom > 2 && view->record_path != NULL)
        frame_text(window, view, 2, 0, columns, PAINT_TEXT, view->record_path);
}

static void
closing_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    char right[FRAME_TEXT], time[DURATION_SIZE];
    struct summary summary;
    if (frame_small(window, view))
        return;
    summary_of(view->session, &summary);
    int bottom = frame_footer(window, view, ui, keys);
    if (frame_rung(window) == RUNG_STRIP) {
        draw_strip(window, view, &summary, bottom);
        return;
    }
    snprintf(right, sizeof right, "closed at %s",
             frame_time(time, view, view->session->ended.wall_ms));
    frame_header(window, view, right);
    draw_body(window, view, &summary, bottom);
}

/* Everything is saved: nothing needs to be asked. */
static enum reply
closing_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    (void)view;
    (void)ui;
    (void)command;
    return key_is(key, 'q') ? REPLY_QUIT : REPLY_IGNORED;
}

const struct screen closing_screen = {
    .name = "closing board", .draw = closing_draw, .key = closing_key, .keys = keys};
