#include <string.h>

#include "../screens/play.h"
#include "pictures.h"

enum { MINUTE = 60000, SECOND = 1000, PEOPLE = 9, OPENED_EARLY = 7 };

static const char *const example[] = {
    "session.title=Coding dojo", "session.topic=Brainfuck interpreter",
    "session.stack=C#",          "session.start=12:45",
    "session.end=14:00",         NULL};

/* Opened so many minutes before 12:45, or at 12:45 and started. */
static void
open_example(struct scene *scene, int64_t early_ms)
{
    play_open(scene, PEOPLE, example);
    scene->now.wall_ms -= early_ms;
    scene->session.start_ms = scene->now.wall_ms + early_ms;
    scene->session.stop_ms = scene->session.start_ms + 75 * MINUTE;
    if (early_ms == 0)
        scene_do(scene, COMMAND_START);
}

static void
play_board(struct room *room)
{
    struct scene *scene = &room->scene;
    open_example(scene, OPENED_EARLY * MINUTE + 24 * SECOND);
    play_last(&room->last);
    play_remember(scene, &room->last);
}

/* Grace Hopper's turn, the second of twelve. */
static void
play_turn(struct room *room)
{
    struct scene *scene = &room->scene;
    open_example(scene, 0);
    scene_wait(scene, 7 * MINUTE + 30 * SECOND);
}

/* Kathleen Booth's, with the lights of tests and the step worked on. */
static void
play_lights(struct room *room)
{
    struct scene *scene = &room->scene;
    struct command light = {.kind = COMMAND_LIGHT, .by = BY_COMMAND, .number = LIGHT_RED};
    struct command step = {.kind = COMMAND_STEP,
                           .by = BY_COMMAND,
                           .number = 3,
                           .ms = 11,
                           .text = "moves the pointer right"};
    open_example(scene, 0);
    scene_command(scene, &step);
    scene_wait(scene, 16 * MINUTE);
    scene_command(scene, &light);
    scene_wait(scene, 50 * SECOND);
    light.number = LIGHT_GREEN;
    scene_command(scene, &light);
    scene_wait(scene, 28 * SECOND);
}

static void
play_handover(struct room *room)
{
    struct scene *scene = &room->scene;
    open_example(scene, 0);
    scene_wait(scene, 10 * MINUTE + 13 * SECOND);
}

static void
play_debrief(struct room *room)
{
    struct scene *scene = &room->scene;
    open_example(scene, 0);
    scene_wait(scene, 66 * MINUTE - 1 * SECOND);
    if (scene->session.phase != PHASE_DEBRIEF)
        scene_do(scene, COMMAND_DEBRIEF);
    scene_wait(scene, 66 * MINUTE - scene->now.elapsed_ms);
    play(scene, "small steps kept us green nearly all of the time<Enter>"
                "@grace bring a longer cable<Enter>naming the loop made the r");
}

const struct picture pictures[] = {
    {"turn", "A turn: 2:40 left for Grace Hopper, next is Alan Turing", 80, 24, play_turn},
    {"board", "The opening board, before the session starts", 80, 24, play_board},
    {"handover", "The handover: Alan Turing is next at the keyboard", 80, 24, play_handover},
    {"debrief", "The debrief: the first of three questions, and two notes", 80, 24, play_debrief},
    {"half", "A turn in a small window, beside an editor", 40, 12, play_lights},
    {"strip", "A turn in three lines", 60, 3, play_lights},
    {"line", "A turn in one line", 72, 1, play_lights},
    {0},
};

const struct picture *
picture_find(const char *name)
{
    for (const struct picture *picture = pictures; picture->name != NULL; picture++)
        if (strcmp(picture->name, name) == 0)
            return picture;
    return NULL;
}

WINDOW *
picture_draw(const struct picture *picture)
{
    struct room room = {0};
    picture->play(&room);
    room.scene.view.colours = COLOURS_ON_DARK;
    WINDOW *window = play_draw(&room.scene, picture->columns, picture->rows);
    play_close(&room.scene);
    scene_close(&room.last);
    return window;
}
