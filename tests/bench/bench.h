/*
 * What the files of the benchmark share: who is measured, and the table.
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include "session.h"

enum { CONTENDERS = 3, FLOOR = 0, RANDORI, CLOCK };
enum { ROWS_USUAL = 24, COLUMNS_USUAL = 80, MAX_RUNS = 201 };

struct contender {
    const char *name;
    char *run[5];      /* argument vectors; NULL first: not installed */
    char *version[3];  /* what only starts and ends */
    const char *drawn; /* what its first frame shows; NULL: any, once it is quiet */
    const char *start_key, *pause_key;
    const char *look_key; /* changes what is seen, and causes no fact */
};

/* Opens it at that size and lets it tick; false when it cannot be measured. */
bool contender_open(const struct contender *contender, struct session *session, int rows,
                    int columns);

/* From starting a program that prints to its end; NAN when it fails. */
double run_ms(char *const *arguments);

/* What so many in a hundred do not exceed, of those that are numbers; sorts. */
double percentile(double *values, int count, int hundredth);

/* A row: floor, randori, their ratio, the goal, tty-clock. NAN: not measured. */
void print_heading(const char *title, const char *const names[CONTENDERS]);
void print_row(const char *figure, const double values[CONTENDERS], int decimals, const char *goal);

/* The rows of each subject. */
void bench_starts(const struct contender *contenders, int runs);
void bench_ticking(const struct contender *contenders, int seconds);
void bench_rungs(const struct contender *contender, int seconds);
void bench_keys(const struct contender *contenders);
void bench_history(const struct contender *contender, const char *beside, int runs);
void bench_status(const struct contender *contender, int runs); /* last: it stays in that home */

#endif
