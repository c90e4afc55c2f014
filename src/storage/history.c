#include "storage/history.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "storage/continued.h"
#include "storage/paths.h"

static const int64_t resumable_ms = 2 * 3600 * 1000; /* after the stop (R24) */

/* A session is opened at most a day before its start and lasts at most a day: nothing older than
 * this can be resumed. */
static const int64_t oldest_ms = 3 * 24 * 3600 * (int64_t)1000;

/* ---- the files of a folder, the newest first ---- */

struct listing {
    char **path; /* owned */
    int count, room;
};

static bool
is_record_name(const char *name)
{
    size_t length = strlen(name);

    return length > 6 && name[0] != '.' && strcmp(name + length - 6, ".jsonl") == 0 &&
           strcmp(name, "ticks.jsonl") != 0;
}

static void
add_path(struct listing *listing, const char *folder, const char *name)
{
    if (listing->count == listing->room) {
        int room = listing->room == 0 ? 64 : listing->room * 2;
        char **path = realloc(listing->path, (size_t)room * sizeof *path);

        if (path == NULL)
            return;
        listing->path = path;
        listing->room = room;
    }
    listing->path[listing->count] = paths_join(folder, name);
    if (listing->path[listing->count] != NULL)
        listing->count++;
}

/* The names begin with the time. */
static int
newest_first(const void *one, const void *other)
{
    return strcmp(*(char *const *)other, *(char *const *)one);
}

static void
list_records(const char *folder, struct listing *listing)
{
    DIR *open = folder == NULL ? NULL : opendir(folder);

    *listing = (struct listing){0};
    if (open == NULL)
        return;
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        if (is_record_name(entry->d_name))
            add_path(listing, folder, entry->d_name);
    }
    closedir(open);
    if (listing->count > 1)
        qsort(listing->path, (size_t)listing->count, sizeof *listing->path, newest_first);
}

static void
end_listing(struct listing *listing)
{
    for (int i = 0; i < listing->count; i++)
        free(listing->path[i]);
    free(listing->path);
}

static const char *
name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

/* ---- replaying ---- */

enum journal_status
history_load(const char *path, struct session *session, char why[static JOURNAL_WHY])
{
    struct journal_content content;
    enum journal_status status = journal_read(path, &content, why);

    if (content.count > 0 && (status == JOURNAL_GOOD || status == JOURNAL_DAMAGED)) {
        session_free(session);
        session_init(session);
        for (int i = 0; i < content.count; i++)
            session_apply(session, &content.events[i]);
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
is_too_new(const struct wanted *wanted, const char *path)
{
    return wanted->before != NULL && strcmp(name_of(path), name_of(wanted->before)) >= 0;
}

/* The newest that fits, and its session. */
static char *
find_session(const char *folder, const struct wanted *wanted, struct session *session,
             struct problems *problems)
{
    struct listing listing;
    char *path = NULL;

    list_records(folder, &listing);
    for (int i = 0; path == NULL && i < listing.count; i++) {
        struct session found = {0};

        if (strcmp(name_of(listing.path[i]), wanted->oldest) < 0)
            break;
        if (!is_too_new(wanted, listing.path[i]) &&
            load_or_name(listing.path[i], &found, problems) &&
            wanted->fits(wanted, listing.path[i], &found) && !record_is_continued(listing.path[i]))
            path = strdup(listing.path[i]);
        if (path == NULL) {
            session_free(&found);
            continue;
        }
        session_free(session);
        *session = found;
    }
    end_listing(&listing);
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
    int64_t end_ms = session->stop_ms != 0 ? session->stop_ms : session->last.wall_ms;
    const char *host = session->opening->host;
    int pid;

    return !session_is_over(session) && wanted->wall_ms <= end_ms + resumable_ms && host != NULL &&
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
    list_records(folder, &listing);
    if (listing.count > 0)
        path = strdup(listing.path[0]);
    end_listing(&listing);
    return path;
}

static char *
find_beginning(const char *folder, const char *name)
{
    struct listing listing;
    char *path = NULL;

    list_records(folder, &listing);
    for (int i = 0; path == NULL && i < listing.count; i++) {
        if (strncmp(name_of(listing.path[i]), name, strlen(name)) == 0)
            path = strdup(listing.path[i]);
    }
    end_listing(&listing);
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
    list_records(folder, &listing);
    for (int i = 0; path == NULL && i < listing.count; i++) {
        if (journal_is_live(listing.path[i], pid))
            path = strdup(listing.path[i]);
    }
    end_listing(&listing);
    return path;
}
