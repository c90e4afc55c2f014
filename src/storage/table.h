/*
 * Tables that people edit: a row a line, columns separated by tabs, lines that begin with "#" and
 * empty ones left out. A line that is no text is named in the problems and skipped.
 */
#ifndef STORAGE_TABLE_H
#define STORAGE_TABLE_H

#include <stdbool.h>

#include "storage/problems.h"

enum { TABLE_COLUMNS = 12 };

struct table_row {
    const char *file; /* as it is shown */
    int line;
    int count;                         /* columns there are */
    const char *column[TABLE_COLUMNS]; /* without blanks around; "" also for "-" and past `count` */
};

/* Hands each row to `visit`; what it points to is gone afterwards. False when the file could not be
 * read, which is a problem unless it only does not exist and need not (`named` false). */
bool table_read(const char *path, bool named,
                void (*visit)(void *user, const struct table_row *row), void *user,
                struct problems *problems);

#endif
