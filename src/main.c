/* randori: finds the subcommand and returns its exit status. */

#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "services/descriptors.h"

static bool
is_locale_named(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

    for (int i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);

        if (value != NULL && value[0] != '\0')
            return true;
    }
    return false;
}

/* D21: an unset or unknown locale becomes C.UTF-8; an explicit C stays ASCII. */
static void
set_locale(void)
{
    if (setlocale(LC_CTYPE, "") == NULL || !is_locale_named())
        setlocale(LC_CTYPE, "C.UTF-8");
}

int
main(int argc, char **argv)
{
    const struct subcommand *one = subcommands;

    descriptors_guard();
    if (argc >= 2 && strcmp(argv[1], "--version") == 0) {
        printf("randori %s\n", RANDORI_VERSION);
        return EXIT_DONE;
    }
    set_locale();
    if (argc >= 2 && (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0))
        return command_help(1, argv);
    if (argc < 2 || argv[1][0] == '-')
        return command_run(argc, argv);
    while (one->name != NULL && strcmp(one->name, argv[1]) != 0)
        one++;
    if (one->name == NULL) {
        complain("\"%s\" is no command; randori help lists them", argv[1]);
        return EXIT_USAGE;
    }
    return one->run(argc - 1, argv + 1);
}
