/*
 * The checklists of those who prepare a dojo: editable text, an item a line, which may begin
 * with when it is due. Ticks are kept in ticks.jsonl, anew for each session to come. What is not
 * ticked warns, and blocks nothing.
 */
#ifndef STORAGE_CHECKLIST_H
#define STORAGE_CHECKLIST_H

#include <stdbool.h>
#include <stdint.h>

#include "storage/problems.h"
#include "storage/ticks.h"

/* When an item is due. Days are those of session/calendar.h. */
enum due {
    DUE_OPEN,   /* the line does not say */
    DUE_BEFORE, /* D-14: days before the next session */
    DUE_START,  /* T-30, T: minutes before its start */
    DUE_STOP,   /* stop-10, stop: minutes before its end */
    DUE_AFTER,  /* +1: days after the last session */
};

struct checklist_item {
    char *text, *hint; /* owned; hint: "D-14", "" none */
    enum due due;
    int amount, line;
};

struct checklist {
    char *name; /* owned: "ceremony" */
    struct checklist_item *item;
    int count, room;
};

/* The names of the lists that are shipped, ended by NULL; and whom each is for. */
extern const char *const checklist_names[];
const char *checklist_title(const char *name);

/* Reads checklist-NAME.txt: the user's own, else the shipped one. False when there is none, or it
 * cannot be read; that, and each line with a mistake, is named in *problems. Free it always. */
bool checklist_read(const char *name, struct checklist *checklist, struct problems *problems);
void checklist_free(struct checklist *checklist);

/* The same from one file. */
bool checklist_read_file(const char *name, const char *path, struct checklist *checklist,
                         struct problems *problems);

/* The day on which the item is due, given the days of the next and of the last session; CHECKLIST_OPEN
 * for those: not known, and as the result: it has none. */
#define CHECKLIST_OPEN INT64_MIN
int64_t checklist_due(const struct checklist_item *item, int64_t next, int64_t last);

#endif
