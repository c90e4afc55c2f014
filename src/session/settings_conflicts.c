#include <stdarg.h>
#include <stdio.h>

#include "session/duration.h"
#include "session/settings.h"

enum {
    DAY_MINUTES = 24 * 60,
    HALF_DAY_MINUTES = DAY_MINUTES / 2,
    MINUTE_MS = 60000,
    LEAVING_MS = 2000
};

struct finding {
    struct settings_conflict *out;
    int count, most;
};

/* `other` is the row that `row` is at odds with. */
__attribute__((format(printf, 4, 5))) static void
blame(struct finding *finding, const struct setting *row, const struct setting *other,
      const char *format, ...)
{
    if (finding->count == finding->most)
        return;
    struct settings_conflict *conflict = &finding->out[finding->count++];
    conflict->row = row;
    conflict->other = other;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(conflict->why, SETTINGS_ERROR_SIZE, format, arguments);
    va_end(arguments);
}

/* Minutes from start to end, over midnight when the end is the earlier one. */
static int
minutes_between(const struct settings *settings)
{
    return (settings->end - settings->start + DAY_MINUTES) % DAY_MINUTES;
}

/* What says how long the session is. */
static const struct setting *
session_row(const struct settings *settings)
{
    return settings_find("session", settings->end < 0 ? "duration" : "end");
}

/* How long the session is as far as the settings alone say; 0: it depends on when it is started. */
static int64_t
session_length(const struct settings *settings)
{
    if (settings->end < 0)
        return settings->duration_ms;
    return settings->start < 0 ? 0 : (int64_t)minutes_between(settings) * MINUTE_MS;
}

/* False when start and end make no session, so that no length follows from them. */
static bool
check_clock_times(const struct settings *settings, struct finding *finding)
{
    char start[DURATION_SIZE], end[DURATION_SIZE];
    if (settings->start < 0 || settings->end < 0)
        return true;
    const struct setting *row = settings_find("session", "end");
    const struct setting *other = settings_find("session", "start");
    int minutes = minutes_between(settings);
    if (minutes > 0 && minutes <= HALF_DAY_MINUTES)
        return true;
    clock_text(start, (int64_t)settings->start * MINUTE_MS, 0);
    clock_text(end, (int64_t)settings->end * MINUTE_MS, 0);
    if (minutes == 0)
        blame(finding, row, other, "end is the same as start (%s)", start);
    else
        blame(finding, row, other, "end (%s) is before start (%s)", end, start);
    return false;
}

/* True when one part alone is longer than the session. */
static bool
check_part(struct finding *finding, const struct setting *row, const struct setting *other,
           int64_t ms, int64_t session_ms)
{
    char part[DURATION_SIZE], whole[DURATION_SIZE];
    if (ms <= session_ms)
        return false;
    blame(finding, row, other, "the %s (%s) is longer than the session (%s)",
          row->section[0] == 's' ? row->key : row->section, duration_text(part, ms),
          duration_text(whole, session_ms));
    return true;
}

/* R3: there must be room for one planned turn before the debrief. */
static void
check_room(const struct settings *settings, struct finding *finding, int64_t session_ms)
{
    char room[DURATION_SIZE], length[DURATION_SIZE];
    int64_t room_ms = session_ms - settings->intro_ms - settings->debrief_ms;
    if (settings->length_ms <= room_ms)
        return;
    blame(finding, session_row(settings), settings_find("turn", "length"),
          "no turn fits: %s %s between the intro and the debrief, and a turn takes %s",
          room_ms > 0 ? duration_text(room, room_ms) : "nothing",
          room_ms > 0 ? "are left" : "is left", duration_text(length, settings->length_ms));
}

static void
check_lengths(const struct settings *settings, struct finding *finding)
{
    int64_t session_ms = session_length(settings);
    if (session_ms == 0)
        return;
    const struct setting *whole = session_row(settings);
    bool intro = check_part(finding, settings_find("session", "intro"), whole, settings->intro_ms,
                            session_ms);
    bool turn = check_part(finding, settings_find("turn", "length"), whole, settings->length_ms,
                           session_ms);
    bool debrief = check_part(finding, settings_find("debrief", "length"), whole,
                              settings->debrief_ms, session_ms);
    if (!intro && !turn && !debrief)
        check_room(settings, finding, session_ms);
}

/* waiting for the hooks, a second to end them, a second for the rest. */
static void
check_shutdown(const struct settings *settings, struct finding *finding)
{
    char hooks[DURATION_SIZE], grace[DURATION_SIZE];
    if (settings->hooks_ms + LEAVING_MS < settings->grace_ms)
        return;
    blame(finding, settings_find("shutdown", "hooks"), settings_find("shutdown", "grace"),
          "hooks (%s) and 2s to end them are not less than grace (%s)",
          duration_text(hooks, settings->hooks_ms), duration_text(grace, settings->grace_ms));
}

int
settings_conflicts(const struct settings *settings, struct settings_conflict *out, int most)
{
    struct finding finding = {out, 0, most};
    if (check_clock_times(settings, &finding))
        check_lengths(settings, &finding);
    if (settings->minimum_ms > settings->debrief_ms) {
        char minimum[DURATION_SIZE], length[DURATION_SIZE];
        blame(&finding, settings_find("debrief", "minimum"), settings_find("debrief", "length"),
              "the minimum (%s) is more than the length (%s)",
              duration_text(minimum, settings->minimum_ms),
              duration_text(length, settings->debrief_ms));
    }
    check_shutdown(settings, &finding);
    return finding.count;
}
