/*
 * What a session and whoever controls it say to each other over its socket: JSON, one object a
 * line, described for everybody in randori(1).
 *
 *   to the session:   {"do":"away ada","id":7}
 *   from the session: {"id":7,"ok":true,"seq":17,"say":"Ada Lovelace is away."}
 *                     {"id":7,"ok":false,"code":4,"why":"Ada Lovelace is away already."}
 *
 * "do" is a line as typed under --plain. "id", a text or a whole number, is optional and comes back
 * as it was; fields not known are ignored. "seq" is the last fact that followed, and on disk; with
 * code 1 it is not on disk yet. "code" is an exit status of randori(1).
 */
#ifndef SERVICES_REMOTE_MESSAGE_H
#define SERVICES_REMOTE_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    REMOTE_LINE_MOST = 8192, /* bytes of a line with its newline */
    REMOTE_ID_MOST = 64,     /* bytes of a text that is an id */
    REMOTE_TEXT = 2048       /* bytes that hold "say" or "why" */
};

enum remote_code {
    REMOTE_DONE = 0,
    REMOTE_NOT_SAVED = 1,
    REMOTE_NO_REQUEST = 2, /* no JSON, or no command of a session */
    REMOTE_REFUSED = 4,
    REMOTE_TRY_AGAIN = 75,
};

struct remote_request {
    char *words; /* owned: "do" */
    char *id;    /* owned: as JSON; NULL: none */
};

struct remote_answer {
    enum remote_code code;
    int64_t seq; /* 0: nothing happened */
    char text[REMOTE_TEXT];
};

/* One line with newline, the caller's to free; NULL when memory is out, or for words that are too
 * long or hold what text_fault() names. */
char *remote_request_text(const char *words);

/* False with why not; *request then holds at most an id. Clear it always. */
bool remote_request_parse(const char *line, size_t length, struct remote_request *request,
                          char why[static REMOTE_TEXT]);
void remote_request_clear(struct remote_request *request);

/* One line with newline, the caller's to free; NULL when memory is out. The text is cleaned. */
char *remote_answer_text(const struct remote_answer *answer, const char *id);

/* False when the line is no answer. */
bool remote_answer_parse(const char *line, size_t length, struct remote_answer *answer);

#endif
