/*
 * What somebody wants: the intent that keys, buttons, standard input and the socket bring to
 * session_decide(). Strings and lists are borrowed from the caller.
 */
#ifndef SESSION_COMMAND_H
#define SESSION_COMMAND_H

#include "session/event.h"

enum command_kind {
    COMMAND_NONE,
    COMMAND_START, /* the session, from the opening board */
    COMMAND_NEXT,  /* the common act: end the turn / start the next one now / the extra turn */
    COMMAND_PASS,  /* the next driver: not now */
    COMMAND_HOLD,  /* the handover: do not start by itself */
    COMMAND_PAUSE,
    COMMAND_RESUME,
    COMMAND_EXTEND,        /* ms, 0: the setting; after zero it reopens the turn */
    COMMAND_ADJUST,        /* ms: mend the running turn */
    COMMAND_TURN_LENGTH,   /* ms */
    COMMAND_CHOOSE_DRIVER, /* person */
    COMMAND_CHOOSE_NEXT,   /* person */
    COMMAND_JOIN,          /* text: name; number: the place in the list, 1 .., 0: the last */
    COMMAND_AWAY,          /* person */
    COMMAND_BACK,          /* person */
    COMMAND_OBSERVE,       /* person */
    COMMAND_ROTATE,        /* person */
    COMMAND_RENAME,        /* person, text */
    COMMAND_MOVE,          /* person, number: places down */
    COMMAND_ORDER,         /* list: ids (a shuffle's dice are thrown outside) */
    COMMAND_STOP_AT,       /* number: minutes after local midnight; the app fills ms, UTC */
    COMMAND_DEBRIEF,
    COMMAND_QUESTION,    /* number: 1 .. */
    COMMAND_NOTE,        /* text; in the debrief it belongs to the open question */
    COMMAND_NOTE_EDIT,   /* note, text */
    COMMAND_NOTE_DELETE, /* note */
    COMMAND_DRAFT,       /* text */
    COMMAND_ROLES,
    COMMAND_TAKE_ROLE,   /* role, text: name */
    COMMAND_VACATE_ROLE, /* role */
    COMMAND_CLOSE,
    COMMAND_UNDO,
    COMMAND_LIGHT,       /* number: enum light; text: reason or NULL */
    COMMAND_STEP,        /* number: the step, 0 none; ms: how many there are; text: title or NULL */
    COMMAND_DATE,        /* text: "2026-12-24", "" not settled */
    COMMAND_ACTION_DONE, /* role: file name of the record; note */
    COMMAND_SETTINGS,    /* settings: session.ini read again */
    COMMAND_COPILOT,     /* the next driver sits beside the driver, or does so no more */
    COMMAND_GROUPS,      /* every second person goes to a screen of their own (R15) */
    COMMAND_FORGIVE_GAP,
    /* from the program itself */
    COMMAND_HOOK_STARTED, /* number, text: name */
    COMMAND_HOOK_ENDED,   /* number, text: name, role: how it ended */
    COMMAND_DRAINED,      /* text: "clean" or "forced" */
    COMMAND_LEAVE,        /* text: reason */
    COMMAND_GAP,          /* ms */
    COMMAND_JUMP,         /* ms */
    COMMAND_COUNT
};

struct command {
    enum command_kind kind;
    enum origin by;
    int person, number;
    int64_t ms, note;
    const char *text, *role;
    const struct settings *settings;
    const int64_t *list;
    int list_count;
    bool confirmed; /* the answer to "really?": undo back from the debrief into coding */
};

#endif
