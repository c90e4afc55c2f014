#include "commands/resuming.h"

#include <stdio.h>
#include <stdlib.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "services/clock.h"
#include "session/stamp.h"
#include "session/wording.h"
#include "storage/history.h"

enum { FLUSH_MS = 5000 };

static int64_t
wall_now(void)
{
    struct clock clock;

    clock_start(&clock, 1, 0);
    return clock_now(&clock).wall_ms;
}

/* What there is to resume, in one line. */
static void
describe(const struct session *session)
{
    char state[WORDING_SIZE], boot[BOOT_ID_SIZE], date[STAMP_SIZE];
    struct moment now = session->last;
    struct clock clock;

    clock_start(&clock, 1, 0);
    clock_boot_id(boot);
    now = moment_at(now, now.elapsed_ms + session_since_last_ms(session, boot, clock_boot_ms(),
                                                                clock_now(&clock).wall_ms, 1));
    print_line("An unfinished %s of %s: %s.",
               session->opening != NULL && session->opening->practice ? "practice session"
                                                                      : "session",
               stamp_date(date, session->opened.wall_ms, session->opened.utc_offset_s),
               session->settings.title);
    print_line("%s", wording_state(state, session, now));
}

/* The whole line is the answer, or its rest would answer what is asked next. RESUME_ASK: there was
 * none. */
static enum resume
ask(const char *question)
{
    int first, rest;

    print_text(question);
    print_text(" [Y/n] ");
    first = rest = getchar();
    while (rest != EOF && rest != '\n')
        rest = getchar();
    if (first == EOF)
        return RESUME_ASK;
    return first == 'n' || first == 'N' ? RESUME_NO : RESUME_YES;
}

static bool
replay(struct session *session, const struct journal_content *content)
{
    session_free(session);
    if (!session_init(session)) {
        complain("out of memory");
        return false;
    }
    for (int i = 0; i < content->count; i++)
        session_apply(session, &content->events[i]);
    return true;
}

/* A new record that begins with the good facts. Its name is later than the damaged one's, whatever
 * the clock says. */
static int
begin_anew(const char *folder, const struct journal_content *content, struct journal **journal)
{
    int64_t later_ms = content->events[0].at.wall_ms + 1000, now_ms = wall_now();
    char why[JOURNAL_WHY];
    enum journal_status status =
        journal_create(folder, now_ms > later_ms ? now_ms : later_ms, journal, why);

    if (status != JOURNAL_GOOD) {
        complain("%s", why);
        return status == JOURNAL_LOCKED ? EXIT_IN_USE : EXIT_FAILED;
    }
    for (int i = 0; i < content->count; i++)
        journal_append(*journal, &content->events[i]);
    journal_flush(*journal, FLUSH_MS); /* else the app shows that they are not saved */
    return EXIT_DONE;
}

/* Its damage has been named when it was looked for. */
static int
offer_anew(const char *folder, const char *path, bool interactive, struct session *session,
           struct journal **journal)
{
    struct journal_content content;
    char why[JOURNAL_WHY];
    int status = EXIT_DAMAGED;

    journal_read(path, &content, why);
    if (interactive && content.count > 0 && replay(session, &content)) {
        print_line("Its record is damaged: what stands before that line, %d facts, is good.",
                   content.count);
        if (ask("Go on with them in a new record? The damaged one stays as it is.") == RESUME_YES)
            status = begin_anew(folder, &content, journal);
    }
    if (status == EXIT_DAMAGED)
        complain("%s is left as it is; randori report --salvage FILE writes what is good of it to "
                 "a new file, --new starts another session",
                 path);
    journal_content_free(&content);
    return status;
}

/* What journal_resume() may say of a good one: that the torn end could not be kept. */
static void
tell_torn(const char *path, const struct journal_content *content, const char *why)
{
    if (content->torn_bytes == 0)
        return;
    if (why[0] != '\0')
        complain("%s", why);
    else
        complain("%s: a half-written last line (%lld bytes) was moved to %s.torn", path,
                 (long long)content->torn_bytes, path);
}

static int
open_again(const char *folder, const char *path, bool interactive, struct journal **journal,
           struct session *session)
{
    struct journal_content content = {0};
    char why[JOURNAL_WHY];
    int pid = 0, result = EXIT_DONE;
    enum journal_status status = journal_resume(path, journal, &content, &pid, why);

    if (status == JOURNAL_GOOD) {
        tell_torn(path, &content, why);
        result = replay(session, &content) ? EXIT_DONE : EXIT_FAILED;
    } else if (status == JOURNAL_DAMAGED) {
        result = offer_anew(folder, path, interactive, session, journal);
    } else {
        complain("%s", why);
        result = status == JOURNAL_LOCKED   ? EXIT_IN_USE
                 : status == JOURNAL_FAILED ? EXIT_FAILED
                                            : EXIT_DAMAGED;
    }
    journal_content_free(&content);
    return result;
}

static char *
find(const char *folder, struct session *session)
{
    char host[HOST_KEY_SIZE];
    struct problems problems = {0};
    char *path;

    clock_host_key(host);
    path = history_unfinished(folder, host, wall_now(), session, &problems);
    complain_problems(&problems);
    problems_free(&problems);
    return path;
}

/* A session at --speed is nothing to go on with in a real one. */
static bool
is_old_rehearsal(const struct session *session, int speed)
{
    return session->opening != NULL && session->opening->speed > 1 && speed == 1;
}

int
resuming(const char *folder, const struct resuming *asked, struct journal **journal,
         struct session *session, int64_t *watched_ms)
{
    enum resume wanted = asked->wanted;
    int status = EXIT_DONE;
    char *path;

    *journal = NULL;
    *watched_ms = 0;
    if (wanted == RESUME_NO)
        return EXIT_DONE;
    path = find(folder, session);
    if (path != NULL && wanted == RESUME_ASK && is_old_rehearsal(session, asked->speed)) {
        free(path);
        path = NULL;
    }
    if (path == NULL) {
        if (wanted == RESUME_YES)
            complain("there is no unfinished session in %s", folder);
        return wanted == RESUME_YES ? EXIT_REFUSED : EXIT_DONE;
    }
    *watched_ms = journal_watched_ms(path);
    if (wanted == RESUME_ASK && asked->interactive) {
        describe(session);
        wanted = ask("Resume it? The clock went on meanwhile.");
    }
    if (wanted == RESUME_ASK) {
        complain("%s is unfinished: --resume goes on with it, --new starts another", path);
        status = EXIT_REFUSED;
    } else if (wanted == RESUME_YES) {
        status = open_again(folder, path, asked->interactive, journal, session);
    }
    free(path);
    return status;
}
