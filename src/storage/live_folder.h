/* The folder of live sessions: what its entries are called, and which may be trusted. */
#ifndef STORAGE_LIVE_FOLDER_H
#define STORAGE_LIVE_FOLDER_H

#include <dirent.h>

#include "storage/live.h"

/* Opens it. -1: why, which is "" when there is no such folder; one that is not ours, or that others
 * may write to, is not opened. */
int live_folder_open(const char *folder, char why[static JOURNAL_WHY]);

/* The same; makes it when it is missing. */
int live_folder_make(const char *folder, char why[static JOURNAL_WHY]);

/* Names of the entries; NULL when memory is out. The descriptor stays the caller's. */
DIR *live_folder_list(int folder);

/* "ID.jsonl" and "ID.sock". */
bool live_is_link_name(const char *name);
bool live_is_socket_name(const char *name);

/* What the session of an entry, or of a record, is called in this folder. False, with *live empty,
 * when memory is out or the name is none. */
bool live_name(struct live *live, const char *folder, const char *entry);

/* True for a link to a record that a session holds. */
bool live_is_held(int folder, const char *link_name);

/* Removes an entry. Only a link, or only a socket: a record itself, or a file that somebody keeps
 * there, must never be taken for one. */
void live_remove_link(int folder, const char *name);
void live_remove_socket(int folder, const char *name);

#endif
