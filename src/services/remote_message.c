#include "services/remote_message.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/dump.h"
#include "session/text.h"

/* Takes the object over. */
static char *
line_of(json_t *object)
{
    char *line = dump_line(object);

    json_decref(object);
    return line;
}

/* ---- requests ---- */

char *
remote_request_text(const char *words)
{
    char fault[80];
    char *line;

    if (text_fault(words, strlen(words), fault) != NULL)
        return NULL;
    line = line_of(json_pack("{s:s}", "do", words));
    if (line == NULL || strlen(line) <= REMOTE_LINE_MOST)
        return line;
    free(line);
    return NULL;
}

/* What may be given back unchanged. */
static bool
is_id(const json_t *id)
{
    char fault[80];

    if (!json_is_string(id))
        return json_is_integer(id);
    return json_string_length(id) <= REMOTE_ID_MOST &&
           text_fault(json_string_value(id), json_string_length(id), fault) == NULL;
}

static bool
take_id(const json_t *object, struct remote_request *request)
{
    const json_t *id = json_object_get(object, "id");

    if (id == NULL)
        return true;
    request->id = is_id(id) ? json_dumps(id, JSON_ENCODE_ANY) : NULL;
    return request->id != NULL;
}

static bool
take_words(const json_t *object, struct remote_request *request, char why[static REMOTE_TEXT])
{
    const json_t *words = json_object_get(object, "do");
    char fault[80];

    if (!json_is_string(words)) {
        snprintf(why, REMOTE_TEXT, "\"do\" has to be a text, like {\"do\":\"next\"}.");
        return false;
    }
    if (text_fault(json_string_value(words), json_string_length(words), fault) != NULL) {
        snprintf(why, REMOTE_TEXT, "What was asked %s.", fault);
        return false;
    }
    request->words = strdup(json_string_value(words));
    return request->words != NULL;
}

bool
remote_request_parse(const char *line, size_t length, struct remote_request *request,
                     char why[static REMOTE_TEXT])
{
    json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    bool good = false;

    *request = (struct remote_request){0};
    why[0] = '\0';
    if (!json_is_object(object))
        snprintf(why, REMOTE_TEXT, "A line is one JSON object, like {\"do\":\"next\"}.");
    else if (!take_id(object, request))
        snprintf(why, REMOTE_TEXT, "\"id\" has to be a whole number or a text of at most %d bytes.",
                 REMOTE_ID_MOST);
    else
        good = take_words(object, request, why);
    json_decref(object);
    return good;
}

void
remote_request_clear(struct remote_request *request)
{
    free(request->words);
    free(request->id);
    *request = (struct remote_request){0};
}

/* ---- answers ---- */

char *
remote_answer_text(const struct remote_answer *answer, const char *id)
{
    bool ok = answer->code == REMOTE_DONE;
    json_t *object = json_object();
    char text[REMOTE_TEXT];

    text_clean_into(text, sizeof text, answer->text);
    if (id != NULL)
        json_object_set_new(object, "id", json_loads(id, JSON_DECODE_ANY, NULL));
    json_object_set_new(object, "ok", json_boolean(ok));
    if (!ok)
        json_object_set_new(object, "code", json_integer(answer->code));
    if (answer->seq != 0)
        json_object_set_new(object, "seq", json_integer(answer->seq));
    json_object_set_new(object, ok ? "say" : "why", json_string(text));
    return line_of(object);
}

bool
remote_answer_parse(const char *line, size_t length, struct remote_answer *answer)
{
    json_t *object = json_loadb(line, length, JSON_REJECT_DUPLICATES, NULL);
    bool ok = json_is_true(json_object_get(object, "ok"));
    const char *text = json_string_value(json_object_get(object, ok ? "say" : "why"));
    json_int_t code = json_integer_value(json_object_get(object, "code"));
    bool good = text != NULL && (ok || (code > 0 && code < 128));

    *answer = (struct remote_answer){.code = ok ? REMOTE_DONE : (enum remote_code)code};
    if (good) {
        answer->seq = json_integer_value(json_object_get(object, "seq"));
        text_clean_into(answer->text, sizeof answer->text, text);
    }
    json_decref(object);
    return good;
}
