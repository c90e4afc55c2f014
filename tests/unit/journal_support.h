/* What the tests of the journal share: a disk that fails on demand, and whole sessions written. */
#ifndef TESTS_UNIT_JOURNAL_SUPPORT_H
#define TESTS_UNIT_JOURNAL_SUPPORT_H

#include <stdbool.h>

#include "sample.h"
#include "storage/journal_private.h"

enum { BOUND_MS = 20000 /* a condition that takes longer has failed */ };

enum call { CALL_NONE, CALL_OPEN, CALL_WRITE, CALL_FDATASYNC, CALL_FSYNC, CALL_TRUNCATE, CALLS };

/* The system calls, of which those of one kind fail: from the `first` (1 ..) on, `times` times. */
struct fault {
    enum call call;
    int first, times;
    int error;
    int short_write;      /* the first one writes that many bytes, as a disk that fills up does */
    bool cannot_truncate; /* and meanwhile no ftruncate() works */
};

extern const struct journal_system faulty_system;
void fault_set(struct fault next); /* counts from 0 again */
int fault_hits(void);              /* how often it has failed since */

/* A disk whose syncs wait until the gate is open. */
extern const struct journal_system gated_system;
void gate_shut(void);
void gate_open(void);
void gate_await(void); /* until somebody waits at it */

/* A disk that says it has synced: for tests that write thousands of files. */
extern const struct journal_system hasty_system;

/* Creates a journal with the sample session in it; its path, the caller's to free. */
char *write_sample(const char *folder, const struct sample *sample);

void append_all(struct journal *journal, const struct sample *sample, int from);
void assert_holds(const char *path, const struct sample *sample, int count);

/* Waits for the journal's descriptor until `is_so`. */
void await(struct journal *journal, bool (*is_so)(struct journal *journal));
bool is_saved(struct journal *journal);
bool is_in_trouble(struct journal *journal);

#endif
