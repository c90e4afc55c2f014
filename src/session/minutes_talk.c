/* What was said: learned, to be done, and who prepares the next dojo. */

#include <stdlib.h>
#include <string.h>

#include "session/minutes_inside.h"
#include "session/sentence.h"
#include "session/text.h"

static void
write_part(const struct writing *writing, const char *heading)
{
    char *text = text_clean(heading, strlen(heading));

    if (text != NULL)
        writing->form->part(writing->form->user, text);
    free(text);
}

static void
write_line(const struct writing *writing, const char *sentence)
{
    writing->form->line(writing->form->user, sentence);
}

/* ---- what was learned ---- */

static void
write_notes(const struct writing *writing, int question)
{
    const struct session *session = writing->minutes->session;
    const struct text_list *questions = &session->settings.questions;
    bool is_asked = question >= 1 && question <= questions->count;
    bool has_heading = false;

    for (int i = 0; i < session->notes_count; i++) {
        const struct note *note = &session->notes[i];

        if (note->question != question || note->action)
            continue;
        if (!has_heading)
            write_part(writing, is_asked ? questions->item[question - 1] : "Noted on the way");
        has_heading = true;
        writing_item(writing, TICK_NONE, "%s", note->text);
    }
}

void
writing_learned(const struct writing *writing)
{
    const struct session *session = writing->minutes->session;
    const char *draft = session->draft;

    writing_section(writing, SECTION_LEARNED, "What we learned");
    if (session->notes_count == writing->minutes->figures.actions && draft[0] == '\0')
        write_line(writing, "nothing was written down");
    for (int question = 1; question <= SETTINGS_LIST; question++)
        write_notes(writing, question);
    write_notes(writing, 0);
    if (draft[0] != '\0') {
        write_part(writing, "Half written");
        writing_item(writing, TICK_NONE, "%s", draft);
    }
}

/* ---- action items ---- */

bool
minutes_is_done(const struct minutes *minutes, const struct note *note)
{
    for (int i = 0; i < minutes->done_count; i++) {
        if (minutes->done[i] == note->seq)
            return true;
    }
    return false;
}

const struct note *
minutes_ticked(const struct minutes *minutes, const struct done *done)
{
    const struct session *before = minutes->before;

    if (before == NULL || minutes->before_record == NULL ||
        strcmp(minutes->before_record, done->record) != 0)
        return NULL;
    for (int i = 0; i < before->notes_count; i++) {
        if (before->notes[i].seq == done->note && before->notes[i].action)
            return &before->notes[i];
    }
    return NULL;
}

static void
write_action(const struct writing *writing, enum minutes_tick tick, const struct note *note)
{
    bool is_owned = note->owner != NULL && note->owner[0] != '\0';

    writing_item(writing, tick, "%s (%s)", note->text, is_owned ? note->owner : "nobody yet");
}

static void
write_own(const struct writing *writing)
{
    const struct session *session = writing->minutes->session;

    if (writing->minutes->figures.actions == 0)
        return;
    writing_section(writing, SECTION_ACTIONS, "Action items (%d)",
                    writing->minutes->figures.actions);
    for (int i = 0; i < session->notes_count; i++) {
        const struct note *note = &session->notes[i];

        if (note->action)
            write_action(writing, minutes_is_done(writing->minutes, note) ? TICK_DONE : TICK_OPEN,
                         note);
    }
}

/* Items of earlier sessions that were ticked in this one. */
static void
write_ticked(const struct writing *writing)
{
    const struct session *session = writing->minutes->session;

    if (session->done_count == 0)
        return;
    writing_section(writing, SECTION_TICKED, "Done since last time (%d)", session->done_count);
    for (int i = 0; i < session->done_count; i++) {
        const struct done *done = &session->done[i];
        const struct note *note = minutes_ticked(writing->minutes, done);

        if (note != NULL)
            write_action(writing, TICK_DONE, note);
        else
            writing_item(writing, TICK_DONE, "item %lld of %s", (long long)done->note,
                         done->record);
    }
}

void
writing_actions(const struct writing *writing)
{
    write_own(writing);
    write_ticked(writing);
}

/* ---- next ---- */

/* "We need you: Master of Dojo for the next dojo." */
static void
write_wanted(const struct writing *writing)
{
    const struct session *session = writing->minutes->session;
    struct sentence sentence = {.used = 0};
    char line[SENTENCE_SIZE];
    int count = 0;

    for (int i = 0; i < session->roles_count; i++) {
        if (session->roles[i].holder == NULL)
            sentence_add(&sentence, "%s%s", count++ == 0 ? "We need you: " : ", ",
                         session->roles[i].name);
    }
    sentence_add(&sentence, " for the next dojo.");
    if (count > 0)
        write_line(writing, sentence_finish(&sentence, line, sizeof line));
}

void
writing_next(const struct writing *writing)
{
    const struct session *session = writing->minutes->session;

    if (!session_is_over(session) && session->phase != PHASE_ROLES)
        return;
    writing_section(writing, SECTION_NEXT, "Next dojo");
    if (session->next_date[0] != '\0')
        writing_fact(writing, "Date", "%s", session->next_date);
    for (int i = 0; i < session->roles_count; i++) {
        const struct role *role = &session->roles[i];

        writing_fact(writing, role->name, "%s", role->holder != NULL ? role->holder : "vacant");
    }
    write_wanted(writing);
}
