#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "canvas.h"
#include "scene.h"

enum { NAMES_MOST = 500 };

static const int64_t opens_ms = 1795520700000; /* 2026-11-24 11:45:00 UTC */

static const char *const usual_settings[] = {
    "session.title=Coding dojo",
    "session.topic=Brainfuck interpreter",
    "session.stack=C#",
    NULL,
};

const char *
scene_name(int index)
{
    static const char *const names[] = {
        "Ada Lovelace",    "Grace Hopper", "Alan Turing",   "Kathleen Booth", "Edsger Dijkstra",
        "Betty Holberton", "Konrad Zuse",  "John McCarthy", "Jean Bartik",    "Dennis Ritchie",
        "Frances Allen",   "Peter Naur",   "Mary Keller",   "Niklaus Wirth",  "Ida Rhodes",
    };
    return names[index % 15];
}

static void
apply(struct scene *scene, struct event *event)
{
    session_apply(&scene->session, event);
    event_clear(event);
}

static void
set(struct settings *settings, const char *line)
{
    char section[32], key[32], why[SETTINGS_ERROR_SIZE];
    const char *value = strchr(line, '=') + 1;
    assert_int_equal(sscanf(line, "%31[^.].%31[^=]", section, key), 2);
    const struct setting *row = settings_find(section, key);
    assert_non_null(row);
    if (!settings_set(settings, row, value, false, why))
        fail_msg("%s: %s", line, why);
}

void
scene_open_named(struct scene *scene, const char *const *names, int count, const char *const *lines)
{
    *scene = (struct scene){.now = {0, opens_ms, 3600}};
    scene->view = (struct view){.session = &scene->session,
                                .plan = &scene->plan,
                                .colours = true,
                                .record_path = "records/20261124T114500Z-1a2b.jsonl"};
    session_init(&scene->session);
    memory_init(&scene->memory);
    struct opening *opening = opening_new();
    opening->version = EVENT_VERSION;
    for (const char *const *line = lines ? lines : usual_settings; *line != NULL; line++)
        set(&opening->settings, *line);
    opening->people = calloc((size_t)count + 1, sizeof *opening->people);
    opening->people_count = count;
    for (int i = 0; i < count; i++)
        opening->people[i] = (struct opening_person){.id = i + 1, .name = strdup(names[i])};
    struct event event = {.kind = EVENT_SESSION_OPENED,
                          .by = BY_PROGRAM,
                          .seq = 1,
                          .at = scene->now,
                          .opening = opening};
    apply(scene, &event);
}

void
scene_open(struct scene *scene, int people, const char *const *lines)
{
    static char numbered[NAMES_MOST][64];
    const char *names[NAMES_MOST];
    for (int i = 0; i < people; i++) {
        snprintf(numbered[i], sizeof numbered[i], "%s %d", scene_name(i), i / 15 + 1);
        names[i] = i < 15 ? scene_name(i) : numbered[i];
    }
    scene_open_named(scene, names, people, lines);
}

void
scene_close(struct scene *scene)
{
    plan_free(&scene->plan);
    memory_free(&scene->memory);
    session_free(&scene->session);
}

void
scene_command(struct scene *scene, const struct command *command)
{
    struct decision decision;
    session_decide(&scene->session, command, scene->now, &decision);
    if (decision.refused)
        fail_msg("refused: %s", decision.why);
    for (int i = 0; i < decision.count; i++)
        session_apply(&scene->session, &decision.events[i]);
    decision_free(&decision);
}

void
scene_do(struct scene *scene, enum command_kind kind)
{
    struct command command = {.kind = kind, .by = BY_KEY};
    scene_command(scene, &command);
}

static void
apply_due(struct scene *scene)
{
    struct event event;
    while (session_due(&scene->session, scene->now, &event))
        apply(scene, &event);
}

void
scene_wait(struct scene *scene, int64_t ms)
{
    int64_t until = scene->now.elapsed_ms + ms;
    for (;;) {
        int64_t deadline = session_next_deadline(&scene->session, scene->now);
        if (deadline > until)
            break;
        if (deadline > scene->now.elapsed_ms)
            scene->now = moment_at(scene->now, deadline);
        apply_due(scene);
    }
    scene->now = moment_at(scene->now, until);
    apply_due(scene);
}

void
scene_sleep(struct scene *scene, int64_t ms)
{
    scene->now = moment_at(scene->now, scene->now.elapsed_ms + ms);
    struct command gap = {.kind = COMMAND_GAP, .by = BY_PROGRAM, .ms = ms};
    scene_command(scene, &gap);
    apply_due(scene);
}

WINDOW *
scene_draw(struct scene *scene, const struct screen *screen, int columns, int rows)
{
    WINDOW *window = newpad(rows, columns);
    assert_non_null(window);
    scene->view.now = scene->now;
    plan_free(&scene->plan);
    plan_compute(&scene->session, scene->now, &scene->plan);
    screen->draw(window, &scene->view, &scene->ui);
    return window;
}

struct command
scene_press(struct scene *scene, const struct screen *screen, wint_t code)
{
    struct command command = {.kind = COMMAND_NONE};
    enum reply reply = screen->key(&scene->view, &scene->ui, (struct key){.code = code}, &command);
    assert_int_equal(reply == REPLY_COMMAND, command.kind != COMMAND_NONE);
    return command;
}

static void
golden_at(struct scene *scene, const struct screen *screen, const char *name, int columns, int rows)
{
    WINDOW *window = scene_draw(scene, screen, columns, rows);
    canvas_golden(window, name);
    delwin(window);
}

void
scene_golden(struct scene *scene, const struct screen *screen, const char *name)
{
    static const int sizes[][2] = {{200, 60}, {80, 24}, {60, 15}, {40, 12},
                                   {40, 3},   {30, 1},  {8, 2},   {1, 1}};
    static const int plain[][2] = {{200, 60}, {80, 24}, {40, 12}, {40, 3}, {30, 1}};
    char ascii[64];
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        golden_at(scene, screen, name, sizes[i][0], sizes[i][1]);
    snprintf(ascii, sizeof ascii, "%s-ascii", name);
    canvas_locale("C");
    scene->view.ascii = true;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        golden_at(scene, screen, ascii, plain[i][0], plain[i][1]);
    scene->view.ascii = false;
    canvas_locale("C.UTF-8");
}

void
scene_draw_all(struct scene *scene, const struct screen *screen)
{
    static const int sizes[][2] = {{200, 60}, {120, 40}, {80, 24}, {60, 15}, {59, 30}, {40, 12},
                                   {40, 3},   {40, 5},   {30, 1},  {8, 2},   {7, 3},   {20, 8},
                                   {3, 3},    {1, 24},   {200, 1}, {1, 1}};
    bool was = scene->view.ascii;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (int ascii = 0; ascii < 2; ascii++) {
            scene->view.ascii = ascii;
            WINDOW *window = scene_draw(scene, screen, sizes[i][0], sizes[i][1]);
            if (ascii)
                canvas_expect_ascii(window);
            delwin(window);
        }
    }
    scene->view.ascii = was;
}
