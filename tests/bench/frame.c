/*
 * How long a frame takes to be drawn, without terminal: the plan and all cells, at 200x60, for few
 * people and for many. Prints medians in microseconds.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../screens/canvas.h"
#include "../screens/play.h"

enum { FRAMES = 501, FEW = 9, MANY = 200 };

static double
now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int
compare(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The clock goes on between two frames, as it does in the room. */
static double
frame_us(struct scene *scene)
{
    static double times[FRAMES];
    WINDOW *window = newpad(60, 200);

    for (int i = 0; i < FRAMES; i++) {
        double began = now_us();

        scene->view.now = scene->now;
        plan_free(&scene->plan);
        plan_compute(&scene->session, scene->now, &scene->plan);
        screen_draw(window, &scene->view, &scene->ui);
        times[i] = now_us() - began;
        scene->now = moment_at(scene->now, scene->now.elapsed_ms + 100);
    }
    delwin(window);
    qsort(times, FRAMES, sizeof *times, compare);
    return times[FRAMES / 2];
}

enum { BOARD, TURN, LIST, HELP, SHOWN };

static void
measure(int people, double took[static SHOWN])
{
    struct scene scene;

    play_open(&scene, people, NULL);
    took[BOARD] = frame_us(&scene);
    scene_do(&scene, COMMAND_START);
    scene_wait(&scene, 10000);
    took[TURN] = frame_us(&scene);
    play(&scene, "v");
    took[LIST] = frame_us(&scene);
    play(&scene, "<Esc>?");
    took[HELP] = frame_us(&scene);
    play_close(&scene);
}

int
main(void)
{
    static const char *const shown[SHOWN] = {"opening board", "turn", "list of people", "help"};
    double few[SHOWN], many[SHOWN];
    void *state;

    if (canvas_start(&state) != 0) {
        fprintf(stderr, "frame: curses does not start\n");
        return 1;
    }
    measure(FEW, few);
    measure(MANY, many);
    canvas_stop(&state);
    printf("\na frame at 200x60, plan and drawing, microseconds; medians of %d\n", FRAMES);
    printf("%-30s%10s%10s%10s  %-18s\n", "", "9 people", "200", "ratio", "goal");
    for (int i = 0; i < SHOWN; i++)
        printf("%-30s%10.0f%10.0f%10.2f  %-18s\n", shown[i], few[i], many[i], many[i] / few[i],
               "< 2000");
    return 0;
}
