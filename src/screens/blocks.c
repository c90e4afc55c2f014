#include "screens/blocks.h"

#include <wchar.h>

enum { LINE_MOST = 1024 /* cells drawn in one row */ };

int
blocks_rows(int height, bool ascii)
{
    return ascii ? height : (height + 1) / 2;
}

int
blocks_columns(int width, bool ascii)
{
    return ascii ? 2 * width : width;
}

int
blocks_height(int rows, bool ascii)
{
    return ascii ? rows : 2 * rows;
}

/* The upper and the lower pixel of a cell as one character. */
static wchar_t
half_block(bool upper, bool lower)
{
    if (upper)
        return lower ? L'█' : L'▀';
    return lower ? L'▄' : L' ';
}

static int
fill_row(wchar_t *line, int row, int width, int height, blocks_pixel pixel, const void *picture,
         bool ascii)
{
    int cells = 0;
    for (int x = 0; x < width && cells + 2 <= LINE_MOST; x++) {
        if (ascii) {
            wchar_t mark = pixel(picture, x, row) ? L'#' : L' ';
            line[cells++] = mark;
            line[cells++] = mark;
        } else {
            bool lower = 2 * row + 1 < height && pixel(picture, x, 2 * row + 1);
            line[cells++] = half_block(pixel(picture, x, 2 * row), lower);
        }
    }
    return cells;
}

void
blocks_draw(WINDOW *window, int row, int column, int width, int height, blocks_pixel pixel,
            const void *picture, enum paint paint, enum colours colours, bool ascii)
{
    int room = getmaxx(window) - column;
    if (column < 0 || room <= 0)
        return;
    wattrset(window, (int)paint_attributes(paint, colours));
    for (int i = 0; i < blocks_rows(height, ascii); i++) {
        wchar_t line[LINE_MOST];
        int cells = fill_row(line, i, width, height, pixel, picture, ascii);
        mvwaddnwstr(window, row + i, column, line, cells < room ? cells : room);
    }
    wattrset(window, A_NORMAL);
}
