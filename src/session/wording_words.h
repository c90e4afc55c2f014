/*
 * The words of a template, for wording.c: {person} {driver} {next} {name} {text} {role} {turn}
 * {length} {until} {left} {stop} {debrief}. A word it does not know is left as it stands.
 */
#ifndef SESSION_WORDING_WORDS_H
#define SESSION_WORDING_WORDS_H

#include "session/sentence.h"
#include "session/session.h"

/* One fact being told, as it stands after session_apply(). */
struct telling {
    struct sentence line;
    const struct session *session;
    const struct event *event;
};

void tell(struct telling *telling, const char *template);

/* A time of day as the room's clock shows it. */
void tell_clock(struct telling *telling, int64_t wall_ms);

/* Sentences about turns, pauses and breaks: wording_turns.c. */
void tell_intro(struct telling *telling);
void tell_turn_started(struct telling *telling);
void tell_turn_ended(struct telling *telling);
void tell_passed(struct telling *telling);
void tell_paused(struct telling *telling);
void tell_resumed(struct telling *telling);
void tell_adjusted(struct telling *telling);
void tell_offered(struct telling *telling);
void tell_break(struct telling *telling);

#endif
