/* What each kind of fact changes. Total: whatever comes, the session stays valid. */

#include <stdlib.h>
#include <string.h>

#include "session/session_inside.h"
#include "session/text.h"

static void
set_text(char **text, const char *value)
{
    char *copy = value == NULL ? NULL : strdup(value);

    free(*text);
    *text = copy;
}

static void
enter(struct session *session, enum phase phase, int64_t elapsed_ms)
{
    session->phase = phase;
    session->phase_ms = elapsed_ms;
}

static bool
in_turn(const struct session *session)
{
    return session->phase == PHASE_TURN ||
           (session->phase == PHASE_PAUSED && session->turn.driver != 0);
}

static bool
between_turns(const struct session *session)
{
    return session->phase == PHASE_HANDOVER || session->phase == PHASE_OFFER ||
           session->phase == PHASE_BREAK;
}

/* 9.9: without anybody who could drive, the session pauses. */
static void
pause_when_empty(struct session *session, int64_t elapsed_ms)
{
    if (!between_turns(session) || roster_rotators(&session->roster) > 0)
        return;
    session->turn.driver = 0;
    session->pause_ms = elapsed_ms;
    enter(session, PHASE_PAUSED, elapsed_ms);
}

/* ---- opening and ending ---- */

static void
drop_roles(struct session *session)
{
    for (int i = 0; i < session->roles_count; i++) {
        free(session->roles[i].name);
        free(session->roles[i].holder);
    }
    free(session->roles);
    session->roles = NULL;
    session->roles_count = 0;
}

static void
take_roles(struct session *session)
{
    const struct text_list *names = &session->settings.roles;

    session->roles = calloc((size_t)names->count + 1, sizeof *session->roles);
    session->roles_count = session->roles == NULL ? 0 : names->count;
    for (int i = 0; i < session->roles_count; i++)
        session->roles[i].name = strdup(names->item[i]);
}

static void
apply_opened(struct session *session, const struct event *event)
{
    struct event copy;

    if (session->opening != NULL || event->opening == NULL)
        return;
    event_copy(&copy, event);
    session->opening = copy.opening;
    copy.opening = NULL;
    event_clear(&copy);
    settings_free(&session->settings);
    settings_copy(&session->settings, &session->opening->settings);
    session->opened = event->at;
    session->start_ms = event->ms;
    session->stop_ms = event->stop_ms;
    for (int i = 0; i < session->opening->people_count; i++) {
        const struct opening_person *one = &session->opening->people[i];
        struct person *person = roster_add(&session->roster, one->id, one->name);

        if (person == NULL)
            continue;
        person->present = true;
        person->observer = one->observer;
        if (one->id > session->people_seen)
            session->people_seen = one->id;
    }
    take_roles(session);
    enter(session, PHASE_WAITING, event->at.elapsed_ms);
}

/* Time passed that nobody watched. A deadline inside it is asked about, once (decisions.md 13). */
static void
note_gap(struct session *session, const struct event *event)
{
    int64_t now = event->at.elapsed_ms;
    struct gap *gap = &session->gap;
    int64_t handover_end = session->phase_ms + session->settings.handover_ms;

    *gap = (struct gap){.ms = event->ms, .from_ms = now - event->ms};
    if (session->phase == PHASE_TURN) {
        gap->was_turn = true;
        gap->left_ms = session->turn.deadline_ms - gap->from_ms;
        gap->open = now >= session->turn.deadline_ms;
    } else if (session->phase == PHASE_HANDOVER && !session->held && now >= handover_end) {
        gap->open = true;
        session->held = true;
    }
}

static void
apply_resumed(struct session *session, const struct event *event)
{
    if (event->opening != NULL && session->opening != NULL) {
        session->opening->pid = event->opening->pid;
        session->opening->boottime_ms = event->opening->boottime_ms;
        session->opening->speed = event->opening->speed;
        set_text(&session->opening->boot, event->opening->boot);
    }
    set_text(&session->left_reason, NULL);
    note_gap(session, event);
}

static void
apply_started(struct session *session, const struct event *event)
{
    session->started = event->at;
    session->stop_ms = event->stop_ms;
}

static void
apply_left(struct session *session, const struct event *event)
{
    set_text(&session->left_reason, event->reason);
}

static void
apply_closed(struct session *session, const struct event *event)
{
    session->ended = event->at;
    enter(session, PHASE_CLOSED, event->at.elapsed_ms);
}

static void
apply_intro(struct session *session, const struct event *event)
{
    enter(session, PHASE_INTRO, event->at.elapsed_ms);
}

/* ---- turns ---- */

static void
apply_turn_started(struct session *session, const struct event *event)
{
    int64_t now = event->at.elapsed_ms;

    session->turn = (struct turn){.number = event->turn,
                                  .driver = event->person,
                                  .started_ms = now,
                                  .deadline_ms = now + event->ms,
                                  .length_ms = event->ms,
                                  .extra = event->extra};
    session->extra_used |= event->extra;
    session->next_locked = 0;
    if (session->next_chosen == event->person)
        session->next_chosen = 0;
    session->held = false;
    session->gap = (struct gap){0};
    session->paused_ms = 0;
    for (int i = 0; i < session->roster.count; i++) {
        if (session->roster.people[i].id != event->person)
            session->roster.people[i].passed = false;
    }
    enter(session, PHASE_TURN, now);
}

static void
count_turn(struct session *session, const struct turn_record *record, int by)
{
    struct person *person = roster_find(&session->roster, record->turn.driver);

    if (record->counted && person != NULL && person->turns + by >= 0)
        person->turns += by;
}

static void
push_turn(struct session *session, const struct turn_record *record)
{
    if (session->turns_count == session->turns_room) {
        int room = session->turns_room * 2 + 16;
        struct turn_record *turns = realloc(session->turns, (size_t)room * sizeof *turns);

        if (turns == NULL)
            return;
        session->turns = turns;
        session->turns_room = room;
    }
    session->turns[session->turns_count++] = *record;
}

/* Nobody who is alone is settled as the next: whoever joins then is (R9). */
static void
settle_next(struct session *session)
{
    int next = session_next_driver(session);

    session->next_locked = next == session->turn.driver ? 0 : next;
}

static void
apply_turn_ended(struct session *session, const struct event *event)
{
    int64_t ended = event->at.elapsed_ms - event->late_ms;
    struct turn_record record = {.turn = session->turn,
                                 .began = moment_at(event->at, session->turn.started_ms),
                                 .ended = moment_at(event->at, ended),
                                 .end = event->end,
                                 .counted = event->counted,
                                 .paused_ms = session->paused_ms};

    if (!in_turn(session))
        return;
    if (session->phase == PHASE_PAUSED)
        record.paused_ms += event->at.elapsed_ms - session->pause_ms;
    push_turn(session, &record);
    settle_next(session);
    count_turn(session, &record, 1);
    session->held = session->gap.open;
    enter(session, PHASE_HANDOVER, ended);
    pause_when_empty(session, event->at.elapsed_ms);
}

static void
forget_next(struct session *session, int person)
{
    if (session->next_chosen == person)
        session->next_chosen = 0;
    if (session->next_locked == person)
        session->next_locked = 0;
}

/* The last turn runs again, with `left_ms` to go from now on. */
static void
take_turn_back(struct session *session, int64_t now, int64_t left_ms)
{
    const struct turn_record *record = &session->turns[session->turns_count - 1];

    count_turn(session, record, -1);
    session->turn = record->turn;
    session->turn.deadline_ms = now + left_ms;
    forget_next(session, session->turn.driver);
    session->paused_ms = record->paused_ms;
    session->turns_count--;
    if (session->phase == PHASE_BREAK)
        session->break_turn = session->break_before;
    session->held = false;
    session->gap.open = false;
    enter(session, PHASE_TURN, session->turn.started_ms);
}

static void
apply_turn_reopened(struct session *session, const struct event *event)
{
    if (!between_turns(session) || session->turns_count == 0)
        return;
    take_turn_back(session, event->at.elapsed_ms, event->ms);
    session->turn.extensions++;
}

static void
apply_turn_adjusted(struct session *session, const struct event *event)
{
    if (session->phase == PHASE_TURN)
        session->turn.deadline_ms += event->ms;
    else if (session->phase == PHASE_PAUSED)
        session->turn.left_ms += event->ms;
}

static void
apply_turn_extended(struct session *session, const struct event *event)
{
    apply_turn_adjusted(session, event);
    session->turn.extensions++;
}

static void
apply_length_changed(struct session *session, const struct event *event)
{
    if (event->ms > 0)
        session->settings.length_ms = event->ms;
}

static void
apply_driver_changed(struct session *session, const struct event *event)
{
    if (!in_turn(session) || roster_find(&session->roster, event->person) == NULL)
        return;
    session->turn.driver = event->person;
    forget_next(session, event->person);
}

static void
apply_next_chosen(struct session *session, const struct event *event)
{
    session->next_chosen = event->person;
    session->next_locked = 0;
}

static void
apply_passed(struct session *session, const struct event *event)
{
    struct person *person = roster_find(&session->roster, event->person);

    if (person == NULL)
        return;
    person->passed = true;
    person->passes++;
    forget_next(session, person->id);
}

static void
apply_paused(struct session *session, const struct event *event)
{
    if (session->phase != PHASE_TURN)
        return;
    session->turn.left_ms = session->turn.deadline_ms - event->at.elapsed_ms;
    session->pause_ms = event->at.elapsed_ms;
    enter(session, PHASE_PAUSED, event->at.elapsed_ms);
}

static void
apply_resumed_turn(struct session *session, const struct event *event)
{
    if (session->phase != PHASE_PAUSED || session->turn.driver == 0)
        return;
    session->paused_ms += event->at.elapsed_ms - session->pause_ms;
    session->turn.deadline_ms = event->at.elapsed_ms + session->turn.left_ms;
    enter(session, PHASE_TURN, event->at.elapsed_ms);
}

static void
apply_held(struct session *session, const struct event *event)
{
    (void)event;
    session->held = true;
}

static void
apply_extra_offered(struct session *session, const struct event *event)
{
    session->offer_until_ms = event->ms;
    enter(session, PHASE_OFFER, event->at.elapsed_ms);
}

static void
apply_break_started(struct session *session, const struct event *event)
{
    if (session->phase != PHASE_HANDOVER)
        return;
    session->break_before = session->break_turn;
    session->break_turn = session->turns_count;
    session->break_until_ms = event->at.elapsed_ms + event->ms;
    session->held = false;
    enter(session, PHASE_BREAK, event->at.elapsed_ms);
}

static void
apply_break_ended(struct session *session, const struct event *event)
{
    if (session->phase == PHASE_BREAK)
        enter(session, PHASE_HANDOVER, event->at.elapsed_ms);
}

static void
apply_gap_forgiven(struct session *session, const struct event *event)
{
    struct gap gap = session->gap;

    if (gap.was_turn && session->phase == PHASE_TURN) {
        session->turn.deadline_ms += gap.ms;
        session->paused_ms += gap.ms;
    } else if (gap.was_turn && between_turns(session) && session->turns_count > 0) {
        take_turn_back(session, event->at.elapsed_ms, gap.left_ms);
        session->paused_ms += event->at.elapsed_ms - gap.from_ms;
    }
    session->gap = (struct gap){0};
}

/* ---- people ---- */

static void
apply_joined(struct session *session, const struct event *event)
{
    struct person *person;

    if (event->name == NULL || roster_find(&session->roster, event->person) != NULL)
        return;
    person = roster_add(&session->roster, event->person, event->name);
    if (person == NULL)
        return;
    person->present = true;
    roster_credit(&session->roster, person);
    if (event->person > session->people_seen)
        session->people_seen = event->person;
}

static void
apply_presence(struct session *session, const struct event *event)
{
    struct person *person = roster_find(&session->roster, event->person);
    bool rotated;

    if (person == NULL)
        return;
    rotated = roster_rotates(person);
    if (event->kind == EVENT_PERSON_AWAY || event->kind == EVENT_PERSON_BACK)
        person->present = event->kind == EVENT_PERSON_BACK;
    else
        person->observer = event->kind == EVENT_PERSON_OBSERVES;
    if (!rotated && roster_rotates(person)) {
        roster_credit(&session->roster, person);
    } else if (rotated && !roster_rotates(person)) {
        forget_next(session, person->id);
        pause_when_empty(session, event->at.elapsed_ms);
    }
}

static void
apply_renamed(struct session *session, const struct event *event)
{
    struct person *person = roster_find(&session->roster, event->person);

    if (person != NULL && event->name != NULL)
        set_text(&person->name, event->name);
}

static void
apply_moved(struct session *session, const struct event *event)
{
    roster_move(&session->roster, event->person, event->number);
}

static void
apply_order(struct session *session, const struct event *event)
{
    int *ids = calloc((size_t)event->list_count + 1, sizeof *ids);

    if (ids == NULL)
        return;
    for (int i = 0; i < event->list_count; i++)
        ids[i] = (int)event->list[i];
    roster_reorder(&session->roster, ids, event->list_count);
    free(ids);
}

/* ---- talk ---- */

static void
apply_stop_moved(struct session *session, const struct event *event)
{
    session->stop_ms = event->stop_ms;
}

static void
apply_debrief(struct session *session, const struct event *event)
{
    session->question = 1;
    session->gap = (struct gap){0};
    session->held = false;
    enter(session, PHASE_DEBRIEF, event->at.elapsed_ms);
}

static void
apply_question(struct session *session, const struct event *event)
{
    int count = session->settings.questions.count;

    session->question = event->number < 1 ? 1 : event->number > count ? count : event->number;
    if (session->phase == PHASE_ROLES)
        enter(session, PHASE_DEBRIEF, event->at.elapsed_ms);
}

static void
apply_note_added(struct session *session, const struct event *event)
{
    if (session->notes_count == session->notes_room) {
        int room = session->notes_room * 2 + 16;
        struct note *notes = realloc(session->notes, (size_t)room * sizeof *notes);

        if (notes == NULL)
            return;
        session->notes = notes;
        session->notes_room = room;
    }
    session->notes[session->notes_count++] =
        (struct note){.seq = event->seq,
                      .question = event->number,
                      .text = strdup(event->text == NULL ? "" : event->text),
                      .action = event->action,
                      .owner = event->name == NULL ? NULL : strdup(event->name),
                      .at = event->at};
    set_text(&session->draft, "");
}

static int
find_note(const struct session *session, int64_t seq)
{
    for (int i = 0; i < session->notes_count; i++) {
        if (session->notes[i].seq == seq)
            return i;
    }
    return -1;
}

static void
apply_note_edited(struct session *session, const struct event *event)
{
    int index = find_note(session, event->note);

    if (index < 0 || event->text == NULL)
        return;
    set_text(&session->notes[index].text, event->text);
    set_text(&session->notes[index].owner, event->name);
    session->notes[index].action = event->action;
    set_text(&session->draft, "");
}

static void
apply_note_deleted(struct session *session, const struct event *event)
{
    int index = find_note(session, event->note);

    if (index < 0)
        return;
    free(session->notes[index].text);
    free(session->notes[index].owner);
    session->notes_count--;
    memmove(&session->notes[index], &session->notes[index + 1],
            (size_t)(session->notes_count - index) * sizeof *session->notes);
}

static void
apply_draft(struct session *session, const struct event *event)
{
    set_text(&session->draft, event->text == NULL ? "" : event->text);
}

static void
apply_roles_opened(struct session *session, const struct event *event)
{
    enter(session, PHASE_ROLES, event->at.elapsed_ms);
}

static void
apply_role(struct session *session, const struct event *event)
{
    for (int i = 0; event->role != NULL && i < session->roles_count; i++) {
        struct role *role = &session->roles[i];

        if (strcmp(role->name, event->role) != 0)
            continue;
        set_text(&role->holder, event->kind == EVENT_ROLE_TAKEN ? event->name : NULL);
        role->vacant = event->kind == EVENT_ROLE_VACANT;
    }
}

/* ---- lights, steps, settings, memory ---- */

static void
apply_light(struct session *session, const struct event *event)
{
    struct light_record *light;

    if (session->lights_count == session->lights_room) {
        int room = session->lights_room * 2 + 16;
        struct light_record *lights = realloc(session->lights, (size_t)room * sizeof *lights);

        if (lights == NULL)
            return;
        session->lights = lights;
        session->lights_room = room;
    }
    light = &session->lights[session->lights_count++];
    *light =
        (struct light_record){.light = event->light, .at = event->at, .turn = session->turn.number};
    if (event->reason != NULL)
        text_clean_into(light->reason, sizeof light->reason, event->reason);
    session->light = event->light;
}

static void
apply_step(struct session *session, const struct event *event)
{
    session->step = event->number;
    session->steps = event->total;
    set_text(&session->step_title, event->text == NULL ? "" : event->text);
}

/* From now on; the running turn keeps what it was given. The roles stay what they were once
 * somebody has answered for one. */
static void
apply_settings(struct session *session, const struct event *event)
{
    bool answered = session->phase >= PHASE_ROLES;

    if (event->opening == NULL)
        return;
    settings_free(&session->settings);
    settings_copy(&session->settings, &event->opening->settings);
    if (!answered) {
        drop_roles(session);
        take_roles(session);
    }
    if (session->question > session->settings.questions.count)
        session->question = session->settings.questions.count;
}

static void
apply_date(struct session *session, const struct event *event)
{
    set_text(&session->next_date, event->text == NULL ? "" : event->text);
}

static void
apply_action_done(struct session *session, const struct event *event)
{
    if (event->record == NULL)
        return;
    if (session->done_count == session->done_room) {
        int room = session->done_room * 2 + 8;
        struct done *done = realloc(session->done, (size_t)room * sizeof *done);

        if (done == NULL)
            return;
        session->done = done;
        session->done_room = room;
    }
    session->done[session->done_count++] = (struct done){strdup(event->record), event->note};
}

static void
apply_hook_started(struct session *session, const struct event *event)
{
    if (session->hooks_count == session->hooks_room) {
        int room = session->hooks_room * 2 + 8;
        struct running_hook *hooks = realloc(session->hooks, (size_t)room * sizeof *hooks);

        if (hooks == NULL)
            return;
        session->hooks = hooks;
        session->hooks_room = room;
    }
    session->hooks[session->hooks_count++] =
        (struct running_hook){event->number, strdup(event->name == NULL ? "" : event->name)};
    if (event->number > session->hooks_seen)
        session->hooks_seen = event->number;
}

static void
apply_hook_ended(struct session *session, const struct event *event)
{
    for (int i = 0; i < session->hooks_count; i++) {
        if (session->hooks[i].run != event->number)
            continue;
        free(session->hooks[i].name);
        session->hooks[i] = session->hooks[--session->hooks_count];
        return;
    }
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
    [EVENT_GAP_NOTICED] = note_gap,
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
        settle_next(session);
}

void
session_change(struct session *session, const struct event *event)
{
    lock_next(session, event->at);
    appliers[event->kind](session, event);
}
