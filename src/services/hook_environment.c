#include "services/hook_environment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/text.h"

enum { OURS_MOST = 24, NUMBER_SIZE = 24 };

static const char prefix[] = "RANDORI_";

struct block {
    char **variable; /* owned */
    size_t count;
    bool failed; /* memory is out */
};

static void
add(struct block *block, char *variable)
{
    if (variable == NULL)
        block->failed = true;
    else
        block->variable[block->count++] = variable;
}

static void
put(struct block *block, const char *name, const char *value)
{
    char *clean = text_clean(value == NULL ? "" : value, value == NULL ? 0 : strlen(value));
    char *variable = NULL;

    if (clean != NULL && asprintf(&variable, "%s%s=%s", prefix, name, clean) < 0)
        variable = NULL;
    free(clean);
    add(block, variable);
}

static void
put_number(struct block *block, const char *name, int64_t number)
{
    char text[NUMBER_SIZE];

    snprintf(text, sizeof text, "%lld", (long long)number);
    put(block, name, text);
}

static void
put_settings(struct block *block, const struct session *session)
{
    put(block, "TITLE", session->settings.title);
    put(block, "TOPIC", session->settings.topic);
    put(block, "STACK", session->settings.stack);
    put_number(block, "PRACTICE", session->opening != NULL && session->opening->practice);
}

static int
driver_of(const struct session *session, const struct event *event)
{
    bool in_turn = session->phase == PHASE_TURN || session->phase == PHASE_PAUSED;

    if (event->kind == EVENT_TURN_ENDED)
        return event->person;
    return in_turn ? session->turn.driver : 0;
}

static void
put_people(struct block *block, const struct session *session, const struct event *event)
{
    int next = session_is_coding(session) ? session_next_driver(session) : 0;

    put(block, "DRIVER", session_name(session, driver_of(session, event)));
    put(block, "NEXT", session_name(session, next));
    put(block, "PERSON", event->person != 0 ? session_name(session, event->person) : event->name);
    put_number(block, "TURN", session->turn.number);
}

static void
put_event(struct block *block, const struct event *event)
{
    const char *reason = event->reason;

    if (event->kind == EVENT_TURN_ENDED)
        reason = event_end_name(event->end);
    put(block, "EVENT", event_name(event->kind));
    put_number(block, "SEQ", event->seq);
    put(block, "TEXT", event->text);
    put(block, "ROLE", event->role);
    put(block, "REASON", reason);
}

static size_t
count_inherited(void)
{
    size_t count = 0;

    while (environ != NULL && environ[count] != NULL)
        count++;
    return count;
}

static void
put_inherited(struct block *block, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(environ[i], prefix, sizeof prefix - 1) != 0)
            add(block, strdup(environ[i]));
    }
}

char **
hook_environment(const struct session *session, const struct event *event, const char *record)
{
    size_t inherited = count_inherited();
    struct block block = {.variable = calloc(inherited + OURS_MOST, sizeof *block.variable)};

    if (block.variable == NULL)
        return NULL;
    put_inherited(&block, inherited);
    put(&block, "HOOK", "1");
    put(&block, "RECORD", record);
    put(&block, "LIGHT", event_light_name(session->light));
    put_event(&block, event);
    put_settings(&block, session);
    put_people(&block, session, event);
    if (!block.failed)
        return block.variable;
    hook_environment_free(block.variable);
    return NULL;
}

void
hook_environment_free(char **environment)
{
    for (char **variable = environment; variable != NULL && *variable != NULL; variable++)
        free(*variable);
    free(environment);
}
