/* The session as a timeline. What a colour says, a letter, a pattern or a place says as well. */

#include <stdlib.h>
#include <string.h>

#include "commands/report.h"
#include "commands/report_timeline.h"
#include "session/duration.h"
#include "session/text.h"

enum {
    LETTER_WIDTH = 7,
    LETTER_LEAST = 12, /* a narrower bar holds no letter */
    NAME_SIZE = 512,
    LEAST_MS = 60000, /* what is drawn of a session that has just begun */
};

/* ---- bars ---- */

struct bar {
    int64_t from_ms, to_ms;
    int top, height;
    const char *kind;    /* its class */
    const char *pattern; /* over it; NULL: plain */
    const char *label;   /* inside it, where there is room; cut */
    const char *number;  /* above the label; NULL: none */
    bool at_left;        /* the label stands there, out of the planned end's way */
};

/* What it is called stands inside it, for who points at it; the caller has begun the title. */
static void
begin_bar(const struct timeline *timeline, const struct bar *bar)
{
    double left = timeline_place(timeline, bar->from_ms),
           right = timeline_place(timeline, bar->to_ms);

    fprintf(timeline->out,
            "<g class=\"%s\"><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/><title>",
            bar->kind, left, bar->top, right - left < 1 ? 1 : right - left, bar->height);
}

/* A text that does not fit is cut behind its first word, or in it; one that says what colour and
 * place say already stands whole or not at all. */
static void
fit_label(char *out, size_t size, const char *text, int columns, bool may_be_cut)
{
    bool fits = text_columns(text) <= columns;

    if (!fits && !may_be_cut) {
        out[0] = '\0';
        return;
    }
    text_fit(out, size, text, fits ? columns : NAME_SIZE, false);
    if (!fits && strchr(out, ' ') != NULL)
        *strchr(out, ' ') = '\0';
    if (!fits && text_columns(out) > columns)
        text_fit(out, size, text, columns, false);
}

static void
put_label(const struct timeline *timeline, const struct bar *bar, int baseline, const char *text)
{
    double left = timeline_place(timeline, bar->from_ms),
           width = timeline_place(timeline, bar->to_ms) - left;
    char label[NAME_SIZE];

    fit_label(label, sizeof label, text, (int)(width / LETTER_WIDTH), bar->number != NULL);
    if (label[0] == '\0' || width < LETTER_LEAST)
        return;
    fprintf(timeline->out, "<text x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">",
            bar->at_left ? left + LETTER_WIDTH : left + width / 2, baseline,
            bar->at_left ? "start" : "middle");
    report_html_text(timeline->out, label);
    fputs("</text>", timeline->out);
}

static void
put_pattern(const struct timeline *timeline, const struct bar *bar)
{
    double left = timeline_place(timeline, bar->from_ms),
           right = timeline_place(timeline, bar->to_ms);

    fprintf(timeline->out,
            "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" "
            "style=\"fill:url(#%s)\"/>",
            left, bar->top, right - left, bar->height, bar->pattern);
}

static void
end_bar(const struct timeline *timeline, const struct bar *bar)
{
    fputs("</title>", timeline->out);
    if (bar->pattern != NULL)
        put_pattern(timeline, bar);
    if (bar->number != NULL)
        put_label(timeline, bar, bar->top + 16, bar->number);
    put_label(timeline, bar, bar->top + bar->height - 4, bar->label);
    fputs("</g>\n", timeline->out);
}

static void
put_name(FILE *out, const char *name)
{
    char *clean = text_clean(name, strlen(name));

    report_html_text(out, clean == NULL ? "" : clean);
    free(clean);
}

/* ---- turns and debrief ---- */

static void
put_turn(const struct timeline *timeline, int index)
{
    const struct session *session = timeline->minutes->session;
    char number[16], from[DURATION_SIZE], to[DURATION_SIZE];
    struct minutes_turn turn;
    struct bar bar;

    minutes_turn(timeline->minutes, index, &turn);
    bar = (struct bar){turn.began.elapsed_ms,
                       turn.ended.wall_ms != 0 ? turn.ended.elapsed_ms : session->last.elapsed_ms,
                       TURNS_TOP,
                       TURNS_HEIGHT,
                       index % 2 == 0 ? "turn" : "turn other",
                       NULL,
                       session_name(session, turn.driver),
                       number,
                       false};
    snprintf(number, sizeof number, "%d", turn.number);
    begin_bar(timeline, &bar);
    fprintf(timeline->out, "Turn %d, %s to %s: ", turn.number,
            timeline_clock(timeline, bar.from_ms, from), timeline_clock(timeline, bar.to_ms, to));
    put_name(timeline->out, bar.label);
    end_bar(timeline, &bar);
}

static void
put_debrief(const struct timeline *timeline)
{
    const struct session *session = timeline->minutes->session;
    struct moment began = minutes_debrief(timeline->minutes);
    char from[DURATION_SIZE], to[DURATION_SIZE];
    struct bar bar = {began.elapsed_ms,
                      session->last.elapsed_ms,
                      TURNS_TOP,
                      TURNS_HEIGHT,
                      "debrief",
                      NULL,
                      "debrief",
                      NULL,
                      true};

    if (began.wall_ms == 0)
        return;
    begin_bar(timeline, &bar);
    fprintf(timeline->out, "Debrief, %s to %s", timeline_clock(timeline, bar.from_ms, from),
            timeline_clock(timeline, bar.to_ms, to));
    end_bar(timeline, &bar);
}

/* ---- lights ---- */

static void
put_light(const struct timeline *timeline, int index)
{
    static const struct {
        const char *kind, *pattern, *letter;
    } looks[LIGHTS] = {[LIGHT_GREEN] = {"green", NULL, "G"},
                       [LIGHT_RED] = {"red", "stripes", "R"},
                       [LIGHT_AMBER] = {"amber", "dots", "A"}};
    const struct session *session = timeline->minutes->session;
    const struct light_record *light = &session->lights[index];
    bool is_last = index + 1 == session->lights_count;
    int64_t end_ms = is_last ? timeline->code_ms : light[1].at.elapsed_ms;
    char from[DURATION_SIZE];
    struct bar bar = {light->at.elapsed_ms,
                      end_ms < timeline->code_ms ? end_ms : timeline->code_ms,
                      LIGHTS_TOP,
                      ROW_HEIGHT,
                      looks[light->light].kind,
                      looks[light->light].pattern,
                      looks[light->light].letter,
                      NULL,
                      false};

    if (bar.kind == NULL || bar.to_ms <= timeline->from_ms || bar.to_ms <= bar.from_ms)
        return;
    begin_bar(timeline, &bar);
    fprintf(timeline->out, "Tests %s from %s on", bar.kind,
            timeline_clock(timeline, bar.from_ms, from));
    end_bar(timeline, &bar);
}

/* ---- what stopped the clock ---- */

static void
put_stop(const struct timeline *timeline, const struct minutes_stop *stop)
{
    static const struct {
        const char *word, *kind;
    } looks[STOP_KINDS] = {
        [STOP_PAUSE] = {"pause", "rest"},      [STOP_BREAK] = {"break", "rest"},
        [STOP_LEFT] = {"interruption", "off"}, [STOP_ASLEEP] = {"interruption", "off"},
        [STOP_CLOCK] = {"clock set", "off"},
    };
    char from[DURATION_SIZE], length[DURATION_SIZE];
    struct bar bar = {stop->began.elapsed_ms,
                      stop->began.elapsed_ms + (stop->kind == STOP_CLOCK ? 0 : stop->ms),
                      STOPS_TOP,
                      ROW_HEIGHT,
                      looks[stop->kind].kind,
                      NULL,
                      looks[stop->kind].word,
                      NULL,
                      false};

    begin_bar(timeline, &bar);
    fprintf(timeline->out, "%s, %s, %s", bar.label, timeline_clock(timeline, bar.from_ms, from),
            duration_clock(length, stop->ms < 0 ? -stop->ms : stop->ms));
    end_bar(timeline, &bar);
}

static void
put_names(const struct timeline *timeline, bool has_lights, bool has_stops)
{
    fprintf(timeline->out, "<text x=\"0\" y=\"%d\">turns</text>\n", TURNS_TOP + 25);
    if (has_lights)
        fprintf(timeline->out, "<text x=\"0\" y=\"%d\">tests</text>\n", LIGHTS_TOP + 12);
    if (has_stops)
        fprintf(timeline->out, "<text x=\"0\" y=\"%d\">stops</text>\n", STOPS_TOP + 12);
}

/* ---- all of it ---- */

static const char patterns[] =
    "<defs><pattern id=\"stripes\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
    "patternTransform=\"rotate(45)\"><path class=\"mark\" d=\"M0 0V6\"/></pattern>"
    "<pattern id=\"dots\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">"
    "<circle class=\"dot\" cx=\"3\" cy=\"3\" r=\"1\"/></pattern></defs>\n";

static void
begin_picture(const struct timeline *timeline)
{
    fprintf(timeline->out,
            "<figure>\n<div class=\"wide\"><svg viewBox=\"0 0 %d %d\" role=\"img\" "
            "aria-labelledby=\"timeline-title timeline-text\">\n<title "
            "id=\"timeline-title\">Timeline of the session</title>\n"
            "<desc id=\"timeline-text\">",
            WIDTH, HEIGHT);
    timeline_words(timeline);
    fprintf(timeline->out, "</desc>\n%s", patterns);
}

static void
end_picture(const struct timeline *timeline, bool has_lights)
{
    fprintf(timeline->out, "</svg></div>\n<figcaption>");
    timeline_words(timeline);
    if (has_lights)
        fputs(" Tests: G green, R red and striped, A amber (does not build) and dotted.",
              timeline->out);
    fputs("</figcaption>\n</figure>\n", timeline->out);
}

/* Where nothing is left to come, what happened takes at least half of the picture. */
static bool
shows_planned(const struct timeline *timeline, int64_t stop_ms)
{
    const struct session *session = timeline->minutes->session;

    return session->stop_ms != 0 &&
           (!session_is_over(session) ||
            stop_ms - timeline->to_ms <= timeline->to_ms - timeline->from_ms);
}

/* From the start to the planned end, or to the real one when that is later. */
static struct timeline
timeline_of(FILE *out, const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    struct moment debrief = minutes_debrief(minutes);
    struct timeline timeline = {.out = out,
                                .minutes = minutes,
                                .from_ms = session->started.elapsed_ms,
                                .to_ms = session->last.elapsed_ms,
                                .code_ms = debrief.wall_ms != 0 ? debrief.elapsed_ms
                                                                : session->last.elapsed_ms,
                                .from = session->started};
    int64_t stop_ms = moment_elapsed_at(session->last, session->stop_ms);

    if (timeline.to_ms < timeline.from_ms + LEAST_MS)
        timeline.to_ms = timeline.from_ms + LEAST_MS;
    timeline.planned = shows_planned(&timeline, stop_ms);
    if (timeline.planned && stop_ms > timeline.to_ms)
        timeline.to_ms = stop_ms;
    return timeline;
}

void
report_timeline(FILE *out, const struct minutes *minutes)
{
    const struct session *session = minutes->session;
    struct timeline timeline = timeline_of(out, minutes);
    struct minutes_stop stop;
    int stops = 0;

    if (session->started.wall_ms == 0)
        return;
    begin_picture(&timeline);
    for (int i = 0; i < minutes_turns(minutes); i++)
        put_turn(&timeline, i);
    put_debrief(&timeline);
    for (int i = 0; i < session->lights_count; i++)
        put_light(&timeline, i);
    for (int index = 0; minutes_next_stop(minutes, &index, &stop); stops++)
        put_stop(&timeline, &stop);
    put_names(&timeline, session->lights_count > 0, stops > 0);
    timeline_axis(&timeline);
    end_picture(&timeline, session->lights_count > 0);
}
