#include "session/dump.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_FIRST = 512 };

struct text {
    char *bytes;
    size_t used, room;
    bool failed;
};

static bool
make_room(struct text *text, size_t size)
{
    size_t room = text->room == 0 ? ROOM_FIRST : text->room;
    char *bytes;

    if (text->used + size <= text->room)
        return true;
    while (room < text->used + size)
        room *= 2;
    bytes = realloc(text->bytes, room);
    if (bytes == NULL)
        return false;
    text->bytes = bytes;
    text->room = room;
    return true;
}

static int
append(const char *bytes, size_t size, void *user)
{
    struct text *text = user;

    text->failed |= !make_room(text, size);
    if (text->failed)
        return -1;
    memcpy(text->bytes + text->used, bytes, size);
    text->used += size;
    return 0;
}

/* json_dumps() of jansson 2.14 does not look whether there was memory for a key, and goes on without
 * it. */
static char *
dump(const json_t *json, const char *end)
{
    struct text text = {0};

    if (json_dump_callback(json, append, &text, JSON_COMPACT | JSON_PRESERVE_ORDER) == 0 &&
        append(end, strlen(end) + 1, &text) == 0)
        return text.bytes;
    free(text.bytes);
    return NULL;
}

char *
dump_text(const json_t *json)
{
    return dump(json, "");
}

char *
dump_line(const json_t *json)
{
    return dump(json, "\n");
}
