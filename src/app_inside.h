/*
 * Shared between the files that make up the app; nobody else includes it.
 */
#ifndef APP_INSIDE_H
#define APP_INSIDE_H

#include "app.h"
#include "screens/screen.h"
#include "services/clock.h"
#include "services/hooks.h"
#include "services/loop.h"
#include "services/notifier.h"
#include "services/terminal.h"
#include "session/alerts.h"
#include "session/memory.h"
#include "session/plan.h"

enum {
    APP_LINE = 4096, /* bytes of one command on standard input */
    APP_LEAVING = 200,
    APP_UNSAVED_MS = 50 /* a fact that is not on disk by then is marked (src/README.md) */
};

enum app_state {
    APP_RUNNING,
    APP_DRAINING, /* nothing new is taken; what is in flight comes to its end */
    APP_GONE,     /* the loop ends */
};

/* How far leaving is; app_drain.c's own. */
enum drain_step {
    DRAIN_WAITS,  /* for the hooks */
    DRAIN_ENDS,   /* they were told to end */
    DRAIN_FLUSHES /* the last fact is written; for the disk */
};

struct drain {
    enum drain_step step;
    int64_t step_ms, until_ms, grace_ms; /* real, boot: the step began; its end; everybody's */
    int64_t began_ms;
    bool is_hurried; /* somebody said "now" */
    bool is_forced;  /* not everything came to its end by itself */
};

struct app {
    const struct app_options *options;
    struct app_outcome *outcome;
    struct session *session;
    struct journal *journal;
    struct clock clock;
    int64_t away_ms; /* resumed: how long nobody watched */
    struct loop *loop;
    struct terminal *terminal; /* NULL: plain */
    bool terminal_gone;        /* it hung up: neither read nor drawn to */
    bool more_keys;            /* may be left, also where poll(2) does not see them: in ncurses */
    struct notifier *notifier; /* NULL: none */
    int notifier_reads, notifier_writes; /* its descriptors that the loop watches; -1: none */
    const char *desktop_told;            /* what was last told to be wrong with it; NULL: nothing */
    int64_t desktop_until;               /* real, boot: until when the footer says so */
    struct outside *outside; /* who asks from outside (app_remote.c); NULL: nobody can */
    struct ui ui;
    struct settings loaded, loaded_before; /* as the files said when last read, and before that */
    int64_t loaded_seq;                    /* of the fact that took `loaded`; 0: the opening */
    struct session last;                   /* the previous record, once it has been looked for */
    bool has_last, looked_for_last;
    struct memory memory; /* of all past sessions, at the same time */
    char **to_prepare;    /* owned: open and due on the checklists, for the opening board */
    int to_prepare_count;
    enum app_state state;
    struct drain drain;
    struct hooks *hooks;     /* NULL: none are run */
    struct app_steps *steps; /* app_steps.c; NULL: session.ini names none */

    bool dirty;            /* something visible changed since the last frame */
    int64_t redraw_ms;     /* elapsed: the clock itself changes the frame then */
    enum alert pending;    /* of facts accepted in this pass, the last one */
    int64_t alerted_ms;    /* elapsed: alerts up to here have been given */
    int64_t looked_ms;     /* real, boot: the record was looked after then */
    int64_t watched_ms;    /* real, boot: the timer's last setting; waking far later is a gap */
    struct moment passed;  /* of the last pass */
    int64_t unsaved_since; /* real, boot; 0: everything is on disk */
    bool shows_unsaved;    /* the screen says so */
    int64_t act_ms;        /* real, boot: when the last human act was accepted and not yet shown */
    int64_t phase_ms;      /* real, boot: when the clock last changed the phase */
    int64_t flash_until;   /* real, boot; 0: no flash */
    int64_t notice_ms;     /* real, boot: when ui.notice was set */
    bool shows_notice;     /* in the last frame, in place of the clock of a small window */
    bool told_ascii;       /* that this locale has no other letters */
    int64_t draft_ms;      /* real, boot: the last draft was saved then */
    char trouble[JOURNAL_WHY];
    char leaving[APP_LEAVING]; /* the line of view.leaving */

    char line[APP_LINE]; /* standard input of --plain, up to a newline */
    size_t line_length;
    bool line_too_long;
};

/* Real time, for everything that is not the session's: CLOCK_BOOTTIME ms. */
int64_t app_boot_ms(void);
struct moment app_now(const struct app *app);

/* app_road.c: the road. app_decide() says whether a wish is allowed, and changes nothing;
 * app_carry_out() lets what was decided happen, and frees it. app_wish() does both, tells the
 * outcome where it was asked (screen or plain) and is true when it was not refused.
 * app_wish_program() is for facts the program itself states; it goes through also while we leave. */
bool app_decide(struct app *app, const struct command *command, struct decision *decision);
void app_carry_out(struct app *app, struct decision *decision);
bool app_wish(struct app *app, const struct command *command);
void app_wish_program(struct app *app, const struct command *command);
void app_accept(struct app *app, struct event *event); /* numbers and times are set; clears it */
void app_catch_up(struct app *app);                    /* what time has caused, after a gap in it */
void app_start_clock(struct app *app);
bool app_open_session(struct app *app); /* false: app_fail() has been told */
void app_keep_draft(struct app *app, bool at_once);

/* app_drain.c: leaving, the same road for every cause. */
/* Ready for wishes: running, and what is accepted can be put on disk. From the first moment of
 * leaving it is not; a wish is then refused (EXIT_TRY_AGAIN). */
bool app_is_ready(const struct app *app);
/* The first cause counts. `reason` stands in the record: "quit", "hangup", "SIGTERM". */
void app_leave(struct app *app, enum app_end end, const char *reason);
void app_leave_by_signal(struct app *app, int signal); /* again: cuts the waiting short */
/* Leaves at once and waits for nothing: it may be the loop that has failed. */
void app_fail(struct app *app, const char *what, const char *why);
void app_hurry(struct app *app);                   /* "now": a key while we leave */
void app_drain(struct app *app);                   /* each pass while we leave */
int64_t app_drain_deadline(const struct app *app); /* real, boot */
/* One line about what is waited for; NULL: nothing, or not long enough to tell. */
const char *app_drain_line(struct app *app);
extern const char app_drain_refusal[]; /* what a wish gets while we leave */

/* app_hooks.c */
void app_hooks_open(struct app *app);
void app_hooks_event(struct app *app, const struct event *event);
void app_hooks_ready(struct app *app);
void app_tell(struct app *app, const char *line); /* to the people: on the screen, or plain */

/* app_alerts.c */
void app_alert(struct app *app, enum alert alert);
void app_alerts(struct app *app); /* those that have come due */
void app_settle_popup(struct app *app, const struct event *event);
void app_notifier_open(struct app *app);
void app_notifier_watch(struct app *app);

/* app_screen.c */
bool app_screen_open(struct app *app); /* false: it has to be plain */
void app_screen_keys(struct app *app);
void app_screen_draw(struct app *app);
void app_screen_resize(struct app *app);
void app_hang_up(struct app *app);                  /* the terminal is gone */
int64_t app_screen_deadline(const struct app *app); /* real, boot: the next frame; INT64_MAX */

/* app_reload.c */
void app_reload(struct app *app);

/* app_checklists.c */
void app_checklists_load(struct app *app); /* once the past is remembered */
void app_checklists_free(struct app *app);

/* app_steps.c; open comes after the first frame. */
void app_steps_open(struct app *app, const char *setting);
void app_steps_reload(struct app *app, const char *setting); /* session.ini was read again */
void app_steps_close(struct app *app);
void app_steps_pass(struct app *app);
void app_steps_event(struct app *app, const struct event *event);
void app_steps_resolve(const struct app *app, struct command *command); /* a step's title */
int64_t app_steps_deadline(const struct app *app);                      /* real, boot */

/* app_plain.c */
void app_plain_open(struct app *app);
void app_plain_invite(struct app *app);
void app_plain_event(struct app *app, const struct event *event);
void app_say(struct app *app, const char *line);

/* app_remote.c; close comes after the drain: who still waits for the disk is told that it failed. */
void app_remote_open(struct app *app);
void app_remote_close(struct app *app);
void app_remote_pass(struct app *app);              /* answers those whose facts are on disk */
void app_remote_moved(struct app *app);             /* the record is another file now */
int64_t app_remote_deadline(const struct app *app); /* real, boot; INT64_MAX */
void app_remote_event(struct app *app, const struct event *event);

#endif
