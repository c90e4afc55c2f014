/*
 * The disabled tests of one source file, in their order: each is a step, whatever the line ends,
 * byte order mark and bytes that are no UTF-8. Topics are commented in four ways:
 *
 *   - an attribute in a comment above a method that is not: a step a line;
 *   - a test in comments line by line: one step, named after its method;
 *   - tests in a block comment whose opener stands before each of them, so that deleting one opener
 *     enables one test: a step an opener. An opener without a test behind it (a licence), and one of
 *     documentation, is none;
 *   - not at all: every test is active, and none of them is a step.
 *
 * A test that a marker skips is a step as well.
 */
#ifndef STORAGE_STEPS_SCAN_H
#define STORAGE_STEPS_SCAN_H

#include "storage/file.h"
#include "storage/patterns.h"

enum { STEP_TITLE = 200 /* bytes of a step's name */ };

/* Calls `found` with each step's name, safe to show. Returns how many tests are active. */
int steps_scan(const struct language *language, struct file_text text,
               void (*found)(void *user, const char *title), void *user);

#endif
