#include "same.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>

#define DIFFERS(member)                                                                            \
    if (one->member != other->member)                                                              \
    return #member
#define TEXT_DIFFERS(member)                                                                       \
    if (!same_text(one->member, other->member))                                                    \
    return #member

/* In the journal no text and an empty one may look the same. */
static bool
same_text(const char *one, const char *other)
{
    return strcmp(one == NULL ? "" : one, other == NULL ? "" : other) == 0;
}

static bool
same_moment(struct moment one, struct moment other)
{
    return one.elapsed_ms == other.elapsed_ms && one.wall_ms == other.wall_ms &&
           one.utc_offset_s == other.utc_offset_s;
}

static const char *
same_settings(const struct settings *one, const struct settings *other)
{
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        char *mine = NULL, *theirs = NULL;
        bool same = row->kind == SETTING_PATH; /* stays out of the journal */

        for (int i = 0; !same; i++) {
            free(mine);
            free(theirs);
            mine = settings_get(one, row, i);
            theirs = settings_get(other, row, i);
            if ((mine == NULL) != (theirs == NULL) || !same_text(mine, theirs))
                break;
            same = mine == NULL || row->kind != SETTING_TEXTS;
        }
        free(mine);
        free(theirs);
        if (!same)
            return row->key;
    }
    return NULL;
}

static const char *
same_opening(const struct opening *one, const struct opening *other)
{
    DIFFERS(version);
    DIFFERS(pid);
    DIFFERS(boottime_ms);
    DIFFERS(practice);
    DIFFERS(speed);
    DIFFERS(people_count);
    TEXT_DIFFERS(boot);
    TEXT_DIFFERS(host);
    for (int i = 0; i < one->people_count; i++) {
        DIFFERS(people[i].id);
        DIFFERS(people[i].observer);
        TEXT_DIFFERS(people[i].name);
    }
    return same_settings(&one->settings, &other->settings);
}

static const char *
same_closing(const struct closing *one, const struct closing *other)
{
    DIFFERS(turns);
    DIFFERS(interruptions);
    DIFFERS(actions);
    DIFFERS(coding_ms);
    DIFFERS(debrief_ms);
    DIFFERS(overrun_ms);
    DIFFERS(people_count);
    DIFFERS(roles_count);
    TEXT_DIFFERS(date);
    for (int i = 0; i < one->people_count; i++) {
        TEXT_DIFFERS(people[i].name);
        DIFFERS(people[i].turns);
        DIFFERS(people[i].last);
        DIFFERS(people[i].observer);
    }
    for (int i = 0; i < one->roles_count; i++) {
        TEXT_DIFFERS(roles[i].name);
        TEXT_DIFFERS(roles[i].holder);
    }
    DIFFERS(items_count);
    for (int i = 0; i < one->items_count; i++) {
        DIFFERS(items[i].note);
        TEXT_DIFFERS(items[i].owner);
        TEXT_DIFFERS(items[i].text);
    }
    DIFFERS(done_count);
    for (int i = 0; i < one->done_count; i++) {
        TEXT_DIFFERS(done[i].record);
        DIFFERS(done[i].note);
    }
    return NULL;
}

const char *
same_event(const struct event *one, const struct event *other)
{
    DIFFERS(kind);
    DIFFERS(by);
    DIFFERS(seq);
    DIFFERS(turn);
    DIFFERS(person);
    DIFFERS(number);
    DIFFERS(total);
    DIFFERS(light);
    DIFFERS(ms);
    DIFFERS(late_ms);
    DIFFERS(stop_ms);
    DIFFERS(note);
    DIFFERS(extra);
    DIFFERS(counted);
    DIFFERS(action);
    DIFFERS(end);
    DIFFERS(list_count);
    TEXT_DIFFERS(name);
    TEXT_DIFFERS(text);
    TEXT_DIFFERS(role);
    TEXT_DIFFERS(reason);
    TEXT_DIFFERS(record);
    for (int i = 0; i < one->list_count; i++)
        DIFFERS(list[i]);
    if (!same_moment(one->at, other->at))
        return "at";
    if ((one->opening == NULL) != (other->opening == NULL))
        return "opening";
    if ((one->closing == NULL) != (other->closing == NULL))
        return "closing";
    if (one->closing != NULL && same_closing(one->closing, other->closing) != NULL)
        return same_closing(one->closing, other->closing);
    return one->opening == NULL ? NULL : same_opening(one->opening, other->opening);
}

static const char *
same_roster(const struct roster *one, const struct roster *other)
{
    DIFFERS(count);
    for (int i = 0; i < one->count; i++) {
        DIFFERS(people[i].id);
        DIFFERS(people[i].present);
        DIFFERS(people[i].observer);
        DIFFERS(people[i].passed);
        DIFFERS(people[i].turns);
        DIFFERS(people[i].credit);
        DIFFERS(people[i].passes);
        TEXT_DIFFERS(people[i].name);
    }
    return NULL;
}

static const char *
same_turn(const struct turn *one, const struct turn *other)
{
    DIFFERS(number);
    DIFFERS(driver);
    DIFFERS(started_ms);
    DIFFERS(deadline_ms);
    DIFFERS(length_ms);
    DIFFERS(extensions);
    DIFFERS(extra);
    return NULL;
}

static const char *
same_turns(const struct session *one, const struct session *other)
{
    const char *what = same_turn(&one->turn, &other->turn);

    DIFFERS(turns_count);
    for (int i = 0; what == NULL && i < one->turns_count; i++) {
        DIFFERS(turns[i].end);
        DIFFERS(turns[i].counted);
        DIFFERS(turns[i].paused_ms);
        if (!same_moment(one->turns[i].began, other->turns[i].began) ||
            !same_moment(one->turns[i].ended, other->turns[i].ended))
            return "when a turn was";
        what = same_turn(&one->turns[i].turn, &other->turns[i].turn);
    }
    return what;
}

static const char *
same_talk(const struct session *one, const struct session *other)
{
    DIFFERS(question);
    DIFFERS(notes_count);
    DIFFERS(roles_count);
    TEXT_DIFFERS(draft);
    for (int i = 0; i < one->notes_count; i++) {
        DIFFERS(notes[i].seq);
        DIFFERS(notes[i].question);
        DIFFERS(notes[i].action);
        TEXT_DIFFERS(notes[i].text);
        TEXT_DIFFERS(notes[i].owner);
    }
    for (int i = 0; i < one->roles_count; i++) {
        DIFFERS(roles[i].vacant);
        TEXT_DIFFERS(roles[i].name);
        TEXT_DIFFERS(roles[i].holder);
    }
    return NULL;
}

/* Lights, steps, ticks and hooks. */
static const char *
same_surroundings(const struct session *one, const struct session *other)
{
    DIFFERS(light);
    DIFFERS(lights_count);
    DIFFERS(step);
    DIFFERS(steps);
    DIFFERS(done_count);
    DIFFERS(hooks_count);
    DIFFERS(hooks_seen);
    TEXT_DIFFERS(step_title);
    TEXT_DIFFERS(next_date);
    for (int i = 0; i < one->lights_count; i++) {
        DIFFERS(lights[i].light);
        DIFFERS(lights[i].turn);
        TEXT_DIFFERS(lights[i].reason);
        if (!same_moment(one->lights[i].at, other->lights[i].at))
            return "when a light was";
    }
    for (int i = 0; i < one->done_count; i++) {
        DIFFERS(done[i].note);
        TEXT_DIFFERS(done[i].record);
    }
    for (int i = 0; i < one->hooks_count; i++) {
        DIFFERS(hooks[i].run);
        TEXT_DIFFERS(hooks[i].name);
    }
    return NULL;
}

static const char *
same_phase(const struct session *one, const struct session *other)
{
    DIFFERS(phase);
    DIFFERS(phase_ms);
    DIFFERS(start_ms);
    DIFFERS(stop_ms);
    DIFFERS(people_seen);
    DIFFERS(next_chosen);
    DIFFERS(next_locked);
    DIFFERS(held);
    DIFFERS(extra_used);
    DIFFERS(paused_ms);
    DIFFERS(break_turn);
    DIFFERS(gap.open);
    DIFFERS(gap.ms);
    DIFFERS(gap.left_ms);
    DIFFERS(gap.was_turn);
    if (one->phase == PHASE_OFFER)
        DIFFERS(offer_until_ms);
    if (one->phase == PHASE_BREAK)
        DIFFERS(break_until_ms);
    if (one->phase == PHASE_PAUSED) {
        DIFFERS(pause_ms);
        DIFFERS(turn.left_ms);
    }
    TEXT_DIFFERS(left_reason);
    return NULL;
}

const char *
same_session(const struct session *one, const struct session *other)
{
    const char *what = same_phase(one, other);

    if (!same_moment(one->opened, other->opened) || !same_moment(one->started, other->started) ||
        !same_moment(one->ended, other->ended))
        return "when it began or ended";
    if (what == NULL)
        what = same_turns(one, other);
    if (what == NULL)
        what = same_roster(&one->roster, &other->roster);
    if (what == NULL)
        what = same_talk(one, other);
    if (what == NULL)
        what = same_surroundings(one, other);
    return what == NULL ? same_settings(&one->settings, &other->settings) : what;
}

void
same_replay(const struct session *session, struct session *copy)
{
    session_init(copy);
    for (int i = 0; i < session->log_count; i++) {
        char why[SETTINGS_ERROR_SIZE];
        char *text = event_text(&session->log[i]);
        const char *what;
        struct event event;

        assert_non_null(text);
        if (event_parse(text, strlen(text), &event, why) != EVENT_GOOD)
            fail_msg("%s: %s", text, why);
        what = same_event(&session->log[i], &event);
        if (what != NULL)
            fail_msg("%s: %s is not what was written", text, what);
        session_apply(copy, &event);
        event_clear(&event);
        free(text);
    }
}
