#include "services/remote_address.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A long folder gets a short name: that of its descriptor. */
static bool
shorten(const char *path, struct sockaddr_un *address, int *folder)
{
    const char *slash = strrchr(path, '/');
    char *name = slash == NULL ? NULL : strndup(path, (size_t)(slash - path));
    int length;

    if (name == NULL) {
        errno = ENAMETOOLONG;
        return false;
    }
    *folder = open(name, O_PATH | O_DIRECTORY | O_CLOEXEC);
    free(name);
    if (*folder < 0)
        return false;
    length =
        snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d%s", *folder, slash);
    if (length < (int)sizeof address->sun_path)
        return true;
    close(*folder);
    *folder = -1;
    errno = ENAMETOOLONG;
    return false;
}

bool
remote_address(const char *path, struct sockaddr_un *address, int *folder)
{
    *folder = -1;
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address->sun_path)
        return shorten(path, address, folder);
    memcpy(address->sun_path, path, strlen(path) + 1);
    return true;
}
