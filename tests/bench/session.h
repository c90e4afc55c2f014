/*
 * A program that is measured: on a pseudo-terminal of its own, with a home of its own.
 */
#ifndef TESTS_BENCH_SESSION_H
#define TESTS_BENCH_SESSION_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct session {
    pid_t pid;
    int terminal;
    bool gone;
    uint64_t bytes; /* that it has written */
    double last_byte_ms;
    const char *awaited; /* NULL: nothing */
    double drawn_ms;     /* when `awaited` was written; 0: not yet */
    char home[64];
};

double now_ms(void); /* monotonic */

/* Runs `arguments` (ended by NULL) at that size; false when it cannot. */
bool session_open(struct session *session, char *const *arguments, int rows, int columns);

/* Makes that session's home and terminal settings those of this process. */
void session_enter_home(const struct session *session);

/* Reads what it writes until it was quiet for so long, or until the deadline. */
void session_watch(struct session *session, double quiet_ms, double deadline_ms);
/* The same for several until the deadline, however quiet. */
void sessions_watch(struct session *sessions, int count, double deadline_ms);

/* Types, and reads on for a while, past the keys that a change of phase swallows. */
void session_press(struct session *session, const char *keys);
/* Milliseconds from the key to the first byte that follows; NAN when none did within a second. */
double session_key_ms(struct session *session, const char *key);

/* Asks the program to end, and makes it; removes its home. */
void session_close(struct session *session);

/* What /proc knows: a number behind a label (the first when it is ""), summed over threads. */
double session_threads(const struct session *session, const char *file, const char *label);
double session_resident_kb(const struct session *session);

#endif
