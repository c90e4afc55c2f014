/*
 * Deciding: what the handlers in session_decide.c and decide_*.c work on; nobody else includes it.
 */
#ifndef SESSION_DECIDE_H
#define SESSION_DECIDE_H

#include "session/session_inside.h"

struct deciding {
    const struct session *session;
    const struct command *command; /* text and role are never NULL */
    struct moment now;
    struct decision *decision;
    bool failed; /* memory is out: the decision becomes a refusal */
};

/* Appends an event, numbered, timed and by whom the command says. */
struct event *decide_add(struct deciding *deciding, enum event_kind kind);
__attribute__((format(printf, 2, 3))) void decide_refuse(struct deciding *deciding,
                                                         const char *format, ...);

/* The memory itself, which an event will own; NULL: the decision has failed. */
void *decide_kept(struct deciding *deciding, void *memory);
/* A copy for the event, as it is or cleaned. */
char *decide_copy(struct deciding *deciding, const char *text);
char *decide_clean(struct deciding *deciding, const char *text);
/* The running turn ends; in a pause, too. */
void decide_end_turn(struct deciding *deciding, enum end_reason end, bool counted);
/* At least half of the running turn was used: then it counts (R11). */
bool decide_half_used(const struct deciding *deciding);
/* The person the command names, or a refusal and NULL. */
const struct person *decide_person(struct deciding *deciding);
/* A name or note that may enter: refuses bad text, else returns a trimmed copy (the caller's). */
char *decide_text(struct deciding *deciding, const char *what, size_t most);

typedef void (*decide_handler)(struct deciding *deciding);

void decide_start(struct deciding *deciding);
void decide_next(struct deciding *deciding);
void decide_pass(struct deciding *deciding);
void decide_hold(struct deciding *deciding);
void decide_pause(struct deciding *deciding);
void decide_resume(struct deciding *deciding);
void decide_extend(struct deciding *deciding);
void decide_adjust(struct deciding *deciding);
void decide_turn_length(struct deciding *deciding);
void decide_stop_at(struct deciding *deciding);
void decide_debrief(struct deciding *deciding);
void decide_forgive_gap(struct deciding *deciding);

void decide_choose_driver(struct deciding *deciding);
void decide_choose_next(struct deciding *deciding);
void decide_join(struct deciding *deciding);
void decide_away(struct deciding *deciding);
void decide_back(struct deciding *deciding);
void decide_observe(struct deciding *deciding);
void decide_rotate(struct deciding *deciding);
void decide_rename(struct deciding *deciding);
void decide_move(struct deciding *deciding);
void decide_order(struct deciding *deciding);
void decide_groups(struct deciding *deciding);

void decide_question(struct deciding *deciding);
void decide_note(struct deciding *deciding);
void decide_note_edit(struct deciding *deciding);
void decide_note_delete(struct deciding *deciding);
void decide_draft(struct deciding *deciding);
void decide_roles(struct deciding *deciding);
void decide_take_role(struct deciding *deciding);
void decide_vacate_role(struct deciding *deciding);
void decide_close(struct deciding *deciding);

void decide_light(struct deciding *deciding);
void decide_step(struct deciding *deciding);
void decide_date(struct deciding *deciding);
void decide_action_done(struct deciding *deciding);
void decide_copilot(struct deciding *deciding);
void decide_settings(struct deciding *deciding);
void decide_hook_started(struct deciding *deciding);
void decide_hook_ended(struct deciding *deciding);
void decide_drained(struct deciding *deciding);

void decide_undo(struct deciding *deciding);

#endif
