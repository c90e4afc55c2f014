#include "commands/records.h"

#include <stdbool.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/complain.h"

static bool
is_about_people(const struct setup *setup, const struct problem *problem)
{
    return problem->file != NULL && setup->participants_path != NULL &&
           strcmp(problem->file, setup->participants_path) == 0;
}

int
records_setup(const char *config, struct setup *setup)
{
    const struct setup_request request = {.config = config};
    int status = EXIT_DONE;

    if (!setup_load(&request, setup))
        complain_problems(&setup->problems);
    for (int i = 0; i < setup->problems.count; i++) {
        if (!is_about_people(setup, &setup->problems.item[i]))
            status = EXIT_USAGE;
    }
    return status;
}

int
records_no_place(void)
{
    complain("there is no place for records: HOME is not set; name one with --records");
    return EXIT_FAILED;
}

char *
records_folder_if_any(const char *config, const char *records, int *status)
{
    struct setup setup;
    char *folder;

    *status = EXIT_DONE;
    if (records != NULL)
        return strdup(records);
    *status = records_setup(config, &setup);
    folder =
        *status != EXIT_DONE || setup.records_folder == NULL ? NULL : strdup(setup.records_folder);
    setup_free(&setup);
    return folder;
}

char *
records_folder(const char *config, const char *records, int *status)
{
    char *folder = records_folder_if_any(config, records, status);

    if (folder == NULL && *status == EXIT_DONE)
        *status = records_no_place();
    return folder;
}
