/* The one road: wish or clock -> decide -> journal -> apply -> listeners. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app_inside.h"
#include "session/order.h"
#include "session/wording.h"

enum { GAP_MS = 2000, JUMP_MS = 2000, DRAFT_EVERY_MS = 1000 };

int64_t
app_boot_ms(void)
{
    return clock_boot_ms();
}

struct moment
app_now(const struct app *app)
{
    return clock_now(&app->clock);
}

/* What came back with an undo, and what another window did: the screen alone would leave the room
 * to guess. Changes of the phase are seen. */
static bool
has_to_be_told(const struct event *event)
{
    return event->kind == EVENT_UNDONE ||
           (event->by == BY_COMMAND && event_is_act(event) && !event_is_boundary(event->kind));
}

/* What wants to know, after the fact; nothing here decides or can fail the session. */
static void
tell(struct app *app, const struct event *event)
{
    enum alert alert = alerts_of(app->session, event);
    char line[WORDING_SIZE];

    app->dirty = true;
    app_plain_event(app, event);
    app_remote_event(app, event);
    app_settle_popup(app, event);
    app_hooks_event(app, event);
    app_steps_event(app, event);
    if (app->terminal != NULL && has_to_be_told(event))
        app_tell(app, wording_event(line, app->session, event));
    if (alert != ALERT_NONE) /* told when everything that follows is known, too */
        app->pending = alert;
}

void
app_accept(struct app *app, struct event *event)
{
    enum phase before = app->session->phase;

    journal_append(app->journal, event);
    session_apply(app->session, event);
    if (event_is_boundary(event->kind)) /* what was due before it is settled by it */
        app->alerted_ms = app_now(app).elapsed_ms;
    if (event->by == BY_CLOCK && app->session->phase != before && app->act_ms == 0)
        app->phase_ms = app_boot_ms();
    else if (event_is_act(event))
        app->act_ms = app_boot_ms();
    if (app->unsaved_since == 0)
        app->unsaved_since = app_boot_ms();
    tell(app, event);
    event_clear(event);
}

/* Suspend, SIGSTOP and a wall clock that was set (R1, D13): told before time is asked
 * what it has caused. */
static void
notice_gaps(struct app *app)
{
    struct moment now = app_now(app);
    int64_t passed = now.elapsed_ms - app->passed.elapsed_ms;
    int64_t jump = now.wall_ms - app->passed.wall_ms - passed;

    if (app->watched_ms != 0 && app_boot_ms() - app->watched_ms > GAP_MS) {
        app_wish_program(app, &(struct command){.kind = COMMAND_GAP, .ms = passed});
        app->watched_ms = app_boot_ms();
    }
    if (jump > JUMP_MS || jump < -JUMP_MS)
        app_wish_program(app, &(struct command){.kind = COMMAND_JUMP, .ms = jump});
    app->passed = now;
}

void
app_catch_up(struct app *app)
{
    struct event event;

    notice_gaps(app);
    while (session_due(app->session, app_now(app), &event))
        app_accept(app, &event);
    if (app->pending != ALERT_NONE)
        app_alert(app, app->pending);
    app->pending = ALERT_NONE;
}

/* Before the start nobody is late (R10): with order = fair the past gives them their place. */
static int
place_of(const struct app *app, const char *name)
{
    const struct session *session = app->session;

    if (session->phase != PHASE_WAITING || session->settings.order != ORDER_FAIR ||
        app->memory.sessions == 0 || name == NULL)
        return 0;
    return order_place(&session->roster, &app->memory, name) + 1;
}

/* A time of day becomes a moment here, where the time zone is known (D1), a step
 * gets its title, and who comes a place. */
static struct command
resolve(const struct app *app, const struct command *command)
{
    struct command resolved = *command;

    if (command->kind == COMMAND_STOP_AT && command->ms == 0)
        resolved.ms = clock_wall_of(command->number, app_now(app).wall_ms);
    if (command->kind == COMMAND_STEP)
        app_steps_resolve(app, &resolved);
    if (command->kind == COMMAND_JOIN)
        resolved.number = place_of(app, command->text);
    return resolved;
}

static void
answer(struct app *app, const struct command *command, const struct decision *decision)
{
    app->dirty = true;
    app->notice_ms = app_boot_ms();
    if (app->terminal != NULL)
        screen_answer(&app->ui, command, decision);
    else if (decision->refused)
        app_say(app, decision->why);
    if (app->terminal == NULL && decision->confirm)
        app_say(app, "If so: undo yes");
}

bool
app_decide(struct app *app, const struct command *command, struct decision *decision)
{
    struct command resolved;

    if (app->state != APP_RUNNING) {
        *decision = (struct decision){.refused = true};
        snprintf(decision->why, sizeof decision->why, "%s", app_drain_refusal);
        return false;
    }
    app_catch_up(app);
    resolved = resolve(app, command);
    session_decide(app->session, &resolved, app_now(app), decision);
    return !decision->refused;
}

void
app_carry_out(struct app *app, struct decision *decision)
{
    for (int i = 0; i < decision->count; i++)
        app_accept(app, &decision->events[i]);
    decision_free(decision);
    if (app->state == APP_RUNNING)
        app_catch_up(app);
}

bool
app_wish(struct app *app, const struct command *command)
{
    struct decision decision;
    bool allowed = app_decide(app, command, &decision);

    if (command->by != BY_PROGRAM)
        answer(app, command, &decision);
    app_carry_out(app, &decision);
    return allowed;
}

void
app_wish_program(struct app *app, const struct command *command)
{
    struct command own = *command;
    struct decision decision;

    own.by = BY_PROGRAM;
    session_decide(app->session, &own, app_now(app), &decision);
    for (int i = 0; i < decision.count; i++)
        app_accept(app, &decision.events[i]);
    decision_free(&decision);
}

/* How long nobody watched a session that is resumed: the clock went on (D1), whatever
 * the speed it was tried out with. */
static int64_t
away_ms(const struct app *app)
{
    char boot[BOOT_ID_SIZE];

    clock_boot_id(boot);
    return session_since_last_ms(app->session, boot, clock_boot_ms(), app_now(app).wall_ms, 1);
}

void
app_start_clock(struct app *app)
{
    int64_t elapsed = app->session->last.elapsed_ms;

    clock_start(&app->clock, app->options->speed, elapsed);
    if (app->options->opening == NULL) {
        app->away_ms = away_ms(app);
        clock_start(&app->clock, app->options->speed, elapsed + app->away_ms);
    }
    app->passed = app_now(app);
    app->alerted_ms = app->passed.elapsed_ms;
}

static void
put_watch(const struct app *app, struct opening *opening)
{
    char boot[BOOT_ID_SIZE], host[HOST_KEY_SIZE];

    clock_boot_id(boot);
    clock_host_key(host);
    free(opening->boot);
    free(opening->host);
    opening->boot = strdup(boot);
    opening->host = strdup(host);
    opening->pid = (int)getpid();
    opening->boottime_ms = clock_boot_ms();
    opening->speed = app->options->speed;
}

/* Of the time since the last fact, what nobody watched: the process before us may have lived on for
 * a while without anything to tell. */
static int64_t
unwatched_ms(const struct app *app)
{
    int64_t watched_ms = app->options->watched_ms;
    int64_t unwatched = app_now(app).wall_ms - watched_ms;

    if (watched_ms == 0 || unwatched < 0 || unwatched > app->away_ms)
        return app->away_ms;
    return unwatched;
}

bool
app_open_session(struct app *app)
{
    const struct event *opening = app->options->opening;
    struct event event = {.kind = EVENT_SESSION_RESUMED};

    if (opening == NULL)
        event.opening = opening_new();
    else
        event_copy(&event, opening);
    event.by = BY_PROGRAM;
    event.seq = app->session->seq + 1;
    event.at = app_now(app);
    if (opening == NULL)
        event.ms = unwatched_ms(app);
    if (event.opening == NULL) { /* without it there would be no record to go on with */
        app_fail(app, "the session cannot be opened", "out of memory");
        return false;
    }
    put_watch(app, event.opening);
    app_accept(app, &event);
    return true;
}

void
app_keep_draft(struct app *app, bool at_once)
{
    const char *draft = app->terminal == NULL ? "" : screen_draft(&app->ui);
    int64_t now = app_boot_ms();

    if (strcmp(draft, app->session->draft) == 0)
        return;
    if (!at_once && now - app->draft_ms < DRAFT_EVERY_MS)
        return;
    app->draft_ms = now;
    app_wish_program(app, &(struct command){.kind = COMMAND_DRAFT, .text = draft});
}
