/*
 * The README of a topic's folder: where it is, and what it says in one line.
 */
#ifndef STORAGE_TOPICS_README_H
#define STORAGE_TOPICS_README_H

struct readme {
    char title[200], description[200]; /* safe to show; "" when there is none */
};

/* The path of the README in `folder` (whatever its case, also .md, .txt, .rst, .adoc), the caller's
 * to free; NULL when there is none. */
char *readme_find(const char *folder);

/* Its first heading, or else `name`, and its first line of prose. Cannot fail: what cannot be read
 * says nothing. */
void readme_read(const char *path, const char *name, struct readme *readme);

#endif
