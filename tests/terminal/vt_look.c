#include <stdlib.h>
#include <string.h>
#include <termios.h>

#include "vt_inside.h"

static size_t
put_character(char *out, uint32_t c)
{
    if (c < 0x80)
        return (size_t)(*out = (char)c, 1);
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, c >>= 6)
        out[i] = (char)(0x80 | (c & 0x3f));
    out[0] = (char)((0xf00 >> length) | c);
    return length;
}

/* The characters of a cell: 0 for the second half of a wide one. */
static size_t
put_cell(struct vt *vt, char *out, int row, int column)
{
    VTermScreenCell cell;
    size_t length = 0;
    vterm_screen_get_cell(vt->screen, (VTermPos){row, column}, &cell);
    if (cell.chars[0] == (uint32_t)-1)
        return 0;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
        length += put_character(out + length, cell.chars[i]);
    return length;
}

static size_t
put_row(struct vt *vt, char *out, int row)
{
    size_t length = 0, inked = 0;
    for (int column = 0; column < vt->columns; column++) {
        size_t added = put_cell(vt, out + length, row, column);
        VTermScreenCell cell;
        vterm_screen_get_cell(vt->screen, (VTermPos){row, column}, &cell);
        if (added == 0 && cell.chars[0] == 0) {
            out[length] = ' ';
            added = 1;
        }
        length += added;
        if (out[length - 1] != ' ')
            inked = length;
    }
    out[inked] = '\0';
    return inked;
}

static char *
text_room(struct vt *vt, int rows)
{
    size_t size = (size_t)rows * ((size_t)vt->columns * 4 * VTERM_MAX_CHARS_PER_CELL + 2) + 1;
    vt->text = realloc(vt->text, size);
    if (!vt->text)
        abort();
    return vt->text;
}

const char *
vt_row(struct vt *vt, int row)
{
    put_row(vt, text_room(vt, 1), row);
    return vt->text;
}

const char *
vt_screen(struct vt *vt)
{
    char *text = text_room(vt, vt->rows);
    size_t length = 0;
    for (int row = 0; row < vt->rows; row++) {
        length += put_row(vt, text + length, row);
        text[length++] = '\n';
    }
    text[length] = '\0';
    return text;
}

bool
vt_has(struct vt *vt, const char *text)
{
    return strstr(vt_screen(vt), text) != NULL;
}

struct vt_cell
vt_cell(struct vt *vt, int row, int column)
{
    VTermScreenCell cell;
    struct vt_cell out = {0};
    vterm_screen_get_cell(vt->screen, (VTermPos){row, column}, &cell);
    out.text[put_cell(vt, out.text, row, column)] = '\0';
    out.bold = cell.attrs.bold;
    out.reverse = cell.attrs.reverse;
    out.is_coloured = !VTERM_COLOR_IS_DEFAULT_FG(&cell.fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
    return out;
}

bool
vt_is_alternate(const struct vt *vt)
{
    return vt->alternate;
}

bool
vt_has_cursor(const struct vt *vt)
{
    return vt->cursor;
}

/* Pastes nothing: with the mode on, libvterm would send a mark all the same. */
bool
vt_marks_paste(struct vt *vt)
{
    vt->is_asked = true;
    vt->has_marked = false;
    vterm_keyboard_start_paste(vt->terminal);
    vt->is_asked = false;
    return vt->has_marked;
}

bool
vt_tells_mouse(const struct vt *vt)
{
    return vt->tells_mouse;
}

int
vt_bells(const struct vt *vt)
{
    return vt->bells;
}

const char *
vt_title(const struct vt *vt)
{
    return vt->title;
}

const char *
vt_tail(const struct vt *vt)
{
    return vt->tail;
}

int64_t
vt_bytes(const struct vt *vt)
{
    return vt->bytes;
}

bool
vt_is_cooked(const struct vt *vt)
{
    struct termios modes;
    tcflag_t wanted = ICANON | ECHO | ISIG | IEXTEN;
    return tcgetattr(vt->master, &modes) == 0 && (modes.c_lflag & wanted) == wanted &&
           (modes.c_oflag & OPOST) && (modes.c_iflag & ICRNL);
}

bool
vt_is_sane(const struct vt *vt)
{
    return vt_is_cooked(vt) && vt->cursor && !vt->alternate && !vt->tells_mouse;
}
