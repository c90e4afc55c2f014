/* The words of a template: "{person} joined." */
#include "session/wording_words.h"

#include <stdlib.h>
#include <string.h>

#include "session/duration.h"

void
tell_clock(struct telling *telling, int64_t wall_ms)
{
    char clock[DURATION_SIZE];

    sentence_add(&telling->line, "%s", clock_text(clock, wall_ms, telling->event->at.utc_offset_s));
}

static void
word_person(struct telling *telling)
{
    sentence_add(&telling->line, "%s", session_name(telling->session, telling->event->person));
}

static void
word_driver(struct telling *telling)
{
    sentence_add(&telling->line, "%s",
                 session_name(telling->session, telling->session->turn.driver));
}

static void
word_name(struct telling *telling)
{
    sentence_add(&telling->line, "%s", telling->event->name);
}

static void
word_text(struct telling *telling)
{
    sentence_add(&telling->line, "%s", telling->event->text);
}

static void
word_role(struct telling *telling)
{
    sentence_add(&telling->line, "%s", telling->event->role);
}

static void
word_turn(struct telling *telling)
{
    int own = telling->event->turn;

    sentence_add(&telling->line, "%d", own > 0 ? own : telling->session->turn.number);
}

static void
word_length(struct telling *telling)
{
    char length[DURATION_SIZE];

    sentence_add(&telling->line, "%s", duration_text(length, llabs(telling->event->ms)));
}

static void
word_stop(struct telling *telling)
{
    tell_clock(telling, telling->session->stop_ms);
}

static void
word_debrief(struct telling *telling)
{
    tell_clock(telling, session_debrief_wall(telling->session));
}

static void
word_until(struct telling *telling)
{
    tell_clock(telling, moment_at(telling->event->at, telling->session->turn.deadline_ms).wall_ms);
}

static void
word_left(struct telling *telling)
{
    char clock[DURATION_SIZE];
    const struct session *session = telling->session;
    int64_t left = session->phase == PHASE_PAUSED
                       ? session->turn.left_ms
                       : session->turn.deadline_ms - telling->event->at.elapsed_ms;

    sentence_add(&telling->line, "%s", duration_clock(clock, left));
}

static void
word_next(struct telling *telling)
{
    const char *name = session_name(telling->session, session_next_driver(telling->session));

    sentence_add(&telling->line, "%s", name[0] != '\0' ? name : "nobody yet");
}

static const struct {
    const char *word;
    void (*add)(struct telling *telling);
} words[] = {
    {"person", word_person}, {"name", word_name},       {"text", word_text},
    {"role", word_role},     {"turn", word_turn},       {"length", word_length},
    {"stop", word_stop},     {"debrief", word_debrief}, {"until", word_until},
    {"left", word_left},     {"driver", word_driver},   {"next", word_next},
};

/* Returns how many bytes of the template the word takes. */
static size_t
tell_word(struct telling *telling, const char *template)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].word);

        if (strncmp(template + 1, words[i].word, length) != 0 || template[1 + length] != '}')
            continue;
        words[i].add(telling);
        return length + 2;
    }
    sentence_add(&telling->line, "{");
    return 1;
}

void
tell(struct telling *telling, const char *template)
{
    while (*template != '\0') {
        size_t plain = strcspn(template, "{");

        sentence_add(&telling->line, "%.*s", (int)plain, template);
        template += plain;
        if (*template == '{')
            template += tell_word(telling, template);
    }
}
