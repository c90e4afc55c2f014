#include "screens/status.h"

#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/hits.h"
#include "screens/overlay.h"
#include "session/text.h"

enum {
    MARKS_MOST = 40,
    STEP_LEAST = 24 /* columns below which a step's title tells too little to stand beside */
};

static const struct {
    const char *word, *shape, *ascii;
    enum paint paint;
} lights[LIGHTS] = {
    [LIGHT_NONE] = {"", "·", ".", PAINT_DIM},
    [LIGHT_GREEN] = {"GREEN", "●", "*", PAINT_GREEN},
    [LIGHT_RED] = {"RED", "○", "o", PAINT_RED},
    [LIGHT_AMBER] = {"AMBER", "▲", "^", PAINT_AMBER},
};

const char *
status_word(enum light light)
{
    return lights[light].word;
}

enum paint
status_paint(enum light light)
{
    return lights[light].paint;
}

const char *
status_shape(const struct view *view, enum light light)
{
    return glyph(view, lights[light].shape, lights[light].ascii);
}

/* --- the lights --- */

/* The row from left to right, before it is known how much of it fits. */
struct row {
    enum light marks[MARKS_MOST]; /* of this turn, the last one is the light that shines */
    int count;
    char word[DURATION_SIZE + 32]; /* "GREEN 2:10" */
    const char *hint;              /* "" or what follows from the light */
};

static bool
is_between_turns(const struct view *view)
{
    enum phase phase = view->session->phase;
    return phase == PHASE_HANDOVER || phase == PHASE_OFFER || phase == PHASE_BREAK;
}

/* R18: a reminder, no rule; and a turn that ends on red had better be known to. */
static const char *
hint_of(const struct view *view)
{
    enum light light = view->session->light;
    if (is_between_turns(view))
        return light == LIGHT_RED ? "passed on red" : "";
    if (view->session->settings.advice != ADVICE_GREEN_ONLY || light == LIGHT_NONE)
        return "";
    return light == LIGHT_GREEN ? "design comments welcome" : "audience: questions only";
}

/* What moves by the second only where the clock does. */
static void
describe_light(const struct view *view, char *out, size_t size)
{
    const struct session *session = view->session;
    const struct light_record *last = &session->lights[session->lights_count - 1];
    const char *reason = strcmp(last->reason, "timeout") == 0 ? " (too slow)" : "";
    char since[DURATION_SIZE];
    if (session->phase == PHASE_PAUSED || session->settings.seconds == SECONDS_LAST_MINUTE)
        snprintf(out, size, "%s%s since %s", status_word(session->light), reason,
                 frame_time(since, view, last->at.wall_ms));
    else
        snprintf(out, size, "%s%s %s", status_word(session->light), reason,
                 duration_clock(since, view->now.elapsed_ms - last->at.elapsed_ms));
}

/* False when no light shines. */
static bool
gather(const struct view *view, struct row *row)
{
    const struct session *session = view->session;
    *row = (struct row){.hint = ""};
    if (session->light == LIGHT_NONE || session->lights_count == 0)
        return false;
    int first = session->lights_count - 1; /* it shines even if it was lit before this turn */
    while (first > 0 && session->lights_count - first < MARKS_MOST &&
           session->lights[first - 1].turn == session->turn.number)
        first--;
    for (int i = first; i < session->lights_count; i++)
        row->marks[row->count++] = session->lights[i].light;
    describe_light(view, row->word, sizeof row->word);
    row->hint = hint_of(view);
    return true;
}

static int
row_columns(const struct view *view, const struct row *row)
{
    int hint = row->hint[0] != '\0' ? text_columns(frame_dot(view)) + text_columns(row->hint) : 0;
    return (int)strlen("tests ") + 2 * row->count + text_columns(row->word) + hint;
}

/* The oldest lights go first. Returns the columns it then takes. */
static int
shorten(const struct view *view, struct row *row, int columns)
{
    int over = (row_columns(view, row) - columns + 1) / 2, drop = 0;
    if (over > 0)
        drop = over < row->count - 1 ? over : row->count - 1;
    row->count -= drop;
    for (int i = 0; i < row->count && drop > 0; i++)
        row->marks[i] = row->marks[i + drop];
    return row_columns(view, row);
}

static void
draw_lights(WINDOW *window, int at, int left, int columns, const struct view *view,
            const struct row *row)
{
    int column = left, end = left + columns;
    enum paint paint = status_paint(view->session->light);
    if (row_columns(view, row) <= columns)
        column += frame_text(window, view, at, column, end - column, PAINT_TEXT, "tests ");
    for (int i = 0; i < row->count && column < end; i++) {
        enum light light = row->marks[i];
        frame_text(window, view, at, column, 1, lights[light].paint, status_shape(view, light));
        column += 2;
    }
    column += frame_text(window, view, at, column, end - column, paint, row->word);
    if (row->hint[0] == '\0' || column >= end)
        return;
    column += frame_text(window, view, at, column, end - column, PAINT_TEXT, frame_dot(view));
    frame_text(window, view, at, column, end - column, PAINT_STRONG, row->hint);
}

/* --- the step --- */

/* "step 3 of 11: moves the pointer right"; "" while no step is worked on. */
static void
describe_step(const struct view *view, char *out, size_t size)
{
    const struct session *session = view->session;
    char total[32] = "";
    *out = '\0';
    if (session->step == 0)
        return;
    if (session->steps > 0)
        snprintf(total, sizeof total, " of %d", session->steps);
    snprintf(out, size, "step %d%s%s%s", session->step, total,
             session->step_title[0] != '\0' ? ": " : "", session->step_title);
}

static bool
fit_beside(const char *step, int lights_columns, int columns)
{
    int room = columns - 2 - lights_columns - 2, wanted = text_columns(step);
    return room >= wanted || room >= STEP_LEAST;
}

int
status_rows(const struct view *view, int columns, int most)
{
    char step[FRAME_TEXT];
    struct row row;
    bool has_light = gather(view, &row);
    describe_step(view, step, sizeof step);
    int wanted = has_light + (*step != '\0');
    if (wanted == 2 && fit_beside(step, row_columns(view, &row), columns))
        wanted = 1;
    return wanted < most ? wanted : most;
}

void
status_draw(WINDOW *window, int top, int rows, const struct view *view)
{
    char step[FRAME_TEXT];
    struct row row;
    int columns = getmaxx(window) - 2, at = top + rows - 1;
    bool has_light = gather(view, &row);
    if (rows <= 0)
        return;
    describe_step(view, step, sizeof step);
    int taken = has_light ? shorten(view, &row, columns) : 0;
    if (taken > columns)
        taken = columns;
    if (has_light)
        draw_lights(window, at, 1 + columns - taken, taken, view, &row);
    int room = rows > 1 || !has_light ? columns : columns - taken - 2;
    if (room >= STEP_LEAST / 2)
        frame_text(window, view, top, 1, room, PAINT_TEXT, step);
}

/* --- keys --- */

static bool
is_past_coding(const struct view *view)
{
    return view->session->phase >= PHASE_DEBRIEF;
}

enum reply
status_step(const struct view *view, struct ui *ui, struct command *command)
{
    const struct session *session = view->session;
    if (is_past_coding(view))
        return REPLY_IGNORED;
    if (session->steps > 0 && session->step >= session->steps) {
        snprintf(ui->notice, sizeof ui->notice, "That is the last step: %d of %d.", session->step,
                 session->steps);
        return REPLY_DRAWN;
    }
    command->kind = COMMAND_STEP;
    command->number = session->step + 1;
    command->ms = session->steps;
    return REPLY_COMMAND;
}

enum reply
status_light(const struct view *view, struct ui *ui, struct command *command)
{
    (void)command;
    if (is_past_coding(view))
        return REPLY_IGNORED;
    overlay_open(ui, OVERLAY_LIGHT);
    return REPLY_DRAWN;
}

/* --- the chooser --- */

static const struct {
    wint_t key;
    enum light light;
} choices[] = {{'g', LIGHT_GREEN}, {'r', LIGHT_RED}, {'a', LIGHT_AMBER}, {'-', LIGHT_NONE}};

enum { CHOICES = sizeof choices / sizeof *choices, FULL_COLUMNS = 60, WORDS_COLUMNS = 40 };

static const char *
word_or_none(enum light light)
{
    return light == LIGHT_NONE ? "none" : status_word(light);
}

void
light_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    int row = getmaxy(window) - 1, columns = getmaxx(window), at = 0;
    bool full = columns >= FULL_COLUMNS, words = columns >= WORDS_COLUMNS;
    (void)ui;
    overlay_row(window, row, PAINT_TEXT, view);
    at += frame_text(window, view, row, at, columns, PAINT_STRONG, full ? "The tests: " : "");
    for (int i = 0; i < CHOICES && at < columns; i++) {
        enum light light = choices[i].light;
        char text[32];
        snprintf(text, sizeof text, "%c ", (char)choices[i].key);
        int left = at;
        at += frame_text(window, view, row, at, columns - at, PAINT_KEY, text);
        snprintf(text, sizeof text, "%s%s%s", glyph(view, lights[light].shape, lights[light].ascii),
                 words ? " " : "", words ? word_or_none(light) : "");
        at += frame_text(window, view, row, at, columns - at, lights[light].paint, text);
        hits_key(view, row, left, at - left, (char[]){(char)choices[i].key, '\0'});
        at += 2;
    }
    hits_hint(view, row, at + 1, full ? "Esc leaves it" : "");
    if (full)
        frame_text(window, view, row, at + 1, columns - at, PAINT_DIM, "Esc leaves it");
}

/* Any other key leaves the light as it is. */
enum reply
light_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    (void)view;
    overlay_close(ui);
    for (int i = 0; i < CHOICES; i++) {
        if (!key_is(key, choices[i].key))
            continue;
        command->kind = COMMAND_LIGHT;
        command->number = (int)choices[i].light;
        return REPLY_COMMAND;
    }
    return REPLY_DRAWN;
}
