/* What may be typed next, where nobody could guess it. */
#include <stdio.h>

#include "screens/plain_reading.h"
#include "session/duration.h"
#include "session/plan.h"

/* The first role without an answer; -1: all have one. */
static int
open_role(const struct session *session)
{
    for (int i = 0; i < session->roles_count; i++)
        if (session->roles[i].holder == NULL && !session->roles[i].vacant)
            return i;
    return -1;
}

static void
hint_date(const struct session *session, struct sentence *hint)
{
    char date[CALENDAR_SIZE];
    const char *weekday = "";
    int64_t days;

    if (calendar_parse(session_proposed_date(session, date), &days))
        weekday = calendar_weekday_name(calendar_weekday(days));
    sentence_add(hint,
                 "When is the next dojo? \"date\" takes %s %s, \"date 2026-12-24\" another day; "
                 "\"close\" ends the session.",
                 weekday, date);
}

static void
hint_roles(const struct session *session, struct sentence *hint)
{
    int role = open_role(session);

    if (role >= 0)
        sentence_add(hint, "%s next time: \"role %d NAME\", or \"vacant %d\" for nobody yet.",
                     session->roles[role].name, role + 1, role + 1);
    else if (!session->date_answered && session->settings.every.unit != EVERY_OFF)
        hint_date(session, hint);
    else
        sentence_add(hint, "\"close\" ends the session.");
}

/* The ways out of R15, as the opening board's keys have them. */
static void
hint_ways_out(const struct session *session, const struct plan *plan, struct sentence *hint)
{
    char length[DURATION_SIZE];
    const char *before = ": ";

    sentence_add(hint, "%d of %d will not drive", plan->without, plan->rotators);
    if (plan->fitting_ms > 0) {
        sentence_add(hint, "%s\"length %s\" fits all", before,
                     duration_text(length, plan->fitting_ms));
        before = ", ";
    }
    if (!session->settings.copilot) {
        sentence_add(hint, "%s\"copilot\" gives the next driver a seat", before);
        before = ", ";
    }
    if (session_allows(session, COMMAND_GROUPS, session->last))
        sentence_add(hint, "%s\"groups\" makes two groups", before);
    sentence_add(hint, ". ");
}

static void
hint_start(const struct session *session, struct sentence *hint)
{
    struct plan plan;

    plan_compute(session, session->last, &plan);
    if (plan.without > 0)
        hint_ways_out(session, &plan, hint);
    plan_free(&plan);
    sentence_add(hint, "\"start\" begins, \"help\" tells the other words.");
}

char *
plain_hint(const struct session *session, char out[static SENTENCE_SIZE])
{
    struct sentence hint = {.used = 0};

    if (session->phase == PHASE_WAITING)
        hint_start(session, &hint);
    else if (session->phase == PHASE_DEBRIEF)
        sentence_add(&hint, "\"note TEXT\" keeps what is said, \"next\" turns to the next "
                            "question.");
    else if (session->phase == PHASE_ROLES)
        hint_roles(session, &hint);
    return sentence_finish(&hint, out, SENTENCE_SIZE);
}

bool
plain_hints_after(const struct event *event)
{
    return event->kind == EVENT_DEBRIEF_STARTED || event->kind == EVENT_ROLES_OPENED ||
           event->kind == EVENT_ROLE_TAKEN || event->kind == EVENT_ROLE_VACANT ||
           event->kind == EVENT_DATE_SET;
}

enum plain_result
read_close(struct reading *reading)
{
    char hint[SENTENCE_SIZE];

    if (reading->session->phase == PHASE_ROLES && open_role(reading->session) >= 0)
        return mistake(reading, "%s", plain_hint(reading->session, hint));
    return read_nothing(reading);
}
