#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "services/clock.h"
#include "services/terminal_state.h"

enum {
    ESCAPE = 27,
    PASTE_QUIET_MS = 1000, /* after that a paste whose end has not come is over */
    SEQUENCE_QUIET_MS = 100,
    BELL = 7
};

void
terminal_keys_open(struct terminal *terminal)
{
    keypad(terminal->keys, TRUE);
    meta(terminal->keys, TRUE); /* the eighth bit is part of a character */
    nodelay(terminal->keys, TRUE);
    define_key("\033[200~", PASTE_BEGINS);
    define_key("\033[201~", PASTE_ENDS);
}

int
terminal_input_fd(const struct terminal *terminal)
{
    return terminal->input;
}

/* ncurses has no key for us, and does not tell a terminal that is gone from one where nobody types;
 * read(2) does, and may bring a byte typed since. True when it did. */
static bool
has_byte_after_all(const struct terminal *terminal, bool *gone)
{
    unsigned char byte;
    ssize_t length = read(terminal->input, &byte, 1);
    *gone = length == 0 || (length < 0 && errno != EAGAIN && errno != EINTR);
    return length == 1 && ungetch(byte) == OK;
}

/* One more byte of a character in the locale's encoding; true when that is whole. What makes no
 * character is dropped. (get_wch(3) drops a character whose last bytes have not come yet, too.) */
static bool
add_byte(struct terminal *terminal, char byte, struct key *key)
{
    bool is_first = mbsinit(&terminal->character);
    wchar_t character;
    size_t length = mbrtowc(&character, &byte, 1, &terminal->character);
    if (length == (size_t)-1) {
        memset(&terminal->character, 0, sizeof terminal->character);
        terminal->has_dropped |= is_first;
        return !is_first && add_byte(terminal, byte, key);
    }
    if (length == (size_t)-2)
        return false;
    *key = (struct key){.code = (wint_t)character, .pasted = terminal->is_pasting};
    return true;
}

bool
terminal_dropped(struct terminal *terminal)
{
    bool dropped = terminal->has_dropped;
    terminal->has_dropped = false;
    return dropped;
}

/* Esc that nothing came with. */
static bool
take_escape(struct key *key)
{
    *key = (struct key){.code = ESCAPE};
    return true;
}

/* True when it is one for the caller. */
static bool
take_function(struct terminal *terminal, int code, struct key *key)
{
    if (code == PASTE_BEGINS || code == PASTE_ENDS) {
        terminal->is_pasting = code == PASTE_BEGINS;
        *key = (struct key){.function = true, .pasted = true};
        return terminal->is_pasting;
    }
    if (code == MOUSE_BEGINS || code == MOUSE_BEGINS_OLD) {
        terminal_mouse_begin(terminal, code);
        return false;
    }
    *key = (struct key){.function = true, .code = (wint_t)code, .pasted = terminal->is_pasting};
    return code != KEY_RESIZE; /* resizeterm(3) sends it; terminal_resize() has said so */
}

/* Only time in which nothing lay there to be read counts: we may have been busy. */
static void
note_quiet(struct terminal *terminal)
{
    if ((terminal->is_pasting || terminal->sequence != SEQUENCE_NONE) && terminal->quiet_ms == 0)
        terminal->quiet_ms = clock_boot_ms();
}

static void
note_byte(struct terminal *terminal)
{
    int64_t quiet_ms = terminal->quiet_ms == 0 ? 0 : clock_boot_ms() - terminal->quiet_ms;

    if (quiet_ms >= PASTE_QUIET_MS)
        terminal->is_pasting = false;
    if (quiet_ms >= SEQUENCE_QUIET_MS)
        terminal->sequence = SEQUENCE_NONE;
    terminal->quiet_ms = 0;
}

/* --- sequences that are no key ------------------------------------------------------------- */

/* By what came in one breath with Esc. None of these is a key with Alt that means anything. */
static enum sequence
sequence_begun(int code)
{
    switch (code) {
    case '[':
    case 'O':
        return SEQUENCE_KEY;
    case ']':
    case 'P':
    case 'X':
    case '^':
    case '_':
        return SEQUENCE_STRING;
    default:
        return SEQUENCE_NONE;
    }
}

static enum sequence
sequence_after(enum sequence sequence, int code)
{
    if (sequence == SEQUENCE_KEY)
        return code < '@' ? SEQUENCE_KEY : SEQUENCE_NONE;
    if (sequence == SEQUENCE_STRING)
        return code == BELL ? SEQUENCE_NONE : code == ESCAPE ? SEQUENCE_STRING_END : sequence;
    return SEQUENCE_NONE;
}

/* True when `code` is part of the sequence; what cannot be ends it. */
static bool
pass_over(struct terminal *terminal, int code)
{
    enum sequence before = terminal->sequence;
    bool is_part = before == SEQUENCE_KEY ? code >= ' ' && code <= '~'
                   : before == SEQUENCE_STRING
                       ? (code >= ' ' && code < KEY_MIN) || code == BELL || code == ESCAPE
                       : before == SEQUENCE_STRING_END && code == '\\';

    terminal->sequence = is_part ? sequence_after(before, code) : SEQUENCE_NONE;
    return is_part;
}

/* After Esc wgetch(3) has waited a moment: what is there then came with it, as Alt does; but in a
 * paste nobody holds a key down. */
bool
terminal_key(struct terminal *terminal, struct key *key, bool *gone)
{
    bool alt = false;

    *gone = false;
    if (terminal->is_away) /* in the background reading would stop us once more */
        return false;
    for (;;) {
        int code = wgetch(terminal->keys);
        if (alt && (code == ERR || (code == ESCAPE && ungetch(code) == OK)))
            return take_escape(key);
        if (code == ERR) {
            if (has_byte_after_all(terminal, gone))
                continue;
            note_quiet(terminal);
            return false;
        }
        note_byte(terminal);
        if (terminal->mouse.is_coming) {
            if (terminal_mouse_take(terminal, code, key))
                return true;
            continue;
        }
        if (pass_over(terminal, code))
            continue;
        if (alt && sequence_begun(code) != SEQUENCE_NONE) {
            terminal->sequence = sequence_begun(code);
            alt = false;
        } else if (code == ESCAPE && !terminal->is_pasting) {
            alt = true;
        } else if (code >= KEY_MIN ? take_function(terminal, code, key)
                                   : add_byte(terminal, (char)code, key)) {
            key->alt = alt;
            return true;
        }
    }
}
