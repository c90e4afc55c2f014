/* What somebody sends to a session's socket, all the way into the session; and what a session may
 * answer. */
#include <string.h>

#include "fuzz.h"
#include "screens/plain.h"
#include "services/remote_message.h"
#include "session/text.h"

static void
check_answer(const char *why, const struct remote_request *request)
{
    struct remote_answer answer = {.code = REMOTE_REFUSED, .seq = 3}, again;
    char fault[80], *line;

    strncpy(answer.text, why, sizeof answer.text - 1);
    line = remote_answer_text(&answer, request->id);
    MUST(line != NULL && text_fault(line, strlen(line) - 1, fault) == NULL);
    MUST(remote_answer_parse(line, strlen(line), &again));
    free(line);
}

static void
obey(struct session *session, struct moment *now, char *words)
{
    char why[SETTINGS_ERROR_SIZE] = "";
    struct plain_order order = {.dice = 1};
    struct command command;
    struct decision decision;

    switch (plain_read(session, NULL, words, &order, &command, why)) {
    case PLAIN_COMMAND:
        command.by = BY_COMMAND;
        fuzz_do(session, *now, &command, &decision);
        decision_free(&decision);
        fuzz_wait(session, now, 1000);
        break;
    case PLAIN_MISTAKE:
        MUST(why[0] != '\0');
        break;
    default:
        break;
    }
}

static void
take(struct session *session, struct moment *now, const char *line, size_t length)
{
    struct remote_request request;
    struct remote_answer answer;
    char why[REMOTE_TEXT] = "";

    remote_answer_parse(line, length, &answer);
    if (remote_request_parse(line, length, &request, why))
        obey(session, now, request.words);
    else
        MUST(why[0] != '\0');
    check_answer(why, &request);
    remote_request_clear(&request);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *line = (const char *)data;
    struct session session;
    struct moment now;

    if (size == 0)
        return 0;
    fuzz_open(&session, &now, data[0]);
    line++, size--;
    while (size > 0) {
        const char *end = memchr(line, '\n', size);
        size_t length = end == NULL ? size : (size_t)(end - line) + 1;

        take(&session, &now, line, length);
        line += length;
        size -= length;
    }
    for (int i = 1; i < session.log_count; i++)
        fuzz_round_trip(&session.log[i]);
    fuzz_look_at(&session, now);
    session_free(&session);
    return 0;
}
