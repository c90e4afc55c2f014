/*
 * A whole session, without a screen, on a disk whose syncs wait at a gate: who asks from outside is
 * answered when the fact is on disk, and told when it is not.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "app.h"
#include "folder.h"
#include "journal_support.h"
#include "services/clock.h"
#include "services/remote_address.h"
#include "storage/live.h"

enum { SAID_MOST = 4096, LINE = 1024 };

struct room {
    char *folder;
    struct sample sample;
    struct session session;
    struct journal *journal;
    struct app_options options;
    struct app_outcome outcome;
    int keyboard, standard_input; /* what is typed; what 0 was */
    char said[SAID_MOST];
    pthread_t thread;
    bool is_running;
};

static void
say(void *user, const char *line)
{
    struct room *room = user;
    size_t length = strlen(room->said);

    snprintf(room->said + length, sizeof room->said - length, "%s\n", line);
}

static void *
run(void *user)
{
    struct room *room = user;

    app_run(&room->options, &room->outcome);
    return NULL;
}

/* Standard input becomes a pipe that the test types into. */
static void
take_keyboard(struct room *room)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    room->standard_input = dup(0);
    assert_int_equal(dup2(ends[0], 0), 0);
    close(ends[0]);
    room->keyboard = ends[1];
}

static int
begin_on(void **state, const struct journal_system *system)
{
    struct room *room = calloc(1, sizeof *room);
    char why[JOURNAL_WHY];
    void *folder;

    if (room == NULL || folder_make(&folder) != 0)
        return -1;
    room->folder = folder;
    setenv("XDG_RUNTIME_DIR", room->folder, 1);
    setenv("XDG_STATE_HOME", room->folder, 1);
    gate_open();
    sample_open(&room->sample);
    session_init(&room->session);
    assert_int_equal(
        journal_create_with(system, room->folder, room->sample.opened.wall_ms, &room->journal, why),
        JOURNAL_GOOD);
    room->options = (struct app_options){.journal = room->journal,
                                         .session = &room->session,
                                         .opening = &room->sample.events[0],
                                         .speed = 1,
                                         .plain = true,
                                         .say = say,
                                         .user = room};
    room->sample.events[0].opening->settings.grace_ms = 1500;
    room->sample.events[0].opening->settings.hooks_ms = 0;
    take_keyboard(room);
    *state = room;
    return 0;
}

static int
begin(void **state)
{
    return begin_on(state, &gated_system);
}

static int
begin_faulty(void **state)
{
    fault_set((struct fault){.call = CALL_NONE});
    return begin_on(state, &faulty_system);
}

static void
start(struct room *room)
{
    assert_int_equal(pthread_create(&room->thread, NULL, run, room), 0);
    room->is_running = true;
}

static void
stop(struct room *room)
{
    pthread_join(room->thread, NULL);
    room->is_running = false;
}

static void
quit(struct room *room)
{
    assert_int_equal(write(room->keyboard, "quit\n", 5), 5);
}

static int
finish(void **state)
{
    struct room *room = *state;
    void *folder = room->folder;

    gate_open();
    if (room->is_running) {
        quit(room); /* once more does no harm */
        stop(room);
    }
    journal_close(room->journal, BOUND_MS, NULL, NULL);
    alarm(0); /* app_run()'s */
    session_free(&room->session);
    sample_free(&room->sample);
    dup2(room->standard_input, 0);
    close(room->standard_input);
    close(room->keyboard);
    free(room);
    return folder_remove(&folder);
}

/* ---- asking ---- */

static int
connect_to_live(void)
{
    int64_t end = clock_boot_ms() + BOUND_MS;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    for (;;) {
        struct sockaddr_un address;
        char why[JOURNAL_WHY];
        struct live live;
        int unused, failed = -1;

        if (live_find(NULL, &live, why)) {
            assert_true(remote_address(live.socket, &address, &unused));
            failed = connect(fd, (const struct sockaddr *)&address, sizeof address);
            live_free(&live);
        }
        if (failed == 0)
            return fd;
        assert_true(clock_boot_ms() < end);
        poll(NULL, 0, 5);
    }
}

static void
ask(int fd, const char *words)
{
    char line[LINE];
    int length = snprintf(line, sizeof line, "{\"do\":\"%s\"}\n", words);

    assert_int_equal(send(fd, line, (size_t)length, MSG_NOSIGNAL), length);
}

static bool
answers_within(int fd, int ms)
{
    struct pollfd one = {.fd = fd, .events = POLLIN};

    return poll(&one, 1, ms) == 1;
}

static const char *
read_answer(int fd, char line[static LINE])
{
    size_t length = 0;

    do {
        if (!answers_within(fd, BOUND_MS))
            fail_msg("no answer");
        assert_int_equal(recv(fd, line + length, 1, 0), 1);
    } while (line[length++] != '\n' && length < LINE - 1);
    line[length] = '\0';
    return line;
}

static void
expect(int fd, const char *expected)
{
    char line[LINE];

    assert_string_equal(read_answer(fd, line), expected);
}

/* ---- the tests ---- */

/* F3 */
static void
the_answer_comes_when_it_is_on_disk(void **state)
{
    struct room *room = *state;
    char line[LINE];
    int fd, other;

    start(room);
    fd = connect_to_live();
    other = connect_to_live();
    ask(fd, "join Konrad Zuse");
    expect(fd, "{\"ok\":true,\"seq\":2,\"say\":\"Konrad Zuse joined.\"}\n");
    gate_shut();
    ask(fd, "away konrad");
    gate_await();
    ask(other, "status"); /* the session goes on meanwhile: it answers, and knows it */
    assert_non_null(strstr(read_answer(other, line), "Waiting to start with 3 people"));
    assert_false(answers_within(fd, 300));
    gate_open();
    expect(fd, "{\"ok\":true,\"seq\":3,\"say\":\"Konrad Zuse is away.\"}\n");
    close(fd);
    close(other);
}

static void
a_refusal_does_not_wait_for_the_disk(void **state)
{
    struct room *room = *state;
    int fd;

    start(room);
    fd = connect_to_live();
    gate_shut();
    ask(fd, "away nobody");
    expect(fd, "{\"ok\":false,\"code\":4,\"why\":\"Nobody is called \\\"nobody\\\"; there are Ada "
               "Lovelace, Grace Hopper, Alan Turing.\"}\n");
    ask(fd, "pause");
    expect(fd, "{\"ok\":false,\"code\":4,\"why\":\"No turn is running.\"}\n");
    ask(fd, "quit");
    expect(fd, "{\"ok\":false,\"code\":2,\"why\":\"That can only be asked in the session "
               "itself.\"}\n");
    close(fd);
}

/* F4: nobody else's wish is taken while the disk is full; as soon as there is room again, it is. */
static void
who_asks_a_full_disk_is_told_so(void **state)
{
    static const char full[] =
        "{\"ok\":false,\"code\":75,\"why\":\"Nothing is taken now: the record "
        "cannot be written: No space left on device.\"}\n";
    int64_t end = clock_boot_ms() + BOUND_MS;
    struct room *room = *state;
    char line[LINE];
    int fd;

    start(room);
    fd = connect_to_live();
    ask(fd, "join Betty Holberton");
    read_answer(fd, line);
    fault_set((struct fault){
        .call = CALL_WRITE, .first = 1, .times = 1000, .error = ENOSPC, .cannot_truncate = false});
    ask(fd, "join Konrad Zuse");
    expect(fd, "{\"ok\":false,\"code\":1,\"seq\":3,\"why\":\"Konrad Zuse joined. Done, but not "
               "saved yet: No space left on device.\"}\n");
    ask(fd, "join Jean Bartik");
    expect(fd, full);
    fault_set((struct fault){.call = CALL_NONE});
    do {
        assert_true(clock_boot_ms() < end);
        ask(fd, "join Jean Bartik");
    } while (strcmp(read_answer(fd, line), full) == 0);
    assert_string_equal(line, "{\"ok\":true,\"seq\":4,\"say\":\"Jean Bartik joined.\"}\n");
    close(fd);
}

static void
who_waits_while_the_session_is_left_is_told(void **state)
{
    struct room *room = *state;
    int fd, late;

    start(room);
    fd = connect_to_live();
    gate_shut();
    ask(fd, "join Konrad Zuse");
    gate_await();
    quit(room);
    expect(fd, "{\"ok\":false,\"code\":1,\"seq\":2,\"why\":\"Konrad Zuse joined. Done, but not "
               "saved yet: the disk is slow.\"}\n");
    late = (int)recv(fd, (char[1]){0}, 1, 0);
    assert_int_equal(late, 0);
    close(fd);
}

static void
a_session_without_a_place_for_its_socket_goes_on(void **state)
{
    struct room *room = *state;
    char *folder = folder_path(room->folder, "randori");

    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(chmod(folder, 0777), 0);
    start(room);
    assert_int_equal(write(room->keyboard, "join Konrad Zuse\n", 17), 17);
    quit(room);
    stop(room);
    assert_non_null(strstr(room->said, "No control from other windows: others may write to "));
    assert_non_null(strstr(room->said, "Konrad Zuse joined.\n"));
    free(folder);
}

#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, begin, finish)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(the_answer_comes_when_it_is_on_disk),
        IN_A_ROOM(a_refusal_does_not_wait_for_the_disk),
        cmocka_unit_test_setup_teardown(who_asks_a_full_disk_is_told_so, begin_faulty, finish),
        IN_A_ROOM(who_waits_while_the_session_is_left_is_told),
        IN_A_ROOM(a_session_without_a_place_for_its_socket_goes_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
