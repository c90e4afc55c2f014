/*
 * A screen is a function of session, moment and cursor state into an ncurses window, and of a key
 * into an intent. Screens keep nothing: what must be remembered between two keys is in struct ui.
 * They never call refresh(), getch() or anything else that needs a terminal, so that tests draw
 * them into a window of newterm(3) on /dev/null and read the cells back.
 */
#ifndef SCREENS_SCREEN_H
#define SCREENS_SCREEN_H

#include <curses.h>
#include <stdbool.h>
#include <wchar.h>

#include "screens/paint.h"
#include "session/command.h"
#include "session/memory.h"
#include "session/plan.h"
#include "session/session.h"

struct hits;

struct key {
    bool function; /* `code` is a KEY_ constant of curses; else a character */
    wint_t code;
    bool alt;        /* Esc came with it in one breath: Alt-b, Alt-f */
    int row, column; /* of KEY_MOUSE, a click: where */
    bool pasted; /* part of a paste; a paste begins with a function key of code 0, which is none */
};

/* Everything that a frame depends on. Borrowed. */
struct view {
    const struct session *session;
    const struct plan *plan;
    const struct session *last;    /* the previous record, NULL: none */
    const struct memory *memory;   /* of all past sessions; NULL: not read yet */
    const char *const *to_prepare; /* open on the checklists, and due; for the opening board */
    int to_prepare_count;
    struct moment now;
    int rows, columns;       /* of the window, for keys that mean what is seen; 0: unknown */
    bool ascii;              /* the locale has no UTF-8: only ASCII may be drawn */
    enum colours colours;    /* of paint.h; COLOURS_NONE: the terminal has none, or is not to */
    bool flash;              /* this one frame is drawn in reverse video (D20) */
    int unsaved;             /* facts not yet durable; 0: all are */
    const char *unsaved_why; /* NULL or the reason ("No space left on device") */
    const char *leaving; /* NULL or what is waited for before the program ends; keys do nothing */
    const char *desktop; /* NULL or what is wrong with notifications; the help page says so */
    bool desktop_is_new; /* the footer does, too */
    bool notice_is_new;  /* ui.notice may take the place of the clock in a window of two rows */
    const char *record_path;
    struct hits *hits; /* NULL; else drawing notes what stands where (hits.h) */
};

enum overlay {
    OVERLAY_NONE,
    OVERLAY_HELP,
    OVERLAY_PEOPLE,
    OVERLAY_PROMPT,
    OVERLAY_CONFIRM,
    OVERLAY_LIGHT
};

/* What the line being typed is for. A note is the resting state: the debrief's line is always
 * there, and a note left half typed is still there at the next `o`. */
enum prompt_use {
    PROMPT_NOTE,      /* o */
    PROMPT_EDIT_NOTE, /* the note ui.note */
    PROMPT_JOIN,      /* a */
    PROMPT_STOP,      /* e: "14:15" */
    PROMPT_RENAME,    /* the person ui.person */
    PROMPT_ROLE,      /* a name not in the list, for the role ui.role */
    PROMPT_DATE,      /* of the next session: "2026-12-24" */
};

enum confirm_use { CONFIRM_QUIT, CONFIRM_UNDO, CONFIRM_ROLE, CONFIRM_DEBRIEF };

/* What the list of people is for. */
enum people_use {
    PEOPLE_HERE,   /* v: away and back */
    PEOPLE_DRIVER, /* correct who has the keyboard */
};

enum { UI_TEXT = 1024 /* bytes of a typed line */, UI_NOTICE = 256 };

struct ui {
    enum overlay overlay;
    enum prompt_use prompt_use;
    enum confirm_use confirm_use;
    enum people_use people_use;
    int cursor, scroll;             /* of the list that has the keys, rows */
    int under_cursor, under_scroll; /* of the list that an overlay lies on */
    bool letters_are_keys; /* the debrief: Tab or Esc left the line; else letters are typed */
    bool finding, found;   /* `/` in a list: letters are looked for; a row holds them */
    char find[64];         /* what is looked for, valid UTF-8 */
    char text[UI_TEXT];    /* the line being typed, valid UTF-8 */
    char stash[UI_TEXT];   /* the half-typed note while another line is typed */
    size_t caret;          /* bytes into text */
    bool is_proposal;      /* what is typed takes the place of text, until a key has edited it */
    char *kill;            /* what ^K, ^U, ^W cut last; owned; NULL: nothing */
    char taken[UI_TEXT];   /* the text a command borrows after Enter */
    int64_t list[ROSTER_MOST]; /* the ids a command borrows (a shuffle) */
    int person;                /* what a prompt, list or confirmation is about */
    int role;                  /* the same, an index; -1: the first one not answered */
    int64_t note;              /* the note chosen in the debrief; 0: none, the line has the keys */
    char question[SETTINGS_ERROR_SIZE]; /* of OVERLAY_CONFIRM */
    struct command pending;             /* carried out, confirmed, after "y" */
    char notice[UI_NOTICE];             /* one line about the last act, "" for none */
    bool paste_is_over;                 /* the rest of what is being pasted goes nowhere */
    uint32_t dice;                      /* seed for the next shuffle; the app refreshes it */
};

enum reply {
    REPLY_IGNORED, /* not a key of this screen */
    REPLY_DRAWN,   /* only the ui changed */
    REPLY_COMMAND, /* *command is to be decided */
    REPLY_QUIT,    /* leave the program (already confirmed) */
    REPLY_REDRAW,  /* ^L: repaint everything */
    REPLY_STOP,    /* ^Z */
    REPLY_RELOAD,  /* session.ini is to be read again */
};

/* A row of the footer and of the help page: what a key does at this moment. */
struct key_help {
    const char *key;           /* "Space", "n", "+" */
    const char *label;         /* for the footer, at most 12 columns: "pause"; "": help only */
    const char *help;          /* for the help page: one sentence */
    enum command_kind command; /* shown only when session_allows() it; COMMAND_NONE: always */
};

struct screen {
    const char *name;
    void (*draw)(WINDOW *window, const struct view *view, const struct ui *ui);
    /* Keys that every screen shares (?, q, u, ^L, ...) have been tried before; see screens.c. */
    enum reply (*key)(const struct view *view, struct ui *ui, struct key key,
                      struct command *command);
    const struct key_help *keys; /* ended by a row without key */
    /* True while letters are typed and no keys; NULL: never. */
    bool (*is_typing)(const struct view *view, const struct ui *ui);
};

/* What every screen understands: ? q u o a v e d l t R and ^L ^Z ^C. */
extern const struct key_help common_keys[];

/* One a phase. */
extern const struct screen board_screen, intro_screen, turn_screen, handover_screen, break_screen,
    debrief_screen, roles_screen, closing_screen;

/* The screen for a phase. PAUSED is drawn by turn_screen, OFFER by handover_screen. */
const struct screen *screen_for(enum phase phase);

/* A whole frame: the phase's screen with whatever lies over it. Erases the window first. */
void screen_draw(WINDOW *window, const struct view *view, const struct ui *ui);

/* One key: overlay first, then the common keys, then the screen's own. */
enum reply screen_key(const struct view *view, struct ui *ui, struct key key,
                      struct command *command);

/* After a decision: the refusal or confirmation it asked for goes into the ui. */
void screen_answer(struct ui *ui, const struct command *command, const struct decision *decision);

/* The text half typed, to be kept as the session's draft; "" when nothing is. After a resume
 * prompt_open(ui, PROMPT_NOTE, session->draft) gives it back. */
const char *screen_draft(const struct ui *ui);

void ui_init(struct ui *ui);
void ui_free(struct ui *ui);

#endif
