#include "screens/plain_reading.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/text.h"

enum plain_result
mistake(const struct reading *reading, const char *format, ...)
{
    char text[SENTENCE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    text_clean_into(reading->why, SETTINGS_ERROR_SIZE, text);
    return PLAIN_MISTAKE;
}

char *
skip_blanks(char *text)
{
    return text + strspn(text, " ");
}

/* Is `part` somewhere in `whole`, whatever the case? "" is in everything. */
static bool
is_part_of(const char *part, const char *whole)
{
    char *inner = text_identity(part), *outer = text_identity(whole);
    bool found = inner != NULL && outer != NULL && strstr(outer, inner) != NULL;

    free(inner);
    free(outer);
    return found;
}

/* "Ada Lovelace, Ada Byron"; whom `part` could mean, "" for all. */
static void
list_people(const struct session *session, const char *part, struct sentence *list)
{
    const struct roster *roster = &session->roster;

    for (int i = 0; i < roster->count; i++) {
        if (*part == '\0' || roster_could_be(roster, &roster->people[i], part))
            sentence_add(list, "%s%s", list->used > 0 ? ", " : "", roster->people[i].name);
    }
}

enum plain_result
find_person(struct reading *reading, const char *part, int *person)
{
    struct sentence names = {.used = 0};
    bool ambiguous = false;
    const struct person *found =
        part[0] == '\0' ? NULL : roster_find_part(&reading->session->roster, part, &ambiguous);

    if (found != NULL && !ambiguous) {
        *person = found->id;
        return PLAIN_COMMAND;
    }
    list_people(reading->session, ambiguous ? part : "", &names);
    if (names.used == 0)
        return mistake(reading, "Nobody is here yet: \"join NAME\" adds somebody.");
    if (ambiguous)
        return mistake(reading, "\"%s\" could be %s.", part, names.text);
    if (part[0] == '\0')
        return mistake(reading, "Who? There are %s.", names.text);
    return mistake(reading, "Nobody is called \"%s\"; there are %s.", part, names.text);
}

static int
role_by_number(const struct text_list *roles, const char *text)
{
    char *end;
    long number = strtol(text, &end, 10);

    return *text != '\0' && *end == '\0' && number >= 1 && number <= roles->count ? (int)number - 1
                                                                                  : -1;
}

/* The only one whose name has the text as a part, or -1. */
static int
role_by_part(const struct text_list *roles, const char *text)
{
    int found = -1;

    for (int i = 0; i < roles->count; i++) {
        if (strcasecmp(roles->item[i], text) == 0)
            return i;
        if (is_part_of(text, roles->item[i]))
            found = found == -1 ? i : roles->count;
    }
    return found < roles->count ? found : -1;
}

static enum plain_result
which_role(const struct reading *reading)
{
    const struct text_list *roles = &reading->session->settings.roles;
    struct sentence list = {.used = 0};

    for (int i = 0; i < roles->count; i++)
        sentence_add(&list, "%s%d %s", i > 0 ? ", " : "", i + 1, roles->item[i]);
    return mistake(reading, "Which role? There are: %s.", list.used > 0 ? list.text : "none");
}

enum plain_result
find_role(struct reading *reading)
{
    const struct text_list *roles = &reading->session->settings.roles;
    size_t length = strcspn(reading->rest, " ");
    char first[NAME_MOST + 1];
    int index;

    snprintf(first, sizeof first, "%.*s", (int)length, reading->rest);
    index = role_by_number(roles, first);
    if (index == -1 && first[0] != '\0')
        index = role_by_part(roles, first);
    if (index == -1)
        return which_role(reading);
    reading->command->role = roles->item[index];
    reading->rest = skip_blanks(reading->rest + length);
    return PLAIN_COMMAND;
}

enum plain_result
find_holder(struct reading *reading)
{
    char *typed = reading->rest;
    bool ambiguous = false;
    const struct person *person;

    if (typed[0] == '\0')
        return mistake(reading, "Who takes it? A name, or \"nobody\".");
    if (strcasecmp(typed, "nobody") == 0) {
        reading->command->kind = COMMAND_VACATE_ROLE;
        return PLAIN_COMMAND;
    }
    person = roster_find_part(&reading->session->roster, typed, &ambiguous);
    if (ambiguous)
        return find_person(reading, typed, &reading->command->person);
    reading->command->text = person != NULL ? person->name : typed;
    return PLAIN_COMMAND;
}
