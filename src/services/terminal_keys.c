#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "services/terminal_state.h"

enum { ESCAPE = 27 };

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
        return !is_first && add_byte(terminal, byte, key);
    }
    if (length == (size_t)-2)
        return false;
    *key = (struct key){.function = false, .code = (wint_t)character};
    return true;
}

/* Esc that nothing came with. */
static bool
take_escape(struct key *key)
{
    *key = (struct key){.code = ESCAPE};
    return true;
}

/* After Esc wgetch(3) has waited a moment: what is there then came with it, as Alt does. */
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
            if (!has_byte_after_all(terminal, gone))
                return false;
        } else if (code == ESCAPE) {
            alt = true;
        } else if (code >= KEY_MIN) {
            *key = (struct key){.function = true, .code = (wint_t)code, .alt = alt};
            if (code != KEY_RESIZE) /* resizeterm(3) sends it; terminal_resize() has said so */
                return true;
        } else if (add_byte(terminal, (char)code, key)) {
            key->alt = alt;
            return true;
        }
    }
}
