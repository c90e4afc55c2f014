/* Wishes about lights, steps, settings and what is remembered beyond the session. */

#include <stdlib.h>
#include <string.h>

#include "session/calendar.h"
#include "session/decide.h"
#include "session/summary.h"
#include "session/text.h"

enum { TITLE_MOST = 300, STEPS_MOST = 9999, ITEMS_BYTES = 65536 };

static bool
refuse_closed(struct deciding *deciding)
{
    if (session_is_over(deciding->session))
        decide_refuse(deciding, "The session is closed.");
    return session_is_over(deciding->session);
}

static char *
copy_clean(const char *text)
{
    return text == NULL || text[0] == '\0' ? NULL : text_clean(text, strlen(text));
}

void
decide_light(struct deciding *deciding)
{
    const struct command *command = deciding->command;
    struct event *event;

    if (refuse_closed(deciding))
        return;
    if (command->number < 0 || command->number >= LIGHTS) {
        decide_refuse(deciding, "A light is green, red, amber or none.");
        return;
    }
    event = decide_add(deciding, EVENT_LIGHT_CHANGED);
    event->light = (enum light)command->number;
    event->reason = copy_clean(command->text);
}

void
decide_step(struct deciding *deciding)
{
    const struct command *command = deciding->command;
    struct event *event;

    if (refuse_closed(deciding))
        return;
    if (command->number < 0 || command->number > STEPS_MOST || command->ms < 0 ||
        command->ms > STEPS_MOST) {
        decide_refuse(deciding, "A step is a number up to %d.", STEPS_MOST);
        return;
    }
    event = decide_add(deciding, EVENT_STEP_CHANGED);
    event->number = command->number;
    event->total = (int)command->ms;
    if (command->text != NULL && strlen(command->text) <= TITLE_MOST)
        event->text = copy_clean(command->text);
}

void
decide_date(struct deciding *deciding)
{
    const char *text = deciding->command->text == NULL ? "" : deciding->command->text;
    int64_t days;

    if (refuse_closed(deciding))
        return;
    if (text[0] != '\0' && !calendar_is_written(text))
        decide_refuse(deciding, "A date is written like 2026-12-24.");
    else if (text[0] != '\0' && !calendar_parse(text, &days))
        decide_refuse(deciding, "There is no such day as %s.", text);
    else if (text[0] != '\0' &&
             days <= calendar_days_at(deciding->now.wall_ms, deciding->now.utc_offset_s))
        decide_refuse(deciding, "The next date is after today.");
    else
        decide_add(deciding, EVENT_DATE_SET)->text = strdup(text);
}

void
decide_action_done(struct deciding *deciding)
{
    const struct command *command = deciding->command;
    const struct session *session = deciding->session;
    struct event *event;

    for (int i = 0; command->role != NULL && i < session->done_count; i++) {
        if (session->done[i].note == command->note &&
            strcmp(session->done[i].record, command->role) == 0) {
            decide_refuse(deciding, "That is done already; u takes the last act back.");
            return;
        }
    }
    if (refuse_closed(deciding))
        return;
    if (command->role == NULL || command->role[0] == '\0' || command->note < 1) {
        decide_refuse(deciding, "There is no such action item.");
        return;
    }
    event = decide_add(deciding, EVENT_ACTION_DONE);
    event->record = copy_clean(command->role);
    event->note = command->note;
}

/* One setting is another; R in the same session keeps it, as long as the file says nothing new. */
void
decide_copilot(struct deciding *deciding)
{
    struct event *event;

    if (refuse_closed(deciding))
        return;
    event = decide_add(deciding, EVENT_SETTINGS_CHANGED);
    event->opening = opening_new();
    if (event->opening == NULL)
        return;
    settings_free(&event->opening->settings);
    settings_copy(&event->opening->settings, &deciding->session->settings);
    event->opening->settings.copilot = !event->opening->settings.copilot;
}

void
decide_settings(struct deciding *deciding)
{
    struct event *event;

    if (refuse_closed(deciding))
        return;
    if (deciding->command->settings == NULL) {
        decide_refuse(deciding, "There are no settings to take.");
        return;
    }
    event = decide_add(deciding, EVENT_SETTINGS_CHANGED);
    event->opening = opening_new();
    if (event->opening == NULL)
        return;
    settings_free(&event->opening->settings);
    settings_copy(&event->opening->settings, deciding->command->settings);
}

void
decide_hook_started(struct deciding *deciding)
{
    struct event *event = decide_add(deciding, EVENT_HOOK_STARTED);

    event->number = deciding->command->number;
    event->name = copy_clean(deciding->command->text);
}

void
decide_hook_ended(struct deciding *deciding)
{
    struct event *event = decide_add(deciding, EVENT_HOOK_ENDED);

    event->number = deciding->command->number;
    event->name = copy_clean(deciding->command->text);
    event->reason = copy_clean(deciding->command->role);
}

void
decide_drained(struct deciding *deciding)
{
    decide_add(deciding, EVENT_DRAINED)->reason = copy_clean(deciding->command->text);
}

/* ---- the session in one line ---- */

static int
last_turn_of(const struct session *session, int person)
{
    for (int i = session->turns_count - 1; i >= 0; i--) {
        if (session->turns[i].counted && session->turns[i].turn.driver == person)
            return session->turns[i].turn.number;
    }
    return 0;
}

static void
close_people(struct closing *closing, const struct session *session)
{
    const struct roster *roster = &session->roster;

    closing->people = calloc((size_t)roster->count + 1, sizeof *closing->people);
    for (int i = 0; closing->people != NULL && i < roster->count; i++) {
        const struct person *person = &roster->people[i];

        if (!summary_was_here(session, person->id))
            continue;
        closing->people[closing->people_count++] =
            (struct closing_person){strdup(person->name), person->turns,
                                    last_turn_of(session, person->id), person->observer};
    }
}

static void
close_roles(struct closing *closing, const struct session *session)
{
    closing->roles = calloc((size_t)session->roles_count + 1, sizeof *closing->roles);
    for (int i = 0; closing->roles != NULL && i < session->roles_count; i++) {
        const struct role *role = &session->roles[i];

        closing->roles[closing->roles_count++] = (struct closing_role){
            strdup(role->name), strdup(role->holder == NULL ? "" : role->holder)};
    }
}

/* The line has a limit: what does not fit is left out, and `actions` then says that more were. */
static void
close_items(struct closing *closing, const struct session *session)
{
    size_t bytes = 0;

    closing->items = calloc((size_t)closing->actions + 1, sizeof *closing->items);
    for (int i = 0; closing->items != NULL && i < session->notes_count; i++) {
        const struct note *note = &session->notes[i];

        if (!note->action || closing->items_count == closing->actions)
            continue;
        bytes += strlen(note->text);
        if (bytes > ITEMS_BYTES)
            return;
        closing->items[closing->items_count++] = (struct closing_item){
            note->seq, strdup(note->owner == NULL ? "" : note->owner), strdup(note->text)};
    }
}

static void
close_done(struct closing *closing, const struct session *session)
{
    closing->done = calloc((size_t)session->done_count + 1, sizeof *closing->done);
    for (int i = 0; closing->done != NULL && i < session->done_count; i++)
        closing->done[closing->done_count++] =
            (struct closing_done){strdup(session->done[i].record), session->done[i].note};
}

struct closing *
session_closing(const struct session *session, struct moment now)
{
    struct closing *closing = calloc(1, sizeof *closing);
    struct summary summary;

    if (closing == NULL)
        return NULL;
    summary_of(session, &summary);
    closing->turns = summary.turns;
    closing->interruptions = summary.interruptions;
    closing->actions = summary.actions;
    closing->coding_ms = summary.coding_ms;
    closing->debrief_ms = summary.debrief_ms;
    if (!session_is_over(session) && session->phase >= PHASE_DEBRIEF)
        closing->debrief_ms += now.elapsed_ms - session->last.elapsed_ms;
    if (session->stop_ms != 0 && now.wall_ms > session->stop_ms)
        closing->overrun_ms = now.wall_ms - session->stop_ms;
    closing->date = strdup(session->next_date);
    close_people(closing, session);
    close_roles(closing, session);
    close_items(closing, session);
    close_done(closing, session);
    return closing;
}
