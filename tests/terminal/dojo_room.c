#include "dojo_room.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "expect.h"
#include "storage/journal.h"

static const char people[] = "Ada Lovelace\nGrace Hopper\nAlan Turing\nKathleen Booth\n"
                             "Edsger Dijkstra\n";
static const char standard[] = "[session]\ntopic = Brainfuck interpreter\nstack = C#\n"
                               "records = records\n[alerts]\nnotification = no\n";

static void
write_file(const struct room *room, const char *name, const char *text, const char *more)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", room->home.folder, name);
    FILE *file = fopen(path, "w");
    if (!file || fprintf(file, "%s%s", text, more) < 0 || fclose(file) != 0)
        abort();
}

void
room_open(struct room *room, const char *settings)
{
    const char *build = getenv("RANDORI_BUILD");
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/randori", build ? build : "build/default");
    if (!realpath(path, room->program)) {
        fprintf(stderr, "# there is no %s\n", path);
        exit(1);
    }
    home_make(&room->home);
    home_add(&room->home, "TZ=UTC");
    home_add(&room->home, "LC_ALL=C.UTF-8");
    write_file(room, "session.ini", standard, settings ? settings : "");
    write_file(room, "participants.txt", people, "");
}

void
room_close(struct room *room)
{
    home_free(&room->home);
}

struct vt *
room_start(const struct room *room, int rows, int columns, const char *arguments)
{
    char words[256], *rest = NULL;
    const char *argv[ROOM_ARGUMENTS] = {room->program};
    int count = 1;
    snprintf(words, sizeof words, "%s", arguments);
    for (char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest))
        if (count + 1 < ROOM_ARGUMENTS)
            argv[count++] = word;
    struct vt_options options = {.rows = rows,
                                 .columns = columns,
                                 .argv = argv,
                                 .environment = room->home.environment,
                                 .folder = room->home.folder};
    return vt_start(&options);
}

struct vt *
room_ask(const struct room *room, const char *arguments, int *exit_status)
{
    struct vt *vt = room_start(room, 60, 120, arguments);
    int status = vt ? vt_wait_exit(vt) : -1;
    *exit_status = status != -1 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return vt;
}

struct vt *
room_run(const struct room *room, const char *arguments, const char *text)
{
    struct vt *vt = room_start(room, 24, 80, arguments);
    assert_non_null(vt);
    expect_text(vt, text);
    return vt;
}

struct vt *
room_run_to_turn_2(const struct room *room)
{
    struct vt *vt = room_run(room, "", "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of");
    expect_after(vt, "n", "from Ada Lovelace");
    expect_after(vt, " ", "next: Alan Turing");
    return vt;
}

void
room_quit(struct vt *vt)
{
    expect_pressing(vt, "q", "Leave?");
    vt_send(vt, "y");
    expect_exit(vt, 0);
}

void
room_leave(struct vt *vt)
{
    vt_send(vt, "q");
    expect_text(vt, "randori report shows the minutes.");
    expect_exit(vt, 0);
}

/* Names begin with the time, so the last one is the newest. */
bool
room_newest(const struct room *room, char path[static ROOM_PATH])
{
    char folder[PATH_MAX], newest[NAME_MAX + 1] = "";
    snprintf(folder, sizeof folder, "%s/records", room->home.folder);
    DIR *records = opendir(folder);
    const struct dirent *one;
    while (records && (one = readdir(records)))
        if (strstr(one->d_name, ".jsonl") && strcmp(one->d_name, newest) > 0)
            snprintf(newest, sizeof newest, "%s", one->d_name);
    if (records)
        closedir(records);
    snprintf(path, ROOM_PATH, "%s/records/%s", room->home.folder, newest);
    return newest[0] != '\0';
}

bool
room_replay(const struct room *room, struct session *session)
{
    char path[ROOM_PATH], why[JOURNAL_WHY];
    struct journal_content content;
    session_init(session);
    if (!room_newest(room, path))
        return false;
    bool good = journal_read(path, &content, why) == JOURNAL_GOOD && content.torn_bytes == 0 &&
                content.count > 0 && content.events[0].kind == EVENT_SESSION_OPENED;
    for (int i = 0; i < content.count; i++) {
        good = good && content.events[i].seq == i + 1;
        session_apply(session, &content.events[i]);
    }
    journal_content_free(&content);
    return good;
}

int
room_count(const struct session *session, enum event_kind kind)
{
    int count = 0;
    for (int i = 0; i < session->log_count; i++)
        count += session->log[i].kind == kind;
    return count;
}
