/* randori report: the minutes of one session. */

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/records.h"
#include "commands/salvaging.h"
#include "session/summary.h"
#include "storage/history.h"
#include "storage/paths.h"

struct report {
    const char *config, *records; /* options; NULL: not given */
    const char *name;             /* NULL: the newest */
    const char *salvage;          /* where what is good is to be written; NULL: shows the minutes */
};

static void
print_minute(void *user, const char *line)
{
    (void)user;
    print_line("%s", line);
}

/* Who held the roles on that day stands in the record before. */
static void
print_minutes(const char *path, const struct session *session)
{
    struct session before = {0};
    struct problems unread = {0};
    char *folder = paths_folder_of(path);
    char *before_path = history_last(folder, path, session->opened.wall_ms, &before, &unread);

    summary_minutes(session, before_path == NULL ? NULL : &before, print_minute, NULL);
    session_free(&before);
    problems_free(&unread);
    free(before_path);
    free(folder);
}

static int
report_file(const char *path)
{
    static const int statuses[] = {
        [JOURNAL_GOOD] = EXIT_DONE,       [JOURNAL_FAILED] = EXIT_FAILED,
        [JOURNAL_LOCKED] = EXIT_IN_USE,   [JOURNAL_DAMAGED] = EXIT_DAMAGED,
        [JOURNAL_FOREIGN] = EXIT_DAMAGED, [JOURNAL_EMPTY] = EXIT_FAILED,
    };
    struct session session = {0};
    char why[JOURNAL_WHY];
    enum journal_status status = history_load(path, &session, why);

    if (session.opening != NULL)
        print_minutes(path, &session);
    if (why[0] != '\0')
        complain("%s", why);
    if (status == JOURNAL_DAMAGED && session.opening != NULL)
        complain(
            "the minutes hold only what stands before that line; --salvage FILE makes a record "
            "of it");
    session_free(&session);
    return statuses[status];
}

/* Where to look; a path needs no settings. */
static char *
find_folder(const struct report *report, int *status)
{
    if (report->records == NULL && report->name != NULL && strchr(report->name, '/') != NULL)
        return paths_folder_of(report->name);
    return records_folder(report->config, report->records, status);
}

static int
report_session(const struct report *report)
{
    int status = EXIT_DONE;
    char *folder = find_folder(report, &status);
    char *path;

    if (folder == NULL)
        return status;
    path = history_find(folder, report->name);
    if (path != NULL) {
        status = report->salvage != NULL ? salvaging(path, report->salvage) : report_file(path);
    } else if (report->name == NULL) {
        complain("there is no record in %s yet", folder);
        status = EXIT_FAILED;
    } else {
        complain("no record in %s is named, or begins with, \"%s\"", folder, report->name);
        status = EXIT_FAILED;
    }
    free(path);
    free(folder);
    return status;
}

int
command_report(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},
        {"records", required_argument, NULL, 'r'},
        {"salvage", required_argument, NULL, 'S'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    struct report report = {0};
    int option;

    while ((option = getopt_long(argc, argv, "c:h", options, NULL)) != -1) {
        switch (option) {
        case 'c':
            report.config = optarg;
            break;
        case 'r':
            report.records = optarg;
            break;
        case 'S':
            report.salvage = optarg;
            break;
        case 'h':
            return command_help(2, (char *[]){"help", argv[0], NULL});
        default:
            return complain_usage(argv[0]);
        }
    }
    if (argc - optind > 1)
        return complain_usage(argv[0]);
    report.name = argv[optind];
    return print_end(report_session(&report));
}
