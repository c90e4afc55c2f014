/*
 * Leaving, in one order (RULES.md), whatever the cause: first nothing new is taken; then why
 * we end, and what is half typed, goes into the record; then what is in flight comes to its end,
 * within bounds, while the clock goes on being drawn; then the last fact, and the disk. The rest,
 * terminal, last words and exit status, is for whoever called app_run().
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app_inside.h"

enum {
    AGAIN_MS = 200,       /* timeout(1) sends a signal twice at once; that is not "again" */
    TELL_MS = 100,        /* what is over sooner is not told */
    STUCK_MS = 1500,      /* after TERM: one that even KILL does not end by then is left alone */
    FLUSH_LEAST_MS = 500, /* what the record gets in any case */
    CLOSE_MS = 3000       /* for terminal, helper, last words: each has its own bound */
};

const char app_drain_refusal[] = "Nothing is taken any more: the session is being left.";

bool
app_is_ready(const struct app *app)
{
    char why[JOURNAL_WHY];

    return app->state == APP_RUNNING && journal_trouble(app->journal, why) == NULL;
}

static void
keep_reason(struct app *app, const char *reason)
{
    const struct command command = {.kind = COMMAND_LEAVE, .text = reason};

    app_keep_draft(app, true);
    if (!session_is_over(app->session))
        app_wish_program(app, &command);
}

/* Should we hang ourselves, in a folder that never answers, say: SIGALRM ends us, and the terminal
 * is put back all the same. */
static void
set_watchdog(int64_t grace_ms)
{
    alarm((unsigned)(grace_ms / 1000) + 1);
}

void
app_leave(struct app *app, enum app_end end, const char *reason)
{
    const struct settings *settings = &app->session->settings;
    int64_t now = app_boot_ms();

    if (app->state != APP_RUNNING)
        return;
    app->state = APP_DRAINING;
    app->outcome->end = end;
    app->drain = (struct drain){.step = DRAIN_WAITS,
                                .began_ms = now,
                                .step_ms = now,
                                .until_ms = now + settings->hooks_ms,
                                .grace_ms = now + settings->grace_ms};
    set_watchdog(settings->grace_ms);
    app->ui.overlay = OVERLAY_NONE;
    app->dirty = true;
    keep_reason(app, reason);
}

void
app_hurry(struct app *app)
{
    if (app->state != APP_DRAINING || app_boot_ms() - app->drain.began_ms < AGAIN_MS)
        return;
    app->drain.is_hurried = true;
}

void
app_leave_by_signal(struct app *app, int signal)
{
    char name[16];

    if (app->state == APP_DRAINING && signal != SIGHUP) { /* a terminal's end brings several HUPs */
        app_hurry(app);
        return;
    }
    if (app->state == APP_RUNNING)
        app->outcome->signal = signal;
    snprintf(name, sizeof name, "SIG%s", sigabbrev_np(signal));
    app_leave(app, APP_SIGNAL, name);
}

/* --- the steps ----------------------------------------------------------------------------- */

static int
in_flight(const struct app *app, const char **name)
{
    return app->hooks == NULL ? 0 : hooks_in_flight(app->hooks, name);
}

/* "Now", once: the next one is a further step. */
static bool
is_hurried(struct app *app)
{
    bool hurried = app->drain.is_hurried;

    app->drain.is_hurried = false;
    return hurried;
}

static void
end_hooks(struct app *app)
{
    int64_t now = app_boot_ms();

    hooks_end(app->hooks, now);
    app->drain.step = DRAIN_ENDS;
    app->drain.until_ms = now + STUCK_MS;
    app->drain.is_forced = true;
}

static void
state_drained(struct app *app)
{
    const char *how = app->drain.is_forced ? "forced" : "clean";

    app_wish_program(app, &(struct command){.kind = COMMAND_DRAINED, .text = how});
    app->drain.step = DRAIN_FLUSHES;
    app->drain.step_ms = app_boot_ms();
}

static void
be_gone(struct app *app)
{
    int64_t left = app->drain.is_hurried ? 0 : app->drain.grace_ms - app_boot_ms();

    app->state = APP_GONE;
    app->outcome->flush_ms = left > FLUSH_LEAST_MS ? left : FLUSH_LEAST_MS;
    set_watchdog(journal_unsaved(app->journal) > 0 ? app->outcome->flush_ms + CLOSE_MS : CLOSE_MS);
}

/* Without a session yet there is nothing to tell the record. */
void
app_fail(struct app *app, const char *what, const char *why)
{
    struct app_outcome *outcome = app->outcome;

    if (app->state == APP_RUNNING)
        app->drain.grace_ms = app_boot_ms() + app->session->settings.grace_ms;
    outcome->end = APP_FAILED;
    snprintf(outcome->why, sizeof outcome->why, "%s: %s", what, why);
    if (app->session->seq > 0 && app->state == APP_RUNNING)
        keep_reason(app, outcome->why);
    app->drain.is_forced |= in_flight(app, NULL) > 0;
    if (app->session->seq > 0 && app->drain.step != DRAIN_FLUSHES)
        state_drained(app);
    be_gone(app);
}

/* "Now" does not cut the flush short, unless the disk has said no. */
static bool
is_flushed(struct app *app)
{
    char why[JOURNAL_WHY];

    if (journal_unsaved(app->journal) == 0 || app_boot_ms() >= app->drain.grace_ms)
        return true;
    return app->drain.is_hurried && journal_trouble(app->journal, why) != NULL;
}

static void
go_on(struct app *app)
{
    struct drain *drain = &app->drain;

    if (drain->step == DRAIN_WAITS && in_flight(app, NULL) > 0 &&
        (is_hurried(app) || app_boot_ms() >= drain->until_ms))
        end_hooks(app);
    else if (drain->step == DRAIN_ENDS && is_hurried(app))
        hooks_end(app->hooks, app_boot_ms());
    if (drain->step != DRAIN_FLUSHES &&
        (in_flight(app, NULL) == 0 ||
         (drain->step == DRAIN_ENDS && app_boot_ms() >= drain->until_ms)))
        state_drained(app);
    if (drain->step == DRAIN_FLUSHES && is_flushed(app))
        be_gone(app);
}

/* --- telling ------------------------------------------------------------------------------- */

/* The end of the present step. */
static int64_t
step_end(const struct app *app)
{
    return app->drain.step == DRAIN_FLUSHES ? app->drain.grace_ms : app->drain.until_ms;
}

int64_t
app_drain_deadline(const struct app *app)
{
    int64_t now = app_boot_ms(), end = step_end(app), told = app->drain.step_ms + TELL_MS;
    int64_t next = now < told ? told : now + ((end - now) % 1000 + 1000) % 1000;

    if (next <= now)
        next = now + 1000;
    return next < end ? next : end;
}

static void
say_hooks(char line[static APP_LEAVING], int count, const char *name, int seconds, const char *now)
{
    char more[32] = "";

    if (count > 1)
        snprintf(more, sizeof more, " and %d more", count - 1);
    snprintf(line, APP_LEAVING, "Leaving: waiting for the hook %s%s, %d s at most. %s: now", name,
             more, seconds, now);
}

static void
say_disk(char line[static APP_LEAVING], struct app *app, int seconds, const char *now)
{
    const char *why = journal_trouble(app->journal, app->trouble);

    snprintf(line, APP_LEAVING, "Leaving: %d unsaved, trying for %d s more",
             journal_unsaved(app->journal), seconds);
    if (why != NULL)
        snprintf(line + strlen(line), APP_LEAVING - strlen(line), ": %s. %s: now", why, now);
}

const char *
app_drain_line(struct app *app)
{
    int64_t now = app_boot_ms(), left = step_end(app) - now;
    int seconds = (int)((left + 999) / 1000), count;
    const char *name = "", *key = app->terminal == NULL ? "quit" : "q";

    if (app->state == APP_RUNNING || now - app->drain.step_ms < TELL_MS)
        return NULL;
    count = in_flight(app, &name);
    if (app->drain.step != DRAIN_FLUSHES && count > 0)
        say_hooks(app->leaving, count, name, seconds, key);
    else
        say_disk(app->leaving, app, seconds, key);
    return app->leaving;
}

/* A new second, or another thing that is waited for. */
static void
tell(struct app *app)
{
    char before[APP_LEAVING];
    const char *line;

    memcpy(before, app->leaving, sizeof before);
    line = app_drain_line(app);
    if (line == NULL || strcmp(line, before) == 0)
        return;
    app->dirty = true;
    if (app->terminal == NULL && before[0] == '\0')
        app_say(app, line);
}

void
app_drain(struct app *app)
{
    go_on(app);
    if (app->state == APP_DRAINING)
        tell(app);
}
