/*
 * The topic catalogue: what a dojo may work on. A plain table, shipped as topics.tsv and extended by
 * the user's own file of the same name, whose rows win over shipped ones of the same id.
 * Nothing is ever fetched.
 *
 * A row: id, title, source, url, skills (split by commas), minutes, description, difficulty (easy,
 * medium, hard), minutes_basis (stated, estimate). Only the first two are needed; "-" or nothing is
 * not known. Minutes that the source does not state itself are estimates, and shown as such.
 */
#ifndef STORAGE_TOPICS_H
#define STORAGE_TOPICS_H

#include <stdbool.h>
#include <stdint.h>

#include "session/stamp.h"
#include "storage/problems.h"

struct topic {
    char *id, *title, *source, *url, *skills, *description, *difficulty; /* owned; "": not known */
    int minutes;                                                         /* 0: not known */
    bool stated;           /* the source says how long it takes; else somebody estimated it */
    bool own;              /* of the user's own table */
    int line;              /* in its file */
    char done[STAMP_SIZE]; /* "2026-10-20": when it was last done here; "": it was not */
    char *key;             /* owned: the identity of the title */
};

struct topics {
    struct topic *item; /* owned; the shipped ones first, in the order of the files */
    int count, room;
};

/* Reads both tables; either path may be NULL. Rows with a mistake are named in *problems (file:line)
 * and left out; that the user has no own table is no mistake. */
void topics_load(const char *shipped, const char *own, struct topics *topics,
                 struct problems *problems);
void topics_free(struct topics *topics);

/* A past session worked on `name`, a title or an id: every topic of that title was done on `date`,
 * whatever its source. Tell the sessions in their order. */
void topics_done(struct topics *topics, const char *name, const char *date);

struct topics_filter {
    const char *skill;  /* the beginning of one of its skills; NULL: any */
    const char *source; /* a part of its source; NULL: any */
    int64_t fits_ms;    /* known to take no longer; 0: any */
    bool undone;        /* not done here yet */
    char **words;       /* each stands in title, skills or description, in any case */
    int words_count;
};

bool topics_fit(const struct topic *topic, const struct topics_filter *filter);

#endif
