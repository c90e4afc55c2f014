/*
 * Where things are: XDG folders, the program's own parts (D18). Relative or empty XDG
 * values are ignored, as the specification says. Every result is the caller's to free; NULL when
 * it cannot be known (no HOME) or memory is out.
 */
#ifndef STORAGE_PATHS_H
#define STORAGE_PATHS_H

#include <stdbool.h>

char *paths_join(const char *folder, const char *name);
char *paths_folder_of(const char *path); /* "." when there is no slash */
char *paths_config(const char *name);    /* $XDG_CONFIG_HOME/randori/NAME, NULL name: the folder */
char *paths_data(void);                  /* $XDG_DATA_HOME/randori */
char *paths_state(const char *name);     /* $XDG_STATE_HOME/randori/NAME */
char *paths_runtime(void);               /* $XDG_RUNTIME_DIR/randori where that exists, else
                                        * paths_runtime_else() */
char *paths_runtime_else(void);          /* $XDG_STATE_HOME/randori/run */

/* A program or a file of ours, the first of these that exists (D18): beside the running
 * program, ../libexec/randori (programs) or ../share/randori (files) from it, compiled in. NULL
 * when there is none. */
char *paths_program(const char *name);
char *paths_shared(const char *name);

/* Makes a folder and its parents, new ones 0700, and syncs their entries; an existing one is never
 * changed. False: errno. */
bool paths_make(const char *folder);

/* Syncs the folder that `path` is in, so that its name outlives a power cut; true also where the file
 * system cannot sync a folder. False: errno. */
bool paths_sync_folder_of(const char *path);

#endif
