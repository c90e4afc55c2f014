/* Wishes about the debrief: questions, notes, roles, the end. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/decide.h"
#include "session/text.h"

enum { NOTE_MOST = 4096 };

void
decide_question(struct deciding *deciding)
{
    const struct session *session = deciding->session;
    int number = deciding->command->number;

    if (session->phase != PHASE_DEBRIEF && session->phase != PHASE_ROLES)
        decide_refuse(deciding, "The questions belong to the debrief.");
    else if (number < 1 || number > session->settings.questions.count)
        decide_refuse(deciding, "There are %d questions.", session->settings.questions.count);
    else if (session->phase == PHASE_DEBRIEF && number == session->question)
        decide_refuse(deciding, "That question is open.");
    else
        decide_add(deciding, EVENT_QUESTION_OPENED)->number = number;
}

static char *
after_blanks(char *text)
{
    while (*text == ' ')
        text++;
    return text;
}

/* "@Grace: ..." names Grace. */
static size_t
without_mark(const char *text, size_t length)
{
    while (length > 1 && (text[length - 1] == ':' || text[length - 1] == ','))
        length--;
    return length;
}

/* Whoever the first `length` bytes name, in full or (`or_part`) by an unambiguous part. */
static const struct person *
person_named(struct deciding *deciding, const char *text, size_t length, bool or_part)
{
    const struct roster *roster = &deciding->session->roster;
    char *name = decide_kept(deciding, strndup(text, length));
    const struct person *person = NULL;
    bool ambiguous;

    if (name != NULL)
        person =
            or_part ? roster_find_part(roster, name, &ambiguous) : roster_find_name(roster, name);
    free(name);
    return person;
}

/* How many bytes name the owner: the words that are somebody's full name, else the first word. */
static size_t
owner_length(struct deciding *deciding, const char *text)
{
    size_t first = strcspn(text, " "), longest = first;

    for (size_t end = first; end <= NAME_MOST && text[end] != '\0';
         end += 1 + strcspn(text + end + 1, " ")) {
        if (person_named(deciding, text, without_mark(text, end), false) != NULL)
            longest = end;
    }
    return longest;
}

/* "> tidy the room" and "@grace tidy the room" are action items, the second with an owner; a name
 * on the roster is written as it stands there (R22). Takes `text` over, which ends in no blank. */
static void
put_note(struct deciding *deciding, struct event *event, char *text)
{
    const struct person *person;
    size_t length, name;

    event->text = text;
    if (text[0] == '>' && text[1] != '\0') {
        event->action = true;
        event->text = decide_copy(deciding, after_blanks(text + 1));
    } else if (text[0] == '@' && text[1] != ' ' && strchr(text, ' ') != NULL) {
        length = owner_length(deciding, text + 1);
        name = without_mark(text + 1, length);
        person = person_named(deciding, text + 1, name, true);
        event->action = true;
        event->name = person == NULL ? decide_kept(deciding, strndup(text + 1, name))
                                     : decide_copy(deciding, person->name);
        event->text = decide_copy(deciding, after_blanks(text + 1 + length));
    }
    if (event->text != text)
        free(text);
}

void
decide_note(struct deciding *deciding)
{
    const struct session *session = deciding->session;
    char *text = decide_text(deciding, "note", NOTE_MOST);
    struct event *event;

    if (text == NULL)
        return;
    if (session_is_over(session)) {
        decide_refuse(deciding, "The session is closed.");
        free(text);
        return;
    }
    event = decide_add(deciding, EVENT_NOTE_ADDED);
    event->number = session->phase == PHASE_DEBRIEF ? session->question : 0;
    put_note(deciding, event, text);
}

static bool
note_exists(struct deciding *deciding)
{
    const struct session *session = deciding->session;

    for (int i = 0; i < session->notes_count && !session_is_over(session); i++) {
        if (session->notes[i].seq == deciding->command->note)
            return true;
    }
    decide_refuse(deciding,
                  session_is_over(session) ? "The session is closed." : "There is no such note.");
    return false;
}

void
decide_note_edit(struct deciding *deciding)
{
    struct event *event;
    char *text;

    if (!note_exists(deciding) || (text = decide_text(deciding, "note", NOTE_MOST)) == NULL)
        return;
    event = decide_add(deciding, EVENT_NOTE_EDITED);
    event->note = deciding->command->note;
    put_note(deciding, event, text);
}

void
decide_note_delete(struct deciding *deciding)
{
    if (note_exists(deciding))
        decide_add(deciding, EVENT_NOTE_DELETED)->note = deciding->command->note;
}

/* Nothing follows when the draft is known already. */
void
decide_draft(struct deciding *deciding)
{
    char draft[DRAFT_MOST + 1];

    text_clean_into(draft, sizeof draft, deciding->command->text);
    if (strcmp(draft, deciding->session->draft) != 0)
        decide_add(deciding, EVENT_DRAFT_SAVED)->text = decide_copy(deciding, draft);
}

void
decide_roles(struct deciding *deciding)
{
    if (deciding->session->phase != PHASE_DEBRIEF)
        decide_refuse(deciding, "The roles are asked for after the debrief.");
    else
        decide_add(deciding, EVENT_ROLES_OPENED);
}

/* The role the command names, in full or by an unambiguous part. */
static const struct role *
find_role(struct deciding *deciding)
{
    const struct session *session = deciding->session;
    const char *wanted = deciding->command->role;
    const struct role *found = NULL;
    int count = 0;

    if (session->phase != PHASE_ROLES) {
        decide_refuse(deciding, "The roles are asked for after the debrief.");
        return NULL;
    }
    for (int i = 0; i < session->roles_count; i++) {
        if (strcmp(session->roles[i].name, wanted) == 0)
            return &session->roles[i];
        if (wanted[0] != '\0' && strcasestr(session->roles[i].name, wanted) != NULL) {
            found = &session->roles[i];
            count++;
        }
    }
    if (count == 1)
        return found;
    decide_refuse(deciding, "There is no such role.");
    return NULL;
}

void
decide_take_role(struct deciding *deciding)
{
    const struct role *role = find_role(deciding);
    char *name = role == NULL ? NULL : decide_text(deciding, "name", NAME_MOST);
    const struct person *person;
    struct event *event;

    if (name == NULL)
        return;
    person = roster_find_name(&deciding->session->roster, name);
    event = decide_add(deciding, EVENT_ROLE_TAKEN);
    event->role = decide_copy(deciding, role->name);
    event->name = person == NULL ? name : decide_copy(deciding, person->name);
    if (person != NULL)
        free(name);
}

void
decide_vacate_role(struct deciding *deciding)
{
    const struct role *role = find_role(deciding);

    if (role != NULL)
        decide_add(deciding, EVENT_ROLE_VACANT)->role = decide_copy(deciding, role->name);
}

void
decide_close(struct deciding *deciding)
{
    const struct session *session = deciding->session;

    if (session->phase != PHASE_ROLES) {
        decide_refuse(deciding, "The session is closed after the roles.");
        return;
    }
    for (int i = 0; i < session->roles_count; i++) {
        if (session->roles[i].holder == NULL && !session->roles[i].vacant) {
            decide_refuse(deciding, "%.80s next time: a name, or \"nobody yet\".",
                          session->roles[i].name);
            return;
        }
    }
    decide_add(deciding, EVENT_SESSION_CLOSED)->closing =
        decide_kept(deciding, session_closing(session, deciding->now));
}
