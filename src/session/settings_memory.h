/*
 * Private to the settings module: a row of the table as a place in memory.
 */
#ifndef SESSION_SETTINGS_MEMORY_H
#define SESSION_SETTINGS_MEMORY_H

#include "session/settings.h"

enum { CHOICE_SIZE = 32 };

/* Where the row's value stands in *settings; of the kind's type. */
void *settings_place(const struct settings *settings, const struct setting *row);

/* The word number `index` of a row's choices, in `out`; NULL past the last. */
char *settings_choice(char out[static CHOICE_SIZE], const struct setting *row, int index);

void settings_clear_texts(struct text_list *list);

#endif
