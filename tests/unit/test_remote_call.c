/* The asking end of the socket, and what is said over it, against sessions that behave badly. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder.h"
#include "services/clock.h"
#include "services/remote_address.h"
#include "services/remote_call.h"

enum { PATIENCE_MS = 10000 };

/* A session that hears one line, says one thing and hangs up. */
struct stand_in {
    int listener;
    const char *says; /* NULL: keeps silent until the asker has gone */
    char heard[REMOTE_LINE_MOST + 1];
    pthread_t thread;
};

static void *
serve(void *user)
{
    struct stand_in *stand_in = user;
    int fd = accept(stand_in->listener, NULL, NULL);
    size_t length = 0;
    char byte;

    while (length < REMOTE_LINE_MOST && recv(fd, stand_in->heard + length, 1, 0) == 1 &&
           stand_in->heard[length] != '\n')
        length++;
    stand_in->heard[length] = '\0';
    for (const char *at = stand_in->says; at != NULL && *at != '\0'; at++)
        send(fd, at, 1, MSG_NOSIGNAL); /* in the smallest pieces */
    while (stand_in->says == NULL && recv(fd, &byte, 1, 0) == 1)
        continue;
    close(fd);
    return NULL;
}

static char *
start(struct stand_in *stand_in, const char *folder, const char *says)
{
    char *path = folder_path(folder, "room.sock");
    struct sockaddr_un address;
    int unused;

    *stand_in = (struct stand_in){.listener = socket(AF_UNIX, SOCK_STREAM, 0), .says = says};
    assert_true(remote_address(path, &address, &unused));
    assert_int_equal(bind(stand_in->listener, (const struct sockaddr *)&address, sizeof address),
                     0);
    assert_int_equal(listen(stand_in->listener, 1), 0);
    assert_int_equal(pthread_create(&stand_in->thread, NULL, serve, stand_in), 0);
    return path;
}

static void
stop(struct stand_in *stand_in, char *path)
{
    pthread_join(stand_in->thread, NULL);
    close(stand_in->listener);
    free(path);
}

static void
an_answer_is_read(void **state)
{
    struct remote_answer answer;
    struct stand_in stand_in;
    char *path = start(&stand_in, *state, "{\"ok\":true,\"seq\":17,\"say\":\"Ada is away.\"}\n");

    assert_int_equal(remote_call(path, "away \"ada\"", PATIENCE_MS, &answer), REMOTE_ANSWERED);
    assert_int_equal(answer.code, REMOTE_DONE);
    assert_int_equal(answer.seq, 17);
    assert_string_equal(answer.text, "Ada is away.");
    stop(&stand_in, path);
    assert_string_equal(stand_in.heard, "{\"do\":\"away \\\"ada\\\"\"}");
}

static void
a_refusal_is_read_and_cleaned(void **state)
{
    struct remote_answer answer;
    struct stand_in stand_in;
    char *path = start(&stand_in, *state,
                       "{\"ok\":false,\"code\":75,\"why\":\"not \\u001b[2Jnow\",\"more\":1}\n");

    assert_int_equal(remote_call(path, "next", PATIENCE_MS, &answer), REMOTE_ANSWERED);
    assert_int_equal(answer.code, REMOTE_TRY_AGAIN);
    assert_string_equal(answer.text, "not \xEF\xBF\xBD[2Jnow");
    stop(&stand_in, path);
}

static void
what_is_no_answer_is_none(void **state)
{
    static const char *const lines[] = {
        "",
        "\n",
        "hello\n",
        "{\"ok\":true}\n",
        "{\"ok\":false,\"why\":\"no code\"}\n",
        "{\"ok\":false,\"code\":0,\"why\":\"no failure\"}\n",
        "{\"ok\":false,\"code\":300,\"why\":\"no exit status\"}\n",
        "{\"ok\":true,\"say\":\"no newline\"}",
    };

    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct remote_answer answer;
        struct stand_in stand_in;
        char *path = start(&stand_in, *state, lines[i]);

        assert_int_equal(remote_call(path, "next", PATIENCE_MS, &answer), REMOTE_SILENT);
        unlink(path);
        stop(&stand_in, path);
    }
}

static void
silence_is_waited_for_and_no_longer(void **state)
{
    int64_t began = clock_boot_ms();
    struct remote_answer answer;
    struct stand_in stand_in;
    char *path = start(&stand_in, *state, NULL);

    assert_int_equal(remote_call(path, "next", 200, &answer), REMOTE_SILENT);
    assert_true(clock_boot_ms() - began >= 200);
    assert_true(clock_boot_ms() - began < PATIENCE_MS);
    stop(&stand_in, path);
}

/* A stopped session with a full queue: connecting itself has to be waited for. */
static void
a_full_queue_is_waited_for_and_no_longer(void **state)
{
    char *path = folder_path(*state, "room.sock");
    int listener = socket(AF_UNIX, SOCK_STREAM, 0), first, unused;
    struct remote_answer answer;
    struct sockaddr_un address;

    assert_true(remote_address(path, &address, &unused));
    assert_int_equal(bind(listener, (const struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(listener, 0), 0);
    first = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(connect(first, (const struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(remote_call(path, "next", 200, &answer), REMOTE_UNREACHABLE);
    close(first);
    close(listener);
    free(path);
}

static void
nobody_there_is_told_at_once(void **state)
{
    char *path = folder_path(*state, "room.sock");
    struct remote_answer answer;

    assert_int_equal(remote_call(path, "next", PATIENCE_MS, &answer), REMOTE_UNREACHABLE);
    folder_write(path, "", 0);
    assert_int_equal(remote_call(path, "next", PATIENCE_MS, &answer), REMOTE_UNREACHABLE);
    free(path);
}

static void
what_may_not_be_said_is_not_sent(void **state)
{
    char words[REMOTE_LINE_MOST];
    struct remote_answer answer;

    (void)state;
    memset(words, 'x', sizeof words);
    words[sizeof words - 1] = '\0';
    assert_int_equal(remote_call("nowhere", words, 0, &answer), REMOTE_BAD_WORDS);
    assert_int_equal(remote_call("nowhere", "a\nb", 0, &answer), REMOTE_BAD_WORDS);
    assert_int_equal(remote_call("nowhere", "\xff", 0, &answer), REMOTE_BAD_WORDS);
}

#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, folder_make, folder_remove)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_FOLDER(an_answer_is_read),
        IN_A_FOLDER(a_refusal_is_read_and_cleaned),
        IN_A_FOLDER(what_is_no_answer_is_none),
        IN_A_FOLDER(silence_is_waited_for_and_no_longer),
        IN_A_FOLDER(a_full_queue_is_waited_for_and_no_longer),
        IN_A_FOLDER(nobody_there_is_told_at_once),
        IN_A_FOLDER(what_may_not_be_said_is_not_sent),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
