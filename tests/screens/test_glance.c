/* The session in one line: the usual one in each phase, and every placeholder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scene.h"
#include "screens/glance.h"
#include "storage/file.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND };

static struct scene scene;
static char line[GLANCE_SIZE];

static int
open_scene(void **state)
{
    (void)state;
    scene_open(&scene, 3, NULL);
    return 0;
}

static int
close_scene(void **state)
{
    (void)state;
    scene_close(&scene);
    return 0;
}

static void
expect(const char *format, const char *expected)
{
    plan_free(&scene.plan);
    plan_compute(&scene.session, scene.now, &scene.plan);
    scene.view.now = scene.now;
    assert_string_equal(glance_line(line, &scene.view, format), expected);
}

static void
each_phase_has_its_usual_line(void **state)
{
    (void)state;
    expect(NULL, "waiting to start · 3 here · debrief 13:50");
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 90 * SECOND + 1);
    expect(NULL, "▶ 3:30 Ada Lovelace → Grace Hopper · 1/12 · debrief 13:50");
    scene_do(&scene, COMMAND_PAUSE);
    scene_wait(&scene, MINUTE);
    expect(NULL, "PAUSED · 3:30 Ada Lovelace → Grace Hopper · 1/12 · debrief 13:50");
    scene_do(&scene, COMMAND_RESUME);
    scene_do(&scene, COMMAND_NEXT);
    expect(NULL, "HAND OVER 0:10 → Grace Hopper · 1/13 · debrief 13:50");
    scene_do(&scene, COMMAND_HOLD);
    scene_wait(&scene, 17 * SECOND);
    expect("%t|%d|%n", "+0:17||Grace Hopper");
    scene_do(&scene, COMMAND_DEBRIEF);
    scene_wait(&scene, MINUTE);
    expect(NULL, "DEBRIEF 71:13 · end 14:00");
    scene_do(&scene, COMMAND_ROLES);
    expect(NULL, "ROLES for next time · end 14:00");
    for (int i = 0; i < scene.session.roles_count; i++) {
        const struct command vacant = {.kind = COMMAND_VACATE_ROLE,
                                       .role = scene.session.roles[i].name};
        scene_command(&scene, &vacant);
    }
    scene_do(&scene, COMMAND_CLOSE);
    expect(NULL, "session over");
}

static void
after_the_last_turn_comes_the_debrief(void **state)
{
    struct command stop = {.kind = COMMAND_STOP_AT};

    (void)state;
    scene_do(&scene, COMMAND_START);
    stop.ms = scene.now.wall_ms + 16 * MINUTE;
    scene_command(&scene, &stop);
    expect("%n", "debrief 12:51");
}

static void
every_placeholder_tells_its_own(void **state)
{
    const struct command red = {.kind = COMMAND_LIGHT, .number = LIGHT_RED};
    const struct command step = {.kind = COMMAND_STEP, .number = 3, .ms = 11};

    (void)state;
    expect("%t|%d|%n|%k|%s|%S", "|||||");
    scene_do(&scene, COMMAND_START);
    expect("%s|%S|%l", "||none");
    scene_command(&scene, &red);
    scene_command(&scene, &step);
    expect("%t|%p|%d|%n|%k|%N|%b|%e", "5:00|turn|Ada Lovelace|Grace Hopper|1|12|13:50|14:00");
    expect("%l|%s|%S|%h|%T|%o|%>|%-|%%", "red|3|11|3|Coding dojo|Brainfuck interpreter|▶|→|%");
    expect("", "");
    expect("no placeholder", "no placeholder");
}

/* In an ASCII locale nothing else comes out, whatever the names are. */
static void
ascii_is_ascii(void **state)
{
    const struct command join = {.kind = COMMAND_RENAME, .person = 1, .text = "Zuse, \u00d6mer"};

    (void)state;
    scene_do(&scene, COMMAND_START);
    scene_command(&scene, &join);
    scene.view.ascii = true;
    expect(NULL, "> 5:00 Zuse, ?mer -> Grace Hopper | 1/12 | debrief 13:50");
}

static void
hostile_text_comes_out_clean(void **state)
{
    (void)state;
    free(scene.session.settings.topic);
    scene.session.settings.topic = strdup("a\x1b[31m\xe2\x80\xae %t %n");
    expect("%o", "a\xEF\xBF\xBD[31m\xEF\xBF\xBD %t %n");
}

/* What is understood, and only that, stands in the manual. */
static void
the_manual_tells_every_placeholder(void **state)
{
    struct file_text page;
    char *section;

    (void)state;
    assert_int_equal(file_read(NULL, "man/randori.1", &page), 0);
    section = strstr(page.bytes, ".Sh STATUS");
    assert_non_null(section);
    *strstr(section, ".Fl -json") = '\0';
    for (char what = ' '; what <= '~'; what++) {
        char format[] = {'%', what, '\0'};
        bool told = strstr(section, format) != NULL && what != ' ';

        if ((glance_fault(format) == 0) != told)
            fail_msg("%s is %s the manual", format, told ? "only in" : "not in");
    }
    assert_int_equal(glance_fault("%t%"), '%');
    assert_int_equal(glance_fault("%%%d 100%%"), 0);
    assert_int_equal(glance_fault("%%%x"), 'x');
    free(page.bytes);
}

#define IN_A_SCENE(test) cmocka_unit_test_setup_teardown(test, open_scene, close_scene)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_SCENE(each_phase_has_its_usual_line),
        IN_A_SCENE(after_the_last_turn_comes_the_debrief),
        IN_A_SCENE(every_placeholder_tells_its_own),
        IN_A_SCENE(ascii_is_ascii),
        IN_A_SCENE(hostile_text_comes_out_clean),
        IN_A_SCENE(the_manual_tells_every_placeholder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
