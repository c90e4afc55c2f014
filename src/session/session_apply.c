/* Which applier changes what, and what all of them share. */

#include <stdlib.h>
#include <string.h>

#include "session/apply.h"

void
session_set_text(char **text, const char *value)
{
    char *copy = value == NULL ? NULL : strdup(value);

    if (copy == NULL && value != NULL)
        return;
    free(*text);
    *text = copy;
}

void
session_enter(struct session *session, enum phase phase, int64_t elapsed_ms)
{
    session->phase = phase;
    session->phase_ms = elapsed_ms;
}

void
session_pause_when_empty(struct session *session, int64_t elapsed_ms)
{
    if (!session_between_turns(session) || roster_rotators(&session->roster) > 0)
        return;
    session->turn.driver = 0;
    session->pause_ms = elapsed_ms;
    session_enter(session, PHASE_PAUSED, elapsed_ms);
}

static void
apply_nothing(struct session *session, const struct event *event)
{
    (void)session;
    (void)event;
}

static void (*const appliers[EVENT_KINDS])(struct session *, const struct event *) = {
    [EVENT_SESSION_OPENED] = apply_opened,
    [EVENT_SESSION_RESUMED] = apply_resumed,
    [EVENT_SESSION_STARTED] = apply_started,
    [EVENT_SESSION_LEFT] = apply_left,
    [EVENT_SESSION_CLOSED] = apply_closed,
    [EVENT_INTRO_STARTED] = apply_intro,
    [EVENT_TURN_STARTED] = apply_turn_started,
    [EVENT_TURN_ENDED] = apply_turn_ended,
    [EVENT_TURN_REOPENED] = apply_turn_reopened,
    [EVENT_TURN_EXTENDED] = apply_turn_extended,
    [EVENT_TURN_ADJUSTED] = apply_turn_adjusted,
    [EVENT_LENGTH_CHANGED] = apply_length_changed,
    [EVENT_DRIVER_CHANGED] = apply_driver_changed,
    [EVENT_NEXT_CHOSEN] = apply_next_chosen,
    [EVENT_PERSON_PASSED] = apply_passed,
    [EVENT_PAUSED] = apply_paused,
    [EVENT_RESUMED] = apply_resumed_turn,
    [EVENT_HANDOVER_HELD] = apply_held,
    [EVENT_EXTRA_OFFERED] = apply_extra_offered,
    [EVENT_PERSON_JOINED] = apply_joined,
    [EVENT_PERSON_AWAY] = apply_presence,
    [EVENT_PERSON_BACK] = apply_presence,
    [EVENT_PERSON_OBSERVES] = apply_presence,
    [EVENT_PERSON_ROTATES] = apply_presence,
    [EVENT_PERSON_RENAMED] = apply_renamed,
    [EVENT_PERSON_MOVED] = apply_moved,
    [EVENT_ORDER_CHANGED] = apply_order,
    [EVENT_STOP_MOVED] = apply_stop_moved,
    [EVENT_DEBRIEF_STARTED] = apply_debrief,
    [EVENT_QUESTION_OPENED] = apply_question,
    [EVENT_NOTE_ADDED] = apply_note_added,
    [EVENT_NOTE_EDITED] = apply_note_edited,
    [EVENT_NOTE_DELETED] = apply_note_deleted,
    [EVENT_DRAFT_SAVED] = apply_draft,
    [EVENT_ROLES_OPENED] = apply_roles_opened,
    [EVENT_ROLE_TAKEN] = apply_role,
    [EVENT_ROLE_VACANT] = apply_role,
    [EVENT_DATE_SET] = apply_date,
    [EVENT_ACTION_DONE] = apply_action_done,
    [EVENT_BREAK_STARTED] = apply_break_started,
    [EVENT_BREAK_ENDED] = apply_break_ended,
    [EVENT_LIGHT_CHANGED] = apply_light,
    [EVENT_STEP_CHANGED] = apply_step,
    [EVENT_SETTINGS_CHANGED] = apply_settings,
    [EVENT_HOOK_STARTED] = apply_hook_started,
    [EVENT_HOOK_ENDED] = apply_hook_ended,
    [EVENT_DRAINED] = apply_nothing,
    [EVENT_GAP_NOTICED] = apply_gap,
    [EVENT_GAP_FORGIVEN] = apply_gap_forgiven,
    [EVENT_CLOCK_JUMPED] = apply_nothing,
    [EVENT_UNDONE] = apply_nothing,
};

/* R6: inside the last `lock` of a turn the next driver is settled, whoever joins then. Done before
 * the first fact of that time, so it needs no fact of its own. */
static void
lock_next(struct session *session, struct moment at)
{
    if (session->phase == PHASE_TURN && session->next_locked == 0 &&
        at.elapsed_ms >= session->turn.deadline_ms - session->settings.lock_ms)
        session_settle_next(session);
}

void
session_change(struct session *session, const struct event *event)
{
    lock_next(session, event->at);
    appliers[event->kind](session, event);
}
