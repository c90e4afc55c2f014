#include "fuzz.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "session/alerts.h"
#include "session/minutes.h"
#include "session/plan.h"
#include "session/text.h"
#include "session/wording.h"

void
fuzz_complain(const char *condition, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, condition);
}

const char *
fuzz_file(const uint8_t *data, size_t size)
{
    static char path[64];
    static int fd = -1;

    if (fd < 0)
        fd = memfd_create("fuzz", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    if (ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
        abort();
    return path;
}

/* --- a session --------------------------------------------------------------------------- */

static void
apply(struct session *session, struct event *event)
{
    session_apply(session, event);
    event_clear(event);
}

static void
set(struct settings *settings, const char *section, const char *key, const char *value)
{
    char why[SETTINGS_ERROR_SIZE];

    MUST(settings_set(settings, settings_find(section, key), value, false, why));
}

void
fuzz_open(struct session *session, struct moment *now, unsigned kind)
{
    static const char *const names[] = {"Ada Lovelace", "Grace Hopper", "Alan Turing",
                                        "Kathleen Booth", "Edsger Dijkstra"};
    struct opening *opening = opening_new();
    struct event event = {.kind = EVENT_SESSION_OPENED, .by = BY_PROGRAM, .seq = 1};

    *now = (struct moment){0, INT64_C(1795520700000), 3600};
    session_init(session);
    opening->version = EVENT_VERSION;
    opening->boot = strdup("boot");
    opening->host = strdup("host");
    set(&opening->settings, "session", "duration", kind & 1 ? "25m" : "1h15m");
    set(&opening->settings, "turn", "handover", kind & 2 ? "0s" : "10s");
    set(&opening->settings, "turn", "autostart", kind & 4 ? "no" : "yes");
    set(&opening->settings, "break", "every", kind & 8 ? "2" : "0");
    set(&opening->settings, "session", "intro", kind & 16 ? "2m" : "0s");
    opening->people = calloc(5, sizeof *opening->people);
    opening->people_count = kind & 32 ? 0 : 5;
    for (int i = 0; i < opening->people_count; i++)
        opening->people[i] = (struct opening_person){.id = i + 1, .name = strdup(names[i])};
    event.at = *now;
    event.opening = opening;
    apply(session, &event);
}

void
fuzz_wait(struct session *session, struct moment *now, int64_t ms)
{
    int64_t until = now->elapsed_ms + ms;
    struct event event;
    bool is_over = false;

    while (!is_over) {
        int64_t deadline = session_next_deadline(session, *now);

        is_over = deadline > until;
        *now = moment_at(*now, is_over                      ? until
                               : deadline < now->elapsed_ms ? now->elapsed_ms
                                                            : deadline);
        for (int i = 0; session_due(session, *now, &event); i++) {
            MUST(i < 100); /* time does not cause things for ever */
            apply(session, &event);
        }
        MUST(session_next_change(session, *now) > now->elapsed_ms); /* or the loop would spin */
    }
}

void
fuzz_do(struct session *session, struct moment now, const struct command *command,
        struct decision *decision)
{
    session_decide(session, command, now, decision);
    MUST(!decision->refused || decision->count == 0);
    MUST(!decision->refused || decision->why[0] != '\0');
    for (int i = 0; i < decision->count; i++)
        session_apply(session, &decision->events[i]);
}

/* --- looking ------------------------------------------------------------------------------ */

static void
check_line(void *user, const char *line)
{
    char why[80];

    (void)user;
    MUST(text_fault(line, strlen(line), why) == NULL || strchr(line, '\t') != NULL);
}

void
fuzz_look_at(const struct session *session, struct moment now)
{
    char title[256], text[512], line[WORDING_SIZE];
    enum alert alert;
    struct minutes minutes;
    struct plan plan;

    plan_compute(session, now, &plan);
    plan_free(&plan);
    alerts_next(session, now, 0, &alert);
    if (alert != ALERT_NONE)
        alerts_text(session, now, alert, title, sizeof title, text, sizeof text);
    if (session->log_count > 0)
        wording_event(line, session, &session->log[session->log_count - 1]);
    wording_state(line, session, now);
    if (session->opening != NULL) {
        minutes_of(&minutes, session);
        minutes_text(&minutes, check_line, NULL);
    }
}

void
fuzz_round_trip(const struct event *event)
{
    char why[SETTINGS_ERROR_SIZE];
    char *text = event_text(event), *again;
    struct event copy;

    MUST(text != NULL);
    if (event_parse(text, strlen(text), &copy, why) != EVENT_GOOD) {
        fprintf(stderr, "%s: %s\n", why, text);
        abort();
    }
    again = event_text(&copy);
    if (strcmp(text, again) != 0) {
        fprintf(stderr, "%s\nis read as\n%s\n", text, again);
        abort();
    }
    free(text);
    free(again);
    event_clear(&copy);
}
