#include "commands/check.h"

#include <stdlib.h>

#include "commands/complain.h"
#include "storage/paths.h"
#include "storage/steps.h"

static void
show(const struct steps *steps, const char *path)
{
    int total = steps_total(steps), active = steps_active(steps);

    print_line("%s", "");
    if (total == 0)
        print_line("Steps: %s has no disabled test; the lights and `t` work all the same.", path);
    else
        print_line("%d step%s in %s:", total, total == 1 ? "" : "s", path);
    for (int i = 1; i <= total; i++)
        print_line("%5d  %s", i, steps_title(steps, i));
    if (active > 0)
        print_line("%d test%s enabled from the start: green, or red on purpose?", active,
                   active == 1 ? " is" : "s are");
}

bool
check_steps(const struct setup *setup)
{
    char *shipped = paths_shared("steps.tsv"), *own = paths_config("steps.tsv");
    struct problems problems = {0};
    struct patterns patterns;
    struct steps *steps = NULL;
    bool good;

    if (setup->steps_path == NULL) {
        free(shipped);
        free(own);
        return true;
    }
    patterns_load(shipped, own, &patterns, &problems);
    steps = steps_open(setup->steps_path, &patterns, &problems);
    if (steps != NULL)
        show(steps, setup->steps_path);
    good = problems.count == 0;
    complain_problems(&problems);
    problems_free(&problems);
    steps_free(steps);
    patterns_free(&patterns);
    free(shipped);
    free(own);
    return good;
}
