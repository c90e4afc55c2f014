/*
 * Small files that people edit, read whole; and paths that must stay inside a folder.
 */
#ifndef STORAGE_FILE_H
#define STORAGE_FILE_H

#include <stdbool.h>
#include <stddef.h>

enum { FILE_MOST = 1 << 20 /* bytes */ };

struct file_text {
    char *bytes; /* owned; a NUL stands behind the last one */
    size_t length;
};

/* Reads `name`. With a `folder`, `name` is relative to it and may not lead out of it, neither by
 * ".." nor through a symbolic link (EXDEV). 0, or an errno: EISDIR, EFBIG above FILE_MOST, ... */
int file_read(const char *folder, const char *name, struct file_text *text);
/* The same without a folder, and EFBIG above `most` bytes. */
int file_read_up_to(const char *name, size_t most, struct file_text *text);

/* False: errno, and nobody knows how much was written. */
bool file_write_all(int fd, const char *bytes, size_t length);

/* True for an absolute path and one with a ".." in it. */
bool file_leads_out(const char *name);

/* Whether `name` may be used below `folder`: 0 also when it does not exist yet; EXDEV when it leads
 * out of it. */
int file_check_below(const char *folder, const char *name);

/* An errno of these functions as a phrase: "is a directory". */
const char *file_error(int error);

/* Takes the next line out of *rest: without newline, with a CR before it gone; false at the end.
 * A byte order mark at the very start is the caller's to skip (file_skip_mark). */
struct file_line {
    const char *bytes;
    size_t length;
};
bool file_next_line(struct file_text *rest, struct file_line *line);
void file_skip_mark(struct file_text *rest);

/* Without the blanks and tabs at its ends. */
struct file_line file_line_trim(struct file_line line);

/* What is wrong with a line as text (see text_fault()), or NULL; tabs between words are allowed. */
const char *file_line_fault(const struct file_line *line, char why[static 80]);

#endif
