/*
 * The terminal service as its user meets it: probe.c on a pseudo-terminal.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "probe.h"
#include "vt.h"

enum { BYTES_A_TICK = 60, FAST_TICKS = 100, END_MS = 2000, GAP_MS = 1000 };

/* Sanitizers would take the fatal signals for themselves. */
#define NO_HANDLERS "ASAN_OPTIONS=handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0"

static char program[4096]; /* this one; "/proc/self/exe" would be the shell's in a shell */
static const char *const probe[] = {program, "probe", NULL};

static struct vt *
start_with(int rows, int columns, const char *const *argv, const char *const *environment)
{
    struct vt_options options = {
        .rows = rows, .columns = columns, .argv = argv, .environment = environment};
    struct vt *vt = vt_start(&options);
    assert_non_null(vt);
    return vt;
}

static void
assert_shows(struct vt *vt, const char *text)
{
    if (!vt_wait_text(vt, text))
        fail_msg("\"%s\" did not come; the screen:\n%s", text, vt_screen(vt));
}

static struct vt *
start(void)
{
    struct vt *vt = start_with(24, 80, probe, NULL);
    assert_shows(vt, "probe 24x80");
    return vt;
}

static void
assert_quits(struct vt *vt)
{
    vt_send(vt, "q");
    assert_int_equal(vt_wait_exit(vt), 0);
    assert_true(vt_is_sane(vt));
    vt_end(vt);
}

static int64_t
now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * INT64_C(1000) + at.tv_nsec / 1000000;
}

static void
draws_on_its_own_screen_and_puts_the_old_one_back(void **state)
{
    (void)state;
    struct vt *vt = start();
    assert_true(vt_is_alternate(vt));
    assert_false(vt_has_cursor(vt));
    assert_false(vt_is_cooked(vt));
    assert_quits(vt);
}

static void
reads_characters_and_function_keys(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *seen;
    } keys[] = {
        {"x", "key 78 "},
        {"\r", "key a "},
        {"\003", "key 3 "},
        {"\023", "key 13 "},
        {"\xc3\xa9", "key e9 "},
        {"\xe6\x9d\x8e", "key 674e "},
        {"\xff\xc3z", "key 7a "},
        {"\033OA", "function 103 "},
        {"\033[3~", "function 14a "},
        {"\177", "function 107 "},
        {"\033", "key 1b "},
    };
    struct vt *vt = start();
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        vt_send(vt, keys[i].typed);
        assert_shows(vt, keys[i].seen);
    }
    assert_quits(vt);
}

/* The last bytes of a character may come much later than the first. */
static void
puts_a_character_together_from_parts(void **state)
{
    (void)state;
    struct vt *vt = start();
    vt_send(vt, "x\xe6");
    assert_shows(vt, "key 78 ");
    vt_send(vt, "\x9d");
    vt_watch(vt, 50);
    vt_send(vt, "\x8e");
    assert_shows(vt, "key 674e ");
    assert_quits(vt);
}

static void
follows_every_size(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1},     {60, 200}, {3, 40}, {1, 80},
                                   {500, 500}, {2, 5},    {24, 80}};
    struct vt *vt = start();
    vt_send(vt, "f");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char text[40];
        int columns = sizes[i][1];
        snprintf(text, sizeof text, "probe %dx%d", sizes[i][0], columns);
        if (columns < (int)strlen(text))
            text[columns] = '\0';
        vt_resize(vt, sizes[i][0], columns);
        assert_shows(vt, text);
    }
    assert_quits(vt);
}

static void
takes_a_terminal_without_size_for_24x80(void **state)
{
    (void)state;
    const char *const environment[] = {"LINES=2000000000", "COLUMNS=7", NULL};
    struct vt *vt = start_with(0, 0, probe, environment);
    assert_shows(vt, "probe 24x80");
    assert_quits(vt);
}

static void
asks_for_colour_and_locale(void **state)
{
    (void)state;
    const char *const plain[] = {"NO_COLOR=1", "LC_ALL=C", NULL};
    const char *const rich[] = {"NO_COLOR", "LC_ALL=C.UTF-8", NULL};
    struct vt *vt = start_with(24, 80, probe, plain);
    assert_shows(vt, "colours 0 ascii 1");
    assert_quits(vt);
    vt = start_with(24, 80, probe, rich);
    assert_shows(vt, "colours 1 ascii 0");
    assert_quits(vt);
}

static void
works_on_other_terminals(void **state)
{
    (void)state;
    static const char *const types[] = {"TERM=vt100", "TERM=linux", "TERM=screen", "TERM=ansi",
                                        "TERM=xterm"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const char *const environment[] = {types[i], NULL};
        struct vt *vt = start_with(24, 80, probe, environment);
        assert_shows(vt, "probe 24x80");
        assert_quits(vt);
    }
}

static void
refuses_what_is_no_terminal(void **state)
{
    (void)state;
    static const char *const from_null[] = {"/bin/sh", "-c", "exec \"$0\" probe </dev/null",
                                            program, NULL};
    static const char *const to_null[] = {"/bin/sh", "-c", "exec \"$0\" probe >/dev/null", program,
                                          NULL};
    static const struct {
        const char *const *argv;
        const char *environment;
        int status;
    } cases[] = {
        {from_null, "TERM=xterm", 11}, {to_null, "TERM=xterm", 11},     {probe, "TERM", 12},
        {probe, "TERM=", 12},          {probe, "TERM=no-such-one", 12}, {probe, "TERM=dumb", 13},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const environment[] = {cases[i].environment, NULL};
        struct vt *vt = start_with(24, 80, cases[i].argv, environment);
        int status = vt_wait_exit(vt);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), cases[i].status);
        assert_true(vt_is_sane(vt));
        assert_int_equal(vt_bytes(vt), 0);
        vt_end(vt);
    }
}

static void
restores_on_every_signal_that_ends(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP,  SIGQUIT, SIGSEGV, SIGBUS,
                                  SIGILL,  SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
    const char *const environment[] = {NO_HANDLERS, NULL};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct vt *vt = start_with(24, 80, probe, environment);
        assert_shows(vt, "probe 24x80");
        kill(vt_pid(vt), signals[i]);
        int status = vt_wait_exit(vt);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        assert_true(vt_is_sane(vt));
        vt_end(vt);
    }
}

static void
restores_when_it_crashes(void **state)
{
    (void)state;
    static const struct {
        const char *key;
        int signal;
    } crashes[] = {{"S", SIGSEGV}, {"A", SIGABRT}};
    const char *const environment[] = {NO_HANDLERS, NULL};
    for (size_t i = 0; i < 2; i++) {
        struct vt *vt = start_with(24, 80, probe, environment);
        assert_shows(vt, "probe 24x80");
        vt_send(vt, "t");
        vt_send(vt, crashes[i].key);
        int status = vt_wait_exit(vt);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), crashes[i].signal);
        assert_true(vt_is_sane(vt));
        vt_end(vt);
    }
}

/* A frame may have been cut inside a string, which with some terminals only CAN ends. */
static void
restores_in_the_middle_of_a_sequence(void **state)
{
    (void)state;
    const char *const environment[] = {NO_HANDLERS, NULL};
    struct vt *vt = start_with(24, 80, probe, environment);
    assert_shows(vt, "probe 24x80");
    vt_write(vt, "\033]2;half a title");
    kill(vt_pid(vt), SIGSEGV);
    assert_true(WIFSIGNALED(vt_wait_exit(vt)));
    assert_true(vt_is_sane(vt));
    assert_non_null(strstr(vt_tail(vt), "half a title\030\033"));
    vt_end(vt);
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
    report->environment[1] = NO_HANDLERS;
    report->environment[2] = NULL;
}

/* The number behind a word; -1 when the word is not there. */
static long
number_after(const char *text, const char *word)
{
    const char *found = strstr(text, word);
    return found ? strtol(found + strlen(word), NULL, 10) : -1;
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
    *worst_ms = number_after(line, "worst ");
    return number_after(line, "ticks ");
}

/* Nothing on the screen can tell: looks at the report again and again. */
static long
wait_for_ticks(struct vt *vt, const struct report *report, long ticks, long *worst_ms)
{
    int64_t until = now_ms() + VT_PATIENCE_MS;
    long seen;
    while ((seen = report_read(report, worst_ms)) < ticks && now_ms() < until)
        vt_watch(vt, 5);
    assert_true(seen >= ticks);
    return seen;
}

static struct vt *
start_choked(const struct report *report, long *ticks)
{
    long worst_ms;
    struct vt *vt = start_with(200, 500, probe, report->environment);
    assert_shows(vt, "probe 200x500");
    vt_send(vt, "fT");
    *ticks = wait_for_ticks(vt, report, 3, &worst_ms);
    vt_choke(vt, true);
    *ticks = wait_for_ticks(vt, report, *ticks + FAST_TICKS, &worst_ms);
    return vt;
}

static bool
shows_tick(struct vt *vt, const void *user)
{
    return number_after(vt_screen(vt), "ticks ") >= *(const long *)user;
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
    assert_true(vt_wait(vt, shows_tick, &ticks));
    report_read(&report, &worst_ms);
    print_message("# choked: worst gap %ld ms\n", worst_ms);
    assert_true(worst_ms < GAP_MS);
    assert_quits(vt);
    home_free(&report.home);
}

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
        int64_t began = now_ms();
        kill(vt_pid(vt), signals[i]);
        int status = vt_wait_exit(vt);
        assert_true(now_ms() - began < END_MS);
        assert_true(WIFSIGNALED(status));
        assert_int_equal(WTERMSIG(status), signals[i]);
        assert_true(vt_is_cooked(vt));
        vt_choke(vt, false);
        assert_true(vt_is_sane(vt));
        vt_end(vt);
        home_free(&report.home);
    }
}

/* --- a terminal that goes away --------------------------------------------------------------- */

static void
leaves_when_the_terminal_is_gone(void **state)
{
    (void)state;
    struct vt_options options = {.rows = 24, .columns = 80, .argv = probe};
    for (int ignores = 0; ignores <= 1; ignores++) {
        options.ignores_hangup = ignores;
        struct vt *vt = vt_start(&options);
        assert_shows(vt, "probe 24x80");
        vt_hang_up(vt);
        int status = vt_wait_exit(vt);
        if (ignores)
            assert_int_equal(status, 0);
        else
            assert_int_equal(WTERMSIG(status), SIGHUP);
        vt_end(vt);
    }
}

/* As under sudo's use_pty: the signal goes to somebody else, only the terminal tells. */
static void
leaves_when_only_its_parent_hears_of_it(void **state)
{
    (void)state;
    static const char *const argv[] = {
        "/bin/sh", "-c", "trap : HUP; \"$0\" probe; exit $((20 + $?))", program, NULL};
    struct vt *vt = start_with(24, 80, argv, NULL);
    assert_shows(vt, "probe 24x80");
    vt_send(vt, "T");
    assert_shows(vt, "key 54 ");
    vt_hang_up(vt);
    int status = vt_wait_exit(vt);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 20);
    vt_end(vt);
}

/* --- a shell with jobs ----------------------------------------------------------------------- */

static struct vt *
start_in_shell(void)
{
    static const char *const argv[] = {"/bin/sh", "-i", NULL};
    static const char *const environment[] = {"PS1=prompt> ", "ENV", NULL};
    char line[sizeof program + 20];
    struct vt *vt = start_with(24, 80, argv, environment);
    assert_shows(vt, "prompt>");
    snprintf(line, sizeof line, "clear; %s probe\n", program);
    vt_send(vt, line);
    assert_shows(vt, "probe 24x80");
    return vt;
}

static bool
is_back_in_shell(struct vt *vt, const void *user)
{
    (void)user;
    return vt_is_sane(vt) && vt_has(vt, "prompt>") && !vt_has(vt, "probe 2");
}

static void
assert_leaves_shell(struct vt *vt)
{
    vt_send(vt, "exit\n");
    assert_true(WIFEXITED(vt_wait_exit(vt)));
    vt_end(vt);
}

static void
stops_and_comes_back_with_the_new_size(void **state)
{
    (void)state;
    struct vt *vt = start_in_shell();
    for (int rows = 25; rows < 28; rows++) {
        char text[20];
        vt_send(vt, "\032");
        assert_true(vt_wait(vt, is_back_in_shell, NULL));
        vt_resize(vt, rows, 90);
        vt_send(vt, "fg\n");
        snprintf(text, sizeof text, "probe %dx90", rows);
        assert_shows(vt, text);
        assert_true(vt_is_alternate(vt));
        assert_false(vt_is_cooked(vt));
    }
    vt_send(vt, "q");
    assert_true(vt_wait(vt, is_back_in_shell, NULL));
    assert_leaves_shell(vt);
}

static void
waits_in_the_background_for_the_foreground(void **state)
{
    (void)state;
    struct vt *vt = start_in_shell();
    vt_send(vt, "\032");
    assert_true(vt_wait(vt, is_back_in_shell, NULL));
    vt_send(vt, "bg; clear; echo typed in the 'shell'\n");
    assert_shows(vt, "typed in the shell");
    assert_true(vt_is_sane(vt));
    vt_send(vt, "fg\n");
    assert_shows(vt, "probe 24x80");
    vt_send(vt, "q");
    assert_true(vt_wait(vt, is_back_in_shell, NULL));
    assert_leaves_shell(vt);
}

static void
ends_while_stopped_without_touching_the_terminal(void **state)
{
    (void)state;
    struct vt *vt = start_in_shell();
    vt_send(vt, "\032");
    assert_true(vt_wait(vt, is_back_in_shell, NULL));
    vt_send(vt, "kill -TERM %1; kill -CONT %1\n");
    /* 148: it is still stopped */
    vt_send(vt, "s=148; while [ $s = 148 ]; do wait %1; s=$?; done; echo status=$s\n");
    assert_shows(vt, "status=143");
    assert_true(vt_is_sane(vt));
    assert_leaves_shell(vt);
}

static bool
shell_has_terminal(struct vt *vt, const void *user)
{
    (void)user;
    return tcgetpgrp(vt_fd(vt)) == vt_pid(vt);
}

static bool
job_has_terminal(struct vt *vt, const void *user)
{
    return !shell_has_terminal(vt, user);
}

/* Stopped by somebody else: the shell has set its own modes meanwhile. */
static void
comes_back_from_a_stop_it_did_not_see(void **state)
{
    (void)state;
    struct vt *vt = start_in_shell();
    vt_send(vt, "x");
    assert_shows(vt, "key 78 ");
    pid_t group = tcgetpgrp(vt_fd(vt));
    kill(-group, SIGSTOP);
    assert_true(vt_wait(vt, shell_has_terminal, NULL));
    vt_send(vt, "fg\n");
    assert_true(vt_wait(vt, job_has_terminal, NULL));
    vt_send(vt, "y");
    assert_shows(vt, "key 79 ");
    vt_send(vt, "q");
    assert_true(vt_wait(vt, is_back_in_shell, NULL));
    assert_leaves_shell(vt);
}

/* --- the rest -------------------------------------------------------------------------------- */

static bool
has_bell(struct vt *vt, const void *user)
{
    (void)user;
    return vt_bells(vt) == 1;
}

static bool
has_title(struct vt *vt, const void *user)
{
    return strcmp(vt_title(vt), user) == 0;
}

static void
rings_and_sets_a_clean_title(void **state)
{
    (void)state;
    struct vt *vt = start();
    vt_send(vt, "b");
    assert_true(vt_wait(vt, has_bell, NULL));
    vt_send(vt, "t");
    assert_true(vt_wait(vt, has_title, "turn of Ada\xef\xbf\xbd Lovelace"));
    assert_quits(vt);
}

static void
sends_few_bytes_a_tick(void **state)
{
    (void)state;
    struct vt *vt = start();
    long first = 5, last = first + FAST_TICKS;
    vt_send(vt, "T");
    assert_true(vt_wait(vt, shows_tick, &first));
    int64_t before = vt_bytes(vt);
    assert_true(vt_wait(vt, shows_tick, &last));
    assert_true(vt_bytes(vt) - before <= BYTES_A_TICK * FAST_TICKS);
    assert_quits(vt);
}

static long
switches_of(pid_t pid)
{
    char line[128];
    long switches = 0;
    snprintf(line, sizeof line, "/proc/%d/status", (int)pid);
    FILE *file = fopen(line, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        if (strncmp(line, "voluntary_ctxt", 14) == 0)
            switches = number_after(line, "switches:");
    fclose(file);
    return switches;
}

/* It may still be on its way into poll(2) when it is first looked at. */
static void
sleeps_while_nothing_happens(void **state)
{
    (void)state;
    struct vt *vt = start();
    vt_send(vt, "TN");
    assert_shows(vt, "key 4e ");
    int64_t bytes, until = now_ms() + VT_PATIENCE_MS;
    long before;
    do {
        before = switches_of(vt_pid(vt));
        bytes = vt_bytes(vt);
        vt_watch(vt, 200);
    } while (switches_of(vt_pid(vt)) != before && now_ms() < until);
    assert_int_equal(switches_of(vt_pid(vt)), before);
    assert_int_equal(vt_bytes(vt), bytes);
    assert_quits(vt);
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "probe") == 0)
        return probe_main();
    if (readlink("/proc/self/exe", program, sizeof program - 1) < 0)
        return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_on_its_own_screen_and_puts_the_old_one_back),
        cmocka_unit_test(reads_characters_and_function_keys),
        cmocka_unit_test(puts_a_character_together_from_parts),
        cmocka_unit_test(follows_every_size),
        cmocka_unit_test(takes_a_terminal_without_size_for_24x80),
        cmocka_unit_test(asks_for_colour_and_locale),
        cmocka_unit_test(works_on_other_terminals),
        cmocka_unit_test(refuses_what_is_no_terminal),
        cmocka_unit_test(restores_on_every_signal_that_ends),
        cmocka_unit_test(restores_when_it_crashes),
        cmocka_unit_test(restores_in_the_middle_of_a_sequence),
        cmocka_unit_test(is_never_held_up_by_a_choked_terminal),
        cmocka_unit_test(ends_on_a_choked_terminal_and_leaves_it_sane),
        cmocka_unit_test(leaves_when_the_terminal_is_gone),
        cmocka_unit_test(leaves_when_only_its_parent_hears_of_it),
        cmocka_unit_test(stops_and_comes_back_with_the_new_size),
        cmocka_unit_test(waits_in_the_background_for_the_foreground),
        cmocka_unit_test(ends_while_stopped_without_touching_the_terminal),
        cmocka_unit_test(comes_back_from_a_stop_it_did_not_see),
        cmocka_unit_test(rings_and_sets_a_clean_title),
        cmocka_unit_test(sends_few_bytes_a_tick),
        cmocka_unit_test(sleeps_while_nothing_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
