/*
 * randori-notify: shows what randori asks for on the desktop. It reads messages (see
 * services/message.h) from standard input and answers on standard output; at the end of its input
 * it takes its popups down and leaves. It is a process of its own because libnotify blocks, and
 * GLib may end it: neither may touch a countdown.
 */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <libnotify/notify.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "notify/popups.h"

enum { FAREWELL_S = 2 }; /* how long taking the popups down may take */

struct notify {
    GMainLoop *loop;
    struct popups *popups;
    GString *input;
    gboolean is_passing_over; /* the rest of a line that was too long */
    int output;
};

/* --- speaking ------------------------------------------------------------------------------ */

static bool
write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);

        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

static void
say(void *user, const struct message *message)
{
    struct notify *notify = user;
    char *line = message_text(message);

    if (line && !write_all(notify->output, line, strlen(line)))
        g_main_loop_quit(notify->loop); /* nobody listens any more */
    free(line);
}

/* --- listening ----------------------------------------------------------------------------- */

static void
obey(struct notify *notify, const char *line, size_t length)
{
    struct message message;

    if (!message_parse(line, length, &message))
        return;
    if (message.kind == MESSAGE_SHOW)
        popups_show(notify->popups, &message);
    else if (message.kind == MESSAGE_CLOSE)
        popups_close(notify->popups, &message);
    message_clear(&message);
}

static void
obey_lines(struct notify *notify)
{
    GString *input = notify->input;
    char *newline;

    while ((newline = memchr(input->str, '\n', input->len))) {
        size_t length = (size_t)(newline - input->str);

        if (!notify->is_passing_over)
            obey(notify, input->str, length);
        notify->is_passing_over = FALSE;
        g_string_erase(input, 0, (gssize)length + 1);
    }
    if (input->len > MESSAGE_LINE_MOST) {
        notify->is_passing_over = TRUE;
        g_string_truncate(input, 0);
    }
}

static gboolean
on_input(int fd, GIOCondition condition, void *user)
{
    struct notify *notify = user;
    char bytes[4096];
    ssize_t got = read(fd, bytes, sizeof bytes);

    (void)condition;
    if (got < 0 && (errno == EINTR || errno == EAGAIN))
        return G_SOURCE_CONTINUE;
    if (got <= 0) {
        g_main_loop_quit(notify->loop);
        return G_SOURCE_REMOVE;
    }
    g_string_append_len(notify->input, bytes, got);
    obey_lines(notify);
    return G_SOURCE_CONTINUE;
}

static gboolean
on_signal(void *user)
{
    struct notify *notify = user;

    g_main_loop_quit(notify->loop);
    return G_SOURCE_CONTINUE;
}

/* libnotify holds on to a connection for ever, so only another process gets a new one. */
static void
on_bus_lost(GDBusConnection *bus, gboolean by_peer, GError *error, void *user)
{
    struct notify *notify = user;

    (void)bus;
    (void)by_peer;
    (void)error;
    g_main_loop_quit(notify->loop);
}

/* --- surroundings -------------------------------------------------------------------------- */

/* Only messages go to the pipe: what libraries print goes nowhere, and nothing they start holds
 * the pipe open. Returns the pipe's new descriptor. */
static int
guard_output(void)
{
    int output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (nowhere >= 0) {
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        close(nowhere);
    }
    return output;
}

static GLogWriterOutput
swallow(GLogLevelFlags level, const GLogField *fields, gsize count, void *user)
{
    (void)level;
    (void)fields;
    (void)count;
    (void)user;
    return G_LOG_WRITER_HANDLED;
}

static void
hurry(int signal_number)
{
    (void)signal_number;
    alarm(FAREWELL_S);
}

/* The end of input says that randori is gone, but a call that hangs does not read it. */
static void
outlive_nobody(void)
{
    struct pollfd input = {.fd = STDIN_FILENO};

    signal(SIGPIPE, SIG_IGN);
    signal(SIGUSR1, hurry);
    prctl(PR_SET_PDEATHSIG, SIGUSR1);
    if (poll(&input, 1, 0) == 1 && (input.revents & (POLLHUP | POLLERR)) != 0)
        hurry(0); /* it was gone before we asked to be told */
}

/* GDBus would end this process with SIGTERM when the bus dies. */
static GDBusConnection *
watch_bus(struct notify *notify)
{
    GDBusConnection *bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);

    if (bus) {
        g_dbus_connection_set_exit_on_close(bus, FALSE);
        g_signal_connect(bus, "closed", G_CALLBACK(on_bus_lost), notify);
    }
    return bus;
}

static void
run(struct notify *notify)
{
    GDBusConnection *bus = watch_bus(notify);

    g_unix_fd_add(STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_input, notify);
    g_unix_signal_add(SIGTERM, on_signal, notify);
    g_main_loop_run(notify->loop);
    alarm(FAREWELL_S);
    popups_free(notify->popups);
    if (bus)
        g_object_unref(bus);
}

int
main(int argc, char **argv)
{
    struct notify notify = {0};

    if (argc > 1 || isatty(STDIN_FILENO)) {
        fprintf(stderr, "%s: is started by randori, which tells it what to show\n", argv[0]);
        return 2;
    }
    outlive_nobody();
    notify.output = guard_output();
    g_log_set_writer_func(swallow, NULL, NULL);
    notify_init("randori");
    notify.loop = g_main_loop_new(NULL, FALSE);
    notify.input = g_string_new(NULL);
    notify.popups = popups_new(say, &notify);
    run(&notify);
    g_string_free(notify.input, TRUE);
    g_main_loop_unref(notify.loop);
    return 0;
}
