#include <stdlib.h>
#include <string.h>

#include "session/settings.h"

#define SECONDS(n) ((int64_t)(n)*1000)
#define MINUTES(n) SECONDS(60 * (n))
#define HOURS(n)   MINUTES(60 * (n))

#define AT(member) offsetof(struct settings, member)

/* Bytes of a text. All of them together must fit into the opening event's line. */
enum { SENTENCE = 300, ADDRESS = 500, PATH = 1000 };

const struct setting settings_table[SETTINGS_KEYS + 1] = {
    {"session", "title", SETTING_TEXT, AT(title), "Coding dojo", 0, SENTENCE, NULL,
     "What the meeting is called; it stands at the top of every screen."},
    {"session", "topic", SETTING_TEXT, AT(topic), "", 0, SENTENCE, NULL,
     "What you work on today, for example Brainfuck interpreter."},
    {"session", "stack", SETTING_TEXT, AT(stack), "", 0, SENTENCE, NULL,
     "The language and test framework, for example C# and NUnit."},
    {"session", "url", SETTING_TEXT, AT(url), "", 0, ADDRESS, NULL,
     "Where the topic is described; shown on the opening board and in the report."},
    {"session", "participants", SETTING_PATH, AT(participants), "", 0, PATH, NULL,
     "The file with the names, one a line, relative to this file; unset, it is participants.txt "
     "beside this file."},
    {"session", "records", SETTING_PATH, AT(records), "", 0, PATH, NULL,
     "The folder that keeps the record of each session, relative to this file; unset, it is your "
     "own data folder."},
    {"session", "steps", SETTING_PATH, AT(steps), "", 0, PATH, NULL,
     "The folder with tests written beforehand and disabled, or a file with one step a line, "
     "relative to this file; the step worked on is then on screen."},
    {"session", "start", SETTING_CLOCK, AT(start), "", 0, 0, NULL,
     "The time of day at which coding is planned to start, for example 12:45; unset, it starts "
     "when somebody presses Enter."},
    {"session", "end", SETTING_CLOCK, AT(end), "", 0, 0, NULL,
     "The time of day at which everybody must leave, for example 14:00; it does not move when you "
     "start late, and it wins over duration."},
    {"session", "duration", SETTING_DURATION, AT(duration_ms), "1h15m", MINUTES(1), HOURS(12), NULL,
     "How long the session takes, debrief included, from start, or else from the first Enter."},
    {"session", "intro", SETTING_DURATION, AT(intro_ms), "0s", 0, HOURS(1), NULL,
     "Time to explain the topic before the first turn; 0s starts with the first turn."},

    {"turn", "length", SETTING_DURATION, AT(length_ms), "5m", SECONDS(30), HOURS(1), NULL,
     "How long one person has the keyboard."},
    {"turn", "handover", SETTING_DURATION, AT(handover_ms), "10s", 0, MINUTES(5), NULL,
     "Time to change seats between two turns; 0s starts the next turn at once."},
    {"turn", "autostart", SETTING_SWITCH, AT(autostart), "yes", 0, 0, NULL,
     "Whether the next turn starts by itself after the handover; with no, it waits for a key and "
     "shows how long it has been waiting."},
    {"turn", "warn", SETTING_DURATIONS, AT(warn_ms), "1m 10s", SECONDS(1), HOURS(1), NULL,
     "How long before the end of a turn the room is warned, up to four times split by blanks; "
     "the longest one names the next driver."},
    {"turn", "extend", SETTING_DURATION, AT(extend_ms), "1m", SECONDS(10), MINUTES(30), NULL,
     "How much time one press of + adds to a turn."},
    {"turn", "extensions", SETTING_COUNT, AT(extensions), "2", 0, 10, NULL,
     "How often one turn may be extended; 0 forbids it."},
    {"turn", "order", SETTING_CHOICE, AT(order), "listed", 0, 0, "listed fair shuffled",
     "Who drives after whom: listed keeps the order of the participants file, fair begins with "
     "those who drove least in past sessions, shuffled draws lots when the session is opened."},
    {"turn", "copilot", SETTING_SWITCH, AT(copilot), "no", 0, 0, NULL,
     "Whether the next driver sits beside the driver, as the co-pilot; the screens name both "
     "seats."},
    {"turn", "lock", SETTING_DURATION, AT(lock_ms), "1m", 0, HOURS(1), NULL,
     "How long before the end of a turn the next driver is settled, so that a latecomer does not "
     "take a seat already announced."},

    {"pause", "length", SETTING_DURATION, AT(pause_ms), "3m", 0, HOURS(1), NULL,
     "How long a discussion may stop the turn before the room is reminded; 0s allows no pauses."},

    {"break", "every", SETTING_COUNT, AT(break_every), "0", 0, 100, NULL,
     "After how many turns everybody takes a break, as long as a turn still fits after it; 0 means "
     "no breaks."},
    {"break", "length", SETTING_DURATION, AT(break_ms), "5m", MINUTES(1), HOURS(1), NULL,
     "How long a break lasts."},

    {"debrief", "length", SETTING_DURATION, AT(debrief_ms), "10m", 0, HOURS(2), NULL,
     "Time kept for the debrief before the end; no planned turn runs into it."},
    {"debrief", "minimum", SETTING_DURATION, AT(minimum_ms), "5m", 0, HOURS(2), NULL,
     "What an extra turn must leave of the debrief; a turn still running then is ended."},
    {"debrief", "format", SETTING_CHOICE, AT(format), "criteo", 0, 0,
     "criteo learn-hinder four-feelings five-ways kerth one-word lights",
     "Which questions the debrief asks: criteo (learned, went well, poor decisions), learn-hinder "
     "(learned, what hindered it), four-feelings (pleased, displeased, surprised, puzzled), "
     "five-ways (go on, more, less, start, stop), kerth (well done, learned, differently, still "
     "puzzling), one-word (for little time) or lights (a look back on what the tests showed)."},
    {"debrief", "question", SETTING_TEXTS, AT(questions), "", 0, SENTENCE, NULL,
     "A question of the debrief; write one line a question, your own replace those of the format."},

    {"roles", "role", SETTING_TEXTS, AT(roles), "Master of Ceremony\nMaster of Dojo", 0, SENTENCE,
     NULL,
     "Something a volunteer prepares for the next session; write one line a role, your own replace "
     "these."},

    {"alerts", "notification", SETTING_SWITCH, AT(notification), "yes", 0, 0, NULL,
     "Whether the desktop shows a popup when a turn is about to end, is over, or the debrief "
     "starts."},
    {"alerts", "bell", SETTING_SWITCH, AT(bell), "no", 0, 0, NULL,
     "Whether the terminal bell rings at the end of a turn."},
    {"alerts", "flash", SETTING_SWITCH, AT(flash), "yes", 0, 0, NULL,
     "Whether the screen flashes once at the end of a turn."},
    {"alerts", "repeat", SETTING_DURATION, AT(repeat_ms), "20s", 0, MINUTES(10), NULL,
     "How often the room is reminded of a handover that waits or a pause that is over; 0s never."},

    {"display", "seconds", SETTING_CHOICE, AT(seconds), "always", 0, 0, "always last-minute",
     "When the clock shows seconds: always, or last-minute for only the last minute of a turn, "
     "which is calmer."},
    {"display", "theme", SETTING_CHOICE, AT(theme), "auto", 0, 0, "auto dark light contrast mono",
     "The colours: auto keeps the terminal's background; dark is white on black; light is black on "
     "white, the best for a projector in a bright room; contrast leaves out all that is faint; "
     "mono "
     "has no colours."},
    {"display", "advice", SETTING_CHOICE, AT(advice), "free", 0, 0, "free green-only",
     "When the audience may give advice: free is at any time; with green-only the screen reminds "
     "everybody that comments on the design wait for green tests."},

    {"display", "mouse", SETTING_SWITCH, AT(mouse), "no", 0, 0, NULL,
     "Whether the mouse works: a click puts the cursor on a row, a second one takes it; the wheel "
     "scrolls; keys in the footer can be clicked. To select text, hold Shift then."},

    {"cadence", "every", SETTING_EVERY, AT(every), "1 month", 1, 12, NULL,
     "How often you meet, in weeks or months, for example 2 weeks; the closing proposes the next "
     "date from it, randori history says when it is overdue; off asks for no date."},
    {"cadence", "weekday", SETTING_CHOICE, AT(weekday), "any", 0, 0,
     "any monday tuesday wednesday thursday friday saturday sunday",
     "The day of the week on which you meet; any is that of the session before."},

    {"shutdown", "grace", SETTING_DURATION, AT(grace_ms), "10s", SECONDS(3), MINUTES(1), NULL,
     "How long leaving may take in all, however slow a disk or a hook is."},
    {"shutdown", "hooks", SETTING_DURATION, AT(hooks_ms), "5s", 0, MINUTES(1), NULL,
     "How long leaving waits for hooks that are still at work before it ends them; with 2s more it "
     "has to be less than grace."},

    {0},
};

const struct setting *
settings_find(const char *section, const char *key)
{
    for (const struct setting *row = settings_table; row->section != NULL; row++)
        if (strcmp(row->section, section) == 0 && strcmp(row->key, key) == 0)
            return row;
    return NULL;
}

bool
settings_has_section(const char *section)
{
    for (const struct setting *row = settings_table; row->section != NULL; row++)
        if (strcmp(row->section, section) == 0)
            return true;
    return false;
}

enum { WORD_MOST = 24, EDITS_MOST = 2 };

static int
least_of(int a, int b)
{
    return a < b ? a : b;
}

static char
lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

/* Letters changed, added, lost or swapped with their neighbour between two words of at most
 * WORD_MOST letters, whatever their case. */
static int
edits_between(const char *word, const char *other)
{
    int edits[WORD_MOST + 1][WORD_MOST + 1];
    int rows = (int)strlen(word), columns = (int)strlen(other);
    for (int i = 0; i <= rows; i++) {
        for (int j = 0; j <= columns; j++) {
            if (i == 0 || j == 0) {
                edits[i][j] = i + j;
                continue;
            }
            char a = lower(word[i - 1]), b = lower(other[j - 1]);
            edits[i][j] = least_of(edits[i - 1][j - 1] + (a != b),
                                   least_of(edits[i - 1][j], edits[i][j - 1]) + 1);
            if (i > 1 && j > 1 && a == lower(other[j - 2]) && b == lower(word[i - 2]))
                edits[i][j] = least_of(edits[i][j], edits[i - 2][j - 2] + 1);
        }
    }
    return edits[rows][columns];
}

const char *
settings_nearest(const char *section, const char *name)
{
    const char *nearest = NULL;
    size_t length = strlen(name);
    int best = length > 3 ? EDITS_MOST : 1; /* two edits make any short word of any other */
    if (length > WORD_MOST)
        return NULL;
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        if (section != NULL && strcmp(section, row->section) != 0)
            continue;
        const char *known = section == NULL ? row->section : row->key;
        int edits = edits_between(name, known);
        if (edits < best || (edits == best && nearest == NULL)) {
            best = edits;
            nearest = known;
        }
    }
    return nearest;
}
