#include "services/notifier.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "services/helper.h"
#include "services/places.h"

enum {
    ANSWER_MS = 2000,
    RESPAWN_MS = 30000,
    NONSENSE_MOST = 1 << 16 /* bytes of no message a helper may say before it is given up */
};

static const char no_answer[] = "desktop does not answer";
static const char no_desktop[] = "no desktop notifications";

struct notifier {
    char *program;
    struct notifier_listener listener;
    struct helper helper;
    struct places places;
    int asked; /* the place whose answer is awaited, or -1 */
    enum message_kind asked_for;
    int64_t answer_by_ms;
    bool has_started;
    int64_t started_ms;
    size_t nonsense;
    const char *trouble;
    char why[MESSAGE_TEXT_MOST + 1];
};

static void deliver(struct notifier *notifier, int64_t now_ms);

static bool
is_running(const struct notifier *notifier)
{
    return notifier->helper.from >= 0;
}

static void
set_trouble(struct notifier *notifier, const char *trouble)
{
    if (notifier->trouble == trouble)
        return;
    notifier->trouble = trouble;
    if (notifier->listener.changed)
        notifier->listener.changed(notifier->listener.user);
}

/* --- the helper ---------------------------------------------------------------------------- */

static bool
may_start(const struct notifier *notifier, int64_t now_ms)
{
    if (!notifier->has_started || now_ms - notifier->started_ms >= RESPAWN_MS)
        return true;
    for (int i = 0; i < notifier->places.count; i++) {
        if (notifier->places.list[i].is_wanted && notifier->places.list[i].turn_end)
            return true;
    }
    return false;
}

static bool
start(struct notifier *notifier, int64_t now_ms)
{
    if (!may_start(notifier, now_ms))
        return false;
    notifier->has_started = true;
    notifier->started_ms = now_ms;
    notifier->nonsense = 0;
    /* One start each, or a helper that dies at once would be started for ever. */
    for (int i = 0; i < notifier->places.count; i++)
        notifier->places.list[i].turn_end = false;
    return notifier->program && helper_start(&notifier->helper, notifier->program);
}

/* Gives the helper up. What waits behind it may start another one. */
static void
give_up(struct notifier *notifier, const char *trouble, int64_t now_ms)
{
    helper_kill(&notifier->helper);
    notifier->asked = -1;
    notifier->why[0] = '\0';
    if (trouble)
        set_trouble(notifier, trouble);
    deliver(notifier, now_ms);
}

static void
ask(struct notifier *notifier, int index, int64_t now_ms)
{
    struct place *place = &notifier->places.list[index];
    char *line;

    place->wanted.id = place->id;
    line = message_text(&place->wanted);
    if (!line) {
        places_unwant(&notifier->places, index);
        return;
    }
    /* Nobody listens: it died while it had nothing to do, and the message is still wanted. */
    if (!helper_say(&notifier->helper, line)) {
        give_up(notifier, NULL, now_ms);
        return;
    }
    notifier->asked = index;
    notifier->asked_for = place->wanted.kind;
    notifier->answer_by_ms = now_ms + ANSWER_MS;
    places_unwant(&notifier->places, index);
}

static bool
is_busy(const struct notifier *notifier)
{
    return notifier->asked >= 0 || helper_is_sending(&notifier->helper);
}

/* Says the next thing wanted, unless an answer is awaited. */
static void
deliver(struct notifier *notifier, int64_t now_ms)
{
    int next;

    while (!is_busy(notifier) && (next = places_first(&notifier->places)) >= 0) {
        if (!is_running(notifier) && notifier->places.list[next].wanted.kind == MESSAGE_CLOSE) {
            places_unwant(&notifier->places, next);
        } else if (!is_running(notifier) && !start(notifier, now_ms)) {
            places_unwant_all(&notifier->places);
            if (!notifier->trouble)
                set_trouble(notifier, no_desktop);
            return;
        } else {
            ask(notifier, next, now_ms);
        }
    }
}

/* --- what it says -------------------------------------------------------------------------- */

static void
answered(struct notifier *notifier, int index, enum message_kind asked_for)
{
    if (notifier->asked == index && notifier->asked_for == asked_for)
        notifier->asked = -1;
}

/* Calls back as its last act: the listener may show and close. */
static void
take(struct notifier *notifier, const struct message *message)
{
    int index = places_find(&notifier->places, message->key);

    if (index < 0)
        return;
    switch (message->kind) {
    case MESSAGE_SHOWN:
        notifier->places.list[index].id = message->id;
        answered(notifier, index, MESSAGE_SHOW);
        notifier->why[0] = '\0';
        set_trouble(notifier, NULL);
        break;
    case MESSAGE_FAILED:
        answered(notifier, index, MESSAGE_SHOW);
        snprintf(notifier->why, sizeof notifier->why, "%s", message->why ? message->why : "");
        set_trouble(notifier, no_desktop);
        break;
    case MESSAGE_CLOSED:
        notifier->places.list[index].id = 0;
        answered(notifier, index, MESSAGE_CLOSE);
        break;
    case MESSAGE_ACTION:
        if (notifier->listener.pressed)
            notifier->listener.pressed(notifier->listener.user, message->key, message->button);
        break;
    case MESSAGE_SHOW:
    case MESSAGE_CLOSE:
        break;
    }
}

static void
take_line(struct notifier *notifier, const char *line, size_t length)
{
    struct message message;

    if (!message_parse(line, length, &message)) {
        notifier->nonsense += length + 1;
        return;
    }
    take(notifier, &message);
    message_clear(&message);
}

static void
hear(struct notifier *notifier, int64_t now_ms)
{
    char line[HELPER_LINE_MOST];
    size_t length;
    enum helper_line heard;

    helper_listen(&notifier->helper);
    while ((heard = helper_line(&notifier->helper, line, &length)) == HELPER_LINE)
        take_line(notifier, line, length);
    if (!is_running(notifier))
        return;
    if (notifier->nonsense > NONSENSE_MOST)
        give_up(notifier, no_desktop, now_ms);
    else if (heard == HELPER_GONE || notifier->helper.pid == 0)
        give_up(notifier, notifier->asked >= 0 ? no_desktop : NULL, now_ms);
}

/* --- for the others ------------------------------------------------------------------------ */

struct notifier *
notifier_new(const char *program, const struct notifier_listener *listener)
{
    struct notifier *notifier = calloc(1, sizeof *notifier);

    if (!notifier)
        return NULL;
    notifier->program = program ? strdup(program) : NULL;
    if (listener)
        notifier->listener = *listener;
    notifier->asked = -1;
    helper_init(&notifier->helper);
    return notifier;
}

void
notifier_show(struct notifier *notifier, const struct message *message, bool turn_end,
              int64_t now_ms)
{
    int index = message->key == NULL ? -1 : places_add(&notifier->places, message->key);

    if (index < 0)
        return;
    places_want(&notifier->places, index, message);
    notifier->places.list[index].turn_end |= turn_end;
    deliver(notifier, now_ms);
}

void
notifier_close_key(struct notifier *notifier, const char *key, int64_t now_ms)
{
    int index = places_find(&notifier->places, key);
    struct message close = {.kind = MESSAGE_CLOSE, .key = (char *)key};

    if (index < 0)
        return;
    places_unwant(&notifier->places, index);
    if (notifier->places.list[index].id == 0 && notifier->asked != index)
        return;
    places_want(&notifier->places, index, &close);
    deliver(notifier, now_ms);
}

int
notifier_read_fd(const struct notifier *notifier)
{
    return notifier->helper.from;
}

int
notifier_write_fd(const struct notifier *notifier)
{
    return helper_is_sending(&notifier->helper) ? notifier->helper.to : -1;
}

int64_t
notifier_deadline(const struct notifier *notifier)
{
    if (is_running(notifier) && notifier->helper.pid == 0)
        return INT64_MIN; /* it was reaped: its last words are waiting */
    return notifier->asked >= 0 ? notifier->answer_by_ms : INT64_MAX;
}

void
notifier_ready(struct notifier *notifier, int64_t now_ms)
{
    /* Listening first: after a suspend the answer may lie there beside a deadline long past. */
    if (is_running(notifier))
        hear(notifier, now_ms);
    if (is_running(notifier) && !helper_send(&notifier->helper))
        give_up(notifier, no_desktop, now_ms);
    if (notifier->asked >= 0 && now_ms >= notifier->answer_by_ms)
        give_up(notifier, no_answer, now_ms);
    deliver(notifier, now_ms);
}

bool
notifier_reaped(struct notifier *notifier, pid_t pid, int status)
{
    (void)status;
    return helper_reaped(&notifier->helper, pid);
}

const char *
notifier_trouble(const struct notifier *notifier)
{
    return notifier->trouble;
}

const char *
notifier_why(const struct notifier *notifier)
{
    return notifier->why;
}

/* The end of its input closes what the helper has shown itself; the popups of a former one have
 * to be named. */
static void
close_all(struct notifier *notifier)
{
    for (int i = 0; i < notifier->places.count; i++) {
        const struct place *place = &notifier->places.list[i];
        struct message close = {.kind = MESSAGE_CLOSE, .key = place->key, .id = place->id};
        char *line =
            place->id && !helper_is_sending(&notifier->helper) ? message_text(&close) : NULL;

        if (line)
            helper_say(&notifier->helper, line);
    }
}

void
notifier_free(struct notifier *notifier, int64_t ms)
{
    if (!notifier)
        return;
    if (is_running(notifier))
        close_all(notifier);
    helper_end(&notifier->helper, (int)ms);
    places_clear(&notifier->places);
    free(notifier->program);
    free(notifier);
}
