#include "screens/list.h"

#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/hits.h"
#include "screens/paint.h"
#include "session/text.h"

enum { ROW_SIZE = 2048, MORE_SIZE = 64, MARK_COLUMNS = 2 };

const struct key_help list_keys[] = {
    {"Up Down", "", "Move by a row.", COMMAND_NONE},
    {"PgUp PgDn", "", "Move by a page.", COMMAND_NONE},
    {"/", "", "Finds a row by what is typed then.", COMMAND_NONE},
    {"Home End", "", "Move to the first and the last row.", COMMAND_NONE},
    {NULL, NULL, NULL, COMMAND_NONE},
};

static int
clamp(int value, int least, int most)
{
    return value > most ? (most < least ? least : most) : value < least ? least : value;
}

int
list_first(const struct ui *ui, int count, int rows)
{
    int cursor = clamp(ui->cursor, 0, count - 1);
    int first = clamp(ui->scroll, cursor - rows + 1, cursor);
    return clamp(first, 0, count - rows);
}

/* "↑ 12 more" on the first row shown, "↓ 170 more" on the last; both when there is but one. */
static void
more(char out[static MORE_SIZE], const struct view *view, int above, int below)
{
    char part[MORE_SIZE / 2];
    out[0] = '\0';
    if (above > 0)
        snprintf(out, MORE_SIZE, " %s %d more", glyph(view, "↑", "^"), above);
    if (below > 0) {
        snprintf(part, sizeof part, " %s %d more", glyph(view, "↓", "v"), below);
        strncat(out, part, MORE_SIZE - strlen(out) - 1);
    }
}

static void
draw_row(WINDOW *window, int row, int left, int columns, const struct view *view, bool chosen,
         bool dim, const char *text)
{
    enum paint paint = chosen ? PAINT_CURSOR : dim ? PAINT_DIM : PAINT_TEXT;
    int used = frame_text(window, view, row, left, columns, chosen ? PAINT_STRONG : paint,
                          chosen ? glyph(view, "▸ ", "> ") : "  ");
    frame_text(window, view, row, left + used, columns - used, paint, text);
}

void
list_draw(WINDOW *window, int top, int left, int rows, int columns, const struct view *view,
          const struct ui *ui, int count, list_row row, const void *user)
{
    if (rows <= 0 || columns <= 0)
        return;
    int first = list_first(ui, count, rows), end = first + rows < count ? first + rows : count;
    int cursor = clamp(ui->cursor, 0, count - 1);
    for (int index = first; index < end; index++) {
        char text[ROW_SIZE] = "", beside[MORE_SIZE];
        bool dim = row(view, user, index, text, sizeof text);
        more(beside, view, index == first ? first : 0, index == end - 1 ? count - end : 0);
        hits_row(view, top + index - first, left, columns, index);
        int width = text_columns(beside);
        if (width > columns / 2)
            width = 0;
        draw_row(window, top + index - first, left, columns - width, view, index == cursor, dim,
                 text);
        if (width > 0)
            frame_text(window, view, top + index - first, left + columns - width, width, PAINT_DIM,
                       beside);
    }
}

/* Where the cursor goes; `count` rows, a page of `rows`. */
static bool
target(wint_t code, int *cursor, int count, int rows)
{
    int page = rows > 2 ? rows - 1 : 1;
    switch (code) {
    case KEY_UP:
        *cursor -= 1;
        return true;
    case KEY_DOWN:
        *cursor += 1;
        return true;
    case KEY_PPAGE:
        *cursor -= page;
        return true;
    case KEY_NPAGE:
        *cursor += page;
        return true;
    case KEY_HOME:
        *cursor = 0;
        return true;
    case KEY_END:
        *cursor = count - 1;
        return true;
    default:
        return false;
    }
}

bool
list_key(struct ui *ui, struct key key, int count, int rows)
{
    int cursor = clamp(ui->cursor, 0, count - 1);
    if (!key.function || key.alt || !target(key.code, &cursor, count, rows))
        return false;
    ui->cursor = clamp(cursor, 0, count - 1);
    ui->scroll = list_first(ui, count, rows);
    return true;
}
