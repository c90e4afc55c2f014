/* The mouse, where somebody wants it: asked for, read, and given back (terminal_restore.c). */
#include <curses.h>
#include <stdlib.h>
#include <unistd.h>

#include "services/terminal_about.h"
#include "services/terminal_state.h"

enum {
    LEFT = 0, /* buttons, as terminals number them */
    MODIFIERS = 4 + 8 + 16,
    WHEEL_UP = 64,
    WHEEL_DOWN = 65,
    OLD_BYTES = 3,
    OLD_OFFSET = 32,
    COORDINATE_MOST = 9999,
};

static const char on[] = "\033[?1000h\033[?1006h";
static const char off[] = "\033[?1006l\033[?1000l";

/* Both ways of telling: all terminals of today know the first. */
void
terminal_mouse_ask(struct terminal *terminal)
{
    define_key("\033[<", terminal->has_mouse ? MOUSE_BEGINS : 0);
    define_key("\033[M", terminal->has_mouse ? MOUSE_BEGINS_OLD : 0);
    dprintf(terminal->outlet.memory, "%s", terminal->has_mouse ? on : off);
}

void
terminal_mouse(struct terminal *terminal, bool wanted)
{
    wanted = wanted && terminal_tells_mouse();
    if (wanted == terminal->has_mouse)
        return;
    terminal->has_mouse = wanted;
    terminal_mouse_ask(terminal);
}

void
terminal_mouse_begin(struct terminal *terminal, int code)
{
    terminal->mouse = (struct mouse_report){.is_coming = true, .is_old = code == MOUSE_BEGINS_OLD};
}

/* Only what has a meaning here: a press of the left button, and the wheel as the arrow keys. */
static bool
make_key(int button, int column, int row, struct key *key)
{
    button &= ~MODIFIERS;
    if ((button != LEFT && button != WHEEL_UP && button != WHEEL_DOWN) || row < 1 || column < 1)
        return false;
    *key = (struct key){.function = true, .code = KEY_MOUSE, .row = row - 1, .column = column - 1};
    if (button != LEFT)
        key->code = button == WHEEL_UP ? KEY_UP : KEY_DOWN;
    return true;
}

static bool
take_old(struct mouse_report *report, unsigned char byte, struct key *key)
{
    report->bytes[report->length++] = (char)byte;
    if (report->length < OLD_BYTES)
        return false;
    report->is_coming = false;
    return make_key((unsigned char)report->bytes[0] - OLD_OFFSET,
                    (unsigned char)report->bytes[1] - OLD_OFFSET,
                    (unsigned char)report->bytes[2] - OLD_OFFSET, key);
}

static int
number(const char **text)
{
    char *end;
    long value = strtol(*text, &end, 10);
    *text = *end == ';' ? end + 1 : end;
    return value >= 0 && value <= COORDINATE_MOST ? (int)value : -1;
}

/* "0;10;5M"; a small m at its end: the button is up again. */
static bool
take_new(struct mouse_report *report, char byte, struct key *key)
{
    bool is_part = (byte >= '0' && byte <= '9') || byte == ';';
    if (is_part && report->length + 1 < (int)sizeof report->bytes) {
        report->bytes[report->length++] = byte;
        return false;
    }
    report->is_coming = false;
    report->bytes[report->length] = '\0';
    const char *rest = report->bytes;
    int button = number(&rest), column = number(&rest), row = number(&rest);
    return byte == 'M' && button >= 0 && make_key(button, column, row, key);
}

bool
terminal_mouse_take(struct terminal *terminal, int byte, struct key *key)
{
    struct mouse_report *report = &terminal->mouse;
    return report->is_old ? take_old(report, (unsigned char)byte, key)
                          : take_new(report, (char)byte, key);
}
