#include "commands/records.h"

#include <stdbool.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "storage/setup.h"

static bool
is_about_people(const struct setup *setup, const struct problem *problem)
{
    return problem->file != NULL && setup->participants_path != NULL &&
           strcmp(problem->file, setup->participants_path) == 0;
}

static char *
ask_setup(const char *config, int *status)
{
    const struct setup_request request = {.config = config};
    struct setup setup;
    char *folder = NULL;
    bool good = setup_load(&request, &setup);

    for (int i = 0; !good && i < setup.problems.count; i++) {
        if (!is_about_people(&setup, &setup.problems.item[i]))
            *status = EXIT_USAGE;
    }
    if (*status != EXIT_DONE)
        complain_problems(&setup.problems);
    else if (setup.records_folder != NULL)
        folder = strdup(setup.records_folder);
    setup_free(&setup);
    return folder;
}

char *
records_folder_if_any(const char *config, const char *records, int *status)
{
    *status = EXIT_DONE;
    return records != NULL ? strdup(records) : ask_setup(config, status);
}

char *
records_folder(const char *config, const char *records, int *status)
{
    char *folder = records_folder_if_any(config, records, status);

    if (folder == NULL && *status == EXIT_DONE) {
        complain("there is no place for records: HOME is not set; name one with --records");
        *status = EXIT_FAILED;
    }
    return folder;
}
