/*
 * The session: a pure state machine (the one road of src/README.md).
 *
 *     command -> session_decide() -> events -> session_apply()       what people want
 *     time    -> session_due()    -> event  -> session_apply()       what the clock causes
 *
 * session_apply() is the only function that changes a session; it is total: any sequence of
 * well-formed events leaves a valid session. Nothing here reads a clock, a file or a terminal.
 */
#ifndef SESSION_SESSION_H
#define SESSION_SESSION_H

#include "session/calendar.h"
#include "session/command.h"
#include "session/event.h"
#include "session/memory.h"
#include "session/roster.h"

enum phase {
    PHASE_WAITING, /* the opening board */
    PHASE_INTRO,
    PHASE_TURN,
    PHASE_PAUSED, /* turn.left_ms stands still; turn.driver is 0 when everybody left */
    PHASE_HANDOVER,
    PHASE_OFFER, /* the extra turn is offered (R3) */
    PHASE_BREAK,
    PHASE_DEBRIEF,
    PHASE_ROLES,
    PHASE_CLOSED,
    PHASES
};

struct turn {
    int number, driver;
    int64_t started_ms, deadline_ms; /* elapsed; the deadline moves with pauses and extensions */
    int64_t length_ms, left_ms;      /* left_ms: only while paused */
    int extensions;
    bool extra;
};

/* A turn that is over (or was reopened: then it is the last one no more). */
struct turn_record {
    struct turn turn;
    struct moment began, ended;
    enum end_reason end;
    bool counted;
    int64_t paused_ms;
};

struct note {
    int64_t seq;  /* of note_added: its name for ever */
    int question; /* 0: outside the debrief */
    char *text;   /* owned */
    bool action;
    char *owner; /* owned; NULL: nobody named */
    struct moment at;
};

struct role {
    char *name;   /* owned: "Master of Dojo" */
    char *holder; /* owned: NULL while unanswered or vacant */
    bool vacant;  /* "nobody yet" was the answer */
};

/* A light the tests showed, or somebody set (R17, R19). */
struct light_record {
    enum light light;
    char reason[16]; /* "", "build", "timeout" */
    struct moment at;
    int turn; /* 0: before the first */
};

/* An action item of an earlier session, ticked in this one (D10). */
struct done {
    char *record; /* owned: file name of the session that noted it */
    int64_t note;
};

/* A hook that was started and has not ended, as far as the record tells. */
struct running_hook {
    int run;
    char *name; /* owned */
};

struct gap {
    bool open;           /* a deadline passed inside it: ask before going on (D13) */
    int64_t from_ms, ms; /* elapsed when it began; its length; 0: there was none */
    int64_t left_ms;     /* what was left of the turn when it began */
    bool was_turn;       /* it began in a running turn */
};

struct session {
    struct settings settings;             /* in force */
    struct opening *opening;              /* owned copy, NULL before session_opened */
    int64_t start_ms;                     /* planned start, UTC; 0: none */
    int64_t stop_ms;                      /* UTC; 0 until known */
    struct moment opened, started, ended; /* `started` is zero before the first Enter */
    struct roster roster;
    int people_seen; /* highest id given */
    enum phase phase;
    int64_t phase_ms; /* elapsed when the phase began (nominal) */
    struct turn turn;
    struct turn_record *turns; /* owned */
    int turns_count, turns_room;
    int next_chosen, next_locked; /* person ids, 0: nobody */
    bool held;                    /* this handover waits for a key */
    int64_t offer_until_ms;       /* elapsed */
    bool extra_used;
    int64_t break_until_ms;       /* elapsed */
    int break_turn, break_before; /* turns that were over at the last break, and the one before */
    enum light light;
    struct light_record *lights; /* owned */
    int lights_count, lights_room;
    int step, steps; /* the step worked on, and how many there are; 0: none, unknown */
    char step_title[STEP_TITLE_MOST + 1]; /* "" unknown */
    int64_t pause_ms;                     /* elapsed when the pause began */
    int64_t paused_ms;                    /* in the current turn so far, pauses that are over */
    struct gap gap;
    int question;       /* 1 .. questions.count in DEBRIEF */
    struct note *notes; /* owned */
    int notes_count, notes_room;
    char draft[DRAFT_MOST + 1]; /* "" when nothing is half typed */
    struct role *roles;         /* owned, as many as settings.roles */
    int roles_count;
    char next_date[CALENDAR_SIZE]; /* "2026-12-24", "" while not settled */
    bool date_answered;            /* somebody said so, or that it is not settled */
    struct done *done;             /* owned */
    int done_count, done_room;
    struct running_hook *hooks;              /* owned */
    int hooks_count, hooks_room, hooks_seen; /* hooks_seen: the highest run number */
    char *left_reason;                       /* owned; NULL while the process runs */
    struct event *log; /* owned: every event ever applied, also the undone ones */
    int log_count, log_room;
    int64_t seq; /* of the last event */
    struct moment last;
};

/* False, with nothing to free, when memory is out. */
bool session_init(struct session *session);
void session_free(struct session *session);

/* Changes the session by one fact; copies what it keeps. What finds no memory is left out of a
 * session that stays valid. */
void session_apply(struct session *session, const struct event *event);

enum { DECISION_EVENTS = 6 };

struct decision {
    bool refused;
    bool confirm; /* refused only for want of command.confirmed; `why` is the question to ask */
    char why[SETTINGS_ERROR_SIZE];
    struct event events[DECISION_EVENTS]; /* numbered and timed, owned */
    int count;
};

/* What follows from a wish at `now`: events, or a refusal in one sentence. Free the decision. */
void session_decide(const struct session *session, const struct command *command, struct moment now,
                    struct decision *decision);
void decision_free(struct decision *decision);

/* True when `command` would not be refused; for footers that show only keys that work. */
bool session_allows(const struct session *session, enum command_kind kind, struct moment now);

/* The next fact that time alone has caused by `now`, in *event (owned by the caller); false when
 * there is none. Apply it and ask again. */
bool session_due(const struct session *session, struct moment now, struct event *event);

/* Elapsed ms of the next deadline (a fact would become due), INT64_MAX when none. */
int64_t session_next_deadline(const struct session *session, struct moment now);

/* Elapsed ms at which something visible or due changes after `now`: the next whole second of a
 * running countdown, the next wall-clock minute, the next deadline. */
int64_t session_next_change(const struct session *session, struct moment now);

/* One word for programs: "waiting", "intro", "turn", "paused", "handover", "offer", "break",
 * "debrief", "roles", "closed". */
const char *session_phase_name(enum phase phase);

/* --- questions that screens, plain output and popups ask --- */
int session_next_driver(const struct session *session);              /* id, 0: nobody */
const char *session_name(const struct session *session, int person); /* "" for nobody */
/* Of the turn, handover, offer or intro box: ms left, negative when it is over. */
int64_t session_left_ms(const struct session *session, struct moment now);
int64_t session_debrief_wall(const struct session *session); /* stop minus length; 0: no stop */
/* The stop there is, else the one that the duration gives a session started at `start` (D26); wall. */
int64_t session_stop_from(const struct session *session, struct moment start);
/* Does a break, and not a handover, follow the running turn? */
bool session_break_follows(const struct session *session, struct moment now);
/* Somebody has the keyboard, also in a pause. */
bool session_in_turn(const struct session *session);
/* A turn is over and the next has not started: handover, offer or break. */
bool session_between_turns(const struct session *session);
bool session_is_over(const struct session *session); /* closed */
/* Not closed, and its stop (its last fact, without one) is less than two hours ago (R24). */
bool session_may_go_on(const struct session *session, int64_t wall_ms);
bool session_is_coding(const struct session *session);              /* between start and debrief */
bool session_is_undone(const struct session *session, int64_t seq); /* a fact of the log */
/* R3: does a turn starting at `start` end early enough (planned, or as the one extra turn)? */
bool session_turn_fits(const struct session *session, struct moment start, bool extra);
/* Elapsed ms since the last fact, seen from outside the process that keeps the session: by another
 * one, or when it is resumed (D1). With the same boot id the clock of the boot tells it,
 * running `speed` times as fast; else the wall clock. Never below 0. */
int64_t session_since_last_ms(const struct session *session, const char *boot, int64_t boot_ms,
                              int64_t wall_ms, int speed);
/* The session in one line, as its closing event carries it, if it ended at `now`; the caller's.
 * NULL when memory is out. */
struct closing *session_closing(const struct session *session, struct moment now);
/* R21: one line of warning about `name` taking `role`, or NULL; also after the fact. `memory` knows
 * who has it now, and who has two names (NULL: not read yet). */
const char *session_role_warning(const struct session *session, const struct memory *memory,
                                 const char *role, const char *name,
                                 char why[static SETTINGS_ERROR_SIZE]);
/* The next date that the cadence proposes, "2026-12-22"; "" when it is off. Returns `out`. */
char *session_proposed_date(const struct session *session, char out[static CALENDAR_SIZE]);

#endif
