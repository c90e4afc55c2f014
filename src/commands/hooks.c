/* randori hooks: which there are, what they said, and a run with sample data. */

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/options.h"
#include "services/clock.h"
#include "services/hook_files.h"
#include "services/hook_log.h"
#include "services/hooks.h"
#include "services/loop.h"
#include "storage/file.h"
#include "storage/paths.h"

enum { NAMES_COLUMNS = 78, MINUTE_MS = 60000 };

/* ---- which there are ---- */

static void
print_names(void)
{
    char name[HOOK_NAME_SIZE], line[NAMES_COLUMNS + 1] = "   ";
    size_t used = 3;

    print_line("A hook is an executable file there with the name of an event:");
    for (int i = 0; i < EVENT_KINDS; i++) {
        if (!hook_name((enum event_kind)i, name))
            continue;
        if (used + 1 + strlen(name) > NAMES_COLUMNS) {
            print_line("%s", line);
            used = 3;
        }
        used += (size_t)snprintf(line + used, sizeof line - used, " %s", name);
    }
    print_line("%s", line);
}

static int
list_hooks(const char *folder)
{
    struct hook_list list;
    int error = hook_list(folder, &list);

    if (error != 0 && error != ENOENT) {
        complain("%s: %s", folder, strerrordesc_np(error));
        return EXIT_FAILED;
    }
    if (list.count == 0) {
        print_line("There are no hooks in %s.", folder);
        print_names();
    } else {
        print_line("Hooks in %s:", folder);
    }
    for (int i = 0; i < list.count; i++) {
        const char *fault = list.file[i].fault;

        print_line("  %-20s %s%s", list.file[i].name, fault == NULL ? "runs" : "is not run: it ",
                   fault == NULL ? "" : fault);
    }
    hook_list_free(&list);
    return EXIT_DONE;
}

/* ---- what they said ---- */

static bool
print_file(const char *path)
{
    struct file_text text, rest;
    struct file_line line;

    if (path == NULL || file_read(NULL, path, &text) != 0)
        return false;
    rest = text;
    while (file_next_line(&rest, &line))
        print_line("%.*s", (int)line.length, line.bytes);
    free(text.bytes);
    return true;
}

static int
show_log(void)
{
    char *path = paths_state("hooks.log");
    char *former = path == NULL ? NULL : hook_log_former(path);
    bool has_former = print_file(former), has = print_file(path);

    if (!has && !has_former)
        print_line("No hook has run yet: there is no %s.", path == NULL ? "log" : path);
    free(former);
    free(path);
    return EXIT_DONE;
}

/* ---- a run with sample data ---- */

static struct event
sample_event(enum event_kind kind, struct moment now)
{
    struct event event = {.kind = kind,
                          .by = BY_KEY,
                          .seq = 17,
                          .at = now,
                          .turn = 1,
                          .person = 1,
                          .number = 1,
                          .total = 11,
                          .ms = 5 * MINUTE_MS,
                          .stop_ms = now.wall_ms + 60 * MINUTE_MS,
                          .note = 12,
                          .counted = true,
                          .end = END_TIME,
                          .light = LIGHT_GREEN};

    /* Not owned: never cleared. */
    event.name = (char *)"Grace Hopper";
    event.text = (char *)(kind == EVENT_DATE_SET ? "2026-12-24" : "a test before the code");
    event.role = (char *)"Master of Dojo";
    event.record = (char *)"20261122T114500Z-5eed.jsonl";
    if (kind == EVENT_LIGHT_CHANGED)
        event.reason = NULL;
    return event;
}

static struct opening *
sample_opening(void)
{
    static const char *const names[] = {"Ada Lovelace", "Grace Hopper", "Alan Turing"};
    struct opening *opening = opening_new();

    if (opening == NULL)
        return NULL;
    opening->practice = true;
    opening->people = calloc(3, sizeof *opening->people);
    for (int i = 0; opening->people != NULL && i < 3; i++)
        opening->people[opening->people_count++] =
            (struct opening_person){.id = i + 1, .name = strdup(names[i])};
    return opening;
}

/* Turn 1 of Ada Lovelace's, and what the event makes of it. */
static void
apply_sample(struct session *session, struct event *event, struct opening *opening)
{
    static const enum event_kind before[] = {EVENT_SESSION_OPENED, EVENT_SESSION_STARTED,
                                             EVENT_TURN_STARTED};

    for (int i = 0; i < 3; i++) {
        struct event earlier = sample_event(before[i], event->at);

        earlier.seq = i + 1;
        earlier.ms = before[i] == EVENT_TURN_STARTED ? earlier.ms : 0;
        earlier.opening = before[i] == EVENT_SESSION_OPENED ? opening : NULL;
        session_apply(session, &earlier);
    }
    if (event->kind == EVENT_SESSION_OPENED || event->kind == EVENT_SESSION_RESUMED ||
        event->kind == EVENT_SETTINGS_CHANGED)
        event->opening = opening;
    if (event->kind != EVENT_SESSION_OPENED)
        session_apply(session, event);
}

struct trial {
    struct loop *loop;
    struct hooks *hooks;
    bool is_over, is_good;
};

static int64_t
starting(void *user, int run, const char *name)
{
    (void)user;
    (void)run;
    (void)name;
    return 0; /* there is no record */
}

static void
said(void *user, const char *bytes, size_t length)
{
    struct file_text rest = {.bytes = (char *)bytes, .length = length};
    struct file_line line;

    (void)user;
    while (file_next_line(&rest, &line))
        print_line("%.*s", (int)line.length, line.bytes);
}

static void
ended(void *user, int run, const char *name, const char *how)
{
    struct trial *trial = user;

    (void)run;
    print_line("%s: %s", name, how);
    trial->is_over = true;
    trial->is_good = strcmp(how, "exit 0") == 0;
}

static void
trouble(void *user, const char *line)
{
    (void)user;
    complain("%s", line);
}

static void
on_signal(void *user, int signal)
{
    struct trial *trial = user;
    int status;
    pid_t pid;

    if (signal == SIGTERM || signal == SIGINT || signal == SIGHUP || signal == SIGQUIT)
        hooks_end(trial->hooks, clock_boot_ms());
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        hooks_reaped(trial->hooks, pid, status, clock_boot_ms());
}

static void
on_waking(void *user, short revents)
{
    (void)user;
    (void)revents;
}

static void
wait_for_it(struct trial *trial)
{
    while (hooks_in_flight(trial->hooks, NULL) > 0) {
        hooks_ready(trial->hooks, INT64_MAX, clock_boot_ms());
        loop_timer(trial->loop, hooks_deadline(trial->hooks));
        if (hooks_in_flight(trial->hooks, NULL) > 0 && !loop_wait(trial->loop))
            return;
    }
}

static bool
try_hook(const char *folder, const struct session *session, const struct event *event)
{
    struct trial trial = {0};
    const struct hooks_listener listener = {
        .starting = starting, .said = said, .ended = ended, .trouble = trouble, .user = &trial};
    const struct hooks_options options = {
        .folder = folder, .limit_ms = HOOKS_LIMIT_MS, .first_run = 1};

    trial.loop = loop_new(on_signal, on_waking, &trial);
    trial.hooks = hooks_new(&options, &listener);
    if (trial.loop != NULL && trial.hooks != NULL) {
        loop_watch(trial.loop, hooks_fd(trial.hooks), POLLIN, on_waking, &trial);
        hooks_event(trial.hooks, session, event, "");
        wait_for_it(&trial);
    }
    hooks_free(trial.hooks);
    loop_free(trial.loop);
    return trial.is_over && trial.is_good;
}

static int
run_hook(const char *folder, const char *name)
{
    struct opening *opening = sample_opening();
    struct session session;
    struct hook_file file;
    struct event event;
    struct clock clock;
    enum event_kind kind;
    bool is_good;

    clock_start(&clock, 1, 0);
    if (opening == NULL || !hook_kind(name, &kind)) {
        opening_free(opening);
        complain("no event has a hook called \"%s\"; man randori lists them", name);
        return EXIT_USAGE;
    }
    if (!hook_find(folder, kind, &file)) {
        opening_free(opening);
        complain("there is no hook %s in %s", name, folder);
        return EXIT_REFUSED;
    }
    hook_file_clear(&file);
    if (!session_init(&session)) {
        opening_free(opening);
        complain("out of memory");
        return EXIT_FAILED;
    }
    event = sample_event(kind, clock_now(&clock));
    apply_sample(&session, &event, opening);
    is_good = try_hook(folder, &session, &event);
    session_free(&session);
    opening_free(opening);
    return is_good ? EXIT_DONE : EXIT_FAILED;
}

/* ---- the whole ---- */

static int
do_it(const char *folder, int count, char **words)
{
    if (count == 0)
        return list_hooks(folder);
    if (count == 1 && strcmp(words[0], "log") == 0)
        return show_log();
    if (count == 2 && strcmp(words[0], "run") == 0)
        return run_hook(folder, words[1]);
    return complain_usage("hooks");
}

int
command_hooks(int argc, char **argv)
{
    static const struct option options[] = {{"help", no_argument, NULL, 'h'}, {0}};
    int option = options_next(argc, argv, "h", options), status;
    char *folder;

    if (option == 'h')
        return command_help(2, (char *[]){"help", argv[0], NULL});
    if (option != -1)
        return complain_usage(argv[0]);
    folder = paths_config("hooks");
    if (folder == NULL) {
        complain("there is no place for hooks: HOME is not set");
        return EXIT_FAILED;
    }
    status = do_it(folder, argc - optind, argv + optind);
    free(folder);
    return print_end(status);
}
