/* The line that is typed at the bottom of a screen: a note, a name, a time. */
#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/overlay.h"
#include "screens/paint.h"
#include "screens/prompt.h"
#include "session/duration.h"

enum { HINT_ROWS = 5 /* below that the row is worth more to the clock */ };

static const struct ask {
    const char *label, *hint;
    enum command_kind command;
} asks[] = {
    [PROMPT_NOTE] = {"Note:",
                     "Enter keeps it; @name makes an action item. Esc leaves it half typed.",
                     COMMAND_NOTE},
    [PROMPT_EDIT_NOTE] = {"Note:", "Enter keeps the change. Esc leaves it as it was.",
                          COMMAND_NOTE_EDIT},
    [PROMPT_JOIN] = {"Who has come?", "Enter adds the name. Esc leaves.", COMMAND_JOIN},
    [PROMPT_STOP] = {"New end:", "A time of day, like 14:15. Enter moves the end. Esc leaves.",
                     COMMAND_STOP_AT},
    [PROMPT_RENAME] = {"Right name:", "Enter changes the name. Esc leaves it.", COMMAND_RENAME},
    [PROMPT_ROLE] = {"Who?", "Enter takes the name. Esc goes back to the list.", COMMAND_TAKE_ROLE},
    [PROMPT_DATE] = {"When?", "A day, like 2026-12-24. Enter takes it. Esc goes back.",
                     COMMAND_DATE},
};

void
ask_open(struct ui *ui, enum prompt_use use, const char *text)
{
    char copy[UI_TEXT];
    snprintf(copy, sizeof copy, "%s", text);
    prompt_open(ui, use, copy);
    overlay_open(ui, OVERLAY_PROMPT);
}

bool
ask_again(struct ui *ui, const struct command *command)
{
    if (command->text != ui->taken || command->kind == COMMAND_NONE)
        return false;
    for (size_t use = 0; use < sizeof asks / sizeof asks[0]; use++) {
        if (asks[use].command != command->kind)
            continue;
        prompt_open(ui, (enum prompt_use)use, ui->taken);
        if (command->kind != COMMAND_NOTE_EDIT && command->kind != COMMAND_NOTE)
            overlay_open(ui, OVERLAY_PROMPT);
        return true;
    }
    return false;
}

void
ask_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    const struct ask *ask = &asks[ui->prompt_use];
    int rows = getmaxy(window), columns = getmaxx(window), row = rows - 1;
    bool has_notice = ui->notice[0] != '\0';
    if (rows >= (has_notice ? 2 : HINT_ROWS)) {
        overlay_row(window, row, PAINT_TEXT, view);
        frame_text(window, view, row, 0, columns, has_notice ? PAINT_ALARM : PAINT_DIM,
                   has_notice ? ui->notice : ask->hint);
        row--;
    }
    overlay_row(window, row, PAINT_TEXT, view);
    prompt_draw(window, row, 0, columns, view, ui, ask->label);
}

static void
leave(struct ui *ui)
{
    prompt_close(ui);
    overlay_close(ui);
}

static enum reply
move_stop(struct ui *ui, struct command *command)
{
    if (!clock_parse(ui->taken, &command->number)) {
        prompt_open(ui, PROMPT_STOP, ui->taken);
        snprintf(ui->notice, sizeof ui->notice, "That is no time of day; write it like 14:15.");
        return REPLY_DRAWN;
    }
    leave(ui);
    return REPLY_COMMAND;
}

/* At the board people come one after another: the line stays open for the next name. */
static enum reply
join(const struct view *view, struct ui *ui)
{
    if (view->session->phase != PHASE_WAITING)
        leave(ui);
    return REPLY_COMMAND;
}

static enum reply
entered(const struct view *view, struct ui *ui, struct command *command)
{
    enum prompt_use use = ui->prompt_use;
    if (ui->taken[0] == '\0') {
        leave(ui);
        return REPLY_DRAWN;
    }
    command->kind = asks[use].command;
    command->text = ui->taken;
    command->person = ui->person;
    command->note = ui->note;
    switch (use) {
    case PROMPT_NOTE:
        leave(ui);
        snprintf(ui->notice, sizeof ui->notice, "The note is kept.");
        return REPLY_COMMAND;
    case PROMPT_STOP:
        return move_stop(ui, command);
    case PROMPT_JOIN:
        return join(view, ui);
    case PROMPT_DATE:
        leave(ui);
        roles_go_on(ui);
        return REPLY_COMMAND;
    case PROMPT_ROLE:
        leave(ui);
        return roles_take(view, ui, ui->role, ui->taken, command);
    default:
        leave(ui);
        return REPLY_COMMAND;
    }
}

enum reply
ask_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    switch (prompt_key(ui, key)) {
    case PROMPT_ENTERED:
        return entered(view, ui, command);
    case PROMPT_LEFT:
        leave(ui);
        return REPLY_DRAWN;
    case PROMPT_TYPING:
        return REPLY_DRAWN;
    default:
        return REPLY_IGNORED;
    }
}
