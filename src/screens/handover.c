/* Between two turns: who is next, and how soon; and the offer of the extra turn. */
#include <stdio.h>
#include <string.h>

#include "screens/big.h"
#include "screens/frame.h"
#include "screens/overlay.h"
#include "screens/screen.h"
#include "screens/status.h"
#include "session/text.h"

enum {
    COUNTDOWN_ROWS = 5,
    ROOMY_ROWS = 20,
    PASSES = 2,         /* that offer the observer's seat */
    NARROW_COLUMNS = 60 /* below that, few names have large letters */
};

static const struct key_help keys[] = {
    {"Space", "start now", "Start the next turn now (also Enter and n).", COMMAND_NEXT},
    {"b", "was a pause", "It was a pause: what was lost while the machine slept is given back.",
     COMMAND_FORGIVE_GAP},
    {"h", "hold", "Hold the handover: the next turn waits for a key.", COMMAND_HOLD},
    {"+", "time", "Give the turn that just ended the extra time that session.ini allows.",
     COMMAND_EXTEND},
    {"s", "next passes", "The next driver passes for now; somebody else is next.", COMMAND_PASS},
    {"c", "", "Choose who is next.", COMMAND_NONE},
    {0},
};

static bool
is_offer(const struct view *view)
{
    return view->session->phase == PHASE_OFFER;
}

/* NULL before the first turn. */
static const struct turn_record *
last_turn(const struct session *session)
{
    return session->turns_count > 0 ? &session->turns[session->turns_count - 1] : NULL;
}

static const char *
last_driver(const struct view *view)
{
    const struct turn_record *last = last_turn(view->session);
    return last != NULL ? session_name(view->session, last->turn.driver) : "";
}

static int
coming_number(const struct view *view)
{
    const struct turn_record *last = last_turn(view->session);
    return last != NULL ? last->turn.number + 1 : 1;
}

/* Whether a gap was a pause: until that is answered, nothing starts by itself. */
static bool
asks_about_gap(const struct view *view)
{
    return view->session->gap.open;
}

static bool
starts_by_itself(const struct view *view)
{
    const struct session *session = view->session;
    return is_offer(view) || (session->settings.autostart && !session->held);
}

static void
draw_header(WINDOW *window, const struct view *view)
{
    char right[FRAME_TEXT], time[DURATION_SIZE];
    frame_time(time, view, view->now.wall_ms);
    if (is_offer(view))
        snprintf(right, sizeof right, "extra turn?%s%s", frame_dot(view), time);
    else
        snprintf(right, sizeof right, "turn %d of %d%s%s", coming_number(view), view->plan->total,
                 frame_dot(view), time);
    frame_header(window, view, right);
}

/* What has happened: the banner's words, in few of them where `brief`. */
static void
describe_banner(const struct view *view, bool brief, char *out, size_t size)
{
    char time[DURATION_SIZE];
    const struct turn_record *last = last_turn(view->session);
    if (asks_about_gap(view) && last != NULL)
        snprintf(out, size,
                 brief ? "Turn %d ended at %s, asleep"
                       : "Turn %d ended at %s while this machine slept",
                 last->turn.number, frame_time(time, view, last->ended.wall_ms));
    else if (is_offer(view))
        snprintf(out, size, "%sONE EXTRA TURN?", brief ? "" : "The planned turns are over: ");
    else if (*last_driver(view) == '\0')
        snprintf(out, size, "COME TO THE KEYBOARD");
    else
        snprintf(out, size, brief ? "HAND OVER TO" : "HAND OVER THE KEYBOARD TO");
}

/* What will happen. */
static void
describe_start(const struct view *view, bool brief, char *out, size_t size)
{
    char clock[DURATION_SIZE];
    const char *dot = frame_dot(view);
    int turn = coming_number(view);
    duration_clock(clock, session_left_ms(view->session, view->now));
    if (asks_about_gap(view))
        snprintf(out, size, "Enter starts turn %d%sb it was a pause%s", turn, dot,
                 brief ? "" : ", go on with the old turn");
    else if (is_offer(view) && brief)
        snprintf(out, size, "Enter yes%sd debrief%s%s", dot, dot, clock);
    else if (is_offer(view))
        snprintf(out, size, "Enter starts it%sd debrief now%sdebrief by itself in %s", dot, dot,
                 clock);
    else if (starts_by_itself(view))
        snprintf(out, size, "Turn %d starts by itself in %s", turn, clock);
    else
        snprintf(out, size, "%sSpace starts turn %d%s%s%s", view->session->held ? "Held: " : "",
                 turn, dot, brief ? "" : "waiting ", clock);
}

typedef void (*sentence)(const struct view *view, bool brief, char *out, size_t size);

/* In full where that fits, else in brief. */
static void
say(const WINDOW *window, const struct view *view, sentence describe, char *out, size_t size)
{
    describe(view, false, out, size);
    if (text_columns(out) > getmaxx(window) - 2)
        describe(view, true, out, size);
}

static bool
has_not_driven(const struct view *view, const struct person *person)
{
    return roster_rotates(person) && person->turns == 0 &&
           person->id != session_next_driver(view->session);
}

/* R13: at the last planned turn, and at the offer, those who have not driven are named. Empty when
 * there is nobody to name. */
static void
describe_not_yet(const struct view *view, char *out, size_t size)
{
    const struct roster *roster = &view->session->roster;
    size_t used = 0;
    *out = '\0';
    if (!is_offer(view) && view->plan->count != 1)
        return;
    for (int i = 0; i < roster->count && used < size; i++) {
        if (has_not_driven(view, &roster->people[i]))
            used += (size_t)snprintf(out + used, size - used, "%s%s",
                                     used ? ", " : "not yet: ", roster->people[i].name);
    }
}

/* R12: two passes offer the observer's seat, without a comment. Empty when there is nobody to ask. */
static void
describe_observer(const struct view *view, char *out, size_t size)
{
    const struct roster *roster = &view->session->roster;
    for (int i = 0; i < roster->count; i++) {
        const struct person *person = &roster->people[i];
        if (person->passed && person->passes >= PASSES && roster_rotates(person)) {
            snprintf(out, size, "%s may also just watch: v, then O", person->name);
            return;
        }
    }
}

/* Who else should be thought of, one row at most. */
static void
describe_others(const struct view *view, char *out, size_t size)
{
    describe_not_yet(view, out, size);
    if (*out == '\0')
        describe_observer(view, out, size);
}

/* Three rows (one in a small window) in reverse, from edge to edge. Returns the row behind it. */
static int
draw_banner(WINDOW *window, const struct view *view, int top, int rows)
{
    char text[FRAME_TEXT];
    attr_t attributes = paint_attributes(PAINT_ALARM, view->colours);
    for (int i = 0; i < rows; i++)
        mvwhline(window, top + i, 0, ' ' | attributes, getmaxx(window));
    say(window, view, describe_banner, text, sizeof text);
    frame_centred(window, view, top + rows / 2, PAINT_ALARM, text);
    return top + rows;
}

static const char *
next_name(const struct view *view)
{
    return session_name(view->session, session_next_driver(view->session));
}

/* The countdown, unless an answer is waited for. Returns the rows left above it. */
static int
draw_countdown(WINDOW *window, const struct view *view, int bottom, int rows)
{
    char clock[DURATION_SIZE];
    if (asks_about_gap(view) || rows < COUNTDOWN_ROWS - 2)
        return bottom;
    enum paint paint = starts_by_itself(view) ? PAINT_CLOCK : PAINT_LAST;
    big_clock(window, view, bottom - rows, rows, paint,
              duration_clock(clock, session_left_ms(view->session, view->now)));
    return bottom - rows;
}

/* The name is what matters: the countdown gets what the name has no use for. */
static int
rows_for_countdown(const WINDOW *window, int free_rows)
{
    if (getmaxy(window) >= ROOMY_ROWS)
        return free_rows / 3 > COUNTDOWN_ROWS ? free_rows / 3 : COUNTDOWN_ROWS;
    return getmaxx(window) < NARROW_COLUMNS && free_rows > COUNTDOWN_ROWS ? free_rows - 3 : 0;
}

/* The banner is read on into the name: who comes is what is large, who leaves stands below. */
static bool
is_read_on(const struct view *view)
{
    return !asks_about_gap(view) && !is_offer(view);
}

static void
describe_seats(const struct view *view, char *out, size_t size)
{
    const char *copilot = frame_copilot(view), *from = last_driver(view);
    if (!is_read_on(view))
        snprintf(out, size, "next at the keyboard");
    else
        snprintf(out, size, "%s%s", *from ? "from " : "", from);
    size_t used = strlen(out);
    if (*copilot)
        snprintf(out + used, size - used, "%sco-pilot: %s", used > 0 ? frame_dot(view) : "",
                 copilot);
}

/* Above the name or below it, where two rows are left. */
static void
draw_name(WINDOW *window, const struct view *view, int top, int bottom)
{
    char seats[2 * FRAME_TEXT];
    describe_seats(view, seats, sizeof seats);
    if (bottom - top > 1 && *seats)
        frame_centred(window, view, is_read_on(view) ? --bottom : top++, PAINT_TEXT, seats);
    big_name(window, view, top, bottom - top, PAINT_STRONG, next_name(view));
}

static void
draw_body(WINDOW *window, const struct view *view, int bottom)
{
    char start[FRAME_TEXT], not_yet[4 * FRAME_TEXT];
    bool roomy = getmaxy(window) >= ROOMY_ROWS;
    int top = draw_banner(window, view, 1, roomy ? 3 : 1);
    int status = status_rows(view, getmaxx(window), roomy ? 2 : 1);
    int timeline_row = bottom - (roomy && status < 2 ? 2 : 1 + status);

    status_draw(window, bottom - status, status, view);
    frame_timeline(window, timeline_row, view);
    describe_others(view, not_yet, sizeof not_yet);
    frame_centred(window, view, timeline_row - 1, PAINT_STRONG, not_yet);
    say(window, view, describe_start, start, sizeof start);
    int start_row = timeline_row - (*not_yet || roomy ? 2 : 1);
    frame_centred(window, view, start_row, PAINT_STRONG, start);

    int free_rows = start_row - top;
    bottom = draw_countdown(window, view, start_row, rows_for_countdown(window, free_rows));
    draw_name(window, view, top + (roomy ? 1 : 0), bottom);
}

static void
draw_strip(WINDOW *window, const struct view *view, int bottom)
{
    char start[FRAME_TEXT], line[2 * FRAME_TEXT];
    int top = draw_banner(window, view, (bottom - 3) / 2, 1);
    const char *copilot = frame_copilot(view);
    snprintf(line, sizeof line, "%s %s%s%s%s%s%s", view->ascii ? "->" : "→", next_name(view),
             *copilot ? " + " : "", copilot,
             is_read_on(view) && *last_driver(view) ? "  (from " : "",
             is_read_on(view) ? last_driver(view) : "",
             is_read_on(view) && *last_driver(view) ? ")" : "");
    frame_text(window, view, top, 1, getmaxx(window) - 1, PAINT_STRONG, line);
    say(window, view, describe_start, start, sizeof start);
    if (top + 1 < bottom)
        frame_text(window, view, top + 1, 1, getmaxx(window) - 1, PAINT_TEXT, start);
    if (top + 2 < bottom)
        status_draw(window, top + 2, status_rows(view, getmaxx(window), 1), view);
}

static void
handover_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    if (frame_small(window, view))
        return;
    int bottom = frame_footer(window, view, ui, keys);
    if (frame_rung(window) == RUNG_STRIP) {
        draw_strip(window, view, bottom);
        return;
    }
    draw_header(window, view);
    draw_body(window, view, bottom);
}

static enum reply
command_of(struct command *command, enum command_kind kind)
{
    command->kind = kind;
    return REPLY_COMMAND;
}

static enum reply
handover_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    (void)view;
    if (key_is_enter(key))
        return command_of(command, COMMAND_NEXT);
    if (key.function || key.alt)
        return REPLY_IGNORED;
    switch (key.code) {
    case ' ':
    case 'n':
        return command_of(command, COMMAND_NEXT);
    case 'b':
        return command_of(command, COMMAND_FORGIVE_GAP);
    case 'h':
        return command_of(command, COMMAND_HOLD);
    case '+':
        return command_of(command, COMMAND_EXTEND);
    case 's':
        return command_of(command, COMMAND_PASS);
    case 'c':
        ui->people_use = PEOPLE_HERE;
        overlay_open(ui, OVERLAY_PEOPLE);
        return REPLY_DRAWN;
    default:
        return REPLY_IGNORED;
    }
}

const struct screen handover_screen = {
    .name = "handover", .draw = handover_draw, .key = handover_key, .keys = keys};
