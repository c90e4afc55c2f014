#include "screens/roll.h"

#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/overlay.h"

const struct key_help roll_keys[] = {
    {"Space", "here/away", "Marks who is here and who is away; v does the same.", COMMAND_AWAY},
    {"O", "observer", "Lets somebody watch without driving, or drive again.", COMMAND_OBSERVE},
    {"J K", "move", "Move somebody down or up in the order.", COMMAND_MOVE},
    {"r", "rename", "Mends a name.", COMMAND_RENAME},
    {NULL, NULL, NULL, COMMAND_NONE},
};

int
roll_count(const struct view *view)
{
    return view->session->roster.count;
}

/* What else is worth knowing about somebody, with the separator before it; "" for nothing. */
static const char *
state(const struct view *view, const struct person *person)
{
    const struct session *session = view->session;
    bool coding = session_is_coding(session);
    if (!person->present)
        return "away";
    if (coding && person->id == session->turn.driver &&
        (session->phase == PHASE_TURN || session->phase == PHASE_PAUSED))
        return "has the keyboard";
    if (person->observer)
        return "observer";
    if (coding && person->id == session_next_driver(session))
        return "next";
    return coding && person->turns == 0 ? "has not driven yet" : "";
}

bool
roll_row(const struct view *view, const void *user, int index, char *out, size_t size)
{
    (void)user;
    const struct person *person = &view->session->roster.people[index];
    const char *words = state(view, person);
    const char *box = !person->present ? "[ ]" : person->observer ? "[o]" : "[x]";
    snprintf(out, size, "%s %s%s%s", box, person->name, words[0] != '\0' ? frame_dot(view) : "",
             words);
    return !person->present;
}

const struct person *
roll_person(const struct view *view, const struct ui *ui)
{
    int count = roll_count(view);
    if (count == 0)
        return NULL;
    int index = ui->cursor < 0 ? 0 : ui->cursor >= count ? count - 1 : ui->cursor;
    return &view->session->roster.people[index];
}

/* The cursor goes with the person. */
static enum reply
shift(const struct view *view, struct ui *ui, struct command *command, int places)
{
    int to = ui->cursor + places;
    if (to < 0 || to >= roll_count(view))
        return REPLY_DRAWN;
    ui->cursor = to;
    command->kind = COMMAND_MOVE;
    command->number = places;
    return REPLY_COMMAND;
}

static enum reply
act(const struct view *view, struct ui *ui, const struct person *person, wint_t letter,
    struct command *command)
{
    command->person = person->id;
    switch (letter) {
    case ' ':
    case 'v':
        command->kind = person->present ? COMMAND_AWAY : COMMAND_BACK;
        return REPLY_COMMAND;
    case 'O':
        command->kind = person->observer ? COMMAND_ROTATE : COMMAND_OBSERVE;
        return REPLY_COMMAND;
    case 'J':
        return shift(view, ui, command, 1);
    case 'K':
        return shift(view, ui, command, -1);
    case 'r':
        ui->person = person->id;
        ask_open(ui, PROMPT_RENAME, person->name);
        return REPLY_DRAWN;
    default:
        return REPLY_IGNORED;
    }
}

enum reply
roll_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    int rows = view->rows > 8 ? view->rows - 6 : LIST_PAGE;
    if (list_key(ui, key, roll_count(view), rows))
        return REPLY_DRAWN;
    const struct person *person = roll_person(view, ui);
    if (person == NULL || key.function || key.alt)
        return REPLY_IGNORED;
    return act(view, ui, person, key.code, command);
}
