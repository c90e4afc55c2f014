/* `R`: session.ini is read again. Only what changed in the file changes the session, so that turns
 * shortened with `f`, or an end moved with `e`, stay. */

#include <stdlib.h>
#include <string.h>

#include "app_inside.h"

static void
take(struct settings *to, const struct settings *from, const struct setting *row)
{
    char why[SETTINGS_ERROR_SIZE], *text;
    int items = row->kind == SETTING_TEXTS ? SETTINGS_LIST : 1;

    for (int i = 0; i < items && (text = settings_get(from, row, i)) != NULL; i++) {
        settings_set(to, row, text, i > 0, why);
        free(text);
    }
}

/* What the file says now and did not say before, on top of what is in force. Returns how many, -1
 * without memory. */
static int
merge(const struct app *app, const struct settings *file, struct settings *merged)
{
    int changes = 0;

    if (!settings_copy(merged, &app->session->settings))
        return -1;
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        if (settings_agree(&app->loaded, file, row))
            continue;
        take(merged, file, row);
        changes++;
    }
    return changes;
}

/* The end as the file now wants it, UTC; 0: it says nothing new about it. */
static int64_t
new_stop(const struct app *app, const struct settings *file)
{
    const struct session *session = app->session;
    const struct settings *before = &app->loaded;
    int64_t start = session->started.wall_ms != 0 ? session->started.wall_ms : session->start_ms;

    if (file->end >= 0)
        return file->end == before->end ? 0 : clock_wall_of(file->end, app_now(app).wall_ms);
    if ((file->duration_ms == before->duration_ms && before->end < 0) || start == 0)
        return 0;
    return start + file->duration_ms;
}

/* Without memory it stays. */
static void
replace(struct settings *settings, const struct settings *with)
{
    struct settings copy;

    if (!settings_copy(&copy, with))
        return;
    settings_free(settings);
    *settings = copy;
}

/* What the file said; and what it said before, should this be undone. */
static void
remember(struct app *app, const struct settings *file)
{
    const struct session *session = app->session;

    replace(&app->loaded_before, &app->loaded);
    replace(&app->loaded, file);
    for (int i = 0; i < session->log_count; i++) {
        if (session->log[i].kind == EVENT_SETTINGS_CHANGED)
            app->loaded_seq = session->log[i].seq;
    }
}

static void
forget_undone(struct app *app)
{
    if (app->loaded_seq != 0 && session_is_undone(app->session, app->loaded_seq)) {
        replace(&app->loaded, &app->loaded_before);
        app->loaded_seq = 0;
    }
}

/* False when it was refused: what was in force is. */
static bool
take_file(struct app *app, const struct settings *file)
{
    struct settings merged;
    struct command settings = {.kind = COMMAND_SETTINGS, .by = BY_KEY, .settings = &merged};
    struct command stop = {.kind = COMMAND_STOP_AT, .by = BY_KEY, .ms = new_stop(app, file)};
    int changes = merge(app, file, &merged);
    bool taken = true;

    if (changes < 0) {
        app_tell(app, "There is no memory left for that.");
    } else if (changes == 0) {
        app_tell(app, "Nothing has changed in session.ini.");
    } else if (!app_wish(app, &settings)) {
        taken = false;
    } else {
        if (app->terminal != NULL) /* in plain lines the fact has its own sentence */
            app_tell(app, "session.ini is read again; u takes it back.");
        remember(app, file);
        if (stop.ms != 0)
            app_wish(app, &stop);
        if (app->notifier == NULL)
            app_notifier_open(app);
    }
    settings_free(&merged);
    return taken;
}

void
app_reload(struct app *app)
{
    struct settings file;
    char why[SETTINGS_ERROR_SIZE] = "session.ini cannot be read again here.";

    if (app->options->reload == NULL || !app->options->reload(app->options->user, &file, why)) {
        app_tell(app, why);
        return;
    }
    forget_undone(app);
    if (take_file(app, &file))
        app_steps_reload(app, file.steps);
    settings_free(&file);
}
