/* Is it allowed, and which facts follow? Which handler decides, and what all of them share. */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/decide.h"
#include "session/text.h"

struct event *
decide_add(struct deciding *deciding, enum event_kind kind)
{
    struct decision *decision = deciding->decision;
    struct event *event = &decision->events[decision->count];

    *event = (struct event){.kind = kind,
                            .by = deciding->command->by,
                            .seq = deciding->session->seq + 1 + decision->count,
                            .at = deciding->now};
    decision->count++;
    return event;
}

void
decide_refuse(struct deciding *deciding, const char *format, ...)
{
    va_list arguments;

    deciding->decision->refused = true;
    va_start(arguments, format);
    vsnprintf(deciding->decision->why, sizeof deciding->decision->why, format, arguments);
    va_end(arguments);
}

void *
decide_kept(struct deciding *deciding, void *memory)
{
    deciding->failed |= memory == NULL;
    return memory;
}

char *
decide_copy(struct deciding *deciding, const char *text)
{
    return decide_kept(deciding, strdup(text));
}

char *
decide_clean(struct deciding *deciding, const char *text)
{
    return decide_kept(deciding, text_clean(text, strlen(text)));
}

void
decide_end_turn(struct deciding *deciding, enum end_reason end, bool counted)
{
    struct event *event = decide_add(deciding, EVENT_TURN_ENDED);

    event->turn = deciding->session->turn.number;
    event->person = deciding->session->turn.driver;
    event->end = end;
    event->counted = counted;
}

bool
decide_half_used(const struct deciding *deciding)
{
    const struct session *session = deciding->session;

    return session_used_ms(session, deciding->now) * 2 >= session->turn.length_ms;
}

/* ---- from the program itself ---- */

static void
decide_leave(struct deciding *deciding)
{
    struct event *event = decide_add(deciding, EVENT_SESSION_LEFT);

    const char *text = deciding->command->text;

    event->reason = decide_clean(deciding, text[0] == '\0' ? "quit" : text);
}

static void
decide_gap(struct deciding *deciding)
{
    decide_add(deciding, EVENT_GAP_NOTICED)->ms = deciding->command->ms;
}

static void
decide_jump(struct deciding *deciding)
{
    decide_add(deciding, EVENT_CLOCK_JUMPED)->ms = deciding->command->ms;
}

static const decide_handler handlers[COMMAND_COUNT] = {
    [COMMAND_START] = decide_start,
    [COMMAND_NEXT] = decide_next,
    [COMMAND_PASS] = decide_pass,
    [COMMAND_HOLD] = decide_hold,
    [COMMAND_PAUSE] = decide_pause,
    [COMMAND_RESUME] = decide_resume,
    [COMMAND_EXTEND] = decide_extend,
    [COMMAND_ADJUST] = decide_adjust,
    [COMMAND_TURN_LENGTH] = decide_turn_length,
    [COMMAND_CHOOSE_DRIVER] = decide_choose_driver,
    [COMMAND_CHOOSE_NEXT] = decide_choose_next,
    [COMMAND_JOIN] = decide_join,
    [COMMAND_AWAY] = decide_away,
    [COMMAND_BACK] = decide_back,
    [COMMAND_OBSERVE] = decide_observe,
    [COMMAND_ROTATE] = decide_rotate,
    [COMMAND_RENAME] = decide_rename,
    [COMMAND_MOVE] = decide_move,
    [COMMAND_ORDER] = decide_order,
    [COMMAND_STOP_AT] = decide_stop_at,
    [COMMAND_DEBRIEF] = decide_debrief,
    [COMMAND_QUESTION] = decide_question,
    [COMMAND_NOTE] = decide_note,
    [COMMAND_NOTE_EDIT] = decide_note_edit,
    [COMMAND_NOTE_DELETE] = decide_note_delete,
    [COMMAND_DRAFT] = decide_draft,
    [COMMAND_ROLES] = decide_roles,
    [COMMAND_TAKE_ROLE] = decide_take_role,
    [COMMAND_VACATE_ROLE] = decide_vacate_role,
    [COMMAND_CLOSE] = decide_close,
    [COMMAND_UNDO] = decide_undo,
    [COMMAND_LIGHT] = decide_light,
    [COMMAND_STEP] = decide_step,
    [COMMAND_DATE] = decide_date,
    [COMMAND_ACTION_DONE] = decide_action_done,
    [COMMAND_SETTINGS] = decide_settings,
    [COMMAND_COPILOT] = decide_copilot,
    [COMMAND_GROUPS] = decide_groups,
    [COMMAND_HOOK_STARTED] = decide_hook_started,
    [COMMAND_HOOK_ENDED] = decide_hook_ended,
    [COMMAND_DRAINED] = decide_drained,
    [COMMAND_FORGIVE_GAP] = decide_forgive_gap,
    [COMMAND_LEAVE] = decide_leave,
    [COMMAND_GAP] = decide_gap,
    [COMMAND_JUMP] = decide_jump,
};

void
session_decide(const struct session *session, const struct command *command, struct moment now,
               struct decision *decision)
{
    struct command wish = *command;
    struct deciding deciding = {session, &wish, now, decision, false};

    wish.text = command->text == NULL ? "" : command->text;
    wish.role = command->role == NULL ? "" : command->role;
    *decision = (struct decision){0};
    if (deciding.now.elapsed_ms < session->last.elapsed_ms)
        deciding.now = moment_at(now, session->last.elapsed_ms);
    if (command->kind <= COMMAND_NONE || command->kind >= COMMAND_COUNT)
        decide_refuse(&deciding, "No such command.");
    else
        handlers[command->kind](&deciding);
    if (deciding.failed) {
        decision_free(decision);
        decide_refuse(&deciding, "There is no memory left for that.");
    }
}

void
decision_free(struct decision *decision)
{
    for (int i = 0; i < DECISION_EVENTS; i++)
        event_clear(&decision->events[i]);
    decision->count = 0;
}

/* A wish of this kind with arguments that are as good as any, to ask whether the moment is right. */
static struct command
probe(const struct session *session, enum command_kind kind, struct moment now)
{
    struct command command = {.kind = kind, .by = BY_KEY, .number = 1, .text = "?"};

    if (session->roster.count > 0)
        command.person = session->roster.people[0].id;
    if (kind == COMMAND_ADJUST)
        command.ms = 1;
    else if (kind == COMMAND_TURN_LENGTH)
        command.ms = session->settings.length_ms;
    else if (kind == COMMAND_STOP_AT)
        command.ms = now.wall_ms + 1;
    return command;
}

bool
session_allows(const struct session *session, enum command_kind kind, struct moment now)
{
    struct command command = probe(session, kind, now);
    struct decision decision;
    bool allowed;

    session_decide(session, &command, now, &decision);
    allowed = !decision.refused || decision.confirm;
    decision_free(&decision);
    return allowed;
}
