/*
 * The debrief's formats: named sets of questions, in our own words. Here and nowhere else; the
 * choices of [debrief] format in the table of settings are these names in this order.
 */
#ifndef SESSION_FORMATS_H
#define SESSION_FORMATS_H

#include "session/settings.h"

enum format {
    FORMAT_CRITEO,
    FORMAT_LEARN_HINDER,
    FORMAT_FOUR_FEELINGS,
    FORMAT_FIVE_WAYS,
    FORMAT_KERTH,
    FORMAT_ONE_WORD, /* for when little time is left */
    FORMAT_LIGHTS,   /* looks back on what the tests showed */
    FORMATS
};

struct format_row {
    const char *name;
    const char *question[SETTINGS_LIST]; /* NULL after the last */
};

extern const struct format_row formats_table[FORMATS];

/* Replaces the list by copies of the format's questions. False with the list as it was when memory
 * is out. */
bool formats_fill(enum format format, struct text_list *questions);

#endif
