#include "screens/letters.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "screens/blocks.h"
#include "session/text.h"

/* A letter is six pixels high; above it one row for a mark, and one that keeps them apart. */
enum { BODY = 6, HEIGHT = BODY + 2, SPACE = 2, LETTERS_MOST = 128 };

struct letter {
    uint32_t code;
    int width;
    const char *body; /* row after row */
};

/* clang-format off */
static const struct letter letters[] = {
    {'A', 4, " ## " "#  #" "#  #" "####" "#  #" "#  #"},
    {'B', 4, "### " "#  #" "### " "#  #" "#  #" "### "},
    {'C', 4, " ###" "#   " "#   " "#   " "#   " " ###"},
    {'D', 4, "### " "#  #" "#  #" "#  #" "#  #" "### "},
    {'E', 4, "####" "#   " "### " "#   " "#   " "####"},
    {'F', 4, "####" "#   " "### " "#   " "#   " "#   "},
    {'G', 4, " ###" "#   " "# ##" "#  #" "#  #" " ###"},
    {'H', 4, "#  #" "#  #" "####" "#  #" "#  #" "#  #"},
    {'I', 3, "###" " # " " # " " # " " # " "###"},
    {'J', 4, "  ##" "   #" "   #" "   #" "#  #" " ## "},
    {'K', 4, "#  #" "# # " "##  " "# # " "#  #" "#  #"},
    {'L', 4, "#   " "#   " "#   " "#   " "#   " "####"},
    {'M', 5, "#   #" "## ##" "# # #" "#   #" "#   #" "#   #"},
    {'N', 5, "#   #" "##  #" "# # #" "#  ##" "#   #" "#   #"},
    {'O', 4, " ## " "#  #" "#  #" "#  #" "#  #" " ## "},
    {'P', 4, "### " "#  #" "#  #" "### " "#   " "#   "},
    {'Q', 5, " ##  " "#  # " "#  # " "#  # " "# ## " " ## #"},
    {'R', 4, "### " "#  #" "#  #" "### " "# # " "#  #"},
    {'S', 4, " ###" "#   " " ## " "   #" "   #" "### "},
    {'T', 5, "#####" "  #  " "  #  " "  #  " "  #  " "  #  "},
    {'U', 4, "#  #" "#  #" "#  #" "#  #" "#  #" " ## "},
    {'V', 5, "#   #" "#   #" "#   #" " # # " " # # " "  #  "},
    {'W', 5, "#   #" "#   #" "#   #" "# # #" "## ##" "#   #"},
    {'X', 5, "#   #" " # # " "  #  " "  #  " " # # " "#   #"},
    {'Y', 5, "#   #" " # # " "  #  " "  #  " "  #  " "  #  "},
    {'Z', 5, "#####" "   # " "  #  " " #   " "#    " "#####"},
    {'0', 4, " ## " "#  #" "#  #" "#  #" "#  #" " ## "},
    {'1', 3, " # " "## " " # " " # " " # " "###"},
    {'2', 4, "### " "   #" "  # " " #  " "#   " "####"},
    {'3', 4, "### " "   #" " ## " "   #" "   #" "### "},
    {'4', 4, "#  #" "#  #" "####" "   #" "   #" "   #"},
    {'5', 4, "####" "#   " "### " "   #" "   #" "### "},
    {'6', 4, " ## " "#   " "### " "#  #" "#  #" " ## "},
    {'7', 4, "####" "   #" "  # " "  # " " #  " " #  "},
    {'8', 4, " ## " "#  #" " ## " "#  #" "#  #" " ## "},
    {'9', 4, " ## " "#  #" "#  #" " ###" "   #" " ## "},
    {'-', 3, "   " "   " "###" "   " "   " "   "},
    {'.', 1, " " " " " " " " " " "#"},
    {',', 2, "  " "  " "  " "  " " #" "# "},
    {'?', 4, "### " "   #" "  # " " #  " "    " " #  "},
    {'\'', 1, "#" "#" " " " " " " " "},
    {0x2019, 1, "#" "#" " " " " " " " "}, /* the typographic apostrophe */
    {0xC6, 7, " ######" "#  #   " "#  ### " "####   " "#  #   " "#  ####"}, /* AE */
    {0xD8, 4, " ###" "#  #" "# ##" "## #" "#  #" "### "},                   /* O, stroke */
    {0x141, 4, " #  " " #  " " ## " "##  " " #  " " ###"},                   /* L, stroke */
};

enum mark { DOTS, ACUTE, GRAVE, ROOF, WAVE };

/* Four pixels, centred over the letter. */
static const char *const marks[] = {
    [DOTS] = "#  #", [ACUTE] = "  ##", [GRAVE] = "##  ", [ROOF] = " ## ", [WAVE] = "####",
};

/* A ring and a caron look like a roof at this size; what the name is, plain text tells. */
static const struct marked {
    uint32_t code;
    char letter;
    enum mark mark;
} marked[] = {
    {0xC0, 'A', GRAVE}, {0xC1, 'A', ACUTE}, {0xC2, 'A', ROOF}, {0xC3, 'A', WAVE}, {0xC4, 'A', DOTS},
    {0xC5, 'A', ROOF}, {0xC8, 'E', GRAVE}, {0xC9, 'E', ACUTE}, {0xCA, 'E', ROOF}, {0xCB, 'E', DOTS},
    {0xCC, 'I', GRAVE}, {0xCD, 'I', ACUTE}, {0xCE, 'I', ROOF}, {0xCF, 'I', DOTS}, {0xD1, 'N', WAVE},
    {0xD2, 'O', GRAVE}, {0xD3, 'O', ACUTE}, {0xD4, 'O', ROOF}, {0xD5, 'O', WAVE}, {0xD6, 'O', DOTS},
    {0xD9, 'U', GRAVE}, {0xDA, 'U', ACUTE}, {0xDB, 'U', ROOF}, {0xDC, 'U', DOTS}, {0xDD, 'Y', ACUTE},
    {0x106, 'C', ACUTE}, {0x10C, 'C', ROOF}, {0x10E, 'D', ROOF}, {0x11A, 'E', ROOF},
    {0x11E, 'G', ROOF}, {0x143, 'N', ACUTE}, {0x147, 'N', ROOF}, {0x150, 'O', DOTS},
    {0x158, 'R', ROOF}, {0x15A, 'S', ACUTE}, {0x160, 'S', ROOF}, {0x164, 'T', ROOF},
    {0x16E, 'U', ROOF}, {0x170, 'U', DOTS}, {0x179, 'Z', ACUTE}, {0x17B, 'Z', DOTS},
    {0x17D, 'Z', ROOF},
};
/* clang-format on */

/* A text spelt: letters and marks one after the other; a NULL letter is a blank. */
struct spelling {
    const struct letter *letter[LETTERS_MOST];
    const char *mark[LETTERS_MOST]; /* NULL: none */
    int count, scale;
};

static const struct letter *
find_letter(uint32_t code)
{
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        if (letters[i].code == code)
            return &letters[i];
    }
    return NULL;
}

static const struct marked *
find_marked(uint32_t code)
{
    for (size_t i = 0; i < sizeof marked / sizeof *marked; i++) {
        if (marked[i].code == code)
            return &marked[i];
    }
    return NULL;
}

/* The next character up to U+FFFF, all that is looked for here; 0 for any other. */
static uint32_t
take_character(const char **text)
{
    const unsigned char *byte = (const unsigned char *)*text;
    int length = byte[0] < 0x80             ? 1
                 : (byte[0] & 0xE0) == 0xC0 ? 2
                 : (byte[0] & 0xF0) == 0xE0 ? 3
                                            : 0;
    uint32_t code = length == 1 ? byte[0] : length == 2 ? byte[0] & 0x1F : byte[0] & 0x0F;
    for (int i = 1; i < length; i++) {
        if ((byte[i] & 0xC0) != 0x80)
            return 0;
        code = code << 6 | (byte[i] & 0x3F);
    }
    *text += length;
    return length > 0 ? code : 0;
}

static bool
spell_character(struct spelling *spelling, uint32_t code)
{
    if (spelling->count == LETTERS_MOST)
        return false;
    const struct marked *with_mark = find_marked(code);
    const struct letter *letter = find_letter(with_mark ? (uint32_t)with_mark->letter : code);
    if (letter == NULL && code != ' ')
        return false;
    spelling->letter[spelling->count] = letter;
    spelling->mark[spelling->count++] = with_mark ? marks[with_mark->mark] : NULL;
    return true;
}

static bool
spell(struct spelling *spelling, const char *text, int scale)
{
    *spelling = (struct spelling){.scale = scale};
    char *upper = text_upper(text);
    bool known = upper != NULL && *upper != '\0';
    for (const char *at = upper; known && *at != '\0';)
        known = spell_character(spelling, take_character(&at));
    free(upper);
    return known;
}

static int
width_at(const struct spelling *spelling, int i)
{
    return spelling->letter[i] != NULL ? spelling->letter[i]->width : SPACE;
}

static int
spelling_width(const struct spelling *spelling)
{
    int width = spelling->count - 1;
    for (int i = 0; i < spelling->count; i++)
        width += width_at(spelling, i);
    return width * spelling->scale;
}

static bool
letter_pixel(const struct letter *letter, const char *mark, int x, int y)
{
    if (y >= HEIGHT - BODY)
        return letter->body[(y - (HEIGHT - BODY)) * letter->width + x] == '#';
    if (mark == NULL || y > 0)
        return false;
    x -= (letter->width - 4) / 2;
    return x >= 0 && x < 4 && mark[x] == '#';
}

static bool
spelling_pixel(const void *picture, int x, int y)
{
    const struct spelling *spelling = picture;
    x /= spelling->scale;
    y /= spelling->scale;
    for (int i = 0; i < spelling->count && x >= 0; i++) {
        int width = width_at(spelling, i);
        if (x < width)
            return spelling->letter[i] != NULL &&
                   letter_pixel(spelling->letter[i], spelling->mark[i], x, y);
        x -= width + 1;
    }
    return false;
}

int
letters_columns(const char *text, int scale, bool ascii)
{
    struct spelling spelling;
    return spell(&spelling, text, scale) ? blocks_columns(spelling_width(&spelling), ascii) : 0;
}

int
letters_rows(int scale, bool ascii)
{
    return blocks_rows(HEIGHT * scale, ascii);
}

int
letters_fit(const char *text, int rows, int columns, bool ascii)
{
    int once = letters_columns(text, 1, ascii);
    if (once == 0)
        return 0;
    int by_columns = columns / once, by_rows = rows / letters_rows(1, ascii);
    return by_columns < by_rows ? by_columns : by_rows;
}

void
letters_draw(WINDOW *window, int row, int column, const char *text, int scale, enum paint paint,
             enum colours colours, bool ascii)
{
    struct spelling spelling;
    if (scale < 1 || !spell(&spelling, text, scale))
        return;
    blocks_draw(window, row, column, spelling_width(&spelling), HEIGHT * scale, spelling_pixel,
                &spelling, paint, colours, ascii);
}
