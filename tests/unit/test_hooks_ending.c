/* Hooks that fail, hang, flood, litter, or are still at work when we leave (F18, P21); the log. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "hooks_rig.h"
#include "services/hook_files.h"
#include "services/hook_log.h"

enum { STALL_MS = 50, SOON_MS = 10000 };

#define FOR_EVER "while :; do sleep 0.05; done"

static void
run(struct rig *rig, const char *script, int64_t limit_ms)
{
    rig_script(rig, "paused", script);
    rig_start(rig, limit_ms);
    rig_event(rig, EVENT_PAUSED);
}

static void
assert_log_has(struct rig *rig, const char *text, bool has)
{
    char *log = rig_read(rig, "log/hooks.log");
    if ((strstr(log, text) != NULL) != has)
        fail_msg("\"%s\" %s in the log:\n%s", text, has ? "is not" : "is", log);
    free(log);
}

/* A process that a hook has left its number of in a file. */
static pid_t
pid_in(struct rig *rig, const char *name)
{
    char *text = rig_read(rig, name);
    pid_t pid = (pid_t)atoi(text);
    free(text);
    assert_true(pid > 1);
    return pid;
}

static bool
is_alive(pid_t pid)
{
    char path[64], state = 'X';
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (file != NULL && fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
        state = 'X';
    if (file != NULL)
        fclose(file);
    return state != 'X' && state != 'Z';
}

/* --- by themselves ------------------------------------------------------------------------- */

static void
says_how_it_ended(void **state)
{
    struct rig *rig = *state;
    static const struct {
        const char *script, *how;
    } ways[] = {{"exit 0", "exit 0"},
                {"exit 3", "exit 3"},
                {"kill -SEGV $$", "SIGSEGV"},
                {"kill -KILL $$", "SIGKILL"}};
    rig_start(rig, 0);
    for (int i = 0; i < 4; i++) {
        rig_script(rig, "paused", ways[i].script);
        rig_event(rig, EVENT_PAUSED);
        rig_until_ended(rig, i + 1);
        assert_string_equal(rig->how, ways[i].how);
    }
    rig_until_idle(rig);
}

/* There is no shell that would run it all the same. */
static void
a_script_without_its_first_line_is_not_started(void **state)
{
    struct rig *rig = *state;
    rig_script(rig, "paused", "");
    rig_write(rig, "hooks/paused", "touch ran\n");
    rig_start(rig, 0);
    rig_event(rig, EVENT_PAUSED);
    rig_until_ended(rig, 1);
    if (strcmp(rig->how, "exit 127") == 0) {
        print_message("valgrind's posix_spawn cannot tell\n");
        skip();
    }
    assert_string_equal(rig->how, "not started: Exec format error");
    assert_false(rig_exists(rig, "ran"));
    rig_until_idle(rig);
    assert_log_has(rig, "  paused  not started: Exec format error", true);
}

/* --- hanging ------------------------------------------------------------------------------- */

static void
is_told_to_end_after_its_time(void **state)
{
    struct rig *rig = *state;
    run(rig, "touch began; " FOR_EVER, 100);
    rig_until_ended(rig, 1);
    assert_string_equal(rig->how, "killed after 0 s");
    rig_until_idle(rig);
}

static void
may_say_how_it_ends(void **state)
{
    struct rig *rig = *state;
    run(rig, "trap 'exit 5' TERM; touch began; " FOR_EVER, 500);
    rig_until_ended(rig, 1);
    assert_string_equal(rig->how, "told to end after 0 s: exit 5");
}

static void
is_killed_when_it_will_not_hear(void **state)
{
    struct rig *rig = *state;
    run(rig, "trap '' TERM; sh -c 'echo $$ >child; " FOR_EVER "' & echo $$ >leader; " FOR_EVER,
        300);
    rig_until_ended(rig, 1);
    assert_string_equal(rig->how, "killed after 1 s");
    rig_until_idle(rig);
    int64_t until = rig_now_ms() + SOON_MS;
    while (is_alive(pid_in(rig, "child")) && rig_now_ms() < until)
        rig_turn(rig);
    assert_false(is_alive(pid_in(rig, "child")));
}

/* --- littering ----------------------------------------------------------------------------- */

static void
does_not_wait_for_who_holds_its_output(void **state)
{
    struct rig *rig = *state;
    run(rig,
        "setsid sh -c 'echo $$ >daemon; exec sleep 300' & "
        "while [ ! -s daemon ]; do sleep 0.01; done",
        0);
    rig_until_ended(rig, 1);
    assert_string_equal(rig->how, "exit 0");
    rig_until_idle(rig);
    pid_t daemon = pid_in(rig, "daemon");
    assert_true(is_alive(daemon));
    kill(daemon, SIGKILL);
}

static void
takes_along_what_it_left_in_its_group(void **state)
{
    struct rig *rig = *state;
    run(rig, "sleep 300 & echo $! >left", 0);
    rig_until_ended(rig, 1);
    assert_string_equal(rig->how, "exit 0");
    rig_until_idle(rig);
    assert_false(is_alive(pid_in(rig, "left")));
}

static void
a_flood_holds_nobody_up(void **state)
{
    struct rig *rig = *state;
    int64_t longest = 0;
    run(rig, "head -c 10000000 /dev/zero | tr '\\0' 'x'; echo; echo done >&2", 0);
    while (rig->ends == 0) {
        rig_turn(rig); /* starts it, reads */
        int64_t began = rig_now_ms();
        hooks_ready(rig->hooks, rig->synced, began);
        if (rig_now_ms() - began > longest)
            longest = rig_now_ms() - began;
    }
    assert_true(longest < STALL_MS);
    assert_string_equal(rig->how, "exit 0");
    assert_log_has(rig, "(9983622 bytes more are left out)", true);
}

/* --- the log ------------------------------------------------------------------------------- */

static void
logs_what_it_said(void **state)
{
    struct rig *rig = *state;
    run(rig, "echo out; echo err >&2; printf 'red\\033[31m\\n'; exit 2", 0);
    rig_until_ended(rig, 1);
    assert_log_has(rig, "  paused  exit 2\n    out\n    err\n    red\xEF\xBF\xBD[31m", true);
}

static void
the_log_does_not_grow(void **state)
{
    struct rig *rig = *state;
    struct hook_process said = {.kept = calloc(1, HOOK_OUTPUT_MOST), .length = HOOK_OUTPUT_MOST};
    char *path = rig_path(rig, "log/hooks.log"), *former = rig_path(rig, "log/hooks.log.1");
    struct stat status;
    memset(said.kept, '\n', said.length); /* grows when it is indented */
    for (int i = 0; i < 20; i++) {
        hook_log_append(path, "paused", i < 19 ? "exit 0" : "the last", &said);
        assert_int_equal(stat(path, &status), 0);
        assert_true(status.st_size <= HOOK_LOG_MOST);
        assert_int_equal(status.st_mode & 07777, 0600);
    }
    assert_int_equal(stat(former, &status), 0);
    assert_true(status.st_size <= HOOK_LOG_MOST);
    assert_log_has(rig, "the last", true);
    free(said.kept);
    free(path);
    free(former);
}

static void
a_log_that_is_none_is_left_alone(void **state)
{
    struct rig *rig = *state;
    char *folder = rig_path(rig, "log"), *path = rig_path(rig, "log/hooks.log");
    mkdir(folder, 0700);
    assert_int_equal(mkfifo(path, 0600), 0);
    run(rig, "echo out", 0);
    rig_until_ended(rig, 1);
    assert_string_equal(rig->how, "exit 0");
    free(folder);
    free(path);
}

/* --- when we leave ------------------------------------------------------------------------- */

static void
those_that_wait_are_given_up(void **state)
{
    struct rig *rig = *state;
    run(rig, "trap 'exit 0' TERM; touch began; " FOR_EVER, 0);
    rig_event(rig, EVENT_PAUSED);
    rig_until_exists(rig, "began");
    rig_script(rig, "resumed", "touch resumed");
    rig->synced = rig->seq + 1; /* the fact that it starts is not on disk */
    rig_event(rig, EVENT_RESUMED);
    rig_turn(rig);
    assert_int_equal(rig->starts, 2);
    hooks_end(rig->hooks, rig_now_ms());
    rig->synced = INT64_MAX;
    rig_until_idle(rig);
    assert_int_equal(rig->starts, 2);
    assert_string_equal(rig->told, "resumed: not started: there was no time left|"
                                   "paused: told to end after 0 s: exit 0|");
    assert_false(rig_exists(rig, "resumed"));
    rig_event(rig, EVENT_PAUSED);
    assert_int_equal(hooks_in_flight(rig->hooks, NULL), 0);
}

static void
the_second_time_they_are_killed(void **state)
{
    struct rig *rig = *state;
    const char *name = "";
    run(rig, "trap '' TERM; touch began; " FOR_EVER, 0);
    rig_until_exists(rig, "began");
    assert_int_equal(hooks_in_flight(rig->hooks, &name), 1);
    assert_string_equal(name, "paused");
    hooks_end(rig->hooks, rig_now_ms());
    hooks_end(rig->hooks, rig_now_ms());
    assert_int_equal(hooks_deadline(rig->hooks), INT64_MAX);
    rig_until_idle(rig);
    assert_string_equal(rig->how, "killed after 0 s");
}

/* --- names --------------------------------------------------------------------------------- */

static void
every_event_but_some_has_a_hook(void **state)
{
    char name[HOOK_NAME_SIZE];
    int without = 0;
    (void)state;
    for (int i = 0; i < EVENT_KINDS; i++) {
        enum event_kind kind;
        if (!hook_name((enum event_kind)i, name)) {
            without++;
            continue;
        }
        assert_null(strchr(name, '_'));
        assert_true(hook_kind(name, &kind));
        assert_int_equal(kind, i);
    }
    assert_int_equal(without, 5);
    enum event_kind kind;
    assert_true(hook_kind("light", &kind));
    assert_int_equal(kind, EVENT_LIGHT_CHANGED);
    assert_false(hook_kind("turn_started", &kind));
    assert_false(hook_kind("hook-ended", &kind));
    assert_false(hook_kind("", &kind));
}

static void
lists_what_is_there(void **state)
{
    struct rig *rig = *state;
    char *folder = rig_path(rig, "hooks");
    struct hook_list list;
    rig_script(rig, "turn-ended", "");
    rig_script(rig, "light", "");
    rig_script(rig, "turn-started.sample", "");
    rig_script(rig, ".hidden", "");
    rig_write(rig, "hooks/paused", "");
    assert_int_equal(hook_list(folder, &list), 0);
    assert_int_equal(list.count, 4);
    assert_string_equal(list.file[0].name, "light");
    assert_null(list.file[0].fault);
    assert_string_equal(list.file[1].name, "paused");
    assert_string_equal(list.file[1].fault, "is not executable (chmod +x)");
    assert_null(list.file[2].fault);
    assert_string_equal(list.file[3].fault, "has no event's name");
    hook_list_free(&list);
    free(folder);
    assert_int_equal(hook_list("/nowhere", &list), 2 /* ENOENT */);
}

int
main(void)
{
#define WITH_RIG(test) cmocka_unit_test_setup_teardown(test, rig_make, rig_remove)
    const struct CMUnitTest tests[] = {
        WITH_RIG(says_how_it_ended),
        WITH_RIG(a_script_without_its_first_line_is_not_started),
        WITH_RIG(is_told_to_end_after_its_time),
        WITH_RIG(may_say_how_it_ends),
        WITH_RIG(is_killed_when_it_will_not_hear),
        WITH_RIG(does_not_wait_for_who_holds_its_output),
        WITH_RIG(takes_along_what_it_left_in_its_group),
        WITH_RIG(a_flood_holds_nobody_up),
        WITH_RIG(logs_what_it_said),
        WITH_RIG(the_log_does_not_grow),
        WITH_RIG(a_log_that_is_none_is_left_alone),
        WITH_RIG(those_that_wait_are_given_up),
        WITH_RIG(the_second_time_they_are_killed),
        cmocka_unit_test(every_event_but_some_has_a_hook),
        WITH_RIG(lists_what_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
