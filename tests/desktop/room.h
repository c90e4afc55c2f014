/*
 * The notifier, the real helper and a desktop of their own, for a test each. Only waiting for them
 * is real: the time that the notifier is told is the test's.
 */
#ifndef DESKTOP_ROOM_H
#define DESKTOP_ROOM_H

#include <stdbool.h>
#include <stdint.h>

#include "desktop.h"
#include "services/helper.h"
#include "services/notifier.h"

enum { PATIENCE_MS = 20000 };

struct room {
    struct desktop desktop;
    struct notifier *notifier;
    char pressed[128]; /* "key/button" of the last one */
    int presses;
    int64_t now_ms;
    char program[256];
    struct helper helper; /* for a test that speaks to it itself */
};

int room_set_up(void **state);
int room_tear_down(void **state);
/* Skips the test when there is no desktop to be had. */
struct room *room_of(void **state);

/* One turn of a loop like the program's; returns within some ms. */
void room_turn(struct room *room);
bool room_is_answered(const struct room *room);
bool room_has_trouble(const struct room *room, const char *trouble);

void room_show(struct room *room, enum message_urgency urgency, char *title, char *text);
/* A turn's end, with three buttons; what with-dunst.sh notes of it is ROOM_TIME_UP. */
void room_show_time_up(struct room *room);
#define ROOM_TIME_UP                                                                               \
    "CRITICAL|Grace Hopper has the keyboard|Ada Lovelace is done.|x-randori.turn|randori-turn"

int64_t real_ms(void);

#define wait_until(room, condition)                                                                \
    do {                                                                                           \
        int64_t until_ms = real_ms() + PATIENCE_MS;                                                \
        while (!(condition)) {                                                                     \
            if (real_ms() > until_ms)                                                              \
                fail_msg("never came true: %s", #condition);                                       \
            room_turn(room);                                                                       \
        }                                                                                          \
    } while (0)

#endif
