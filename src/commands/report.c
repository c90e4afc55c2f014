/* randori report: the minutes of one session. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/options.h"
#include "commands/records.h"
#include "commands/report.h"
#include "commands/salvaging.h"
#include "session/minutes.h"
#include "storage/history.h"
#include "storage/past.h"
#include "storage/paths.h"
#include "storage/replace.h"

struct report {
    const char *config, *records; /* options; NULL: not given */
    const char *name;             /* NULL: the newest */
    const char *salvage;          /* where what is good is to be written; NULL: shows the minutes */
    const char *output;           /* NULL: standard output */
    const struct form *form;
};

/* ---- forms ---- */

static void
put_line(void *user, const char *line)
{
    fprintf(user, "%s\n", line);
}

static void
report_text(FILE *out, const struct minutes *minutes)
{
    minutes_text(minutes, put_line, out);
}

static const struct form {
    const char *name;
    void (*write)(FILE *out, const struct minutes *minutes);
} forms[] = {{"text", report_text},
             {"markdown", report_markdown},
             {"html", report_html},
             {"json", report_json},
             {"csv", report_csv}};

static const struct form *
find_form(const char *name)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    }
    complain("--format is text, markdown, html, json or csv, not \"%s\"", name);
    return NULL;
}

/* ---- what belongs to it from other records ---- */

/* The action items of one record that later sessions ticked. */
struct ticked {
    const char *record;
    int64_t *note; /* owned */
    int count, room;
};

static void
add_ticked(struct ticked *ticked, int64_t note)
{
    if (ticked->count == ticked->room) {
        int room = ticked->room * 2 + 8;
        int64_t *more = realloc(ticked->note, (size_t)room * sizeof *more);

        if (more == NULL)
            return;
        ticked->note = more;
        ticked->room = room;
    }
    ticked->note[ticked->count++] = note;
}

static void
look_for_ticks(void *user, const struct past *past)
{
    struct ticked *ticked = user;

    for (int i = 0; i < past->closing->done_count; i++) {
        const struct closing_done *done = &past->closing->done[i];

        if (strcmp(done->record, ticked->record) == 0)
            add_ticked(ticked, done->note);
    }
}

static const char *
name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

/* Minutes are handed round: a home folder's name is nobody's business. The caller frees it. */
static char *
shown_path(const char *path)
{
    char *whole = realpath(path, NULL);
    char *home = getenv("HOME") == NULL ? NULL : realpath(getenv("HOME"), NULL);
    size_t length = home == NULL ? 0 : strlen(home);
    char *shown = NULL;

    if (whole == NULL)
        whole = strdup(path);
    if (whole != NULL && length > 1 && strncmp(whole, home, length) == 0 && whole[length] == '/') {
        if (asprintf(&shown, "~%s", whole + length) < 0)
            shown = NULL;
        free(whole);
        whole = shown;
    }
    free(home);
    return whole;
}

/* ---- writing ---- */

static char *
write_to_memory(const struct form *form, const struct minutes *minutes, size_t *length)
{
    char *bytes = NULL;
    FILE *out = open_memstream(&bytes, length);

    if (out == NULL)
        return NULL;
    form->write(out, minutes);
    if (fclose(out) == 0)
        return bytes;
    free(bytes);
    return NULL;
}

/* False after saying why. */
static bool
write_minutes(const struct report *report, const struct minutes *minutes)
{
    char why[REPLACE_WHY] = "out of memory";
    size_t length = 0;
    char *bytes = write_to_memory(report->form, minutes, &length);
    bool good = bytes != NULL;

    if (good && report->output == NULL)
        fwrite(bytes, 1, length, stdout); /* print_end() looks whether it went well */
    else if (good)
        good = replace_file(report->output, bytes, length, why);
    if (!good)
        complain("%s", why);
    free(bytes);
    return good;
}

/* Who held the roles on that day stands in the record before, what was done since in those behind. */
static bool
report_minutes(const struct report *report, const char *path, const struct session *session,
               bool damaged)
{
    struct session before = {0};
    struct problems unread = {0};
    struct ticked ticked = {.record = name_of(path)};
    struct minutes minutes;
    char *folder = paths_folder_of(path), *shown = shown_path(path);
    char *before_path = history_last(folder, path, session->opened.wall_ms, &before, &unread);
    bool good;

    minutes_of(&minutes, session);
    past_each(folder, INT64_MAX, look_for_ticks, &ticked, &unread);
    minutes.before = before_path == NULL ? NULL : &before;
    minutes.before_record = before_path == NULL ? NULL : name_of(before_path);
    minutes.record = shown;
    minutes.done = ticked.note;
    minutes.done_count = ticked.count;
    minutes.damaged = damaged;
    good = write_minutes(report, &minutes);
    session_free(&before);
    problems_free(&unread);
    free(ticked.note);
    free(before_path);
    free(folder);
    free(shown);
    return good;
}

static int
report_file(const struct report *report, const char *path)
{
    static const int statuses[] = {
        [JOURNAL_GOOD] = EXIT_DONE,       [JOURNAL_FAILED] = EXIT_FAILED,
        [JOURNAL_LOCKED] = EXIT_IN_USE,   [JOURNAL_DAMAGED] = EXIT_DAMAGED,
        [JOURNAL_FOREIGN] = EXIT_DAMAGED, [JOURNAL_EMPTY] = EXIT_FAILED,
    };
    struct session session = {0};
    char why[JOURNAL_WHY];
    enum journal_status status = history_load(path, &session, why);
    bool good = session.opening == NULL ||
                report_minutes(report, path, &session, status == JOURNAL_DAMAGED);

    if (why[0] != '\0')
        complain("%s", why);
    if (status == JOURNAL_DAMAGED && session.opening != NULL)
        complain(
            "the minutes hold only what stands before that line; --salvage FILE makes a record "
            "of it");
    session_free(&session);
    return good ? statuses[status] : EXIT_FAILED;
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
        status =
            report->salvage != NULL ? salvaging(path, report->salvage) : report_file(report, path);
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
        {"format", required_argument, NULL, 'f'},
        {"output", required_argument, NULL, 'o'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    struct report report = {.form = &forms[0]};
    int option;

    while ((option = options_next(argc, argv, "c:o:h", options)) != -1) {
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
        case 'f':
            report.form = find_form(optarg);
            if (report.form == NULL)
                return EXIT_USAGE;
            break;
        case 'o':
            report.output = optarg;
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
