/*
 * Every setting as plain data, and the one table of keys.
 *
 * The table drives the ini parser, the defaults, the limits, the opening event's copy of the
 * settings in force, `randori init`, and the checks of config/session.ini and session.ini.5. A key
 * enters it in the commit that gives it effect (D28).
 */
#ifndef SESSION_SETTINGS_H
#define SESSION_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SETTINGS_KEYS = 40, SETTINGS_WARNINGS = 4, SETTINGS_LIST = 12, SETTINGS_ERROR_SIZE = 200 };

enum turn_order { ORDER_LISTED, ORDER_FAIR, ORDER_SHUFFLED };
enum seconds_shown { SECONDS_ALWAYS, SECONDS_LAST_MINUTE };
enum theme { THEME_AUTO, THEME_DARK, THEME_LIGHT, THEME_CONTRAST, THEME_MONO };
enum advice { ADVICE_FREE, ADVICE_GREEN_ONLY };

/* How often the dojo meets: every `count` weeks or months; EVERY_OFF: nobody asks. */
enum every_unit { EVERY_OFF, EVERY_WEEK, EVERY_MONTH };

struct every {
    int count;
    enum every_unit unit;
};

enum { WEEKDAY_ANY /* that of the session before; then enum weekday + 1 */ };

/* A list of sentences or names (roles, questions). Owned strings. */
struct text_list {
    int count;
    char *item[SETTINGS_LIST];
};

struct settings {
    /* [session] */
    char *title, *topic, *stack, *url;    /* "" when unset; never NULL after settings_init() */
    char *participants, *records, *steps; /* paths as written; "" when unset */
    int start, end;                       /* minutes after local midnight; -1 when unset */
    int64_t duration_ms, intro_ms;
    /* [turn] */
    int64_t length_ms, handover_ms, extend_ms, lock_ms;
    int64_t warn_ms[SETTINGS_WARNINGS]; /* descending; 0 ends the list */
    int extensions;
    bool autostart;
    int order; /* enum turn_order; an int, since the table writes it */
    bool copilot;
    /* [pause] */
    int64_t pause_ms; /* 0 refuses pauses */
    /* [break] */
    int break_every; /* turns; 0 never */
    int64_t break_ms;
    /* [debrief] */
    int64_t debrief_ms, minimum_ms;
    int format;                 /* enum format */
    struct text_list questions; /* in force: the format's, or one's own */
    bool own_questions;         /* `question` was set: `format` does not replace them */
    /* [roles] */
    struct text_list roles;
    /* [alerts] */
    bool notification, bell, flash;
    int64_t repeat_ms; /* 0 never nudges */
    /* [display] */
    int seconds; /* enum seconds_shown */
    int theme;   /* enum theme */
    int advice;  /* enum advice (R18) */
    bool mouse;
    /* [cadence] */
    struct every every;
    int weekday; /* WEEKDAY_ANY, or enum weekday + 1; an int, since the table writes it */
    /* [shutdown] */
    int64_t grace_ms, hooks_ms;
};

enum setting_kind {
    SETTING_TEXT,      /* char *                 */
    SETTING_PATH,      /* char *                 */
    SETTING_CLOCK,     /* int, minutes or -1     */
    SETTING_DURATION,  /* int64_t, ms            */
    SETTING_DURATIONS, /* int64_t[SETTINGS_WARNINGS], split at blanks */
    SETTING_COUNT,     /* int                    */
    SETTING_SWITCH,    /* bool: yes or no        */
    SETTING_CHOICE,    /* int, index of a choice */
    SETTING_EVERY,     /* struct every: 1 month, 2 weeks, off */
    SETTING_TEXTS,     /* struct text_list; repeatable, the first one written replaces the list */
};

struct setting {
    const char *section, *key;
    enum setting_kind kind;
    size_t offset;        /* into struct settings */
    const char *standard; /* the default, as it would be written; lists: items split by '\n',
                           * "": as another key says */
    int64_t least, most;  /* SETTING_DURATION(S): ms; SETTING_COUNT; SETTING_EVERY: how many;
                            * texts: bytes */
    const char *choices;  /* SETTING_CHOICE: words split by blanks, in the order of the enum */
    const char *help;     /* one sentence, for the file, the manual's check and `randori check` */
};

/* The table, section by section; its last row has section == NULL. */
extern const struct setting settings_table[SETTINGS_KEYS + 1];

/* All defaults. Free with settings_free(). False with nothing in it when memory is out. */
bool settings_init(struct settings *settings);
void settings_free(struct settings *settings);
/* False with nothing in *to when memory is out. */
bool settings_copy(struct settings *to, const struct settings *from);

/* The row, or NULL. settings_nearest() finds the known name most like a misspelt one (within two
 * edits), or NULL: of a section when `section` is NULL, else of a key in that section. */
const struct setting *settings_find(const char *section, const char *key);
const char *settings_nearest(const char *section, const char *name);
bool settings_has_section(const char *section);

/* Sets one value from its text. `append` adds to a SETTING_TEXTS list instead of replacing it.
 * False with a sentence in `why` naming the range or the choices when the text will not do. */
bool settings_set(struct settings *settings, const struct setting *row, const char *text,
                  bool append, char why[static SETTINGS_ERROR_SIZE]);

/* The value as it would be written (lists: the item `index`; NULL past the end). The caller frees. */
char *settings_get(const struct settings *settings, const struct setting *row, int index);
/* True when both have the same value there, as it would be written. */
bool settings_agree(const struct settings *one, const struct settings *other,
                    const struct setting *row);

/* What no single key can be blamed for: a turn longer than the session, a debrief that leaves no
 * room for one turn, minimum above length, ... Returns how many were written; each names the row to
 * blame, and the one it is at odds with, so that the caller can add file:line. */
struct settings_conflict {
    const struct setting *row, *other;
    char why[SETTINGS_ERROR_SIZE];
};
int settings_conflicts(const struct settings *settings, struct settings_conflict *out, int most);

#endif
