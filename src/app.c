#include "app.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "app_inside.h"
#include "storage/history.h"
#include "storage/past.h"

enum { LEAVE_TERMINAL_MS = 200, LEAVE_NOTIFIER_MS = 300, LOOK_MS = 10000 };

static void
reap(struct app *app)
{
    int status;
    pid_t pid;

    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        if (app->hooks != NULL && hooks_reaped(app->hooks, pid, status, app_boot_ms()))
            continue;
        if (app->notifier != NULL)
            notifier_reaped(app->notifier, pid, status);
    }
}

/* SIGCONT: somebody else has stopped us, and the shell has had the terminal meanwhile. Not while we
 * leave: in the background it would stop us for ever. */
static void
stop_or_go_on(struct app *app, int signal)
{
    if (app->terminal == NULL || app->terminal_gone || app->state != APP_RUNNING)
        return;
    if (signal == SIGTSTP)
        terminal_stop(app->terminal);
    else
        terminal_resume(app->terminal);
    app->dirty = true;
}

static void
on_signal(void *user, int signal)
{
    struct app *app = user;

    switch (signal) {
    case SIGTERM:
    case SIGINT:
    case SIGHUP:
    case SIGQUIT:
        app_leave_by_signal(app, signal);
        break;
    case SIGWINCH:
        app_screen_resize(app);
        app->dirty = true;
        break;
    case SIGCONT:
    case SIGTSTP:
        stop_or_go_on(app, signal);
        break;
    case SIGCHLD:
        reap(app);
        break;
    default:
        break;
    }
}

/* Waking is enough, but for keys: every pass looks at the clock. */
static void
on_timer(void *user, short revents)
{
    struct app *app = user;

    (void)revents;
    if (app->more_keys && !app->terminal_gone)
        app_screen_keys(app);
}

static void
on_journal(void *user, short revents)
{
    struct app *app = user;
    char what[JOURNAL_WHY];

    (void)revents;
    journal_acknowledge(app->journal);
    if (journal_moved(app->journal, what)) {
        app_tell(app, what);
        app_remote_moved(app);
    }
    if (journal_unsaved(app->journal) == 0)
        app->unsaved_since = 0;
    app->dirty |= app->shows_unsaved || app->act_ms != 0;
}

static int64_t
earlier(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

/* The one timer: the next thing that time will change (src/README.md). */
static void
set_timer(struct app *app)
{
    struct moment now = app_now(app);
    enum alert alert;
    int64_t real = INT64_MAX, elapsed = alerts_next(app->session, now, app->alerted_ms, &alert);

    elapsed = earlier(elapsed, session_next_deadline(app->session, now));
    if (elapsed != INT64_MAX && app->state == APP_RUNNING)
        real = clock_boot_at(&app->clock, elapsed);
    if (app->state == APP_DRAINING)
        real = app_drain_deadline(app);
    if (app->hooks != NULL)
        real = earlier(real, hooks_deadline(app->hooks));
    if (app->notifier != NULL)
        real = earlier(real, notifier_deadline(app->notifier));
    real = earlier(real, app_remote_deadline(app));
    if (app->state == APP_RUNNING)
        real = earlier(real, app_steps_deadline(app));
    if (app->flash_until != 0)
        real = earlier(real, app->flash_until);
    if (app->state == APP_RUNNING && app->terminal != NULL &&
        strcmp(screen_draft(&app->ui), app->session->draft) != 0)
        real = earlier(real, app->draft_ms + 1000);
    if (app->more_keys)
        real = earlier(real, app_boot_ms());
    if (app->terminal != NULL)
        real = earlier(real, app_screen_deadline(app));
    if (app->terminal != NULL && app->unsaved_since != 0 && !app->shows_unsaved)
        real = earlier(real, app->unsaved_since + APP_UNSAVED_MS);
    app->watched_ms = real == INT64_MAX ? 0 : real;
    loop_timer(app->loop, real);
}

static void
mark_unsaved(struct app *app)
{
    bool unsaved = app->unsaved_since != 0 && app_boot_ms() - app->unsaved_since >= APP_UNSAVED_MS;

    if (unsaved != app->shows_unsaved)
        app->dirty = true;
    app->shows_unsaved = unsaved;
}

static void
end_flash(struct app *app)
{
    if (app->flash_until != 0 && app_boot_ms() >= app->flash_until) {
        app->flash_until = 0;
        app->dirty = true;
    }
}

/* At times when something wakes us anyway: that alone is no reason to wake. */
static void
look_after_record(struct app *app)
{
    if (app_boot_ms() - app->looked_ms < LOOK_MS)
        return;
    app->looked_ms = app_boot_ms();
    journal_look(app->journal);
}

/* Everything that may have to happen after waiting; cheap when nothing has. */
static void
pass(struct app *app)
{
    if (app->state == APP_RUNNING) {
        app_catch_up(app);
        app_alerts(app);
        app_steps_pass(app);
        app_keep_draft(app, false);
    }
    if (app->hooks != NULL)
        app_hooks_ready(app);
    if (app->state == APP_DRAINING)
        app_drain(app);
    end_flash(app);
    mark_unsaved(app);
    look_after_record(app);
    app_remote_pass(app);
    app_screen_draw(app);
    if (app->notifier != NULL)
        app_notifier_watch(app);
}

/* On a screen they stand on the opening board. */
static void
say_actions(struct app *app)
{
    for (int i = 0; i < app->memory.actions_count; i++) {
        const struct memory_action *action = &app->memory.actions[i];
        char line[APP_LINE];

        snprintf(line, sizeof line, "Still to do, %d: %s%s%s", i + 1, action->owner,
                 action->owner[0] == '\0' ? "" : ": ", action->text);
        app_say(app, line);
    }
}

static void
remember(struct app *app)
{
    struct problems problems = {0};
    char line[UI_NOTICE];

    past_remember(app->options->records_folder, app_now(app).wall_ms, app->options->participants,
                  &app->memory, &problems);
    if (problems.count > 0) {
        snprintf(line, sizeof line, "%d record%s cannot be read; randori history names %s.",
                 problems.count, problems.count == 1 ? "" : "s",
                 problems.count == 1 ? "it" : "them");
        app_tell(app, line);
    }
    problems_free(&problems);
    if (app->terminal == NULL && app->session->phase == PHASE_WAITING)
        say_actions(app);
}

/* Asked for after the first frame: starting must not wait for a folder of records. */
static void
look_for_last(struct app *app)
{
    struct problems problems = {0};
    char *path;

    app->looked_for_last = true;
    if (app->options->records_folder == NULL)
        return;
    path = history_last(app->options->records_folder, journal_path(app->journal),
                        app_now(app).wall_ms, &app->last, &problems);
    app->has_last = path != NULL;
    app->dirty = true;
    free(path);
    problems_free(&problems);
    remember(app);
    app_checklists_load(app);
}

static void
run(struct app *app)
{
    pass(app);
    app_remote_open(app); /* nobody asks before the first frame is there */
    while (app->state != APP_GONE) {
        if (!app->looked_for_last) {
            look_for_last(app);
            app_steps_open(app, app->options->steps);
        }
        set_timer(app);
        if (loop_wait(app->loop))
            pass(app);
        else
            app_fail(app, "cannot wait for events", strerror(errno));
    }
}

static bool
open_all(struct app *app)
{
    app->loop = loop_new(on_signal, on_timer, app);
    if (app->loop == NULL) {
        app_fail(app, "cannot wait for events", strerror(errno));
        return false;
    }
    if (!app_screen_open(app))
        app_plain_open(app);
    loop_watch(app->loop, journal_fd(app->journal), POLLIN, on_journal, app);
    app_hooks_open(app);
    if (!app_open_session(app))
        return false;
    app_plain_invite(app);
    settings_copy(&app->loaded, app->session->opening != NULL ? &app->session->opening->settings
                                                              : &app->session->settings);
    app_notifier_open(app);
    return true;
}

static void
close_all(struct app *app)
{
    app_remote_close(app);
    terminal_close(app->terminal, LEAVE_TERMINAL_MS);
    notifier_free(app->notifier, LEAVE_NOTIFIER_MS);
    hooks_free(app->hooks);
    app_steps_close(app);
    app_checklists_free(app);
    loop_free(app->loop);
    ui_free(&app->ui);
    settings_free(&app->loaded);
    settings_free(&app->loaded_before);
    memory_free(&app->memory);
    if (app->has_last)
        session_free(&app->last);
}

void
app_run(const struct app_options *options, struct app_outcome *outcome)
{
    struct app app = {.options = options,
                      .outcome = outcome,
                      .session = options->session,
                      .journal = options->journal,
                      .notifier_reads = -1,
                      .notifier_writes = -1};

    *outcome = (struct app_outcome){.end = APP_QUIT};
    ui_init(&app.ui);
    memory_init(&app.memory);
    app_start_clock(&app);
    if (open_all(&app))
        run(&app);
    if (outcome->end == APP_QUIT && session_is_over(options->session))
        outcome->end = APP_CLOSED;
    close_all(&app);
}
