/*
 * The roles screen's list, shared by its keys and its drawing. Private to roles*.c.
 */
#ifndef SCREENS_ROLES_H
#define SCREENS_ROLES_H

#include "screens/list.h"

enum { ROLES_ROWS_MORE = 2 /* after the people: "another name", "nobody yet" */ };

/* Who could volunteer: those present, first those who hold no role today. */
struct roles_list {
    const struct person *people[ROSTER_MOST];
    int people_count;
    int role;
};

bool roles_row(const struct view *view, const void *user, int index, char *out, size_t size);

void roles_list_of(const struct view *view, struct roles_list *list);

/* The role that is asked for; roles_count when all have an answer. */
int roles_current(const struct session *session, const struct ui *ui);

const struct key_help *roles_keys_of(const struct view *view, const struct ui *ui);

void roles_draw(WINDOW *window, const struct view *view, const struct ui *ui);

#endif
