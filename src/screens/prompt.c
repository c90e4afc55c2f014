#include "screens/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/text.h"
#include "session/text_scan.h"

enum { CONTROL = 0x1F, ESCAPE = 27, DELETE_BACK = 127, JOINER_NONE = 0x200C, JOINER = 0x200D };

void
prompt_open(struct ui *ui, enum prompt_use use, const char *text)
{
    if (ui->prompt_use == PROMPT_NOTE && use != PROMPT_NOTE)
        memcpy(ui->stash, ui->text, sizeof ui->stash);
    ui->prompt_use = use;
    snprintf(ui->text, sizeof ui->text, "%s", text);
    ui->caret = strlen(ui->text);
    ui->is_proposal = *text != '\0' && (use == PROMPT_STOP || use == PROMPT_DATE);
}

void
prompt_close(struct ui *ui)
{
    ui->is_proposal = false;
    if (ui->prompt_use == PROMPT_NOTE)
        return;
    ui->prompt_use = PROMPT_NOTE;
    memcpy(ui->text, ui->stash, sizeof ui->text);
    ui->stash[0] = '\0';
    ui->caret = strlen(ui->text);
}

static size_t
room(const struct ui *ui)
{
    bool is_name = ui->prompt_use == PROMPT_JOIN || ui->prompt_use == PROMPT_RENAME ||
                   ui->prompt_use == PROMPT_ROLE;
    return is_name ? NAME_MOST : UI_TEXT - 1;
}

static bool
insert(struct ui *ui, const char *bytes, size_t count)
{
    size_t length = strlen(ui->text);
    if (length + count > room(ui)) {
        snprintf(ui->notice, sizeof ui->notice, "The line is full.");
        return false;
    }
    memmove(ui->text + ui->caret + count, ui->text + ui->caret, length - ui->caret + 1);
    memcpy(ui->text + ui->caret, bytes, count);
    ui->caret += count;
    return true;
}

static void
cut(struct ui *ui, size_t from, size_t to)
{
    memmove(ui->text + from, ui->text + to, strlen(ui->text + to) + 1);
    ui->caret = from;
}

/* Cuts and keeps it for ^Y; cutting nothing keeps what was cut before. */
static void
kill_range(struct ui *ui, size_t from, size_t to)
{
    char *kept = from < to ? strndup(ui->text + from, to - from) : NULL;
    if (kept == NULL)
        return;
    free(ui->kill);
    ui->kill = kept;
    cut(ui, from, to);
}

static size_t
word_start(const struct ui *ui)
{
    size_t at = ui->caret;
    while (at > 0 && ui->text[at - 1] == ' ')
        at--;
    while (at > 0 && ui->text[at - 1] != ' ')
        at--;
    return at;
}

static size_t
word_end(const struct ui *ui)
{
    size_t at = ui->caret;
    while (ui->text[at] == ' ')
        at++;
    while (ui->text[at] != '\0' && ui->text[at] != ' ')
        at++;
    return at;
}

static void
go_start(struct ui *ui)
{
    ui->caret = 0;
}

static void
go_end(struct ui *ui)
{
    ui->caret = strlen(ui->text);
}

static void
go_back(struct ui *ui)
{
    ui->caret = text_previous(ui->text, ui->caret);
}

static void
go_forward(struct ui *ui)
{
    ui->caret = text_next(ui->text, ui->caret);
}

static void
go_word_back(struct ui *ui)
{
    ui->caret = word_start(ui);
}

static void
go_word_forward(struct ui *ui)
{
    ui->caret = word_end(ui);
}

static void
delete_back(struct ui *ui)
{
    cut(ui, text_previous(ui->text, ui->caret), ui->caret);
}

static void
delete_here(struct ui *ui)
{
    cut(ui, ui->caret, text_next(ui->text, ui->caret));
}

static void
kill_to_end(struct ui *ui)
{
    kill_range(ui, ui->caret, strlen(ui->text));
}

static void
kill_to_start(struct ui *ui)
{
    kill_range(ui, 0, ui->caret);
}

static void
kill_word_back(struct ui *ui)
{
    kill_range(ui, word_start(ui), ui->caret);
}

static void
kill_word_forward(struct ui *ui)
{
    kill_range(ui, ui->caret, word_end(ui));
}

static void
yank(struct ui *ui)
{
    if (ui->kill != NULL)
        insert(ui, ui->kill, strlen(ui->kill));
}

/* The clusters around the caret change places; at the end the last two do. */
static void
transpose(struct ui *ui)
{
    size_t middle = ui->text[ui->caret] != '\0' ? ui->caret : text_previous(ui->text, ui->caret);
    size_t from = text_previous(ui->text, middle), to = text_next(ui->text, middle);
    if (from == middle || middle == to)
        return;
    char left[UI_TEXT];
    memcpy(left, ui->text + from, middle - from);
    memmove(ui->text + from, ui->text + middle, to - middle);
    memcpy(ui->text + from + (to - middle), left, middle - from);
    ui->caret = to;
}

static const struct binding {
    bool function, alt;
    wint_t code;
    void (*edit)(struct ui *ui);
} bindings[] = {
    {false, false, CONTROL & 'A', go_start},
    {true, false, KEY_HOME, go_start},
    {false, false, CONTROL & 'E', go_end},
    {true, false, KEY_END, go_end},
    {false, false, CONTROL & 'B', go_back},
    {true, false, KEY_LEFT, go_back},
    {false, false, CONTROL & 'F', go_forward},
    {true, false, KEY_RIGHT, go_forward},
    {false, true, 'b', go_word_back},
    {false, true, 'f', go_word_forward},
    {false, false, CONTROL & 'H', delete_back},
    {false, false, DELETE_BACK, delete_back},
    {true, false, KEY_BACKSPACE, delete_back},
    {false, false, CONTROL & 'D', delete_here},
    {true, false, KEY_DC, delete_here},
    {false, false, CONTROL & 'K', kill_to_end},
    {false, false, CONTROL & 'U', kill_to_start},
    {false, false, CONTROL & 'W', kill_word_back},
    {false, true, DELETE_BACK, kill_word_back},
    {false, true, CONTROL & 'H', kill_word_back},
    {true, true, KEY_BACKSPACE, kill_word_back},
    {false, true, 'd', kill_word_forward},
    {false, false, CONTROL & 'Y', yank},
    {false, false, CONTROL & 'T', transpose},
};

const struct key_help prompt_keys[] = {
    {"Enter", "enter", "Takes the line in.", COMMAND_NONE},
    {"Esc", "leave", "Leaves the line; a half-typed note is kept.", COMMAND_NONE},
    {"Left Right", "", "Move the caret by a character; so do ^B and ^F.", COMMAND_NONE},
    {"Alt-b Alt-f", "", "Move it by a word.", COMMAND_NONE},
    {"Home End", "", "Move it to the start and the end of the line; so do ^A and ^E.",
     COMMAND_NONE},
    {"^W ^U ^K", "", "Cut the word before the caret, all before it, all behind it.", COMMAND_NONE},
    {"^Y", "", "Puts back what was cut last.", COMMAND_NONE},
    {"^T", "", "Swaps the two characters around the caret.", COMMAND_NONE},
    {NULL, NULL, NULL, COMMAND_NONE},
};

static const struct binding *
binding_of(struct key key)
{
    for (size_t i = 0; i < sizeof bindings / sizeof bindings[0]; i++) {
        const struct binding *row = &bindings[i];
        if (row->function == key.function && row->alt == key.alt && row->code == key.code)
            return row;
    }
    return NULL;
}

/* A joiner is judged with what may follow it, a letter or an emoji: one will be typed next
 * (text_fault() looks again at the whole line when it is entered). */
static bool
may_enter(const struct ui *ui, wint_t code, const char *bytes, size_t count)
{
    static const char *const behind[] = {"a", "\U0001F469"};
    char why[80], probe[UI_TEXT + 8];
    bool may = false;
    if (code != JOINER && code != JOINER_NONE)
        return text_fault(bytes, count, why) == NULL;
    for (int i = 0; i < 2 && !may; i++) {
        int length = snprintf(probe, sizeof probe, "%.*s%.*s%s", (int)ui->caret, ui->text,
                              (int)count, bytes, behind[i]);
        may = text_fault(probe, (size_t)length, why) == NULL;
    }
    return may;
}

static enum prompt_result
type(struct ui *ui, wint_t code, bool in_place)
{
    char bytes[4];
    if (code == '\t')
        code = ' ';
    if (code > 0x10FFFF || (code >= 0xD800 && code < 0xE000))
        return PROMPT_UNKNOWN;
    size_t count = text_encode((int32_t)code, bytes);
    if (count == 0 || !may_enter(ui, code, bytes, count))
        return PROMPT_UNKNOWN;
    if (in_place)
        cut(ui, 0, strlen(ui->text));
    insert(ui, bytes, count);
    return PROMPT_TYPING;
}

/* What lost its letter since it was typed: the joiners go. */
static void
drop_joiners(char *text)
{
    static const char *const joiners[] = {"\xE2\x80\x8C", "\xE2\x80\x8D"};
    for (size_t i = 0; i < 2; i++)
        for (char *at = text; (at = strstr(at, joiners[i])) != NULL;)
            memmove(at, at + 3, strlen(at + 3) + 1);
}

static enum prompt_result
enter(struct ui *ui)
{
    char why[80];
    if (text_fault(ui->text, strlen(ui->text), why) != NULL)
        drop_joiners(ui->text);
    const char *from = ui->text + strspn(ui->text, " ");
    size_t length = strlen(from);
    while (length > 0 && from[length - 1] == ' ')
        length--;
    memcpy(ui->taken, from, length);
    ui->taken[length] = '\0';
    ui->text[0] = '\0';
    ui->caret = 0;
    return PROMPT_ENTERED;
}

static bool
is_enter(struct key key)
{
    return key.function ? key.code == KEY_ENTER
                        : !key.alt && (key.code == '\r' || key.code == '\n');
}

static bool
is_leave(struct key key)
{
    return !key.function && !key.alt &&
           (key.code == ESCAPE || key.code == (CONTROL & 'C') || key.code == (CONTROL & 'G'));
}

enum prompt_result
prompt_key(struct ui *ui, struct key key)
{
    bool in_place = ui->is_proposal;
    ui->is_proposal = false;
    if (is_enter(key))
        return enter(ui);
    if (is_leave(key))
        return PROMPT_LEFT;
    const struct binding *row = binding_of(key);
    if (row != NULL) {
        row->edit(ui);
        return PROMPT_TYPING;
    }
    return key.function || key.alt ? PROMPT_UNKNOWN : type(ui, key.code, in_place);
}
