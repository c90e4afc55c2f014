/*
 * Standard descriptors that were closed before we started (F27): without them the
 * first file we open, a record say, would become standard output.
 */
#ifndef SERVICES_DESCRIPTORS_H
#define SERVICES_DESCRIPTORS_H

#include <stdbool.h>

/* Opens /dev/null for each of 0, 1, 2 that is closed; the first thing main() does. False with
 * errno when that fails. */
bool descriptors_guard(void);

#endif
