/* randori check --alerts beside a desktop that works. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../terminal/home.h"
#include "../terminal/vt.h"
#include "desktop.h"

struct fixture {
    struct desktop desktop;
    struct home home;
    struct vt *vt;
};

static int
set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof *fixture);

    *state = fixture;
    home_make(&fixture->home);
    return desktop_open(&fixture->desktop) ? 0 : -1;
}

static int
tear_down(void **state)
{
    struct fixture *fixture = *state;

    vt_end(fixture->vt);
    desktop_close(&fixture->desktop);
    home_free(&fixture->home);
    free(fixture);
    return 0;
}

static void
start(struct fixture *fixture)
{
    const char *build = getenv("RANDORI_BUILD");
    char program[256];
    const char *const argv[] = {program, "check", "--alerts", NULL};
    struct vt_options options = {
        .rows = 24, .columns = 80, .argv = argv, .environment = fixture->home.environment};

    snprintf(program, sizeof program, "%s/randori", build ? build : "build/default");
    if (fixture->desktop.missing[0]) {
        print_message("# no desktop to test with: %s is missing\n", fixture->desktop.missing);
        skip();
    }
    fixture->vt = vt_start(&options);
    assert_non_null(fixture->vt);
}

static void
answer(struct fixture *fixture, const char *question)
{
    if (!vt_wait_text(fixture->vt, question))
        fail_msg("\"%s\" did not come; the screen:\n%s", question, vt_screen(fixture->vt));
    vt_send(fixture->vt, "y\n");
}

static bool
is_displayed(struct vt *vt, const void *user)
{
    (void)vt, (void)user;
    return desktop_displayed() == 1;
}

static bool
is_gone(struct vt *vt, const void *user)
{
    (void)vt, (void)user;
    return desktop_displayed() == 0;
}

/* It goes when it has been asked about. */
static void
a_popup_is_shown_while_it_is_asked_about(void **state)
{
    struct fixture *fixture = *state;

    start(fixture);
    assert_true(vt_wait(fixture->vt, is_displayed, NULL));
    assert_true(desktop_has_shown(&fixture->desktop, "CRITICAL|randori check|This is how"));
    answer(fixture, "Popup: sent, and the desktop took it.\n  Did you see it? [y/n]");
    assert_true(vt_wait(fixture->vt, is_gone, NULL));
    answer(fixture, "Did you hear it? [y/n]");
    answer(fixture, "Flash: the whole screen, for a quarter of a second.\n  Did you see it? [y/n]");
    assert_int_equal(vt_wait_exit(fixture->vt), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_popup_is_shown_while_it_is_asked_about, set_up,
                                        tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
