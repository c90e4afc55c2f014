/* Facts as sentences. A row a kind: a template, or a function where the sentence depends on more. */
#include "session/wording.h"

#include <string.h>

#include "session/duration.h"
#include "session/groups.h"
#include "session/plan.h"
#include "session/text.h"
#include "session/wording_words.h"

enum { GROUP_LINE = 400 };

struct wording {
    const char *sentence;
    void (*tell)(struct telling *telling); /* instead of the sentence */
    const char *undone;                    /* what was taken back, after "Undone: " */
};

static const struct wording wordings[EVENT_KINDS];

static void
tell_opened(struct telling *telling)
{
    const struct settings *settings = &telling->session->settings;
    int people = roster_present(&telling->session->roster);

    sentence_add(&telling->line, "%s",
                 settings->title[0] != '\0' ? settings->title : "Coding dojo");
    if (settings->topic[0] != '\0')
        sentence_add(&telling->line, ": %s", settings->topic);
    if (settings->stack[0] != '\0')
        sentence_add(&telling->line, " (%s)", settings->stack);
    sentence_add(&telling->line, ". ");
    if (people == 0)
        sentence_add(&telling->line, "Nobody is here yet.");
    else
        sentence_add(&telling->line, "%d %s here.", people,
                     people == 1 ? "person is" : "people are");
    if (telling->session->stop_ms != 0)
        tell(telling, " It ends at {stop}.");
}

static void
tell_started(struct telling *telling)
{
    int late = plan_late_minutes(telling->session, telling->event->at);

    tell(telling, "Started at ");
    tell_clock(telling, telling->event->at.wall_ms);
    if (late > 0)
        sentence_add(&telling->line, ", %d %s late", late, late == 1 ? "minute" : "minutes");
    tell(telling, ". Debrief at {debrief}, end at {stop}.");
}

static void
tell_closed(struct telling *telling)
{
    int64_t over = telling->event->at.wall_ms - telling->session->stop_ms;

    tell(telling, "Closed at ");
    tell_clock(telling, telling->event->at.wall_ms);
    if (telling->session->stop_ms != 0 && over >= 60000)
        sentence_add(&telling->line, ", %lld %s after the planned end", (long long)(over / 60000),
                     over < 120000 ? "minute" : "minutes");
    tell(telling, ". Thank you, everybody!");
}

static void
tell_moved(struct telling *telling)
{
    const struct roster *roster = &telling->session->roster;

    for (int i = 0; i < roster->count; i++) {
        if (roster->people[i].id != telling->event->person)
            continue;
        tell(telling, "{person} is now number ");
        sentence_add(&telling->line, "%d in the list.", i + 1);
    }
}

static void
tell_away(struct telling *telling)
{
    char line[GROUP_LINE];

    if (telling->event->list_count == 0)
        tell(telling, "{person} is away.");
    else
        sentence_add(&telling->line, "%s",
                     groups_line(telling->session, GROUP_LINE, line, sizeof line));
}

static void
tell_order(struct telling *telling)
{
    const struct roster *roster = &telling->session->roster;

    tell(telling, "The order is now:");
    for (int i = 0; i < roster->count; i++)
        sentence_add(&telling->line, "%s %s", i > 0 ? "," : "", roster->people[i].name);
    tell(telling, ".");
}

static void
add_question(struct telling *telling, int number)
{
    const struct text_list *questions = &telling->session->settings.questions;

    sentence_add(&telling->line, "Question %d of %d", number, questions->count);
    if (number >= 1 && number <= questions->count)
        sentence_add(&telling->line, ": %s", questions->item[number - 1]);
}

static void
tell_question(struct telling *telling)
{
    add_question(telling, telling->event->number);
}

/* Nobody turns to the first question. */
static void
tell_debrief(struct telling *telling)
{
    tell(telling, "Debrief, until {stop}. ");
    add_question(telling, 1);
}

static void
tell_note(struct telling *telling)
{
    if (!telling->event->action)
        tell(telling, "Noted: {text}");
    else if (telling->event->name != NULL && telling->event->name[0] != '\0')
        tell(telling, "Action item for {name}: {text}");
    else
        tell(telling, "Action item, nobody's yet: {text}");
}

static void
tell_edited(struct telling *telling)
{
    const struct session *session = telling->session;

    for (int i = 0; i < session->notes_count; i++) {
        if (session->notes[i].seq == telling->event->note)
            sentence_add(&telling->line, "Note %d now reads: ", i + 1);
    }
    tell(telling, "{text}");
}

static void
tell_gap(struct telling *telling)
{
    char length[DURATION_SIZE];

    sentence_add(&telling->line, "Nobody watched the clock for %s; the time went on.",
                 duration_clock(length, telling->event->ms));
}

static void
tell_back(struct telling *telling)
{
    char length[DURATION_SIZE];

    sentence_add(&telling->line, "Back after %s. ", duration_clock(length, telling->event->ms));
    tell(telling, telling->session->phase == PHASE_TURN
                      ? "Turn {turn} goes on: {driver} has {left} left."
                      : "The session goes on.");
}

static void
tell_jumped(struct telling *telling)
{
    tell(telling, telling->event->ms < 0
                      ? "The clock of this computer was set back by {length}."
                      : "The clock of this computer was set forward by {length}.");
}

static void
tell_date(struct telling *telling)
{
    tell(telling, telling->event->text[0] == '\0' ? "The next date is not settled."
                                                  : "The next dojo is on {text}.");
}

/* As the settings before those of the event had it. */
static bool
had_copilot(const struct telling *telling)
{
    const struct session *session = telling->session;

    for (int i = session->log_count - 1; i >= 0; i--) {
        const struct event *event = &session->log[i];
        bool has_settings =
            event->kind == EVENT_SESSION_OPENED || event->kind == EVENT_SETTINGS_CHANGED;

        if (event->seq < telling->event->seq && has_settings &&
            !session_is_undone(session, event->seq))
            return event->opening->settings.copilot;
    }
    return false;
}

/* The seat is what one key or word changes; everything else is session.ini's. */
static void
tell_settings(struct telling *telling)
{
    const struct opening *opening = telling->event->opening;

    if (opening->settings.copilot == had_copilot(telling))
        tell(telling, "session.ini was read again.");
    else if (opening->settings.copilot)
        tell(telling, "The next driver sits beside the driver, as co-pilot.");
    else
        tell(telling, "The driver sits alone again.");
}

static void
tell_light(struct telling *telling)
{
    static const char *const lights[LIGHTS] = {
        [LIGHT_NONE] = "No light",
        [LIGHT_GREEN] = "GREEN: the tests pass",
        [LIGHT_RED] = "RED: a test does not pass",
        [LIGHT_AMBER] = "AMBER: it does not build",
    };
    const char *reason = telling->event->reason;
    bool timeout = reason != NULL && strcmp(reason, "timeout") == 0;

    sentence_add(&telling->line, "%s%s.", lights[telling->event->light],
                 timeout ? " in the time they have" : "");
}

static void
tell_step(struct telling *telling)
{
    if (telling->event->number == 0) {
        tell(telling, "No step.");
        return;
    }
    sentence_add(&telling->line, "Step %d", telling->event->number);
    if (telling->event->total > 0)
        sentence_add(&telling->line, " of %d", telling->event->total);
    tell(telling, telling->event->text == NULL ? "." : ": {text}");
}

/* Only what did not go well is worth a line. */
static void
tell_hook(struct telling *telling)
{
    const char *reason = telling->event->reason, *name = telling->event->name;

    if (strcmp(reason, "outcome unknown") == 0)
        sentence_add(&telling->line, "What became of the hook %s is unknown.", name);
    else if (strcmp(reason, "exit 0") != 0)
        sentence_add(&telling->line, "The hook %s failed: %s.", name, reason);
}

static const struct event *
find_in_log(const struct session *session, int64_t seq)
{
    for (int i = session->log_count - 1; i >= 0; i--) {
        if (session->log[i].seq == seq)
            return &session->log[i];
    }
    return NULL;
}

/* The human act is the first of the facts taken back; the rest followed from it. */
static void
tell_undone(struct telling *telling)
{
    const struct event *undone = telling->event->list_count > 0
                                     ? find_in_log(telling->session, telling->event->list[0])
                                     : NULL;
    const char *what = undone == NULL ? NULL : wordings[undone->kind].undone;

    if (what == NULL) {
        tell(telling, "Taken back.");
        return;
    }
    telling->event = undone;
    tell(telling, "Undone: ");
    tell(telling,
         undone->kind == EVENT_PERSON_AWAY && undone->list_count > 0 ? "the two groups" : what);
    tell(telling, ".");
}

static const struct wording wordings[EVENT_KINDS] = {
    [EVENT_SESSION_OPENED] = {.tell = tell_opened},
    [EVENT_SESSION_RESUMED] = {.tell = tell_back},
    [EVENT_SESSION_STARTED] = {.tell = tell_started, .undone = "the start"},
    [EVENT_SESSION_LEFT] = {.sentence = "The program ends here; the session can be resumed."},
    [EVENT_SESSION_CLOSED] = {.tell = tell_closed, .undone = "the closing"},
    [EVENT_INTRO_STARTED] = {.tell = tell_intro, .undone = "the introduction"},
    [EVENT_TURN_STARTED] = {.tell = tell_turn_started, .undone = "the start of turn {turn}"},
    [EVENT_TURN_ENDED] = {.tell = tell_turn_ended, .undone = "the end of turn {turn}"},
    [EVENT_TURN_REOPENED] = {"{length} more for {person}: turn {turn} goes on until {until}.",
                             .undone = "{length} more for turn {turn}"},
    [EVENT_TURN_EXTENDED] = {"{length} more: {driver} has the keyboard until {until}.",
                             .undone = "{length} more"},
    [EVENT_TURN_ADJUSTED] = {.tell = tell_adjusted, .undone = "mending the clock"},
    [EVENT_LENGTH_CHANGED] = {"From the next one on, turns last {length}.",
                              .undone = "turns of {length}"},
    [EVENT_DRIVER_CHANGED] = {"It is {person} who has the keyboard.",
                              .undone = "{person} at the keyboard"},
    [EVENT_NEXT_CHOSEN] = {"Next: {person}.", .undone = "{person} as the next"},
    [EVENT_PERSON_PASSED] = {.tell = tell_passed, .undone = "{person}'s \"not now\""},
    [EVENT_PAUSED] = {.tell = tell_paused, .undone = "the pause"},
    [EVENT_RESUMED] = {.tell = tell_resumed, .undone = "going on after the pause"},
    [EVENT_HANDOVER_HELD] = {"{next} starts when ready.", .undone = "holding"},
    [EVENT_EXTRA_OFFERED] = {.tell = tell_offered},
    [EVENT_PERSON_JOINED] = {"{person} joined.", .undone = "{name} joining"},
    [EVENT_PERSON_AWAY] = {.tell = tell_away, .undone = "{person} being away"},
    [EVENT_PERSON_BACK] = {"{person} is back.", .undone = "{person} being back"},
    [EVENT_PERSON_OBSERVES] = {"{person} watches.", .undone = "{person} watching"},
    [EVENT_PERSON_ROTATES] = {"{person} is in the rotation.", .undone = "{person} in the rotation"},
    [EVENT_PERSON_RENAMED] = {"The name is {name}.", .undone = "the name {name}"},
    [EVENT_PERSON_MOVED] = {.tell = tell_moved, .undone = "moving {person}"},
    [EVENT_ORDER_CHANGED] = {.tell = tell_order, .undone = "the new order"},
    [EVENT_STOP_MOVED] = {"The session now ends at {stop}, the debrief starts at {debrief}.",
                          .undone = "the new end"},
    [EVENT_DEBRIEF_STARTED] = {.tell = tell_debrief, .undone = "the start of the debrief"},
    [EVENT_QUESTION_OPENED] = {.tell = tell_question, .undone = "turning to another question"},
    [EVENT_NOTE_ADDED] = {.tell = tell_note, .undone = "the note \"{text}\""},
    [EVENT_NOTE_EDITED] = {.tell = tell_edited, .undone = "editing a note"},
    [EVENT_NOTE_DELETED] = {"A note is deleted.", .undone = "deleting a note"},
    [EVENT_DRAFT_SAVED] = {.sentence = ""},
    [EVENT_ROLES_OPENED] = {"Who prepares the next dojo?", .undone = "turning to the roles"},
    [EVENT_ROLE_TAKEN] = {"{role} next time: {name}. Thank you!", .undone = "{name} as {role}"},
    [EVENT_ROLE_VACANT] = {"{role} next time: nobody yet.", .undone = "\"nobody yet\" for {role}"},
    [EVENT_DATE_SET] = {.tell = tell_date, .undone = "the date"},
    [EVENT_ACTION_DONE] = {"An action item is done.", .undone = "ticking an action item"},
    [EVENT_BREAK_STARTED] = {.tell = tell_break, .undone = "the break"},
    [EVENT_BREAK_ENDED] = {"The break is over. Next: {next}.", .undone = "the end of the break"},
    [EVENT_LIGHT_CHANGED] = {.tell = tell_light, .undone = "the light"},
    [EVENT_STEP_CHANGED] = {.tell = tell_step, .undone = "the step"},
    [EVENT_SETTINGS_CHANGED] = {.tell = tell_settings, .undone = "the new settings"},
    [EVENT_HOOK_STARTED] = {.sentence = ""},
    [EVENT_HOOK_ENDED] = {.tell = tell_hook},
    [EVENT_DRAINED] = {.sentence = ""},
    [EVENT_GAP_NOTICED] = {.tell = tell_gap},
    [EVENT_GAP_FORGIVEN] = {"It was a pause: the time is given back.",
                            .undone = "giving the time back"},
    [EVENT_CLOCK_JUMPED] = {.tell = tell_jumped},
    [EVENT_UNDONE] = {.tell = tell_undone},
};

char *
wording_event(char out[static WORDING_SIZE], const struct session *session,
              const struct event *event)
{
    const struct wording *wording = &wordings[event->kind];
    struct telling telling = {.line = {.used = 0}, .session = session, .event = event};

    if (wording->tell != NULL)
        wording->tell(&telling);
    else
        tell(&telling, wording->sentence);
    return sentence_finish(&telling.line, out, WORDING_SIZE);
}
