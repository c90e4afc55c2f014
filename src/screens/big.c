#include "screens/big.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/digits.h"
#include "screens/frame.h"
#include "screens/letters.h"
#include "session/text.h"

enum { MARGIN = 1 /* columns left free at both sides */ };

static int
room(const WINDOW *window)
{
    return getmaxx(window) - 2 * MARGIN;
}

/* --- time --- */

/* Splits "4 min" into the number and its unit; a time in digits has no unit. */
static const char *
split_unit(char number[static DURATION_SIZE], const char *time)
{
    size_t length = strcspn(time, " ");
    snprintf(number, DURATION_SIZE, "%.*s", (int)length, time);
    return time[length] == ' ' ? time + length + 1 : "";
}

/* The unit's letters stand on the digits' base line, at a third of their height. */
static int
unit_scale(const struct view *view, int rows)
{
    int scale = rows / 2 / letters_rows(1, view->ascii);
    return scale > 1 ? scale : 1;
}

static int
unit_columns(const struct view *view, const char *unit, int rows)
{
    return *unit ? 3 + letters_columns(unit, unit_scale(view, rows), view->ascii) : 0;
}

void
big_clock(WINDOW *window, const struct view *view, int top, int rows, enum paint paint,
          const char *time)
{
    char number[DURATION_SIZE];
    const char *unit = split_unit(number, time);
    int columns = room(window), beside = unit_columns(view, unit, rows);
    int height = digits_fit(number, rows, columns - beside, view->ascii);
    if (height == 0 || (*unit && height < letters_rows(1, view->ascii))) {
        frame_centred(window, view, top + rows / 2, paint, time);
        return;
    }
    beside = unit_columns(view, unit, height);
    int width = digits_columns(number, height, view->ascii);
    int left = (getmaxx(window) - width - beside) / 2, row = top + (rows - height) / 2;
    digits_draw(window, row, left, number, height, paint, view->colours, view->ascii);
    int scale = unit_scale(view, height);
    letters_draw(window, row + height - letters_rows(scale, view->ascii), left + width + 3, unit,
                 scale, paint, view->colours, view->ascii);
}

/* --- name --- */

static void
centre_letters(WINDOW *window, const struct view *view, int row, enum paint paint, const char *text,
               int scale)
{
    int columns = letters_columns(text, scale, view->ascii);
    letters_draw(window, row, (getmaxx(window) - columns) / 2, text, scale, paint, view->colours,
                 view->ascii);
}

static int
smaller(int one, int other)
{
    return one < other ? one : other;
}

/* The best place to break a name, as the offset of a blank; *scale: what both lines can have then,
 * 0 when there is none. */
static size_t
best_break(const struct view *view, const char *name, int rows, int columns, int *scale)
{
    size_t best = 0;
    *scale = 0;
    for (size_t at = 1; name[at] != '\0'; at++) {
        char first[NAME_MOST + 1];
        if (name[at] != ' ' || at > NAME_MOST)
            continue;
        snprintf(first, sizeof first, "%.*s", (int)at, name);
        int here = smaller(letters_fit(first, rows / 2, columns, view->ascii),
                           letters_fit(name + at + 1, rows / 2, columns, view->ascii));
        if (here > *scale) {
            *scale = here;
            best = at;
        }
    }
    return best;
}

static void
two_lines(WINDOW *window, const struct view *view, int top, int rows, enum paint paint,
          const char *name, size_t at, int scale)
{
    char first[NAME_MOST + 1];
    int each = letters_rows(scale, view->ascii), row = top + (rows - 2 * each) / 2;
    snprintf(first, sizeof first, "%.*s", (int)at, name);
    centre_letters(window, view, row, paint, first, scale);
    centre_letters(window, view, row + each, paint, name + at + 1, scale);
}

/* "A D A   L O V E L A C E" where there is room, since width is all that plain text can have. */
static void
plain_name(WINDOW *window, const struct view *view, int row, enum paint paint, const char *name)
{
    char *upper = text_upper(name), spaced[4 * NAME_MOST + 1] = "";
    const char *shown = upper ? upper : name;
    size_t used = 0, next;
    for (size_t at = 0; shown[at] != '\0' && used + NAME_MOST < sizeof spaced; at = next) {
        next = text_next(shown, at);
        used += (size_t)snprintf(spaced + used, sizeof spaced - used, "%s%.*s", at ? " " : "",
                                 (int)smaller((int)(next - at), NAME_MOST - 2), shown + at);
    }
    bool fits = text_columns(spaced) <= room(window) && strlen(shown) <= NAME_MOST;
    frame_centred(window, view, row, paint, fits ? spaced : shown);
    free(upper);
}

void
big_name(WINDOW *window, const struct view *view, int top, int rows, enum paint paint,
         const char *name)
{
    int columns = room(window), broken;
    int whole = letters_fit(name, rows, columns, view->ascii);
    size_t at = best_break(view, name, rows, columns, &broken);
    if (broken > whole) {
        two_lines(window, view, top, rows, paint, name, at, broken);
    } else if (whole > 0) {
        int height = letters_rows(whole, view->ascii);
        centre_letters(window, view, top + (rows - height) / 2, paint, name, whole);
    } else {
        plain_name(window, view, top + rows / 2, paint, name);
    }
}
