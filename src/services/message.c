#include "services/message.h"

#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "session/dump.h"
#include "session/text.h"

/* By enum message_kind: who says it, and its name. */
static const struct {
    const char *verb, *name;
} kinds[] = {
    [MESSAGE_SHOW] = {"do", "show"},     [MESSAGE_CLOSE] = {"do", "close"},
    [MESSAGE_SHOWN] = {"is", "shown"},   [MESSAGE_FAILED] = {"is", "failed"},
    [MESSAGE_ACTION] = {"is", "action"}, [MESSAGE_CLOSED] = {"is", "closed"},
};

static const char *const urgencies[] = {
    [URGENCY_LOW] = "low",
    [URGENCY_NORMAL] = "normal",
    [URGENCY_CRITICAL] = "critical",
};

enum { KINDS = sizeof kinds / sizeof *kinds, URGENCIES = sizeof urgencies / sizeof *urgencies };

/* --- on the way out ------------------------------------------------------------------------ */

/* Cleaned and cut to `most` bytes. */
static json_t *
text_out(const char *text, size_t most)
{
    char out[MESSAGE_TEXT_MOST + 1];

    return json_string(text_clean_into(out, most + 1, text ? text : ""));
}

static json_t *
buttons_out(const struct message *message)
{
    json_t *list = json_array();

    for (int i = 0; list && i < message->buttons_count; i++) {
        json_t *button =
            json_pack("{s:o, s:o}", "id", text_out(message->buttons[i].id, MESSAGE_NAME_MOST),
                      "label", text_out(message->buttons[i].label, MESSAGE_NAME_MOST));
        if (json_array_append_new(list, button) < 0) {
            json_decref(list);
            list = NULL;
        }
    }
    return list;
}

/* Adds what this kind carries besides its key; 0, or below when memory is out. */
static int
fields_out(json_t *object, const struct message *message)
{
    int failed = 0;

    switch (message->kind) {
    case MESSAGE_SHOW:
        failed |= json_object_set_new(object, "urgency", json_string(urgencies[message->urgency]));
        failed |=
            json_object_set_new(object, "title", text_out(message->title, MESSAGE_TITLE_MOST));
        failed |= json_object_set_new(object, "text", text_out(message->text, MESSAGE_TEXT_MOST));
        failed |= json_object_set_new(object, "buttons", buttons_out(message));
        break;
    case MESSAGE_SHOWN:
        return json_object_set_new(object, "id", json_integer(message->id));
    case MESSAGE_FAILED:
        return json_object_set_new(object, "why", text_out(message->why, MESSAGE_TEXT_MOST));
    case MESSAGE_ACTION:
        return json_object_set_new(object, "button", text_out(message->button, MESSAGE_NAME_MOST));
    case MESSAGE_CLOSE:
    case MESSAGE_CLOSED:
        break;
    }
    if (message->id != 0 && strcmp(kinds[message->kind].verb, "do") == 0)
        failed |= json_object_set_new(object, "replaces", json_integer(message->id));
    return failed;
}

char *
message_text(const struct message *message)
{
    char *line = NULL;
    json_t *object;

    if (!message->key || !*message->key)
        return NULL;
    object = json_pack("{s:s, s:o}", kinds[message->kind].verb, kinds[message->kind].name, "key",
                       text_out(message->key, MESSAGE_NAME_MOST));
    if (object && fields_out(object, message) == 0)
        line = dump_line(object);
    json_decref(object);
    return line;
}

/* --- at the door --------------------------------------------------------------------------- */

/* The string of that name in *out, copied; false when there is none or it may not enter. */
static bool
text_in(const json_t *object, const char *name, size_t most, char **out)
{
    const json_t *value = json_object_get(object, name);
    const char *text = json_string_value(value);
    size_t length = json_string_length(value);
    char why[80];

    if (!text || length > most || text_fault(text, length, why))
        return false;
    *out = strdup(text);
    return *out != NULL;
}

static bool
name_in(const json_t *object, const char *name, char **out)
{
    return text_in(object, name, MESSAGE_NAME_MOST, out) && **out;
}

/* The desktop's own words are worth having, whatever they hold. */
static bool
why_in(const json_t *object, char **out)
{
    char clean[MESSAGE_TEXT_MOST + 1];
    const char *text = json_string_value(json_object_get(object, "why"));

    *out = text ? strdup(text_clean_into(clean, sizeof clean, text)) : NULL;
    return *out != NULL;
}

static bool
id_in(const json_t *object, const char *name, unsigned *id)
{
    const json_t *value = json_object_get(object, name);
    json_int_t number = json_integer_value(value);

    if (!json_is_integer(value) || number < 0 || number > UINT_MAX)
        return false;
    *id = (unsigned)number;
    return true;
}

/* Absent is 0. */
static bool
replaces_in(const json_t *object, unsigned *id)
{
    *id = 0;
    return !json_object_get(object, "replaces") || id_in(object, "replaces", id);
}

static bool
urgency_in(const json_t *object, enum message_urgency *urgency)
{
    const char *name = json_string_value(json_object_get(object, "urgency"));

    for (unsigned i = 0; name && i < URGENCIES; i++) {
        if (strcmp(name, urgencies[i]) == 0) {
            *urgency = (enum message_urgency)i;
            return true;
        }
    }
    return false;
}

static bool
buttons_in(const json_t *object, struct message *message)
{
    const json_t *list = json_object_get(object, "buttons");

    if (!json_is_array(list) || json_array_size(list) > MESSAGE_BUTTONS)
        return false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct message_button *button = &message->buttons[message->buttons_count++];
        const json_t *item = json_array_get(list, i);

        if (!name_in(item, "id", &button->id) || !name_in(item, "label", &button->label))
            return false;
    }
    return true;
}

static bool
kind_in(const json_t *object, enum message_kind *kind)
{
    for (unsigned i = 0; i < KINDS; i++) {
        const char *name = json_string_value(json_object_get(object, kinds[i].verb));

        if (name && strcmp(name, kinds[i].name) == 0) {
            *kind = (enum message_kind)i;
            return true;
        }
    }
    return false;
}

static bool
fields_in(const json_t *object, struct message *message)
{
    if (!kind_in(object, &message->kind) || !name_in(object, "key", &message->key))
        return false;
    switch (message->kind) {
    case MESSAGE_SHOW:
        return text_in(object, "title", MESSAGE_TITLE_MOST, &message->title) &&
               text_in(object, "text", MESSAGE_TEXT_MOST, &message->text) &&
               urgency_in(object, &message->urgency) && buttons_in(object, message) &&
               replaces_in(object, &message->id);
    case MESSAGE_CLOSE:
        return replaces_in(object, &message->id);
    case MESSAGE_SHOWN:
        return id_in(object, "id", &message->id);
    case MESSAGE_FAILED:
        return why_in(object, &message->why);
    case MESSAGE_ACTION:
        return name_in(object, "button", &message->button);
    case MESSAGE_CLOSED:
        break;
    }
    return true;
}

bool
message_parse(const char *line, size_t length, struct message *message)
{
    json_t *object;
    bool good;

    memset(message, 0, sizeof *message);
    if (length > MESSAGE_LINE_MOST)
        return false;
    object = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    good = fields_in(object, message);
    json_decref(object);
    if (!good)
        message_clear(message);
    return good;
}

/* --- its memory ---------------------------------------------------------------------------- */

static bool
copy_text(char **to, const char *from)
{
    *to = from ? strdup(from) : NULL;
    return *to || !from;
}

bool
message_copy(struct message *to, const struct message *from)
{
    bool good = true;

    *to = (struct message){.kind = from->kind, .urgency = from->urgency, .id = from->id};
    good &= copy_text(&to->key, from->key);
    good &= copy_text(&to->title, from->title);
    good &= copy_text(&to->text, from->text);
    good &= copy_text(&to->button, from->button);
    good &= copy_text(&to->why, from->why);
    for (int i = 0; i < from->buttons_count; i++) {
        good &= copy_text(&to->buttons[i].id, from->buttons[i].id);
        good &= copy_text(&to->buttons[i].label, from->buttons[i].label);
    }
    to->buttons_count = from->buttons_count;
    if (!good)
        message_clear(to);
    return good;
}

void
message_clear(struct message *message)
{
    free(message->key);
    free(message->title);
    free(message->text);
    free(message->button);
    free(message->why);
    for (int i = 0; i < message->buttons_count; i++) {
        free(message->buttons[i].id);
        free(message->buttons[i].label);
    }
    memset(message, 0, sizeof *message);
}
