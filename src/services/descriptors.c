#include "services/descriptors.h"

#include <fcntl.h>
#include <unistd.h>

bool
descriptors_guard(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) >= 0)
            continue;
        if (open("/dev/null", O_RDWR) != fd) /* the lowest free number: this one */
            return false;
    }
    return true;
}
