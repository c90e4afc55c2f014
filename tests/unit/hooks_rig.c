#include "hooks_rig.h"

#include <errno.h>
#include <ftw.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "storage/paths.h"

enum { PATIENCE_MS = 30000 };

int64_t
rig_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/* --- making -------------------------------------------------------------------------------- */

int
rig_make(void **state)
{
    struct rig *rig = calloc(1, sizeof *rig);
    *state = rig;
    strcpy(rig->folder, "/tmp/randori-hooks.XXXXXX");
    if (mkdtemp(rig->folder) == NULL)
        return 1;
    char *hooks = rig_path(rig, "hooks");
    int made = mkdir(hooks, 0700);
    free(hooks);
    rig->synced = INT64_MAX;
    dojo_begin(&rig->dojo, "12:45", 3);
    return made;
}

static int
remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    return remove(path);
}

int
rig_remove(void **state)
{
    struct rig *rig = *state;
    hooks_free(rig->hooks);
    while (waitpid(-1, NULL, 0) > 0)
        ;
    dojo_close(&rig->dojo);
    nftw(rig->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    free(rig);
    return 0;
}

char *
rig_path(struct rig *rig, const char *name)
{
    return paths_join(rig->folder, name);
}

void
rig_write(struct rig *rig, const char *name, const char *text)
{
    char *path = rig_path(rig, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(path);
}

void
rig_script(struct rig *rig, const char *name, const char *text)
{
    char below[80], *script = NULL, *path;
    snprintf(below, sizeof below, "hooks/%s", name);
    assert_true(asprintf(&script, "#!/bin/sh\ncd %s || exit 99\n%s\n", rig->folder, text) > 0);
    rig_write(rig, below, script);
    path = rig_path(rig, below);
    chmod(path, 0700);
    free(path);
    free(script);
}

bool
rig_exists(struct rig *rig, const char *name)
{
    char *path = rig_path(rig, name);
    bool is_there = access(path, F_OK) == 0;
    free(path);
    return is_there;
}

char *
rig_read(struct rig *rig, const char *name)
{
    char *path = rig_path(rig, name), *text = calloc(1, 1 << 18);
    FILE *file = fopen(path, "r");
    size_t length = file == NULL ? 0 : fread(text, 1, (1 << 18) - 1, file);
    if (length > 0 && text[length - 1] == '\n')
        text[length - 1] = '\0';
    if (file != NULL)
        fclose(file);
    free(path);
    return text;
}

/* --- what the service tells ---------------------------------------------------------------- */

static int64_t
starting(void *user, int run, const char *name)
{
    struct rig *rig = user;
    (void)run, (void)name;
    rig->starts++;
    if (rig->starts - rig->ends > rig->most_at_once)
        rig->most_at_once = rig->starts - rig->ends;
    return ++rig->seq;
}

static void
ended(void *user, int run, const char *name, const char *how)
{
    struct rig *rig = user;
    size_t used = strlen(rig->told);
    (void)run;
    rig->ends++;
    snprintf(rig->how, sizeof rig->how, "%s", how);
    snprintf(rig->told + used, sizeof rig->told - used, "%s: %s|", name, how);
}

static void
trouble(void *user, const char *line)
{
    struct rig *rig = user;
    rig->troubles++;
    snprintf(rig->trouble, sizeof rig->trouble, "%s", line);
}

/* --- running ------------------------------------------------------------------------------- */

void
rig_start(struct rig *rig, int64_t limit_ms)
{
    char *folder = rig_path(rig, "hooks"), *log = rig_path(rig, "log/hooks.log");
    const struct hooks_options options = {.folder = folder,
                                          .log = log,
                                          .limit_ms = limit_ms == 0 ? HOOKS_LIMIT_MS : limit_ms,
                                          .first_run = 1};
    const struct hooks_listener listener = {
        .starting = starting, .ended = ended, .trouble = trouble, .user = rig};
    rig->hooks = hooks_new(&options, &listener);
    assert_non_null(rig->hooks);
    free(folder);
    free(log);
}

void
rig_event_with(struct rig *rig, struct event event)
{
    event.seq = ++rig->seq;
    event.at = rig->dojo.now;
    hooks_event(rig->hooks, &rig->dojo.session, &event, "/records/one.jsonl");
}

void
rig_event(struct rig *rig, enum event_kind kind)
{
    rig_event_with(rig, (struct event){.kind = kind, .turn = 1, .person = 1, .ms = 300000});
}

void
rig_turn(struct rig *rig)
{
    struct pollfd output = {hooks_fd(rig->hooks), POLLIN, 0};
    pid_t pid;
    int status;
    poll(&output, 1, 5);
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        assert_true(hooks_reaped(rig->hooks, pid, status, rig_now_ms()));
    hooks_ready(rig->hooks, rig->synced, rig_now_ms());
}

static void
go_on(struct rig *rig, int64_t until)
{
    if (rig_now_ms() > until)
        fail_msg("it never came; so far: %s %s", rig->told, rig->trouble);
    rig_turn(rig);
}

void
rig_until_ended(struct rig *rig, int ends)
{
    int64_t until = rig_now_ms() + PATIENCE_MS;
    while (rig->ends < ends)
        go_on(rig, until);
}

void
rig_until_exists(struct rig *rig, const char *name)
{
    int64_t until = rig_now_ms() + PATIENCE_MS;
    while (!rig_exists(rig, name))
        go_on(rig, until);
}

void
rig_until_idle(struct rig *rig)
{
    int64_t until = rig_now_ms() + PATIENCE_MS;
    while (hooks_in_flight(rig->hooks, NULL) > 0)
        go_on(rig, until);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}
