/* What the alerts say: a title with the name or the time that matters, and one sentence. */
#include "session/alerts.h"
#include "session/duration.h"
#include "session/sentence.h"

enum { MINUTE_MS = 60000 };

struct words {
    struct sentence title, text;
    const struct session *session;
    struct moment now;
};

static const char *
clock_of(const struct words *words, char out[static DURATION_SIZE], int64_t wall_ms)
{
    return clock_text(out, wall_ms, words->now.utc_offset_s);
}

static const char *
driver_name(const struct words *words)
{
    return session_name(words->session, words->session->turn.driver);
}

static const char *
next_name(const struct words *words)
{
    return session_name(words->session, session_next_driver(words->session));
}

/* Of the turn that is over; without a handover the next one runs already. */
static int
number_over(const struct words *words)
{
    const struct session *session = words->session;

    return session->turns_count > 0 ? session->turns[session->turns_count - 1].turn.number
                                    : session->turn.number;
}

static bool
is_alone(const struct words *words)
{
    return roster_rotators(&words->session->roster) <= 1;
}

/* Is the turn after this one neither planned nor possible as the extra turn? */
static bool
debrief_follows(const struct words *words)
{
    const struct session *session = words->session;
    struct moment start =
        moment_at(words->now, session->turn.deadline_ms + session->settings.handover_ms);

    return session->stop_ms != 0 && !session_turn_fits(session, start, false) &&
           (session->extra_used || !session_turn_fits(session, start, true));
}

static void
say_what_follows(struct words *words)
{
    char clock[DURATION_SIZE];

    if (session_break_follows(words->session, words->now))
        sentence_add(&words->title, "Next: a break, then %s", next_name(words));
    else if (debrief_follows(words))
        sentence_add(&words->title, "Next: the debrief, %s",
                     clock_of(words, clock, session_debrief_wall(words->session)));
    else if (is_alone(words))
        sentence_add(&words->title, "Turn %d ends soon", words->session->turn.number);
    else
        sentence_add(&words->title, "Next: %s", next_name(words));
}

static void
say_heads_up(struct words *words)
{
    char left[DURATION_SIZE];

    say_what_follows(words);
    sentence_add(&words->text, "%s has the keyboard for another %s.", driver_name(words),
                 duration_clock(left, session_left_ms(words->session, words->now)));
}

static void
say_time_up(struct words *words)
{
    const struct session *session = words->session;
    char clock[DURATION_SIZE];

    if (session->phase == PHASE_OFFER) {
        sentence_add(&words->title, "An extra turn for %s?", next_name(words));
        sentence_add(
            &words->text, "Otherwise the debrief starts at %s.",
            clock_of(words, clock, moment_at(words->now, session->offer_until_ms).wall_ms));
        return;
    }
    if (session->phase >= PHASE_DEBRIEF)
        sentence_add(&words->title, "Debrief");
    else if (is_alone(words))
        sentence_add(&words->title, "A good moment to commit");
    else if (session->phase == PHASE_TURN)
        sentence_add(&words->title, "Time! %s has the keyboard", driver_name(words));
    else
        sentence_add(&words->title, "Time! %s is next", next_name(words));
    sentence_add(&words->text, "Turn %d is over.", number_over(words));
}

static void
say_nudge(struct words *words)
{
    char clock[DURATION_SIZE];

    sentence_add(&words->title, "%s, the keyboard is yours", next_name(words));
    sentence_add(&words->text, "Turn %d has been over for %s; the next one waits.",
                 number_over(words),
                 duration_clock(clock, words->now.elapsed_ms - words->session->phase_ms));
}

static void
say_pause_over(struct words *words)
{
    const struct session *session = words->session;
    char since[DURATION_SIZE], left[DURATION_SIZE];

    sentence_add(&words->title, "Back to the code?");
    sentence_add(&words->text, "Paused for %s; %s has %s left.",
                 duration_clock(since, words->now.elapsed_ms - session->pause_ms),
                 driver_name(words), duration_clock(left, session->turn.left_ms));
}

static void
say_intro_over(struct words *words)
{
    char length[DURATION_SIZE];

    sentence_add(&words->title, "Ready to code?");
    sentence_add(&words->text, "The introduction has had its %s; %s has the keyboard first.",
                 duration_text(length, words->session->settings.intro_ms), next_name(words));
}

static void
say_debrief_soon(struct words *words)
{
    char clock[DURATION_SIZE];

    sentence_add(&words->title, "Debrief at %s",
                 clock_of(words, clock, session_debrief_wall(words->session)));
    sentence_add(&words->text, "About two more turns. It is fine not to finish.");
}

static void
say_break(struct words *words)
{
    const struct session *session = words->session;
    int64_t until_ms = moment_at(words->now, session->break_until_ms).wall_ms;
    char clock[DURATION_SIZE];

    sentence_add(&words->title, "Break, until %s", clock_of(words, clock, until_ms));
    sentence_add(&words->text, "Then %s has the keyboard.", next_name(words));
}

static void
say_break_over(struct words *words)
{
    sentence_add(&words->title, "The break is over");
    sentence_add(&words->text, "%s is next.", next_name(words));
}

static void
say_debrief(struct words *words)
{
    const struct text_list *questions = &words->session->settings.questions;
    char clock[DURATION_SIZE];

    sentence_add(&words->title, "Debrief, until %s",
                 clock_of(words, clock, words->session->stop_ms));
    sentence_add(&words->text, "%s", questions->item[0]);
}

static void
say_stop(struct words *words)
{
    int64_t over_ms = words->now.wall_ms - words->session->stop_ms;
    char clock[DURATION_SIZE];

    sentence_add(&words->title, "It is %s", clock_of(words, clock, words->now.wall_ms));
    if (over_ms < MINUTE_MS)
        sentence_add(&words->text, "The planned end of the session.");
    else
        sentence_add(&words->text, "The session was to end %d minutes ago.",
                     (int)(over_ms / MINUTE_MS));
}

void
alerts_text(const struct session *session, struct moment now, enum alert alert, char *title,
            size_t title_size, char *text, size_t text_size)
{
    static void (*const say[ALERTS])(struct words *) = {
        [ALERT_HEADS_UP] = say_heads_up,
        [ALERT_WARNING] = say_heads_up,
        [ALERT_TIME_UP] = say_time_up,
        [ALERT_NUDGE] = say_nudge,
        [ALERT_PAUSE_OVER] = say_pause_over,
        [ALERT_INTRO_OVER] = say_intro_over,
        [ALERT_BREAK] = say_break,
        [ALERT_BREAK_OVER] = say_break_over,
        [ALERT_DEBRIEF_SOON] = say_debrief_soon,
        [ALERT_DEBRIEF] = say_debrief,
        [ALERT_STOP] = say_stop,
    };
    struct words words = {.session = session, .now = now};

    if (say[alert] != NULL)
        say[alert](&words);
    sentence_finish(&words.title, title, title_size);
    sentence_finish(&words.text, text, text_size);
}
