#include "storage/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Makefile says where; without it nothing is compiled in. */
#ifndef RANDORI_LIBEXECDIR
#define RANDORI_LIBEXECDIR NULL
#endif
#ifndef RANDORI_DATADIR
#define RANDORI_DATADIR NULL
#endif

char *
paths_join(const char *folder, const char *name)
{
    size_t length = strlen(folder);
    const char *slash = length > 0 && folder[length - 1] == '/' ? "" : "/";
    char *path;

    return asprintf(&path, "%s%s%s", folder, slash, name) < 0 ? NULL : path;
}

char *
paths_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return strdup(".");
    return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

/* Joins and frees the folder. */
static char *
join_freeing(char *folder, const char *name)
{
    char *path = folder == NULL ? NULL : paths_join(folder, name);

    free(folder);
    return path;
}

static const char *
absolute_variable(const char *name)
{
    const char *value = getenv(name);

    return value != NULL && value[0] == '/' ? value : NULL;
}

/* The value of an XDG variable, or its default below HOME. */
static char *
xdg_folder(const char *variable, const char *below_home)
{
    const char *value = absolute_variable(variable);
    const char *home = absolute_variable("HOME");

    if (value != NULL)
        return strdup(value);
    return home == NULL ? NULL : paths_join(home, below_home);
}

char *
paths_config(const char *name)
{
    char *folder = join_freeing(xdg_folder("XDG_CONFIG_HOME", ".config"), "randori");

    return name == NULL ? folder : join_freeing(folder, name);
}

char *
paths_data(void)
{
    return join_freeing(xdg_folder("XDG_DATA_HOME", ".local/share"), "randori");
}

char *
paths_state(const char *name)
{
    return join_freeing(join_freeing(xdg_folder("XDG_STATE_HOME", ".local/state"), "randori"),
                        name);
}

/* The variable often outlives its folder: su, containers, cron. */
char *
paths_runtime(void)
{
    const char *folder = absolute_variable("XDG_RUNTIME_DIR");

    if (folder != NULL && access(folder, W_OK | X_OK) == 0)
        return paths_join(folder, "randori");
    return paths_runtime_else();
}

char *
paths_runtime_else(void)
{
    return join_freeing(xdg_folder("XDG_STATE_HOME", ".local/state"), "randori/run");
}

static char *
folder_of_ourselves(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);

    if (length < 0)
        return NULL;
    path[length] = '\0';
    return paths_folder_of(path);
}

/* `path` when it may be used so, else freed and NULL. */
static char *
usable(char *path, int mode)
{
    if (path != NULL && access(path, mode) == 0)
        return path;
    free(path);
    return NULL;
}

static char *
find_ours(const char *name, const char *beside, const char *compiled_in, int mode)
{
    char *folder = folder_of_ourselves();
    char *path = NULL;

    if (folder != NULL) {
        path = usable(paths_join(folder, name), mode);
        if (path == NULL)
            path = usable(join_freeing(paths_join(folder, beside), name), mode);
    }
    if (path == NULL && compiled_in != NULL)
        path = usable(paths_join(compiled_in, name), mode);
    free(folder);
    return path;
}

char *
paths_program(const char *name)
{
    return find_ours(name, "../libexec/randori", RANDORI_LIBEXECDIR, X_OK);
}

char *
paths_shared(const char *name)
{
    return find_ours(name, "../share/randori", RANDORI_DATADIR, R_OK);
}

bool
paths_sync_folder_of(const char *path)
{
    char *folder = paths_folder_of(path);
    int fd = folder == NULL ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool is_synced = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    int error = errno;

    if (fd >= 0)
        close(fd);
    free(folder);
    errno = error;
    return is_synced;
}

static bool
make_one(const char *path)
{
    struct stat status;

    if (mkdir(path, 0700) == 0) {
        paths_sync_folder_of(path); /* after a power cut it should be there; it works without */
        return true;
    }
    if (errno != EEXIST)
        return false;
    if (stat(path, &status) != 0)
        return false;
    errno = ENOTDIR;
    return S_ISDIR(status.st_mode);
}

bool
paths_make(const char *folder)
{
    struct stat status;
    char *path;
    bool made = true;

    if (stat(folder, &status) == 0 && S_ISDIR(status.st_mode))
        return true;
    path = strdup(folder);
    if (path == NULL || path[0] == '\0') {
        free(path);
        errno = ENOENT;
        return false;
    }
    for (char *slash = strchr(path + 1, '/'); made && slash != NULL;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        made = make_one(path);
        *slash = '/';
    }
    made = made && make_one(path);
    free(path);
    return made;
}
