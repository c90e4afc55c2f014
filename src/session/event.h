/*
 * What can happen: the one vocabulary that keys, clock, popups, sockets and replay share.
 *
 * An event is a fact in the past tense with its time. The table in event.c has one row a kind: its
 * name in the journal, which fields it carries, whether it closes a phase and whether `u` may take
 * it back. The text form is one JSON object; storage/journal seals it with a checksum.
 */
#ifndef SESSION_EVENT_H
#define SESSION_EVENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "session/moment.h"
#include "session/settings.h"

enum {
    EVENT_VERSION = 1,
    EVENT_LINE_MOST = 65536, /* bytes of one line */
    DRAFT_MOST = 4096,       /* ... of what is half typed */
    STEP_TITLE_MOST = 300
};

/* No time or length in a journal is beyond this many ms (the year 9999). */
#define EVENT_MS_MOST INT64_C(253402300799999)

enum event_kind {
    EVENT_SESSION_OPENED,  /* opening, stop or 0, planned start (ms) or 0 */
    EVENT_SESSION_RESUMED, /* opening's pid, boot; ms: how long nobody watched; late_ms unused */
    EVENT_SESSION_STARTED, /* stop */
    EVENT_SESSION_LEFT, /* reason: "quit", "SIGTERM", ... the process ends, the session may go on */
    EVENT_SESSION_CLOSED, /* closing: the session in one line */
    EVENT_INTRO_STARTED,  /* ms: its box */
    EVENT_TURN_STARTED,   /* turn, person, ms: length, extra */
    EVENT_TURN_ENDED, /* turn, person, reason, counted, late_ms: how long ago when noticed late */
    EVENT_TURN_REOPENED,  /* turn, person, ms: a minute more after zero; counts as an extension */
    EVENT_TURN_EXTENDED,  /* ms */
    EVENT_TURN_ADJUSTED,  /* ms, may be negative: mends the clock, does not count */
    EVENT_LENGTH_CHANGED, /* ms: turns from the next one on */
    EVENT_DRIVER_CHANGED, /* person: really has the keyboard in this turn */
    EVENT_NEXT_CHOSEN,    /* person */
    EVENT_PERSON_PASSED,  /* person: not now */
    EVENT_PAUSED,
    EVENT_RESUMED,
    EVENT_HANDOVER_HELD,
    EVENT_EXTRA_OFFERED, /* ms: elapsed time until which it stands */
    EVENT_PERSON_JOINED, /* person, name */
    EVENT_PERSON_AWAY,   /* person; list: the others who go with them, of two groups (R15) */
    EVENT_PERSON_BACK,   /* person */
    EVENT_PERSON_OBSERVES,
    EVENT_PERSON_ROTATES,
    EVENT_PERSON_RENAMED, /* person, name */
    EVENT_PERSON_MOVED,   /* person, number: places down the list */
    EVENT_ORDER_CHANGED,  /* list: ids */
    EVENT_STOP_MOVED,     /* stop */
    EVENT_DEBRIEF_STARTED,
    EVENT_QUESTION_OPENED, /* number: 1 .. questions */
    EVENT_NOTE_ADDED,   /* number: question, 0 outside the debrief; text; action, name: its owner */
    EVENT_NOTE_EDITED,  /* note, text, action, name */
    EVENT_NOTE_DELETED, /* note */
    EVENT_DRAFT_SAVED,  /* text: what is typed and not entered */
    EVENT_ROLES_OPENED,
    EVENT_ROLE_TAKEN,    /* role, name */
    EVENT_ROLE_VACANT,   /* role */
    EVENT_DATE_SET,      /* text: the next session's date, "2026-12-24"; "": not settled */
    EVENT_ACTION_DONE,   /* record: the file name of the session that noted it; note */
    EVENT_BREAK_STARTED, /* ms */
    EVENT_BREAK_ENDED,
    EVENT_LIGHT_CHANGED,    /* light; reason: "build", "timeout" or none */
    EVENT_STEP_CHANGED,     /* number: the step worked on, 0 none; total, text: its title */
    EVENT_SETTINGS_CHANGED, /* opening: only its settings */
    EVENT_HOOK_STARTED,     /* number: of the run; name: of the hook */
    EVENT_HOOK_ENDED,       /* number, name, reason: how it ended */
    EVENT_DRAINED,          /* reason: "clean" or "forced"; the process is gone after it */
    EVENT_GAP_NOTICED,      /* ms: the process was stopped or the machine asleep */
    EVENT_GAP_FORGIVEN,     /* "it was a pause": gives the time of the last gap back */
    EVENT_CLOCK_JUMPED,     /* ms: the wall clock was set */
    EVENT_UNDONE,           /* list: the seqs taken back */
    EVENT_KINDS
};

enum origin { BY_CLOCK, BY_KEY, BY_COMMAND, BY_BUTTON, BY_PROGRAM, ORIGINS };

/* How a turn can end; the journal holds the words "time", "next", "left", "debrief", "stop". */
enum end_reason { END_TIME, END_NEXT, END_LEFT, END_DEBRIEF, END_STOP, END_REASONS };

/* The light of the tests (R17); the journal holds the words "none", "green", "red", "amber". */
enum light { LIGHT_NONE, LIGHT_GREEN, LIGHT_RED, LIGHT_AMBER, LIGHTS };

struct opening_person {
    int id;
    char *name;
    bool observer;
};

/* What only the opening (and, in part, the resuming) event carries. */
struct opening {
    int version;
    int pid;
    char *boot; /* the boot id, "" unknown: same boot, elapsed time goes on by CLOCK_BOOTTIME */
    char *host; /* hash of the machine id: only this machine may resume */
    int64_t boottime_ms; /* CLOCK_BOOTTIME at elapsed 0 (opened) or at this event (resumed) */
    int speed;           /* --speed: elapsed ms pass so many times faster; 0 and 1: not */
    bool practice;
    struct settings settings;
    struct opening_person *people;
    int people_count;
};

/* A closed session in one line, so that history need not replay it. */
struct closing_person {
    char *name;
    int turns, last; /* last: the number of the last turn that counted, 0: none or not known */
    bool observer;
};

struct closing_role {
    char *name, *holder; /* holder "": vacant */
};

/* An action item that was noted, and one of an earlier session that was ticked (D10). */
struct closing_item {
    int64_t note;
    char *owner, *text; /* owner "": nobody yet */
};

struct closing_done {
    char *record; /* file name */
    int64_t note;
};

struct closing {
    int turns, interruptions;
    int actions; /* more than items_count: the line has not all of them, the session has */
    int64_t coding_ms, debrief_ms, overrun_ms;
    char *date;                    /* of the next session, "": not settled */
    struct closing_person *people; /* everybody who was here */
    int people_count;
    struct closing_role *roles;
    int roles_count;
    struct closing_item *items;
    int items_count;
    struct closing_done *done;
    int done_count;
};

struct event {
    enum event_kind kind;
    enum origin by;
    int64_t seq;
    struct moment at;
    int turn, person, number, total;
    int64_t ms, late_ms, stop_ms, note;
    bool extra, counted, action;
    enum end_reason end;
    enum light light;
    char *name, *text, *role, *reason, *record; /* owned; NULL when not carried */
    int64_t *list;                              /* owned */
    int list_count;
    struct opening *opening; /* owned */
    struct closing *closing; /* owned */
};

/* The table's answers. */
const char *event_name(enum event_kind kind);
bool event_is_boundary(enum event_kind kind); /* changes the phase */
bool event_is_act(const struct event *event); /* a person did it and `u` may take it back */
bool event_sends_away(const struct event *event, int person); /* alone or among others */
const char *event_end_name(enum end_reason end);
const char *event_light_name(enum light light);

struct opening *opening_new(void); /* with the settings' defaults; NULL when memory is out */
void opening_free(struct opening *opening);
void closing_free(struct closing *closing);

/* Deep; NULL, or false with *to cleared, when memory is out. */
struct opening *opening_copy(const struct opening *from);
bool event_copy(struct event *to, const struct event *from);
void event_clear(struct event *event); /* frees what it owns, zeroes the rest */

/* The JSON object without checksum and newline; the caller frees it. NULL when memory is out. */
char *event_text(const struct event *event);

enum event_verdict { EVENT_GOOD, EVENT_BAD, EVENT_FOREIGN /* unknown kind or newer version */ };

/* Reads one object; fields it does not know are ignored. On anything but EVENT_GOOD a sentence
 * stands in `why` and *event owns nothing. */
enum event_verdict event_parse(const char *json, size_t length, struct event *event,
                               char why[static SETTINGS_ERROR_SIZE]);

#endif
