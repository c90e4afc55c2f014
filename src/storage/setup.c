#include "storage/setup.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storage/config.h"
#include "storage/file.h"
#include "storage/paths.h"

/* What is known while the setup is being read. */
struct loading {
    const struct setup_request *request;
    struct setup *setup;
    struct config_lines lines;
    bool trusted; /* the ini is the user's own */
    char *folder; /* of the ini; NULL without one */
};

static bool
exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* The text itself; NULL is a problem. */
static char *
kept(struct loading *loading, char *text)
{
    if (text == NULL)
        problems_add(&loading->setup->problems, NULL, 0, "out of memory");
    return text;
}

static void
find_config(struct loading *loading)
{
    struct setup *setup = loading->setup;
    if (loading->request->config != NULL) {
        setup->ini_path = kept(loading, strdup(loading->request->config));
        return;
    }
    if (exists("session.ini")) {
        setup->ini_path = kept(loading, strdup("session.ini"));
        return;
    }
    char *own = paths_config("session.ini");
    loading->trusted = own != NULL && exists(own);
    if (loading->trusted)
        setup->ini_path = own;
    else
        free(own);
}

static void
load_config(struct loading *loading)
{
    struct setup *setup = loading->setup;
    find_config(loading);
    if (setup->ini_path == NULL)
        return;
    loading->folder = kept(loading, paths_folder_of(setup->ini_path));
    if (loading->folder == NULL)
        return;
    config_read(setup->ini_path, loading->trusted, &setup->settings, &loading->lines,
                &setup->problems);
}

/* --- the command line --- */

static bool
override(struct loading *loading, const char *option, const char *section, const char *key,
         const char *text)
{
    char why[SETTINGS_ERROR_SIZE];
    struct setup *setup = loading->setup;
    const struct setting *row = settings_find(section, key);
    if (text == NULL)
        return false;
    if (!settings_set(&setup->settings, row, text, false, why))
        problems_add(&setup->problems, NULL, 0, "%s: %s", option, why);
    loading->lines.option[row - settings_table] = option;
    return true;
}

static void
apply_command_line(struct loading *loading)
{
    const struct setup_request *request = loading->request;
    struct setup *setup = loading->setup;
    if (request->end != NULL && request->duration != NULL)
        problems_add(&setup->problems, NULL, 0,
                     "--end and --duration: one of them is enough, both say when it ends");
    if (override(loading, "--duration", "session", "duration", request->duration))
        setup->settings.end = -1;
    override(loading, "--end", "session", "end", request->end);
    if (request->end != NULL && *request->end == '\0') /* in a file it would mean: unset */
        problems_add(&setup->problems, NULL, 0, "--end: a time of day is missing");
    override(loading, "--turn", "turn", "length", request->turn);
}

/* Mistakes between values that are no values would only confuse. */
static void
check_settings(struct loading *loading)
{
    struct setup *setup = loading->setup;
    if (setup->problems.count == 0)
        config_check(setup->ini_path, &setup->settings, &loading->lines, &setup->problems);
}

/* --- what the ini names --- */

/* A path as the ini names it, seen from here. The caller frees it. */
static char *
from_here(struct loading *loading, const char *path)
{
    if (path[0] == '/' || loading->folder == NULL || strcmp(loading->folder, ".") == 0)
        return kept(loading, strdup(path));
    return kept(loading, paths_join(loading->folder, path));
}

static void
load_participants(struct loading *loading)
{
    struct setup *setup = loading->setup;
    const char *wanted = setup->settings.participants;
    bool named = true, bound = false;
    if (loading->request->participants != NULL) {
        setup->participants_path = kept(loading, strdup(loading->request->participants));
    } else {
        named = *wanted != '\0';
        wanted = named ? wanted : "participants.txt";
        bound = loading->folder != NULL && !loading->trusted;
        setup->participants_path = from_here(loading, wanted);
    }
    if (setup->participants_path != NULL)
        participants_read(bound ? loading->folder : NULL, bound ? wanted : setup->participants_path,
                          setup->participants_path, named, &setup->participants, &setup->problems);
}

static void
find_records(struct loading *loading)
{
    struct setup *setup = loading->setup;
    const char *records = setup->settings.records;
    int line = loading->lines.of[settings_find("session", "records") - settings_table];
    if (*records == '\0') {
        setup->records_folder = paths_data();
        return;
    }
    int error = loading->trusted ? 0 : file_check_below(loading->folder, records);
    if (error != 0)
        problems_add(&setup->problems, setup->ini_path, line, "records: %s %s", records,
                     file_error(error));
    setup->records_folder = from_here(loading, records);
}

/* A file or folder that somebody names must be there. */
static void
find_steps(struct loading *loading)
{
    struct setup *setup = loading->setup;
    const char *steps = setup->settings.steps;
    int line = loading->lines.of[settings_find("session", "steps") - settings_table], error;
    if (*steps == '\0')
        return;
    setup->steps_path = from_here(loading, steps);
    error = loading->trusted ? 0 : file_check_below(loading->folder, steps);
    if (error == 0 && setup->steps_path != NULL && !exists(setup->steps_path))
        error = errno;
    if (error != 0)
        problems_add(&setup->problems, setup->ini_path, line, "steps: %s %s", steps,
                     file_error(error));
}

bool
setup_load(const struct setup_request *request, struct setup *setup)
{
    struct loading loading = {.request = request, .setup = setup};
    *setup = (struct setup){0};
    if (!settings_init(&setup->settings)) {
        problems_add(&setup->problems, NULL, 0, "out of memory");
        return false;
    }
    load_config(&loading);
    apply_command_line(&loading);
    check_settings(&loading);
    find_records(&loading);
    find_steps(&loading);
    load_participants(&loading);
    problems_sort(&setup->problems);
    setup->folder = loading.folder;
    return problems_none(&setup->problems);
}

void
setup_free(struct setup *setup)
{
    settings_free(&setup->settings);
    participants_free(&setup->participants);
    free(setup->ini_path);
    free(setup->participants_path);
    free(setup->records_folder);
    free(setup->steps_path);
    free(setup->folder);
    problems_free(&setup->problems);
    *setup = (struct setup){0};
}
