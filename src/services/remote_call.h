/* The other end of the socket (remote.h): one command of `randori next` and its like. */
#ifndef SERVICES_REMOTE_CALL_H
#define SERVICES_REMOTE_CALL_H

#include <stdint.h>

#include "services/remote_message.h"

enum remote_called {
    REMOTE_ANSWERED,
    REMOTE_UNREACHABLE, /* nobody listens there (any more) */
    REMOTE_SILENT,      /* no answer: it may have been done, or not */
    REMOTE_BAD_WORDS,   /* too long, or nothing that may be sent */
};

/* Asks the session that listens at `path`, and waits up to `ms` for its answer. */
enum remote_called remote_call(const char *path, const char *words, int64_t ms,
                               struct remote_answer *answer);

#endif
