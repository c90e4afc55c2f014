/* The session without a screen: a sentence an event, short commands on standard input. */

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app_inside.h"
#include "screens/plain.h"
#include "session/text.h"
#include "session/wording.h"

void
app_say(struct app *app, const char *line)
{
    char clean[WORDING_SIZE];

    app->options->say(app->options->user, text_clean_into(clean, sizeof clean, line));
}

/* R21: nobody is refused, and on a screen a second key accepts. */
static void
warn_of_role(struct app *app, const struct event *event)
{
    char why[SETTINGS_ERROR_SIZE];

    if (session_role_warning(app->session, &app->memory, event->role, event->name, why) != NULL)
        app_say(app, why);
}

void
app_plain_event(struct app *app, const struct event *event)
{
    char line[WORDING_SIZE];

    if (app->terminal != NULL)
        return;
    wording_event(line, app->session, event);
    if (line[0] != '\0')
        app_say(app, line);
    if (event->kind == EVENT_ROLE_TAKEN)
        warn_of_role(app, event);
    if (plain_hints_after(event))
        app_plain_invite(app);
}

static void
emit(void *user, const char *line)
{
    app_say(user, line);
}

static void
take_line(struct app *app, char *line)
{
    struct command command = {.by = BY_COMMAND};
    struct plain_order order = {.dice = arc4random()};
    char why[SETTINGS_ERROR_SIZE], state[WORDING_SIZE];

    switch (plain_read(app->session, &app->memory, line, &order, &command, why)) {
    case PLAIN_COMMAND:
        command.by = BY_COMMAND;
        app_wish(app, &command);
        break;
    case PLAIN_STATE:
        app_say(app, wording_state(state, app->session, app_now(app)));
        break;
    case PLAIN_HELP:
        plain_help(emit, app);
        break;
    case PLAIN_RELOAD:
        app_reload(app);
        break;
    case PLAIN_QUIT:
        if (app->state == APP_DRAINING)
            app_hurry(app);
        else
            app_leave(app, APP_QUIT, "quit");
        break;
    case PLAIN_MISTAKE:
        app_say(app, why);
        break;
    }
}

static void
take_byte(struct app *app, char byte)
{
    if (byte != '\n') {
        if (app->line_length + 1 < sizeof app->line)
            app->line[app->line_length++] = byte;
        else
            app->line_too_long = true;
        return;
    }
    if (app->line_length > 0 && app->line[app->line_length - 1] == '\r')
        app->line_length--;
    app->line[app->line_length] = '\0';
    if (app->line_too_long)
        app_say(app, "That line is too long.");
    else if (strlen(app->line) != app->line_length)
        app_say(app, "That line holds a NUL byte.");
    else
        take_line(app, app->line);
    app->line_length = 0;
    app->line_too_long = false;
}

/* The end of standard input ends a terminal session, and one that is closed, only:
 * `randori --plain </dev/null` runs. */
static void
on_input(void *user, short revents)
{
    struct app *app = user;
    char bytes[512];
    ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);

    (void)revents;
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) /* somebody else has read it */
        return;
    for (ssize_t i = 0; i < count; i++)
        take_byte(app, bytes[i]);
    if (count > 0)
        return;
    loop_forget(app->loop, STDIN_FILENO);
    if (isatty(STDIN_FILENO) || session_is_over(app->session))
        app_leave(app, count < 0 ? APP_HANGUP : APP_QUIT, "end of input");
}

void
app_plain_open(struct app *app)
{
    loop_watch(app->loop, STDIN_FILENO, POLLIN, on_input, app);
}

/* After what there is to know: nobody could guess the word. */
void
app_plain_invite(struct app *app)
{
    char hint[SENTENCE_SIZE];

    if (app->terminal == NULL && *plain_hint(app->session, hint) != '\0')
        app_say(app, hint);
}
