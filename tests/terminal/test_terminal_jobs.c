/*
 * The terminal shared with a shell and its jobs: stopped, continued, in the background.
 */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "expect.h"
#include "probe.h"
#include "probe_run.h"

static struct vt *
start_in_shell(void)
{
    char line[5000];
    struct vt *vt = expect_shell(NULL, NULL);
    snprintf(line, sizeof line, "clear; %s probe\n", probe_program());
    expect_after(vt, line, "probe 24x80");
    return vt;
}

/* The shell has the terminal, in whatever modes. */
static bool
is_stopped(struct vt *vt, const void *user)
{
    (void)user;
    return tcgetpgrp(vt_fd(vt)) == vt_pid(vt);
}

/* F11 */
static void
stops_and_comes_back_with_the_new_size(void **state)
{
    (void)state;
    struct vt *vt = start_in_shell();
    for (int rows = 25; rows < 28; rows++) {
        char text[40];
        vt_send(vt, "\032");
        expect_in_shell(vt);
        vt_resize(vt, rows, 90);
        vt_send(vt, "fg\n");
        snprintf(text, sizeof text, "probe %dx90", rows);
        expect_text(vt, text);
        assert_true(vt_is_alternate(vt));
        assert_false(vt_is_cooked(vt));
    }
    vt_send(vt, "q");
    expect_in_shell(vt);
    expect_leaving_shell(vt);
}

static void
waits_in_the_background_for_the_foreground(void **state)
{
    (void)state;
    struct vt *vt = start_in_shell();
    vt_send(vt, "\032");
    expect_in_shell(vt);
    vt_send(vt, "bg; clear; echo typed in the 'shell'\n");
    expect_text(vt, "typed in the shell");
    expect_sane(vt);
    vt_send(vt, "fg\n");
    expect_text(vt, "probe 24x80");
    vt_send(vt, "q");
    expect_in_shell(vt);
    expect_leaving_shell(vt);
}

static void
ends_while_stopped_without_touching_the_terminal(void **state)
{
    (void)state;
    struct vt *vt = start_in_shell();
    vt_send(vt, "\032");
    expect_in_shell(vt);
    /* In one line: at its next prompt the shell would forget the job. 148: it is still stopped. */
    vt_send(vt, "kill -TERM %1; kill -CONT %1; s=148; "
                "while [ $s = 148 ]; do wait %1; s=$?; done; echo status=$s\n");
    expect_text(vt, "status=143");
    expect_sane(vt);
    expect_leaving_shell(vt);
}

/* Stopped by somebody else: the shell has set its own modes meanwhile. */
static void
comes_back_from_a_stop_it_did_not_see(void **state)
{
    (void)state;
    struct vt *vt = start_in_shell();
    vt_send(vt, "x");
    expect_text(vt, "key 78 ");
    pid_t group = tcgetpgrp(vt_fd(vt));
    kill(-group, SIGSTOP);
    assert_true(vt_wait(vt, is_stopped, NULL));
    vt_send(vt, "fg\n");
    expect_in_job(vt);
    vt_send(vt, "y");
    expect_text(vt, "key 79 ");
    vt_send(vt, "q");
    expect_in_shell(vt);
    expect_leaving_shell(vt);
}

int
main(int argc, char **argv)
{
    if (probe_is_wanted(argc, argv))
        return probe_main();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stops_and_comes_back_with_the_new_size),
        cmocka_unit_test(waits_in_the_background_for_the_foreground),
        cmocka_unit_test(ends_while_stopped_without_touching_the_terminal),
        cmocka_unit_test(comes_back_from_a_stop_it_did_not_see),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
