/*
 * The roles screen's list, shared by its keys and its drawing. Private to roles*.c.
 */
#ifndef SCREENS_ROLES_H
#define SCREENS_ROLES_H

#include "screens/list.h"

enum {
    ROLES_ROWS_MORE = 2, /* after the people: "another name", "nobody yet" */
    ROLES_DATE_SIZE = 32
};

/* Who could volunteer: those present, first who has never held the role, then who held it longest
 * ago, last of all who holds a role today. */
struct roles_list {
    const struct person *people[ROSTER_MOST];
    int people_count;
};

bool roles_row(const struct view *view, const void *user, int index, char *out, size_t size);

void roles_list_of(const struct view *view, int role, struct roles_list *list);

/* What is asked for: the index of a role; roles_count: the date of the next session (unless the
 * cadence is off); the number behind it: all have an answer. */
int roles_current(const struct session *session, const struct ui *ui);

enum roles_step { ROLES_ROLE, ROLES_DATE, ROLES_CLOSE };
enum roles_step roles_step_of(const struct session *session, int current);
bool roles_asks_date(const struct session *session);

/* The date: what the cadence proposes, another one, or none yet. */
enum reply roles_date_key(const struct view *view, struct ui *ui, struct key key,
                          struct command *command);
void roles_date_draw(WINDOW *window, int top, int left, int rows, const struct view *view,
                     const struct ui *ui);
/* "Tuesday 2026-12-22", "" while there is none. Returns `out`. */
char *roles_date_text(char out[static ROLES_DATE_SIZE], const char *date);

const struct key_help *roles_keys_of(const struct view *view, const struct ui *ui);

void roles_draw(WINDOW *window, const struct view *view, const struct ui *ui);

#endif
