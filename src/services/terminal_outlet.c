#include "services/terminal_outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include "services/clock.h"

enum { CHUNK = 16384, MEMORY_KEPT = 65536 /* bytes sent before the file is emptied */ };

bool
outlet_open(struct outlet *outlet, int tty)
{
    *outlet = (struct outlet){
        .memory = memfd_create("screen", MFD_CLOEXEC), .tty = tty, .is_empty = true};
    /* Appending: after a truncation ncurses writes at the new end, without a seek. */
    return outlet->memory >= 0 && fcntl(outlet->memory, F_SETFL, O_APPEND) == 0;
}

void
outlet_close(struct outlet *outlet)
{
    if (outlet->memory >= 0)
        close(outlet->memory);
    outlet->memory = -1;
}

void
outlet_drop(struct outlet *outlet)
{
    if (ftruncate(outlet->memory, 0) == 0)
        outlet->sent = 0;
    outlet->is_empty = true;
}

static ssize_t
write_once(int fd, const char *bytes, size_t length)
{
    ssize_t written;
    do
        written = write(fd, bytes, length);
    while (written < 0 && errno == EINTR);
    return written;
}

bool
outlet_send(struct outlet *outlet)
{
    char chunk[CHUNK];
    ssize_t length, written;
    do {
        length = pread(outlet->memory, chunk, sizeof chunk, outlet->sent);
        written = length > 0 ? write_once(outlet->tty, chunk, (size_t)length) : 0;
        if (written < 0) {
            outlet->is_empty = false;
            return errno == EAGAIN;
        }
        outlet->sent += written;
    } while (length == CHUNK || written < length);
    outlet->is_empty = true;
    if (outlet->sent > MEMORY_KEPT)
        outlet_drop(outlet);
    return true;
}

bool
outlet_drain(struct outlet *outlet, int64_t ms)
{
    int64_t until = clock_boot_ms() + ms;
    while (outlet_send(outlet)) {
        if (outlet->is_empty)
            return true;
        int64_t left = until - clock_boot_ms();
        struct pollfd tty = {outlet->tty, POLLOUT, 0};
        if (left <= 0 || poll(&tty, 1, (int)left) == 0)
            return false;
    }
    return false;
}
