/*
 * Windows of every size, one after the other, and keys that mean nothing (F20, F26): no crash, no
 * growth, a good record. With SOAK=1: 10,000 sizes, 10 MB of keys.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "../terminal/dojo_room.h"
#include "../terminal/expect.h"

enum { GROWTH_KIB = 2048, CHUNK = 512 };

struct dice {
    uint32_t state;
};

static int
roll(struct dice *dice, int sides)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 17;
    dice->state ^= dice->state << 5;
    return (int)(dice->state % (uint32_t)sides);
}

static bool
is_thorough(void)
{
    return getenv("SOAK") != NULL;
}

/* Resident memory, KiB. */
static long
memory_of(struct vt *vt)
{
    char path[64], line[256];
    long kib = -1;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/status", (int)vt_pid(vt));
    file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL && kib < 0)
        sscanf(line, "VmRSS: %ld", &kib);
    if (file != NULL)
        fclose(file);
    return kib;
}

static void
is_drawn_at(struct vt *vt, int rows, int columns)
{
    vt_resize(vt, rows, columns);
    expect_text(vt, "turn 2 of");
}

static void
any_size_can_be_drawn_whenever_it_comes(void **state)
{
    (void)state;
    int sizes = is_thorough() ? 10000 : 400;
    struct dice dice = {42};
    struct room room;
    struct session session;
    long before;

    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    is_drawn_at(vt, 200, 500); /* once as large as it gets */
    is_drawn_at(vt, 24, 80);
    before = memory_of(vt);
    for (int i = 0; i < sizes; i++) {
        vt_resize(vt, 1 + roll(&dice, i % 4 == 0 ? 200 : 40),
                  1 + roll(&dice, i % 4 == 0 ? 500 : 120));
        vt_watch(vt, roll(&dice, 3) == 0 ? 2 + roll(&dice, 10) : 0);
    }
    vt_resize(vt, 1, 1);
    is_drawn_at(vt, 24, 80);
    print_message("# %d sizes; memory before %ld KiB, after %ld KiB\n", sizes, before,
                  memory_of(vt));
    if (getenv("RANDORI_BUILD") != NULL && strstr(getenv("RANDORI_BUILD"), "default") != NULL)
        assert_true(memory_of(vt) - before < GROWTH_KIB);
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    session_free(&session);
    room_close(&room);
}

/* What people, cats and broken terminals send; no ^Z, since nobody is there to bring it back. */
static void
fill(struct dice *dice, char bytes[static CHUNK + 1])
{
    static const char *const pieces[] = {"\r",   " ",      "n",       "\033[A", "\033[B",   "\033",
                                         "o",    "\033OP", "\033[3~", "\177",   "\303\251", "\t",
                                         "\025", "d",      "y",       "u",      "q",        "+"};
    size_t length = 0;

    while (length < CHUNK - 8) {
        if (roll(dice, 3) != 0) {
            const char *piece = pieces[roll(dice, (int)(sizeof pieces / sizeof *pieces))];

            memcpy(bytes + length, piece, strlen(piece));
            length += strlen(piece);
        } else {
            bytes[length] = (char)(1 + roll(dice, 255));
            length += bytes[length] != '\032';
        }
    }
    bytes[length] = '\0';
}

/* It may be told to leave, which is no failure; then it is started again. */
static void
random_keys_break_nothing(void **state)
{
    (void)state;
    int64_t wanted = is_thorough() ? 10 << 20 : 60 << 10, sent = 0;
    struct dice dice = {4711};
    struct room room;
    struct session session;
    struct vt *vt = NULL;
    char bytes[CHUNK + 1];
    int starts = 0, most_kib = 0;

    room_open(&room, "[shutdown]\ngrace = 3s\nhooks = 0s\n");
    for (bool runs = false; sent < wanted; sent += (int64_t)strlen(bytes)) {
        if (!runs) {
            vt = room_start(&room, 24, 80, "--new --speed 20");
            expect_text(vt, "Enter starts the session");
            starts++;
        }
        fill(&dice, bytes);
        vt_send(vt, bytes);
        vt_watch(vt, 1);
        runs = kill(vt_pid(vt), 0) == 0 && memory_of(vt) > 0;
        if (runs && memory_of(vt) > most_kib)
            most_kib = (int)memory_of(vt);
        if (runs && roll(&dice, 40) != 0)
            continue;
        kill(vt_pid(vt), SIGTERM);
        int status = vt_wait_exit(vt);
        assert_true(status != -1 &&
                    (WIFSIGNALED(status) ? WTERMSIG(status) == SIGTERM : WEXITSTATUS(status) == 0));
        assert_true(vt_is_sane(vt));
        vt_end(vt);
        assert_true(room_replay(&room, &session));
        session_free(&session);
        runs = false;
        vt = NULL;
    }
    vt_end(vt);
    print_message("# %lld bytes of keys, %d starts, memory at most %d KiB\n", (long long)sent,
                  starts, most_kib);
    room_close(&room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_size_can_be_drawn_whenever_it_comes),
        cmocka_unit_test(random_keys_break_nothing),
    };
    return cmocka_run_group_tests_name("hardship", tests, NULL, NULL);
}
