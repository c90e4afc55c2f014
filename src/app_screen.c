/* The session on a terminal: keys in, frames out. */

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "app_inside.h"
#include "screens/paint.h"
#include "screens/prompt.h"
#include "screens/title.h"
#include "services/terminal_about.h"

enum {
    NOTICE_MS = 2500,       /* for which a notice takes the only row there is */
    NOTICE_GOES_MS = 10000, /* then it is no news, and the keys may want its row */
    TITLE_SIZE = 1200,
    SWALLOW_MS = 400, /* after the clock changed the phase (D22) */
    CONTROL_C = 3,
    KEYS_AT_ONCE = 100, /* then signals, the clock and the screen have their turn */
    SECOND_MS = 1000,
    SHOW_MS = 50 /* how long a frame waits for the sync of a human act (D4) */
};

static void
on_keys(void *user, short revents)
{
    (void)revents;
    app_screen_keys(user);
}

static void watch_output(struct app *app);

static void
on_output(void *user, short revents)
{
    struct app *app = user;

    (void)revents;
    if (terminal_send(app->terminal))
        watch_output(app);
    else
        app_hang_up(app);
}

/* Poll for room only while something is unsent. */
static void
watch_output(struct app *app)
{
    short events = terminal_is_ready(app->terminal) ? 0 : POLLOUT;

    loop_watch(app->loop, terminal_output_fd(app->terminal), events, on_output, app);
}

/* Looked at no more: a terminal that is gone is always readable, always writable (F8). */
void
app_hang_up(struct app *app)
{
    app->terminal_gone = true;
    loop_forget(app->loop, terminal_input_fd(app->terminal));
    loop_forget(app->loop, terminal_output_fd(app->terminal));
    app_leave(app, APP_HANGUP, "hangup");
}

/* Why there is no screen; nobody has to be told who asked for none. */
static void
explain(struct app *app, enum terminal_status status)
{
    if (status == TERMINAL_UNKNOWN)
        app_say(app, "This terminal is not known here (TERM), so the session runs in plain lines.");
    else if (status == TERMINAL_DUMB)
        app_say(app, "This terminal cannot place its cursor, so the session runs in plain lines.");
}

bool
app_screen_open(struct app *app)
{
    enum terminal_status status = TERMINAL_NOT_ONE;

    if (!app->options->plain)
        status = terminal_open(&app->terminal);
    if (status != TERMINAL_GOOD) {
        app->terminal = NULL;
        explain(app, status);
        return false;
    }
    paint_start(terminal_colours(app->terminal));
    if (app->session->draft[0] != '\0')
        prompt_open(&app->ui, PROMPT_NOTE, app->session->draft);
    loop_watch(app->loop, terminal_input_fd(app->terminal), POLLIN, on_keys, app);
    watch_output(app);
    app->dirty = true;
    return true;
}

/* NO_COLOR wins over every theme. */
static enum colours
colours_of(const struct app *app)
{
    return paint_colours((enum theme)app->session->settings.theme, terminal_colours(app->terminal),
                         terminal_background());
}

static bool
notice_is_new(const struct app *app)
{
    return app->ui.notice[0] != '\0' && app_boot_ms() - app->notice_ms < NOTICE_MS;
}

static void
forget_notice(struct app *app)
{
    if (app->ui.notice[0] == '\0' || app_boot_ms() - app->notice_ms < NOTICE_GOES_MS)
        return;
    app->ui.notice[0] = '\0';
    app->dirty = true;
}

static struct view
view_of(struct app *app, const struct plan *plan)
{
    return (struct view){.session = app->session,
                         .plan = plan,
                         .last = app->has_last ? &app->last : NULL,
                         .memory = app->looked_for_last ? &app->memory : NULL,
                         .to_prepare = (const char *const *)app->to_prepare,
                         .to_prepare_count = app->to_prepare_count,
                         .now = app_now(app),
                         .rows = getmaxy(terminal_window(app->terminal)),
                         .columns = getmaxx(terminal_window(app->terminal)),
                         .notice_is_new = notice_is_new(app),
                         .ascii = terminal_is_ascii(app->terminal),
                         .colours = colours_of(app),
                         .flash = app->flash_until != 0,
                         .unsaved = app->shows_unsaved ? journal_unsaved(app->journal) : 0,
                         .unsaved_why = journal_trouble(app->journal, app->trouble),
                         .leaving = app_drain_line(app),
                         .desktop = app->notifier == NULL ? NULL : notifier_trouble(app->notifier),
                         .desktop_is_new = app_boot_ms() < app->desktop_until,
                         .record_path = journal_path(app->journal)};
}

static void
take_key(struct app *app, struct key key)
{
    struct command command = {.by = BY_KEY};
    struct plan plan;
    struct view view;
    enum reply reply;

    if (key.pasted && key.code != 0 && app->ui.paste_is_over) /* it may be long */
        return;
    plan_compute(app->session, app_now(app), &plan);
    view = view_of(app, &plan);
    app->ui.dice = arc4random();
    reply = screen_key(&view, &app->ui, key, &command);
    plan_free(&plan);
    command.by = BY_KEY;
    if (reply == REPLY_COMMAND)
        app_wish(app, &command);
    else if (reply == REPLY_QUIT)
        app_leave(app, APP_QUIT, "quit");
    else if (reply == REPLY_REDRAW)
        terminal_redraw(app->terminal);
    else if (reply == REPLY_STOP)
        terminal_stop(app->terminal);
    else if (reply == REPLY_RELOAD)
        app_reload(app);
    app->notice_ms = app_boot_ms();
    if (reply != REPLY_IGNORED)
        app->dirty = true;
}

/* A Space meant for the turn that just ended must not skip somebody; typing is never swallowed. */
static bool
is_swallowed(const struct app *app)
{
    return app->ui.overlay == OVERLAY_NONE && app->phase_ms != 0 &&
           app_boot_ms() - app->phase_ms < SWALLOW_MS;
}

/* While we leave only "now" is a key. */
static void
refuse_key(struct app *app, struct key key)
{
    if (!key.function && !key.pasted && (key.code == 'q' || key.code == CONTROL_C))
        app_hurry(app);
    else
        app_tell(app, app_drain_refusal);
}

/* Once: who types on knows why letters are missing. */
static void
explain_dropped(struct app *app)
{
    if (!terminal_is_ascii(app->terminal) || app->told_ascii)
        return;
    app->told_ascii = true;
    app_tell(app, "Only ASCII can be typed in this locale; LC_ALL=C.UTF-8 takes every letter.");
}

void
app_screen_keys(struct app *app)
{
    bool gone = false;
    struct key key;
    int taken = 0;

    if (app->state == APP_RUNNING) /* what is due by now comes before the key */
        app_catch_up(app);
    for (; app->state != APP_GONE && taken < KEYS_AT_ONCE; taken++) {
        if (!terminal_key(app->terminal, &key, &gone))
            break;
        if (app->state == APP_DRAINING)
            refuse_key(app, key);
        else if (!is_swallowed(app))
            take_key(app, key);
    }
    app->more_keys = taken == KEYS_AT_ONCE;
    if (gone)
        app_hang_up(app);
    else if (terminal_dropped(app->terminal))
        explain_dropped(app);
    if (app->state == APP_RUNNING)
        app_keep_draft(app, false);
}

void
app_screen_resize(struct app *app)
{
    if (app->terminal != NULL && terminal_resize(app->terminal))
        app->dirty = true;
}

/* The first frame after a human act waits for its sync, a moment. */
static bool
waits_for_sync(const struct app *app)
{
    return app->act_ms != 0 && journal_unsaved(app->journal) > 0 &&
           app_boot_ms() - app->act_ms < SHOW_MS;
}

int64_t
app_screen_deadline(const struct app *app)
{
    if (app->terminal_gone || !terminal_is_ready(app->terminal)) /* choked: POLLOUT will wake us */
        return INT64_MAX;
    if (waits_for_sync(app))
        return app->act_ms + SHOW_MS;
    if (app->dirty)
        return app_boot_ms();
    int64_t redraw = clock_boot_at(&app->clock, app->redraw_ms);
    int64_t notice = app->notice_ms + (app->shows_notice ? NOTICE_MS : NOTICE_GOES_MS);
    if (app->ui.notice[0] != '\0' && notice < redraw)
        redraw = notice;
    return app->desktop_until != 0 && app->desktop_until < redraw ? app->desktop_until : redraw;
}

static void
show_title(struct app *app, const struct view *view)
{
    char title[TITLE_SIZE];

    if (terminal_is_ready(app->terminal))
        terminal_title(app->terminal, title_text(title, sizeof title, view));
}

void
app_screen_draw(struct app *app)
{
    struct moment now = app_now(app);
    struct plan plan;
    struct view view;

    forget_notice(app);
    if (app->shows_notice && !notice_is_new(app))
        app->dirty = true;
    if (app->desktop_until != 0 && app_boot_ms() >= app->desktop_until) {
        app->desktop_until = 0;
        app->dirty = true;
    }
    if (app->terminal == NULL || (!app->dirty && now.elapsed_ms < app->redraw_ms) ||
        app->terminal_gone || !terminal_is_ready(app->terminal) || waits_for_sync(app))
        return;
    plan_compute(app->session, now, &plan);
    view = view_of(app, &plan);
    screen_draw(terminal_window(app->terminal), &view, &app->ui);
    terminal_mouse(app->terminal, app->session->settings.mouse);
    terminal_show(app->terminal);
    show_title(app, &view);
    watch_output(app);
    plan_free(&plan);
    app->dirty = false;
    app->shows_notice = view.notice_is_new;
    app->act_ms = 0;
    app->redraw_ms = session_next_change(app->session, now);
    if (app->redraw_ms <= now.elapsed_ms) /* while we leave nothing comes of a deadline */
        app->redraw_ms = now.elapsed_ms + SECOND_MS;
}
