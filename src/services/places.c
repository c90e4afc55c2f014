#include "services/places.h"

#include <stdlib.h>
#include <string.h>

int
places_find(const struct places *places, const char *key)
{
    for (int i = 0; i < places->count; i++) {
        if (strcmp(places->list[i].key, key) == 0)
            return i;
    }
    return -1;
}

int
places_add(struct places *places, const char *key)
{
    int found = places_find(places, key);
    struct place *list, place = {0};

    if (found >= 0)
        return found;
    list = realloc(places->list, ((size_t)places->count + 1) * sizeof *list);
    if (!list)
        return -1;
    places->list = list;
    place.key = strdup(key);
    if (!place.key)
        return -1;
    list[places->count] = place;
    return places->count++;
}

void
places_want(struct places *places, int index, const struct message *message)
{
    struct place *place = &places->list[index];
    struct message copy;

    if (!message_copy(&copy, message))
        return;
    if (place->is_wanted)
        message_clear(&place->wanted);
    else
        place->order = ++places->orders;
    place->wanted = copy;
    place->is_wanted = true;
}

void
places_unwant(struct places *places, int index)
{
    struct place *place = &places->list[index];

    if (place->is_wanted)
        message_clear(&place->wanted);
    place->is_wanted = place->turn_end = false;
}

void
places_unwant_all(struct places *places)
{
    for (int i = 0; i < places->count; i++)
        places_unwant(places, i);
}

int
places_first(const struct places *places)
{
    int first = -1;

    for (int i = 0; i < places->count; i++) {
        const struct place *place = &places->list[i];

        if (place->is_wanted && (first < 0 || place->order < places->list[first].order))
            first = i;
    }
    return first;
}

void
places_clear(struct places *places)
{
    places_unwant_all(places);
    for (int i = 0; i < places->count; i++)
        free(places->list[i].key);
    free(places->list);
    *places = (struct places){0};
}
