/* Facts about lights, steps, settings, hooks, and what is remembered beyond the session. */

#include <stdlib.h>
#include <string.h>

#include "session/apply.h"
#include "session/text.h"

void
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

void
apply_step(struct session *session, const struct event *event)
{
    session->step = event->number;
    session->steps = event->total;
    text_clean_into(session->step_title, sizeof session->step_title,
                    event->text == NULL ? "" : event->text);
}

/* Notes stand under the number of a question. */
static bool
has_answers(const struct session *session)
{
    for (int i = 0; i < session->notes_count; i++) {
        if (session->notes[i].question > 0)
            return true;
    }
    return false;
}

static void
keep_questions(struct settings *settings, struct text_list *questions)
{
    struct text_list other = settings->questions;

    settings->questions = *questions;
    *questions = other;
}

/* From now on; the running turn keeps what it was given. The questions stay what they were once
 * one was answered, and so do the roles. */
void
apply_settings(struct session *session, const struct event *event)
{
    bool answered = session->phase >= PHASE_ROLES;
    struct settings settings;

    if (!settings_copy(&settings, &event->opening->settings))
        return;
    if (has_answers(session))
        keep_questions(&settings, &session->settings.questions);
    settings_free(&session->settings);
    session->settings = settings;
    if (!answered) {
        session_drop_roles(session);
        session_take_roles(session);
    }
    if (session->question > session->settings.questions.count)
        session->question = session->settings.questions.count;
}

void
apply_date(struct session *session, const struct event *event)
{
    text_clean_into(session->next_date, sizeof session->next_date, event->text);
    session->date_answered = true;
}

void
apply_action_done(struct session *session, const struct event *event)
{
    struct done *ticked;

    if (session->done_count == session->done_room) {
        int room = session->done_room * 2 + 8;
        struct done *done = realloc(session->done, (size_t)room * sizeof *done);

        if (done == NULL)
            return;
        session->done = done;
        session->done_room = room;
    }
    ticked = &session->done[session->done_count];
    *ticked = (struct done){strdup(event->record), event->note};
    if (ticked->record != NULL)
        session->done_count++;
}

void
apply_hook_started(struct session *session, const struct event *event)
{
    struct running_hook *running;

    if (session->hooks_count == session->hooks_room) {
        int room = session->hooks_room * 2 + 8;
        struct running_hook *hooks = realloc(session->hooks, (size_t)room * sizeof *hooks);

        if (hooks == NULL)
            return;
        session->hooks = hooks;
        session->hooks_room = room;
    }
    running = &session->hooks[session->hooks_count];
    *running = (struct running_hook){event->number, strdup(event->name)};
    if (running->name != NULL)
        session->hooks_count++;
    if (event->number > session->hooks_seen)
        session->hooks_seen = event->number;
}

void
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
