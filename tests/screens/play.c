#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "canvas.h"
#include "play.h"

static char refusal[SETTINGS_ERROR_SIZE];
static enum command_kind last_kind;

void
play_open(struct scene *scene, int people, const char *const *lines)
{
    scene_open(scene, people, lines);
    ui_init(&scene->ui);
}

void
play_open_named(struct scene *scene, const char *const *names, int count)
{
    scene_open_named(scene, names, count, NULL);
    ui_init(&scene->ui);
}

void
play_close(struct scene *scene)
{
    ui_free(&scene->ui);
    scene_close(scene);
}

static void
note(struct scene *scene, const char *text)
{
    scene_command(scene, &(struct command){.kind = COMMAND_NOTE, .by = BY_KEY, .text = text});
}

void
play_last(struct scene *last)
{
    scene_open(last, 9, NULL);
    scene_do(last, COMMAND_START);
    scene_do(last, COMMAND_DEBRIEF);
    note(last, "small steps kept us green nearly all of the time, and nobody had to wait long");
    note(last, "naming the loop made the rest easy");
    note(last, "@grace bring a longer cable for the big screen");
    note(last, "> book the room");
    scene_do(last, COMMAND_ROLES);
    scene_command(last, &(struct command){.kind = COMMAND_TAKE_ROLE,
                                          .by = BY_KEY,
                                          .role = "Master of Ceremony",
                                          .text = "Ada Lovelace"});
    scene_command(last, &(struct command){
                            .kind = COMMAND_VACATE_ROLE, .by = BY_KEY, .role = "Master of Dojo"});
    scene_do(last, COMMAND_CLOSE);
}

void
play_remember(struct scene *scene, const struct scene *last)
{
    struct closing *closing = session_closing(&last->session, last->now);
    struct past past = {.record = "20261124T114500Z-1a2b.jsonl",
                        .opened = last->session.opened,
                        .closed = true,
                        .title = "",
                        .topic = "",
                        .stack = "",
                        .closing = closing};
    assert_non_null(closing);
    memory_add(&scene->memory, &past);
    closing_free(closing);
    scene->view.last = &last->session;
    scene->view.memory = &scene->memory;
}

/* --- keys --- */

static void
look(struct scene *scene)
{
    scene->view.now = scene->now;
    plan_free(&scene->plan);
    plan_compute(&scene->session, scene->now, &scene->plan);
}

static void
decide(struct scene *scene, const struct command *command)
{
    struct decision decision;
    session_decide(&scene->session, command, scene->now, &decision);
    screen_answer(&scene->ui, command, &decision);
    last_kind = command->kind;
    if (decision.refused)
        memcpy(refusal, decision.why, sizeof refusal);
    for (int i = 0; !decision.refused && i < decision.count; i++)
        session_apply(&scene->session, &decision.events[i]);
    decision_free(&decision);
}

static enum reply
press(struct scene *scene, struct key key)
{
    struct command command = {0};
    refusal[0] = '\0';
    last_kind = COMMAND_NONE;
    look(scene);
    enum reply reply = screen_key(&scene->view, &scene->ui, key, &command);
    if (reply == REPLY_COMMAND)
        decide(scene, &command);
    return reply;
}

static struct key
named(const char *name)
{
    static const struct {
        const char *name;
        struct key key;
    } names[] = {
        {"Enter", {.code = '\r'}},
        {"Esc", {.code = 27}},
        {"Tab", {.code = '\t'}},
        {"Space", {.code = ' '}},
        {"Up", {.function = true, .code = KEY_UP}},
        {"Down", {.function = true, .code = KEY_DOWN}},
        {"Left", {.function = true, .code = KEY_LEFT}},
        {"Right", {.function = true, .code = KEY_RIGHT}},
        {"PgUp", {.function = true, .code = KEY_PPAGE}},
        {"PgDn", {.function = true, .code = KEY_NPAGE}},
        {"Home", {.function = true, .code = KEY_HOME}},
        {"End", {.function = true, .code = KEY_END}},
        {"Delete", {.function = true, .code = KEY_DC}},
        {"Back", {.function = true, .code = KEY_BACKSPACE}},
        {"F1", {.function = true, .code = KEY_F(1)}},
        {"F5", {.function = true, .code = KEY_F(5)}},
        {"KeyEnter", {.function = true, .code = KEY_ENTER}},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].key;
    if (name[0] == '^')
        return (struct key){.code = (wint_t)(name[1] & 0x1F)};
    if (strncmp(name, "Alt-", 4) == 0)
        return (struct key){.code = (wint_t)name[4], .alt = true};
    fail_msg("no key <%s>", name);
    return (struct key){0};
}

static struct key
next_key(const char **keys)
{
    char name[16];
    int used = 0;
    if (sscanf(*keys, "<%15[^> ]>%n", name, &used) == 1 && used > 0) {
        *keys += used;
        return named(name);
    }
    wchar_t character;
    mbstate_t shift = {0};
    size_t length = mbrtowc(&character, *keys, strlen(*keys), &shift);
    assert_true(length > 0 && length < 8);
    *keys += length;
    return (struct key){.code = (wint_t)character};
}

enum reply
play(struct scene *scene, const char *keys)
{
    enum reply reply = REPLY_IGNORED;
    while (*keys != '\0')
        reply = press(scene, next_key(&keys));
    return reply;
}

enum reply
play_paste(struct scene *scene, const char *text)
{
    enum reply reply = press(scene, (struct key){.function = true, .pasted = true});
    for (; *text != '\0'; text++)
        reply = press(scene, (struct key){.code = (unsigned char)*text, .pasted = true});
    return reply;
}

const char *
play_refusal(void)
{
    return refusal;
}

enum command_kind
play_command(void)
{
    return last_kind;
}

/* --- frames --- */

WINDOW *
play_draw(struct scene *scene, int columns, int rows)
{
    WINDOW *window = newpad(rows, columns);
    assert_non_null(window);
    look(scene);
    screen_draw(window, &scene->view, &scene->ui);
    return window;
}

void
play_expect(struct scene *scene, const char *text, attr_t attributes)
{
    WINDOW *window = play_draw(scene, 80, 24);
    canvas_expect(window, text, attributes);
    delwin(window);
}

void
play_expect_no(struct scene *scene, const char *text)
{
    WINDOW *window = play_draw(scene, 80, 24);
    canvas_expect_no(window, text);
    delwin(window);
}

static void
golden(struct scene *scene, const char *name, int columns, int rows)
{
    WINDOW *window = play_draw(scene, columns, rows);
    canvas_golden(window, name);
    delwin(window);
}

void
play_golden(struct scene *scene, const char *name)
{
    static const int ladder[][2] = {{200, 60}, {80, 24}, {60, 15}, {40, 12},
                                    {40, 3},   {30, 1},  {8, 2},   {1, 1}};
    static const int plain[][2] = {{200, 60}, {80, 24}, {40, 12}, {40, 3}, {30, 1}};
    char ascii[64];
    for (size_t i = 0; i < sizeof ladder / sizeof *ladder; i++)
        golden(scene, name, ladder[i][0], ladder[i][1]);
    snprintf(ascii, sizeof ascii, "%s-ascii", name);
    canvas_locale("C");
    scene->view.ascii = true;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        golden(scene, ascii, plain[i][0], plain[i][1]);
    scene->view.ascii = false;
    canvas_locale("C.UTF-8");
}

void
play_draw_all(struct scene *scene)
{
    static const int sizes[][2] = {{200, 60}, {120, 40}, {80, 24}, {60, 15}, {59, 30}, {40, 12},
                                   {40, 3},   {40, 5},   {30, 1},  {30, 2},  {8, 2},   {7, 3},
                                   {20, 8},   {3, 3},    {1, 24},  {2, 9},   {200, 1}, {1, 1}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        for (int ascii = 0; ascii < 2; ascii++) {
            scene->view.ascii = ascii;
            WINDOW *window = play_draw(scene, sizes[i][0], sizes[i][1]);
            if (ascii)
                canvas_expect_ascii(window);
            delwin(window);
        }
    }
    scene->view.ascii = false;
}
