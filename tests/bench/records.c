/*
 * Fills a folder with records of a dojo's past: records DIR COUNT. One session is held on the real
 * road, with nine people, thirteen turns, a debrief typed as people type, and roles; the others are
 * the same on other days, with their own checksums.
 */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/calendar.h"
#include "session/session.h"
#include "storage/journal_line.h"
#include "storage/paths.h"

enum { LINES_MOST = 400, EVERY_DAYS = 1, DRAFTS = 8 };

static const char model_day[] = "2020-01-01T";
static const int64_t model_ms = INT64_C(1577879100000); /* 11:45 UTC of that day */

struct held {
    struct session session;
    struct moment now;
    char *line[LINES_MOST]; /* owned: the facts as text */
    int count;
};

static void
note(struct held *held, const struct event *event)
{
    session_apply(&held->session, event);
    if (held->count < LINES_MOST)
        held->line[held->count++] = event_text(event);
}

static void
wish(struct held *held, struct command command)
{
    struct decision decision;

    command.by = BY_KEY;
    session_decide(&held->session, &command, held->now, &decision);
    if (decision.refused) {
        fprintf(stderr, "records: %s\n", decision.why);
        exit(1);
    }
    for (int i = 0; i < decision.count; i++)
        note(held, &decision.events[i]);
    decision_free(&decision);
}

static void
wait_ms(struct held *held, int64_t ms)
{
    int64_t until = held->now.elapsed_ms + ms;
    struct event event;

    while (held->now.elapsed_ms < until) {
        int64_t next = session_next_deadline(&held->session, held->now);

        held->now = moment_at(held->now, next < until ? next : until);
        while (session_due(&held->session, held->now, &event)) {
            note(held, &event);
            event_clear(&event);
        }
    }
}

static void
open_session(struct held *held)
{
    static const char *const names[] = {"Ada Lovelace",   "Grace Hopper",    "Alan Turing",
                                        "Kathleen Booth", "Edsger Dijkstra", "Betty Holberton",
                                        "Konrad Zuse",    "Frances Allen",   "Dennis Ritchie"};
    struct event event = {.kind = EVENT_SESSION_OPENED, .by = BY_PROGRAM, .seq = 1};
    struct opening *opening = opening_new();
    char why[SETTINGS_ERROR_SIZE];

    held->now = (struct moment){0, model_ms, 0};
    session_init(&held->session);
    opening->version = EVENT_VERSION;
    opening->pid = 1;
    settings_set(&opening->settings, settings_find("session", "topic"), "Brainfuck interpreter",
                 false, why);
    opening->people = calloc(9, sizeof *opening->people);
    opening->people_count = 9;
    for (int i = 0; i < 9; i++)
        opening->people[i] = (struct opening_person){.id = i + 1, .name = strdup(names[i])};
    event.opening = opening;
    event.at = held->now;
    note(held, &event);
    event_clear(&event);
}

/* A note is on disk while it is typed. */
static void
type(struct held *held, const char *text)
{
    char typed[200];

    for (int i = 1; i <= DRAFTS; i++) {
        snprintf(typed, sizeof typed, "%.*s", (int)strlen(text) * i / DRAFTS, text);
        wait_ms(held, 1000);
        wish(held, (struct command){.kind = COMMAND_DRAFT, .text = typed});
    }
    wish(held, (struct command){.kind = COMMAND_NOTE, .text = text});
}

static void
hold(struct held *held)
{
    open_session(held);
    wait_ms(held, 240000);
    wish(held, (struct command){.kind = COMMAND_START});
    wait_ms(held, 66 * 60000);
    if (held->session.phase != PHASE_DEBRIEF)
        wish(held, (struct command){.kind = COMMAND_DEBRIEF});
    type(held, "Small steps kept us green nearly all of the time.");
    type(held, "Naming the loop made the rest easy.");
    type(held, "We should have thrown the parser away after ten minutes.");
    type(held, "Ada Lovelace: bring a longer cable");
    wish(held, (struct command){.kind = COMMAND_ROLES});
    wish(held, (struct command){
                   .kind = COMMAND_TAKE_ROLE, .role = "Master of Dojo", .text = "Alan Turing"});
    wish(held, (struct command){.kind = COMMAND_VACATE_ROLE, .role = "Master of Ceremony"});
    wish(held, (struct command){.kind = COMMAND_CLOSE});
}

/* The line on another day, to be freed. */
static char *
moved(const char *line, const char *day)
{
    char *copy = strdup(line), *found;

    for (char *at = copy; (found = strstr(at, model_day)) != NULL; at = found + 1)
        memcpy(found, day, strlen("2020-01-01"));
    return copy;
}

static void
write_record(const struct held *held, const char *folder, int number)
{
    char day[CALENDAR_SIZE], path[4096];
    uint32_t crc = 0;
    FILE *file;

    calendar_text(day, calendar_days((struct civil){2020, 1, 1}) + number * EVERY_DAYS);
    snprintf(path, sizeof path, "%s/%.4s%.2s%.2sT114500Z-5eed.jsonl", folder, day, day + 5,
             day + 8);
    file = fopen(path, "w");
    if (file == NULL) {
        fprintf(stderr, "records: %s: %s\n", path, strerror(errno));
        exit(1);
    }
    for (int i = 0; i < held->count; i++) {
        char *line = moved(held->line[i], day), *sealed = journal_line_seal(line, &crc);

        fputs(sealed, file);
        free(sealed);
        free(line);
    }
    fclose(file);
}

int
main(int argc, char **argv)
{
    static struct held held;
    int count = argc == 3 ? atoi(argv[2]) : 0;

    if (count < 1) {
        fprintf(stderr, "usage: records DIR COUNT\n");
        return 2;
    }
    paths_make(argv[1]);
    hold(&held);
    for (int i = 0; i < count; i++)
        write_record(&held, argv[1], i);
    for (int i = 0; i < held.count; i++)
        free(held.line[i]);
    session_free(&held.session);
    return 0;
}
