/*
 * Each theme as each kind of terminal shows it: what is told is there everywhere, and what is
 * coloured, reverse or plain is what the terminal can do.
 */
#include <stdio.h>
#include <string.h>

#include "dojo_room.h"
#include "expect.h"

enum { ROWS = 24, COLUMNS = 80 };

struct place {
    const char *text;
    int row, column;
};

/* Where a text of ASCII stands; fails when it is nowhere. */
static struct place
place_of(struct vt *vt, const char *text)
{
    for (int row = 0; row < ROWS; row++) {
        for (int column = 0; column + (int)strlen(text) <= COLUMNS; column++) {
            size_t same = 0;
            while (text[same] != '\0' && vt_cell(vt, row, column + (int)same).text[0] == text[same])
                same++;
            if (text[same] == '\0')
                return (struct place){text, row, column};
        }
    }
    expect_fail(vt, text);
    return (struct place){text, -1, -1};
}

/* A turn with a red light, as every terminal has to show it. */
static struct vt *
run_to_red(const struct room *room)
{
    struct vt *vt = room_run(room, "--turn 20m --duration 1h", "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of");
    expect_after(vt, "l", "The tests:");
    expect_after(vt, "r", "RED 0:0");
    expect_text(vt, "Grace Hopper");
    return vt;
}

static void
expect_look(struct vt *vt, bool painted, bool coloured)
{
    struct place red = place_of(vt, "RED 0:0");
    struct vt_cell cell = vt_cell(vt, red.row, red.column), blank = vt_cell(vt, 1, COLUMNS - 1);
    assert_int_equal(cell.is_coloured, coloured);
    assert_int_equal(blank.is_coloured, painted);
    if (!coloured)
        assert_true(cell.reverse);
}

static const struct theme_case {
    const char *name;
    bool painted, coloured;
} themes[] = {
    {"auto", false, true},    {"dark", true, true},   {"light", true, true},
    {"contrast", true, true}, {"mono", false, false},
};

static void
run_theme(const char *environment, const struct theme_case *theme, bool has_colours)
{
    struct room room;
    char settings[64];
    snprintf(settings, sizeof settings, "[display]\ntheme = %s\n", theme->name);
    room_open(&room, settings);
    home_add(&room.home, environment);
    struct vt *vt = run_to_red(&room);
    expect_look(vt, has_colours && theme->painted, has_colours && theme->coloured);
    room_quit(vt);
    room_close(&room);
}

static void
run_all_themes(const char *environment, bool has_colours)
{
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++)
        run_theme(environment, &themes[i], has_colours);
}

static void
on_xterm_with_256_colours(void **state)
{
    (void)state;
    run_all_themes("TERM=xterm-256color", true);
}

static void
on_screen_with_256_colours(void **state)
{
    (void)state;
    run_all_themes("TERM=screen-256color", true);
}

static void
on_the_console_with_8_colours(void **state)
{
    (void)state;
    run_all_themes("TERM=linux", true);
}

static void
on_a_vt100_without_colours(void **state)
{
    (void)state;
    run_all_themes("TERM=vt100", false);
}

static void
on_a_vt220_without_colours(void **state)
{
    (void)state;
    run_all_themes("TERM=vt220", false);
}

/* As xterm-16color has it, which not every machine knows. */
static const char sixteen[] = "with-16-colours|a terminal with 16 colours,\n"
                              "\tcolors#16, pairs#256,\n"
                              "\tsetab=\\E[%?%p1%{8}%<%t%p1%'('%+%e%p1%{92}%+%;%dm,\n"
                              "\tsetaf=\\E[%?%p1%{8}%<%t%p1%{30}%+%e%p1%'R'%+%;%dm,\n"
                              "\tuse=xterm,\n";

/* Describes it below the folder, for the environment's TERMINFO; false without tic(1). */
static bool
describe_sixteen(const char *folder, char variable[static 100])
{
    char command[300];
    snprintf(command, sizeof command, "tic -x -o %s/terminfo - 2>%s/tic.log", folder, folder);
    snprintf(variable, 100, "TERMINFO=%s/terminfo", folder);
    FILE *tic = popen(command, "w");
    if (tic == NULL)
        return false;
    fputs(sixteen, tic);
    return pclose(tic) == 0;
}

static void
on_a_terminal_with_16_colours(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
        struct room room;
        char settings[64], variable[100];
        snprintf(settings, sizeof settings, "[display]\ntheme = %s\n", themes[i].name);
        room_open(&room, settings);
        bool is_described = describe_sixteen(room.home.folder, variable);
        home_add(&room.home, variable);
        home_add(&room.home, "TERM=with-16-colours");
        if (is_described) {
            struct vt *vt = run_to_red(&room);
            expect_look(vt, themes[i].painted, themes[i].coloured);
            room_quit(vt);
        }
        room_close(&room);
        if (!is_described)
            skip();
    }
}

static void
with_no_color(void **state)
{
    (void)state;
    run_theme("NO_COLOR=1", &themes[2], false);
}

static void
without_a_cursor_there_are_plain_lines_in_every_theme(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
        struct room room;
        char settings[64];
        snprintf(settings, sizeof settings, "[display]\ntheme = %s\n", themes[i].name);
        room_open(&room, settings);
        home_add(&room.home, "TERM=dumb");
        struct vt *vt = room_run(&room, "", "the session runs in plain lines.");
        vt_send(vt, "quit\r");
        expect_exit(vt, 0);
        room_close(&room);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_xterm_with_256_colours),
        cmocka_unit_test(on_screen_with_256_colours),
        cmocka_unit_test(on_the_console_with_8_colours),
        cmocka_unit_test(on_a_vt100_without_colours),
        cmocka_unit_test(on_a_vt220_without_colours),
        cmocka_unit_test(on_a_terminal_with_16_colours),
        cmocka_unit_test(with_no_color),
        cmocka_unit_test(without_a_cursor_there_are_plain_lines_in_every_theme),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
