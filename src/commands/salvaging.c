#include "commands/salvaging.h"

#include <string.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "session/duration.h"
#include "storage/salvage.h"

/* The first one is introduced. */
static void
print_note(void *user, const struct event *event)
{
    int *notes = user;
    char at[DURATION_SIZE];

    if ((event->kind != EVENT_NOTE_ADDED && event->kind != EVENT_NOTE_EDITED) ||
        event->text == NULL)
        return;
    if ((*notes)++ == 0)
        print_line("Noted behind the damage, and not in the new record:");
    print_line("  %s  %s", clock_text(at, event->at.wall_ms, event->at.utc_offset_s), event->text);
}

static void
tell_written(const char *file, const struct journal_content *content)
{
    const struct event *last = &content->events[content->count - 1];
    char at[DURATION_SIZE];

    complain("%s: holds the %d facts up to %s", file, content->count,
             clock_text(at, last->at.wall_ms, last->at.utc_offset_s));
}

static void
tell_rest(const char *path, const struct journal_content *content)
{
    int notes = 0;
    int lines = salvage_behind(path, content->good_bytes, print_note, &notes);

    if (lines > 0)
        complain("%s: the %d lines from the damage on are left out", path, lines);
}

int
salvaging(const char *path, const char *file)
{
    struct journal_content content;
    char why[JOURNAL_WHY];
    enum journal_status status = journal_read(path, &content, why);
    bool is_damaged = status == JOURNAL_DAMAGED;
    int result = EXIT_DONE;

    if (status != JOURNAL_GOOD)
        complain("%s", why);
    if (status == JOURNAL_FOREIGN || (is_damaged && content.count == 0)) {
        complain("there is nothing that can be saved");
        result = EXIT_DAMAGED;
    } else if (status != JOURNAL_GOOD && !is_damaged) {
        result = EXIT_FAILED;
    } else if (!salvage_write(file, &content, why)) {
        complain("%s", why);
        result = EXIT_FAILED;
    } else {
        tell_written(file, &content);
        if (is_damaged)
            tell_rest(path, &content);
    }
    journal_content_free(&content);
    return result;
}
