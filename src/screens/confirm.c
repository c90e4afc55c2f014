/* A question over the last rows: the clock above it stays to be seen. */
#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/hits.h"
#include "screens/overlay.h"
#include "screens/paint.h"
#include "screens/wrap.h"

static const struct {
    const char *keys;
    bool enter_is_yes; /* Enter is what everybody presses: not where it could leave or undo */
} uses[] = {
    [CONFIRM_QUIT] = {"y leave    any other key: stay", false},
    [CONFIRM_UNDO] = {"y yes    any other key: no", false},
    [CONFIRM_DEBRIEF] = {"y debrief now    any other key: go on", false},
    [CONFIRM_ROLE] = {"Enter yes    any other key: no", true},
};

void
confirm_open(struct ui *ui, enum confirm_use use, const char *question,
             const struct command *pending)
{
    ui->confirm_use = use;
    ui->pending = *pending;
    snprintf(ui->question, sizeof ui->question, "%s", question);
    overlay_open(ui, OVERLAY_CONFIRM);
}

void
confirm_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    int rows = getmaxy(window), columns = getmaxx(window);
    int needed = columns > 2 ? wrap_rows(ui->question, columns - 2) : 1;
    int shown = needed + 1 < rows ? needed : rows - 1;
    int top = rows - shown - (rows > 1 ? 1 : 0);
    if (shown < 1) {
        char line[SETTINGS_ERROR_SIZE + 8];
        snprintf(line, sizeof line, "y: %s", ui->question);
        overlay_row(window, 0, PAINT_ALARM, view);
        frame_text(window, view, 0, 0, columns, PAINT_ALARM, line);
        return;
    }
    for (int row = top; row < rows; row++)
        overlay_row(window, row, PAINT_ALARM, view);
    wrap_draw(window, top, columns > 2 ? 1 : 0, shown, columns > 2 ? columns - 2 : columns,
              PAINT_ALARM, view, ui->question);
    hits_hint(view, rows - 1, columns > 2 ? 1 : 0, uses[ui->confirm_use].keys);
    frame_text(window, view, rows - 1, columns > 2 ? 1 : 0, columns > 2 ? columns - 2 : columns,
               PAINT_ALARM, uses[ui->confirm_use].keys);
}

static bool
is_yes(enum confirm_use use, struct key key)
{
    if (use == CONFIRM_QUIT && key_is(key, KEY_CONTROL & 'C'))
        return true;
    return key_is(key, 'y') || key_is(key, 'Y') || (uses[use].enter_is_yes && key_is_enter(key));
}

/* The role's name is looked up again: an undo from elsewhere may have rebuilt the session. */
static enum reply
carry_out(const struct view *view, struct ui *ui, struct command *command)
{
    *command = ui->pending;
    command->confirmed = true;
    if (ui->confirm_use == CONFIRM_ROLE) {
        if (ui->role < 0 || ui->role >= view->session->roles_count)
            return REPLY_DRAWN;
        command->role = view->session->roles[ui->role].name;
        ui->role = -1;
    }
    return REPLY_COMMAND;
}

enum reply
confirm_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    enum confirm_use use = ui->confirm_use;
    overlay_close(ui);
    if (!is_yes(use, key))
        return REPLY_DRAWN;
    return use == CONFIRM_QUIT ? REPLY_QUIT : carry_out(view, ui, command);
}
