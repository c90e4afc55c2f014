/*
 * The terminal is put back whatever ends the program, and though it takes nothing or is gone.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "expect.h"
#include "home.h"
#include "probe.h"
#include "probe_run.h"

enum { FAST_TICKS = 100, END_MS = 2000, GAP_MS = 1000 };

/* F9 */
static void
restores_on_every_signal_that_ends(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP,  SIGQUIT, SIGSEGV, SIGBUS,
                                  SIGILL,  SIGFPE, SIGABRT, SIGTRAP, SIGSYS,  SIGALRM};
    const char *const environment[] = {VT_NO_HANDLERS, NULL};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct vt *vt = probe_start_with(24, 80, probe_argv(), environment);
        expect_text(vt, "probe 24x80");
        kill(vt_pid(vt), signals[i]);
        int status = vt_wait_exit(vt);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        expect_sane(vt);
        vt_end(vt);
    }
}

/* F9, F26 */
static void
restores_when_it_crashes(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        int signal;
    } crashes[] = {{"S", SIGSEGV}, {"A", SIGABRT}};
    const char *const environment[] = {VT_NO_HANDLERS, NULL};
    for (size_t i = 0; i < 2; i++) {
        struct vt *vt = probe_start_with(24, 80, probe_argv(), environment);
        expect_text(vt, "probe 24x80");
        vt_send(vt, "t");
        vt_send(vt, crashes[i].key);
        int status = vt_wait_exit(vt);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), crashes[i].signal);
        expect_sane(vt);
        vt_end(vt);
    }
}

/* A frame may have been cut inside a string, which with some terminals only CAN ends. */
static void
restores_in_the_middle_of_a_sequence(void **state)
{
    (void)state;
    const char *const environment[] = {VT_NO_HANDLERS, NULL};
    struct vt *vt = probe_start_with(24, 80, probe_argv(), environment);
    expect_text(vt, "probe 24x80");
    vt_write(vt, "\033]2;half a title");
    kill(vt_pid(vt), SIGSEGV);
    assert_true(WIFSIGNALED(vt_wait_exit(vt)));
    expect_sane(vt);
    assert_non_null(strstr(vt_tail(vt), "half a title\030\033"));
    vt_end(vt);
}

/* ncurses saves the cursor now and then while it is invisible, and leaving the other screen brings
 * back what was saved last, with some terminals also that. */
static void
shows_the_cursor_though_it_was_saved_invisible(void **state)
{
    (void)state;
    struct vt *vt = probe_start();
    vt_write(vt, "\0337");
    probe_quit(vt);
}

/* --- a terminal that takes nothing ----------------------------------------------------------- */

struct report {
    struct home home;
    char path[128], setting[160];
    const char *environment[3];
};

static void
report_open(struct report *report)
{
    home_make(&report->home);
    snprintf(report->path, sizeof report->path, "%s/report", report->home.folder);
    snprintf(report->setting, sizeof report->setting, "PROBE_REPORT=%s", report->path);
    report->environment[0] = report->setting;
    report->environment[1] = VT_NO_HANDLERS;
    report->environment[2] = NULL;
}

static long
report_read(const struct report *report, long *worst_ms)
{
    char line[80] = "";
    FILE *file = fopen(report->path, "r");
    if (file) {
        if (!fgets(line, sizeof line, file))
            line[0] = '\0';
        fclose(file);
    }
    *worst_ms = probe_number(line, "worst ");
    return probe_number(line, "ticks ");
}

/* Nothing on the screen can tell: looks at the report again and again. */
static long
wait_for_ticks(struct vt *vt, const struct report *report, long ticks, long *worst_ms)
{
    int64_t until = expect_now_ms() + VT_PATIENCE_MS;
    long seen;
    while ((seen = report_read(report, worst_ms)) < ticks && expect_now_ms() < until)
        vt_watch(vt, 5);
    assert_true(seen >= ticks);
    return seen;
}

static struct vt *
start_choked(const struct report *report, long *ticks)
{
    long worst_ms;
    struct vt *vt = probe_start_with(200, 500, probe_argv(), report->environment);
    expect_text(vt, "probe 200x500");
    vt_send(vt, "fT");
    *ticks = wait_for_ticks(vt, report, 3, &worst_ms);
    vt_choke(vt, true);
    *ticks = wait_for_ticks(vt, report, *ticks + FAST_TICKS, &worst_ms);
    return vt;
}

static void
is_never_held_up_by_a_choked_terminal(void **state)
{
    (void)state;
    struct report report;
    long ticks, worst_ms;
    report_open(&report);
    struct vt *vt = start_choked(&report, &ticks);
    vt_choke(vt, false);
    assert_true(vt_wait(vt, probe_has_ticked, &ticks));
    report_read(&report, &worst_ms);
    print_message("# choked: worst gap %ld ms\n", worst_ms);
    assert_true(worst_ms < GAP_MS);
    probe_quit(vt);
    home_free(&report.home);
}

/* F10 */
static void
ends_on_a_choked_terminal_and_leaves_it_sane(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP, SIGSEGV};
    for (size_t i = 0; i < 3; i++) {
        struct report report;
        long ticks;
        report_open(&report);
        struct vt *vt = start_choked(&report, &ticks);
        vt_fill(vt);
        int64_t began = expect_now_ms();
        kill(vt_pid(vt), signals[i]);
        int status = vt_wait_exit(vt);
        assert_true(expect_now_ms() - began < END_MS);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        assert_true(vt_is_cooked(vt));
        vt_choke(vt, false);
        expect_sane(vt);
        vt_end(vt);
        home_free(&report.home);
    }
}

static void
leaves_when_the_terminal_is_gone(void **state)
{
    (void)state;
    struct vt_options options = {.rows = 24, .columns = 80, .argv = probe_argv()};
    for (int ignores = 0; ignores <= 1; ignores++) {
        options.ignores_hangup = ignores;
        struct vt *vt = vt_start(&options);
        expect_text(vt, "probe 24x80");
        vt_hang_up(vt);
        int status = vt_wait_exit(vt);
        if (ignores)
            assert_int_equal(status, 0);
        else
            assert_int_equal(WTERMSIG(status), SIGHUP);
        vt_end(vt);
    }
}

/* F8: as under sudo's use_pty: the signal goes to somebody else, only the terminal tells. */
static void
leaves_when_only_its_parent_hears_of_it(void **state)
{
    (void)state;
    const char *const argv[] = {"/bin/sh", "-c", "trap : HUP; \"$0\" probe; exit $((20 + $?))",
                                probe_program(), NULL};
    struct vt *vt = probe_start_with(24, 80, argv, NULL);
    expect_text(vt, "probe 24x80");
    vt_send(vt, "T");
    expect_text(vt, "key 54 ");
    vt_hang_up(vt);
    int status = vt_wait_exit(vt);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 20);
    vt_end(vt);
}

int
main(int argc, char **argv)
{
    if (probe_is_wanted(argc, argv))
        return probe_main();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(restores_on_every_signal_that_ends),
        cmocka_unit_test(restores_when_it_crashes),
        cmocka_unit_test(restores_in_the_middle_of_a_sequence),
        cmocka_unit_test(shows_the_cursor_though_it_was_saved_invisible),
        cmocka_unit_test(is_never_held_up_by_a_choked_terminal),
        cmocka_unit_test(ends_on_a_choked_terminal_and_leaves_it_sane),
        cmocka_unit_test(leaves_when_the_terminal_is_gone),
        cmocka_unit_test(leaves_when_only_its_parent_hears_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
