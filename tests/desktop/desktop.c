#include "desktop.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What `text` begins with; 0 when that is no number. */
static int
number(const char *text)
{
    return (int)strtol(text, NULL, 10);
}

static void
remove_folder(const char *folder)
{
    char command[128];

    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        fprintf(stderr, "# cannot remove %s\n", folder);
}

/* Runs with-dunst.sh; a stream of what it says, or NULL. */
static FILE *
start(struct desktop *desktop)
{
    char *arguments[] = {"with-dunst.sh", desktop->folder, NULL};
    posix_spawn_file_actions_t actions;
    int in[2], out[2], error;

    if (pipe2(in, O_CLOEXEC) < 0 || pipe2(out, O_CLOEXEC) < 0)
        return NULL;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    error = posix_spawn(&desktop->starter, "tests/desktop/with-dunst.sh", &actions, NULL, arguments,
                        environ);
    posix_spawn_file_actions_destroy(&actions);
    close(in[0]);
    close(out[1]);
    desktop->input = in[1];
    return error ? NULL : fdopen(out[0], "r");
}

/* True when it was the last line. */
static bool
take(struct desktop *desktop, char *line)
{
    char *value = strchr(line, '=');

    line[strcspn(line, "\n")] = '\0';
    if (strncmp(line, "missing ", 8) == 0)
        snprintf(desktop->missing, sizeof desktop->missing, "%.60s", line + 8);
    else if (strncmp(line, "DUNST_PID=", 10) == 0)
        desktop->dunst = number(line + 10);
    else if (strncmp(line, "BUS_PID=", 8) == 0)
        desktop->bus = number(line + 8);
    else if (value) {
        *value = '\0';
        setenv(line, value + 1, 1);
    }
    return strcmp(line, "ready") == 0 || desktop->missing[0];
}

bool
desktop_open(struct desktop *desktop)
{
    char line[256];
    bool is_ready = false;
    FILE *says;

    memset(desktop, 0, sizeof *desktop);
    desktop->input = -1;
    strcpy(desktop->folder, "/tmp/randori-desktop.XXXXXX");
    if (!mkdtemp(desktop->folder) || !(says = start(desktop)))
        return false;
    while (!is_ready && fgets(line, sizeof line, says)) {
        if (strncmp(line, "failed", 6) == 0)
            fprintf(stderr, "# with-dunst.sh: %s", line);
        is_ready = take(desktop, line);
    }
    fclose(says);
    return is_ready;
}

void
desktop_close(struct desktop *desktop)
{
    if (desktop->input >= 0)
        close(desktop->input);
    if (desktop->starter > 0)
        waitpid(desktop->starter, NULL, 0);
    if (desktop->folder[0])
        remove_folder(desktop->folder);
    unsetenv("DISPLAY");
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    memset(desktop, 0, sizeof *desktop);
    desktop->input = -1;
}

bool
desktop_dismiss(void)
{
    return system("dunstctl close >/dev/null 2>&1") == 0;
}

int
desktop_displayed(void)
{
    FILE *output = popen("dunstctl count displayed 2>/dev/null", "re");
    char line[64], *end = line;
    long count = -1;

    if (!output)
        return -1;
    if (fgets(line, sizeof line, output))
        count = strtol(line, &end, 10);
    return pclose(output) == 0 && end > line ? (int)count : -1;
}

bool
desktop_press(const struct desktop *desktop, const char *label)
{
    char path[96];
    FILE *pick;

    snprintf(path, sizeof path, "%s/pick", desktop->folder);
    pick = fopen(path, "we");
    if (!pick)
        return false;
    fputs(label, pick);
    fclose(pick);
    return system("dunstctl context >/dev/null 2>&1") == 0;
}

static char *
contents(const struct desktop *desktop, const char *name)
{
    char path[96], *text = calloc(1, 1 << 16);
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", desktop->folder, name);
    file = fopen(path, "re");
    if (file && text && fread(text, 1, (1 << 16) - 1, file) == 0)
        text[0] = '\0';
    if (file)
        fclose(file);
    return text;
}

static bool
holds(const struct desktop *desktop, const char *name, const char *text)
{
    char *all = contents(desktop, name);
    bool found = all && strstr(all, text);

    free(all);
    return found;
}

bool
desktop_has_shown(const struct desktop *desktop, const char *text)
{
    return holds(desktop, "shown", text);
}

bool
desktop_has_offered(const struct desktop *desktop, const char *label)
{
    return holds(desktop, "menu", label);
}

struct process {
    char name[64], state;
    int parent;
};

/* False when there is none. */
static bool
look_at(pid_t pid, struct process *process)
{
    char path[64], line[256], *end;
    size_t got;
    FILE *file;

    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    file = fopen(path, "re");
    if (!file)
        return false;
    got = fread(line, 1, sizeof line - 1, file);
    fclose(file);
    line[got] = '\0';
    end = strrchr(line, ')'); /* PID (NAME) STATE PARENT .. */
    if (!end || end[1] != ' ' || !end[2])
        return false;
    process->state = end[2];
    process->parent = number(end + 3);
    *end = '\0';
    snprintf(process->name, sizeof process->name, "%.60s", strchr(line, '(') + 1);
    return true;
}

pid_t
desktop_child(pid_t of, const char *program)
{
    DIR *processes = opendir("/proc");
    const struct dirent *entry;
    struct process process;
    pid_t found = 0;

    while (processes && !found && (entry = readdir(processes))) {
        pid_t pid = number(entry->d_name);

        if (pid > 0 && look_at(pid, &process) && process.parent == of &&
            strcmp(process.name, program) == 0)
            found = pid;
    }
    if (processes)
        closedir(processes);
    return found;
}

bool
desktop_is_alive(pid_t pid)
{
    struct process process;

    return look_at(pid, &process) && process.state != 'Z' && process.state != 'X';
}
