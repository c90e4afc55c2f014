/* Gathers what is handed out piece by piece. */
#ifndef TESTS_UNIT_GATHER_H
#define TESTS_UNIT_GATHER_H

#include <stddef.h>

enum { GATHERED_MOST = 1 << 17 };

struct gathered {
    char text[GATHERED_MOST];
    size_t used;
};

/* For callbacks: `user` is a zeroed struct gathered. */
void gather(void *user, const char *piece);
void gather_line(void *user, const char *line); /* and a newline */

#endif
