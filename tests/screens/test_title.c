/* The window's title in every phase. */
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
#include "screens/title.h"

enum { MINUTE = 60000, SECOND = 1000 };

static struct scene scene;

static void
expect(const char *title)
{
    char text[1200];
    delwin(play_draw(&scene, 80, 24)); /* so that plan and time are those of now */
    assert_string_equal(title_text(text, sizeof text, &scene.view), title);
}

static int
open_one(void **state)
{
    (void)state;
    static const char *const lines[] = {"break.every=1", "break.length=6m", "session.intro=2m",
                                        NULL};
    play_open(&scene, 9, lines);
    return 0;
}

static int
close_one(void **state)
{
    (void)state;
    play_close(&scene);
    return 0;
}

static void
every_phase_has_one(void **state)
{
    (void)state;
    expect("Coding dojo");
    scene_do(&scene, COMMAND_START);
    expect("Introduction, then Ada Lovelace · Coding dojo");
    scene_do(&scene, COMMAND_NEXT);
    expect("5 min Ada Lovelace → Grace Hopper · Coding dojo");
    scene_do(&scene, COMMAND_PAUSE);
    expect("PAUSED 5 min Ada Lovelace → Grace Hopper · Coding dojo");
    scene_do(&scene, COMMAND_RESUME);
    scene_do(&scene, COMMAND_NEXT);
    scene_wait(&scene, SECOND);
    expect("Break until 12:51, then Grace Hopper · Coding dojo");
    scene_wait(&scene, 6 * MINUTE);
    expect("HAND OVER to Grace Hopper · Coding dojo");
    scene_do(&scene, COMMAND_DEBRIEF);
    expect("Debrief until 14:00 · Coding dojo");
    scene_do(&scene, COMMAND_ROLES);
    expect("Coding dojo");
    scene.view.ascii = true;
    expect("Coding dojo");
}

static void
it_changes_once_a_minute(void **state)
{
    (void)state;
    char before[1200] = "", text[1200];
    int changes = 0;
    scene_do(&scene, COMMAND_START);
    scene_do(&scene, COMMAND_NEXT);
    for (int i = 0; i < 299; i++) {
        delwin(play_draw(&scene, 80, 24));
        if (strcmp(title_text(text, sizeof text, &scene.view), before) != 0)
            changes++;
        memcpy(before, text, sizeof before);
        scene_wait(&scene, SECOND);
    }
    assert_int_equal(changes, 5);
}

static void
ascii_has_an_arrow_of_its_own(void **state)
{
    (void)state;
    scene_do(&scene, COMMAND_START);
    scene_do(&scene, COMMAND_NEXT);
    scene.view.ascii = true;
    expect("5 min Ada Lovelace -> Grace Hopper | Coding dojo");
}

#define ONE(test) cmocka_unit_test_setup_teardown(test, open_one, close_one)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(every_phase_has_one),
        ONE(it_changes_once_a_minute),
        ONE(ascii_has_an_arrow_of_its_own),
    };
    return cmocka_run_group_tests(tests, canvas_start, canvas_stop);
}
