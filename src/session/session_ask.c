/* Questions about a session that screens, plain output, popups and the rules themselves ask. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/cadence.h"
#include "session/session_inside.h"

enum { RESUMABLE_MS = 2 * 3600 * 1000 /* after the stop (R24) */ };

const struct turn_record *
session_last_turn(const struct session *session)
{
    return session->turns_count == 0 ? NULL : &session->turns[session->turns_count - 1];
}

bool
session_in_turn(const struct session *session)
{
    return session->phase == PHASE_TURN ||
           (session->phase == PHASE_PAUSED && session->turn.driver != 0);
}

bool
session_between_turns(const struct session *session)
{
    return session->phase == PHASE_HANDOVER || session->phase == PHASE_OFFER ||
           session->phase == PHASE_BREAK;
}

static bool
can_drive(const struct session *session, int id)
{
    const struct person *person = roster_find(&session->roster, id);

    return person != NULL && roster_rotates(person);
}

int
session_next_driver(const struct session *session)
{
    const struct turn_record *last = session_last_turn(session);
    int driver = 0;

    if (session->phase >= PHASE_DEBRIEF)
        return 0;
    if (can_drive(session, session->next_chosen))
        return session->next_chosen;
    if (can_drive(session, session->next_locked))
        return session->next_locked;
    if (session_in_turn(session))
        driver = session->turn.driver;
    else if (last != NULL)
        driver = last->turn.driver;
    return roster_next(&session->roster, driver);
}

const char *
session_name(const struct session *session, int person)
{
    const struct person *found = roster_find(&session->roster, person);

    return found == NULL ? "" : found->name;
}

int64_t
session_used_ms(const struct session *session, struct moment now)
{
    int64_t until = session->phase == PHASE_PAUSED ? session->pause_ms : now.elapsed_ms;

    return until - session->turn.started_ms - session->paused_ms;
}

int64_t
session_coding_end(const struct session *session, struct moment now)
{
    if (session->stop_ms == 0)
        return INT64_MAX;
    return moment_elapsed_at(now, session->stop_ms - session->settings.minimum_ms);
}

int64_t
session_debrief_wall(const struct session *session)
{
    return session->stop_ms == 0 ? 0 : session->stop_ms - session->settings.debrief_ms;
}

int64_t
session_stop_from(const struct session *session, struct moment start)
{
    if (session->stop_ms != 0)
        return session->stop_ms;
    return start.wall_ms + session->settings.duration_ms;
}

bool
session_is_over(const struct session *session)
{
    return session->phase == PHASE_CLOSED;
}

bool
session_may_go_on(const struct session *session, int64_t wall_ms)
{
    int64_t end_ms = session->stop_ms != 0 ? session->stop_ms : session->last.wall_ms;

    return !session_is_over(session) && wall_ms <= end_ms + RESUMABLE_MS;
}

bool
session_is_coding(const struct session *session)
{
    return session->phase > PHASE_WAITING && session->phase < PHASE_DEBRIEF;
}

bool
session_turn_fits(const struct session *session, struct moment start, bool extra)
{
    const struct settings *settings = &session->settings;
    int64_t reserve = extra ? settings->minimum_ms : settings->debrief_ms;

    return start.wall_ms + settings->length_ms <= session_stop_from(session, start) - reserve;
}

static int64_t
handover_left(const struct session *session, struct moment now)
{
    if (session->held || !session->settings.autostart)
        return session->phase_ms - now.elapsed_ms;
    return session->phase_ms + session->settings.handover_ms - now.elapsed_ms;
}

int64_t
session_left_ms(const struct session *session, struct moment now)
{
    switch (session->phase) {
    case PHASE_WAITING:
        return session->start_ms == 0 ? 0 : session->start_ms - now.wall_ms;
    case PHASE_INTRO:
        return session->phase_ms + session->settings.intro_ms - now.elapsed_ms;
    case PHASE_TURN:
        return session->turn.deadline_ms - now.elapsed_ms;
    case PHASE_PAUSED:
        return session->turn.left_ms;
    case PHASE_HANDOVER:
        return handover_left(session, now);
    case PHASE_BREAK:
        return session->break_until_ms - now.elapsed_ms;
    case PHASE_OFFER:
        return session->offer_until_ms - now.elapsed_ms;
    case PHASE_DEBRIEF:
    case PHASE_ROLES:
        return session->stop_ms - now.wall_ms;
    case PHASE_CLOSED:
    case PHASES:
        break;
    }
    return 0;
}

const char *
session_role_warning(const struct session *session, const struct memory *memory, const char *role,
                     const char *name, char why[static SETTINGS_ERROR_SIZE])
{
    const char *before = memory == NULL ? NULL : memory_holder(memory, role);

    if (session->roster.count <= 1) /* alone, there is nobody to share with */
        return NULL;
    for (int i = 0; i < session->roles_count; i++) {
        const struct role *other = &session->roles[i];

        if (strcmp(other->name, role) != 0 && other->holder != NULL &&
            memory_is_same(memory, other->holder, name)) {
            snprintf(why, SETTINGS_ERROR_SIZE,
                     "%.80s is %.60s already: two people share the load better.", name,
                     other->name);
            return why;
        }
    }
    if (before != NULL && memory_is_same(memory, before, name)) {
        snprintf(why, SETTINGS_ERROR_SIZE,
                 "%.80s was %.60s this time: somebody new keeps it lively.", name, role);
        return why;
    }
    return NULL;
}

char *
session_proposed_date(const struct session *session, char out[static CALENDAR_SIZE])
{
    int64_t today = calendar_days_at(session->opened.wall_ms, session->opened.utc_offset_s);

    int64_t next = cadence_next(&session->settings, today);

    out[0] = '\0';
    return next == CADENCE_NONE ? out : calendar_text(out, next);
}

/* Elapsed time at the last opening or resuming, from which opening->boottime_ms counts. */
static int64_t
watched_from(const struct session *session)
{
    for (int i = session->log_count - 1; i >= 0; i--) {
        enum event_kind kind = session->log[i].kind;

        if (kind == EVENT_SESSION_OPENED || kind == EVENT_SESSION_RESUMED)
            return session->log[i].at.elapsed_ms;
    }
    return 0;
}

int64_t
session_since_last_ms(const struct session *session, const char *boot, int64_t boot_ms,
                      int64_t wall_ms, int speed)
{
    const struct opening *opening = session->opening;
    int64_t since;

    if (opening != NULL && opening->boot != NULL && boot[0] != '\0' &&
        strcmp(opening->boot, boot) == 0)
        since = (boot_ms - opening->boottime_ms) * speed + watched_from(session) -
                session->last.elapsed_ms;
    else
        since = wall_ms - session->last.wall_ms;
    return since > 0 ? since : 0;
}

const char *
session_phase_name(enum phase phase)
{
    static const char *const names[PHASES] = {
        [PHASE_WAITING] = "waiting", [PHASE_INTRO] = "intro",       [PHASE_TURN] = "turn",
        [PHASE_PAUSED] = "paused",   [PHASE_HANDOVER] = "handover", [PHASE_OFFER] = "offer",
        [PHASE_BREAK] = "break",     [PHASE_DEBRIEF] = "debrief",   [PHASE_ROLES] = "roles",
        [PHASE_CLOSED] = "closed",
    };

    return names[phase];
}
