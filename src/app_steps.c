/* The steps of the topic: what is worked on now, seen in the test files while people enable one test
 * after the other. The facts are the program's own (BY_PROGRAM), so `u` does not take back what the
 * files say; `t` and `randori step` may say otherwise, until the files change again. */

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "app_inside.h"
#include "services/watcher.h"
#include "storage/paths.h"
#include "storage/steps.h"

/* An editor, a formatter or git touch many files in one go: one look is enough for all of that. */
static const int64_t settle_ms = 250;

struct app_steps {
    struct patterns patterns;
    struct steps *steps;
    struct watcher *watcher; /* NULL: nothing is watched */
    bool listening;          /* the loop looks at the watcher */
    char *setting;           /* owned: as session.ini names them */
    int64_t look_ms;         /* real, boot: when to look again; 0: no need */
    bool again;              /* what is disabled at the next look is where it all begins */
    int green;               /* steps enabled when the tests were green last, or at the start */
    bool warned;             /* once a red light */
};

/* Until the debrief: then nobody enables anything any more. */
static bool
is_wanted(const struct app *app)
{
    return app->state == APP_RUNNING && app->session->phase < PHASE_DEBRIEF;
}

/* --- what is told --- */

/* The step worked on is the last one that was enabled; before that, the first. */
static void
state(struct app *app)
{
    const struct steps *steps = app->steps->steps;
    int total = steps_total(steps), number = steps_enabled(steps);
    int titled = steps_last_enabled(steps);
    struct command command = {.kind = COMMAND_STEP, .ms = total};

    if (steps_is_list(steps))
        number = titled = app->session->step <= total ? app->session->step : total;
    command.number = number > 0 ? number : total > 0 ? 1 : 0;
    command.text = steps_title(steps, titled > 0 ? titled : command.number);
    if (command.number != app->session->step || total != app->session->steps ||
        strcmp(command.text, app->session->step_title) != 0)
        app_wish_program(app, &command);
}

/* Who enables two at once no longer knows which of them is red. */
static void
warn(struct app *app)
{
    struct app_steps *own = app->steps;

    if (app->session->light != LIGHT_RED || own->warned ||
        steps_enabled(own->steps) - own->green < 2)
        return;
    own->warned = true;
    app_tell(app, "Two steps are enabled while the tests are red: one after the other is easier.");
}

void
app_steps_resolve(const struct app *app, struct command *command)
{
    const struct steps *steps = app->steps == NULL ? NULL : app->steps->steps;

    if (steps == NULL || steps_total(steps) == 0 || command->text != NULL)
        return;
    command->ms = steps_total(steps);
    command->text = steps_title(steps, command->number);
}

/* --- watching --- */

static void
on_change(void *user, short revents)
{
    struct app *app = user;
    struct app_steps *own = app->steps;

    (void)revents;
    if (!watcher_changed(own->watcher))
        return;
    own->look_ms = app_boot_ms() + settle_ms;
    own->listening = false; /* a storm wakes nobody until then */
    loop_forget(app->loop, watcher_fd(own->watcher));
}

static void
watch_folder(void *user, const char *folder)
{
    watcher_add(user, folder);
}

static void
listen(struct app *app)
{
    struct app_steps *own = app->steps;

    if (own->watcher == NULL)
        return;
    steps_folders(own->steps, watch_folder, own->watcher);
    if (!own->listening)
        own->listening = loop_watch(app->loop, watcher_fd(own->watcher), POLLIN, on_change, app);
}

static void
look(struct app *app)
{
    struct app_steps *own = app->steps;
    bool changed;

    own->look_ms = 0;
    if (own->watcher != NULL)
        watcher_changed(own->watcher); /* before the look: what changes during it is heard */
    listen(app);
    changed = steps_refresh(own->steps);
    if (own->again || app->session->phase == PHASE_WAITING) {
        own->again = false;
        own->green = 0;
        steps_restart(own->steps);
        changed = true;
    }
    listen(app); /* folders that are new */
    if (changed) {
        state(app);
        warn(app);
    }
}

/* --- for the others --- */

static void
close_steps(struct app *app)
{
    struct app_steps *own = app->steps;

    if (own == NULL)
        return;
    if (own->listening)
        loop_forget(app->loop, watcher_fd(own->watcher));
    watcher_free(own->watcher);
    steps_free(own->steps);
    patterns_free(&own->patterns);
    free(own->setting);
    free(own);
    app->steps = NULL;
}

static void
tell_first(struct app *app, struct problems *problems)
{
    if (problems->count > 0) {
        char *text = problems_text(&problems->item[0]);

        app_tell(app, text == NULL ? "out of memory" : text);
        free(text);
    }
    problems_free(problems);
}

static char *
path_of(const struct app *app, const char *setting)
{
    if (setting[0] == '/' || app->options->ini_folder == NULL)
        return strdup(setting);
    return paths_join(app->options->ini_folder, setting);
}

static void
load(struct app *app, const char *setting)
{
    struct app_steps *own = app->steps;
    char *shipped = paths_shared("steps.tsv"), *users = paths_config("steps.tsv");
    char *path = path_of(app, setting);
    struct problems problems = {0};

    own->setting = strdup(setting);
    patterns_load(shipped, users, &own->patterns, &problems);
    if (path != NULL)
        own->steps = steps_open(path, &own->patterns, &problems);
    tell_first(app, &problems);
    free(path);
    free(shipped);
    free(users);
}

/* On resuming, what somebody said with `t` stands unless the files are further. */
static bool
is_news(const struct app *app)
{
    const struct steps *steps = app->steps->steps;
    int total = steps_total(steps);

    return total > 0 && (total != app->session->steps || app->session->step == 0 ||
                         steps_enabled(steps) > app->session->step);
}

void
app_steps_open(struct app *app, const char *setting)
{
    close_steps(app);
    app->steps = setting == NULL || setting[0] == '\0' || !is_wanted(app)
                     ? NULL
                     : calloc(1, sizeof *app->steps);
    if (app->steps == NULL)
        return;
    load(app, setting);
    if (app->steps->steps == NULL) {
        close_steps(app);
        return;
    }
    if (app->session->phase != PHASE_WAITING)
        steps_resume(app->steps->steps, app->session->steps);
    app->steps->green = steps_enabled(app->steps->steps);
    app->steps->watcher = watcher_new();
    listen(app);
    app->steps->look_ms = app_boot_ms(); /* what changed between reading and watching */
    if (is_news(app))
        state(app);
}

void
app_steps_reload(struct app *app, const char *setting)
{
    const char *before = app->steps == NULL ? "" : app->steps->setting;

    if (before == NULL || strcmp(before, setting) != 0)
        app_steps_open(app, setting);
}

void
app_steps_close(struct app *app)
{
    close_steps(app);
}

void
app_steps_event(struct app *app, const struct event *event)
{
    struct app_steps *own = app->steps;

    if (own == NULL)
        return;
    if (event->kind == EVENT_LIGHT_CHANGED && event->light == LIGHT_GREEN) {
        own->green = steps_enabled(own->steps);
        own->warned = false;
    }
    if (event->kind == EVENT_SESSION_STARTED) {
        own->again = true;
        own->look_ms = app_boot_ms();
    }
    if (event->kind == EVENT_TURN_ENDED) /* a folder that was taken away and came back */
        own->look_ms = app_boot_ms();
}

void
app_steps_pass(struct app *app)
{
    if (app->steps == NULL || app->steps->look_ms == 0 || app->steps->look_ms > app_boot_ms())
        return;
    if (is_wanted(app))
        look(app);
    else
        app->steps->look_ms = 0;
}

int64_t
app_steps_deadline(const struct app *app)
{
    return app->steps == NULL || app->steps->look_ms == 0 ? INT64_MAX : app->steps->look_ms;
}
