/*
 * A line typed under --plain while it is read: plain.c has the words, plain_arguments.c what may
 * follow them, plain_names.c who and which role is meant.
 */
#ifndef SCREENS_PLAIN_READING_H
#define SCREENS_PLAIN_READING_H

#include "screens/plain.h"

/* A line being read. */
struct reading {
    const struct session *session;
    const struct memory *memory; /* NULL: not read yet */
    char *rest;                  /* what is not read yet; never starts with a blank */
    struct plain_order *order;
    struct command *command;
    char *why; /* SETTINGS_ERROR_SIZE bytes */
};

/* Writes the sentence and returns PLAIN_MISTAKE. */
__attribute__((format(printf, 2, 3))) enum plain_result mistake(const struct reading *reading,
                                                                const char *format, ...);

char *skip_blanks(char *text);

/* The person that an unambiguous part of a name means: the id into *person. */
enum plain_result find_person(struct reading *reading, const char *part, int *person);

/* Takes the role that stands first in reading->rest, its number or a part of its name. */
enum plain_result find_role(struct reading *reading);

/* The rest is who takes the role: somebody known, another name, or "nobody". */
enum plain_result find_holder(struct reading *reading);

/* What follows a word; each fills the command, or says what is wrong. */
enum plain_result read_nothing(struct reading *reading);
enum plain_result read_person(struct reading *reading);
enum plain_result read_next(struct reading *reading);
enum plain_result read_start(struct reading *reading);
enum plain_result read_length(struct reading *reading);
enum plain_result read_extend(struct reading *reading);
enum plain_result read_adjust(struct reading *reading);
enum plain_result read_less(struct reading *reading);
enum plain_result read_clock(struct reading *reading);
enum plain_result read_text(struct reading *reading);
enum plain_result read_name(struct reading *reading);
enum plain_result read_rename(struct reading *reading);
enum plain_result read_up(struct reading *reading);
enum plain_result read_down(struct reading *reading);
enum plain_result read_question(struct reading *reading);
enum plain_result read_light(struct reading *reading);
enum plain_result read_step(struct reading *reading);
enum plain_result read_edit(struct reading *reading);
enum plain_result read_done(struct reading *reading);
enum plain_result read_delete(struct reading *reading);
enum plain_result read_role(struct reading *reading);
enum plain_result read_vacant(struct reading *reading);
enum plain_result read_date(struct reading *reading);
enum plain_result read_shuffle(struct reading *reading);
enum plain_result read_fair(struct reading *reading);
enum plain_result read_close(struct reading *reading);
enum plain_result read_undo(struct reading *reading);
enum plain_result read_status(struct reading *reading);
enum plain_result read_help(struct reading *reading);
enum plain_result read_reload(struct reading *reading);
enum plain_result read_quit(struct reading *reading);

#endif
