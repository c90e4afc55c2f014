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
    {"check", "[-c FILE] [-p FILE] [--end TIME | --duration LENGTH] [--turn LENGTH] [--alerts]",
     "tells every mistake in both files, then the plan; or tries alerts", command_check},
    {"report", "[SESSION] [-c FILE] [--records DIR] [--format FORMAT] [-o FILE] [--salvage FILE]",
     "writes the minutes of a session: text, markdown, html, json or csv", command_report},
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
     "lists past sessions; tells whether you meet as often as you mean to", command_history},
    {"roles", "[-c FILE] [--records DIR]", "tells who prepares the next session, and whom to ask",
     command_roles},
    {"announce", "[--ics] [-c FILE] [--records DIR]",
     "invites to the next session: a text, or an entry for calendars", command_announce},
    {"hooks", "[log | run NAME]", "lists hooks, shows what they said, or runs one to try it",
     command_hooks},
    {"checklist", "[ceremony | dojo [tick | untick NUMBER...]] [-c FILE] [--records DIR]",
     "shows what to look after before the next session, and ticks it", command_checklist},
    {"topics",
     "[--undone] [--fits LENGTH] [--skill SKILL] [--source SOURCE] [--random] [--tsv] [-c FILE] "
     "[--records DIR] [WORD]... | import DIR",
     "lists what a dojo may work on; import adds those of a repository", command_topics},
    {"help", "[COMMAND | newcomer]", "tells what a command does, or what a dojo is", command_help},
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
        print_line("  %-9s %s", one->name, one->help);
    printf("\n");
    print_line("randori help COMMAND tells its options, randori help newcomer what a dojo is;");
    print_line("man randori tells everything.");
}

/* Read aloud when somebody is here for the first time. */
static void
print_newcomer(void)
{
    static const char *const lines[] = {
        "A coding dojo is a place to practise together. What you write is thrown away;",
        "what you learn stays. Nobody is ranked, and finishing is not the goal.",
        "",
        "Today it is a Randori, a kind of mob programming:",
        "",
        "  - One keyboard, one big screen. One person drives for a few minutes, then",
        "    the next goes on with the code as it is.",
        "  - Everybody else watches and helps: say what you would do, not which key.",
        "  - Small steps: one test, red; make it pass, green; tidy up; next test.",
        "  - The driver may ask, and may say \"not now\" when it is their turn (s).",
        "  - When you are lost, say so. You are not the only one.",
        "  - At zero the turn is over, in the middle of a word, too. Say in a sentence",
        "    where you are.",
        "  - The last minutes are for the debrief: what did we learn, what went well,",
        "    what would we do differently?",
        "",
        "Two volunteers prepare the next one: the Master of Ceremony the date and the",
        "room, the Master of Dojo the topic. The first time is a good time.",
        "",
        "More: https://codingdojo.org/WhatIsCodingDojo/, and to listen to: Software",
        "Engineering Radio, episode 629, with Emily Bache.",
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        print_line("%s", lines[i]);
}

int
command_help(int argc, char **argv)
{
    const struct subcommand *one;

    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        print_all();
        return EXIT_DONE;
    }
    if (strcmp(argv[1], "newcomer") == 0) {
        print_newcomer();
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
