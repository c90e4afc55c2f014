/*
 * The minutes of a session (R23), told once and written in many forms. What was learned stands
 * before what was done; nobody is ranked: people stand in the order of the list,
 * turns in the order of time.
 *
 * minutes_write() walks through them and hands their parts to a form: text, Markdown, HTML. Every
 * text it hands out is safe to show (text_clean()) and one line; what it means in its language, the
 * form escapes. Forms for programs (JSON, CSV), and the timeline, ask the questions below; what they
 * get from the session itself is as it stands in the record, and theirs to clean.
 */
#ifndef SESSION_MINUTES_H
#define SESSION_MINUTES_H

#include "session/summary.h"

/* What the minutes are taken from. All borrowed. */
struct minutes {
    const struct session *session;
    const struct session *before; /* it says who held the roles today; NULL: unknown */
    const char *before_record;    /* the file name of its record; NULL: unknown */
    const char *record;           /* where the record is, as people are told; NULL: not told */
    const int64_t *done;          /* action items (struct note's seq) ticked since */
    int done_count;
    bool damaged; /* the session is only what stands before the damage */
    struct summary figures;
};

/* Fills `figures` and leaves the rest to be set. */
void minutes_of(struct minutes *minutes, const struct session *session);

/* ---- a form, called in order ---- */

enum minutes_tick { TICK_NONE, TICK_OPEN, TICK_DONE }; /* of an action item */

struct minutes_column {
    const char *name;
    bool is_number;  /* stands to the right */
    int least, most; /* columns of text; 0: as the cells need */
};

struct minutes_table {
    const char *caption;
    const struct minutes_column *column;
    int columns, rows;
    char **cell; /* rows x columns, none is NULL */
    int cells, room;
};

enum minutes_section {
    SECTION_PEOPLE,
    SECTION_LEARNED,
    SECTION_ACTIONS,
    SECTION_TICKED,
    SECTION_TURNS,
    SECTION_STEPS,
    SECTION_STOPS,
    SECTION_NEXT
};

struct minutes_form {
    void (*title)(void *user, const char *text);
    void (*fact)(void *user, const char *label, const char *value);
    void (*section)(void *user, enum minutes_section section, const char *heading);
    void (*part)(void *user, const char *heading); /* of a section */
    void (*item)(void *user, enum minutes_tick tick, const char *text);
    void (*line)(void *user, const char *text); /* a sentence */
    void (*table)(void *user, const struct minutes_table *table);
    void (*timeline)(void *user); /* stands before the table of turns; may be NULL */
    void *user;
};

void minutes_write(const struct minutes *minutes, const struct minutes_form *form);

/* The form of plain text: one line a call, without newline. */
void minutes_text(const struct minutes *minutes, void (*emit)(void *user, const char *line),
                  void *user);

/* ---- questions ---- */

const char *minutes_title(const struct minutes *minutes); /* "Coding dojo" without one */

/* When the debrief began; a zero moment when it did not. */
struct moment minutes_debrief(const struct minutes *minutes);

/* When somebody joined after the start; a zero moment for who was there. */
struct moment minutes_joined(const struct minutes *minutes, int person);

bool minutes_is_done(const struct minutes *minutes, const struct note *note);

/* The action item of the session before that was ticked in this one; NULL: of another session. */
const struct note *minutes_ticked(const struct minutes *minutes, const struct done *done);

struct minutes_turn {
    int number, driver;         /* driver: a person's id */
    struct moment began, ended; /* a zero moment: it has not ended */
    int64_t length_ms;          /* at the keyboard, pauses not counted */
    int64_t paused_ms;
    enum end_reason end;
    bool counted, extra;
    int extensions;
    enum light light;        /* that shone at its end, LIGHT_NONE: none */
    int light_first, lights; /* those that came in it: an index of session.lights, how many */
    bool is_last;
};

/* How many there are, the running one too; and one of them, 0 being the first. */
int minutes_turns(const struct minutes *minutes);
void minutes_turn(const struct minutes *minutes, int index, struct minutes_turn *turn);

/* Who said "not now" in that turn, or in the handover before it, one after the other; *index is 0 at
 * first. False: nobody else. */
bool minutes_next_pass(const struct minutes *minutes, int turn, int *index, int *person);

/* "time, extended, passed on red". Not cleaned. Returns `out`. */
char *minutes_how_ended(const struct minutes *minutes, int index, char *out, size_t size);

/* What stopped the clock, or the program. */
enum minutes_stop_kind {
    STOP_PAUSE,
    STOP_BREAK,
    STOP_LEFT,   /* the program was ended, or cut off */
    STOP_ASLEEP, /* the computer slept, or the program was stopped */
    STOP_CLOCK,  /* the clock on the wall was set: `ms` says by how much */
    STOP_KINDS
};

struct minutes_stop {
    enum minutes_stop_kind kind;
    struct moment began;
    int64_t ms;
    const char *reason; /* STOP_LEFT: why; NULL: unknown */
};

/* The next one in the order of time; *index is 0 at first. False: there are no more. */
bool minutes_next_stop(const struct minutes *minutes, int *index, struct minutes_stop *stop);

struct minutes_step {
    int number, total; /* total 0: unknown */
    const char *title; /* "" unknown */
    struct moment began, ended;
    int turns; /* in how many it was worked on */
    bool done;
};

/* As minutes_next_stop(). */
bool minutes_next_step(const struct minutes *minutes, int *index, struct minutes_step *step);

#endif
