/*
 * What each kind of fact changes, for session_apply.c and the apply_*.c files; nobody else includes
 * it. Every applier is total: whatever comes, the session stays valid.
 */
#ifndef SESSION_APPLY_H
#define SESSION_APPLY_H

#include "session/session_inside.h"

/* Replaces an owned text by a copy of `value` (NULL: by NULL). Without memory it stays. */
void session_set_text(char **text, const char *value);
void session_enter(struct session *session, enum phase phase, int64_t elapsed_ms);
/* Between turns, without anybody who could drive, the session pauses. */
void session_pause_when_empty(struct session *session, int64_t elapsed_ms);
/* Nobody is chosen or settled as the next any more, if it was this person. */
void session_forget_next(struct session *session, int person);
/* Who is next now stays so, whoever joins (R6). */
void session_settle_next(struct session *session);
/* The roles as the settings in force name them, unanswered; and without them. */
void session_take_roles(struct session *session);
void session_drop_roles(struct session *session);

void apply_opened(struct session *session, const struct event *event);
void apply_resumed(struct session *session, const struct event *event);
void apply_started(struct session *session, const struct event *event);
void apply_left(struct session *session, const struct event *event);
void apply_closed(struct session *session, const struct event *event);
void apply_intro(struct session *session, const struct event *event);
void apply_turn_started(struct session *session, const struct event *event);
void apply_turn_ended(struct session *session, const struct event *event);
void apply_turn_reopened(struct session *session, const struct event *event);
void apply_turn_extended(struct session *session, const struct event *event);
void apply_turn_adjusted(struct session *session, const struct event *event);
void apply_length_changed(struct session *session, const struct event *event);
void apply_driver_changed(struct session *session, const struct event *event);
void apply_next_chosen(struct session *session, const struct event *event);
void apply_passed(struct session *session, const struct event *event);
void apply_paused(struct session *session, const struct event *event);
void apply_resumed_turn(struct session *session, const struct event *event);
void apply_held(struct session *session, const struct event *event);
void apply_extra_offered(struct session *session, const struct event *event);
void apply_joined(struct session *session, const struct event *event);
void apply_presence(struct session *session, const struct event *event);
void apply_renamed(struct session *session, const struct event *event);
void apply_moved(struct session *session, const struct event *event);
void apply_order(struct session *session, const struct event *event);
void apply_stop_moved(struct session *session, const struct event *event);
void apply_debrief(struct session *session, const struct event *event);
void apply_question(struct session *session, const struct event *event);
void apply_note_added(struct session *session, const struct event *event);
void apply_note_edited(struct session *session, const struct event *event);
void apply_note_deleted(struct session *session, const struct event *event);
void apply_draft(struct session *session, const struct event *event);
void apply_roles_opened(struct session *session, const struct event *event);
void apply_role(struct session *session, const struct event *event);
void apply_date(struct session *session, const struct event *event);
void apply_action_done(struct session *session, const struct event *event);
void apply_break_started(struct session *session, const struct event *event);
void apply_break_ended(struct session *session, const struct event *event);
void apply_light(struct session *session, const struct event *event);
void apply_step(struct session *session, const struct event *event);
void apply_settings(struct session *session, const struct event *event);
void apply_hook_started(struct session *session, const struct event *event);
void apply_hook_ended(struct session *session, const struct event *event);
void apply_gap(struct session *session, const struct event *event);
void apply_gap_forgiven(struct session *session, const struct event *event);

#endif
