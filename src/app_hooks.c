/* Hooks on the road: told after the fact; that they begin and end are facts themselves. */

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "app_inside.h"
#include "session/text.h"
#include "session/wording.h"

static const char unknown[] = "outcome unknown";

void
app_tell(struct app *app, const char *line)
{
    if (app->terminal == NULL)
        app_say(app, line);
    else
        text_clean_into(app->ui.notice, sizeof app->ui.notice, line);
    app->notice_ms = app_boot_ms();
    app->dirty = true;
}

/* --- what the service tells ---------------------------------------------------------------- */

static int64_t
starting(void *user, int run, const char *name)
{
    struct app *app = user;
    const struct command command = {.kind = COMMAND_HOOK_STARTED, .number = run, .text = name};

    app_wish_program(app, &command);
    return app->session->seq;
}

static void
ended(void *user, int run, const char *name, const char *how)
{
    const struct command command = {
        .kind = COMMAND_HOOK_ENDED, .number = run, .text = name, .role = how};

    app_wish_program(user, &command);
}

static void
trouble(void *user, const char *line)
{
    app_tell(user, line);
}

static void
on_output(void *user, short revents)
{
    (void)user;
    (void)revents; /* waking is enough: every pass reads it */
}

/* --- for the others ------------------------------------------------------------------------ */

void
app_hooks_open(struct app *app)
{
    const struct hooks_options options = {.folder = app->options->hooks_folder,
                                          .log = app->options->hooks_log,
                                          .limit_ms = HOOKS_LIMIT_MS,
                                          .first_run = app->session->hooks_seen + 1};
    const struct hooks_listener listener = {
        .starting = starting, .ended = ended, .trouble = trouble, .user = app};

    if (options.folder == NULL)
        return;
    app->hooks = hooks_new(&options, &listener);
    if (app->hooks != NULL)
        loop_watch(app->loop, hooks_fd(app->hooks), POLLIN, on_output, app);
}

/* Those that the last process left behind: nobody knows, and they are not run again. */
static void
close_lost_ones(struct app *app)
{
    while (app->session->hooks_count > 0) {
        struct running_hook lost = app->session->hooks[0];
        char *name = strdup(lost.name == NULL ? "" : lost.name);
        int before = app->session->hooks_count;

        ended(app, lost.run, name == NULL ? "" : name, unknown);
        free(name);
        if (app->session->hooks_count == before)
            return;
    }
}

/* A failure is one line; that one ended well is none. */
static void
tell_ended(struct app *app, const struct event *event)
{
    char line[WORDING_SIZE];

    if (app->terminal == NULL) /* app_plain_event() has */
        return;
    wording_event(line, app->session, event);
    if (line[0] != '\0')
        app_tell(app, line);
}

void
app_hooks_event(struct app *app, const struct event *event)
{
    if (event->kind == EVENT_HOOK_ENDED)
        tell_ended(app, event);
    if (event->kind == EVENT_SESSION_RESUMED)
        close_lost_ones(app);
    if (app->hooks != NULL)
        hooks_event(app->hooks, app->session, event, journal_path(app->journal));
}

void
app_hooks_ready(struct app *app)
{
    hooks_ready(app->hooks, journal_synced(app->journal), app_boot_ms());
}
