#include "storage/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "session/text.h"

bool
file_leads_out(const char *name)
{
    if (name[0] == '/')
        return true;
    for (const char *part = name; part != NULL; part = strchr(part, '/')) {
        part += strspn(part, "/");
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return true;
    }
    return false;
}

/* ELOOP for a link, whatever it leads to. */
static int
open_part(int folder, const char *part, int flags)
{
    struct stat about;
    if (fstatat(folder, part, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(about.st_mode)) {
        errno = ELOOP;
        return -1;
    }
    return openat(folder, part, flags | O_NOFOLLOW);
}

static void
close_quietly(int file)
{
    int error = errno;
    if (file >= 0)
        close(file);
    errno = error;
}

/* Kernels before 5.6, and some sandboxes, have no openat2(): there no link is followed at all.
 * Closes the folder. */
static int
open_part_by_part(int folder, const char *name, int flags)
{
    char *path = strdup(name), *part = path;
    char *slash;
    while (folder >= 0 && part != NULL && (slash = strchr(part, '/')) != NULL) {
        *slash = '\0';
        int next = open_part(folder, *part == '\0' ? "." : part, O_PATH | O_DIRECTORY | O_CLOEXEC);
        close_quietly(folder);
        folder = next;
        part = slash + 1;
    }
    int file =
        folder < 0 || part == NULL ? -1 : open_part(folder, *part == '\0' ? "." : part, flags);
    close_quietly(folder);
    free(path);
    return file;
}

static int
open_below(const char *folder, const char *name, int flags)
{
    struct open_how how = {.flags = (unsigned)flags, .resolve = RESOLVE_BENEATH};
    if (file_leads_out(name)) {
        errno = EXDEV;
        return -1;
    }
    int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (at < 0)
        return -1;
    int file = (int)syscall(SYS_openat2, at, name, &how, sizeof how);
    if (file < 0 && (errno == ENOSYS || errno == EPERM))
        return open_part_by_part(at, name, flags);
    close_quietly(at);
    return file;
}

/* Not blocking at first: a pipe that nobody writes to must not stop us. */
static int
open_for_reading(const char *folder, const char *name)
{
    const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK;
    int file = folder == NULL ? open(name, flags) : open_below(folder, name, flags);
    if (file >= 0)
        fcntl(file, F_SETFL, 0);
    return file;
}

static int
read_all(int file, size_t most, struct file_text *text)
{
    struct stat about;
    if (fstat(file, &about) != 0)
        return errno;
    if (S_ISREG(about.st_mode) && about.st_size > (off_t)most)
        return EFBIG;
    text->bytes = malloc(most + 2);
    if (text->bytes == NULL)
        return ENOMEM;
    while (text->length <= most) {
        ssize_t got = read(file, text->bytes + text->length, most + 1 - text->length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return errno;
        if (got == 0)
            break;
        text->length += (size_t)got;
    }
    text->bytes[text->length] = '\0';
    return text->length > most ? EFBIG : 0;
}

static int
open_and_read(const char *folder, const char *name, size_t most, struct file_text *text)
{
    *text = (struct file_text){0};
    int file = open_for_reading(folder, name);
    if (file < 0)
        return errno;
    int error = read_all(file, most, text);
    close(file);
    if (error != 0) {
        free(text->bytes);
        *text = (struct file_text){0};
    }
    return error;
}

int
file_read(const char *folder, const char *name, struct file_text *text)
{
    return open_and_read(folder, name, FILE_MOST, text);
}

int
file_read_up_to(const char *name, size_t most, struct file_text *text)
{
    return open_and_read(NULL, name, most, text);
}

bool
file_write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

int
file_check_below(const char *folder, const char *name)
{
    int file = open_below(folder, name, O_PATH | O_CLOEXEC);
    if (file >= 0)
        close(file);
    return file >= 0 || errno == ENOENT ? 0 : errno;
}

const char *
file_error(int error)
{
    switch (error) {
    case ENOENT:
        return "does not exist";
    case EISDIR:
        return "is a directory";
    case EACCES:
        return "may not be read (permission denied)";
    case EFBIG:
        return "is larger than 1 MiB";
    case EXDEV:
    case ELOOP:
        return "leads out of the folder of the file that names it";
    default:
        return strerrordesc_np(error);
    }
}

void
file_skip_mark(struct file_text *rest)
{
    static const char mark[] = "\xEF\xBB\xBF";
    if (rest->length >= 3 && memcmp(rest->bytes, mark, 3) == 0) {
        rest->bytes += 3;
        rest->length -= 3;
    }
}

bool
file_next_line(struct file_text *rest, struct file_line *line)
{
    if (rest->length == 0)
        return false;
    const char *end = memchr(rest->bytes, '\n', rest->length);
    size_t length = end == NULL ? rest->length : (size_t)(end - rest->bytes);
    *line = (struct file_line){rest->bytes, length};
    if (length > 0 && line->bytes[length - 1] == '\r')
        line->length--;
    size_t used = length + (end != NULL);
    rest->bytes += used;
    rest->length -= used;
    return true;
}

static bool
is_blank(char letter)
{
    return letter == ' ' || letter == '\t';
}

struct file_line
file_line_trim(struct file_line line)
{
    while (line.length > 0 && is_blank(line.bytes[0])) {
        line.bytes++;
        line.length--;
    }
    while (line.length > 0 && is_blank(line.bytes[line.length - 1]))
        line.length--;
    return line;
}

const char *
file_line_fault(const struct file_line *line, char why[static 80])
{
    const char *at = line->bytes, *end = at + line->length;
    if (memchr(at, '\r', line->length) != NULL)
        return "holds a carriage return; end lines with a newline";
    while (at < end) {
        const char *tab = memchr(at, '\t', (size_t)(end - at));
        const char *stop = tab == NULL ? end : tab;
        const char *fault = text_fault(at, (size_t)(stop - at), why);
        if (fault != NULL)
            return fault;
        at = stop + (tab != NULL);
    }
    return NULL;
}
