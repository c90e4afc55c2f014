/*
 * Leaving with a hook at work, by every cause: nothing new is taken, what is
 * in flight comes to its end within its bound, the record tells all of it, the terminal is sane and
 * the exit status the true one.
 */
#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dojo_room.h"
#include "expect.h"

enum {
    PATIENCE_MS = 30000,
    SOON_MS = 10000,
    AGAIN_MS = 300,
    IDLE_MS = 500,
    TICKS_MOST = 15,
    WATCHDOG_MS = 4100
};

#define PATIENT  "[shutdown]\nhooks = 50s\ngrace = 1m\n"
#define UNTIL_GO "touch began; while [ ! -e go ]; do sleep 0.02; done"

/* --- a room with a hook -------------------------------------------------------------------- */

static char *
path_in(const struct room *room, const char *name)
{
    char *path;
    assert_true(asprintf(&path, "%s/%s", room->home.folder, name) > 0);
    return path;
}

static void
write_file(const struct room *room, const char *name, const char *text, mode_t mode)
{
    char *path = path_in(room, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    chmod(path, mode);
    free(path);
}

static bool
has_file(const struct room *room, const char *name)
{
    struct stat status;
    char *path = path_in(room, name);
    bool is_there = stat(path, &status) == 0;
    free(path);
    return is_there;
}

static void
make_folder(const struct room *room, const char *name)
{
    char *path = path_in(room, name);
    mkdir(path, 0700);
    free(path);
}

/* The folder of the session is where a hook runs, as it is where randori was started. */
static void
add_hook(const struct room *room, const char *name, const char *script)
{
    char file[100], *text;
    make_folder(room, "XDG_CONFIG_HOME/randori");
    make_folder(room, "XDG_CONFIG_HOME/randori/hooks");
    snprintf(file, sizeof file, "XDG_CONFIG_HOME/randori/hooks/%s", name);
    assert_true(asprintf(&text, "#!/bin/sh\n%s\n", script) > 0);
    write_file(room, file, text, 0700);
    free(text);
}

/* `settings` NULL: a hook has all the time it needs, also on a busy machine. */
static void
open_room(struct room *room, const char *settings, const char *script)
{
    room_open(room, settings ? settings : PATIENT);
    add_hook(room, "turn-started", script);
}

struct wanted {
    const struct room *room;
    const char *file;
};

static bool
is_there(struct vt *vt, const void *user)
{
    const struct wanted *wanted = user;
    (void)vt;
    return has_file(wanted->room, wanted->file);
}

static void
expect_file(struct vt *vt, const struct room *room, const char *file)
{
    const struct wanted wanted = {room, file};
    if (!vt_wait(vt, is_there, &wanted))
        expect_fail(vt, file);
}

/* Turn 1, whose hook is at work. */
static struct vt *
run_to_hook(const struct room *room, const char *arguments)
{
    struct vt *vt = room_run(room, arguments, "Enter starts the session");
    vt_send(vt, "\r");
    expect_file(vt, room, "began");
    return vt;
}

static pid_t
pid_in(const struct room *room, const char *name)
{
    char *path = path_in(room, name);
    FILE *file = fopen(path, "r");
    int pid = 0;
    free(path);
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%d", &pid), 1);
    fclose(file);
    return pid;
}

/* --- what the record says ------------------------------------------------------------------ */

static const struct event *
last(const struct session *session, enum event_kind kind)
{
    for (int i = session->log_count - 1; i >= 0; i--) {
        if (session->log[i].kind == kind)
            return &session->log[i];
    }
    fail_msg("the record has no %s", event_name(kind));
    return NULL;
}

/* It ends: left with that reason, the hook's end (its beginning), drained; nothing else. */
static void
expect_record(const struct room *room, const char *reason, const char *hook, const char *drained)
{
    struct session session;
    assert_true(room_replay(room, &session));
    const struct event *left = last(&session, EVENT_SESSION_LEFT);
    const struct event *ended = last(&session, EVENT_HOOK_ENDED);
    assert_string_equal(left->reason, reason);
    assert_memory_equal(ended->reason, hook, strlen(hook));
    assert_string_equal(last(&session, EVENT_DRAINED)->reason, drained);
    assert_int_equal(ended->seq, left->seq + 1);
    assert_int_equal(session.seq, left->seq + 2);
    assert_int_equal(session.log[session.log_count - 1].kind, EVENT_DRAINED);
    assert_int_equal(session.hooks_count, 0);
    session_free(&session);
}

/* --- every cause --------------------------------------------------------------------------- */

static void
lets_a_hook_finish_whatever_the_signal(void **state)
{
    (void)state;
    static const struct {
        int number;
        const char *reason;
    } signals[] = {
        {SIGTERM, "SIGTERM"}, {SIGINT, "SIGINT"}, {SIGHUP, "SIGHUP"}, {SIGQUIT, "SIGQUIT"}};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct room room;
        open_room(&room, NULL, UNTIL_GO "; touch ended");
        struct vt *vt = run_to_hook(&room, "");
        kill(vt_pid(vt), signals[i].number);
        expect_text(vt, "Leaving: waiting for the hook turn-started,");
        write_file(&room, "go", "", 0600);
        expect_killed(vt, signals[i].number);
        expect_sane(vt);
        assert_true(vt_has(vt, "randori --resume goes on with it."));
        vt_end(vt);
        assert_true(has_file(&room, "ended"));
        expect_record(&room, signals[i].reason, "exit 0", "clean");
        room_close(&room);
    }
}

static void
lets_a_hook_finish_when_somebody_quits(void **state)
{
    (void)state;
    struct room room;
    open_room(&room, NULL, UNTIL_GO);
    struct vt *vt = run_to_hook(&room, "");
    expect_after(vt, "q", "Leave?");
    expect_after(vt, "y", "Leaving: waiting for the hook turn-started,");
    write_file(&room, "go", "", 0600);
    expect_exit(vt, 0);
    expect_record(&room, "quit", "exit 0", "clean");
    room_close(&room);
}

static long
ticks_of(pid_t pid)
{
    char path[64];
    long user = 0, kernel = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file,
                            "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %ld %ld",
                            &user, &kernel),
                     2);
    fclose(file);
    return user + kernel;
}

/* F8: a terminal that is gone is always readable; nothing is done about it any more. */
static void
waits_quietly_when_the_terminal_is_gone(void **state)
{
    (void)state;
    struct room room;
    open_room(&room, NULL, UNTIL_GO);
    struct vt *vt = run_to_hook(&room, "");
    vt_hang_up(vt);
    long before = ticks_of(vt_pid(vt));
    poll(NULL, 0, IDLE_MS);
    assert_true(ticks_of(vt_pid(vt)) - before < TICKS_MOST);
    write_file(&room, "go", "", 0600);
    expect_killed(vt, SIGHUP);
    vt_end(vt);
    struct session session;
    assert_true(room_replay(&room, &session));
    assert_string_equal(last(&session, EVENT_HOOK_ENDED)->reason, "exit 0");
    assert_string_equal(last(&session, EVENT_DRAINED)->reason, "clean");
    session_free(&session);
    room_close(&room);
}

static void
ends_at_once_without_anything_to_wait_for(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    kill(vt_pid(vt), SIGTERM);
    expect_killed(vt, SIGTERM);
    vt_end(vt);
    assert_true(room_replay(&room, &session));
    assert_string_equal(last(&session, EVENT_DRAINED)->reason, "clean");
    assert_true(session.last.elapsed_ms - last(&session, EVENT_SESSION_LEFT)->at.elapsed_ms < 1000);
    session_free(&session);
    room_close(&room);
}

/* --- what waiting is like ------------------------------------------------------------------ */

static void
takes_nothing_while_it_leaves(void **state)
{
    (void)state;
    struct room room;
    open_room(&room, NULL, UNTIL_GO);
    struct vt *vt = run_to_hook(&room, "");
    kill(vt_pid(vt), SIGTERM);
    expect_text(vt, "Leaving: waiting for the hook turn-started,");
    expect_after(vt, "n p+a", "Nothing is taken any more: the session is being left.");
    write_file(&room, "go", "", 0600);
    expect_killed(vt, SIGTERM);
    vt_end(vt);
    expect_record(&room, "SIGTERM", "exit 0", "clean");
    room_close(&room);
}

/* The clock is drawn, and causes nothing: after the resume is time enough. */
static void
no_turn_ends_while_it_leaves(void **state)
{
    (void)state;
    struct room room;
    open_room(&room, PATIENT "[turn]\nlength = 1m\nhandover = 0s\n", UNTIL_GO);
    struct vt *vt = run_to_hook(&room, "--speed 60");
    kill(vt_pid(vt), SIGTERM);
    expect_text(vt, "Leaving: waiting for the hook turn-started,");
    vt_resize(vt, 4, 80);
    expect_text(vt, "▶ +0:");
    long before = ticks_of(vt_pid(vt)); /* a deadline that stays in the past wakes nobody */
    poll(NULL, 0, IDLE_MS);
    assert_true(ticks_of(vt_pid(vt)) - before < TICKS_MOST);
    write_file(&room, "go", "", 0600);
    expect_killed(vt, SIGTERM);
    vt_end(vt);
    expect_record(&room, "SIGTERM", "exit 0", "clean");
    room_close(&room);
}

static bool
has_counted(struct vt *vt, const void *user)
{
    (void)user;
    return vt_has(vt, "Leaving: waiting for the hook session-opened,") && !vt_has(vt, "50 s");
}

/* On the board, where no clock is drawn each second. */
static void
counts_down_what_it_waits_for(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, PATIENT);
    add_hook(&room, "session-opened", UNTIL_GO);
    struct vt *vt = room_run(&room, "", "Enter starts the session");
    expect_file(vt, &room, "began");
    kill(vt_pid(vt), SIGTERM);
    expect_text(vt, "Leaving: waiting for the hook session-opened,");
    assert_true(vt_wait(vt, has_counted, NULL));
    write_file(&room, "go", "", 0600);
    expect_killed(vt, SIGTERM);
    vt_end(vt);
    room_close(&room);
}

/* --- what takes too long ------------------------------------------------------------------- */

static void
ends_a_hook_that_takes_too_long(void **state)
{
    (void)state;
    struct room room;
    open_room(&room, "[shutdown]\nhooks = 1s\ngrace = 4s\n",
              "echo $$ >hook.pid; touch began; exec sleep 60");
    struct vt *vt = run_to_hook(&room, "");
    int64_t began = expect_now_ms();
    kill(vt_pid(vt), SIGTERM);
    expect_killed(vt, SIGTERM);
    assert_true(expect_now_ms() - began >= 1000);
    expect_sane(vt);
    vt_end(vt);
    expect_record(&room, "SIGTERM", "killed after", "forced");
    assert_int_equal(kill(pid_in(&room, "hook.pid"), 0), -1);
    room_close(&room);
}

/* vt_watch() has reaped it then. */
static bool
has_ended(const struct vt *vt)
{
    return waitid(P_PID, (id_t)vt_pid(vt), &(siginfo_t){0}, WEXITED | WNOHANG | WNOWAIT) != 0;
}

static bool
is_pressed_until_it_ends(struct vt *vt, const void *user)
{
    const int *number = user;
    if (*number != 0)
        kill(vt_pid(vt), *number);
    else
        vt_send(vt, "q");
    vt_watch(vt, AGAIN_MS);
    return has_ended(vt);
}

/* With another signal, or q (0). */
static void
does_not_wait_when_told_again(void **state)
{
    (void)state;
    static const int again[] = {SIGINT, 0};
    for (size_t i = 0; i < sizeof again / sizeof *again; i++) {
        struct room room;
        open_room(&room, NULL,
                  "trap '' TERM; touch began; while [ -e began ]; do sleep 0.05; done");
        struct vt *vt = run_to_hook(&room, "");
        int64_t began = expect_now_ms();
        kill(vt_pid(vt), SIGTERM);
        expect_text(vt, "Leaving: waiting for the hook turn-started,");
        vt_wait(vt, is_pressed_until_it_ends, &again[i]);
        expect_killed(vt, SIGTERM);
        assert_true(expect_now_ms() - began < SOON_MS);
        vt_end(vt);
        struct session session;
        assert_true(room_replay(&room, &session));
        assert_memory_equal(last(&session, EVENT_HOOK_ENDED)->reason, "killed after", 12);
        assert_string_equal(last(&session, EVENT_DRAINED)->reason, "forced");
        session_free(&session);
        room_close(&room);
    }
}

/* A disk that is full for this process alone; in plain lines, since frames are files, too. */
static struct vt *
run_with_little_room(const struct room *room)
{
    char *line;
    assert_true(asprintf(&line, "ulimit -f 8; exec %s --plain", room->program) > 0);
    const char *const argv[] = {"/bin/sh", "-c", line, NULL};
    struct vt *vt = vt_start(&(struct vt_options){.rows = 50,
                                                  .columns = 200,
                                                  .argv = argv,
                                                  .environment = room->home.environment,
                                                  .folder = room->home.folder});
    assert_non_null(vt);
    expect_text(vt, "5 people are here.");
    free(line);
    return vt;
}

static bool
quits_until_it_ends(struct vt *vt, const void *user)
{
    (void)user;
    vt_send(vt, "quit\r");
    vt_watch(vt, AGAIN_MS);
    return has_ended(vt);
}

/* The flush is cut short only where the disk has said no. */
static void
does_not_wait_for_a_full_disk_when_told_again(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, PATIENT);
    struct vt *vt = run_with_little_room(&room);
    for (int i = 0; i < 20; i++)
        vt_send(vt, "note how little room there is for so many notes about so little room\r");
    int64_t began = expect_now_ms();
    expect_after(vt, "quit\r", "s more: File too large. quit: now");
    vt_wait(vt, quits_until_it_ends, NULL);
    int status = vt_wait_exit(vt);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    assert_true(expect_now_ms() - began < SOON_MS);
    assert_true(vt_has(vt, "randori: not saved: "));
    vt_end(vt);
    room_close(&room);
}

static bool
is_stopped(struct vt *vt, const void *user)
{
    siginfo_t info = {0};
    (void)user;
    return waitid(P_PID, (id_t)vt_pid(vt), &info, WSTOPPED | WNOHANG | WNOWAIT) == 0 &&
           info.si_pid != 0;
}

static void
stop(struct vt *vt)
{
    kill(vt_pid(vt), SIGSTOP);
    assert_true(vt_wait(vt, is_stopped, NULL));
}

/* timeout(1) sends its signal to the process and to its group; they come in one breath. */
static void
two_signals_at_once_are_one(void **state)
{
    (void)state;
    struct room room;
    open_room(&room, NULL, UNTIL_GO);
    struct vt *vt = run_to_hook(&room, "");
    stop(vt);
    kill(vt_pid(vt), SIGINT);
    kill(vt_pid(vt), SIGTERM);
    kill(vt_pid(vt), SIGCONT);
    expect_text(vt, "Leaving: waiting for the hook turn-started,");
    write_file(&room, "go", "", 0600);
    expect_killed(vt, SIGINT);
    vt_end(vt);
    expect_record(&room, "SIGINT", "exit 0", "clean");
    room_close(&room);
}

/* A shell passes SIGHUP on to its jobs, a service manager sends it after SIGTERM. */
static void
a_hangup_is_not_again(void **state)
{
    (void)state;
    struct room room;
    open_room(&room, NULL, UNTIL_GO);
    struct vt *vt = run_to_hook(&room, "");
    kill(vt_pid(vt), SIGTERM);
    expect_text(vt, "Leaving: waiting for the hook turn-started,");
    for (int i = 0; i < 2; i++) {
        vt_watch(vt, AGAIN_MS);
        kill(vt_pid(vt), SIGHUP);
    }
    write_file(&room, "go", "", 0600);
    expect_killed(vt, SIGTERM);
    vt_end(vt);
    expect_record(&room, "SIGTERM", "exit 0", "clean");
    room_close(&room);
}

/* Stopped, as if it hung: it ends when its grace is over, and the terminal is sane. */
static void
the_watchdog_ends_it(void **state)
{
    (void)state;
    struct room room;
    open_room(&room, "[shutdown]\nhooks = 0s\ngrace = 3s\n",
              "trap '' TERM; touch began; while [ -e began ]; do sleep 0.05; done");
    struct vt *vt = run_to_hook(&room, "");
    kill(vt_pid(vt), SIGTERM);
    expect_text(vt, "Leaving: waiting for the hook turn-started,");
    stop(vt);
    poll(NULL, 0, WATCHDOG_MS);
    kill(vt_pid(vt), SIGCONT);
    expect_killed(vt, SIGALRM);
    expect_sane(vt);
    vt_end(vt);
    room_close(&room);
}

/* --- git ----------------------------------------------------------------------------------- */

static const char commits[] = "export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org\n"
                              "export GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org\n"
                              "git commit -qam turn\n";

static int
in_folder(const struct room *room, const char *words)
{
    char *line;
    assert_true(asprintf(&line, "cd %s && %s", room->home.folder, words) > 0);
    int status = system(line);
    free(line);
    return status;
}

static void
a_slow_commit_leaves_no_lock(void **state)
{
    (void)state;
    if (system("git --version >/dev/null 2>&1") != 0) {
        print_message("there is no git\n");
        skip();
    }
    struct room room;
    open_room(&room, "[shutdown]\nhooks = 0s\n", commits);
    assert_int_equal(in_folder(&room, "git init -q . && git add participants.txt && "
                                      "echo more >>participants.txt"),
                     0);
    write_file(&room, ".git/hooks/pre-commit", "#!/bin/sh\ntouch began\nsleep 60\n", 0700);
    struct vt *vt = run_to_hook(&room, "");
    assert_true(has_file(&room, ".git/index.lock"));
    kill(vt_pid(vt), SIGTERM);
    expect_killed(vt, SIGTERM);
    vt_end(vt);
    assert_false(has_file(&room, ".git/index.lock"));
    expect_record(&room, "SIGTERM", "killed after", "forced");
    assert_int_equal(in_folder(&room, "git status >/dev/null"), 0);
    room_close(&room);
}

/* --- otherwise ----------------------------------------------------------------------------- */

static void
says_that_a_hook_failed(void **state)
{
    (void)state;
    struct room room;
    open_room(&room, NULL, "touch began; exit 3");
    struct vt *vt = run_to_hook(&room, "");
    expect_text(vt, "The hook turn-started failed: exit 3.");
    room_quit(vt);
    room_close(&room);
}

static int
count_named(const struct session *session, enum event_kind kind, const char *reason)
{
    int count = 0;
    for (int i = 0; i < session->log_count; i++) {
        const struct event *event = &session->log[i];
        count += event->kind == kind && (reason == NULL || strcmp(event->reason, reason) == 0);
    }
    return count;
}

/* Killed while a hook ran: nobody knows how it ended, and it is not run again. */
static void
lists_a_lost_hook_once(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    open_room(&room, NULL, "echo $$ >hook.pid; touch began; exec sleep 60");
    struct vt *vt = run_to_hook(&room, "");
    kill(vt_pid(vt), SIGKILL);
    expect_killed(vt, SIGKILL);
    vt_end(vt);
    kill(pid_in(&room, "hook.pid"), SIGKILL);
    add_hook(&room, "session-resumed", "exit 0");
    for (int i = 0; i < 2; i++) {
        vt = room_run(&room, "--resume", "turn 1 of");
        if (i == 0)
            expect_text(vt, "What became of the hook turn-started is unknown.");
        room_quit(vt);
    }
    assert_true(room_replay(&room, &session));
    assert_int_equal(count_named(&session, EVENT_HOOK_STARTED, NULL), 3);
    assert_int_equal(last(&session, EVENT_HOOK_STARTED)->number, 3);
    assert_int_equal(count_named(&session, EVENT_HOOK_ENDED, "outcome unknown"), 1);
    session_free(&session);
    room_close(&room);
}

/* F18 */
static void
runs_no_hooks_from_a_hook(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    open_room(&room, NULL, "touch began");
    home_add(&room.home, "RANDORI_HOOK=1");
    struct vt *vt = room_run_to_turn_2(&room);
    room_quit(vt);
    assert_false(has_file(&room, "began"));
    assert_true(room_replay(&room, &session));
    assert_int_equal(count_named(&session, EVENT_HOOK_STARTED, NULL), 0);
    session_free(&session);
    room_close(&room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lets_a_hook_finish_whatever_the_signal),
        cmocka_unit_test(lets_a_hook_finish_when_somebody_quits),
        cmocka_unit_test(waits_quietly_when_the_terminal_is_gone),
        cmocka_unit_test(ends_at_once_without_anything_to_wait_for),
        cmocka_unit_test(takes_nothing_while_it_leaves),
        cmocka_unit_test(no_turn_ends_while_it_leaves),
        cmocka_unit_test(counts_down_what_it_waits_for),
        cmocka_unit_test(ends_a_hook_that_takes_too_long),
        cmocka_unit_test(does_not_wait_when_told_again),
        cmocka_unit_test(does_not_wait_for_a_full_disk_when_told_again),
        cmocka_unit_test(two_signals_at_once_are_one),
        cmocka_unit_test(a_hangup_is_not_again),
        cmocka_unit_test(the_watchdog_ends_it),
        cmocka_unit_test(a_slow_commit_leaves_no_lock),
        cmocka_unit_test(says_that_a_hook_failed),
        cmocka_unit_test(lists_a_lost_hook_once),
        cmocka_unit_test(runs_no_hooks_from_a_hook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
