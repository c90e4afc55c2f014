/*
 * One running session: the loop that brings keys, clock, popups and standard input onto the one
 * road (src/README.md) and shows what comes of it.
 *
 * The app neither prints nor exits: words for standard output go through `say`, and how it ended
 * stands in the outcome.
 */
#ifndef APP_H
#define APP_H

#include <stdbool.h>
#include <stdint.h>

#include "session/session.h"
#include "storage/journal.h"
#include "storage/participants.h"

struct app_options {
    struct journal *journal; /* open and locked; the app appends, the caller closes it */
    struct session *session; /* what the journal held, or freshly initialised; the app changes it */
    struct event *opening; /* a new session's first event without number and time; NULL: resumed */
    int64_t watched_ms;    /* resumed: until when, wall ms, somebody kept it; 0: unknown */
    const char *records_folder;              /* of the sessions before this one */
    const struct participants *participants; /* for their aliases */
    const char *steps;      /* as session.ini names them; the record does not say where files lie */
    const char *ini_folder; /* what paths of session.ini are relative to; NULL: to here */
    const char *notify_program; /* the helper's path; NULL: no notifications */
    const char *hooks_folder;   /* NULL: no hooks are run */
    const char *hooks_log;      /* NULL: what they say is not kept */
    int speed;                  /* 1: as time goes by */
    bool plain;                 /* no screen even on a terminal */
    /* Settings as the files have them now; the app frees them. False: the first mistake in `why`. */
    bool (*reload)(void *user, struct settings *settings, char why[static SETTINGS_ERROR_SIZE]);
    /* One line, safe to show, for a person who reads --plain. */
    void (*say)(void *user, const char *line);
    void *user;
};

enum app_end {
    APP_QUIT,   /* somebody quit; the session may be resumed */
    APP_CLOSED, /* quit from the closing board */
    APP_SIGNAL, /* outcome.signal ended it */
    APP_HANGUP, /* the terminal went away */
    APP_FAILED, /* it could not start, or not go on: outcome.why */
};

struct app_outcome {
    enum app_end end;
    int signal;
    int64_t flush_ms; /* what is left of the grace for a record that is not on disk */
    char why[SETTINGS_ERROR_SIZE];
};

/* An alarm runs on when it returns, the watchdog: alarm(0) once the journal is closed. Between the
 * two a signal would cut the flush short, unless the caller blocks those that end a program. */
void app_run(const struct app_options *options, struct app_outcome *outcome);

#endif
