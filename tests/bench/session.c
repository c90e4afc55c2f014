#include "session.h"

#include <fcntl.h>
#include <ftw.h>
#include <glob.h>
#include <math.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { QUIET_AFTER_KEY_MS = 3, SETTLED_MS = 700 };

double
now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* As a login has it, each folder another one; and as a session before this one has left it, since
 * what is made once in a life is not what starting costs. */
void
session_enter_home(const struct session *session)
{
    static const char *const folders[][2] = {{"HOME", ""},
                                             {"XDG_CONFIG_HOME", "config"},
                                             {"XDG_DATA_HOME", "data"},
                                             {"XDG_CACHE_HOME", "cache"},
                                             {"XDG_STATE_HOME", "state"},
                                             {"XDG_RUNTIME_DIR", "run"}};
    char path[96];

    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/%s", session->home, folders[i][1]);
        mkdir(path, 0700);
        setenv(folders[i][0], path, 1);
    }
    snprintf(path, sizeof path, "%s/data/randori", session->home);
    mkdir(path, 0700);
    setenv("TERM", "xterm-256color", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    unsetenv("COLUMNS");
    unsetenv("LINES");
}

bool
session_open(struct session *session, char *const *arguments, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};

    *session = (struct session){.home = "/tmp/randori-bench.XXXXXX"};
    if (arguments[0] == NULL || !mkdtemp(session->home))
        return false;
    session->pid = forkpty(&session->terminal, NULL, NULL, &size);
    if (session->pid == 0) {
        session_enter_home(session);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    return session->pid > 0;
}

static struct timespec
time_of(double ms)
{
    if (ms < 0)
        ms = 0;
    return (struct timespec){.tv_sec = (time_t)(ms / 1e3), .tv_nsec = (long)(fmod(ms, 1e3) * 1e6)};
}

static void
take(struct session *session)
{
    char text[65536];
    ssize_t got = read(session->terminal, text, sizeof text);

    session->gone = got <= 0;
    session->bytes += got > 0 ? (uint64_t)got : 0;
    session->last_byte_ms = now_ms();
    if (session->awaited != NULL && session->drawn_ms == 0 && got > 0 &&
        memmem(text, (size_t)got, session->awaited, strlen(session->awaited)) != NULL)
        session->drawn_ms = session->last_byte_ms;
}

void
session_watch(struct session *session, double quiet_ms, double deadline_ms)
{
    double quiet_since = now_ms();

    while (!session->gone && now_ms() < deadline_ms) {
        struct timespec left = time_of(fmin(deadline_ms, quiet_since + quiet_ms) - now_ms());
        struct pollfd wait = {.fd = session->terminal, .events = POLLIN};

        if (ppoll(&wait, 1, &left, NULL) == 0)
            return;
        take(session);
        quiet_since = session->last_byte_ms;
    }
}

void
sessions_watch(struct session *sessions, int count, double deadline_ms)
{
    struct pollfd waits[16];

    while (now_ms() < deadline_ms) {
        struct timespec left = time_of(deadline_ms - now_ms());

        for (int i = 0; i < count; i++)
            waits[i] = (struct pollfd){.fd = sessions[i].gone ? -1 : sessions[i].terminal,
                                       .events = POLLIN};
        if (ppoll(waits, (nfds_t)count, &left, NULL) <= 0)
            continue;
        for (int i = 0; i < count; i++)
            if (waits[i].revents != 0)
                take(&sessions[i]);
    }
}

static void
type(struct session *session, const char *keys)
{
    if (write(session->terminal, keys, strlen(keys)) < 0)
        session->gone = true;
}

void
session_press(struct session *session, const char *keys)
{
    if (keys != NULL)
        type(session, keys);
    session_watch(session, 1e9, now_ms() + SETTLED_MS);
}

double
session_key_ms(struct session *session, const char *key)
{
    uint64_t before = session->bytes;
    double pressed = now_ms(), took;

    type(session, key);
    while (session->bytes == before && !session->gone && now_ms() < pressed + 1e3)
        session_watch(session, 0.01, pressed + 1e3);
    took = session->bytes == before ? NAN : session->last_byte_ms - pressed;
    session_watch(session, QUIET_AFTER_KEY_MS, pressed + 1e3);
    return took;
}

static int
remove_entry(const char *path, const struct stat *status, int kind, struct FTW *where)
{
    (void)status, (void)kind, (void)where;
    return remove(path);
}

void
session_close(struct session *session)
{
    kill(session->pid, SIGTERM);
    for (int i = 0; i < 300 && waitpid(session->pid, NULL, WNOHANG) == 0; i++) {
        session_watch(session, 10, now_ms() + 10);
        if (session->gone)
            usleep(10000);
        if (i == 299) {
            kill(session->pid, SIGKILL);
            waitpid(session->pid, NULL, 0);
        }
    }
    close(session->terminal);
    nftw(session->home, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* The number behind a label in a file of /proc, the first when there is no label. */
static double
proc_number(const char *path, const char *label)
{
    char line[256];
    double number = 0;
    FILE *file = fopen(path, "re");

    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, label, strlen(label)) == 0) {
            number = strtod(line + strlen(label), NULL);
            break;
        }
    if (file)
        fclose(file);
    return number;
}

double
session_threads(const struct session *session, const char *file, const char *label)
{
    char pattern[64];
    glob_t found;
    double sum = 0;

    snprintf(pattern, sizeof pattern, "/proc/%d/task/*/%s", (int)session->pid, file);
    if (glob(pattern, 0, NULL, &found) != 0)
        return 0;
    for (size_t i = 0; i < found.gl_pathc; i++)
        sum += proc_number(found.gl_pathv[i], label);
    globfree(&found);
    return sum;
}

double
session_resident_kb(const struct session *session)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/status", (int)session->pid);
    return proc_number(path, "VmRSS:");
}
