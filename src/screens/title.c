#include "screens/title.h"

#include <stdio.h>

#include "screens/frame.h"
#include "screens/glyph.h"

enum { MINUTE_MS = 60000 };

static int
minutes_left(const struct view *view)
{
    int64_t left_ms = session_left_ms(view->session, view->now);
    return left_ms > 0 ? (int)((left_ms + MINUTE_MS - 1) / MINUTE_MS) : 0;
}

static void
describe_turn(char *out, size_t size, const struct view *view)
{
    char next[FRAME_TEXT];
    const struct session *session = view->session;
    const char *driver = session_name(session, session->turn.driver);
    bool paused = session->phase == PHASE_PAUSED;
    snprintf(out, size, "%s%d min %s %s %s", paused ? "PAUSED " : "", minutes_left(view),
             *driver != '\0' ? driver : "nobody", glyph(view, "→", "->"),
             frame_next(next, sizeof next, view));
}

static void
describe_phase(char *out, size_t size, const struct view *view)
{
    char time[DURATION_SIZE];
    const struct session *session = view->session;
    const char *next = session_name(session, session_next_driver(session));
    switch (session->phase) {
    case PHASE_TURN:
    case PHASE_PAUSED:
        describe_turn(out, size, view);
        return;
    case PHASE_HANDOVER:
        snprintf(out, size, "HAND OVER to %s", next);
        return;
    case PHASE_OFFER:
        snprintf(out, size, "An extra turn for %s?", next);
        return;
    case PHASE_BREAK:
        frame_time(time, view, moment_at(view->now, session->break_until_ms).wall_ms);
        snprintf(out, size, "Break until %s, then %s", time, next);
        return;
    case PHASE_INTRO:
        snprintf(out, size, "Introduction, then %s", next);
        return;
    case PHASE_DEBRIEF:
        snprintf(out, size, "Debrief until %s", frame_time(time, view, session->stop_ms));
        return;
    default:
        out[0] = '\0';
    }
}

char *
title_text(char *out, size_t size, const struct view *view)
{
    char phase[FRAME_TEXT];
    const char *title = view->session->settings.title;
    describe_phase(phase, sizeof phase, view);
    snprintf(out, size, "%s%s%s", phase, *phase != '\0' ? frame_dot(view) : "",
             *title != '\0' ? title : "Coding dojo");
    return out;
}
