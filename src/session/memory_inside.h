/* Shared between the files that make up the memory; nobody else includes it. */
#ifndef SESSION_MEMORY_INSIDE_H
#define SESSION_MEMORY_INSIDE_H

#include "session/memory.h"

/* The person of that name, new when there was none; NULL when memory is out. The name becomes the
 * one to show, unless an alias has another. The next call may move it. */
struct memory_person *memory_person(struct memory *memory, const char *name);
void memory_free_people(struct memory *memory);

#endif
