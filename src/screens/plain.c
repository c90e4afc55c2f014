#include "screens/plain.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "screens/plain_reading.h"
#include "session/text.h"

enum { ROLE_LETTERS = 3 /* "ceremony ada", but not "c ada" */ };

/* A word that may be typed, what follows it, and what it means. */
struct word {
    const char *word, *letter; /* letter: "" when it has none */
    enum command_kind kind;
    enum plain_result (*read)(struct reading *reading);
    const char *argument; /* as the help shows it */
    const char *help;
};

static const struct word words[] = {
    {"start", "", COMMAND_START, read_start, "", "starts the session, or the next turn now"},
    {"next", "n", COMMAND_NEXT, read_next, "[NAME]",
     "the next turn or question; with a name: who is next"},
    {"pass", "s", COMMAND_PASS, read_nothing, "", "the next driver says: not now"},
    {"hold", "h", COMMAND_HOLD, read_nothing, "", "the next turn waits for \"next\""},
    {"pause", "p", COMMAND_PAUSE, read_nothing, "", "stops the turn's clock, to talk"},
    {"resume", "r", COMMAND_RESUME, read_nothing, "", "the turn goes on"},
    {"extend", "+", COMMAND_EXTEND, read_extend, "[1m]", "a little more for this turn"},
    {"adjust", "", COMMAND_ADJUST, read_adjust, "[-]1m", "mends the turn's clock; is no extension"},
    {"less", "-", COMMAND_ADJUST, read_less, "[1m]", "takes a minute from the turn's clock"},
    {"driver", "", COMMAND_CHOOSE_DRIVER, read_person, "NAME", "who really has the keyboard"},
    {"choose", "", COMMAND_CHOOSE_NEXT, read_person, "NAME", "who is next"},
    {"join", "a", COMMAND_JOIN, read_name, "NAME", "somebody new is here"},
    {"away", "v", COMMAND_AWAY, read_person, "NAME", "somebody is gone"},
    {"back", "", COMMAND_BACK, read_person, "NAME", "somebody is back"},
    {"observe", "", COMMAND_OBSERVE, read_person, "NAME", "somebody just watches"},
    {"rotate", "", COMMAND_ROTATE, read_person, "NAME", "somebody who watched takes part"},
    {"rename", "", COMMAND_RENAME, read_rename, "NAME to NEW", "mends a name"},
    {"up", "", COMMAND_MOVE, read_up, "NAME", "one place up in the list"},
    {"down", "", COMMAND_MOVE, read_down, "NAME", "one place down in the list"},
    {"shuffle", "S", COMMAND_ORDER, read_shuffle, "", "draws lots for the order"},
    {"fair", "F", COMMAND_ORDER, read_fair, "", "who drove least in past sessions drives first"},
    {"copilot", "C", COMMAND_COPILOT, read_nothing, "",
     "the next driver sits beside the driver, or no longer"},
    {"groups", "g", COMMAND_GROUPS, read_nothing, "", "every second person goes to another screen"},
    {"end", "e", COMMAND_STOP_AT, read_clock, "14:15", "when the session ends"},
    {"length", "", COMMAND_TURN_LENGTH, read_length, "4m", "how long turns last from now on"},
    {"debrief", "d", COMMAND_DEBRIEF, read_nothing, "", "starts the debrief"},
    {"question", "", COMMAND_QUESTION, read_question, "N", "turns to a question of the debrief"},
    {"note", "o", COMMAND_NOTE, read_text, "TEXT", "a note; \"@name TEXT\" is an action item"},
    {"edit", "", COMMAND_NOTE_EDIT, read_edit, "N TEXT", "writes a note anew"},
    {"done", "", COMMAND_ACTION_DONE, read_done, "N", "ticks an action item of an earlier dojo"},
    {"delete", "", COMMAND_NOTE_DELETE, read_delete, "N", "deletes a note"},
    {"roles", "", COMMAND_ROLES, read_nothing, "", "turns to the roles of the next dojo"},
    {"role", "", COMMAND_TAKE_ROLE, read_role, "N NAME", "who takes a role; \"ceremony NAME\""},
    {"vacant", "", COMMAND_VACATE_ROLE, read_vacant, "N", "nobody takes a role yet"},
    {"date", "", COMMAND_DATE, read_date, "[DATE]",
     "the next dojo's date; alone: as the cadence proposes"},
    {"light", "l", COMMAND_LIGHT, read_light, "COLOUR", "the tests are green, red, amber or none"},
    {"step", "t", COMMAND_STEP, read_step, "[N]", "the step worked on; alone: the one after it"},
    {"close", "", COMMAND_CLOSE, read_close, "", "ends the session"},
    {"undo", "u", COMMAND_UNDO, read_undo, "[yes]", "takes the last act back"},
    {"forgive", "", COMMAND_FORGIVE_GAP, read_nothing, "", "it was a pause: gives the time back"},
    {"status", "", COMMAND_NONE, read_status, "", "where the session stands, like an empty line"},
    {"help", "?", COMMAND_NONE, read_help, "", "this list"},
    {"reload", "R", COMMAND_NONE, read_reload, "", "reads session.ini again"},
    {"quit", "q", COMMAND_NONE, read_quit, "", "leaves; the session can be resumed"},
};

enum { WORDS = sizeof words / sizeof *words };

/* Letters are told apart by case (S is not s), words are not. */
static const struct word *
find_word(const char *typed)
{
    for (int i = 0; i < WORDS; i++) {
        if (strcmp(typed, words[i].letter) == 0 || strcasecmp(typed, words[i].word) == 0)
            return &words[i];
    }
    return NULL;
}

/* Cuts the first word off and returns it; "+1m" and "-1m" are two. */
static char *
take_word(struct reading *reading, char first[static SETTINGS_ERROR_SIZE])
{
    char *line = reading->rest;
    size_t length = strcspn(line, " ");

    if ((line[0] == '+' || line[0] == '-') && isdigit((unsigned char)line[1]))
        length = 1;
    reading->rest = skip_blanks(line + length);
    if (length >= SETTINGS_ERROR_SIZE)
        length = SETTINGS_ERROR_SIZE - 1;
    memcpy(first, line, length);
    first[length] = '\0';
    return first;
}

/* Blanks for tabs and the newline, none at the ends. */
static char *
tidy(char *line)
{
    size_t length = strlen(line);

    for (size_t i = 0; i < length; i++) {
        if (strchr("\t\r\n", line[i]) != NULL)
            line[i] = ' ';
    }
    while (length > 0 && line[length - 1] == ' ')
        line[--length] = '\0';
    return skip_blanks(line);
}

/* "ceremony ada": the word is not one of ours, but that of a role. */
static enum plain_result
read_other(struct reading *reading, char *typed)
{
    char *name = reading->rest;

    reading->rest = typed;
    if (strlen(typed) < ROLE_LETTERS || find_role(reading) != PLAIN_COMMAND)
        return mistake(reading, "\"%s\" is no word of this program; \"help\" lists them all.",
                       typed);
    reading->rest = name;
    reading->command->kind = COMMAND_TAKE_ROLE;
    return find_holder(reading);
}

enum plain_result
plain_read(const struct session *session, const struct memory *memory, char *line,
           struct plain_order *order, struct command *command, char why[static SETTINGS_ERROR_SIZE])
{
    struct reading reading = {session, memory, tidy(line), order, command, why};
    char typed[SETTINGS_ERROR_SIZE], fault[80];
    const struct word *word;

    *command = (struct command){.by = BY_KEY};
    why[0] = '\0';
    if (reading.rest[0] == '\0')
        return PLAIN_STATE;
    if (text_fault(reading.rest, strlen(reading.rest), fault) != NULL)
        return mistake(&reading, "What was typed %s.", fault);
    if (strcasecmp(reading.rest, "it was a pause") == 0) {
        command->kind = COMMAND_FORGIVE_GAP;
        return PLAIN_COMMAND;
    }
    word = find_word(take_word(&reading, typed));
    if (word == NULL)
        return read_other(&reading, typed);
    command->kind = word->kind;
    return word->read(&reading);
}

void
plain_help(void (*emit)(void *user, const char *line), void *user)
{
    for (int i = 0; i < WORDS; i++) {
        struct sentence sentence = {.used = 0};
        char line[SENTENCE_SIZE];

        sentence_add(&sentence, "%-9s %-12s %-2s %s", words[i].word, words[i].argument,
                     words[i].letter, words[i].help);
        emit(user, sentence_finish(&sentence, line, sizeof line));
    }
}
