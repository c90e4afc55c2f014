#include "screens/paint.h"

#include "session/text.h"

enum { OWN = -1 /* the terminal's own colour */, MANY_COLOURS = 256 };

/* What has a colour of its own; few on purpose: where colour is rare, it means something. */
enum role { ROLE_TEXT, ROLE_LAST, ROLE_ALARM, ROLE_GREEN, ROLE_RED, ROLE_AMBER, ROLES };

static const struct {
    attr_t attributes;
    attr_t
        mono; /* the same without colours: what a vt100 has, and nothing that a projector loses */
    enum role role;
} paints[PAINTS] = {
    [PAINT_TEXT] = {A_NORMAL, A_NORMAL, ROLE_TEXT},
    [PAINT_STRONG] = {A_BOLD, A_BOLD, ROLE_TEXT},
    [PAINT_DIM] = {A_DIM, A_NORMAL, ROLE_TEXT},
    [PAINT_CLOCK] = {A_BOLD, A_BOLD, ROLE_TEXT},
    [PAINT_LAST] = {A_BOLD, A_BOLD | A_REVERSE, ROLE_LAST},
    [PAINT_ALARM] = {A_BOLD | A_REVERSE, A_BOLD | A_REVERSE, ROLE_ALARM},
    [PAINT_CURSOR] = {A_REVERSE, A_REVERSE, ROLE_TEXT},
    [PAINT_KEY] = {A_BOLD, A_BOLD, ROLE_TEXT},
    [PAINT_GREEN] = {A_BOLD, A_BOLD, ROLE_GREEN},
    [PAINT_RED] = {A_BOLD, A_BOLD | A_REVERSE, ROLE_RED},
    [PAINT_AMBER] = {A_BOLD, A_BOLD | A_UNDERLINE, ROLE_AMBER},
};

/* A colour where there are 8 or 16, and where there are 256: of the fixed ones from 16 up, since
 * the first 16 are whatever the terminal's user made of them. */
struct hue {
    short few, many;
};

/* Legible on their backgrounds: at least 4.5 to 1 in 256 colours, on any background 3.8 to 1. In 8
 * colours yellow and green vanish on white, and what is left then is word and shape. */
static const struct {
    struct hue background, role[ROLES];
} palettes[COLOURS_COUNT] = {
    [COLOURS_ANY] = {{OWN, OWN},
                     {{OWN, OWN},
                      {COLOR_RED, 166},
                      {COLOR_RED, 160},
                      {COLOR_GREEN, 28},
                      {COLOR_RED, 160},
                      {OWN, 166}}},
    [COLOURS_ON_DARK] = {{OWN, OWN},
                         {{OWN, OWN},
                          {COLOR_YELLOW, 220},
                          {COLOR_RED, 203},
                          {COLOR_GREEN, 114},
                          {COLOR_RED, 203},
                          {COLOR_YELLOW, 214}}},
    [COLOURS_ON_LIGHT] =
        {{OWN, OWN},
         {{OWN, OWN}, {COLOR_RED, 130}, {COLOR_RED, 124}, {OWN, 22}, {COLOR_RED, 124}, {OWN, 130}}},
    [COLOURS_DARK] = {{COLOR_BLACK, 16},
                      {{COLOR_WHITE, 255},
                       {COLOR_YELLOW, 220},
                       {COLOR_RED, 203},
                       {COLOR_GREEN, 114},
                       {COLOR_RED, 203},
                       {COLOR_YELLOW, 214}}},
    [COLOURS_LIGHT] = {{COLOR_WHITE, 231},
                       {{COLOR_BLACK, 16},
                        {COLOR_RED, 130},
                        {COLOR_RED, 124},
                        {COLOR_BLACK, 22},
                        {COLOR_RED, 124},
                        {COLOR_BLACK, 130}}},
    [COLOURS_CONTRAST] = {{COLOR_BLACK, 16},
                          {{COLOR_WHITE, 231},
                           {COLOR_YELLOW, 226},
                           {COLOR_YELLOW, 226},
                           {COLOR_WHITE, 231},
                           {COLOR_YELLOW, 226},
                           {COLOR_WHITE, 231}}},
};

enum colours
paint_colours(enum theme theme, bool has_colours, enum background background)
{
    static const enum colours of_background[] = {
        [BACKGROUND_UNKNOWN] = COLOURS_ANY,
        [BACKGROUND_DARK] = COLOURS_ON_DARK,
        [BACKGROUND_LIGHT] = COLOURS_ON_LIGHT,
    };
    static const enum colours of_theme[] = {
        [THEME_DARK] = COLOURS_DARK,
        [THEME_LIGHT] = COLOURS_LIGHT,
        [THEME_CONTRAST] = COLOURS_CONTRAST,
        [THEME_MONO] = COLOURS_NONE,
    };
    if (!has_colours)
        return COLOURS_NONE;
    return theme == THEME_AUTO ? of_background[background] : of_theme[theme];
}

static bool
has_many(void)
{
    return COLORS >= MANY_COLOURS;
}

/* Pair 0 is the terminal's own colours: text where no background is painted. */
static short
pair_of(enum role role, enum colours colours)
{
    bool is_own = role == ROLE_TEXT && palettes[colours].background.many == OWN;
    return colours == COLOURS_NONE || is_own ? 0
                                             : (short)(1 + ((int)colours - 1) * ROLES + (int)role);
}

static short
colour_of(struct hue hue, short own)
{
    short colour = has_many() ? hue.many : hue.few;
    return colour == OWN ? own : colour;
}

void
paint_start(bool has_colours)
{
    if (!has_colours || !has_colors() || start_color() == ERR)
        return;
    bool has_own = use_default_colors() == OK;
    for (enum colours colours = COLOURS_ANY; colours < COLOURS_COUNT; colours++) {
        short background = colour_of(palettes[colours].background, has_own ? OWN : COLOR_BLACK);
        for (enum role role = 0; role < ROLES; role++) {
            struct hue hue = palettes[colours].role[role];
            if (pair_of(role, colours) != 0)
                init_pair(pair_of(role, colours), colour_of(hue, has_own ? OWN : COLOR_WHITE),
                          background);
        }
    }
}

short
paint_pair(enum colours colours)
{
    return pair_of(ROLE_TEXT, colours);
}

void
paint_background(WINDOW *window, enum colours colours)
{
    wbkgdset(window, (chtype)(' ' | paint_attributes(PAINT_TEXT, colours)));
}

/* In few colours bold is often shown as the brighter colour: that makes white whiter, and black
 * gray. */
static attr_t
adjust(attr_t attributes, enum colours colours)
{
    if (colours == COLOURS_CONTRAST)
        attributes = (attributes & ~A_DIM) | (has_many() ? A_NORMAL : A_BOLD);
    if (colours == COLOURS_LIGHT)
        attributes &= ~(has_many() ? A_DIM : A_DIM | A_BOLD);
    return attributes;
}

attr_t
paint_attributes(enum paint paint, enum colours colours)
{
    if (colours == COLOURS_NONE)
        return paints[paint].mono;
    return adjust(paints[paint].attributes, colours) |
           (attr_t)COLOR_PAIR(pair_of(paints[paint].role, colours));
}

int
paint_text(WINDOW *window, int row, int column, int columns, enum paint paint, enum colours colours,
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
paint_centred(WINDOW *window, int row, int left, int columns, enum paint paint,
              enum colours colours, bool ascii, const char *text)
{
    int blank = columns - text_columns(text);
    int indent = blank > 0 ? blank / 2 : 0;
    return paint_text(window, row, left + indent, columns - indent, paint, colours, ascii, text);
}
