/* What may follow each word of plain.c, and the command it becomes. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "screens/plain_reading.h"
#include "session/duration.h"
#include "session/order.h"

enum { MINUTE_MS = 60000, STEPS_MOST = 9999 };

static enum plain_result
understood(const struct reading *reading)
{
    return reading->rest[0] == '\0'
               ? PLAIN_COMMAND
               : mistake(reading, "\"%s\" is too much here: this word stands alone.",
                         reading->rest);
}

enum plain_result
read_nothing(struct reading *reading)
{
    return understood(reading);
}

enum plain_result
read_person(struct reading *reading)
{
    return find_person(reading, reading->rest, &reading->command->person);
}

enum plain_result
read_next(struct reading *reading)
{
    char hint[SENTENCE_SIZE];

    if (reading->rest[0] != '\0') {
        reading->command->kind = COMMAND_CHOOSE_NEXT;
        return read_person(reading);
    }
    if (reading->session->phase == PHASE_ROLES)
        return mistake(reading, "%s", plain_hint(reading->session, hint));
    return PLAIN_COMMAND;
}

enum plain_result
read_start(struct reading *reading)
{
    if (reading->session->phase != PHASE_WAITING)
        reading->command->kind = COMMAND_NEXT;
    return understood(reading);
}

enum plain_result
read_length(struct reading *reading)
{
    if (duration_parse(reading->rest, &reading->command->ms))
        return PLAIN_COMMAND;
    return mistake(reading, "\"%s\" is no length of time; write it like 5m or 1m30s.",
                   reading->rest);
}

/* Nothing means what the session is set to (0). */
enum plain_result
read_extend(struct reading *reading)
{
    return reading->rest[0] == '\0' ? PLAIN_COMMAND : read_length(reading);
}

enum plain_result
read_adjust(struct reading *reading)
{
    int sign = reading->rest[0] == '-' ? -1 : 1;
    enum plain_result result;

    if (reading->rest[0] == '-' || reading->rest[0] == '+')
        reading->rest = skip_blanks(reading->rest + 1);
    reading->command->ms = MINUTE_MS;
    result = reading->rest[0] == '\0' ? PLAIN_COMMAND : read_length(reading);
    reading->command->ms *= sign;
    return result;
}

enum plain_result
read_less(struct reading *reading)
{
    enum plain_result result = read_adjust(reading);

    reading->command->ms = -reading->command->ms;
    return result;
}

enum plain_result
read_clock(struct reading *reading)
{
    if (clock_parse(reading->rest, &reading->command->number))
        return PLAIN_COMMAND;
    return mistake(reading, "\"%s\" is no time of day; write it like 14:15.", reading->rest);
}

enum plain_result
read_text(struct reading *reading)
{
    if (reading->rest[0] == '\0')
        return mistake(reading, "Something must follow the word.");
    reading->command->text = reading->rest;
    return PLAIN_COMMAND;
}

/* Nothing: the date that the cadence proposes. */
enum plain_result
read_date(struct reading *reading)
{
    if (reading->rest[0] == '\0' &&
        session_proposed_date(reading->session, reading->order->date)[0] != '\0') {
        reading->command->text = reading->order->date;
        return PLAIN_COMMAND;
    }
    return read_text(reading);
}

enum plain_result
read_name(struct reading *reading)
{
    if (strlen(reading->rest) > NAME_MOST)
        return mistake(reading, "That name is too long.");
    return read_text(reading);
}

enum plain_result
read_rename(struct reading *reading)
{
    char *to = strstr(reading->rest, " to ");

    if (to == NULL)
        return mistake(reading, "Write it like: rename ada to Ada Lovelace.");
    *to = '\0';
    if (find_person(reading, reading->rest, &reading->command->person) != PLAIN_COMMAND)
        return PLAIN_MISTAKE;
    reading->rest = skip_blanks(to + strlen(" to "));
    return read_name(reading);
}

enum plain_result
read_up(struct reading *reading)
{
    reading->command->number = -1;
    return read_person(reading);
}

enum plain_result
read_down(struct reading *reading)
{
    reading->command->number = 1;
    return read_person(reading);
}

/* A number from 1 to `most`, and what follows it into reading->rest. */
static bool
take_number(struct reading *reading, int most, int *number)
{
    char *end;
    long value = strtol(reading->rest, &end, 10);

    if (end == reading->rest || (*end != '\0' && *end != ' ') || value < 1 || value > most)
        return false;
    *number = (int)value;
    reading->rest = skip_blanks(end);
    return true;
}

enum plain_result
read_light(struct reading *reading)
{
    for (int light = 0; light < LIGHTS; light++) {
        if (strcasecmp(reading->rest, event_light_name((enum light)light)) != 0)
            continue;
        reading->command->number = light;
        return PLAIN_COMMAND;
    }
    return mistake(reading, "A light is green, red, amber or none.");
}

enum plain_result
read_step(struct reading *reading)
{
    const struct session *session = reading->session;
    int most = session->steps > 0 ? session->steps : STEPS_MOST;

    reading->command->ms = session->steps;
    if (reading->rest[0] == '\0' && session->step < most)
        reading->command->number = session->step + 1;
    else if (!take_number(reading, most, &reading->command->number))
        return mistake(reading, "The steps are numbered from 1 to %d.", most);
    return understood(reading);
}

enum plain_result
read_question(struct reading *reading)
{
    int count = reading->session->settings.questions.count;

    if (!take_number(reading, count, &reading->command->number))
        return mistake(reading, "The questions are numbered from 1 to %d.", count);
    return understood(reading);
}

/* "2 text" or "note 2 text": notes are counted as they were written. */
static enum plain_result
read_note(struct reading *reading)
{
    const struct session *session = reading->session;
    int number;

    if (strncasecmp(reading->rest, "note ", strlen("note ")) == 0)
        reading->rest = skip_blanks(reading->rest + strlen("note "));
    if (session->notes_count == 0)
        return mistake(reading, "There is no note yet.");
    if (!take_number(reading, session->notes_count, &number))
        return mistake(reading, "The notes are numbered from 1 to %d.", session->notes_count);
    reading->command->note = session->notes[number - 1].seq;
    return PLAIN_COMMAND;
}

enum plain_result
read_edit(struct reading *reading)
{
    return read_note(reading) == PLAIN_COMMAND ? read_text(reading) : PLAIN_MISTAKE;
}

/* Action items have the numbers under which they were listed when the session was opened. */
enum plain_result
read_done(struct reading *reading)
{
    const struct memory *memory = reading->memory;
    int number;

    if (memory == NULL || memory->actions_count == 0)
        return mistake(reading, "There is no action item to tick.");
    if (!take_number(reading, memory->actions_count, &number))
        return mistake(reading, "The action items are numbered from 1 to %d.",
                       memory->actions_count);
    reading->command->role = memory->actions[number - 1].record;
    reading->command->note = memory->actions[number - 1].note;
    return understood(reading);
}

enum plain_result
read_delete(struct reading *reading)
{
    return read_note(reading) == PLAIN_COMMAND ? understood(reading) : PLAIN_MISTAKE;
}

enum plain_result
read_role(struct reading *reading)
{
    if (find_role(reading) != PLAIN_COMMAND)
        return PLAIN_MISTAKE;
    return find_holder(reading);
}

enum plain_result
read_vacant(struct reading *reading)
{
    return find_role(reading) == PLAIN_COMMAND ? understood(reading) : PLAIN_MISTAKE;
}

static enum plain_result
take_order(struct reading *reading)
{
    reading->command->list = reading->order->list;
    reading->command->list_count = reading->session->roster.count;
    return understood(reading);
}

enum plain_result
read_shuffle(struct reading *reading)
{
    order_shuffle(&reading->session->roster, reading->order->dice, reading->order->list);
    return take_order(reading);
}

enum plain_result
read_fair(struct reading *reading)
{
    if (reading->memory == NULL || reading->memory->sessions == 0)
        return mistake(reading, "There is no past session to go by.");
    order_fairly(&reading->session->roster, reading->memory, reading->order->list);
    return take_order(reading);
}

enum plain_result
read_undo(struct reading *reading)
{
    if (strcasecmp(reading->rest, "yes") == 0) {
        reading->command->confirmed = true;
        return PLAIN_COMMAND;
    }
    return understood(reading);
}

enum plain_result
read_status(struct reading *reading)
{
    (void)reading;
    return PLAIN_STATE;
}

enum plain_result
read_help(struct reading *reading)
{
    (void)reading;
    return PLAIN_HELP;
}

enum plain_result
read_reload(struct reading *reading)
{
    return understood(reading) == PLAIN_COMMAND ? PLAIN_RELOAD : PLAIN_MISTAKE;
}

enum plain_result
read_quit(struct reading *reading)
{
    return understood(reading) == PLAIN_COMMAND ? PLAIN_QUIT : PLAIN_MISTAKE;
}
