/* Hooks that begin: which, when, with what; and what they may not do to us. */
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

#define WAIT_FOR(file) "while [ ! -e " file " ]; do sleep 0.01; done"

/* --- what a hook is given ------------------------------------------------------------------ */

static void
assert_file(struct rig *rig, const char *name, const char *text)
{
    char *read = rig_read(rig, name);
    assert_string_equal(read, text);
    free(read);
}

static void
gets_the_event_as_a_line(void **state)
{
    struct rig *rig = *state;
    struct event event = {.kind = EVENT_TURN_STARTED, .turn = 2, .person = 3, .ms = 60000};
    rig_script(rig, "turn-started", "cat >event");
    rig_start(rig, 0);
    rig_event_with(rig, event);
    rig_until_ended(rig, 1);
    assert_string_equal(rig->told, "turn-started: exit 0|");
    event.seq = 1;
    event.at = rig->dojo.now;
    char *text = event_text(&event);
    assert_file(rig, "event", text);
    free(text);
}

static void
finds_it_in_its_environment(void **state)
{
    struct rig *rig = *state;
    rig_script(rig, "turn-started", "env | grep ^RANDORI_ | LC_ALL=C sort >variables");
    setenv("RANDORI_OLD", "of another session", 1);
    rig->dojo.session.opening->practice = true;
    free(rig->dojo.session.settings.topic);
    rig->dojo.session.settings.topic = strdup("a\nb\033[31m\xE2\x80\xAE$(x)");
    rig_start(rig, 0);
    rig_event(rig, EVENT_TURN_STARTED);
    rig_until_ended(rig, 1);
    unsetenv("RANDORI_OLD");
    assert_file(rig, "variables",
                "RANDORI_DRIVER=P1\nRANDORI_EVENT=turn_started\nRANDORI_HOOK=1\n"
                "RANDORI_LIGHT=none\nRANDORI_NEXT=P2\nRANDORI_PERSON=P1\nRANDORI_PRACTICE=1\n"
                "RANDORI_REASON=\nRANDORI_RECORD=/records/one.jsonl\nRANDORI_ROLE=\n"
                "RANDORI_SEQ=1\nRANDORI_STACK=\nRANDORI_TEXT=\nRANDORI_TITLE=Coding dojo\n"
                "RANDORI_TOPIC=a b\xEF\xBF\xBD[31m\xEF\xBF\xBD$(x)\nRANDORI_TURN=1");
}

static void
keeps_what_else_is_in_the_environment(void **state)
{
    struct rig *rig = *state;
    rig_script(rig, "light", "echo \"$COLOUR $RANDORI_LIGHT\" >colour");
    setenv("COLOUR", "mine", 1);
    rig->dojo.session.light = LIGHT_RED;
    rig_start(rig, 0);
    rig_event(rig, EVENT_LIGHT_CHANGED);
    rig_until_ended(rig, 1);
    unsetenv("COLOUR");
    assert_file(rig, "colour", "mine red");
}

/* Its own session, so no terminal; no signal blocked or ignored (32 and 33 are glibc's own); no
 * descriptor of ours. */
static void
starts_clean(void **state)
{
    struct rig *rig = *state;
    sigset_t blocked, before;
    int leaked = fcntl(STDIN_FILENO, F_DUPFD, 33);
    assert_true(leaked >= 33);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    signal(SIGPIPE, SIG_IGN);
    rig_script(rig, "paused",
               "grep -E 'SigBlk:.0*$|SigIgn:.*[08]0000000$' /proc/$$/status | cut -c1-6 >signals\n"
               "read -r _ _ _ _ group session _ </proc/$$/stat\n"
               "[ $group = $$ ] && [ $session = $$ ] && touch alone\n"
               "ls /proc/$$/fd | grep -x 33 >descriptors");
    rig_start(rig, 0);
    rig_event(rig, EVENT_PAUSED);
    rig_until_ended(rig, 1);
    sigprocmask(SIG_SETMASK, &before, NULL);
    signal(SIGPIPE, SIG_DFL);
    close(leaked);
    assert_file(rig, "signals", "SigBlk\nSigIgn");
    assert_true(rig_exists(rig, "alone"));
    assert_file(rig, "descriptors", "");
}

static void
need_not_read_what_it_is_given(void **state)
{
    struct rig *rig = *state;
    char *text = malloc(50001);
    memset(text, 'x', 50000);
    text[50000] = '\0';
    rig_script(rig, "note-added", "exec <&-");
    rig_start(rig, 0);
    rig_event_with(rig, (struct event){.kind = EVENT_NOTE_ADDED, .text = text});
    rig_until_ended(rig, 1);
    assert_string_equal(rig->how, "exit 0");
    rig_until_idle(rig);
    free(text);
}

/* --- which run ----------------------------------------------------------------------------- */

static void
nothing_runs_without_a_hook(void **state)
{
    struct rig *rig = *state;
    rig_script(rig, "turn-ended", "");
    rig_start(rig, 0);
    rig_event(rig, EVENT_TURN_STARTED);
    rig_event(rig, EVENT_HOOK_ENDED);
    assert_int_equal(hooks_in_flight(rig->hooks, NULL), 0);
    assert_int_equal(rig->troubles, 0);
}

static void
chmod_below(struct rig *rig, const char *name, mode_t mode)
{
    char *path = rig_path(rig, name);
    assert_int_equal(chmod(path, mode), 0);
    free(path);
}

static void
assert_refused(struct rig *rig, const char *why)
{
    rig->troubles = 0;
    rig_event(rig, EVENT_PAUSED);
    assert_int_equal(hooks_in_flight(rig->hooks, NULL), 0);
    assert_int_equal(rig->troubles, 1);
    assert_string_equal(rig->trouble, why);
    rig_event(rig, EVENT_PAUSED);
    assert_int_equal(rig->troubles, 1);
}

static void
assert_runs(struct rig *rig)
{
    rig_event(rig, EVENT_PAUSED);
    rig_until_ended(rig, rig->ends + 1);
    assert_string_equal(rig->how, "exit 0");
}

static void
others_must_not_be_able_to_change_it(void **state)
{
    struct rig *rig = *state;
    static const char not_alone[] =
        "The hook paused is not run: it may be changed by others (chmod go-w).";
    rig_script(rig, "paused", "");
    rig_start(rig, 0);
    assert_runs(rig);
    chmod_below(rig, "hooks/paused", 0770);
    assert_refused(rig, not_alone);
    chmod_below(rig, "hooks/paused", 0700);
    assert_runs(rig);
    chmod_below(rig, "hooks/paused", 0702);
    assert_refused(rig, not_alone);
    chmod_below(rig, "hooks/paused", 0755);
    assert_runs(rig);
    chmod_below(rig, "hooks", 0777);
    assert_refused(
        rig, "The hook paused is not run: it is in a folder that others may change (chmod go-w).");
}

static void
must_be_an_executable_file(void **state)
{
    struct rig *rig = *state;
    char *path = rig_path(rig, "hooks/paused"), *other = rig_path(rig, "other");
    rig_script(rig, "paused", "");
    rig_start(rig, 0);
    chmod_below(rig, "hooks/paused", 0600);
    assert_refused(rig, "The hook paused is not run: it is not executable (chmod +x).");
    chmod_below(rig, "hooks/paused", 0700);
    assert_runs(rig);
    assert_int_equal(rename(path, other), 0);
    assert_int_equal(symlink(other, path), 0);
    assert_runs(rig);
    chmod(other, 0777);
    assert_refused(rig, "The hook paused is not run: it may be changed by others (chmod go-w).");
    chmod(other, 0700);
    assert_runs(rig);
    unlink(other);
    assert_refused(rig, "The hook paused is not run: it leads nowhere.");
    unlink(path);
    rig_script(rig, "paused", "");
    assert_runs(rig);
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_refused(rig, "The hook paused is not run: it is no regular file.");
    free(path);
    free(other);
}

static void
must_be_ours_or_roots(void **state)
{
    struct rig *rig = *state;
    if (geteuid() != 0) {
        print_message("only root can give files away\n");
        skip();
    }
    char *path = rig_path(rig, "hooks/paused");
    rig_script(rig, "paused", "");
    assert_int_equal(chown(path, 4321, 4321), 0);
    rig_start(rig, 0);
    assert_refused(rig, "The hook paused is not run: it belongs to somebody else.");
    free(path);
}

/* --- when ---------------------------------------------------------------------------------- */

static void
waits_for_the_disk(void **state)
{
    struct rig *rig = *state;
    rig_script(rig, "paused", "touch ran");
    rig_start(rig, 0);
    rig->synced = 0;
    rig_event(rig, EVENT_PAUSED);
    rig_turn(rig);
    assert_int_equal(rig->starts, 0);
    rig->synced = 1;
    rig_turn(rig);
    assert_int_equal(rig->starts, 1);
    for (int i = 0; i < 20; i++)
        rig_turn(rig);
    assert_false(rig_exists(rig, "ran")); /* the fact that it starts is not there yet */
    rig->synced = 2;
    rig_until_ended(rig, 1);
    assert_true(rig_exists(rig, "ran"));
}

static void
one_of_a_name_at_a_time_in_order(void **state)
{
    struct rig *rig = *state;
    rig_script(rig, "paused", "echo $RANDORI_SEQ >>order; " WAIT_FOR("go$RANDORI_SEQ"));
    rig_start(rig, 0);
    for (int i = 0; i < 3; i++)
        rig_event(rig, EVENT_PAUSED);
    rig_until_exists(rig, "order");
    for (int i = 0; i < 10; i++)
        rig_turn(rig);
    assert_file(rig, "order", "1");
    assert_int_equal(hooks_in_flight(rig->hooks, NULL), 3);
    rig_write(rig, "go1", "");
    rig_write(rig, "go2", "");
    rig_write(rig, "go3", "");
    rig_until_idle(rig);
    assert_int_equal(rig->most_at_once, 1);
    assert_file(rig, "order", "1\n2\n3");
}

static void
four_at_once_the_rest_waits(void **state)
{
    struct rig *rig = *state;
    static const struct {
        const char *name;
        enum event_kind kind;
    } events[] = {{"paused", EVENT_PAUSED},         {"resumed", EVENT_RESUMED},
                  {"light", EVENT_LIGHT_CHANGED},   {"turn-ended", EVENT_TURN_ENDED},
                  {"stop-moved", EVENT_STOP_MOVED}, {"note-added", EVENT_NOTE_ADDED}};
    for (int i = 0; i < 6; i++)
        rig_script(rig, events[i].name, WAIT_FOR("go"));
    rig_start(rig, 0);
    for (int i = 0; i < 6; i++)
        rig_event(rig, events[i].kind);
    for (int i = 0; i < 10; i++)
        rig_turn(rig);
    assert_int_equal(rig->starts, HOOKS_AT_ONCE);
    assert_int_equal(hooks_in_flight(rig->hooks, NULL), 6);
    rig_write(rig, "go", "");
    rig_until_idle(rig);
    assert_int_equal(rig->ends, 6);
    assert_int_equal(rig->most_at_once, HOOKS_AT_ONCE);
}

static void
too_many_waiting_drop_the_oldest(void **state)
{
    struct rig *rig = *state;
    rig_script(rig, "paused", "echo $RANDORI_SEQ >>order");
    rig_start(rig, 0);
    rig->synced = 0;
    for (int i = 0; i < HOOKS_WAITING; i++)
        rig_event(rig, EVENT_PAUSED);
    assert_int_equal(rig->troubles, 0);
    rig_event(rig, EVENT_PAUSED);
    assert_int_equal(rig->troubles, 1);
    assert_string_equal(rig->trouble,
                        "The hook paused is not run: it waited behind too many others.");
    assert_int_equal(hooks_in_flight(rig->hooks, NULL), HOOKS_WAITING);
    rig->synced = INT64_MAX;
    rig_until_idle(rig);
    char *order = rig_read(rig, "order");
    assert_memory_equal(order, "2\n3\n", 4);
    free(order);
}

int
main(void)
{
#define WITH_RIG(test) cmocka_unit_test_setup_teardown(test, rig_make, rig_remove)
    const struct CMUnitTest tests[] = {
        WITH_RIG(gets_the_event_as_a_line),
        WITH_RIG(finds_it_in_its_environment),
        WITH_RIG(keeps_what_else_is_in_the_environment),
        WITH_RIG(starts_clean),
        WITH_RIG(need_not_read_what_it_is_given),
        WITH_RIG(nothing_runs_without_a_hook),
        WITH_RIG(others_must_not_be_able_to_change_it),
        WITH_RIG(must_be_an_executable_file),
        WITH_RIG(must_be_ours_or_roots),
        WITH_RIG(waits_for_the_disk),
        WITH_RIG(one_of_a_name_at_a_time_in_order),
        WITH_RIG(four_at_once_the_rest_waits),
        WITH_RIG(too_many_waiting_drop_the_oldest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
