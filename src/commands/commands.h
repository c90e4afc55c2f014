/*
 * The subcommands: one row each, one file each. With main.c the only code that prints or chooses
 * an exit status.
 */
#ifndef COMMANDS_COMMANDS_H
#define COMMANDS_COMMANDS_H

enum exit_status {
    EXIT_DONE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2, /* or a mistake in a file */
    EXIT_NO_SESSION = 3,
    EXIT_REFUSED = 4,
    EXIT_VACANT = 5,
    EXIT_DAMAGED = 6,
    EXIT_IN_USE = 7,
    EXIT_TRY_AGAIN = 75,
};

struct subcommand {
    const char *name, *arguments, *help; /* help: one sentence */
    int (*run)(int argc, char **argv);   /* argv[0] is the subcommand's name */
};

extern const struct subcommand subcommands[]; /* ended by a row without name */

int command_run(int argc, char **argv);
int command_init(int argc, char **argv);
int command_check(int argc, char **argv);
int command_report(int argc, char **argv);
int command_control(int argc, char **argv); /* next, end, pause, ...: argv[0] says which */
int command_status(int argc, char **argv);
int command_history(int argc, char **argv);
int command_roles(int argc, char **argv);
int command_announce(int argc, char **argv);
int command_hooks(int argc, char **argv);
int command_checklist(int argc, char **argv);
int command_topics(int argc, char **argv);
int command_help(int argc, char **argv);

#endif
