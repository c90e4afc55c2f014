#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/debrief.h"
#include "screens/digits.h"
#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/letters.h"
#include "screens/overlay.h"
#include "screens/prompt.h"
#include "screens/wrap.h"
#include "session/formats.h"
#include "session/text.h"

enum {
    QUESTION_ROWS = 3,
    DIGITS_SMALL = 3,
    DIGITS_LARGE = 9,
    GAP = 2,
    SHARE_LEAST = 14,
    SHARE_MARKS = 9
};

/* When the open question was opened; the debrief opens the first. */
static struct moment
opened(const struct session *session)
{
    for (int i = session->log_count - 1; i >= 0; i--) {
        const struct event *event = &session->log[i];
        if ((event->kind == EVENT_QUESTION_OPENED && event->number == session->question) ||
            event->kind == EVENT_DEBRIEF_STARTED)
            return event->at;
    }
    return session->last;
}

int64_t
debrief_share_ms(const struct view *view)
{
    const struct session *session = view->session;
    int64_t from = opened(session).wall_ms;
    int left = session->settings.questions.count - session->question + 1;
    return from + (session->stop_ms - from) / (left > 0 ? left : 1) - view->now.wall_ms;
}

static const char *
question(const struct session *session)
{
    const struct text_list *questions = &session->settings.questions;
    bool is_one = session->question >= 1 && session->question <= questions->count;
    return is_one ? questions->item[session->question - 1] : "What did we learn?";
}

static enum paint
share(char *out, size_t size, const struct view *view)
{
    char left[DURATION_SIZE];
    const struct session *session = view->session;
    int64_t ms = debrief_share_ms(view);
    const char *words = ms > 0 ? " left for it" : "its time is over, take the next";
    snprintf(out, size, "Question %d of %d%s%s%s", session->question,
             session->settings.questions.count, frame_dot(view),
             ms > 0 ? duration_clock(left, ms) : "", words);
    return ms > 0 ? PAINT_TEXT : PAINT_LAST;
}

/* What there was from the start of the debrief to the stop. */
static int64_t
whole_ms(const struct session *session)
{
    for (int i = session->log_count - 1; i >= 0; i--)
        if (session->log[i].kind == EVENT_DEBRIEF_STARTED)
            return session->stop_ms - session->log[i].at.wall_ms;
    return 0;
}

/* The shortest debrief has time for one word from each. */
static const char *
hint_of(const struct session *session)
{
    bool is_short = whole_ms(session) <= session->settings.minimum_ms;
    return is_short && session->settings.format != FORMAT_ONE_WORD
               ? "little time: one word from each is enough"
               : "";
}

/* The time to the stop, top right. Returns the columns it takes with its gap, 0: no room. */
static int
draw_digits(WINDOW *window, int row, int rows, const struct view *view)
{
    char text[DURATION_SIZE];
    int64_t ms = session_left_ms(view->session, view->now);
    duration_clock(text, ms);
    rows = digits_fit(text, rows, getmaxx(window) / 3, view->ascii);
    if (rows == 0)
        return 0;
    int columns = digits_columns(text, rows, view->ascii);
    digits_draw(window, row, getmaxx(window) - columns - 1, text, rows,
                ms < 60000 ? PAINT_LAST : PAINT_CLOCK, view->colours, view->ascii);
    return columns + 1 + GAP;
}

/* In letters out of blocks where they fit, else in capitals. Returns the rows used. */
static int
draw_question(WINDOW *window, int row, int rows, int columns, const struct view *view)
{
    const char *text = question(view->session);
    int scale = rows > QUESTION_ROWS ? letters_fit(text, rows, columns, view->ascii) : 0;
    if (scale > 0) {
        letters_draw(window, row, 1, text, scale, PAINT_STRONG, view->colours, view->ascii);
        return letters_rows(scale, view->ascii);
    }
    char *upper = text_upper(text);
    int used = wrap_draw(window, row, 1, rows < QUESTION_ROWS ? rows : QUESTION_ROWS, columns,
                         PAINT_STRONG, view, upper != NULL ? upper : text);
    free(upper);
    return used;
}

static int
notes_of(const struct session *session, int number)
{
    int count = 0;
    for (int i = 0; i < session->notes_count; i++)
        count += session->notes[i].question == number ? 1 : 0;
    return count;
}

/* " 2 What went well? (3) ", the question cut to `columns`. */
static void
part(char *out, size_t size, const struct view *view, int number, int columns)
{
    char words[FRAME_TEXT / 2];
    const struct session *session = view->session;
    text_fit(words, sizeof words, session->settings.questions.item[number - 1], columns,
             view->ascii);
    snprintf(out, size, " %d %s (%d) ", number, words, notes_of(session, number));
}

/* All questions in one row, the open one marked, each with the number of its notes. */
static void
draw_progress(WINDOW *window, int row, const struct view *view)
{
    const struct session *session = view->session;
    int count = session->settings.questions.count, column = 1;
    for (int number = 1; number <= count; number++) {
        char text[FRAME_TEXT];
        int rest = getmaxx(window) - 1 - column, share = rest / (count - number + 1);
        part(text, sizeof text, view, number, share > SHARE_LEAST ? share - SHARE_MARKS : 0);
        column += frame_text(window, view, row, column, rest,
                             number == session->question ? PAINT_CURSOR : PAINT_DIM, text);
    }
}

static void
draw_full(WINDOW *window, const struct view *view, const struct ui *ui)
{
    char text[FRAME_TEXT];
    bool large = frame_rung(window) == RUNG_LARGE;
    frame_rest(text, sizeof text, view, "debrief");
    frame_header(window, view, text);
    int bottom = frame_footer(window, view, ui, debrief_keys_of(debrief_mode(view, ui)));
    int digits = draw_digits(window, 2, large ? DIGITS_LARGE : DIGITS_SMALL, view);
    int columns = getmaxx(window) - 2 - digits;
    enum paint paint = share(text, sizeof text, view);
    frame_text(window, view, 2, 1, columns, paint, text);
    frame_text(window, view, 3, 1, columns, PAINT_STRONG, hint_of(view->session));
    int row = 4 + draw_question(window, 4, large ? DIGITS_LARGE : QUESTION_ROWS, columns, view);
    int least = 2 + (digits == 0 ? 0 : large ? DIGITS_LARGE : DIGITS_SMALL);
    row = (row < least ? least : row) + 1;
    int lights = debrief_lights_draw(window, row, (bottom - row) / 2, view);
    row += lights + (lights > 0 ? 1 : 0);
    debrief_notes_draw(window, row, 1, bottom - 2 - row, getmaxx(window) - 2, view, ui);
    draw_progress(window, bottom - 1, view);
}

/* Beside an IDE: no blank rows. */
static void
draw_half(WINDOW *window, const struct view *view, const struct ui *ui)
{
    char text[FRAME_TEXT];
    frame_rest(text, sizeof text, view, "debrief");
    frame_header(window, view, text);
    int bottom = frame_footer(window, view, ui, debrief_keys_of(debrief_mode(view, ui)));
    enum paint paint = share(text, sizeof text, view);
    int used = frame_text(window, view, 1, 1, getmaxx(window) - 2, paint, text);
    if (hint_of(view->session)[0] != '\0')
        frame_text(window, view, 1, 1 + used, getmaxx(window) - 2 - used, PAINT_STRONG,
                   " one word each");
    int row = 2 + draw_question(window, 2, 2, getmaxx(window) - 2, view);
    row += debrief_lights_draw(window, row, 1, view);
    debrief_notes_draw(window, row, 1, bottom - row, getmaxx(window) - 2, view, ui);
}

/* "6:12 2/3 What went well?" */
static void
draw_top(WINDOW *window, const struct view *view)
{
    char text[FRAME_TEXT], left[DURATION_SIZE];
    const struct session *session = view->session;
    int64_t ms = session_left_ms(session, view->now);
    int at = frame_text(window, view, 0, 0, getmaxx(window), ms < 60000 ? PAINT_LAST : PAINT_CLOCK,
                        duration_clock(left, ms)) +
             1;
    snprintf(text, sizeof text, "%d/%d %s", session->question, session->settings.questions.count,
             question(session));
    frame_text(window, view, 0, at, getmaxx(window) - at, PAINT_STRONG, text);
}

static void
draw_strip(WINDOW *window, const struct view *view, const struct ui *ui)
{
    int rows = getmaxy(window), bottom = rows;
    draw_top(window, view);
    if (rows >= 4 || ui->notice[0] != '\0')
        bottom = frame_footer(window, view, ui, debrief_keys_of(debrief_mode(view, ui)));
    debrief_notes_draw(window, 1, 0, bottom - 1, getmaxx(window), view, ui);
}

/* One row: what is typed, as long as something is. */
static void
draw_line(WINDOW *window, const struct view *view, const struct ui *ui)
{
    if (ui->text[0] == '\0')
        draw_top(window, view);
    else
        prompt_draw(window, 0, 0, getmaxx(window), view, ui, "Note:");
}

/* While another line is typed over it, the note is as it was left. */
static void
put_note_back(struct ui *below, const struct ui *ui)
{
    *below = *ui;
    below->prompt_use = PROMPT_NOTE;
    memcpy(below->text, ui->stash, sizeof below->text);
    below->caret = strlen(below->text);
}

void
debrief_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    struct ui below;
    if (ui->overlay == OVERLAY_PROMPT && ui->prompt_use != PROMPT_NOTE) {
        put_note_back(&below, ui);
        ui = &below;
    }
    enum rung rung = frame_rung(window);
    if (rung == RUNG_DOT)
        frame_small(window, view);
    else if (getmaxy(window) == 1)
        draw_line(window, view, ui);
    else if (rung < RUNG_HALF)
        draw_strip(window, view, ui);
    else if (rung == RUNG_HALF)
        draw_half(window, view, ui);
    else
        draw_full(window, view, ui);
}
