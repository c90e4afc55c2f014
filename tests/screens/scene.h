/*
 * A session brought to where a screen is interesting, by the real road: commands are decided, time
 * is asked what is due, facts are applied. It opens at 12:45 local time, one hour east of UTC.
 */
#ifndef TESTS_SCREENS_SCENE_H
#define TESTS_SCREENS_SCENE_H

#include "screens/screen.h"

struct scene {
    struct session session;
    struct plan plan;
    struct moment now;
    struct view view;
    struct ui ui;
    struct memory memory; /* shown once play_remember() has filled it */
};

/* Fifteen historical names; more are made up by number. */
const char *scene_name(int index);

/* Opens a session with the settings of `lines` ("turn.length=5m" ..., ended by NULL; NULL: the
 * title, topic and stack of the examples) and `people` people. */
void scene_open(struct scene *scene, int people, const char *const *lines);
/* The same with these names. */
void scene_open_named(struct scene *scene, const char *const *names, int count,
                      const char *const *lines);
void scene_close(struct scene *scene);

/* Carries a command out; fails the test when it is refused. */
void scene_do(struct scene *scene, enum command_kind kind);
void scene_command(struct scene *scene, const struct command *command);

/* Lets time pass, with everything that it causes; or so much that nobody noticed (a gap). */
void scene_wait(struct scene *scene, int64_t ms);
void scene_sleep(struct scene *scene, int64_t ms);

/* Draws the phase's own screen into a new window; the caller deletes it. */
WINDOW *scene_draw(struct scene *scene, const struct screen *screen, int columns, int rows);

/* Presses a key on that screen; the command it asked for, COMMAND_NONE when it asked for none. */
struct command scene_press(struct scene *scene, const struct screen *screen, wint_t code);

/* A screen's picture at each size that has a golden text, in UTF-8, and in the C locale. */
void scene_golden(struct scene *scene, const struct screen *screen, const char *name);

/* The same session drawn at every size a screen must bear, in UTF-8 and in ASCII: nothing crashes,
 * ASCII is ASCII. */
void scene_draw_all(struct scene *scene, const struct screen *screen);

#endif
