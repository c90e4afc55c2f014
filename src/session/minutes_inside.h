/*
 * Shared between the files of the minutes; nobody else includes it.
 */
#ifndef SESSION_MINUTES_INSIDE_H
#define SESSION_MINUTES_INSIDE_H

#include "session/duration.h"
#include "session/minutes.h"

struct writing {
    const struct minutes *minutes;
    const struct minutes_form *form;
};

/* Each cleans what it is given. */
__attribute__((format(printf, 3, 4))) void writing_fact(const struct writing *writing,
                                                        const char *label, const char *format, ...);
__attribute__((format(printf, 3, 4))) void
writing_item(const struct writing *writing, enum minutes_tick tick, const char *format, ...);
__attribute__((format(printf, 3, 4))) void writing_section(const struct writing *writing,
                                                           enum minutes_section section,
                                                           const char *format, ...);

/* In the time zone of the opening: the room does not move. Returns `out`. */
char *minutes_clock(const struct minutes *minutes, int64_t wall_ms, char out[static DURATION_SIZE]);

/* A table filled cell by cell, row by row; `rows` is how many there will be at most. Short of memory
 * it stays empty. */
void table_begin(struct minutes_table *table, const char *caption,
                 const struct minutes_column *column, int columns, int rows);
__attribute__((format(printf, 2, 3))) void table_add(struct minutes_table *table,
                                                     const char *format, ...);

/* Hands out the rows that are complete, and frees the table. */
void writing_table(const struct writing *writing, struct minutes_table *table);

void writing_learned(const struct writing *writing);
void writing_actions(const struct writing *writing);
void writing_turns(const struct writing *writing);
void writing_stops(const struct writing *writing);
void writing_steps(const struct writing *writing);
void writing_next(const struct writing *writing);

#endif
