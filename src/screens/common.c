/* The keys that mean the same on every screen (D22). */
#include <stdio.h>
#include <string.h>

#include "screens/overlay.h"
#include "screens/status.h"
#include "session/duration.h"

const struct key_help common_keys[] = {
    {"?", "help", "Shows all keys of the moment; F1 does so while you type.", COMMAND_NONE},
    {"u", "undo", "Takes back the last thing somebody did; again goes further back.", COMMAND_UNDO},
    {"d", "debrief", "Ends the coding and opens the debrief; asks while turns are left.",
     COMMAND_DEBRIEF},
    {"o", "note", "Takes a note; one that begins with @name is an action item.", COMMAND_NOTE},
    {"a", "add", "Adds somebody who has come.", COMMAND_JOIN},
    {"v", "away", "Shows who is here: who leaves, comes back, drives next.", COMMAND_AWAY},
    {"e", "end", "Moves the end of the session.", COMMAND_STOP_AT},
    {"l", "light", "Says what the tests show: g green, r red, a amber (no build), - nothing.",
     COMMAND_LIGHT},
    {"t", "next step", "The next step is worked on.", COMMAND_STEP},
    {"R", "", "Reads session.ini again; a mistake in it is told and changes nothing.",
     COMMAND_NONE},
    {"q", "quit", "Leaves the program; the session is kept, randori resumes it.", COMMAND_NONE},
    {"^L", "", "Paints the screen anew.", COMMAND_NONE},
    {"^Z", "", "Stops the program; fg continues it.", COMMAND_NONE},
    {NULL, NULL, NULL, COMMAND_NONE},
};

static enum reply
help(const struct view *view, struct ui *ui, struct command *command)
{
    (void)view, (void)command;
    overlay_open(ui, OVERLAY_HELP);
    return REPLY_DRAWN;
}

/* Asks the session first: a line that would be refused when it is done is not worth typing. */
static enum reply
open_line(const struct view *view, struct ui *ui, enum command_kind kind, enum prompt_use use,
          const char *text, const char *refusal)
{
    if (!session_allows(view->session, kind, view->now)) {
        snprintf(ui->notice, sizeof ui->notice, "%s", refusal);
        return REPLY_DRAWN;
    }
    ask_open(ui, use, text);
    return REPLY_DRAWN;
}

static enum reply
note(const struct view *view, struct ui *ui, struct command *command)
{
    (void)command;
    if (view->session->phase == PHASE_DEBRIEF)
        return REPLY_IGNORED;
    return open_line(view, ui, COMMAND_NOTE, PROMPT_NOTE, ui->text, "No note can be taken now.");
}

static enum reply
add(const struct view *view, struct ui *ui, struct command *command)
{
    (void)command;
    return open_line(view, ui, COMMAND_JOIN, PROMPT_JOIN, "", "Nobody can be added now.");
}

static enum reply
end(const struct view *view, struct ui *ui, struct command *command)
{
    char now[DURATION_SIZE];
    (void)command;
    clock_text(now, view->plan->stop_ms, view->now.utc_offset_s);
    return open_line(view, ui, COMMAND_STOP_AT, PROMPT_STOP, now, "The end cannot be moved now.");
}

static enum reply
people(const struct view *view, struct ui *ui, struct command *command)
{
    (void)command;
    if (view->session->phase == PHASE_WAITING)
        return REPLY_IGNORED;
    overlay_open(ui, OVERLAY_PEOPLE);
    ui->people_use = PEOPLE_HERE;
    return REPLY_DRAWN;
}

/* One key beside `s` must not take turns from people who look forward to them. */
static enum reply
debrief(const struct view *view, struct ui *ui, struct command *command)
{
    const struct session *session = view->session;
    char question[SETTINGS_ERROR_SIZE];
    int left = view->plan->count - (session_in_turn(session) ? 1 : 0);
    command->kind = COMMAND_DEBRIEF;
    if (!session_is_coding(session) || session->phase == PHASE_OFFER || left < 1)
        return REPLY_COMMAND;
    snprintf(question, sizeof question, "Debrief now? %d planned turn%s will not take place.", left,
             left == 1 ? "" : "s");
    confirm_open(ui, CONFIRM_DEBRIEF, question, command);
    return REPLY_DRAWN;
}

static enum reply
undo(const struct view *view, struct ui *ui, struct command *command)
{
    (void)view, (void)ui;
    command->kind = COMMAND_UNDO;
    return REPLY_COMMAND;
}

/* Where the minutes are complete there is nothing to ask about. */
enum reply
common_quit(const struct view *view, struct ui *ui)
{
    if (session_is_over(view->session))
        return REPLY_QUIT;
    confirm_open(ui, CONFIRM_QUIT,
                 session_is_coding(view->session)
                     ? "Leave? The session is kept and its clock runs on; `randori` resumes it."
                     : "Leave? The session is kept as it is; `randori` resumes it.",
                 &(struct command){.kind = COMMAND_NONE});
    return REPLY_DRAWN;
}

static enum reply
quit(const struct view *view, struct ui *ui, struct command *command)
{
    (void)command;
    return common_quit(view, ui);
}

static enum reply
reload(const struct view *view, struct ui *ui, struct command *command)
{
    (void)ui, (void)command;
    return session_is_over(view->session) ? REPLY_IGNORED : REPLY_RELOAD;
}

static const struct {
    char key;
    enum reply (*act)(const struct view *view, struct ui *ui, struct command *command);
} acts[] = {
    {'?', help},         {'o', note},        {'a', add},    {'v', people},
    {'e', end},          {'d', debrief},     {'u', undo},   {'q', quit},
    {'l', status_light}, {'t', status_step}, {'R', reload},
};

enum reply
common_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    if (key_is_function(key, KEY_F(1)))
        return help(view, ui, command);
    for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++)
        if (key_is(key, (wint_t)acts[i].key))
            return acts[i].act(view, ui, command);
    return REPLY_IGNORED;
}
