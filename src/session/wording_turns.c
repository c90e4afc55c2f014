/* The sentences about turns, pauses and breaks. */
#include "session/duration.h"
#include "session/plan.h"
#include "session/wording_words.h"

void
tell_intro(struct telling *telling)
{
    tell(telling, "Introduction until ");
    tell_clock(telling, telling->event->at.wall_ms + telling->event->ms);
    tell(telling, ". Then {next} starts.");
}

/* R13: named once, when the last planned turn starts. */
static void
tell_not_yet(struct telling *telling)
{
    const struct session *session = telling->session;
    const char *between = " Not yet at the keyboard: ";
    struct plan plan;
    int planned;

    plan_compute(session, telling->event->at, &plan);
    planned = plan.count;
    plan_free(&plan);
    if (planned != 1 || telling->event->extra)
        return;
    for (int i = 0; i < session->roster.count; i++) {
        const struct person *person = &session->roster.people[i];

        if (!roster_rotates(person) || person->turns > 0 || person->id == telling->event->person)
            continue;
        sentence_add(&telling->line, "%s%s", between, person->name);
        between = ", ";
    }
    if (between[0] == ',')
        tell(telling, ".");
}

void
tell_turn_started(struct telling *telling)
{
    int next = session_next_driver(telling->session);

    tell(telling, telling->event->extra ? "Extra turn" : "Turn {turn}");
    tell(telling, ": {person} has the keyboard until {until}.");
    if (telling->event->extra)
        tell(telling, " After it the debrief starts.");
    else if (next != 0 && next != telling->event->person)
        tell(telling, " Next: {next}.");
    tell_not_yet(telling);
}

static void
tell_handover(struct telling *telling)
{
    const struct session *session = telling->session;
    char seconds[DURATION_SIZE];

    if (session->phase != PHASE_HANDOVER)
        return;
    if (roster_rotators(&session->roster) == 1) /* a checkpoint */
        tell(telling, " A good moment to commit. Still small steps?");
    else if (session->held)
        tell(telling, " Next: {next}, when ready.");
    else if (session->settings.autostart && session->settings.handover_ms > 0)
        sentence_add(&telling->line, " Next: %s, in %s.",
                     session_name(session, session_next_driver(session)),
                     duration_text(seconds, session->settings.handover_ms));
    else
        tell(telling, " Next: {next}.");
}

void
tell_turn_ended(struct telling *telling)
{
    static const char *const endings[END_REASONS] = {
        [END_TIME] = "Turn {turn} is over",
        [END_NEXT] = "Turn {turn} is handed over",
        [END_LEFT] = "Turn {turn} ends early, {person} had to go",
        [END_DEBRIEF] = "Turn {turn} ends here",
        [END_STOP] = "Turn {turn} ends here, so that the debrief has its time",
    };
    char late[DURATION_SIZE];

    tell(telling, endings[telling->event->end]);
    if (telling->event->late_ms >= 1000)
        sentence_add(&telling->line, " since %s", duration_clock(late, telling->event->late_ms));
    tell(telling,
         telling->event->counted || telling->event->end != END_LEFT ? "." : ". It does not count.");
    tell_handover(telling);
}

void
tell_passed(struct telling *telling)
{
    const struct person *person = roster_find(&telling->session->roster, telling->event->person);

    tell(telling, "{person}: not now. Next: {next}.");
    if (person != NULL && person->passes >= 2 && !person->observer)
        tell(telling, " {person} may also just watch.");
}

void
tell_paused(struct telling *telling)
{
    const struct session *session = telling->session;

    if (session->turn.driver == 0) {
        tell(telling, "Paused: nobody is here.");
        return;
    }
    tell(telling, "Paused with {left} left in turn {turn}");
    if (session->settings.pause_ms > 0) {
        tell(telling, ", until about ");
        tell_clock(telling, telling->event->at.wall_ms + session->settings.pause_ms);
    }
    tell(telling, ".");
}

void
tell_resumed(struct telling *telling)
{
    if (telling->session->phase == PHASE_TURN)
        tell(telling, "Turn {turn} goes on: {driver} has {left} left, until {until}.");
    else
        tell(telling, "It goes on.");
}

void
tell_adjusted(struct telling *telling)
{
    tell(telling, telling->event->ms < 0 ? "The clock is mended: {length} less"
                                         : "The clock is mended: {length} more");
    tell(telling, ", turn {turn} lasts until {until}.");
}

void
tell_offered(struct telling *telling)
{
    const struct session *session = telling->session;
    const struct moment end =
        moment_at(telling->event->at, telling->event->at.elapsed_ms + session->settings.length_ms);

    tell(telling, "One extra turn fits: {next} until ");
    tell_clock(telling, end.wall_ms);
    tell(telling, "? Otherwise the debrief starts at ");
    tell_clock(telling, moment_at(telling->event->at, session->offer_until_ms).wall_ms);
    tell(telling, ".");
}

void
tell_break(struct telling *telling)
{
    tell(telling, "Break for {length}, until ");
    tell_clock(telling, telling->event->at.wall_ms + telling->event->ms);
    tell(telling, ". Then {next} has the keyboard.");
}
