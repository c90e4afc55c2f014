/*
 * Control from outside: who asks at the session's socket takes the same road as a key, and is
 * answered when what followed is on disk (D4).
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app_inside.h"
#include "screens/plain.h"
#include "services/remote.h"
#include "session/sentence.h"
#include "session/wording.h"
#include "storage/live.h"

/* For the disk: then whoever asked learns that it is not saved yet. */
enum { PATIENCE_MS = 5000 };

/* Somebody who waits for the disk. */
struct asker {
    unsigned ticket; /* 0: nobody */
    int64_t since_ms;
    struct remote_answer answer; /* once it is saved */
};

struct outside {
    struct live live;
    struct remote *remote;
    struct asker askers[REMOTE_CLIENTS];
    struct sentence heard; /* what the wish at hand has caused */
    bool hears;
};

/* ---- asked ---- */

static void
answer_now(struct app *app, unsigned ticket, enum remote_code code, const char *text)
{
    struct remote_answer answer = {.code = code};

    snprintf(answer.text, sizeof answer.text, "%s", text);
    remote_answer(app->outside->remote, ticket, &answer);
}

static void
answer_when_saved(struct app *app, unsigned ticket)
{
    struct outside *outside = app->outside;
    const char *heard = outside->heard.used == 0 ? "Done." : outside->heard.text;

    for (int i = 0; i < REMOTE_CLIENTS; i++) {
        struct asker *asker = &outside->askers[i];

        if (asker->ticket != 0)
            continue;
        *asker = (struct asker){
            .ticket = ticket, .since_ms = app_boot_ms(), .answer.seq = app->session->seq};
        snprintf(asker->answer.text, sizeof asker->answer.text, "%s", heard);
        return;
    }
}

void
app_remote_event(struct app *app, const struct event *event)
{
    struct outside *outside = app->outside;
    char line[WORDING_SIZE];

    if (outside == NULL || !outside->hears || event->by != BY_COMMAND)
        return;
    wording_event(line, app->session, event);
    if (line[0] != '\0')
        sentence_add(&outside->heard, "%s%s", outside->heard.used > 0 ? " " : "", line);
}

static void
refuse(struct app *app, unsigned ticket, const struct decision *decision)
{
    char text[REMOTE_TEXT];

    snprintf(text, sizeof text, "%s%s", decision->why, decision->confirm ? " If so: undo yes" : "");
    answer_now(app, ticket, REMOTE_REFUSED, text);
}

static void
wish(struct app *app, unsigned ticket, const struct command *command)
{
    struct outside *outside = app->outside;
    struct decision decision;

    if (!app_decide(app, command, &decision)) {
        refuse(app, ticket, &decision);
        decision_free(&decision);
        return;
    }
    outside->heard.used = 0;
    outside->hears = true;
    app_carry_out(app, &decision);
    outside->hears = false;
    answer_when_saved(app, ticket);
}

/* Whoever sits here sees that facts are unsaved; whoever asks from elsewhere had better not cause
 * any. */
static void
turn_away(struct app *app, unsigned ticket)
{
    char text[REMOTE_TEXT], trouble[JOURNAL_WHY];

    snprintf(text, sizeof text, "%s", app_drain_refusal);
    if (app->state == APP_RUNNING && journal_trouble(app->journal, trouble) != NULL)
        snprintf(text, sizeof text, "Nothing is taken now: the record cannot be written: %s.",
                 trouble);
    answer_now(app, ticket, REMOTE_TRY_AGAIN, text);
}

static void
on_asked(void *user, unsigned ticket, char *words)
{
    struct app *app = user;
    struct command command;
    struct plain_order order = {.dice = arc4random()};
    char why[SETTINGS_ERROR_SIZE], state[WORDING_SIZE];

    if (!app_is_ready(app)) {
        turn_away(app, ticket);
        return;
    }
    switch (plain_read(app->session, &app->memory, words, &order, &command, why)) {
    case PLAIN_COMMAND:
        command.by = BY_COMMAND;
        wish(app, ticket, &command);
        break;
    case PLAIN_STATE:
        answer_now(app, ticket, REMOTE_DONE, wording_state(state, app->session, app_now(app)));
        break;
    case PLAIN_MISTAKE:
        answer_now(app, ticket, REMOTE_REFUSED, why);
        break;
    case PLAIN_HELP:
    case PLAIN_RELOAD:
    case PLAIN_QUIT:
        answer_now(app, ticket, REMOTE_NO_REQUEST, "That can only be asked in the session itself.");
        break;
    }
}

/* ---- answered ---- */

static void
answer_unsaved(struct app *app, struct asker *asker)
{
    struct remote_answer answer = {.code = REMOTE_NOT_SAVED, .seq = asker->answer.seq};
    char trouble[JOURNAL_WHY];
    const char *why = journal_trouble(app->journal, trouble);

    snprintf(answer.text, sizeof answer.text, "%.*s Done, but not saved yet: %s.", REMOTE_TEXT / 2,
             asker->answer.text, why != NULL ? why : "the disk is slow");
    remote_answer(app->outside->remote, asker->ticket, &answer);
    asker->ticket = 0;
}

static void
answer_saved(struct app *app, struct asker *asker)
{
    remote_answer(app->outside->remote, asker->ticket, &asker->answer);
    asker->ticket = 0;
}

static void
settle(struct app *app, int64_t patience_ms)
{
    int64_t synced = journal_synced(app->journal), now = app_boot_ms();

    for (int i = 0; i < REMOTE_CLIENTS; i++) {
        struct asker *asker = &app->outside->askers[i];

        if (asker->ticket == 0)
            continue;
        if (asker->answer.seq <= synced)
            answer_saved(app, asker);
        else if (now - asker->since_ms >= patience_ms)
            answer_unsaved(app, asker);
    }
}

void
app_remote_pass(struct app *app)
{
    if (app->outside == NULL)
        return;
    settle(app, PATIENCE_MS);
    remote_tick(app->outside->remote);
}

int64_t
app_remote_deadline(const struct app *app)
{
    int64_t deadline = INT64_MAX;

    if (app->outside == NULL)
        return deadline;
    deadline = remote_deadline(app->outside->remote);
    for (int i = 0; i < REMOTE_CLIENTS; i++) {
        const struct asker *asker = &app->outside->askers[i];

        if (asker->ticket != 0 && asker->since_ms + PATIENCE_MS < deadline)
            deadline = asker->since_ms + PATIENCE_MS;
    }
    return deadline;
}

/* ---- opened and closed ---- */

/* The session does without, and says so once. */
static void
do_without(struct app *app, const char *why)
{
    char line[JOURNAL_WHY + 64];

    snprintf(line, sizeof line, "No control from other windows: %s", why);
    app_tell(app, line);
    live_leave(&app->outside->live);
    free(app->outside);
    app->outside = NULL;
}

void
app_remote_open(struct app *app)
{
    const struct remote_listener listener = {.asked = on_asked, .user = app};
    char why[JOURNAL_WHY], refused[REMOTE_WHY];

    app->outside = calloc(1, sizeof *app->outside);
    if (app->outside == NULL)
        return;
    if (!live_enter(journal_path(app->journal), &app->outside->live, why)) {
        do_without(app, why);
        return;
    }
    app->outside->remote =
        remote_open(app->loop, app->outside->live.socket, geteuid(), &listener, refused);
    if (app->outside->remote == NULL)
        do_without(app, refused);
}

void
app_remote_moved(struct app *app)
{
    if (app->outside != NULL && !live_move(&app->outside->live, journal_path(app->journal)))
        app_tell(app, "Other windows cannot find the new record.");
}

void
app_remote_close(struct app *app)
{
    struct remote_answer last = {.code = REMOTE_TRY_AGAIN};
    struct outside *outside = app->outside;

    if (outside == NULL)
        return;
    settle(app, 0);
    snprintf(last.text, sizeof last.text, "%s", app_drain_refusal);
    remote_close(outside->remote, &last);
    live_leave(&outside->live);
    free(outside);
    app->outside = NULL;
}
