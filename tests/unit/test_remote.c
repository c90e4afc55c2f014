/*
 * The socket of a session: who is heard, how much of it at a time, and what hostile clients cost.
 * Client, session and loop are one thread, so each pass of the loop can be counted.
 */
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "services/clock.h"
#include "services/loop.h"
#include "services/remote.h"
#include "services/remote_address.h"

enum { BOUND_MS = 10000, ASKED_MOST = 4096, WORDS = 64 };

struct room {
    char *folder, *path; /* path: owned */
    struct loop *loop;
    struct remote *remote;
    bool answers; /* at once, with what was asked */
    int asked;
    char words[WORDS]; /* the last */
    unsigned ticket;   /* the last */
    int64_t passes;
};

/* ---- the session's side ---- */

static void
answer(struct room *room, unsigned ticket, enum remote_code code, const char *text)
{
    struct remote_answer given = {.code = code, .seq = room->asked};

    snprintf(given.text, sizeof given.text, "%s", text);
    remote_answer(room->remote, ticket, &given);
}

static void
on_asked(void *user, unsigned ticket, char *words)
{
    struct room *room = user;

    room->asked++;
    room->ticket = ticket;
    snprintf(room->words, sizeof room->words, "%s", words);
    if (room->answers)
        answer(room, ticket, REMOTE_DONE, words);
}

static void
on_signal(void *user, int number)
{
    (void)user;
    (void)number;
}

static void
on_timer(void *user, short revents)
{
    (void)user;
    (void)revents;
}

static void
listen_as(struct room *room, uid_t owner)
{
    const struct remote_listener listener = {.asked = on_asked, .user = room};
    char why[REMOTE_WHY];

    room->remote = remote_open(room->loop, room->path, owner, &listener, why);
    if (room->remote == NULL)
        fail_msg("%s", why);
}

static int
enter(void **state)
{
    struct room *room = calloc(1, sizeof *room);
    void *folder;

    if (room == NULL || folder_make(&folder) != 0)
        return -1;
    room->folder = folder;
    room->path = folder_path(folder, "room.sock");
    room->loop = loop_new(on_signal, on_timer, room);
    room->answers = true;
    listen_as(room, geteuid());
    *state = room;
    return 0;
}

static int
leave(void **state)
{
    const struct remote_answer last = {.code = REMOTE_TRY_AGAIN, .text = "over"};
    struct room *room = *state;
    void *folder = room->folder;

    remote_close(room->remote, &last);
    loop_free(room->loop);
    free(room->path);
    free(room);
    return folder_remove(&folder);
}

/* One pass of the loop, which something or `ms` ends. */
static void
pass(struct room *room, int64_t ms)
{
    int64_t until = clock_boot_ms() + ms, wanted = remote_deadline(room->remote);

    loop_timer(room->loop, wanted < until ? wanted : until);
    assert_true(loop_wait(room->loop));
    remote_tick(room->remote);
    room->passes++;
}

/* ---- a client's side ---- */

static int
connect_to(const char *path)
{
    struct sockaddr_un address;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), folder;

    assert_true(remote_address(path, &address, &folder));
    assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof address), 0);
    if (folder >= 0)
        close(folder);
    return fd;
}

static void
say(int fd, const char *text)
{
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

static bool
is_readable(int fd)
{
    struct pollfd one = {.fd = fd, .events = POLLIN};

    return poll(&one, 1, 0) == 1;
}

/* Lets passes happen until the client has a line, or the end of file ("" then). */
static void
await_line(struct room *room, int fd, char line[static REMOTE_LINE_MOST])
{
    int64_t end = clock_boot_ms() + BOUND_MS;
    size_t length = 0;

    line[0] = '\0';
    while (length == 0 || line[length - 1] != '\n') {
        assert_true(clock_boot_ms() < end);
        if (!is_readable(fd)) {
            pass(room, 20);
            continue;
        }
        if (recv(fd, line + length, 1, 0) <= 0)
            break;
        length++;
    }
    line[length] = '\0';
}

static void
expect(struct room *room, int fd, const char *expected)
{
    char line[REMOTE_LINE_MOST];

    await_line(room, fd, line);
    assert_string_equal(line, expected);
}

static void
await_asked(struct room *room, int count)
{
    int64_t end = clock_boot_ms() + BOUND_MS;

    while (room->asked < count) {
        assert_true(clock_boot_ms() < end);
        pass(room, 20);
    }
}

/* Nothing is left to be done: the loop sleeps until its timer. */
static bool
is_idle(struct room *room)
{
    int64_t before = clock_boot_ms();

    pass(room, 30);
    return clock_boot_ms() - before >= 25;
}

static void
await_idle(struct room *room)
{
    int64_t end = clock_boot_ms() + BOUND_MS;

    while (!is_idle(room))
        assert_true(clock_boot_ms() < end);
}

/* ---- asking and answering ---- */

static void
a_request_is_answered(void **state)
{
    struct room *room = *state;
    int fd = connect_to(room->path);

    say(fd, "{\"do\":\"away ada\"}\n");
    expect(room, fd, "{\"ok\":true,\"seq\":1,\"say\":\"away ada\"}\n");
    say(fd, "{\"id\":7,\"do\":\"next\",\"later\":[1]}\n");
    expect(room, fd, "{\"id\":7,\"ok\":true,\"seq\":2,\"say\":\"next\"}\n");
    say(fd, "{\"id\":\"a\\\"b\",\"do\":\"next\"}\n");
    expect(room, fd, "{\"id\":\"a\\\"b\",\"ok\":true,\"seq\":3,\"say\":\"next\"}\n");
    close(fd);
}

static void
a_refusal_has_a_code_and_a_reason(void **state)
{
    struct room *room = *state;
    int fd = connect_to(room->path);

    room->answers = false;
    say(fd, "{\"do\":\"next\",\"id\":-1}\n");
    await_asked(room, 1);
    answer(room, room->ticket, REMOTE_REFUSED, "Not\x1b[31m now.");
    expect(room, fd,
           "{\"id\":-1,\"ok\":false,\"code\":4,\"seq\":1,\"why\":\"Not\xEF\xBF\xBD[31m now.\"}\n");
    close(fd);
}

/* What is asked while an answer is owed waits, in order. */
static void
one_at_a_time_is_asked_of_a_client(void **state)
{
    struct room *room = *state;
    int fd = connect_to(room->path), other = connect_to(room->path);

    room->answers = false;
    say(fd, "{\"do\":\"one\"}\n{\"do\":\"two\"}\n");
    await_asked(room, 1);
    await_idle(room);
    assert_int_equal(room->asked, 1);
    assert_string_equal(room->words, "one");
    unsigned first = room->ticket;
    say(other, "{\"do\":\"three\"}\n");
    await_asked(room, 2);
    assert_string_equal(room->words, "three");
    answer(room, room->ticket, REMOTE_DONE, "3");
    expect(room, other, "{\"ok\":true,\"seq\":2,\"say\":\"3\"}\n");
    answer(room, first, REMOTE_DONE, "1");
    expect(room, fd, "{\"ok\":true,\"seq\":2,\"say\":\"1\"}\n");
    await_asked(room, 3);
    assert_string_equal(room->words, "two");
    close(fd);
    close(other);
}

static void
lines_come_in_any_pieces(void **state)
{
    static const char line[] = "{\"do\":\"next\"}\n";
    struct room *room = *state;
    int fd = connect_to(room->path);

    for (const char *at = line; *at != '\0'; at++) {
        char piece[2] = {*at, '\0'};

        assert_int_equal(room->asked, 0);
        say(fd, piece);
        await_idle(room);
    }
    expect(room, fd, "{\"ok\":true,\"seq\":1,\"say\":\"next\"}\n");
    close(fd);
}

static void
who_stops_talking_is_still_answered(void **state)
{
    struct room *room = *state;
    int fd = connect_to(room->path);

    say(fd, "{\"do\":\"one\"}\n{\"do\":\"two\"}\n{\"do\":\"half\"}");
    assert_int_equal(shutdown(fd, SHUT_WR), 0);
    expect(room, fd, "{\"ok\":true,\"seq\":1,\"say\":\"one\"}\n");
    expect(room, fd, "{\"ok\":true,\"seq\":2,\"say\":\"two\"}\n");
    expect(room, fd, "");
    assert_int_equal(room->asked, 2);
    await_idle(room);
    close(fd);
}

static void
who_goes_before_the_answer_is_forgotten(void **state)
{
    struct room *room = *state;
    int fd = connect_to(room->path);

    room->answers = false;
    say(fd, "{\"do\":\"next\"}\n");
    await_asked(room, 1);
    close(fd);
    await_idle(room);
    answer(room, room->ticket, REMOTE_DONE, "late");
    answer(room, 12345, REMOTE_DONE, "to nobody");
    await_idle(room);
    fd = connect_to(room->path);
    room->answers = true;
    say(fd, "{\"do\":\"on\"}\n");
    expect(room, fd, "{\"ok\":true,\"seq\":2,\"say\":\"on\"}\n");
    close(fd);
}

/* ---- hostile clients ---- */

static void
nonsense_is_refused_and_the_next_line_heard(void **state)
{
    static const char *const nonsense[] = {
        "next",
        "",
        "[]",
        "null",
        "\"next\"",
        "{}",
        "{\"do\":7}",
        "{\"do\":\"next\"",
        "{\"do\":\"a\",\"do\":\"b\"}",
        "{\"do\":\"next\",\"id\":[]}",
        "{\"do\":\"next\",\"id\":"
        "\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}",
        "{\"do\":\"next\",\"id\":1.5}",
        "{\"do\":\"next\",\"id\":\"\\u001b[2J\"}",
        "{\"do\":\"note \\u001b[2J\"}",
        "{\"do\":\"note \\u202ereversed\"}",
        "{\"do\":\"two\\nlines\"}",
        "{\"do\":\"a\\u0000b\"}",
        "{\"do\":\"\xff\xfe\"}",
        "\x1b[31m\x07",
        "{\"do\":\"next\"}{\"do\":\"next\"}",
    };
    struct room *room = *state;
    int fd = connect_to(room->path);
    char line[REMOTE_LINE_MOST];

    for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
        say(fd, nonsense[i]);
        say(fd, "\n");
        await_line(room, fd, line);
        if (strstr(line, "\"ok\":false,\"code\":2,\"why\":\"") == NULL)
            fail_msg("%s was answered by %s", nonsense[i], line);
        assert_null(strchr(line, '\x1b'));
    }
    assert_int_equal(room->asked, 0);
    say(fd, "{\"do\":\"next\",\"id\":9}\n");
    expect(room, fd, "{\"id\":9,\"ok\":true,\"seq\":1,\"say\":\"next\"}\n");
    close(fd);
}

static void
deep_nesting_is_refused(void **state)
{
    struct room *room = *state;
    int fd = connect_to(room->path);
    char line[REMOTE_LINE_MOST];

    memset(line, '[', 8000);
    line[8000] = '\n';
    line[8001] = '\0';
    say(fd, line);
    await_line(room, fd, line);
    assert_non_null(strstr(line, "\"code\":2"));
    close(fd);
}

static void
who_sends_too_long_a_line_has_to_go(void **state)
{
    struct room *room = *state;
    int fd = connect_to(room->path);
    char line[REMOTE_LINE_MOST + 1];

    memset(line, 'x', REMOTE_LINE_MOST);
    line[REMOTE_LINE_MOST] = '\0';
    say(fd, line);
    expect(room, fd, "{\"ok\":false,\"code\":2,\"why\":\"That line is too long.\"}\n");
    expect(room, fd, "");
    close(fd);
}

static void
the_longest_line_is_heard(void **state)
{
    struct room *room = *state;
    int fd = connect_to(room->path);
    char line[REMOTE_LINE_MOST + 1], *at = line;

    at += sprintf(at, "{\"do\":\"note ");
    memset(at, 'x', sizeof line - (size_t)(at - line));
    strcpy(line + REMOTE_LINE_MOST - 3, "\"}\n");
    assert_int_equal(strlen(line), REMOTE_LINE_MOST);
    say(fd, line);
    await_asked(room, 1);
    close(fd);
}

/* As much as the socket takes. */
static size_t
flood(int fd, const char *line)
{
    size_t lines = 0;

    while (send(fd, line, strlen(line), MSG_NOSIGNAL) == (ssize_t)strlen(line))
        lines++;
    return lines;
}

static void
drain(int fd)
{
    char bytes[65536];

    while (recv(fd, bytes, sizeof bytes, 0) > 0)
        continue;
}

static void
a_flood_is_one_line_a_pass(void **state)
{
    struct room *room = *state;
    int fd = connect_to(room->path), other;

    assert_true(flood(fd, "{\"do\":\"flood\"}\n") > 100);
    for (int i = 0; i < 2000; i++) { /* more than is held at a time, by us and by the kernel */
        int before = room->asked;

        pass(room, 1000);
        assert_true(room->asked <= before + 1);
        drain(fd);
        flood(fd, "{\"do\":\"flood\"}\n");
    }
    assert_true(room->asked >= 1990);
    other = connect_to(room->path);
    say(other, "{\"do\":\"other\"}\n");
    room->passes = 0;
    while (!is_readable(other)) {
        pass(room, 1000);
        drain(fd);
    }
    assert_true(room->passes <= 3); /* let in, heard */
    close(fd);
    close(other);
}

static void
a_client_that_never_reads_costs_nothing(void **state)
{
    struct room *room = *state;
    int fd = connect_to(room->path), other;
    int asked;

    do {
        asked = room->asked;
        flood(fd, "{\"do\":\"never mind the answer, it is long enough\"}\n");
        await_idle(room);
    } while (room->asked > asked);
    assert_true(asked > 0);
    assert_true(flood(fd, "{\"do\":\"more\"}\n") == 0); /* what it sends stays with the kernel */
    assert_true(is_idle(room));
    other = connect_to(room->path);
    say(other, "{\"do\":\"other\"}\n");
    await_asked(room, asked + 1);
    assert_string_equal(room->words, "other");
    close(fd);
    close(other);
    await_idle(room);
}

static void
who_waits_in_front_of_a_full_room_gets_the_place_of_an_idle_one(void **state)
{
    struct room *room = *state;
    int fds[REMOTE_CLIENTS], late;
    int64_t began = clock_boot_ms();

    for (int i = 0; i < REMOTE_CLIENTS; i++)
        fds[i] = connect_to(room->path);
    room->answers = false;
    say(fds[0], "{\"do\":\"owed\"}\n"); /* the first, and not idle */
    await_asked(room, 1);
    await_idle(room);
    room->answers = true;
    late = connect_to(room->path);
    say(late, "{\"do\":\"late\"}\n");
    for (int i = 0; i < 3; i++)
        pass(room, 20);
    assert_true(is_idle(room)); /* does not spin meanwhile */
    expect(room, late, "{\"ok\":true,\"seq\":2,\"say\":\"late\"}\n");
    assert_true(clock_boot_ms() - began >= REMOTE_IDLE_MS);
    expect(room, fds[1], "");
    answer(room, room->ticket - 1, REMOTE_DONE, "at last");
    expect(room, fds[0], "{\"ok\":true,\"seq\":2,\"say\":\"at last\"}\n");
    for (int i = 0; i < REMOTE_CLIENTS; i++)
        close(fds[i]);
    close(late);
}

static void
a_place_that_is_left_is_given_at_once(void **state)
{
    struct room *room = *state;
    int fds[REMOTE_CLIENTS], late;

    room->answers = false;
    for (int i = 0; i < REMOTE_CLIENTS; i++) {
        fds[i] = connect_to(room->path);
        say(fds[i], "{\"do\":\"owed\"}\n"); /* nobody is idle */
    }
    await_asked(room, REMOTE_CLIENTS);
    late = connect_to(room->path);
    say(late, "{\"do\":\"late\"}\n");
    await_idle(room);
    assert_int_equal(room->asked, REMOTE_CLIENTS);
    answer(room, room->ticket, REMOTE_DONE, "go");
    close(fds[REMOTE_CLIENTS - 1]);
    room->passes = 0;
    await_asked(room, REMOTE_CLIENTS + 1);
    assert_true(room->passes <= 5); /* gone, let in, heard */
    assert_string_equal(room->words, "late");
    for (int i = 0; i < REMOTE_CLIENTS - 1; i++)
        close(fds[i]);
    close(late);
}

/* What a process of somebody else gets to read: 0, or a number that says what went wrong. */
static int
ask_as_somebody_else(const struct room *room)
{
    const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "room.sock"};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    struct pollfd one = {.fd = fd, .events = POLLIN};
    char byte;

    if (chdir(room->folder) != 0 || setresgid(12345, 12345, 12345) != 0 ||
        setresuid(12345, 12345, 12345) != 0)
        return 2;
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) != 0)
        return 3;
    send(fd, "{\"do\":\"next\"}\n", 14, MSG_NOSIGNAL);
    if (poll(&one, 1, BOUND_MS) != 1)
        return 4;
    return recv(fd, &byte, 1, 0) > 0;
}

/* As root a child becomes somebody else; without, the session pretends to be somebody else's. */
static void
other_users_are_not_heard(void **state)
{
    const struct remote_answer last = {.code = REMOTE_TRY_AGAIN};
    struct room *room = *state;
    int status = 0;

    if (geteuid() != 0) {
        remote_close(room->remote, &last);
        listen_as(room, geteuid() + 1);
        int fd = connect_to(room->path);
        say(fd, "{\"do\":\"next\"}\n");
        expect(room, fd, "");
        close(fd);
    } else {
        assert_int_equal(chmod(room->folder, 0711), 0);
        assert_int_equal(chmod(room->path, 0666), 0);
        pid_t child = fork();
        if (child == 0)
            _exit(ask_as_somebody_else(room));
        while (waitpid(child, &status, WNOHANG) == 0)
            pass(room, 20);
    }
    assert_int_equal(status, 0);
    assert_int_equal(room->asked, 0);
}

static void
only_the_user_may_connect(void **state)
{
    struct room *room = *state;
    struct stat about;

    assert_int_equal(stat(room->path, &about), 0);
    assert_true(S_ISSOCK(about.st_mode));
    assert_int_equal(about.st_mode & 0777, 0600);
}

/* ---- the end ---- */

static void
at_the_end_everybody_who_asked_is_told(void **state)
{
    const struct remote_answer last = {.code = REMOTE_TRY_AGAIN, .text = "over"};
    static const char over[] = "{\"ok\":false,\"code\":75,\"why\":\"over\"}\n";
    struct room *room = *state;
    int asked = connect_to(room->path), silent = connect_to(room->path), waiting;
    char line[2 * REMOTE_LINE_MOST] = "";

    room->answers = false;
    say(asked, "{\"do\":\"one\"}\n{\"do\":\"two\",\"id\":2}\n");
    await_asked(room, 1);
    await_idle(room);
    waiting = connect_to(room->path); /* in the kernel, not let in yet */
    say(waiting, "{\"do\":\"three\"}\n");
    remote_close(room->remote, &last);
    room->remote = NULL;
    assert_int_equal(access(room->path, F_OK), -1);
    assert_true(recv(asked, line, sizeof line, 0) > 0);
    assert_string_equal(line, "{\"ok\":false,\"code\":75,\"why\":\"over\"}\n"
                              "{\"id\":2,\"ok\":false,\"code\":75,\"why\":\"over\"}\n");
    memset(line, 0, sizeof line);
    assert_true(recv(waiting, line, sizeof line, 0) > 0);
    assert_string_equal(line, over);
    assert_int_equal(recv(silent, line, sizeof line, 0), 0);
    assert_int_equal(room->asked, 1);
    close(asked);
    close(silent);
    close(waiting);
}

static int
open_descriptors(void)
{
    DIR *folder = opendir("/proc/self/fd");
    int count = 0;

    assert_non_null(folder);
    while (readdir(folder) != NULL)
        count++;
    closedir(folder);
    return count;
}

static void
no_descriptor_stays_open(void **state)
{
    const struct remote_answer last = {.code = REMOTE_TRY_AGAIN};
    struct room *room = *state;
    int before, fds[5];

    remote_close(room->remote, &last);
    before = open_descriptors();
    listen_as(room, geteuid());
    for (int i = 0; i < 5; i++) {
        fds[i] = connect_to(room->path);
        say(fds[i], "{\"do\":\"next\"}\n");
    }
    await_asked(room, 3);
    remote_close(room->remote, &last);
    room->remote = NULL;
    for (int i = 0; i < 5; i++)
        close(fds[i]);
    assert_int_equal(open_descriptors(), before);
}

static void
a_path_too_long_for_an_address_works(void **state)
{
    struct room *room = *state;
    struct room deep = {.loop = room->loop, .answers = true};
    const struct remote_answer last = {.code = REMOTE_TRY_AGAIN};
    char *name = malloc(160), *folder;
    int fd;

    memset(name, 'd', 150);
    name[150] = '\0';
    folder = folder_path(room->folder, name);
    assert_int_equal(mkdir(folder, 0700), 0);
    deep.path = folder_path(folder, "room.sock");
    listen_as(&deep, geteuid());
    fd = connect_to(deep.path);
    say(fd, "{\"do\":\"deep\"}\n");
    expect(&deep, fd, "{\"ok\":true,\"seq\":1,\"say\":\"deep\"}\n");
    remote_close(deep.remote, &last);
    assert_int_equal(access(deep.path, F_OK), -1);
    close(fd);
    free(deep.path);
    free(folder);
    free(name);
}

static void
a_place_that_cannot_be_used_has_a_reason(void **state)
{
    struct room *room = *state;
    const struct remote_listener listener = {.asked = on_asked, .user = room};
    char *path = folder_path(room->folder, "missing/room.sock"), why[REMOTE_WHY];

    assert_null(remote_open(room->loop, path, geteuid(), &listener, why));
    assert_non_null(strstr(why, "No such file or directory"));
    free(path);
}

#define IN_A_ROOM(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_ROOM(a_request_is_answered),
        IN_A_ROOM(a_refusal_has_a_code_and_a_reason),
        IN_A_ROOM(one_at_a_time_is_asked_of_a_client),
        IN_A_ROOM(lines_come_in_any_pieces),
        IN_A_ROOM(who_stops_talking_is_still_answered),
        IN_A_ROOM(who_goes_before_the_answer_is_forgotten),
        IN_A_ROOM(nonsense_is_refused_and_the_next_line_heard),
        IN_A_ROOM(deep_nesting_is_refused),
        IN_A_ROOM(who_sends_too_long_a_line_has_to_go),
        IN_A_ROOM(the_longest_line_is_heard),
        IN_A_ROOM(a_flood_is_one_line_a_pass),
        IN_A_ROOM(a_client_that_never_reads_costs_nothing),
        IN_A_ROOM(who_waits_in_front_of_a_full_room_gets_the_place_of_an_idle_one),
        IN_A_ROOM(a_place_that_is_left_is_given_at_once),
        IN_A_ROOM(other_users_are_not_heard),
        IN_A_ROOM(only_the_user_may_connect),
        IN_A_ROOM(at_the_end_everybody_who_asked_is_told),
        IN_A_ROOM(no_descriptor_stays_open),
        IN_A_ROOM(a_path_too_long_for_an_address_works),
        IN_A_ROOM(a_place_that_cannot_be_used_has_a_reason),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
