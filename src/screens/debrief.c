/*
 * The debrief: one question after another, notes typed below it. Letters belong to the line from
 * the start; whoever wants keys leaves it with Esc.
 */
#include "screens/debrief.h"

#include <stdio.h>
#include <string.h>

#include "screens/overlay.h"
#include "screens/prompt.h"

static const struct key_help debrief_keys[] = {
    {"Enter", "", "On a line with text: keeps the note. On an empty line: the next question.",
     COMMAND_NONE},
    {"@ >", "", "At the start of a note make it an action item: \"@Grace bring cables\".",
     COMMAND_NONE},
    {"Up Down", "", "Choose a note; Enter then changes it, Delete or ^D removes it.", COMMAND_NONE},
    {"PgUp PgDn", "", "The question before, the next question; so do ^P and ^N.", COMMAND_NONE},
    {"Esc", "", "Leaves the line, then letters are keys. Tab, o or Esc types again.", COMMAND_NONE},
    {"n", "", "The next question, where letters are keys.", COMMAND_NONE},
    {NULL, NULL, NULL, COMMAND_NONE},
};

static const struct key_help modes[][5] = {
    [DEBRIEF_EMPTY] = {{"Enter", "next question", "", COMMAND_NONE},
                       {"Up", "change a note", "", COMMAND_NONE},
                       {"PgUp", "back", "", COMMAND_NONE},
                       {"Esc", "undo, help, quit", "", COMMAND_NONE}},
    [DEBRIEF_LINE] = {{"Enter", "keeps the note", "", COMMAND_NONE},
                      {"@name", "action item", "", COMMAND_NONE},
                      {"F1", "help", "", COMMAND_NONE}},
    [DEBRIEF_CHOSEN] = {{"Enter", "change it", "", COMMAND_NONE},
                        {"Delete", "remove it", "", COMMAND_NONE},
                        {"Esc", "type", "", COMMAND_NONE}},
    [DEBRIEF_EDITING] = {{"Enter", "keep", "", COMMAND_NONE},
                         {"Esc", "as it was", "", COMMAND_NONE}},
    [DEBRIEF_KEYS] = {{"Tab", "type", "", COMMAND_NONE},
                      {"n", "next", "", COMMAND_NONE}, /* short: it has to fit in 40 columns */
                      {"PgUp", "back", "", COMMAND_NONE}},
};

const struct key_help *
debrief_keys_of(enum debrief_mode mode)
{
    return modes[mode];
}

enum debrief_mode
debrief_mode(const struct view *view, const struct ui *ui)
{
    bool chosen = ui->note != 0 && debrief_index(view->session, ui->note) >= 0;
    if (chosen && ui->prompt_use == PROMPT_EDIT_NOTE)
        return DEBRIEF_EDITING;
    if (chosen)
        return DEBRIEF_CHOSEN;
    if (ui->letters_are_keys)
        return DEBRIEF_KEYS;
    return ui->text[0] == '\0' ? DEBRIEF_EMPTY : DEBRIEF_LINE;
}

static bool
is_typing(const struct view *view, const struct ui *ui)
{
    return debrief_mode(view, ui) == DEBRIEF_EDITING || !ui->letters_are_keys;
}

/* --- questions --- */

static enum reply
open_question(struct ui *ui, int number, struct command *command)
{
    ui->note = 0;
    command->kind = COMMAND_QUESTION;
    command->number = number;
    return REPLY_COMMAND;
}

static enum reply
next_question(const struct view *view, struct ui *ui, struct command *command)
{
    const struct session *session = view->session;
    if (session->question < session->settings.questions.count)
        return open_question(ui, session->question + 1, command);
    ui->note = 0;
    command->kind = COMMAND_ROLES;
    return REPLY_COMMAND;
}

static enum reply
page(const struct view *view, struct ui *ui, int step, struct command *command)
{
    const struct session *session = view->session;
    int number = session->question + step;
    if (number >= 1 && number <= session->settings.questions.count)
        return open_question(ui, number, command);
    snprintf(ui->notice, sizeof ui->notice, "%s",
             step < 0 ? "This is the first question."
                      : "This is the last question; Enter on an empty line goes on to the roles.");
    return REPLY_DRAWN;
}

/* --- the chosen note --- */

static enum reply
choose(const struct view *view, struct ui *ui, int step)
{
    int count = debrief_count(view->session), index = debrief_index(view->session, ui->note);
    index = (index < 0 ? count : index) + step;
    if (index >= 0)
        ui->note = index < count ? debrief_note(view->session, index)->seq : 0;
    return REPLY_DRAWN;
}

static enum reply
edit(const struct view *view, struct ui *ui)
{
    char text[UI_TEXT];
    int index = debrief_index(view->session, ui->note);
    prompt_open(ui, PROMPT_EDIT_NOTE,
                debrief_text(text, sizeof text, debrief_note(view->session, index)));
    return REPLY_DRAWN;
}

static enum reply
edited(struct ui *ui, struct command *command)
{
    prompt_close(ui);
    if (ui->taken[0] == '\0') {
        snprintf(ui->notice, sizeof ui->notice, "The note stays as it was; Delete removes it.");
        return REPLY_DRAWN;
    }
    command->kind = COMMAND_NOTE_EDIT;
    command->note = ui->note;
    command->text = ui->taken;
    return REPLY_COMMAND;
}

static enum reply
edit_key(struct ui *ui, struct key key, struct command *command)
{
    switch (prompt_key(ui, key)) {
    case PROMPT_ENTERED:
        return edited(ui, command);
    case PROMPT_LEFT:
        prompt_close(ui);
        return REPLY_DRAWN;
    case PROMPT_TYPING:
        return REPLY_DRAWN;
    default:
        return REPLY_IGNORED;
    }
}

static enum reply
remove_note(const struct view *view, struct ui *ui, struct command *command)
{
    int index = debrief_index(view->session, ui->note), count = debrief_count(view->session);
    command->kind = COMMAND_NOTE_DELETE;
    command->note = ui->note;
    ui->note = index + 1 < count ? debrief_note(view->session, index + 1)->seq : 0;
    return REPLY_COMMAND;
}

static enum reply
chosen_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    if (key_is_enter(key))
        return edit(view, ui);
    if (key_is_function(key, KEY_DC) || key_is(key, KEY_CONTROL & 'D'))
        return remove_note(view, ui, command);
    if (key_is_leave(key)) {
        ui->note = 0;
        return REPLY_DRAWN;
    }
    return REPLY_IGNORED;
}

/* --- the line --- */

static enum reply
line_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    switch (prompt_key(ui, key)) {
    case PROMPT_ENTERED:
        if (ui->taken[0] == '\0')
            return next_question(view, ui, command);
        ui->note = 0;
        command->kind = COMMAND_NOTE;
        command->text = ui->taken;
        return REPLY_COMMAND;
    case PROMPT_LEFT:
        ui->letters_are_keys = true;
        return REPLY_DRAWN;
    case PROMPT_TYPING:
        ui->note = 0;
        return REPLY_DRAWN;
    default:
        return REPLY_IGNORED;
    }
}

static enum reply
letter_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    bool is_enter = key_is_enter(key);
    if (key_is(key, 'n') || (is_enter && ui->text[0] == '\0'))
        return next_question(view, ui, command);
    if (!is_enter && !key_is(key, '\t') && !key_is(key, 'o') && !key_is_leave(key))
        return REPLY_IGNORED;
    ui->letters_are_keys = false;
    return REPLY_DRAWN;
}

/* The keys that mean the same wherever letters go. */
static enum reply
travel_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    if (key_is_function(key, KEY_UP))
        return choose(view, ui, -1);
    if (key_is_function(key, KEY_DOWN))
        return choose(view, ui, 1);
    if (key_is_function(key, KEY_PPAGE) || key_is(key, KEY_CONTROL & 'P'))
        return page(view, ui, -1, command);
    if (key_is_function(key, KEY_NPAGE) || key_is(key, KEY_CONTROL & 'N'))
        return page(view, ui, 1, command);
    return REPLY_IGNORED;
}

static enum reply
debrief_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    enum debrief_mode mode = debrief_mode(view, ui);
    if (mode == DEBRIEF_EDITING)
        return edit_key(ui, key, command);
    prompt_close(ui); /* the note that was being changed may be gone */
    enum reply reply = travel_key(view, ui, key, command);
    if (reply == REPLY_IGNORED && mode == DEBRIEF_CHOSEN)
        reply = chosen_key(view, ui, key, command);
    if (reply != REPLY_IGNORED)
        return reply;
    return ui->letters_are_keys ? letter_key(view, ui, key, command)
                                : line_key(view, ui, key, command);
}

const struct screen debrief_screen = {
    .name = "debrief",
    .draw = debrief_draw,
    .key = debrief_key,
    .keys = debrief_keys,
    .is_typing = is_typing,
};
