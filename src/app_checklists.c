/* What of the checklists is open and due when the opening board is shown: it warns, and blocks
 * nothing. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_inside.h"
#include "session/calendar.h"
#include "storage/checklist.h"

enum { TEXT_SIZE = 600 };

static void
add(struct app *app, const char *list, const struct checklist_item *item)
{
    char text[TEXT_SIZE];
    char **more = realloc(app->to_prepare, (size_t)(app->to_prepare_count + 1) * sizeof *more);

    if (more == NULL)
        return;
    app->to_prepare = more;
    snprintf(text, sizeof text, "%s: %s", list, item->text);
    more[app->to_prepare_count] = strdup(text);
    if (more[app->to_prepare_count] != NULL)
        app->to_prepare_count++;
}

/* The session is today, whatever date was settled. Its end has not come. */
static bool
is_due(const struct app *app, const struct checklist_item *item)
{
    struct moment now = app_now(app);
    int64_t today = calendar_days_at(now.wall_ms, now.utc_offset_s);
    int64_t last = app->memory.days == MEMORY_NEVER ? CHECKLIST_OPEN : app->memory.days;
    int64_t due = checklist_due(item, today, last);

    return due != CHECKLIST_OPEN && due <= today && item->due != DUE_STOP;
}

/* Those of today come first: something can be done about them. */
static void
add_open(struct app *app, const struct checklist *list, const struct ticks *ticks, bool of_today)
{
    const char *after = app->memory.record == NULL ? "" : app->memory.record;

    for (int i = 0; i < list->count; i++) {
        const struct checklist_item *item = &list->item[i];

        if (is_due(app, item) && (item->due == DUE_START) == of_today &&
            !ticks_done(ticks, list->name, item->text, after))
            add(app, list->name, item);
    }
}

/* A team that meets for the first time has had nothing to prepare it with. */
void
app_checklists_load(struct app *app)
{
    struct problems problems = {0}; /* randori checklist tells them */
    struct checklist lists[2];
    struct ticks ticks;

    if (app->memory.record == NULL || app->session->phase != PHASE_WAITING)
        return;
    ticks_read(app->options->records_folder, &ticks, &problems);
    for (int i = 0; i < 2; i++)
        checklist_read(checklist_names[i], &lists[i], &problems);
    for (int of_today = 1; of_today >= 0; of_today--) {
        for (int i = 0; i < 2; i++)
            add_open(app, &lists[i], &ticks, of_today == 1);
    }
    for (int i = 0; i < 2; i++)
        checklist_free(&lists[i]);
    ticks_free(&ticks);
    problems_free(&problems);
}

void
app_checklists_free(struct app *app)
{
    for (int i = 0; i < app->to_prepare_count; i++)
        free(app->to_prepare[i]);
    free(app->to_prepare);
    app->to_prepare = NULL;
    app->to_prepare_count = 0;
}
