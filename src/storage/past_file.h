/*
 * A closed session by its first and its last line. Private to past*.c.
 */
#ifndef STORAGE_PAST_FILE_H
#define STORAGE_PAST_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "session/past.h"

struct past_file {
    char *bytes; /* owned; kept from file to file */
    size_t size, room;
    struct past past;
    bool practice;
    struct closing closing; /* its texts stand in `bytes`; the lists are owned and kept */
    int people_room, roles_room, items_room, done_room;
};

/* Reads the file `name` below the folder. True: it is whole and closed, carries its summary and is
 * written as we write; `past` and `practice` then tell of it until the next call. False says
 * nothing: whoever wants to know reads it as a journal. */
bool past_file_read(struct past_file *file, int folder_fd, const char *name);
void past_file_free(struct past_file *file);

#endif
