/* randori run: opens or resumes a session and hands it to the app. */

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "commands/beginning.h"
#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/leaving.h"
#include "commands/options.h"
#include "commands/resuming.h"
#include "storage/journal.h"
#include "storage/paths.h"
#include "storage/setup.h"

enum {
    SPEED_MOST = 100000,
    SAY_WAIT_MS = 200 /* for whoever reads our lines */
};

struct run {
    struct setup_request request;
    struct setup setup;
    struct session session;
    struct journal *journal;
    char *path; /* owned: of the record, once it is closed */
    struct event opening;
    int speed;
    bool plain, resumed;
    int64_t watched_ms; /* of a resumed one */
    int unheard;        /* lines, since nobody reads any more what is said */
    bool wants_help;
    enum resume resume;
};

static const struct option long_options[] = {
    {"config", required_argument, NULL, 'c'},
    {"participants", required_argument, NULL, 'p'},
    {"end", required_argument, NULL, 'E'},
    {"duration", required_argument, NULL, 'D'},
    {"turn", required_argument, NULL, 'T'},
    {"speed", required_argument, NULL, 'S'},
    {"plain", no_argument, NULL, 'P'},
    {"resume", no_argument, NULL, 'R'},
    {"new", no_argument, NULL, 'N'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool
read_speed(struct run *run, const char *text)
{
    char *end;
    long speed;

    errno = 0;
    speed = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || speed < 1 || speed > SPEED_MOST) {
        complain("--speed: \"%s\" is not a whole number from 1 to %d", text, SPEED_MOST);
        return false;
    }
    run->speed = (int)speed;
    return true;
}

static bool
take_option(struct run *run, int option)
{
    switch (option) {
    case 'c':
        run->request.config = optarg;
        return true;
    case 'p':
        run->request.participants = optarg;
        return true;
    case 'E':
        run->request.end = optarg;
        return true;
    case 'D':
        run->request.duration = optarg;
        return true;
    case 'T':
        run->request.turn = optarg;
        return true;
    case 'S':
        return read_speed(run, optarg);
    case 'P':
        run->plain = true;
        return true;
    case 'R':
        run->resume = RESUME_YES;
        return true;
    case 'N':
        run->resume = RESUME_NO;
        return true;
    case 'h':
        run->wants_help = true;
        return true;
    default: /* options_next() has said what is wrong */
        return false;
    }
}

static bool
read_options(struct run *run, int argc, char **argv)
{
    int option;

    while (!run->wants_help && (option = options_next(argc, argv, "c:p:h", long_options)) != -1) {
        if (!take_option(run, option))
            return false;
    }
    if (!run->wants_help && optind < argc) {
        complain("\"%s\" is one word too many; randori help run tells the options", argv[optind]);
        return false;
    }
    return true;
}

static bool
is_interactive(const struct run *run)
{
    return !run->plain && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

static int
open_new(struct run *run)
{
    session_free(&run->session); /* of one that is not gone on with */
    if (!session_init(&run->session)) {
        complain("out of memory");
        return EXIT_FAILED;
    }
    return beginning(&run->setup, run->speed > 1, &run->opening, &run->journal);
}

static int
open_session(struct run *run)
{
    const struct resuming asked = {run->resume, is_interactive(run), run->speed};
    int status;

    if (run->setup.records_folder == NULL) {
        complain(
            "there is no place for records: HOME is not set; name one as records in session.ini");
        return EXIT_FAILED;
    }
    status = beginning_alone(run->setup.records_folder);
    if (status != EXIT_DONE)
        return status;
    status =
        resuming(run->setup.records_folder, &asked, &run->journal, &run->session, &run->watched_ms);
    run->resumed = run->journal != NULL;
    if (status == EXIT_DONE && !run->resumed)
        status = open_new(run);
    return status;
}

/* A pipe that nobody reads, a terminal after ^S: the session must not wait for them. */
static bool
is_heard(int wait_ms)
{
    struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};

    return poll(&out, 1, wait_ms) != 0;
}

static void
say(void *user, const char *line)
{
    struct run *run = user;

    if (!is_heard(run->unheard == 0 ? SAY_WAIT_MS : 0)) {
        run->unheard++;
        return;
    }
    if (run->unheard > 0)
        print_line("(%d lines could not be shown.)", run->unheard);
    run->unheard = 0;
    print_line("%s", line);
    fflush(stdout);
}

static void
say_unsaved(void *user, const char *line)
{
    (void)user;
    complain("not saved: %s", line);
}

/* Where it is kept and how to go on: the last thing a person sees. */
static void
say_goodbye(const struct run *run, const struct app_outcome *outcome)
{
    if (outcome->end == APP_HANGUP || !is_heard(SAY_WAIT_MS))
        return;
    print_line("The record is %s", run->path);
    if (run->session.opening != NULL && run->session.opening->practice)
        print_line("It was practice: it does not count.");
    if (session_is_over(&run->session))
        print_line("randori report shows the minutes.");
    else if (run->session.started.wall_ms != 0)
        print_line("The session is not over: randori --resume goes on with it.");
}

/* The files as they are now, and what the command line has to say about them. */
static bool
reload(void *user, struct settings *settings, char why[static SETTINGS_ERROR_SIZE])
{
    const struct run *run = user;
    struct setup setup;
    bool good = setup_load(&run->request, &setup);

    if (good) {
        good = settings_copy(settings, &setup.settings);
        snprintf(why, SETTINGS_ERROR_SIZE, "%s", good ? "" : "out of memory");
    } else {
        char *text = setup.problems.count == 0 ? NULL : problems_text(&setup.problems.item[0]);

        snprintf(why, SETTINGS_ERROR_SIZE, "%s", text == NULL ? "out of memory" : text);
        free(text);
    }
    setup_free(&setup);
    return good;
}

/* Returns how many facts are on no disk. */
static int
close_record(struct run *run, const struct app_outcome *outcome)
{
    char what[JOURNAL_WHY];

    journal_flush(run->journal, outcome->flush_ms);
    leaving_bound_writes(); /* in place of app_run()'s alarm */
    if (journal_moved(run->journal, what))
        complain("%s", what);
    if (run->session.seq == 0) /* it could not even begin */
        unlink(journal_path(run->journal));
    free(run->path);
    run->path = strdup(journal_path(run->journal));
    return journal_close(run->journal, 0, say_unsaved, NULL);
}

static int
run_app(struct run *run, struct app_outcome *outcome)
{
    char *program = paths_program("randori-notify");
    /* A session started from a hook runs none, or hooks would go on for ever. */
    char *hooks = getenv("RANDORI_HOOK") == NULL ? paths_config("hooks") : NULL;
    char *log = paths_state("hooks.log");
    int unsaved;
    const struct app_options options = {.journal = run->journal,
                                        .session = &run->session,
                                        .opening = run->resumed ? NULL : &run->opening,
                                        .watched_ms = run->watched_ms,
                                        .records_folder = run->setup.records_folder,
                                        .participants = &run->setup.participants,
                                        .steps = run->setup.settings.steps,
                                        .ini_folder = run->setup.folder,
                                        .notify_program = program,
                                        .hooks_folder = hooks,
                                        .hooks_log = log,
                                        .speed = run->speed,
                                        .plain = run->plain,
                                        .reload = reload,
                                        .say = say,
                                        .user = run};

    leaving_hold_signals();
    app_run(&options, outcome);
    unsaved = close_record(run, outcome);
    if (outcome->end == APP_FAILED)
        complain("%s", outcome->why);
    if (run->session.seq > 0)
        say_goodbye(run, outcome);
    free(program);
    free(hooks);
    free(log);
    return unsaved > 0 || outcome->end == APP_FAILED ? EXIT_FAILED : EXIT_DONE;
}

/* The whole session, from its files to the last word. */
static int
run_session(struct run *run, struct app_outcome *outcome)
{
    int status = EXIT_USAGE;

    if (!session_init(&run->session)) {
        complain("out of memory");
        return EXIT_FAILED;
    }
    if (setup_load(&run->request, &run->setup)) {
        status = open_session(run);
        if (status == EXIT_DONE)
            status = run_app(run, outcome);
    } else {
        complain_problems(&run->setup.problems);
    }
    setup_free(&run->setup);
    event_clear(&run->opening);
    session_free(&run->session);
    free(run->path);
    return status;
}

int
command_run(int argc, char **argv)
{
    struct run run = {.speed = 1};
    struct app_outcome outcome = {0};
    int status;

    if (!read_options(&run, argc, argv))
        return EXIT_USAGE;
    if (run.wants_help)
        return command_help(2, (char *[]){"help", "run", NULL});
    status = run_session(&run, &outcome);
    if (outcome.end == APP_SIGNAL)
        leaving_raise(outcome.signal);
    if (outcome.end == APP_HANGUP)
        leaving_raise(SIGHUP);
    return status;
}
