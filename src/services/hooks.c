/* Which runs begin, and when. */

#include "services/hooks.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "services/hook_environment.h"
#include "services/hooks_inside.h"

enum { LINE_SIZE = 200 };

/* --- the list ------------------------------------------------------------------------------ */

static void
free_hook(struct hook *hook)
{
    hook_process_free(&hook->process);
    hook_environment_free(hook->environment);
    hook_file_clear(&hook->file);
    free(hook->input);
    free(hook);
}

static void
add(struct hooks *hooks, struct hook *hook)
{
    struct hook **end = &hooks->first;

    while (*end != NULL)
        end = &(*end)->next;
    *end = hook;
}

void
hooks_drop(struct hooks *hooks, struct hook *hook)
{
    struct hook **at = &hooks->first;

    while (*at != hook)
        at = &(*at)->next;
    *at = hook->next;
    free_hook(hook);
}

static int
count_between(const struct hooks *hooks, enum stage least, enum stage most)
{
    int count = 0;

    for (const struct hook *hook = hooks->first; hook != NULL; hook = hook->next)
        count += hook->stage >= least && hook->stage <= most;
    return count;
}

int
hooks_in_flight(const struct hooks *hooks, const char **name)
{
    const struct hook *shown = hooks->first;

    for (const struct hook *hook = hooks->first; hook != NULL; hook = hook->next) {
        if (hook->stage == RUNS && shown->stage != RUNS)
            shown = hook;
    }
    if (shown != NULL && name != NULL)
        *name = shown->file.name;
    return count_between(hooks, WAITS, LINGERS);
}

/* --- wanting ------------------------------------------------------------------------------- */

static void
say_not_run(struct hooks *hooks, const char *name, const char *why)
{
    char line[LINE_SIZE];

    snprintf(line, sizeof line, "The hook %s is not run: it %s.", name, why);
    hooks->listener.trouble(hooks->listener.user, line);
}

static void
make_room(struct hooks *hooks)
{
    struct hook *oldest = hooks->first;

    if (count_between(hooks, WAITS, WAITS) < HOOKS_WAITING)
        return;
    while (oldest->stage != WAITS)
        oldest = oldest->next;
    say_not_run(hooks, oldest->file.name, "waited behind too many others");
    hooks_drop(hooks, oldest);
}

static char *
input_of(const struct event *event)
{
    char *json = event_text(event), *line = NULL;

    if (json != NULL && asprintf(&line, "%s\n", json) < 0)
        line = NULL;
    free(json);
    return line;
}

/* Takes the file over. */
static void
want(struct hooks *hooks, struct hook_file *file, const struct session *session,
     const struct event *event, const char *record)
{
    struct hook *hook = calloc(1, sizeof *hook);

    if (hook == NULL) {
        hook_file_clear(file);
        return;
    }
    *hook = (struct hook){.file = *file,
                          .after = event->seq,
                          .input = input_of(event),
                          .environment = hook_environment(session, event, record),
                          .process = {.output = -1}};
    if (hook->input == NULL || hook->environment == NULL) {
        free_hook(hook);
        return;
    }
    make_room(hooks);
    add(hooks, hook);
}

void
hooks_event(struct hooks *hooks, const struct session *session, const struct event *event,
            const char *record)
{
    struct hook_file file;

    if (hooks->is_ending || !hook_find(hooks->folder, event->kind, &file))
        return;
    if (file.fault == NULL) {
        hooks->told[event->kind] = false;
        want(hooks, &file, session, event, record);
        return;
    }
    if (!hooks->told[event->kind]) /* once, until it is mended */
        say_not_run(hooks, file.name, file.fault);
    hooks->told[event->kind] = true;
    hook_file_clear(&file);
}

/* --- beginning ----------------------------------------------------------------------------- */

static bool
is_its_turn(const struct hooks *hooks, const struct hook *wanted)
{
    if (count_between(hooks, ANNOUNCED, LINGERS) >= HOOKS_AT_ONCE)
        return false;
    for (const struct hook *hook = hooks->first; hook != NULL; hook = hook->next) {
        if (hook->stage != WAITS && strcmp(hook->file.name, wanted->file.name) == 0)
            return false;
    }
    return true;
}

static void
announce(struct hooks *hooks, struct hook *hook)
{
    hook->run = ++hooks->runs;
    hook->stage = ANNOUNCED;
    hook->after = hooks->listener.starting(hooks->listener.user, hook->run, hook->file.name);
}

static void
start(struct hooks *hooks, struct hook *hook, int64_t now_ms)
{
    struct epoll_event readable = {.events = EPOLLIN};
    char how[HOOK_HOW];
    int error = hook_process_start(&hook->process, hook->file.path, hook->input, hook->environment);

    if (error != 0) {
        snprintf(how, sizeof how, "not started: %s", strerrordesc_np(error));
        hooks_say_ended(hooks, hook, how);
        hooks_drop(hooks, hook);
        return;
    }
    hook->stage = RUNS;
    hook->started_ms = now_ms;
    hook->end_ms = now_ms + hooks->limit_ms;
    epoll_ctl(hooks->outputs, EPOLL_CTL_ADD, hook->process.output, &readable);
}

/* --- for the loop -------------------------------------------------------------------------- */

int
hooks_fd(const struct hooks *hooks)
{
    return hooks->outputs;
}

int64_t
hooks_deadline(const struct hooks *hooks)
{
    int64_t next = INT64_MAX;

    for (const struct hook *hook = hooks->first; hook != NULL; hook = hook->next) {
        if (hook->stage >= RUNS && hook->end_ms < next)
            next = hook->end_ms;
        if (hook->stage == LINGERS && hook->look_ms < next)
            next = hook->look_ms;
    }
    return next;
}

void
hooks_ready(struct hooks *hooks, int64_t synced, int64_t now_ms)
{
    for (struct hook *hook = hooks->first, *next; hook != NULL; hook = next) {
        next = hook->next;
        if (hook->stage >= RUNS)
            hooks_look_after(hooks, hook, now_ms);
    }
    for (struct hook *hook = hooks->first, *next; hook != NULL; hook = next) {
        next = hook->next;
        if (hook->stage == WAITS && synced >= hook->after && is_its_turn(hooks, hook))
            announce(hooks, hook);
        if (hook->stage == ANNOUNCED && synced >= hook->after)
            start(hooks, hook, now_ms);
    }
}

/* --- opening and closing ------------------------------------------------------------------- */

struct hooks *
hooks_new(const struct hooks_options *options, const struct hooks_listener *listener)
{
    struct hooks *hooks = calloc(1, sizeof *hooks);

    if (hooks == NULL)
        return NULL;
    *hooks = (struct hooks){.folder = strdup(options->folder),
                            .log = options->log == NULL ? NULL : strdup(options->log),
                            .limit_ms = options->limit_ms,
                            .runs = options->first_run - 1,
                            .outputs = epoll_create1(EPOLL_CLOEXEC),
                            .listener = *listener};
    if (hooks->folder != NULL && hooks->outputs >= 0)
        return hooks;
    hooks_free(hooks);
    return NULL;
}

void
hooks_free(struct hooks *hooks)
{
    if (hooks == NULL)
        return;
    while (hooks->first != NULL) {
        hook_process_signal(&hooks->first->process, SIGKILL);
        hooks_drop(hooks, hooks->first);
    }
    if (hooks->outputs >= 0)
        close(hooks->outputs);
    free(hooks->folder);
    free(hooks->log);
    free(hooks);
}
