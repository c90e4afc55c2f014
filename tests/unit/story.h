/*
 * A lunch dojo with a bit of everything, for what is written about one: lights, steps, a break, a
 * pause, a pass, a latecomer, an observer, an interruption, an extra turn, notes, action items (one
 * of them of the session before), roles, a date, and eight minutes too many.
 */
#ifndef TESTS_UNIT_STORY_H
#define TESTS_UNIT_STORY_H

#include "dojo.h"
#include "session/minutes.h"

#define STORY_BEFORE "20250902T104000Z-5eed.jsonl"
#define STORY_RECORD "~/dojo/records/20250916T104000Z-5eed.jsonl"

struct story {
    struct dojo before, dojo;
    struct minutes minutes; /* of `dojo` */
    int64_t done[1];        /* an item of it that was ticked since */
};

void story_tell(struct story *story);
void story_end(struct story *story);

/* The same room, told by somebody who edited the record: names, notes, topic, steps and reasons hold
 * `text`. */
void story_spoil(struct story *story, const char *text);

#endif
