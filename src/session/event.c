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
    [EVENT_PERSON_AWAY] = {"person_away", false, ACT, {PERSON}},
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

const char *
event_end_name(enum end_reason end)
{
    return event_end_names[end];
}

const char *
event_origin_name(enum origin by)
{
    return event_origin_names[by];
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
    settings_init(&opening->settings);
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

static char *
copy_text(const char *text)
{
    return text == NULL ? NULL : strdup(text);
}

static struct opening *
opening_copy(const struct opening *from)
{
    struct opening *to = calloc(1, sizeof *to);

    if (to == NULL)
        return NULL;
    *to = *from;
    to->boot = copy_text(from->boot);
    to->host = copy_text(from->host);
    settings_copy(&to->settings, &from->settings);
    to->people = calloc((size_t)from->people_count + 1, sizeof *to->people);
    to->people_count = to->people == NULL ? 0 : from->people_count;
    for (int i = 0; i < to->people_count; i++) {
        to->people[i] = from->people[i];
        to->people[i].name = copy_text(from->people[i].name);
    }
    return to;
}

static void
copy_items(struct closing *to, const struct closing *from)
{
    to->items = calloc((size_t)from->items_count + 1, sizeof *to->items);
    to->items_count = to->items == NULL ? 0 : from->items_count;
    for (int i = 0; i < to->items_count; i++) {
        const struct closing_item *item = &from->items[i];

        to->items[i] =
            (struct closing_item){item->note, copy_text(item->owner), copy_text(item->text)};
    }
    to->done = calloc((size_t)from->done_count + 1, sizeof *to->done);
    to->done_count = to->done == NULL ? 0 : from->done_count;
    for (int i = 0; i < to->done_count; i++)
        to->done[i] = (struct closing_done){copy_text(from->done[i].record), from->done[i].note};
}

static struct closing *
closing_copy(const struct closing *from)
{
    struct closing *to = calloc(1, sizeof *to);

    if (to == NULL)
        return NULL;
    *to = *from;
    to->date = copy_text(from->date);
    to->people = calloc((size_t)from->people_count + 1, sizeof *to->people);
    to->people_count = to->people == NULL ? 0 : from->people_count;
    for (int i = 0; i < to->people_count; i++) {
        to->people[i] = from->people[i];
        to->people[i].name = copy_text(from->people[i].name);
    }
    to->roles = calloc((size_t)from->roles_count + 1, sizeof *to->roles);
    to->roles_count = to->roles == NULL ? 0 : from->roles_count;
    for (int i = 0; i < to->roles_count; i++) {
        to->roles[i].name = copy_text(from->roles[i].name);
        to->roles[i].holder = copy_text(from->roles[i].holder);
    }
    copy_items(to, from);
    return to;
}

void
event_copy(struct event *to, const struct event *from)
{
    *to = *from;
    to->name = copy_text(from->name);
    to->text = copy_text(from->text);
    to->role = copy_text(from->role);
    to->reason = copy_text(from->reason);
    to->record = copy_text(from->record);
    to->list = NULL;
    if (from->list_count > 0) {
        size_t size = (size_t)from->list_count * sizeof *to->list;

        to->list = malloc(size);
        if (to->list == NULL)
            to->list_count = 0;
        else
            memcpy(to->list, from->list, size);
    }
    if (from->opening != NULL)
        to->opening = opening_copy(from->opening);
    if (from->closing != NULL)
        to->closing = closing_copy(from->closing);
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
