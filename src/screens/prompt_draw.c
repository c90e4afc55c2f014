/* The row in which a line is typed. */
#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/paint.h"
#include "screens/prompt.h"
#include "session/text.h"

enum { TEXT_LEAST = 10 /* columns; a label that leaves fewer for the text is left out */ };

static int
columns_between(const char *text, size_t from, size_t to)
{
    char part[UI_TEXT];
    snprintf(part, sizeof part, "%.*s", (int)(to - from), text + from);
    return text_columns(part);
}

/* The cell under the caret: its width, at the end of the line that of a blank. */
static int
caret_columns(const struct ui *ui)
{
    size_t next = text_next(ui->text, ui->caret);
    return next > ui->caret ? columns_between(ui->text, ui->caret, next) : 1;
}

/* The first byte that is shown, so that the caret is the last thing that fits. */
static size_t
first_shown(const struct ui *ui, int columns)
{
    int used = caret_columns(ui);
    if (columns_between(ui->text, 0, ui->caret) + used <= columns)
        return 0;
    size_t first = ui->caret;
    while (first > 0) {
        size_t before = text_previous(ui->text, first);
        used += columns_between(ui->text, before, first);
        if (used > columns - 1)
            break;
        first = before;
    }
    return first;
}

static int
draw_part(WINDOW *window, int row, int column, int end, enum paint paint, const struct view *view,
          const char *text, size_t from, size_t to)
{
    char part[UI_TEXT];
    snprintf(part, sizeof part, "%.*s", (int)(to - from), text + from);
    if (column >= end)
        return column;
    return column + frame_text(window, view, row, column, end - column, paint, part);
}

static void
draw_line(WINDOW *window, int row, int left, int end, const struct view *view, const struct ui *ui)
{
    size_t length = strlen(ui->text), first = first_shown(ui, end - left);
    size_t next = text_next(ui->text, ui->caret);
    enum paint paint = ui->is_proposal ? PAINT_CURSOR : PAINT_TEXT;
    int column = left;
    if (first > 0)
        column += frame_text(window, view, row, column, 1, PAINT_DIM, view->ascii ? "<" : "‹");
    column = draw_part(window, row, column, end, paint, view, ui->text, first, ui->caret);
    if (next > ui->caret)
        column = draw_part(window, row, column, end, PAINT_CURSOR, view, ui->text, ui->caret, next);
    else
        column = draw_part(window, row, column, end, PAINT_CURSOR, view, " ", 0, 1);
    if (next < length)
        draw_part(window, row, column, end, PAINT_TEXT, view, ui->text, next, length);
}

void
prompt_draw(WINDOW *window, int row, int left, int columns, const struct view *view,
            const struct ui *ui, const char *label)
{
    int end = left + columns;
    if (columns <= 0)
        return;
    if (label[0] != '\0' && text_columns(label) + 1 + TEXT_LEAST <= columns) {
        left += frame_text(window, view, row, left, end - left, PAINT_STRONG, label);
        left++;
    }
    draw_line(window, row, left, end, view, ui);
}
