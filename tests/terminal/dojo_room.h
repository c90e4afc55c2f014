/*
 * A room for end-to-end tests: a private home and a folder with session.ini and participants.txt,
 * in which the real program runs on a vt.
 */
#ifndef TESTS_TERMINAL_DOJO_ROOM_H
#define TESTS_TERMINAL_DOJO_ROOM_H

#include "home.h"
#include "session/session.h"
#include "vt.h"

enum { ROOM_ARGUMENTS = 12, ROOM_PATH = 4096 };

struct room {
    struct home home;
    char program[ROOM_PATH]; /* $RANDORI_BUILD/randori */
};

/* Five people, no notifications; `settings` is appended to session.ini (NULL: nothing). */
void room_open(struct room *room, const char *settings);
void room_close(struct room *room);

/* Runs `randori ARGUMENTS` (split at blanks) at that size. */
struct vt *room_start(const struct room *room, int rows, int columns, const char *arguments);

/* Runs `randori ARGUMENTS`, which is to end; the vt still shows what it printed. */
struct vt *room_ask(const struct room *room, const char *arguments, int *exit_status);

/* Runs it at 24x80 and waits for a text. */
struct vt *room_run(const struct room *room, const char *arguments, const char *text);
/* Turn 2 of a session that runs as time goes by: Grace Hopper drives, Alan Turing is next. */
struct vt *room_run_to_turn_2(const struct room *room);
/* Leaves an unfinished session, and one that is closed: nothing is left to be asked. */
void room_quit(struct vt *vt);
void room_leave(struct vt *vt);

/* The path of the newest record, by name; false when there is none. */
bool room_newest(const struct room *room, char path[static ROOM_PATH]);

/* Replays the newest record. True when it is undamaged, starts with the opening and has no gap. */
bool room_replay(const struct room *room, struct session *session);
/* How many events of a kind the session's log holds. */
int room_count(const struct session *session, enum event_kind kind);

#endif
