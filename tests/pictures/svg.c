#include "svg.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "../screens/canvas.h"

enum {
    WIDE = 9,
    HIGH = 18,
    BASE = 14 /* of the text in a row */,
    SIZE = 15,
    EDGE = 9
}; /* pixels */

static const uint32_t own_ink = 0xd8d8d8, own_paper = 0x1b1b1b;

/* How a cell looks. */
struct look {
    uint32_t ink, paper;
    bool bold, underlined;
};

struct cell {
    struct look look;
    char text[CANVAS_CELL];
    int columns; /* 2: a wide character */
};

/* --- colours --- */

/* Of xterm's 256; -1 is the terminal's own. */
static uint32_t
rgb(short colour, uint32_t own)
{
    static const uint32_t first[] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
                                     0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
                                     0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};
    static const uint32_t steps[] = {0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
    if (colour < 0)
        return own;
    if (colour < 16)
        return first[colour];
    if (colour >= 232)
        return 0x010101u * (8u + 10u * (uint32_t)(colour - 232));
    int cube = colour - 16;
    return steps[cube / 36] << 16 | steps[cube / 6 % 6] << 8 | steps[cube % 6];
}

/* Halfway from ink to paper. */
static uint32_t
dimmed(uint32_t ink, uint32_t paper)
{
    return ((ink & 0xfefefe) >> 1) + ((paper & 0xfefefe) >> 1);
}

static int
columns_of(const char *text)
{
    wchar_t first = L' ';
    mbtowc(&first, text, CANVAS_CELL);
    return wcwidth(first) == 2 ? 2 : 1;
}

static struct cell
cell_at(WINDOW *window, int row, int column)
{
    struct cell cell;
    short pair, ink = -1, paper = -1;
    attr_t has = canvas_cell(window, row, column, cell.text, &pair);
    if (pair != 0)
        pair_content(pair, &ink, &paper);
    uint32_t one = rgb(ink, own_ink), other = rgb(paper, own_paper);
    if (has & A_DIM)
        one = dimmed(one, other);
    cell.look = (struct look){.ink = has & A_REVERSE ? other : one,
                              .paper = has & A_REVERSE ? one : other,
                              .bold = has & A_BOLD,
                              .underlined = has & A_UNDERLINE};
    cell.columns = columns_of(cell.text);
    return cell;
}

/* --- what a run of cells becomes --- */

struct run {
    int row, column, columns;
};

static void
put_rectangle(FILE *out, struct run run, int top, int height, uint32_t colour)
{
    fprintf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
            EDGE + run.column * WIDE, EDGE + run.row * HIGH + top, run.columns * WIDE, height,
            (unsigned)colour);
}

static void
put_escaped(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '&' || *text == '<' || *text == '>' || *text == '"')
            fprintf(out, "&#%d;", *text);
        else
            fputc(*text, out);
    }
}

static void
put_text(FILE *out, struct run run, const struct look *look, const char *text)
{
    fprintf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"%s%s>",
            EDGE + run.column * WIDE, EDGE + run.row * HIGH + BASE, run.columns * WIDE,
            (unsigned)look->ink, look->bold ? " font-weight=\"bold\"" : "",
            look->underlined ? " text-decoration=\"underline\"" : "");
    put_escaped(out, text);
    fputs("</text>\n", out);
}

/* The three blocks of the big letters; false when the cell holds something else. */
static bool
is_block(const char *text, int *top, int *height)
{
    static const struct {
        const char *text;
        int top, height;
    } blocks[] = {{"\u2588", 0, HIGH}, {"\u2580", 0, HIGH / 2}, {"\u2584", HIGH / 2, HIGH / 2}};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        if (strcmp(text, blocks[i].text) == 0) {
            *top = blocks[i].top;
            *height = blocks[i].height;
            return true;
        }
    }
    return false;
}

static bool
same_look(const struct look *one, const struct look *other)
{
    return one->ink == other->ink && one->paper == other->paper && one->bold == other->bold &&
           one->underlined == other->underlined;
}

/* Whether a cell goes on what another began: a block goes with the same block only, text with
 * text, and a blank with blanks. */
static bool
goes_on(const struct cell *first, const struct cell *next)
{
    int top, height;
    if (!same_look(&first->look, &next->look))
        return false;
    bool blank = strcmp(first->text, " ") == 0;
    if (blank || is_block(first->text, &top, &height) || strcmp(next->text, " ") == 0)
        return strcmp(first->text, next->text) == 0;
    return !is_block(next->text, &top, &height);
}

static void
put_run(FILE *out, struct run run, const struct cell *first, const char *text)
{
    int top, height;
    if (first->look.paper != own_paper)
        put_rectangle(out, run, 0, HIGH, first->look.paper);
    if (is_block(first->text, &top, &height))
        put_rectangle(out, run, top, height, first->look.ink);
    else if (strcmp(first->text, " ") != 0 || first->look.underlined)
        put_text(out, run, &first->look, text);
}

static void
put_row(FILE *out, WINDOW *window, int row)
{
    int columns = getmaxx(window);
    for (int column = 0, end; column < columns; column = end) {
        char text[CANVAS_CELL * 64] = "";
        struct cell first = cell_at(window, row, column), next = first;
        end = column;
        while (end < columns && strlen(text) + CANVAS_CELL < sizeof text &&
               (end == column || goes_on(&first, &next))) {
            strcat(text, next.text);
            end += next.columns;
            if (end < columns)
                next = cell_at(window, row, end);
        }
        put_run(out, (struct run){row, column, end - column}, &first, text);
    }
}

void
svg_write(FILE *out, WINDOW *window, const char *title)
{
    int width = getmaxx(window) * WIDE + 2 * EDGE, height = getmaxy(window) * HIGH + 2 * EDGE;
    fprintf(out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"title\">\n<title id=\"title\">",
            width, height, width, height);
    put_escaped(out, title);
    fprintf(out,
            "</title>\n<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#%06x\"/>\n"
            "<g font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" "
            "font-size=\"%d\" shape-rendering=\"crispEdges\">\n",
            width, height, (unsigned)own_paper, SIZE);
    for (int row = 0; row < getmaxy(window); row++)
        put_row(out, window, row);
    fputs("</g>\n</svg>\n", out);
}
