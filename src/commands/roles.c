/* randori roles: who prepares the next dojo, who did before, whom to ask. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/archive.h"
#include "commands/commands.h"
#include "commands/complain.h"
#include "session/calendar.h"
#include "session/roster.h"

enum { SUGGESTIONS = 5, LINE_SIZE = 8192 };

/* Whom one could ask: the list of people, else everybody who was ever there. */
struct circle {
    const char *names[ROSTER_MOST];
    int count;
};

static void
circle_of(const struct participants *participants, const struct memory *memory,
          struct circle *circle)
{
    bool listed = participants->count > 0;
    int count = listed ? participants->count : memory->people_count;

    circle->count = count < ROSTER_MOST ? count : ROSTER_MOST;
    for (int i = 0; i < circle->count; i++)
        circle->names[i] = listed ? participants->item[i].name : memory->people[i].name;
}

static void
print_holder(const struct memory *memory, const char *role, const char *holder)
{
    char date[CALENDAR_SIZE];

    if (holder == NULL)
        print_line("%s: VACANT, nobody yet", role);
    else if (memory->next == MEMORY_NEVER)
        print_line("%s: %s", role, holder);
    else
        print_line("%s: %s, for %s", role, holder, calendar_text(date, memory->next));
}

/* Who volunteered in a session held the role in the one after it. */
static void
print_before(const struct memory *memory, const char *role)
{
    char line[LINE_SIZE], date[CALENDAR_SIZE];
    size_t used = 0;

    for (int i = 1; i < memory->recent_count && used < sizeof line; i++) {
        const struct memory_roles *roles = &memory->recent[i];

        for (int j = 0; j < roles->count && used < sizeof line; j++) {
            const char *holder = roles->role[j].holder;

            if (strcmp(roles->role[j].name, role) != 0)
                continue;
            used += (size_t)snprintf(line + used, sizeof line - used, "%s%s %s",
                                     used > 0 ? ", " : "", holder[0] == '\0' ? "vacant" : holder,
                                     calendar_text(date, memory->recent[i - 1].days));
        }
    }
    if (used > 0)
        print_line("  before: %s", line);
}

static void
print_suggestions(const struct memory *memory, const struct circle *circle, const char *role,
                  const char *holder)
{
    char line[LINE_SIZE], date[CALENDAR_SIZE];
    int *order = calloc((size_t)circle->count + 1, sizeof *order), shown = 0;
    size_t used = 0;

    if (order != NULL)
        memory_volunteers(memory, role, circle->names, circle->count, order);
    for (int i = 0; order != NULL && i < circle->count && shown < SUGGESTIONS; i++) {
        const char *name = circle->names[order[i]];
        int64_t days = memory_held(memory, name, role);

        if (holder != NULL && memory_is_same(memory, name, holder))
            continue;
        used +=
            (size_t)snprintf(line + used, sizeof line - used, "%s%s (%s)", shown++ > 0 ? ", " : "",
                             name, days == MEMORY_NEVER ? "never" : calendar_text(date, days));
    }
    if (shown > 0)
        print_line("  ask first: %s", line);
    free(order);
}

static int
print_roles(const struct archive *archive, const struct memory *memory)
{
    const struct text_list *roles = &archive->setup.settings.roles;
    struct circle circle;
    int status = EXIT_DONE;

    circle_of(&archive->setup.participants, memory, &circle);
    for (int i = 0; i < roles->count; i++) {
        const char *role = roles->item[i], *holder = memory_holder(memory, role);

        print_holder(memory, role, holder);
        print_before(memory, role);
        print_suggestions(memory, &circle, role, holder);
        if (holder == NULL)
            status = EXIT_VACANT;
    }
    return status;
}

int
command_roles(int argc, char **argv)
{
    struct archive archive;
    struct memory memory;
    bool over;
    int status = archive_open(&archive, argc, argv, NULL, &over);

    if (status != EXIT_DONE || over)
        return status;
    archive_remember(&archive, &memory);
    status = print_roles(&archive, &memory);
    memory_free(&memory);
    archive_close(&archive);
    return print_end(status);
}
