/*
 * A terminal for tests: runs a program on a pseudo-terminal, draws what it sends with libvterm, and
 * lets a test see cells, type, resize, stop reading and hang up. Waiting is always for a condition,
 * with a bound (VT_PATIENCE_MS) that only a broken program reaches: a frame may be half drawn when
 * it is read, so "wait for a text, then look elsewhere" is wrong; wait for the whole condition.
 */
#ifndef TESTS_TERMINAL_VT_H
#define TESTS_TERMINAL_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* A setting of the environment: sanitizers would take the fatal signals for themselves. */
#define VT_NO_HANDLERS                                                                             \
    "ASAN_OPTIONS=handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0"

struct vt;

enum { VT_PATIENCE_MS = 30000 };

struct vt_options {
    int rows, columns;              /* 0: the terminal does not know its size, and has 24x80 */
    const char *const *argv;        /* ended by NULL; argv[0] is the program's path */
    const char *const *environment; /* NULL, or "NAME=value" and "NAME" (unset), ended by NULL */
    const char *folder;             /* to run in; NULL: here */
    bool ignores_hangup;            /* SIGHUP is ignored from the start, as nohup does */
};

struct vt_cell {
    char text[32]; /* UTF-8; "" for a blank */
    bool bold, reverse, is_coloured;
};

/* NULL with errno. The program has the terminal as its controlling one. */
struct vt *vt_start(const struct vt_options *options);
void vt_end(struct vt *vt); /* kills it when it still runs; NULL is fine */
pid_t vt_pid(const struct vt *vt);
int vt_fd(const struct vt *vt); /* the terminal's side, to ask about it */

void vt_send(struct vt *vt, const char *keys);
void vt_flood(struct vt *vt,
              const char *keys); /* for ever, as fast as it takes them; NULL: no more */
void vt_resize(struct vt *vt, int rows, int columns);
void vt_choke(struct vt *vt, bool choked);       /* stops reading what it sends, or reads on */
void vt_fill(struct vt *vt);                     /* leaves no room for a single byte more */
void vt_write(struct vt *vt, const char *bytes); /* as if the program had sent them */
void vt_hang_up(struct vt *vt);                  /* the terminal is gone */

/* Waits until `condition` holds of what has been drawn. */
bool vt_wait(struct vt *vt, bool (*condition)(struct vt *vt, const void *user), const void *user);
bool vt_wait_text(struct vt *vt, const char *text); /* anywhere on the screen, within a row */
bool vt_wait_gone(struct vt *vt, const char *text); /* nowhere on it */
/* Waits for the end and what was sent before it; the status of waitpid(2), -1 when it runs on. */
int vt_wait_exit(struct vt *vt);
/* Reads what comes within `ms`, for tests that something does not happen, or measure. */
void vt_watch(struct vt *vt, int ms);

bool vt_has(struct vt *vt, const char *text);
const char *vt_row(struct vt *vt, int row); /* without trailing blanks; good until the next call */
const char *vt_screen(struct vt *vt);       /* all rows, each with a newline; likewise */
struct vt_cell vt_cell(struct vt *vt, int row, int column);
bool vt_is_alternate(const struct vt *vt);
bool vt_has_cursor(const struct vt *vt);
bool vt_marks_paste(struct vt *vt);       /* has been asked to, and not to stop it since */
bool vt_tells_mouse(const struct vt *vt); /* likewise */
int vt_bells(const struct vt *vt);
const char *vt_title(const struct vt *vt);
const char *vt_tail(const struct vt *vt); /* the last bytes it sent, some hundred */
int64_t vt_bytes(const struct vt *vt);    /* received so far */
bool vt_is_cooked(const struct vt *vt);   /* echo, lines, signals: as a shell wants its terminal */
bool vt_is_sane(const struct vt *vt);     /* cooked, cursor shown, main screen, no mouse */

#endif
