#include <stdio.h>
#include <string.h>

#include "screens/debrief.h"
#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/prompt.h"
#include "screens/wrap.h"
#include "session/text.h"

enum { NOTE_SIZE = 5120, MARK_COLUMNS = 2 };

static bool
is_listed(const struct session *session, const struct note *note)
{
    return note->question == session->question || (note->question == 0 && session->question == 1);
}

int
debrief_count(const struct session *session)
{
    int count = 0;
    for (int i = 0; i < session->notes_count; i++)
        count += is_listed(session, &session->notes[i]) ? 1 : 0;
    return count;
}

const struct note *
debrief_note(const struct session *session, int index)
{
    for (int i = 0; i < session->notes_count; i++)
        if (is_listed(session, &session->notes[i]) && index-- == 0)
            return &session->notes[i];
    return NULL;
}

int
debrief_index(const struct session *session, int64_t seq)
{
    int index = 0;
    for (int i = 0; i < session->notes_count; i++) {
        if (!is_listed(session, &session->notes[i]))
            continue;
        if (session->notes[i].seq == seq)
            return index;
        index++;
    }
    return -1;
}

char *
debrief_text(char *out, size_t size, const struct note *note)
{
    const char *owner = note->owner != NULL ? note->owner : "";
    const char *sign = !note->action ? "" : owner[0] != '\0' ? "@" : "> ";
    snprintf(out, size, "%s%s%s%s", sign, owner, owner[0] != '\0' ? " " : "", note->text);
    return out;
}

/* As it is shown: the owner before what is to be done. */
static const char *
shown(char out[static NOTE_SIZE], const struct note *note)
{
    const char *owner = note->action && note->owner != NULL ? note->owner : "";
    snprintf(out, NOTE_SIZE, "%s%s%s", owner, owner[0] != '\0' ? ": " : "", note->text);
    return out;
}

/* --- drawing --- */

/* Where notes are drawn; `editing` is the note whose text is in the line now. */
struct place {
    WINDOW *window;
    const struct view *view;
    const struct ui *ui;
    int left, columns;
    bool editing;
};

static int
note_rows(const struct place *at, const struct note *note)
{
    char text[NOTE_SIZE];
    if (at->editing && note->seq == at->ui->note)
        return 1;
    return wrap_rows(shown(text, note), at->columns - MARK_COLUMNS);
}

static const char *
mark(const struct place *at, const struct note *note)
{
    if (note->seq == at->ui->note)
        return glyph(at->view, "▸", "=");
    if (note->action)
        return glyph(at->view, "→", ">");
    return note->question == 0 ? glyph(at->view, "◦", "-") : glyph(at->view, "•", "*");
}

static int
draw_note(const struct place *at, int row, int rows, const struct note *note)
{
    char text[NOTE_SIZE];
    bool chosen = note->seq == at->ui->note;
    int left = at->left + MARK_COLUMNS, columns = at->columns - MARK_COLUMNS;
    frame_text(at->window, at->view, row, at->left, 1, PAINT_STRONG, mark(at, note));
    if (chosen && at->editing) {
        prompt_draw(at->window, row, left, columns, at->view, at->ui, "");
        return 1;
    }
    return wrap_draw(at->window, row, left, rows, columns, chosen ? PAINT_CURSOR : PAINT_TEXT,
                     at->view, shown(text, note));
}

/* The first note to draw, so that the one with index `last` ends within `rows` rows. */
static int
first_note(const struct place *at, int last, int rows)
{
    int first = last;
    while (first >= 0) {
        rows -= note_rows(at, debrief_note(at->view->session, first));
        if (rows < 0)
            break;
        first--;
    }
    return first < last ? first + 1 : last;
}

static const char *
placeholder(const struct view *view)
{
    const struct session *session = view->session;
    return session->question < session->settings.questions.count
               ? "type a note, Enter keeps it; Enter alone: next question"
               : "type a note, Enter keeps it; Enter alone: who prepares the next dojo?";
}

static void
draw_line(const struct place *at, int row)
{
    const struct ui *ui = at->ui;
    int left = at->left + MARK_COLUMNS, columns = at->columns - MARK_COLUMNS;
    enum debrief_mode mode = debrief_mode(at->view, ui);
    frame_text(at->window, at->view, row, at->left, 1, PAINT_KEY, glyph(at->view, "›", ":"));
    if (mode == DEBRIEF_EMPTY || mode == DEBRIEF_LINE) {
        prompt_draw(at->window, row, left, columns, at->view, ui, "");
        if (mode == DEBRIEF_EMPTY)
            frame_text(at->window, at->view, row, left + 2, columns - 2, PAINT_DIM,
                       placeholder(at->view));
        return;
    }
    if (mode == DEBRIEF_KEYS && ui->text[0] == '\0')
        frame_text(at->window, at->view, row, left, columns, PAINT_CURSOR,
                   " letters are keys now; Tab types a note ");
    else
        frame_text(at->window, at->view, row, left, columns, PAINT_DIM,
                   at->editing ? ui->stash : ui->text);
}

void
debrief_notes_draw(WINDOW *window, int top, int left, int rows, int columns,
                   const struct view *view, const struct ui *ui)
{
    struct place at = {window, view, ui, left, columns, false};
    int count = debrief_count(view->session), chosen = debrief_index(view->session, ui->note);
    if (rows <= 0 || columns <= MARK_COLUMNS)
        return;
    at.editing = debrief_mode(view, ui) == DEBRIEF_EDITING;
    int row = top, end = top + rows - 1;
    int first = count > 0 ? first_note(&at, chosen >= 0 ? chosen : count - 1, rows - 1) : 0;
    for (int i = first; i < count && row < end; i++)
        row += draw_note(&at, row, end - row, debrief_note(view->session, i));
    if (rows == 1 && at.editing)
        draw_note(&at, row, 1, debrief_note(view->session, chosen));
    else
        draw_line(&at, row);
    if (first > 0) {
        char more[64];
        snprintf(more, sizeof more, " %s %d more", glyph(view, "↑", "^"), first);
        int width = text_columns(more);
        if (width < columns / 2)
            frame_text(window, view, top, left + columns - width, width, PAINT_DIM, more);
    }
}
