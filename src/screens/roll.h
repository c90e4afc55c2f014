/*
 * The people as rows of a list, and what can be done to the one under the cursor. Shared by the
 * opening board and the list of people that `v` opens.
 */
#ifndef SCREENS_ROLL_H
#define SCREENS_ROLL_H

#include "screens/list.h"

int roll_count(const struct view *view);
bool roll_row(const struct view *view, const void *user, int index, char *out, size_t size);

/* The person under the cursor, NULL when the list is empty. */
const struct person *roll_person(const struct view *view, const struct ui *ui);

/* Space or v, O, J, K, r, and the keys that move the cursor. */
enum reply roll_key(const struct view *view, struct ui *ui, struct key key,
                    struct command *command);

extern const struct key_help roll_keys[];

#endif
