#include "screens/glance.h"

#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "session/sentence.h"
#include "session/text.h"

/* The usual line: its parts, each left out when one of its placeholders is empty. */
enum { PARTS = 5 };

static const char *const usual[PHASES][PARTS] = {
    [PHASE_WAITING] = {"waiting to start", "%h here", "debrief %b", "end %e"},
    [PHASE_INTRO] = {"intro %t", "%- %n", "debrief %b"},
    [PHASE_TURN] = {"%> %t %d %- %n", "%k/%N", "debrief %b"},
    [PHASE_PAUSED] = {"PAUSED", "%t %d %- %n", "%k/%N", "debrief %b"},
    [PHASE_HANDOVER] = {"HAND OVER %t %- %n", "%k/%N", "debrief %b"},
    [PHASE_OFFER] = {"EXTRA TURN? %t %- %n"},
    [PHASE_BREAK] = {"BREAK %t %- %n", "%k/%N", "debrief %b"},
    [PHASE_DEBRIEF] = {"DEBRIEF %t", "end %e"},
    [PHASE_ROLES] = {"ROLES for next time", "end %e"},
    [PHASE_CLOSED] = {"session over"},
};

/* ---- one placeholder ---- */

static bool
has_turn(const struct view *view)
{
    return view->session->phase >= PHASE_TURN && view->session->phase <= PHASE_BREAK;
}

static void
write_number(char *out, bool is_known, int number)
{
    out[0] = '\0';
    if (is_known)
        snprintf(out, FRAME_TEXT, "%d", number);
}

static void
write_time(char *out, const struct view *view, int64_t wall_ms)
{
    char time[DURATION_SIZE];

    snprintf(out, FRAME_TEXT, "%s", wall_ms == 0 ? "" : frame_time(time, view, wall_ms));
}

static void
write_left(char *out, const struct view *view)
{
    const struct session *session = view->session;
    int64_t left = session_left_ms(session, view->now);
    char time[DURATION_SIZE];

    if (session->phase == PHASE_CLOSED || session->phase == PHASE_WAITING ||
        (session->phase == PHASE_PAUSED && session->turn.driver == 0))
        out[0] = '\0';
    else
        snprintf(out, FRAME_TEXT, "%s",
                 has_turn(view) ? frame_clock(time, view, left) : duration_clock(time, left));
}

static void
write_people(char *out, const struct view *view, char what)
{
    const struct session *session = view->session;

    out[0] = '\0';
    if (what == 'h')
        write_number(out, true, roster_present(&session->roster));
    else if (what == 'd' && session_in_turn(view->session))
        snprintf(out, FRAME_TEXT, "%s", session_name(session, session->turn.driver));
    else if (what == 'n' && session->phase < PHASE_DEBRIEF && session->phase > PHASE_WAITING)
        frame_next(out, FRAME_TEXT, view);
}

/* False when there is no such placeholder. */
static bool
write_one(char *out, const struct view *view, char what)
{
    const struct session *session = view->session;

    switch (what) {
    case 't':
        write_left(out, view);
        return true;
    case 'p':
        snprintf(out, FRAME_TEXT, "%s", session_phase_name(session->phase));
        return true;
    case 'd':
    case 'n':
    case 'h':
        write_people(out, view, what);
        return true;
    case 'k':
        write_number(out, has_turn(view), session->turn.number);
        return true;
    case 'N':
        write_number(out, session->phase < PHASE_DEBRIEF, view->plan->total);
        return true;
    case 'b':
        write_time(out, view, session->phase < PHASE_DEBRIEF ? view->plan->debrief_ms : 0);
        return true;
    case 'e':
        write_time(out, view, session->stop_ms);
        return true;
    case 'l':
        snprintf(out, FRAME_TEXT, "%s", event_light_name(session->light));
        return true;
    case 's':
        write_number(out, session->step > 0, session->step);
        return true;
    case 'S':
        write_number(out, session->steps > 0, session->steps);
        return true;
    case 'T':
        snprintf(out, FRAME_TEXT, "%s", session->settings.title);
        return true;
    case 'o':
        snprintf(out, FRAME_TEXT, "%s", session->settings.topic);
        return true;
    case '>':
        snprintf(out, FRAME_TEXT, "%s", view->ascii ? ">" : "▶");
        return true;
    case '-':
        snprintf(out, FRAME_TEXT, "%s", view->ascii ? "->" : "→");
        return true;
    case '%':
        snprintf(out, FRAME_TEXT, "%%");
        return true;
    default:
        return false;
    }
}

/* ---- a line of them ---- */

char
glance_fault(const char *format)
{
    static const char known[] = "tdkbelsSTophnN>-%";

    for (const char *at = strchr(format, '%'); at != NULL; at = strchr(at + 2, '%')) {
        if (at[1] == '\0')
            return '%';
        if (strchr(known, at[1]) == NULL)
            return at[1];
    }
    return 0;
}

/* False when a placeholder was empty. */
static bool
expand(struct sentence *line, const struct view *view, const char *format)
{
    bool all_told = true;
    char text[FRAME_TEXT] = "";

    while (*format != '\0') {
        size_t plain = strcspn(format, "%");

        sentence_add(line, "%.*s", (int)plain, format);
        format += plain;
        if (*format == '\0' || format[1] == '\0')
            break;
        if (write_one(text, view, format[1]))
            sentence_add(line, "%s", text);
        all_told &= text[0] != '\0';
        format += 2;
    }
    return all_told;
}

static void
expand_usual(struct sentence *line, const struct view *view)
{
    for (int i = 0; i < PARTS && usual[view->session->phase][i] != NULL; i++) {
        struct sentence part = {.used = 0};

        if (expand(&part, view, usual[view->session->phase][i]))
            sentence_add(line, "%s%s", line->used > 0 ? frame_dot(view) : "", part.text);
    }
}

char *
glance_line(char out[static GLANCE_SIZE], const struct view *view, const char *format)
{
    struct sentence line = {.used = 0};
    char text[GLANCE_SIZE];

    if (format != NULL)
        expand(&line, view, format);
    else
        expand_usual(&line, view);
    sentence_finish(&line, text, sizeof text);
    if (view->ascii)
        text_fit(out, GLANCE_SIZE, text, GLANCE_SIZE, true);
    else
        snprintf(out, GLANCE_SIZE, "%s", text);
    return out;
}
