/*
 * What stands where: while somebody asks (view.hits), drawing also notes which rows of a list and
 * which keys it puts where, so that a click means what is seen. What is drawn last counts.
 */
#ifndef SCREENS_HITS_H
#define SCREENS_HITS_H

#include "screens/screen.h"

enum { HITS_MOST = 600, HITS_KEY = 16 };

struct hit {
    int row, left, columns;
    int index;          /* of a row of the list that has the keys; -1: it is a key */
    char key[HITS_KEY]; /* "Space", "J K" */
};

struct hits {
    struct hit hit[HITS_MOST];
    int count;
};

void hits_row(const struct view *view, int row, int left, int columns, int index);
void hits_key(const struct view *view, int row, int left, int columns, const char *key);
/* Keys and what they do in one line, "Space here/away   Esc back": two blanks between them. */
void hits_hint(const struct view *view, int row, int left, const char *hint);
/* Something lies over all that was drawn. */
void hits_clear(const struct view *view);

/* What stands there; NULL: nothing that could be meant. */
const struct hit *hits_at(const struct hits *hits, int row, int column);

/* The key that a click on it means: of "J K" the one that was clicked, else the first. False for
 * what is no key to press, as "@name". */
bool hits_pressed(const struct hit *hit, int column, struct key *key);

#endif
