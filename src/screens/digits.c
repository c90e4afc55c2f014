#include "screens/digits.h"

#include <string.h>

#include "screens/blocks.h"

/* Three columns and five rows of bands a glyph; bands 0, 2, 4 (rows) and 0, 2 (columns) are a
 * stroke wide, those between are what the height leaves. */
/* clang-format off */
static const char *const glyphs[10] = {
    "###" "# #" "# #" "# #" "###", /* 0 */
    "  #" "  #" "  #" "  #" "  #", /* 1 */
    "###" "  #" "###" "#  " "###", /* 2 */
    "###" "  #" "###" "  #" "###", /* 3 */
    "# #" "# #" "###" "  #" "  #", /* 4 */
    "###" "#  " "###" "  #" "###", /* 5 */
    "###" "#  " "###" "# #" "###", /* 6 */
    "###" "  #" "  #" "  #" "  #", /* 7 */
    "###" "# #" "###" "# #" "###", /* 8 */
    "###" "# #" "###" "  #" "###", /* 9 */
};
/* clang-format on */

/* All in pixels. */
struct face {
    int height, width; /* of a digit */
    int stroke, hole;  /* hole: the height of each of the two holes of an 8 */
    int gap;           /* between two glyphs */
};

struct clock_picture {
    struct face face;
    const char *text;
};

static struct face
face_for(int rows, bool ascii)
{
    int pixels = blocks_height(rows, ascii);
    int stroke = (pixels + 2) / 6 > 1 ? (pixels + 2) / 6 : 1;
    /* Both holes are the same: what cannot be halved stays free at the bottom. */
    int hole = (pixels - 3 * stroke) / 2;
    int height = 3 * stroke + 2 * hole;
    return (struct face){
        .height = height,
        .width = (3 * height + 2) / 5,
        .stroke = stroke,
        .hole = hole,
        .gap = stroke < 3 ? stroke : stroke - 1,
    };
}

static int
glyph_width(const struct face *face, char glyph)
{
    return glyph == ':' ? face->stroke : face->width;
}

static int
text_width(const struct face *face, const char *text)
{
    int width = 0;
    for (; *text != '\0'; text++)
        width += glyph_width(face, *text) + (text[1] != '\0' ? face->gap : 0);
    return width;
}

/* The band that a pixel lies in; even bands are strokes. */
static int
band(int at, int stroke, int hole)
{
    int pair = at / (stroke + hole);
    return 2 * pair + (at % (stroke + hole) >= stroke ? 1 : 0);
}

static bool
digit_pixel(const struct face *face, int digit, int x, int y)
{
    int column = band(x, face->stroke, face->width - 2 * face->stroke);
    int row = band(y, face->stroke, face->hole);
    return glyphs[digit][3 * row + column] == '#';
}

static bool
colon_pixel(const struct face *face, int y)
{
    int dot = face->hole < face->stroke ? face->hole : face->stroke;
    int upper = face->stroke + (face->hole - dot) / 2;
    int lower = upper + face->stroke + face->hole;
    return (y >= upper && y < upper + dot) || (y >= lower && y < lower + dot);
}

static bool
plus_pixel(const struct face *face, int x, int y)
{
    int left = (face->width - face->stroke) / 2, top = (face->height - face->stroke) / 2;
    bool in_bar = y >= top && y < top + face->stroke;
    bool in_post =
        x >= left && x < left + face->stroke && y >= top - left && y < top + face->stroke + left;
    return in_bar || in_post;
}

static bool
glyph_pixel(const struct face *face, char glyph, int x, int y)
{
    if (glyph >= '0' && glyph <= '9')
        return digit_pixel(face, glyph - '0', x, y);
    if (glyph == ':')
        return colon_pixel(face, y);
    return glyph == '+' && plus_pixel(face, x, y);
}

static bool
clock_pixel(const void *picture, int x, int y)
{
    const struct clock_picture *clock = picture;
    for (const char *glyph = clock->text; *glyph != '\0'; glyph++) {
        int width = glyph_width(&clock->face, *glyph);
        if (x < width)
            return x >= 0 && glyph_pixel(&clock->face, *glyph, x, y);
        x -= width + clock->face.gap;
        if (x < 0)
            return false;
    }
    return false;
}

static int
least_rows(bool ascii)
{
    return ascii ? 5 : 3;
}

int
digits_columns(const char *text, int rows, bool ascii)
{
    struct face face = face_for(rows, ascii);
    return blocks_columns(text_width(&face, text), ascii);
}

int
digits_fit(const char *text, int rows, int columns, bool ascii)
{
    while (rows >= least_rows(ascii) && digits_columns(text, rows, ascii) > columns)
        rows--;
    return rows >= least_rows(ascii) ? rows : 0;
}

void
digits_draw(WINDOW *window, int row, int column, const char *text, int rows, enum paint paint,
            enum colours colours, bool ascii)
{
    if (rows < least_rows(ascii))
        return;
    struct clock_picture clock = {face_for(rows, ascii), text};
    blocks_draw(window, row, column, text_width(&clock.face, text), clock.face.height, clock_pixel,
                &clock, paint, colours, ascii);
}
