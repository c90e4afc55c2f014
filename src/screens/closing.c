/* The closing board: the minutes in short, who prepares the next dojo, where the record is. */
#include <stdio.h>
#include <string.h>

#include "screens/big.h"
#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/overlay.h"
#include "screens/roles.h"
#include "screens/screen.h"
#include "session/summary.h"
#include "session/text.h"

enum {
    ROOMY_ROWS = 20,
    MINUTE_MS = 60000,
    PAGE = 5,     /* rows that PageDown scrolls: what fits beside the roles is seldom more */
    BOTH_ENDS = 3 /* rows that hold "more" at both ends and a note */
};

static const struct key_help no_keys[] = {{0}};
static const struct key_help keys[] = {
    {"Up Down", "more notes", "Up, Down, PageUp and PageDown scroll the notes.", COMMAND_NONE},
    {0},
};

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

/* Action items before the rest. */
static const struct note *
note_at(const struct session *session, int index)
{
    for (int pass = 0; pass < 2; pass++)
        for (int i = 0; i < session->notes_count; i++)
            if (session->notes[i].action == (pass == 0) && index-- == 0)
                return &session->notes[i];
    return NULL;
}

static int
clamp(int first, int most)
{
    return first > most ? most : first < 0 ? 0 : first;
}

static void
draw_more(WINDOW *window, const struct view *view, int row, const char *sign, int count)
{
    char line[FRAME_TEXT];
    snprintf(line, sizeof line, "%s%d more", sign, count);
    frame_text(window, view, row, 4, getmaxx(window) - 8, PAINT_TEXT, line);
}

/* As many as there are rows for; "3 more" at an end that is cut off. */
static void
draw_notes(WINDOW *window, const struct view *view, int top, int rows, int first)
{
    int count = view->session->notes_count, columns = getmaxx(window);
    for (int i = 0; i < rows && first + i < count; i++) {
        char line[2 * FRAME_TEXT];
        const struct note *note = note_at(view->session, first + i);
        if (i == 0 && first > 0 && rows >= BOTH_ENDS)
            draw_more(window, view, top, glyph(view, "↑ ", "^ "), first + 1);
        else if (i == rows - 1 && first + rows < count)
            draw_more(window, view, top + i, first > 0 ? glyph(view, "↓ ", "v ") : "",
                      count - first - i);
        else {
            describe_note(view, note, line, sizeof line);
            frame_text(window, view, top + i, 4, columns - 8,
                       note->action ? PAINT_STRONG : PAINT_TEXT, line);
        }
    }
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

/* Returns the rows that are left for notes, at *top. */
static int
draw_body(WINDOW *window, const struct view *view, const struct summary *summary, int bottom,
          int *top)
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
    *top = draw_roles(window, view, row + gap, bottom - 1) + gap;
    draw_record(window, view, bottom - 1);
    return *top < bottom - 1 - gap ? bottom - 1 - gap - *top : 0;
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

/* The footer once more, with the keys that scroll. */
static void
offer_scrolling(WINDOW *window, const struct view *view, const struct ui *ui)
{
    wmove(window, getmaxy(window) - 1, 0);
    wclrtoeol(window);
    frame_footer(window, view, ui, keys);
}

/* Returns how far the notes can be scrolled. */
static int
draw_board(WINDOW *window, const struct view *view, const struct ui *ui)
{
    char right[FRAME_TEXT], time[DURATION_SIZE];
    struct summary summary;
    int top, count = view->session->notes_count;
    if (frame_small(window, view))
        return 0;
    summary_of(view->session, &summary);
    int bottom = frame_footer(window, view, ui, no_keys);
    if (frame_rung(window) == RUNG_STRIP) {
        draw_strip(window, view, &summary, bottom);
        return 0;
    }
    snprintf(right, sizeof right, "closed at %s",
             frame_time(time, view, view->session->ended.wall_ms));
    frame_header(window, view, right);
    int rows = draw_body(window, view, &summary, bottom, &top);
    int most = rows > 0 && count > rows ? count - rows : 0;
    draw_notes(window, view, top, rows, clamp(ui->scroll, most));
    if (most > 0)
        offer_scrolling(window, view, ui);
    return most;
}

static void
closing_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    draw_board(window, view, ui);
}

/* Drawing alone knows what fits: it is done once more, where nobody looks. */
static int
most_scroll(const struct view *view, const struct ui *ui)
{
    WINDOW *window = newpad(view->rows > 0 ? view->rows : 24, view->rows > 0 ? view->columns : 80);
    int most = window != NULL ? draw_board(window, view, ui) : 0;
    if (window != NULL)
        delwin(window);
    return most;
}

static int
step_of(struct key key)
{
    if (!key.function || key.alt)
        return 0;
    switch (key.code) {
    case KEY_UP:
        return -1;
    case KEY_DOWN:
        return 1;
    case KEY_PPAGE:
        return -PAGE;
    case KEY_NPAGE:
        return PAGE;
    default:
        return 0;
    }
}

/* Everything is saved: nothing needs to be asked. */
static enum reply
closing_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    (void)command;
    int step = step_of(key);
    if (step == 0)
        return key_is(key, 'q') ? REPLY_QUIT : REPLY_IGNORED;
    int most = most_scroll(view, ui);
    ui->scroll = clamp(clamp(ui->scroll, most) + step, most);
    return REPLY_DRAWN;
}

const struct screen closing_screen = {
    .name = "closing board", .draw = closing_draw, .key = closing_key, .keys = keys};
