/* A folder of its own for a test, below TMPDIR. */
#ifndef TESTS_UNIT_FOLDER_H
#define TESTS_UNIT_FOLDER_H

#include <stddef.h>

/* cmocka setup and teardown: *state becomes the folder's path, later removed with all in it. */
int folder_make(void **state);
int folder_remove(void **state);

/* "folder/name", the caller's to free. */
char *folder_path(const char *folder, const char *name);

/* The whole file, ended by NUL, the caller's to free; fails the test when it cannot be read. */
char *folder_read(const char *path, size_t *length);
void folder_write(const char *path, const char *bytes, size_t length);

#endif
