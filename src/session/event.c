#include "session/event.h"

#include <stdlib.h>
#include <string.h>

#include "session/event_fields.h"

#define AT(member) offsetof(struct event, member)
#define TURN                                                                                       \
    {                                                                                              \
        "turn", FIELD_INT, AT(turn), false                                                         \
    }
#define PERSON                                                                                     \
    {                                                                                              \
        "person", FIELD_INT, AT(person), false                                                     \
    }
#define NAME                                                                                       \
    {                                                                                              \
        "name", FIELD_TEXT, AT(name), false                                                        \
    }
#define TEXT                                                                                       \
    {                                                                                              \
        "text", FIELD_TEXT, AT(text), false                                                        \
    }
#define ROLE                                                                                       \
    {                                                                                              \
        "role", FIELD_TEXT, AT(role), false                                                        \
    }
#define LENGTH                                                                                     \
    {                                                                                              \
        "ms", FIELD_MS, AT(ms), false                                                              \
    }
#define STOP                                                                                       \
    {                                                                                              \
        "stop", FIELD_MS, AT(stop_ms), false                                                       \
    }
#define LIST(name)                                                                                 \
    {                                                                                              \
        name, FIELD_LIST, AT(list), false                                                          \
    }
#define REASON                                                                                     \
    {                                                                                              \
        "reason", FIELD_TEXT, AT(reason), false                                                    \
    }
#define NOTE                                                                                       \
    {                                                                                              \
        "note", FIELD_MS, AT(note), false                                                          \
    }
#define ACTION                                                                                     \
    {"action", FIELD_FLAG, AT(action), true},                                                      \
    {                                                                                              \
        "owner", FIELD_TEXT, AT(name), true                                                        \
    }
#define BOUNDARY true
#define ACT      true

/* One row a kind: name in the journal, does it change the phase, may `u` take it back, fields. */
const struct event_row event_rows[EVENT_KINDS] = {
    [EVENT_SESSION_OPENED] = {"session_opened",
                              BOUNDARY,
                              false,
                              {{"start", FIELD_MS, AT(ms), true},
                               {"stop", FIELD_MS, AT(stop_ms), true},
                               {"", FIELD_OPENING, AT(opening), false}}},
    [EVENT_SESSION_RESUMED] = {"session_resumed",
                               false,
                               false,
                               {LENGTH, {"", FIELD_WATCH, AT(opening), false}}},
    [EVENT_SESSION_STARTED] = {"session_started", BOUNDARY, ACT, {STOP}},
    [EVENT_SESSION_LEFT] = {"session_left", false, false, {REASON}},
    [EVENT_SESSION_CLOSED] = {"session_closed",
                              BOUNDARY,
                              ACT,
                              {{"closing", FIELD_CLOSING, AT(closing), true}}},
    [EVENT_INTRO_STARTED] = {"intro_started", BOUNDARY, ACT, {LENGTH}},
    [EVENT_TURN_STARTED] = {"turn_started",
                            BOUNDARY,
                            ACT,
                            {TURN, PERSON, LENGTH, {"extra", FIELD_FLAG, AT(extra), true}}},
    [EVENT_TURN_ENDED] = {"turn_ended",
                          BOUNDARY,
                          ACT,
                          {TURN,
                           PERSON,
                           {"reason", FIELD_END, AT(end), false},
                           {"counted", FIELD_FLAG, AT(counted), true},
                           {"late", FIELD_MS, AT(late_ms), true}}},
    [EVENT_TURN_REOPENED] = {"turn_reopened", BOUNDARY, ACT, {TURN, PERSON, LENGTH}},
    [EVENT_TURN_EXTENDED] = {"turn_extended", false, ACT, {LENGTH}},
    [EVENT_TURN_ADJUSTED] = {"turn_adjusted", false, ACT, {LENGTH}},
    [EVENT_LENGTH_CHANGED] = {"length_changed", false, ACT, {LENGTH}},
    [EVENT_DRIVER_CHANGED] = {"driver_changed", false, ACT, {PERSON}},
    [EVENT_NEXT_CHOSEN] = {"next_chosen", false, ACT, {PERSON}},
    [EVENT_PERSON_PASSED] = {"person_passed", false, ACT, {PERSON}},
    [EVENT_PAUSED] = {"paused", BOUNDARY, ACT, {{NULL}}},
    [EVENT_RESUMED] = {"resumed", BOUNDARY, ACT, {{NULL}}},
    [EVENT_HANDOVER_HELD] = {"handover_held", false, ACT, {{NULL}}},
    [EVENT_EXTRA_OFFERED] = {"extra_offered",
                             BOUNDARY,
                             false,
                             {{"until", FIELD_MS, AT(ms), false}}},
    [EVENT_PERSON_JOINED] = {"person_joined", false, ACT, {PERSON, NAME}},
    [EVENT_PERSON_AWAY] = {"person_away",
                           false,
                           ACT,
                           {PERSON, {"with", FIELD_LIST, AT(list), true}}},
    [EVENT_PERSON_BACK] = {"person_back", false, ACT, {PERSON}},
    [EVENT_PERSON_OBSERVES] = {"person_observes", false, ACT, {PERSON}},
    [EVENT_PERSON_ROTATES] = {"person_rotates", false, ACT, {PERSON}},
    [EVENT_PERSON_RENAMED] = {"person_renamed", false, ACT, {PERSON, NAME}},
    [EVENT_PERSON_MOVED] = {"person_moved",
                            false,
                            ACT,
                            {PERSON, {"places", FIELD_STEPS, AT(number), false}}},
    [EVENT_ORDER_CHANGED] = {"order_changed", false, ACT, {LIST("people")}},
    [EVENT_STOP_MOVED] = {"stop_moved", false, ACT, {STOP}},
    [EVENT_DEBRIEF_STARTED] = {"debrief_started", BOUNDARY, ACT, {{NULL}}},
    [EVENT_QUESTION_OPENED] = {"question_opened",
                               false,
                               ACT,
                               {{"question", FIELD_INT, AT(number), false}}},
    [EVENT_NOTE_ADDED] = {"note_added",
                          false,
                          ACT,
                          {{"question", FIELD_INT, AT(number), false}, TEXT, ACTION}},
    [EVENT_NOTE_EDITED] = {"note_edited", false, ACT, {NOTE, TEXT, ACTION}},
    [EVENT_NOTE_DELETED] = {"note_deleted", false, ACT, {NOTE}},
    [EVENT_DRAFT_SAVED] = {"draft_saved", false, false, {TEXT}},
    [EVENT_ROLES_OPENED] = {"roles_opened", BOUNDARY, ACT, {{NULL}}},
    [EVENT_ROLE_TAKEN] = {"role_taken", false, ACT, {ROLE, NAME}},
    [EVENT_ROLE_VACANT] = {"role_vacant", false, ACT, {ROLE}},
    [EVENT_DATE_SET] = {"date_set", false, ACT, {TEXT}},
    [EVENT_ACTION_DONE] = {"action_done",
                           false,
                           ACT,
                           {{"record", FIELD_TEXT, AT(record), false}, NOTE}},
    [EVENT_BREAK_STARTED] = {"break_started", BOUNDARY, ACT, {LENGTH}},
    [EVENT_BREAK_ENDED] = {"break_ended", BOUNDARY, ACT, {{NULL}}},
    [EVENT_LIGHT_CHANGED] = {"light_changed",
                             false,
                             ACT,
                             {{"light", FIELD_LIGHT, AT(light), false},
                              {"reason", FIELD_TEXT, AT(reason), true}}},
    [EVENT_STEP_CHANGED] = {"step_changed",
                            false,
                            ACT,
                            {{"step", FIELD_INT, AT(number), false},
                             {"steps", FIELD_INT, AT(total), true},
                             {"title", FIELD_TEXT, AT(text), true}}},
    [EVENT_SETTINGS_CHANGED] = {"settings_changed",
                                false,
                                ACT,
                                {{"settings", FIELD_SETTINGS, AT(opening), false}}},
    [EVENT_HOOK_STARTED] = {"hook_started",
                            false,
                            false,
                            {{"run", FIELD_INT, AT(number), false}, NAME}},
    [EVENT_HOOK_ENDED] = {"hook_ended",
                          false,
                          false,
                          {{"run", FIELD_INT, AT(number), false}, NAME, REASON}},
    [EVENT_DRAINED] = {"drained", false, false, {REASON}},
    [EVENT_GAP_NOTICED] = {"gap_noticed", false, false, {LENGTH}},
    [EVENT_GAP_FORGIVEN] = {"gap_forgiven", BOUNDARY, ACT, {{NULL}}},
    [EVENT_CLOCK_JUMPED] = {"clock_jumped", false, false, {LENGTH}},
    [EVENT_UNDONE] = {"undone", false, false, {LIST("seqs")}},
};

const char *const event_origin_names[ORIGINS] = {"clock", "key", "command", "button", "program"};
const char *const event_end_names[END_REASONS] = {"time", "next", "left", "debrief", "stop"};

const char *const event_light_names[LIGHTS] = {"none", "green", "red", "amber"};

const char *
event_name(enum event_kind kind)
{
    return event_rows[kind].name;
}

bool
event_is_boundary(enum event_kind kind)
{
    return event_rows[kind].boundary;
}

bool
event_is_act(const struct event *event)
{
    return event_rows[event->kind].act && event->by != BY_CLOCK && event->by != BY_PROGRAM;
}

bool
event_sends_away(const struct event *event, int person)
{
    bool is_away = event->kind == EVENT_PERSON_AWAY;
    bool is_meant = is_away && event->person == person;

    for (int i = 0; is_away && i < event->list_count; i++)
        is_meant |= event->list[i] == person;
    return is_meant;
}

const char *
event_end_name(enum end_reason end)
{
    return event_end_names[end];
}

const char *
event_light_name(enum light light)
{
    return event_light_names[light];
}

struct opening *
opening_new(void)
{
    struct opening *opening = calloc(1, sizeof *opening);

    if (opening == NULL)
        return NULL;
    opening->version = EVENT_VERSION;
    if (!settings_init(&opening->settings)) {
        free(opening);
        return NULL;
    }
    return opening;
}

void
opening_free(struct opening *opening)
{
    if (opening == NULL)
        return;
    for (int i = 0; i < opening->people_count; i++)
        free(opening->people[i].name);
    free(opening->people);
    free(opening->boot);
    free(opening->host);
    settings_free(&opening->settings);
    free(opening);
}

void
closing_free(struct closing *closing)
{
    if (closing == NULL)
        return;
    for (int i = 0; i < closing->people_count; i++)
        free(closing->people[i].name);
    for (int i = 0; i < closing->roles_count; i++) {
        free(closing->roles[i].name);
        free(closing->roles[i].holder);
    }
    for (int i = 0; i < closing->items_count; i++) {
        free(closing->items[i].owner);
        free(closing->items[i].text);
    }
    for (int i = 0; i < closing->done_count; i++)
        free(closing->done[i].record);
    free(closing->items);
    free(closing->done);
    free(closing->people);
    free(closing->roles);
    free(closing->date);
    free(closing);
}

void
event_clear(struct event *event)
{
    free(event->name);
    free(event->text);
    free(event->role);
    free(event->reason);
    free(event->record);
    free(event->list);
    opening_free(event->opening);
    closing_free(event->closing);
    *event = (struct event){0};
}
