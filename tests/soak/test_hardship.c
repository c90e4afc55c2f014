/*
 * Windows of every size, one after the other, and keys that mean nothing (F20, F26): no crash, no
 * growth, a good record. With SOAK=1: 10,000 sizes, 10 MB of keys,
 * and a whole day (F19).
 */
#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../terminal/dojo_room.h"
#include "../terminal/expect.h"

enum { GROWTH_KIB = 2048, CHUNK = 512, DAY_MS = 24 * 3600 * 1000 };

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
                                         "\025", "d",      "y",       "u",      "+"};
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

/* By the keys, by us, or by a ^C or a ^\ that comes when the terminal is restored already. */
static bool
is_a_good_end(int status)
{
    if (status == -1 || !WIFSIGNALED(status))
        return status != -1 && WEXITSTATUS(status) == 0;
    return WTERMSIG(status) == SIGTERM || WTERMSIG(status) == SIGINT || WTERMSIG(status) == SIGQUIT;
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
        if (!is_a_good_end(status))
            expect_fail(vt, "it did not end as it should");
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

/* --- a whole day ---------------------------------------------------------------------------- */

static int
count_open(struct vt *vt)
{
    char path[64];
    int count = 0;
    DIR *open;

    snprintf(path, sizeof path, "/proc/%d/fd", (int)vt_pid(vt));
    open = opendir(path);
    while (open != NULL && readdir(open) != NULL)
        count++;
    if (open != NULL)
        closedir(open);
    return count;
}

static bool
is_in_debrief(struct vt *vt)
{
    return vt_has(vt, "WHAT DID WE LEARN?");
}

/* Twelve hours of turns, and as much of debrief: a session is no longer than that. */
static void
a_day_makes_nothing_grow(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    long memory[2] = {0};
    int fds;

    if (!is_thorough())
        skip();
    room_open(&room, NULL);
    struct vt *vt = room_run(&room, "--speed 1200 --duration 12h", "Enter starts the session");
    expect_after(vt, "\r", "turn 3 of");
    memory[0] = memory_of(vt);
    fds = count_open(vt);
    vt_watch(vt, DAY_MS / 1200);
    memory[1] = memory_of(vt);
    if (!is_in_debrief(vt))
        expect_fail(vt, "the debrief has not begun");
    assert_int_equal(count_open(vt), fds);
    kill(vt_pid(vt), SIGTERM);
    expect_killed(vt, SIGTERM);
    vt_end(vt);
    assert_true(room_replay(&room, &session));
    print_message(
        "# 24 hours, %d facts; memory after the first turns %ld KiB, at the end %ld KiB\n",
        session.log_count, memory[0], memory[1]);
    assert_true(memory[1] - memory[0] < session.log_count * 2L + GROWTH_KIB);
    session_free(&session);
    room_close(&room);
}

/* Under valgrind, which does not know openat2(2): the files are the user's own. */
static void
a_day_leaks_nothing(void **state)
{
    (void)state;
    struct room room;
    char from[ROOM_PATH], to[ROOM_PATH], log[ROOM_PATH], people[ROOM_PATH];
    const char *argv[] = {"/usr/bin/valgrind",
                          "-q",
                          "--leak-check=full",
                          "--error-exitcode=99",
                          "--errors-for-leak-kinds=definite,indirect",
                          log,
                          NULL,
                          "--speed",
                          "600",
                          "--duration",
                          "12h",
                          "-p",
                          people,
                          "--new",
                          NULL};

    if (!is_thorough() || access(argv[0], X_OK) != 0)
        skip();
    room_open(&room, NULL);
    argv[6] = room.program;
    snprintf(log, sizeof log, "--log-file=%s/valgrind.log", room.home.folder);
    snprintf(people, sizeof people, "%s/participants.txt", room.home.folder);
    snprintf(to, sizeof to, "%s/XDG_CONFIG_HOME/randori", room.home.folder);
    mkdir(to, 0700);
    strcat(to, "/session.ini");
    snprintf(from, sizeof from, "%s/session.ini", room.home.folder);
    assert_int_equal(rename(from, to), 0);
    const struct vt_options options = {.rows = 24,
                                       .columns = 80,
                                       .argv = argv,
                                       .environment = room.home.environment,
                                       .folder = room.home.folder};
    struct vt *vt = vt_start(&options);
    expect_text(vt, "Enter starts the session");
    vt_send(vt, "\r");
    vt_watch(vt, DAY_MS / 600);
    if (!is_in_debrief(vt))
        expect_fail(vt, "the debrief has not begun");
    expect_after(vt, "\033", "Tab type"); /* out of the line that was being typed */
    expect_after(vt, "q", "Leave?");
    vt_send(vt, "y");
    expect_exit(vt, 0);
    room_close(&room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_size_can_be_drawn_whenever_it_comes),
        cmocka_unit_test(random_keys_break_nothing),
        cmocka_unit_test(a_day_makes_nothing_grow),
        cmocka_unit_test(a_day_leaks_nothing),
    };
    return cmocka_run_group_tests_name("hardship", tests, NULL, NULL);
}
