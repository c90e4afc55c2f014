#include "storage/participants_alias.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/roster.h"
#include "session/text.h"

static const char word[] = "alias:";

enum { COLON = sizeof word - 2 /* where it stands */ };

static bool
has_colon(struct file_line line)
{
    return line.length > COLON && line.bytes[COLON] == ':';
}

bool
participants_alias_is(struct file_line line)
{
    if (line.length <= COLON || strncasecmp(line.bytes, word, COLON) != 0)
        return false;
    return has_colon(line) ||
           (line.bytes[COLON] == ' ' && memchr(line.bytes, '=', line.length) != NULL);
}

static bool
make_room(struct participants *participants)
{
    int room = participants->alias_room > 0 ? 2 * participants->alias_room : 8;
    struct participant_alias *alias;

    if (participants->alias_count < participants->alias_room)
        return true;
    alias = realloc(participants->alias, (size_t)room * sizeof *alias);
    if (alias == NULL)
        return false;
    participants->alias = alias;
    participants->alias_room = room;
    return true;
}

static bool
is_name(struct file_line name)
{
    return name.length > 0 && name.length <= NAME_MOST &&
           memchr(name.bytes, '\t', name.length) == NULL &&
           memchr(name.bytes, '<', name.length) == NULL &&
           memchr(name.bytes, '=', name.length) == NULL;
}

void
participants_alias_read(struct file_line line, struct participants *participants, const char *file,
                        int number, struct problems *problems)
{
    struct file_line other = {line.bytes + sizeof word - 1, line.length - (sizeof word - 1)};
    const char *equals = memchr(other.bytes, '=', other.length);
    struct file_line name = {0};
    struct participant_alias alias = {.line = number};

    if (equals != NULL) {
        name = (struct file_line){equals + 1, other.length - (size_t)(equals + 1 - other.bytes)};
        other.length = (size_t)(equals - other.bytes);
    }
    name = file_line_trim(name);
    other = file_line_trim(other);
    if (!has_colon(line) || !is_name(name) || !is_name(other)) {
        problems_add(problems, file, number, "expected `alias: Other Name = Name`");
        return;
    }
    if (participants->alias_count == ROSTER_MOST) {
        problems_add(problems, file, number, "more than %d aliases are too many", ROSTER_MOST);
        return;
    }
    alias.name = strndup(name.bytes, name.length);
    alias.other = strndup(other.bytes, other.length);
    if (alias.name != NULL && alias.other != NULL && make_room(participants)) {
        participants->alias[participants->alias_count++] = alias;
        return;
    }
    problems_add(problems, file, number, "out of memory");
    free(alias.name);
    free(alias.other);
}

static bool
is_same(const char *one, const char *other)
{
    char *a = text_identity(one), *b = text_identity(other);
    bool same = a != NULL && b != NULL && strcmp(a, b) == 0;

    free(a);
    free(b);
    return same;
}

/* The name as the list has it; NULL: it has nobody of that name. */
static const char *
listed_name(const struct participants *participants, const char *name)
{
    for (int i = 0; i < participants->count; i++) {
        if (is_same(participants->item[i].name, name))
            return participants->item[i].name;
    }
    return NULL;
}

static void
spell(struct participant_alias *alias, const char *name)
{
    char *copy = strdup(name);

    if (copy == NULL)
        return;
    free(alias->name);
    alias->name = copy;
}

void
participants_alias_check(struct participants *participants, bool is_whole, const char *file,
                         struct problems *problems)
{
    for (int i = 0; i < participants->alias_count; i++) {
        struct participant_alias *alias = &participants->alias[i];
        const char *name = listed_name(participants, alias->name);

        if (listed_name(participants, alias->other) != NULL)
            problems_add(problems, file, alias->line,
                         "%s stands in the list as somebody else: nobody has two lines",
                         alias->other);
        else if (name == NULL && is_whole)
            problems_add(problems, file, alias->line, "%s does not stand in the list", alias->name);
        else if (name != NULL)
            spell(alias, name);
        for (int j = 0; j < i; j++) {
            if (is_same(participants->alias[j].other, alias->other))
                problems_add(problems, file, alias->line, "an alias %s stands in line %d already",
                             alias->other, participants->alias[j].line);
        }
    }
}

void
participants_alias_free(struct participants *participants)
{
    for (int i = 0; i < participants->alias_count; i++) {
        free(participants->alias[i].other);
        free(participants->alias[i].name);
    }
    free(participants->alias);
}
