/* Wishes about lights, steps, settings and what is remembered beyond the session. */

#include <string.h>

#include "session/calendar.h"
#include "session/decide.h"

enum { STEPS_MOST = 9999 };

static bool
refuse_closed(struct deciding *deciding)
{
    if (session_is_over(deciding->session))
        decide_refuse(deciding, "The session is closed.");
    return session_is_over(deciding->session);
}

/* NULL when nothing is said. */
static char *
clean_if_any(struct deciding *deciding, const char *text)
{
    return text[0] == '\0' ? NULL : decide_clean(deciding, text);
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
    event->reason = clean_if_any(deciding, command->text);
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
    if (strlen(command->text) <= STEP_TITLE_MOST)
        event->text = clean_if_any(deciding, command->text);
}

void
decide_date(struct deciding *deciding)
{
    const char *text = deciding->command->text;
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
        decide_add(deciding, EVENT_DATE_SET)->text = decide_copy(deciding, text);
}

void
decide_action_done(struct deciding *deciding)
{
    const struct command *command = deciding->command;
    const struct session *session = deciding->session;
    struct event *event;

    for (int i = 0; i < session->done_count; i++) {
        if (session->done[i].note == command->note &&
            strcmp(session->done[i].record, command->role) == 0) {
            decide_refuse(deciding, "That is done already; u takes the last act back.");
            return;
        }
    }
    if (refuse_closed(deciding))
        return;
    if (command->role[0] == '\0' || command->note < 1) {
        decide_refuse(deciding, "There is no such action item.");
        return;
    }
    event = decide_add(deciding, EVENT_ACTION_DONE);
    event->record = decide_clean(deciding, command->role);
    event->note = command->note;
}

/* An event with a copy of these settings; NULL, and the decision has failed, without memory. */
static struct settings *
change_settings(struct deciding *deciding, const struct settings *settings)
{
    struct event *event = decide_add(deciding, EVENT_SETTINGS_CHANGED);

    event->opening = opening_new();
    if (event->opening != NULL) {
        settings_free(&event->opening->settings);
        if (settings_copy(&event->opening->settings, settings))
            return &event->opening->settings;
    }
    deciding->failed = true;
    return NULL;
}

/* One setting is another; R in the same session keeps it, as long as the file says nothing new. */
void
decide_copilot(struct deciding *deciding)
{
    struct settings *settings;

    if (refuse_closed(deciding))
        return;
    settings = change_settings(deciding, &deciding->session->settings);
    if (settings != NULL)
        settings->copilot = !settings->copilot;
}

void
decide_settings(struct deciding *deciding)
{
    if (refuse_closed(deciding))
        return;
    if (deciding->command->settings == NULL)
        decide_refuse(deciding, "There are no settings to take.");
    else
        change_settings(deciding, deciding->command->settings);
}

void
decide_hook_started(struct deciding *deciding)
{
    struct event *event = decide_add(deciding, EVENT_HOOK_STARTED);

    event->number = deciding->command->number;
    event->name = decide_clean(deciding, deciding->command->text);
}

void
decide_hook_ended(struct deciding *deciding)
{
    struct event *event = decide_add(deciding, EVENT_HOOK_ENDED);

    event->number = deciding->command->number;
    event->name = decide_clean(deciding, deciding->command->text);
    event->reason = decide_clean(deciding, deciding->command->role);
}

void
decide_drained(struct deciding *deciding)
{
    decide_add(deciding, EVENT_DRAINED)->reason = decide_clean(deciding, deciding->command->text);
}
