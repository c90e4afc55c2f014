/*
 * What a session is set up with: which session.ini, which participants, which records folder. The
 * one place that knows how files are found; `run` and `check` both ask here.
 *
 * session.ini: -c, else ./session.ini, else the user's own ($XDG_CONFIG_HOME/randori), else none:
 * the defaults. Participants: -p, else what the ini names, else participants.txt beside the ini
 * (beside us without one); only a file that somebody named must exist (D27). Records:
 * what the ini names, else the user's data folder. What an ini names is relative to it; only the
 * user's own may name an absolute path or one that leads out of its folder (D17).
 */
#ifndef STORAGE_SETUP_H
#define STORAGE_SETUP_H

#include <stdbool.h>

#include "session/event.h"
#include "session/settings.h"
#include "storage/participants.h"
#include "storage/problems.h"

/* From the command line, as typed; NULL: not given. `duration` also unsets an `end` of the file. */
struct setup_request {
    const char *config;                /* -c */
    const char *participants;          /* -p */
    const char *end, *duration, *turn; /* --end, --duration, --turn */
};

struct setup {
    struct settings settings; /* in force: defaults, then the file, then the command line */
    struct participants participants;
    char *ini_path;           /* NULL: none, the defaults */
    char *participants_path;  /* the file that was read, or would be were it there */
    char *folder;             /* of the ini: what paths in it are relative to; NULL: here */
    char *steps_path;         /* NULL: none is named */
    char *records_folder;     /* NULL: unknown, the user has no home; it may not exist yet */
    struct problems problems; /* sorted; all mistakes of both files and of the command line */
};

/* Reads everything. False when there was any problem. Free the setup in both cases. */
bool setup_load(const struct setup_request *request, struct setup *setup);
void setup_free(struct setup *setup);

/* The fact that opens a session so set up, without number and time; everybody of the file is
 * present, in its order. `start_ms` and `end_ms` are the settings' clock times as wall-clock ms
 * (clock_wall_of()), 0 when unset. False: out of memory. */
bool setup_opening(const struct setup *setup, int64_t start_ms, int64_t end_ms,
                   struct event *event);

/* [turn] order = fair: reads the past sessions and puts the people of the opening in the order of
 * memory_fair_order(); with any other order nothing happens. Files that cannot be read do not
 * count. */
void setup_order(const struct setup *setup, int64_t wall_ms, struct opening *opening);

#endif
