#include "services/spawn.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

static int
set_attributes(posix_spawnattr_t *attributes, bool own_session)
{
    int group = own_session ? POSIX_SPAWN_SETSID : POSIX_SPAWN_SETPGROUP;
    sigset_t none, all;
    int error;

    sigemptyset(&none);
    sigfillset(&all);
    error = posix_spawnattr_setflags(
        attributes, (short)(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | group));
    if (error == 0)
        error = posix_spawnattr_setsigmask(attributes, &none);
    if (error == 0)
        error = posix_spawnattr_setsigdefault(attributes, &all);
    return error;
}

static int
set_descriptors(posix_spawn_file_actions_t *actions, const struct spawn *what)
{
    int error = posix_spawn_file_actions_adddup2(actions, what->in, STDIN_FILENO);

    if (error == 0)
        error = posix_spawn_file_actions_adddup2(actions, what->out, STDOUT_FILENO);
    if (error == 0 && what->err >= 0)
        error = posix_spawn_file_actions_adddup2(actions, what->err, STDERR_FILENO);
    else if (error == 0)
        error = posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (error == 0)
        error = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
    return error;
}

static int
start(const struct spawn *what, const posix_spawn_file_actions_t *actions,
      posix_spawnattr_t *attributes, pid_t *pid)
{
    char *arguments[] = {(char *)what->path, NULL};
    int error = set_attributes(attributes, what->own_session);

    if (error != 0)
        return error;
    return posix_spawn(pid, what->path, actions, attributes, arguments, what->environment);
}

int
spawn_program(const struct spawn *what, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);

    if (error != 0)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error == 0) {
        error = set_descriptors(&actions, what);
        if (error == 0)
            error = start(what, &actions, &attributes, pid);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return error;
}
