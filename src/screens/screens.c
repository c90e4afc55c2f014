#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/find.h"
#include "screens/hits.h"
#include "screens/overlay.h"
#include "screens/prompt.h"
#include "screens/screen.h"

enum { NOTICE_ROWS = 3 /* from here up, the footer tells it */, DELETE_BACK = 127 };

static const struct screen *const screens[PHASES] = {
    [PHASE_WAITING] = &board_screen,     [PHASE_INTRO] = &intro_screen,
    [PHASE_TURN] = &turn_screen,         [PHASE_PAUSED] = &turn_screen,
    [PHASE_HANDOVER] = &handover_screen, [PHASE_OFFER] = &handover_screen,
    [PHASE_BREAK] = &break_screen,       [PHASE_DEBRIEF] = &debrief_screen,
    [PHASE_ROLES] = &roles_screen,       [PHASE_CLOSED] = &closing_screen,
};

static const struct {
    void (*draw)(WINDOW *window, const struct view *view, const struct ui *ui);
    enum reply (*key)(const struct view *view, struct ui *ui, struct key key,
                      struct command *command);
} overlays[] = {
    [OVERLAY_HELP] = {help_draw, help_key},    [OVERLAY_PEOPLE] = {people_draw, people_key},
    [OVERLAY_PROMPT] = {ask_draw, ask_key},    [OVERLAY_CONFIRM] = {confirm_draw, confirm_key},
    [OVERLAY_LIGHT] = {light_draw, light_key},
};

const struct screen *
screen_for(enum phase phase)
{
    return screens[phase];
}

/* On every size of window, over everything: nothing else is to be done now. */
static void
draw_leaving(WINDOW *window, const struct view *view)
{
    int row = getmaxy(window) - 1;
    overlay_row(window, row, PAINT_ALARM, view);
    paint_text(window, row, 1, getmaxx(window) - 2, PAINT_ALARM, view->colours, view->ascii,
               view->leaving);
}

static void
reverse(WINDOW *window, enum colours colours)
{
    for (int row = 0; row < getmaxy(window); row++)
        mvwchgat(window, row, 0, -1, A_REVERSE, paint_pair(colours), NULL);
}

/* Where no row is kept for it, for the moment that the app allows. */
static void
draw_notice(WINDOW *window, const struct view *view, const struct ui *ui)
{
    int row = getmaxy(window) - 1;
    if (getmaxy(window) >= NOTICE_ROWS || ui->notice[0] == '\0')
        return;
    overlay_row(window, row, PAINT_CURSOR, view);
    paint_text(window, row, 0, getmaxx(window), PAINT_CURSOR, view->colours, view->ascii,
               ui->notice);
}

static bool
has_list(const struct view *view, const struct ui *ui)
{
    enum phase phase = view->session->phase;
    return ui->overlay == OVERLAY_PEOPLE ||
           (ui->overlay == OVERLAY_NONE && (phase == PHASE_WAITING || phase == PHASE_ROLES));
}

void
screen_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    paint_background(window, view->colours);
    werase(window);
    screen_for(view->session->phase)->draw(window, view, ui);
    if (ui->overlay != OVERLAY_NONE) {
        hits_clear(view);
        overlays[ui->overlay].draw(window, view, ui);
    }
    if (has_list(view, ui))
        find_draw(window, view, ui);
    if (view->notice_is_new && ui->overlay == OVERLAY_NONE)
        draw_notice(window, view, ui);
    if (view->leaving != NULL)
        draw_leaving(window, view);
    if (view->flash)
        reverse(window, view->colours);
}

static enum reply
screen_own_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    const struct screen *screen = screen_for(view->session->phase);
    bool is_typing = screen->is_typing != NULL && screen->is_typing(view, ui);
    enum reply reply = REPLY_IGNORED;
    if (!is_typing || key_is_function(key, KEY_F(1)))
        reply = common_key(view, ui, key, command);
    return reply == REPLY_IGNORED ? screen->key(view, ui, key, command) : reply;
}

static enum reply
dispatch(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    if (ui->overlay != OVERLAY_NONE)
        return overlays[ui->overlay].key(view, ui, key, command);
    if (key_is(key, KEY_CONTROL & 'C'))
        return common_quit(view, ui);
    return screen_own_key(view, ui, key, command);
}

/* --- paste --- */

static bool
takes_text(const struct view *view, const struct ui *ui)
{
    if (ui->overlay != OVERLAY_NONE)
        return ui->overlay == OVERLAY_PROMPT;
    return view->session->phase == PHASE_DEBRIEF && debrief_screen.is_typing(view, ui);
}

/* The debrief's line is there again after Enter; every other one is left with it. */
static bool
takes_lines(const struct ui *ui)
{
    return ui->overlay == OVERLAY_NONE && ui->prompt_use == PROMPT_NOTE;
}

static enum reply
paste_nowhere(struct ui *ui)
{
    ui->paste_is_over = true;
    snprintf(ui->notice, sizeof ui->notice,
             "Pasted text is taken where a line is typed (o: a note).");
    return REPLY_DRAWN;
}

/* An empty line makes no note, and must not open the next question as Enter on one does. */
static enum reply
paste_line_end(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    bool is_blank = ui->text[strspn(ui->text, " ")] == '\0';
    if (!takes_lines(ui))
        ui->paste_is_over = true;
    else if (!is_blank && ui->note == 0)
        return dispatch(view, ui, key, command);
    return REPLY_IGNORED;
}

/* Text and ends of lines; whatever else is in it was not typed as a key. */
static enum reply
paste_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    bool is_mark = key.function && key.code == 0;
    if (is_mark)
        ui->paste_is_over = false;
    if (ui->paste_is_over)
        return REPLY_IGNORED;
    if (!takes_text(view, ui))
        return paste_nowhere(ui);
    if (key_is(key, '\r') || key_is(key, '\n'))
        return paste_line_end(view, ui, key, command);
    bool is_text = !key.function && !key.alt && (key.code >= ' ' || key.code == '\t');
    return is_text && key.code != DELETE_BACK ? dispatch(view, ui, key, command) : REPLY_IGNORED;
}

/* --- */

enum reply
screen_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    *command = (struct command){.kind = COMMAND_NONE, .by = BY_KEY};
    if (key_is_function(key, KEY_MOUSE)) {
        enum reply clicked = click_key(view, ui, key, &key);
        if (clicked != REPLY_COMMAND)
            return clicked;
    }
    if (!key.pasted && key_is(key, KEY_CONTROL & 'L'))
        return REPLY_REDRAW;
    if (!key.pasted && key_is(key, KEY_CONTROL & 'Z'))
        return REPLY_STOP;
    char notice[UI_NOTICE];
    memcpy(notice, ui->notice, sizeof notice);
    ui->notice[0] = '\0';
    enum reply reply =
        key.pasted ? paste_key(view, ui, key, command) : dispatch(view, ui, key, command);
    if (reply == REPLY_IGNORED)
        memcpy(ui->notice, notice, sizeof notice);
    return reply;
}

static void
refuse(struct ui *ui, const struct command *command, const struct decision *decision)
{
    ask_again(ui, command);
    snprintf(ui->notice, sizeof ui->notice, "%s", decision->why);
}

/* What cannot be seen at once where it happened, or should be known to be no loss. */
static const char *
praise(const struct command *command, const struct decision *decision)
{
    const struct opening *opening = decision->count > 0 ? decision->events[0].opening : NULL;
    switch (command->kind) {
    case COMMAND_NOTE_DELETE:
        return "The note is gone. Esc, then u brings it back.";
    case COMMAND_COPILOT:
        return opening != NULL && opening->settings.copilot
                   ? "The next driver sits beside the driver, as co-pilot; u takes it back."
                   : "The driver sits alone again; u takes it back.";
    case COMMAND_GROUPS:
        return "Two groups; u takes it back.";
    case COMMAND_UNDO:
        return "Taken back.";
    case COMMAND_ORDER:
        return "The order is a new one; u brings the old one back.";
    default:
        return NULL;
    }
}

void
screen_answer(struct ui *ui, const struct command *command, const struct decision *decision)
{
    if (decision->confirm) {
        confirm_open(ui, CONFIRM_UNDO, decision->why, command);
        return;
    }
    if (decision->refused) {
        refuse(ui, command, decision);
        return;
    }
    const char *words = praise(command, decision);
    if (command->kind == COMMAND_JOIN && command->text != NULL)
        snprintf(ui->notice, sizeof ui->notice, "%.150s is in the list now%s", command->text,
                 ui->overlay == OVERLAY_PROMPT ? "; Esc leaves." : ".");
    else if (words != NULL)
        snprintf(ui->notice, sizeof ui->notice, "%s", words);
}

const char *
screen_draft(const struct ui *ui)
{
    if (ui->prompt_use == PROMPT_NOTE)
        return ui->text;
    return ui->prompt_use == PROMPT_EDIT_NOTE && ui->stash[0] == '\0' ? ui->text : ui->stash;
}

void
ui_init(struct ui *ui)
{
    *ui = (struct ui){.role = -1};
}

void
ui_free(struct ui *ui)
{
    free(ui->kill);
    *ui = (struct ui){.role = -1};
}
