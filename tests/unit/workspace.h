/*
 * A folder of its own for a test that needs files, in $TMPDIR; it becomes the working folder.
 */
#ifndef TESTS_WORKSPACE_H
#define TESTS_WORKSPACE_H

#include <stddef.h>

struct problems;

/* For cmocka's setup and teardown. */
int workspace_enter(void **state);
int workspace_leave(void **state);

void workspace_write(const char *name, const char *text);
void workspace_write_bytes(const char *name, const void *bytes, size_t length);

/* All of them, a line each. The caller frees it. */
char *workspace_problems(const struct problems *problems);

#endif
