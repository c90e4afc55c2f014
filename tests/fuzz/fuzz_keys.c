/*
 * Somebody at the keyboard, in a window of any size, while time goes by: the real road from
 * screen_key() to session_apply(), and whole frames. Bytes are keys; from F8 on they are something
 * else, with the next byte as its argument.
 */
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "fuzz.h"
#include "screens/screen.h"
#include "session/text.h"

enum { A_RESIZE = 0xff, A_WAIT = 0xfe, A_FUNCTION = 0xfd, AN_ALT = 0xfc, A_GAP = 0xfb };

struct room {
    struct session session;
    struct moment now;
    struct ui ui;
    struct view view;
    WINDOW *window;
};

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    setlocale(LC_ALL, "C.UTF-8");
    MUST(newterm("xterm-256color", fopen("/dev/null", "w"), fopen("/dev/null", "r")) != NULL);
    paint_start(true);
    return 0;
}

static void
draw(struct room *room)
{
    struct plan plan;

    plan_compute(&room->session, room->now, &plan);
    room->view.plan = &plan;
    room->view.now = room->now;
    screen_draw(room->window, &room->view, &room->ui);
    plan_free(&plan);
}

static void
resize(struct room *room, uint8_t how)
{
    static const int rows[] = {1, 2, 3, 5, 8, 12, 15, 16, 24, 25, 30, 40, 60, 100, 150, 200};
    static const int columns[] = {1, 2, 3, 7, 8, 20, 30, 40, 59, 60, 79, 80, 100, 132, 200, 500};

    delwin(room->window);
    room->view.rows = rows[how >> 4];
    room->view.columns = columns[how & 15];
    room->view.ascii = how % 3 == 0;
    room->window = newpad(room->view.rows, room->view.columns);
    draw(room);
}

static void
press(struct room *room, struct key key)
{
    struct command command = {.by = BY_KEY};
    struct decision decision;
    struct plan plan;
    enum reply reply;
    char why[80];

    plan_compute(&room->session, room->now, &plan);
    room->view.plan = &plan;
    room->view.now = room->now;
    room->ui.dice++;
    reply = screen_key(&room->view, &room->ui, key, &command);
    plan_free(&plan);
    command.by = BY_KEY;
    if (reply == REPLY_COMMAND) {
        fuzz_do(&room->session, room->now, &command, &decision);
        screen_answer(&room->ui, &command, &decision);
        decision_free(&decision);
        fuzz_wait(&room->session, &room->now, 10);
    }
    MUST(room->ui.caret <= strlen(room->ui.text));
    MUST(text_fault(room->ui.text, strlen(room->ui.text), why) == NULL);
    MUST(text_fault(screen_draft(&room->ui), strlen(screen_draft(&room->ui)), why) == NULL);
}

static struct key
function_key(uint8_t which)
{
    static const wint_t codes[] = {
        KEY_UP,    KEY_DOWN,  KEY_LEFT,  KEY_RIGHT, KEY_HOME, KEY_END, KEY_DC,     KEY_BACKSPACE,
        KEY_NPAGE, KEY_PPAGE, KEY_ENTER, KEY_F(1),  KEY_BTAB, KEY_IC,  KEY_RESIZE, KEY_SLEFT};

    if (which >= 192) /* a click somewhere */
        return (struct key){
            .function = true, .code = KEY_MOUSE, .row = which % 25, .column = which % 64};
    return (struct key){.function = true, .code = codes[which % 16], .alt = which & 32};
}

/* One character of UTF-8, or the byte as it is. */
static size_t
take_character(struct room *room, const uint8_t *data, size_t size)
{
    mbstate_t shift = {0};
    wchar_t character;
    size_t length = mbrtowc(&character, (const char *)data, size, &shift);

    if (length == 0 || length > size) {
        press(room, (struct key){.code = data[0]});
        return 1;
    }
    press(room, (struct key){.code = (wint_t)character});
    return length;
}

/* Half a second to two hours. */
static int64_t
how_long(uint8_t argument)
{
    return argument < 128 ? argument * INT64_C(500) : (argument - 127) * INT64_C(60000);
}

static void
go_away(struct room *room, int64_t ms)
{
    const struct command command = {.kind = COMMAND_GAP, .by = BY_PROGRAM, .ms = ms};
    struct decision decision;

    room->now = moment_at(room->now, room->now.elapsed_ms + ms);
    fuzz_do(&room->session, room->now, &command, &decision);
    decision_free(&decision);
    fuzz_wait(&room->session, &room->now, 0);
}

static size_t
act(struct room *room, const uint8_t *data, size_t size)
{
    if (data[0] < 0xf8 || size < 2)
        return take_character(room, data, size);
    switch (data[0]) {
    case A_RESIZE:
        resize(room, data[1]);
        return 2;
    case A_WAIT:
        fuzz_wait(&room->session, &room->now, how_long(data[1]));
        return 2;
    case A_GAP:
        go_away(room, how_long(data[1]));
        return 2;
    case AN_ALT:
        press(room, (struct key){.code = data[1], .alt = true});
        return 2;
    case A_FUNCTION:
        press(room, function_key(data[1]));
        return 2;
    default:
        press(room, (struct key){.code = data[0]});
        return 1;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct room room = {.view = {.colours = COLOURS_NONE, .record_path = "record.jsonl"}};

    if (size == 0)
        return 0;
    fuzz_open(&room.session, &room.now, data[0]);
    ui_init(&room.ui);
    room.view.session = &room.session;
    room.window = newpad(1, 1);
    resize(&room, 0x8b);
    for (size_t at = 1; at < size;)
        at += act(&room, data + at, size - at);
    draw(&room);
    for (int i = 1; i < room.session.log_count; i++)
        fuzz_round_trip(&room.session.log[i]);
    fuzz_look_at(&room.session, room.now);
    delwin(room.window);
    ui_free(&room.ui);
    session_free(&room.session);
    return 0;
}
