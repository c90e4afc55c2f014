/* The minutes for programs. The keys are told in randori(1) and stay. */

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "commands/report.h"
#include "session/formats.h"
#include "session/stamp.h"
#include "session/text.h"

enum { REPORT_VERSION = 1 };

/* ---- values; NULL and zero moments are null ---- */

static json_t *
text(const char *words)
{
    char *clean = words == NULL ? NULL : text_clean(words, strlen(words));
    json_t *value = clean == NULL ? json_null() : json_string(clean);

    free(clean);
    return value;
}

static json_t *
text_or_null(const char *words)
{
    return text(words != NULL && words[0] == '\0' ? NULL : words);
}

/* In the time zone of the opening. */
static json_t *
stamp(const struct minutes *minutes, int64_t wall_ms)
{
    char out[STAMP_SIZE];

    if (wall_ms == 0)
        return json_null();
    return json_string(stamp_text(out, wall_ms, minutes->session->opened.utc_offset_s));
}

static void
put(json_t *object, const char *key, json_t *value)
{
    json_object_set_new(object, key, value);
}

/* ---- what it was about ---- */

/* The name alone: it is what other records call this one. */
static const char *
file_name(const char *path)
{
    const char *slash = path == NULL ? NULL : strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

static void
put_about(json_t *report, const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    char date[STAMP_SIZE];

    put(report, "version", json_integer(REPORT_VERSION));
    put(report, "record", text(file_name(minutes->record)));
    put(report, "damaged", json_boolean(minutes->damaged));
    put(report, "practice", json_boolean(session->opening != NULL && session->opening->practice));
    put(report, "title", text(minutes_title(minutes)));
    put(report, "topic", text_or_null(session->settings.topic));
    put(report, "stack", text_or_null(session->settings.stack));
    put(report, "url", text_or_null(session->settings.url));
    put(report, "date",
        json_string(stamp_date(date, session->opened.wall_ms, session->opened.utc_offset_s)));
}

static void
put_times(json_t *report, const struct minutes *minutes)
{
    const struct session *session = minutes->session;

    put(report, "planned_start", stamp(minutes, session->start_ms));
    put(report, "planned_end", stamp(minutes, session->stop_ms));
    put(report, "started", stamp(minutes, session->started.wall_ms));
    put(report, "debrief", stamp(minutes, minutes_debrief(minutes).wall_ms));
    put(report, "closed", stamp(minutes, session->ended.wall_ms));
    put(report, "overrun_ms", json_integer(minutes->figures.overrun_ms));
    put(report, "coding_ms", json_integer(minutes->figures.coding_ms));
    put(report, "debrief_ms", json_integer(minutes->figures.debrief_ms));
}

/* ---- people and roles ---- */

static json_t *
people(const struct minutes *minutes)
{
    const struct roster *roster = &minutes->session->roster;
    json_t *list = json_array();

    for (int i = 0; i < roster->count; i++) {
        const struct person *person = &roster->people[i];
        json_t *one;

        if (!summary_was_here(minutes->session, person->id))
            continue;
        one = json_object();
        put(one, "name", text(person->name));
        put(one, "observer", json_boolean(person->observer));
        put(one, "joined", stamp(minutes, minutes_joined(minutes, person->id).wall_ms));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *
roles(const struct session *session)
{
    json_t *list = json_array();

    for (int i = 0; session != NULL && i < session->roles_count; i++) {
        json_t *one = json_object();

        put(one, "role", text(session->roles[i].name));
        put(one, "holder", text(session->roles[i].holder));
        json_array_append_new(list, one);
    }
    return list;
}

/* ---- notes ---- */

static json_t *
questions(const struct session *session)
{
    json_t *list = json_array();

    for (int i = 0; i < session->settings.questions.count; i++)
        json_array_append_new(list, text(session->settings.questions.item[i]));
    return list;
}

static json_t *
notes(const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    json_t *list = json_array();

    for (int i = 0; i < session->notes_count; i++) {
        const struct note *note = &session->notes[i];
        json_t *one;

        if (note->action)
            continue;
        one = json_object();
        put(one, "question", note->question == 0 ? json_null() : json_integer(note->question));
        put(one, "text", text(note->text));
        put(one, "at", stamp(minutes, note->at.wall_ms));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *
action(const struct note *note)
{
    json_t *one = json_object();

    put(one, "note", json_integer(note->seq));
    put(one, "text", text(note->text));
    put(one, "owner", text_or_null(note->owner));
    return one;
}

static json_t *
actions(const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    json_t *list = json_array();

    for (int i = 0; i < session->notes_count; i++) {
        json_t *one;

        if (!session->notes[i].action)
            continue;
        one = action(&session->notes[i]);
        put(one, "done", json_boolean(minutes_is_done(minutes, &session->notes[i])));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *
ticked(const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    json_t *list = json_array();

    for (int i = 0; i < session->done_count; i++) {
        const struct note *note = minutes_ticked(minutes, &session->done[i]);
        json_t *one = note == NULL ? json_object() : action(note);

        put(one, "record", text(session->done[i].record));
        put(one, "note", json_integer(session->done[i].note));
        json_array_append_new(list, one);
    }
    return list;
}

/* ---- turns, steps, stops ---- */

static json_t *
lights(const struct minutes *minutes, const struct minutes_turn *turn)
{
    json_t *list = json_array();

    for (int i = turn->light_first; i < turn->light_first + turn->lights; i++) {
        const struct light_record *light = &minutes->session->lights[i];
        json_t *one = json_object();

        put(one, "light", json_string(event_light_name(light->light)));
        put(one, "reason", text_or_null(light->reason));
        put(one, "at", stamp(minutes, light->at.wall_ms));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *
passes(const struct minutes *minutes, int index)
{
    json_t *list = json_array();
    int at = 0, person;

    while (minutes_next_pass(minutes, index, &at, &person))
        json_array_append_new(list, text(session_name(minutes->session, person)));
    return list;
}

static json_t *
turn(const struct minutes *minutes, int index)
{
    json_t *one = json_object();
    struct minutes_turn turn;
    bool is_over;

    minutes_turn(minutes, index, &turn);
    is_over = turn.ended.wall_ms != 0;
    put(one, "number", json_integer(turn.number));
    put(one, "driver", text(session_name(minutes->session, turn.driver)));
    put(one, "start", stamp(minutes, turn.began.wall_ms));
    put(one, "end", stamp(minutes, turn.ended.wall_ms));
    put(one, "length_ms", json_integer(turn.length_ms));
    put(one, "paused_ms", json_integer(turn.paused_ms));
    put(one, "ended_by", is_over ? json_string(event_end_name(turn.end)) : json_null());
    put(one, "counted", json_boolean(turn.counted));
    put(one, "extra", json_boolean(turn.extra));
    put(one, "extensions", json_integer(turn.extensions));
    put(one, "light", json_string(event_light_name(turn.light)));
    put(one, "lights", lights(minutes, &turn));
    put(one, "passed", passes(minutes, index));
    return one;
}

static json_t *
turns(const struct minutes *minutes)
{
    json_t *list = json_array();

    for (int i = 0; i < minutes_turns(minutes); i++)
        json_array_append_new(list, turn(minutes, i));
    return list;
}

static json_t *
steps(const struct minutes *minutes)
{
    json_t *list = json_array();
    struct minutes_step step;

    for (int index = 0; minutes_next_step(minutes, &index, &step);) {
        json_t *one = json_object();

        put(one, "number", json_integer(step.number));
        put(one, "title", text_or_null(step.title));
        put(one, "start", stamp(minutes, step.began.wall_ms));
        put(one, "turns", json_integer(step.turns));
        put(one, "done", json_boolean(step.done));
        json_array_append_new(list, one);
    }
    return list;
}

static json_t *
stops(const struct minutes *minutes)
{
    static const char *const kinds[STOP_KINDS] = {[STOP_PAUSE] = "pause",
                                                  [STOP_BREAK] = "break",
                                                  [STOP_LEFT] = "left",
                                                  [STOP_ASLEEP] = "asleep",
                                                  [STOP_CLOCK] = "clock"};
    json_t *list = json_array();
    struct minutes_stop stop;

    for (int index = 0; minutes_next_stop(minutes, &index, &stop);) {
        json_t *one = json_object();

        put(one, "kind", json_string(kinds[stop.kind]));
        put(one, "start", stamp(minutes, stop.began.wall_ms));
        put(one, "length_ms", json_integer(stop.ms));
        put(one, "reason", text_or_null(stop.reason));
        json_array_append_new(list, one);
    }
    return list;
}

/* ---- all of it ---- */

static void
put_talk(json_t *report, const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    int format = session->settings.format;

    put(report, "format",
        format >= 0 && format < FORMATS ? json_string(formats_table[format].name) : json_null());
    put(report, "questions", questions(session));
    put(report, "notes", notes(minutes));
    put(report, "draft", text_or_null(session->draft));
    put(report, "actions", actions(minutes));
    put(report, "ticked", ticked(minutes));
}

void
report_json(FILE *out, const struct minutes *minutes)
{
    json_t *report = json_object();
    char *written;

    put_about(report, minutes);
    put_times(report, minutes);
    put(report, "roles", roles(minutes->before));
    put(report, "people", people(minutes));
    put_talk(report, minutes);
    put(report, "turns", turns(minutes));
    put(report, "stops", stops(minutes));
    put(report, "steps", steps(minutes));
    put(report, "steps_done", json_integer(minutes->figures.steps_done));
    put(report, "steps_total",
        minutes->figures.steps == 0 ? json_null() : json_integer(minutes->figures.steps));
    put(report, "next_date", text_or_null(minutes->session->next_date));
    put(report, "next_roles", roles(minutes->session));
    written = json_dumps(report, JSON_INDENT(2) | JSON_PRESERVE_ORDER);
    fprintf(out, "%s\n", written == NULL ? "null" : written);
    free(written);
    json_decref(report);
}
