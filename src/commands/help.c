/* randori help, and the table of subcommands that everything else reads. */

#include <stdio.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/complain.h"

const struct subcommand subcommands[] = {
    {"run",
     "[-c FILE] [-p FILE] [--end TIME | --duration LENGTH] [--turn LENGTH] [--speed N] [--plain] "
     "[--resume | --new]",
     "runs a session; offers to resume an unfinished one", command_run},
    {"init", "[DIR]", "writes a commented session.ini and participants.txt", command_init},
    {"check", "[-c FILE] [-p FILE] [--end TIME | --duration LENGTH] [--turn LENGTH]",
     "tells every mistake in both files, then the plan", command_check},
    {"report", "[SESSION] [-c FILE] [--records DIR] [--salvage FILE]",
     "shows the minutes of a session", command_report},
    {"status", "[--format FORMAT | --json] [--session ID]",
     "tells about the running session in a line", command_status},
    {"next", "[NAME] [--session ID]", "ends the turn, or starts the next one; says who is next",
     command_control},
    {"end", "TIME [--session ID]", "moves the end of the running session", command_control},
    {"pause", "[--session ID]", "stops the turn's clock, to talk", command_control},
    {"resume", "[--session ID]", "lets the turn go on", command_control},
    {"extend", "[LENGTH] [--session ID]", "gives the running turn a little more", command_control},
    {"away", "NAME [--session ID]", "somebody is gone", command_control},
    {"back", "NAME [--session ID]", "somebody is back", command_control},
    {"join", "NAME [--session ID]", "somebody new is here", command_control},
    {"light", "COLOUR [--session ID]", "the tests are green, red, amber or none", command_control},
    {"step", "[NUMBER] [--session ID]", "the step worked on; without a number the one after it",
     command_control},
    {"note", "[--session ID] TEXT", "notes something down", command_control},
    {"debrief", "[--session ID]", "starts the debrief", command_control},
    {"undo", "[yes] [--session ID]", "takes the last act back", command_control},
    {"history", "[--json] [-c FILE] [--records DIR]",
     "lists the past sessions, and whether the dojo meets as often as it means to",
     command_history},
    {"roles", "[-c FILE] [--records DIR]",
     "tells who prepares the next session and whom to ask; exits 5 while a role is vacant",
     command_roles},
    {"announce", "[--ics] [-c FILE] [--records DIR]",
     "writes the text that invites to the next session, or its calendar entry", command_announce},
    {"hooks", "[log | run NAME]", "lists hooks, shows what they said, or runs one to try it",
     command_hooks},
    {"help", "[COMMAND]", "tells what a command does", command_help},
    {0},
};

static const struct subcommand *
find(const char *name)
{
    for (const struct subcommand *one = subcommands; one->name != NULL; one++) {
        if (strcmp(one->name, name) == 0)
            return one;
    }
    return NULL;
}

static void
print_all(void)
{
    print_line("randori runs a coding dojo in Randori format on the shared screen.");
    printf("\n");
    print_line("Usage: randori [COMMAND] [OPTION]...    (without a command: run)");
    printf("\n");
    for (const struct subcommand *one = subcommands; one->name != NULL; one++)
        print_line("  %-8s %s", one->name, one->help);
    printf("\n");
    print_line("randori help COMMAND tells its options; man randori tells everything.");
}

int
command_help(int argc, char **argv)
{
    const struct subcommand *one;

    if (argc < 2) {
        print_all();
        return EXIT_DONE;
    }
    one = find(argv[1]);
    if (one == NULL) {
        complain("\"%s\" is no command; randori help lists them", argv[1]);
        return EXIT_USAGE;
    }
    print_line("randori %s %s", one->name, one->arguments);
    print_line("  %s", one->help);
    return EXIT_DONE;
}
