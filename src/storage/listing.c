#include "storage/listing.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool
is_record_name(const char *name)
{
    size_t length = strlen(name);

    return length > 6 && name[0] != '.' && strcmp(name + length - 6, ".jsonl") == 0 &&
           strcmp(name, "ticks.jsonl") != 0;
}

static void
add_name(struct listing *listing, const char *name)
{
    if (listing->count == listing->room) {
        int room = listing->room == 0 ? 64 : listing->room * 2;
        char **names = realloc(listing->name, (size_t)room * sizeof *names);

        if (names == NULL)
            return;
        listing->name = names;
        listing->room = room;
    }
    listing->name[listing->count] = strdup(name);
    if (listing->name[listing->count] != NULL)
        listing->count++;
}

static int
oldest_first(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

void
listing_read(const char *folder, struct listing *listing)
{
    DIR *open = folder == NULL ? NULL : opendir(folder);

    *listing = (struct listing){0};
    if (open == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        if (is_record_name(entry->d_name))
            add_name(listing, entry->d_name);
    }
    closedir(open);
    if (listing->count > 1)
        qsort(listing->name, (size_t)listing->count, sizeof *listing->name, oldest_first);
}

void
listing_free(struct listing *listing)
{
    for (int i = 0; i < listing->count; i++)
        free(listing->name[i]);
    free(listing->name);
    *listing = (struct listing){0};
}
