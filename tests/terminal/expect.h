/*
 * What a test demands of a program on a vt. Where it does not come, the test fails and the whole
 * screen is printed.
 */
#ifndef TESTS_TERMINAL_EXPECT_H
#define TESTS_TERMINAL_EXPECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vt.h"

void expect_text(struct vt *vt, const char *text);
/* Types once, then waits for the text. */
void expect_after(struct vt *vt, const char *keys, const char *text);
/* Types again once a second until the text is there: the program swallows keys for a moment after
 * its clock has changed the phase. */
void expect_pressing(struct vt *vt, const char *keys, const char *text);

/* As a shell wants its terminal. */
void expect_sane(struct vt *vt);

/* The program ends and leaves the terminal sane; ends the vt. */
void expect_exit(struct vt *vt, int status);
/* It is ended by a signal; what it left is to be looked at. */
void expect_killed(struct vt *vt, int number);

void expect_fail(struct vt *vt, const char *why);

int64_t expect_now_ms(void); /* CLOCK_MONOTONIC */

/* `sh -i` with "prompt>" as its prompt. */
struct vt *expect_shell(const char *const *environment, const char *folder);
/* The shell has the terminal again, and that is sane. */
void expect_in_shell(struct vt *vt);
/* A job has the terminal, `fg` has done its work. */
void expect_in_job(struct vt *vt);
void expect_leaving_shell(struct vt *vt);

#endif
