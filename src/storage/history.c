#include "storage/history.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "storage/continued.h"
#include "storage/listing.h"
#include "storage/paths.h"

/* A session is opened at most a day before its start and lasts at most a day: nothing older than
 * this can be resumed. */
static const int64_t oldest_ms = 3 * 24 * 3600 * (int64_t)1000;

static const char *
name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

/* ---- replaying ---- */

/* False when memory is out: then there is no session. */
static bool
replay(const struct journal_content *content, struct session *session)
{
    session_free(session);
    if (!session_init(session))
        return false;
    for (int i = 0; i < content->count; i++)
        session_apply(session, &content->events[i]);
    if (session->opening != NULL)
        return true;
    session_free(session);
    return false;
}

enum journal_status
history_load(const char *path, struct session *session, char why[static JOURNAL_WHY])
{
    struct journal_content content;
    enum journal_status status = journal_read(path, &content, why);

    if (content.count > 0 && (status == JOURNAL_GOOD || status == JOURNAL_DAMAGED) &&
        !replay(&content, session)) {
        snprintf(why, JOURNAL_WHY, "%s: out of memory", path);
        status = JOURNAL_FAILED;
    }
    if (status == JOURNAL_GOOD && content.torn_bytes > 0)
        snprintf(why, JOURNAL_WHY, "%s: a half-written last line (%lld bytes) is left out", path,
                 (long long)content.torn_bytes);
    journal_content_free(&content);
    return status;
}

/* True when there is a session to look at. */
static bool
load_or_name(const char *path, struct session *session, struct problems *problems)
{
    char why[JOURNAL_WHY];
    enum journal_status status = history_load(path, session, why);

    if (status != JOURNAL_GOOD && status != JOURNAL_EMPTY)
        problems_add(problems, NULL, 0, "%s", why);
    return session->opening != NULL;
}

/* ---- choosing ---- */

struct wanted {
    bool (*fits)(const struct wanted *wanted, const char *path, const struct session *session);
    const char *before, *host;
    int64_t wall_ms;
    char oldest[32]; /* a file name; older ones are not looked at */
};

static bool
is_too_new(const struct wanted *wanted, const char *name)
{
    return wanted->before != NULL && strcmp(name, name_of(wanted->before)) >= 0;
}

/* The path of the file and its session when that fits. */
static char *
try_session(const char *folder, const char *name, const struct wanted *wanted,
            struct session *session, struct problems *problems)
{
    char *path = paths_join(folder, name);
    struct session found = {0};

    if (path != NULL && load_or_name(path, &found, problems) &&
        wanted->fits(wanted, path, &found) && !record_is_continued(path)) {
        session_free(session);
        *session = found;
        return path;
    }
    session_free(&found);
    free(path);
    return NULL;
}

/* The newest that fits, and its session. */
static char *
find_session(const char *folder, const struct wanted *wanted, struct session *session,
             struct problems *problems)
{
    struct listing listing;
    char *path = NULL;

    listing_read(folder, &listing);
    for (int i = listing.count - 1; path == NULL && i >= 0; i--) {
        if (strcmp(listing.name[i], wanted->oldest) < 0)
            break;
        if (!is_too_new(wanted, listing.name[i]))
            path = try_session(folder, listing.name[i], wanted, session, problems);
    }
    listing_free(&listing);
    return path;
}

static bool
has_completed_turn(const struct session *session)
{
    for (int i = 0; i < session->turns_count; i++) {
        if (session->turns[i].counted)
            return true;
    }
    return false;
}

static bool
counts(const struct wanted *wanted, const char *path, const struct session *session)
{
    (void)path;
    return !session->opening->practice && has_completed_turn(session) &&
           (session_is_over(session) || wanted->wall_ms >= session->stop_ms);
}

char *
history_last(const char *folder, const char *before, int64_t wall_ms, struct session *session,
             struct problems *problems)
{
    const struct wanted wanted = {.fits = counts, .before = before, .wall_ms = wall_ms};

    return find_session(folder, &wanted, session, problems);
}

/* Before the first Enter only what was typed in would be lost, and nobody who quits wants that. */
static bool
is_worth_resuming(const struct session *session)
{
    if (session->started.wall_ms != 0)
        return true;
    if (session->left_reason != NULL && strcmp(session->left_reason, "quit") == 0)
        return false;
    for (int i = 0; i < session->log_count; i++) {
        if (event_is_act(&session->log[i]))
            return true;
    }
    return false;
}

static bool
may_be_resumed(const struct wanted *wanted, const char *path, const struct session *session)
{
    const char *host = session->opening->host;
    int pid;

    return session_may_go_on(session, wanted->wall_ms) && host != NULL &&
           strcmp(host, wanted->host) == 0 && is_worth_resuming(session) &&
           !journal_is_live(path, &pid);
}

char *
history_unfinished(const char *folder, const char *host, int64_t wall_ms, struct session *session,
                   struct problems *problems)
{
    struct wanted wanted = {.fits = may_be_resumed, .host = host, .wall_ms = wall_ms};
    time_t oldest = (time_t)((wall_ms - oldest_ms) / 1000);
    struct tm utc;

    if (gmtime_r(&oldest, &utc) == NULL ||
        strftime(wanted.oldest, sizeof wanted.oldest, "%Y%m%dT%H%M%SZ", &utc) == 0)
        wanted.oldest[0] = '\0';
    return find_session(folder, &wanted, session, problems);
}

static bool
was_begun(const struct wanted *wanted, const char *path, const struct session *session)
{
    (void)wanted;
    (void)path;
    return session->started.wall_ms != 0;
}

static char *
find_newest(const char *folder)
{
    const struct wanted wanted = {.fits = was_begun};
    struct problems problems = {0};
    struct session session = {0};
    struct listing listing;
    char *path = find_session(folder, &wanted, &session, &problems);

    session_free(&session);
    problems_free(&problems);
    if (path != NULL)
        return path;
    listing_read(folder, &listing);
    if (listing.count > 0)
        path = paths_join(folder, listing.name[listing.count - 1]);
    listing_free(&listing);
    return path;
}

static char *
find_beginning(const char *folder, const char *name)
{
    struct listing listing;
    char *path = NULL;

    listing_read(folder, &listing);
    for (int i = listing.count - 1; path == NULL && i >= 0; i--) {
        if (strncmp(listing.name[i], name, strlen(name)) == 0)
            path = paths_join(folder, listing.name[i]);
    }
    listing_free(&listing);
    return path;
}

char *
history_find(const char *folder, const char *name)
{
    char *path = NULL;

    if (name == NULL)
        return find_newest(folder);
    if (name[0] == '\0')
        return NULL;
    if (folder != NULL && strchr(name, '/') == NULL)
        path = paths_join(folder, name);
    if (path != NULL && access(path, F_OK) == 0)
        return path;
    free(path);
    return access(name, F_OK) == 0 ? strdup(name) : find_beginning(folder, name);
}

char *
history_live(const char *folder, int *pid)
{
    struct listing listing;
    char *path = NULL;

    *pid = 0;
    listing_read(folder, &listing);
    for (int i = listing.count - 1; path == NULL && i >= 0; i--) {
        path = paths_join(folder, listing.name[i]);
        if (path != NULL && !journal_is_live(path, pid)) {
            free(path);
            path = NULL;
        }
    }
    listing_free(&listing);
    return path;
}
