#include <stdlib.h>
#include <string.h>

#include "storage/past.h"
#include "storage/setup.h"

static const int64_t day_ms = 86400000;

/* D26: `end`, else `duration` from the planned start, else (0) from the first Enter. */
static int64_t
stop_of(const struct settings *settings, int64_t start_ms, int64_t end_ms)
{
    if (end_ms != 0) /* each was found by itself: near midnight they may be a day apart */
        return end_ms > start_ms ? end_ms : end_ms + day_ms;
    return start_ms == 0 ? 0 : start_ms + settings->duration_ms;
}

static bool
put_people(struct opening *opening, const struct participants *participants)
{
    size_t count = (size_t)participants->count;
    opening->people = calloc(count + 1, sizeof *opening->people);
    if (opening->people == NULL)
        return false;
    for (int i = 0; i < participants->count; i++) {
        char *name = strdup(participants->item[i].name);
        if (name == NULL)
            return false;
        opening->people[i] = (struct opening_person){.id = i + 1, .name = name};
        opening->people_count++;
    }
    return true;
}

bool
setup_opening(const struct setup *setup, int64_t start_ms, int64_t end_ms, struct event *event)
{
    *event = (struct event){
        .kind = EVENT_SESSION_OPENED,
        .by = BY_PROGRAM,
        .ms = start_ms,
        .stop_ms = stop_of(&setup->settings, start_ms, end_ms),
        .opening = opening_new(),
    };
    if (event->opening == NULL)
        return false;
    event->opening->practice = setup->participants.sample;
    settings_free(&event->opening->settings);
    if (settings_copy(&event->opening->settings, &setup->settings) &&
        put_people(event->opening, &setup->participants))
        return true;
    event_clear(event);
    return false;
}

static void
order_people(const struct memory *memory, struct opening *opening)
{
    size_t count = (size_t)opening->people_count;
    struct opening_person *people = malloc((count + 1) * sizeof *people);
    const char **names = malloc((count + 1) * sizeof *names);
    int *order = malloc((count + 1) * sizeof *order);

    for (size_t i = 0; names != NULL && i < count; i++)
        names[i] = opening->people[i].name;
    if (people != NULL && names != NULL && order != NULL && count > 0) {
        memcpy(people, opening->people, count * sizeof *people);
        memory_fair_order(memory, names, (int)count, order);
        for (size_t i = 0; i < count; i++)
            opening->people[i] = people[order[i]];
    }
    free(people);
    free(names);
    free(order);
}

void
setup_order(const struct setup *setup, int64_t wall_ms, struct opening *opening)
{
    struct memory memory;
    struct problems unread = {0};

    if (setup->settings.order != ORDER_FAIR || setup->records_folder == NULL)
        return;
    past_remember(setup->records_folder, wall_ms, &setup->participants, &memory, &unread);
    order_people(&memory, opening);
    memory_free(&memory);
    problems_free(&unread);
}
