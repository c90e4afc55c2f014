/*
 * Shared by the fuzzers: each reads what a stranger may have written, says what must hold of the
 * answer, and dies when it does not. libFuzzer finds the bytes, ASan and UBSan look on.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "session/session.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

#define MUST(condition)                                                                            \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fuzz_complain(#condition, __FILE__, __LINE__);                                         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

void fuzz_complain(const char *condition, const char *file, int line);

/* The bytes as a file: a path that leads to it until the next call. */
const char *fuzz_file(const uint8_t *data, size_t size);

/* Opens a session of five at 12:45 with one of a few settings, chosen by `kind`. */
void fuzz_open(struct session *session, struct moment *now, unsigned kind);
/* Lets time pass, with all that it causes. */
void fuzz_wait(struct session *session, struct moment *now, int64_t ms);
void fuzz_do(struct session *session, struct moment now, const struct command *command,
             struct decision *decision); /* the caller frees it */

/* Everything that looks at a session: nothing crashes, and each fact reads as it was written. */
void fuzz_look_at(const struct session *session, struct moment now);
void fuzz_round_trip(const struct event *event);

#endif
