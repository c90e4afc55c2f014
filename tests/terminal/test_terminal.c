/*
 * The terminal service as its user meets it: probe.c on a pseudo-terminal.
 */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "expect.h"
#include "probe.h"
#include "probe_run.h"

enum { BYTES_A_TICK = 60, FAST_TICKS = 100, PASTE_MS = 1500 };

static void
draws_on_its_own_screen_and_puts_the_old_one_back(void **state)
{
    (void)state;
    struct vt *vt = probe_start();
    assert_true(vt_is_alternate(vt));
    assert_false(vt_has_cursor(vt));
    assert_false(vt_is_cooked(vt));
    probe_quit(vt);
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
        {"\033b", "key alt 62 "},
        {"\033\xc3\xa9", "key alt e9 "},
        {"\033\177", "key alt "},
        {"x\033\033", "key 1b "},
    };
    struct vt *vt = probe_start();
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        vt_send(vt, keys[i].typed);
        expect_text(vt, keys[i].seen);
    }
    probe_quit(vt);
}

/* Whatever a terminal sends that is no key: none of its bytes is one. */
static void
passes_over_what_is_no_key(void **state)
{
    (void)state;
    static const char *const sequences[] = {
        "\033[1;5u",                         /* Ctrl and a letter, as some terminals tell it */
        "\033[27;5;113~",                    /* the same, as others do */
        "\033O5q",                           /* SS3 with a parameter */
        "\033[>41;354;0q",                   /* answers: which terminal */
        "\033]11;rgb:ffff/ffff/ffffq\007",   /* its background */
        "\033]11;rgb:ffff/ffff/ffffq\033\\", /* ended the other way */
        "\033P>|qterm(1)\033\\",
        "\033[", /* cut off */
        "\033]",
    };
    struct vt *vt = probe_start();
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
        vt_send(vt, "y"); /* else one would not see that it becomes x anew */
        expect_text(vt, "key 79 ");
        vt_send(vt, sequences[i]);
        vt_watch(vt, 50);
        if (!vt_has(vt, "key 79 ")) /* or, were a q a key, it is gone */
            expect_fail(vt, sequences[i] + 1);
        expect_pressing(vt, "x", "key 78 ");
    }
    vt_send(vt, "\033[\033OA"); /* what cannot be part of it is a key again */
    expect_text(vt, "function 103 ");
    vt_send(vt, "\033[1\rx");
    expect_text(vt, "key 78 ");
    probe_quit(vt);
}

/* The last bytes of a character may come much later than the first. */
static void
puts_a_character_together_from_parts(void **state)
{
    (void)state;
    struct vt *vt = probe_start();
    vt_send(vt, "x\xe6");
    expect_text(vt, "key 78 ");
    vt_send(vt, "\x9d");
    vt_watch(vt, 50);
    vt_send(vt, "\x8e");
    expect_text(vt, "key 674e ");
    probe_quit(vt);
}

static void
tells_what_is_pasted(void **state)
{
    (void)state;
    struct vt *vt = probe_start();
    assert_true(vt_marks_paste(vt));
    vt_send(vt, "\033[200~");
    expect_text(vt, "key pasted function 0 ");
    vt_send(vt, "q\033OA\xc3");
    expect_text(vt, "key pasted function 103 ");
    vt_send(vt, "\xa9");
    expect_text(vt, "key pasted e9 ");
    vt_send(vt, "\033b"); /* Esc is one of its characters, and no Alt */
    expect_text(vt, "key pasted 62 ");
    vt_send(vt, "q\033[201~x");
    expect_text(vt, "key 78 ");
    vt_send(vt, "\033[201~y");
    expect_text(vt, "key 79 ");
    probe_quit(vt);
}

/* The end of it may never come. */
static void
lets_no_paste_keep_the_keyboard(void **state)
{
    (void)state;
    struct vt *vt = probe_start();
    vt_send(vt, "\033[200~");
    expect_text(vt, "key pasted function 0 ");
    vt_watch(vt, 100);
    vt_send(vt, "q");
    expect_text(vt, "key pasted 71 ");
    vt_watch(vt, PASTE_MS);
    expect_pressing(vt, "x", "key 78 ");
    probe_quit(vt);
}

static void
marks_pastes_only_where_that_is_known(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        bool marks;
    } types[] = {
        {"TERM=vt100", false}, {"TERM=ansi", false}, {"TERM=xterm", true}, {"TERM=screen", true}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const char *const environment[] = {types[i].type, NULL};
        struct vt *vt = probe_start_with(24, 80, probe_argv(), environment);
        expect_text(vt, "probe 24x80");
        assert_int_equal(vt_marks_paste(vt), types[i].marks);
        probe_quit(vt);
    }
}

static void
follows_every_size(void **state)
{
    (void)state;
    static const int sizes[][2] = {{1, 1},     {60, 200}, {3, 40}, {1, 80},
                                   {500, 500}, {2, 5},    {24, 80}};
    struct vt *vt = probe_start();
    vt_send(vt, "f");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char text[40];
        int columns = sizes[i][1];
        snprintf(text, sizeof text, "probe %dx%d", sizes[i][0], columns);
        if (columns < (int)strlen(text))
            text[columns] = '\0';
        vt_resize(vt, sizes[i][0], columns);
        expect_text(vt, text);
    }
    probe_quit(vt);
}

static void
takes_a_terminal_without_size_for_24x80(void **state)
{
    (void)state;
    const char *const environment[] = {"LINES=2000000000", "COLUMNS=7", NULL};
    struct vt *vt = probe_start_with(0, 0, probe_argv(), environment);
    expect_text(vt, "probe 24x80");
    probe_quit(vt);
}

static void
asks_for_colour_and_locale(void **state)
{
    (void)state;
    const char *const plain[] = {"NO_COLOR=1", "LC_ALL=C", NULL};
    const char *const rich[] = {"NO_COLOR", "LC_ALL=C.UTF-8", NULL};
    struct vt *vt = probe_start_with(24, 80, probe_argv(), plain);
    expect_text(vt, "colours 0 ascii 1");
    probe_quit(vt);
    vt = probe_start_with(24, 80, probe_argv(), rich);
    expect_text(vt, "colours 1 ascii 0");
    probe_quit(vt);
}

/* F21 */
static void
works_on_other_terminals(void **state)
{
    (void)state;
    static const char *const types[] = {"TERM=vt100", "TERM=linux", "TERM=screen", "TERM=ansi",
                                        "TERM=xterm"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const char *const environment[] = {types[i], NULL};
        struct vt *vt = probe_start_with(24, 80, probe_argv(), environment);
        expect_text(vt, "probe 24x80");
        probe_quit(vt);
    }
}

static void
refuses_what_is_no_terminal(void **state)
{
    (void)state;
    const char *const from_null[] = {"/bin/sh", "-c", "exec \"$0\" probe </dev/null",
                                     probe_program(), NULL};
    const char *const to_null[] = {"/bin/sh", "-c", "exec \"$0\" probe >/dev/null", probe_program(),
                                   NULL};
    const char *const *const itself = probe_argv();
    const struct {
        const char *const *argv;
        const char *environment;
        int status;
    } cases[] = {
        {from_null, "TERM=xterm", 11}, {to_null, "TERM=xterm", 11},  {itself, "TERM", 12},
        {itself, "TERM=", 12},         {itself, "TERM=no-such", 12}, {itself, "TERM=dumb", 13},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const environment[] = {cases[i].environment, NULL};
        struct vt *vt = probe_start_with(24, 80, cases[i].argv, environment);
        int status = vt_wait_exit(vt);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), cases[i].status);
        expect_sane(vt);
        assert_int_equal(vt_bytes(vt), 0);
        vt_end(vt);
    }
}

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
    struct vt *vt = probe_start();
    vt_send(vt, "b");
    assert_true(vt_wait(vt, has_bell, NULL));
    vt_send(vt, "t");
    assert_true(vt_wait(vt, has_title, "turn of Ada\xef\xbf\xbd Lovelace"));
    probe_quit(vt);
}

static void
sends_few_bytes_a_tick(void **state)
{
    (void)state;
    struct vt *vt = probe_start();
    long first = 5, last = first + FAST_TICKS;
    vt_send(vt, "T");
    assert_true(vt_wait(vt, probe_has_ticked, &first));
    int64_t before = vt_bytes(vt);
    assert_true(vt_wait(vt, probe_has_ticked, &last));
    assert_true(vt_bytes(vt) - before <= BYTES_A_TICK * FAST_TICKS);
    probe_quit(vt);
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
            switches = probe_number(line, "switches:");
    fclose(file);
    return switches;
}

/* It may still be on its way into poll(2) when it is first looked at. */
static void
sleeps_while_nothing_happens(void **state)
{
    (void)state;
    struct vt *vt = probe_start();
    vt_send(vt, "TN");
    expect_text(vt, "key 4e ");
    int64_t bytes, until = expect_now_ms() + VT_PATIENCE_MS;
    long before;
    do {
        before = switches_of(vt_pid(vt));
        bytes = vt_bytes(vt);
        vt_watch(vt, 200);
    } while (switches_of(vt_pid(vt)) != before && expect_now_ms() < until);
    assert_int_equal(switches_of(vt_pid(vt)), before);
    assert_int_equal(vt_bytes(vt), bytes);
    probe_quit(vt);
}

int
main(int argc, char **argv)
{
    if (probe_is_wanted(argc, argv))
        return probe_main();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_on_its_own_screen_and_puts_the_old_one_back),
        cmocka_unit_test(reads_characters_and_function_keys),
        cmocka_unit_test(passes_over_what_is_no_key),
        cmocka_unit_test(puts_a_character_together_from_parts),
        cmocka_unit_test(tells_what_is_pasted),
        cmocka_unit_test(lets_no_paste_keep_the_keyboard),
        cmocka_unit_test(marks_pastes_only_where_that_is_known),
        cmocka_unit_test(follows_every_size),
        cmocka_unit_test(takes_a_terminal_without_size_for_24x80),
        cmocka_unit_test(asks_for_colour_and_locale),
        cmocka_unit_test(works_on_other_terminals),
        cmocka_unit_test(refuses_what_is_no_terminal),
        cmocka_unit_test(rings_and_sets_a_clean_title),
        cmocka_unit_test(sends_few_bytes_a_tick),
        cmocka_unit_test(sleeps_while_nothing_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
