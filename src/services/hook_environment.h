/*
 * What a hook finds in its environment: ours, without any RANDORI_ variable there was, and
 *
 *     RANDORI_HOOK      1: a randori started from a hook runs no hooks
 *     RANDORI_EVENT     the event's name in the journal: turn_started
 *     RANDORI_SEQ       its number there
 *     RANDORI_RECORD    the journal's path
 *     RANDORI_PRACTICE  1 in a session that does not count, else 0
 *     RANDORI_TITLE, RANDORI_TOPIC, RANDORI_STACK
 *     RANDORI_TURN      the turn's number, 0 before the first
 *     RANDORI_DRIVER    who has the keyboard, or had it in the turn that ended; else empty
 *     RANDORI_NEXT      who is next; empty when nobody is
 *     RANDORI_PERSON, RANDORI_TEXT, RANDORI_ROLE, RANDORI_REASON
 *                       what the event carries, else empty
 *     RANDORI_LIGHT     green, red, amber or none
 *
 * all of it as it stands after the event, and cleaned (text_clean()).
 */
#ifndef SERVICES_HOOK_ENVIRONMENT_H
#define SERVICES_HOOK_ENVIRONMENT_H

#include "session/session.h"

/* Ended by NULL, the caller's to free with hook_environment_free(); NULL when memory is out. */
char **hook_environment(const struct session *session, const struct event *event,
                        const char *record);
void hook_environment_free(char **environment);

#endif
