/* The screens that people's number and names change, for one, nine, thirty, two hundred, and for
 * names that no layout is made for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "canvas.h"
#include "play.h"

enum { MINUTE = 60000, SECOND = 1000 };

/* Wide characters, an emoji of several, stacked marks, from right to left, what a terminal obeys,
 * one letter, and more than any row has room for. */
static const char *const hostile[] = {
    "\u7530\u4e2d\u592a\u90ce",
    "\U0001F469\u200D\U0001F4BB Grace",
    "Z\u0351\u036B\u0343a\u0328\u0301lgo",
    "\u05E2\u05D3\u05D4 \u05DC\u05D1",
    "\033[31mred\033]2;title\007",
    "I",
    "Augusta Ada King, Countess of Lovelace, born Byron, who wrote the first program of all, and "
    "notes"
    "it",
    "A\u0308rger %s %n \\ \" ' < & >",
};

static struct scene scene;

/* An action item has the last one's name, a role the first one's. */
static void
follow_to_the_end(const char *crowd)
{
    const struct roster *roster = &scene.session.roster;
    char name[64], item[400];

    scene_do(&scene, COMMAND_DEBRIEF);
    play(&scene, "small steps<Enter>");
    snprintf(item, sizeof item, "@%s: book the room", roster->people[roster->count - 1].name);
    scene_command(&scene, &(struct command){.kind = COMMAND_NOTE, .by = BY_KEY, .text = item});
    snprintf(name, sizeof name, "crowd-%s-debrief", crowd);
    play_golden(&scene, name);
    scene_do(&scene, COMMAND_ROLES);
    snprintf(name, sizeof name, "crowd-%s-roles", crowd);
    play_golden(&scene, name);
    play(&scene, "<Enter>xx<Enter>");
    assert_int_equal(scene.session.phase, PHASE_CLOSED);
    snprintf(name, sizeof name, "crowd-%s-closing", crowd);
    play_golden(&scene, name);
}

/* Each screen in the order of an evening. */
static void
follow(const char *crowd)
{
    char name[64];

    snprintf(name, sizeof name, "crowd-%s-board", crowd);
    play_golden(&scene, name);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 12 * SECOND);
    snprintf(name, sizeof name, "crowd-%s-turn", crowd);
    play_golden(&scene, name);
    scene_wait(&scene, 5 * MINUTE - 9 * SECOND);
    snprintf(name, sizeof name, "crowd-%s-handover", crowd);
    play_golden(&scene, name);
    play(&scene, "v<Down>");
    snprintf(name, sizeof name, "crowd-%s-people", crowd);
    play_golden(&scene, name);
    play(&scene, "<Esc>");
    follow_to_the_end(crowd);
    play_close(&scene);
}

static void
one(void **state)
{
    (void)state;
    play_open(&scene, 1, NULL);
    follow("1");
}

static void
thirty(void **state)
{
    (void)state;
    play_open(&scene, 30, NULL);
    follow("30");
}

static void
two_hundred(void **state)
{
    (void)state;
    play_open(&scene, 200, NULL);
    follow("200");
}

static void
nine(void **state)
{
    (void)state;
    play_open(&scene, 9, NULL);
    follow("9");
}

static void
names_that_nobody_expects(void **state)
{
    (void)state;
    play_open_named(&scene, hostile, sizeof hostile / sizeof *hostile);
    follow("hostile");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one),
        cmocka_unit_test(nine),
        cmocka_unit_test(thirty),
        cmocka_unit_test(two_hundred),
        cmocka_unit_test(names_that_nobody_expects),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
