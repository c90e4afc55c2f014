#include "screens/paint.h"

#include "session/text.h"

enum { PAIR_LAST = 1, PAIR_ALARM };

/* Colour pairs are few on purpose: where colour is rare, it means something. Text keeps the
 * terminal's own foreground, which is readable on every theme. */
static const struct {
    attr_t attributes;
    short pair; /* 0: the terminal's own colours */
} paints[PAINTS] = {
    [PAINT_TEXT] = {A_NORMAL, 0},       [PAINT_STRONG] = {A_BOLD, 0},
    [PAINT_DIM] = {A_DIM, 0},           [PAINT_CLOCK] = {A_BOLD, 0},
    [PAINT_LAST] = {A_BOLD, PAIR_LAST}, [PAINT_ALARM] = {A_BOLD | A_REVERSE, PAIR_ALARM},
    [PAINT_CURSOR] = {A_REVERSE, 0},    [PAINT_KEY] = {A_BOLD, 0},
};

void
paint_start(bool colours)
{
    if (!colours || !has_colors() || start_color() == ERR)
        return;
    short background = use_default_colors() == OK ? -1 : COLOR_BLACK;
    init_pair(PAIR_LAST, COLOR_YELLOW, background);
    init_pair(PAIR_ALARM, COLOR_RED, background);
}

attr_t
paint_attributes(enum paint paint, bool colours)
{
    attr_t attributes = paints[paint].attributes;
    return colours ? attributes | (attr_t)COLOR_PAIR(paints[paint].pair) : attributes;
}

int
paint_text(WINDOW *window, int row, int column, int columns, enum paint paint, bool colours,
           bool ascii, const char *text)
{
    int room = getmaxx(window) - column;
    if (columns > room)
        columns = room;
    if (row < 0 || row >= getmaxy(window) || column < 0 || columns <= 0)
        return 0;

    char fitted[4096];
    int used = text_fit(fitted, sizeof fitted, text, columns, ascii);
    wattrset(window, (int)paint_attributes(paint, colours));
    mvwaddstr(window, row, column, fitted);
    wattrset(window, A_NORMAL);
    return used;
}

int
paint_centred(WINDOW *window, int row, int left, int columns, enum paint paint, bool colours,
              bool ascii, const char *text)
{
    int blank = columns - text_columns(text);
    int indent = blank > 0 ? blank / 2 : 0;
    return paint_text(window, row, left + indent, columns - indent, paint, colours, ascii, text);
}
