#include "commands/options.h"

#include <stdio.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/complain.h"

enum { LETTERS = 32 };

/* How the option was written that getopt_long(3) has just refused. */
static void
describe(char **argv, char *out, size_t size)
{
    const char *word = argv[optind - 1];
    size_t length = strcspn(word, "=");

    if (strncmp(word, "--", 2) == 0)
        snprintf(out, size, "%.*s", (int)length, word);
    else
        snprintf(out, size, "-%c", optopt);
}

/* "light: "; "" when the program was called without a subcommand. Returns `out`. */
static const char *
prefix(const char *called, char out[static 80])
{
    const struct subcommand *one = subcommands;

    while (one->name != NULL && strcmp(one->name, called) != 0)
        one++;
    snprintf(out, 80, "%s%s", one->name == NULL ? "" : one->name, one->name == NULL ? "" : ": ");
    return out;
}

int
options_next(int argc, char **argv, const char *letters, const struct option *options)
{
    char all[LETTERS], written[80], name[80];
    int mode = letters[0] == '+' ? 1 : 0, option;

    snprintf(all, sizeof all, "%.*s:%s", mode, letters, letters + mode); /* ':': it says nothing */
    option = getopt_long(argc, argv, all, options, NULL);
    if (option != '?' && option != ':')
        return option;
    describe(argv, written, sizeof written);
    if (option == ':')
        complain("%s%s needs a value", prefix(argv[0], name), written);
    else if (strchr(argv[optind - 1], '=') != NULL && optopt != 0)
        complain("%s%s takes no value", prefix(argv[0], name), written);
    else
        complain("%sthere is no option %s", prefix(argv[0], name), written);
    return '?';
}
