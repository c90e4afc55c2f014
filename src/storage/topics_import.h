/*
 * A local clone of a dojo's repository becomes rows of the user's own topic table: a folder
 * with a README is a topic, its sub-folders are its stacks.
 *
 * Rows are only ever added, at the end: an id that is there already, written by hand or imported
 * before, stays as it is, so importing twice changes nothing. What the folder says is cleaned: names
 * and texts may hold any bytes.
 */
#ifndef STORAGE_TOPICS_IMPORT_H
#define STORAGE_TOPICS_IMPORT_H

#include <stdbool.h>

#include "storage/problems.h"

struct import {
    int added, known; /* topics; those whose id was there */
};

/* Imports `folder` into the table `own` (made when missing). Each new row is shown to `tell`: id,
 * title, stacks split by commas, path of the README. False after naming in *problems why not. */
bool topics_import(const char *folder, const char *own,
                   void (*tell)(void *user, const char *id, const char *title, const char *stacks),
                   void *user, struct import *import, struct problems *problems);

#endif
