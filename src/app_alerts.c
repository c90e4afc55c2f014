/* Telling the room: popups, bell, flash, and the line of --plain. Each may fail, none decides. */

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_inside.h"
#include "session/text.h"

enum {
    FLASH_MS = 250,
    TITLE_SIZE = 256,
    TEXT_SIZE = 512,
    DESKTOP_MS = 15000 /* for which the footer tells what is wrong with the desktop */
};

/* How loud each alert is. One key: a popup replaces the one before it. */
struct loudness {
    enum message_urgency urgency;
    bool bell, flash, turn_end, buttons;
};

static const char popup_key[] = "dojo";

static const struct loudness loudness[ALERTS] = {
    [ALERT_HEADS_UP] = {URGENCY_LOW, false, false, false, false},
    [ALERT_WARNING] = {URGENCY_LOW, false, false, false, false},
    [ALERT_TIME_UP] = {URGENCY_CRITICAL, true, true, true, true},
    [ALERT_NUDGE] = {URGENCY_CRITICAL, true, false, false, true},
    [ALERT_PAUSE_OVER] = {URGENCY_NORMAL, true, false, false, false},
    [ALERT_INTRO_OVER] = {URGENCY_NORMAL, true, false, false, false},
    [ALERT_BREAK] = {URGENCY_CRITICAL, true, true, true, false},
    [ALERT_BREAK_OVER] = {URGENCY_CRITICAL, true, true, true, true},
    [ALERT_DEBRIEF_SOON] = {URGENCY_NORMAL, false, false, false, false},
    [ALERT_DEBRIEF] = {URGENCY_CRITICAL, true, true, true, false},
    [ALERT_STOP] = {URGENCY_NORMAL, true, false, false, false},
};

/* The buttons of a popup and what they wish for (D9). */
static const struct button {
    const char *id, *label;
    enum command_kind command;
} buttons[MESSAGE_BUTTONS] = {
    {"start", "Start", COMMAND_NEXT},
    {"extend", "+1 minute", COMMAND_EXTEND},
    {"pass", "Pass", COMMAND_PASS},
};

static void
ready(void *user, short revents)
{
    (void)revents;
    app_notifier_watch(user);
}

/* Its descriptors are looked at anew whenever it may have closed them: a number that is free is the
 * next one's who comes, and to forget it then would be to forget him. */
static void
forget(struct app *app, int *watched, int fd)
{
    if (*watched >= 0 && *watched != fd)
        loop_forget(app->loop, *watched);
    *watched = fd;
}

static void
watch(struct app *app)
{
    forget(app, &app->notifier_reads, notifier_read_fd(app->notifier));
    forget(app, &app->notifier_writes, notifier_write_fd(app->notifier));
    if (app->notifier_reads >= 0)
        loop_watch(app->loop, app->notifier_reads, POLLIN, ready, app);
    if (app->notifier_writes >= 0)
        loop_watch(app->loop, app->notifier_writes, POLLOUT, ready, app);
}

void
app_notifier_watch(struct app *app)
{
    notifier_ready(app->notifier, app_boot_ms());
    watch(app);
}

static void
add_buttons(struct app *app, struct message *message)
{
    for (int i = 0; i < MESSAGE_BUTTONS; i++) {
        if (!session_allows(app->session, buttons[i].command, app_now(app)))
            continue;
        message->buttons[message->buttons_count++] =
            (struct message_button){strdup(buttons[i].id), strdup(buttons[i].label)};
    }
}

static void
show_popup(struct app *app, enum alert alert, const char *title, const char *text)
{
    struct message message = {.kind = MESSAGE_SHOW,
                              .key = strdup(popup_key),
                              .title = strdup(title),
                              .text = strdup(text),
                              .urgency = loudness[alert].urgency};

    if (loudness[alert].buttons)
        add_buttons(app, &message);
    notifier_show(app->notifier, &message, loudness[alert].turn_end, app_boot_ms());
    watch(app);
    message_clear(&message);
}

static void
say_alert(struct app *app, const char *title, const char *text)
{
    char line[TITLE_SIZE + TEXT_SIZE];

    snprintf(line, sizeof line, text[0] == '\0' ? "%s" : "%s. %s", title, text);
    app_say(app, line);
}

void
app_alert(struct app *app, enum alert alert)
{
    const struct settings *settings = &app->session->settings;
    char title[TITLE_SIZE], text[TEXT_SIZE];
    bool is_fact = alert == ALERT_TIME_UP || alert == ALERT_DEBRIEF || alert == ALERT_BREAK ||
                   alert == ALERT_BREAK_OVER; /* has its own sentence */

    alerts_text(app->session, app_now(app), alert, title, sizeof title, text, sizeof text);
    if (app->notifier != NULL && settings->notification)
        show_popup(app, alert, title, text);
    if (app->terminal == NULL && !is_fact)
        say_alert(app, title, text);
    if (app->terminal != NULL && settings->bell && loudness[alert].bell)
        terminal_bell(app->terminal);
    if (app->terminal != NULL && settings->flash && loudness[alert].flash)
        app->flash_until = app_boot_ms() + FLASH_MS;
    app->dirty = true;
}

/* After a gap only the last of several: one notice, no burst. */
void
app_alerts(struct app *app)
{
    struct moment now = app_now(app);
    enum alert alert, last = ALERT_NONE;
    int64_t at;

    while ((at = alerts_next(app->session, now, app->alerted_ms, &alert)) <= now.elapsed_ms) {
        app->alerted_ms = at;
        last = alert;
    }
    if (now.elapsed_ms > app->alerted_ms)
        app->alerted_ms = now.elapsed_ms;
    if (last != ALERT_NONE)
        app_alert(app, last);
}

/* What a popup asked for has been answered: it goes. */
void
app_settle_popup(struct app *app, const struct event *event)
{
    if (app->notifier == NULL)
        return;
    if (event->kind == EVENT_TURN_STARTED || event->kind == EVENT_TURN_REOPENED ||
        event->kind == EVENT_RESUMED || event->kind == EVENT_ROLES_OPENED) {
        notifier_close_key(app->notifier, popup_key, app_boot_ms());
        watch(app);
    }
}

static void
pressed(void *user, const char *key, const char *button)
{
    struct app *app = user;

    (void)key;
    for (int i = 0; i < MESSAGE_BUTTONS; i++) {
        const struct command command = {.kind = buttons[i].command, .by = BY_BUTTON};

        /* A popup may be older than the handover it asked about. */
        if (strcmp(buttons[i].id, button) == 0 && session_between_turns(app->session))
            app_wish(app, &command);
    }
}

/* Told once: each popup tries anew, and fails in the same way. */
static void
changed(void *user)
{
    struct app *app = user;
    const char *trouble = notifier_trouble(app->notifier);

    app->dirty = true;
    if (trouble == NULL || trouble == app->desktop_told)
        return;
    app->desktop_told = trouble;
    app->desktop_until = app_boot_ms() + DESKTOP_MS;
    if (app->terminal == NULL)
        app_say(app, trouble);
}

void
app_notifier_open(struct app *app)
{
    const struct notifier_listener listener = {pressed, changed, app};

    if (app->options->notify_program != NULL && app->session->settings.notification)
        app->notifier = notifier_new(app->options->notify_program, &listener);
}
