#include "storage/past.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/calendar.h"
#include "session/session.h"
#include "storage/continued.h"
#include "storage/history.h"
#include "storage/listing.h"
#include "storage/past_file.h"
#include "storage/paths.h"

struct pass {
    const char *folder;
    int folder_fd;
    int64_t wall_ms;
    void (*visit)(void *user, const struct past *past);
    void *user;
    struct problems *problems;
    struct past_file file;
    int count;
};

static void
hand_over(struct pass *pass, struct past *past)
{
    past->idle = past->closing->turns == 0;
    if (past->idle && past->closing->done_count == 0)
        return;
    pass->count += !past->idle;
    pass->visit(pass->user, past);
}

/* True when there is nothing more to find out about it. */
static bool
take_closed(struct pass *pass, const char *name)
{
    struct past_file *file = &pass->file;
    const struct closing *closing = &file->closing;

    if (!past_file_read(&pass->file, pass->folder_fd, name) ||
        closing->actions > closing->items_count) /* the line has not all of them */
        return false;
    if (!file->practice)
        hand_over(pass, &file->past);
    return true;
}

static void
take_session(struct pass *pass, const char *name, const struct session *session)
{
    bool is_closed = session_is_over(session);
    struct closing *closing = session_closing(session, is_closed ? session->ended : session->last);
    struct past past = {.record = name,
                        .opened = session->opened,
                        .closed = is_closed,
                        .title = session->settings.title,
                        .topic = session->settings.topic,
                        .stack = session->settings.stack,
                        .closing = closing};

    if (closing != NULL)
        hand_over(pass, &past);
    closing_free(closing);
}

/* What is ticked off before the start is done, whether or not a start followed. */
static bool
is_past(const struct session *session, int64_t wall_ms)
{
    return session->phase == PHASE_WAITING || !session_may_go_on(session, wall_ms);
}

/* The session that is running or was just opened is no mistake, whatever stands in its file. */
static void
complain(struct pass *pass, const char *path, const char *why)
{
    int pid;

    if (!journal_is_live(path, &pid))
        problems_add(pass->problems, NULL, 0, "%s", why);
}

/* The day on which the record was begun, by its name; false when it does not tell. */
static bool
day_of(const char *name, int64_t *day)
{
    char date[CALENDAR_SIZE];

    if (strlen(name) < 8)
        return false;
    snprintf(date, sizeof date, "%.4s-%.2s-%.2s", name, name + 4, name + 6);
    return calendar_parse(date, day);
}

/* The same session may go on in a later file, which then counts. Whoever has no neighbour in time
 * need not look for it. */
static bool
is_continued(const char *path, const char *name, const char *next)
{
    int64_t day, day_of_next;

    return next != NULL && day_of(name, &day) && day_of(next, &day_of_next) &&
           day_of_next - day <= 1 && record_is_continued(path);
}

static void
replay(struct pass *pass, const char *name, const char *next)
{
    char *path = paths_join(pass->folder, name);
    char why[JOURNAL_WHY];
    struct session session = {0};
    enum journal_status status;

    if (path == NULL)
        return;
    status = history_load(path, &session, why);
    if (session_is_over(&session) || !is_continued(path, name, next)) {
        if (status != JOURNAL_GOOD)
            complain(pass, path, why);
        else if (!session.opening->practice && is_past(&session, pass->wall_ms))
            take_session(pass, name, &session);
    }
    session_free(&session);
    free(path);
}

int
past_each(const char *folder, int64_t wall_ms, void (*visit)(void *user, const struct past *past),
          void *user, struct problems *problems)
{
    struct pass pass = {.folder = folder,
                        .wall_ms = wall_ms,
                        .visit = visit,
                        .user = user,
                        .problems = problems,
                        .folder_fd = -1};
    struct listing listing;

    listing_read(folder, &listing);
    if (listing.count > 0)
        pass.folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    for (int i = 0; i < listing.count; i++) {
        if (!take_closed(&pass, listing.name[i]))
            replay(&pass, listing.name[i], i + 1 < listing.count ? listing.name[i + 1] : NULL);
    }
    if (pass.folder_fd >= 0)
        close(pass.folder_fd);
    past_file_free(&pass.file);
    listing_free(&listing);
    return pass.count;
}

static void
remember(void *user, const struct past *past)
{
    memory_add(user, past);
}

void
past_aliases(const struct participants *participants, struct memory *memory)
{
    for (int i = 0; i < participants->alias_count; i++)
        memory_alias(memory, participants->alias[i].other, participants->alias[i].name);
}

void
past_remember(const char *folder, int64_t wall_ms, const struct participants *participants,
              struct memory *memory, struct problems *problems)
{
    memory_init(memory);
    past_aliases(participants, memory);
    past_each(folder, wall_ms, remember, memory, problems);
}
