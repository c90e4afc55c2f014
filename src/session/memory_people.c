/* Who is who: every spelling of a name leads to a person, by a table of hashes. */

#include <stdlib.h>
#include <string.h>

#include "session/memory_inside.h"
#include "session/text.h"

struct memory_spelling {
    char *text; /* owned; NULL: free */
    int person; /* place in people */
};

static uint32_t
hash(const char *text)
{
    uint32_t value = 2166136261u; /* FNV-1a */

    for (; *text != '\0'; text++)
        value = (value ^ (unsigned char)*text) * 16777619u;
    return value;
}

/* Where the spelling is, or would be; the table has room. */
static struct memory_spelling *
place_of(struct memory_spelling *spellings, int room, const char *text)
{
    uint32_t place = hash(text) & (uint32_t)(room - 1);

    while (spellings[place].text != NULL && strcmp(spellings[place].text, text) != 0)
        place = (place + 1) & (uint32_t)(room - 1);
    return &spellings[place];
}

static bool
make_room(struct memory *memory)
{
    int room = memory->spellings_room == 0 ? 64 : memory->spellings_room * 2;
    struct memory_spelling *spellings;

    if (memory->spellings_count * 2 < memory->spellings_room)
        return true;
    spellings = calloc((size_t)room, sizeof *spellings);
    if (spellings == NULL)
        return false;
    for (int i = 0; i < memory->spellings_room; i++) {
        const struct memory_spelling *spelling = &memory->spellings[i];

        if (spelling->text != NULL)
            *place_of(spellings, room, spelling->text) = *spelling;
    }
    free(memory->spellings);
    memory->spellings = spellings;
    memory->spellings_room = room;
    return true;
}

/* -1: nobody is known under it. */
static int
look_up(const struct memory *memory, const char *text)
{
    const struct memory_spelling *spelling;

    if (memory == NULL || memory->spellings_room == 0)
        return -1;
    spelling = place_of(memory->spellings, memory->spellings_room, text);
    return spelling->text == NULL ? -1 : spelling->person;
}

static void
learn(struct memory *memory, const char *text, int person)
{
    struct memory_spelling *spelling;

    if (!make_room(memory))
        return;
    spelling = place_of(memory->spellings, memory->spellings_room, text);
    if (spelling->text == NULL) {
        spelling->text = strdup(text);
        if (spelling->text == NULL)
            return;
        memory->spellings_count++;
    }
    spelling->person = person;
}

static int
look_up_name(const struct memory *memory, const char *name)
{
    int person = look_up(memory, name);
    char *identity;

    if (person >= 0)
        return person;
    identity = text_identity(name);
    person = identity == NULL ? -1 : look_up(memory, identity);
    free(identity);
    return person;
}

static bool
room_for_person(struct memory *memory)
{
    int room = memory->people_room == 0 ? 32 : memory->people_room * 2;
    struct memory_person *people;

    if (memory->people_count < memory->people_room)
        return true;
    people = realloc(memory->people, (size_t)room * sizeof *people);
    if (people == NULL)
        return false;
    memory->people = people;
    memory->people_room = room;
    return true;
}

/* -1 when memory is out. */
static int
add_person(struct memory *memory, const char *name)
{
    char *copy = room_for_person(memory) ? strdup(name) : NULL;

    if (copy == NULL)
        return -1;
    memory->people[memory->people_count] =
        (struct memory_person){.name = copy, .drove_ms = MEMORY_NEVER};
    return memory->people_count++;
}

/* Both the name as written and its identity lead to the person from now on. */
static void
learn_name(struct memory *memory, const char *name, int person)
{
    char *identity = text_identity(name);

    learn(memory, name, person);
    if (identity != NULL)
        learn(memory, identity, person);
    free(identity);
}

static void
show_as(struct memory_person *person, const char *name)
{
    char *copy = strcmp(person->name, name) == 0 ? NULL : strdup(name);

    if (copy == NULL)
        return;
    free(person->name);
    person->name = copy;
}

static int
find_or_add(struct memory *memory, const char *name)
{
    int person = look_up(memory, name);

    if (person >= 0)
        return person;
    person = look_up_name(memory, name);
    if (person < 0)
        person = add_person(memory, name);
    if (person >= 0)
        learn_name(memory, name, person);
    return person;
}

struct memory_person *
memory_person(struct memory *memory, const char *name)
{
    int person = find_or_add(memory, name);

    if (person < 0)
        return NULL;
    if (!memory->people[person].fixed)
        show_as(&memory->people[person], name);
    return &memory->people[person];
}

void
memory_alias(struct memory *memory, const char *other, const char *name)
{
    int person = find_or_add(memory, name);

    if (person < 0)
        return;
    show_as(&memory->people[person], name);
    memory->people[person].fixed = true;
    learn_name(memory, other, person);
}

const struct memory_person *
memory_find(const struct memory *memory, const char *name)
{
    int person = look_up_name(memory, name);

    return person < 0 ? NULL : &memory->people[person];
}

bool
memory_is_same(const struct memory *memory, const char *one, const char *other)
{
    int a = look_up_name(memory, one), b = look_up_name(memory, other);
    char *first, *second;
    bool is_same;

    if (a >= 0 || b >= 0)
        return a == b;
    first = text_identity(one);
    second = text_identity(other);
    is_same = first != NULL && second != NULL && strcmp(first, second) == 0;
    free(first);
    free(second);
    return is_same;
}

void
memory_free_people(struct memory *memory)
{
    for (int i = 0; i < memory->people_count; i++) {
        struct memory_person *person = &memory->people[i];

        for (int j = 0; j < person->held_count; j++)
            free(person->held[j].role);
        free(person->held);
        free(person->name);
    }
    for (int i = 0; i < memory->spellings_room; i++)
        free(memory->spellings[i].text);
    free(memory->people);
    free(memory->spellings);
}
