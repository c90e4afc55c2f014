/* The two lines of a closed session that history needs. Private to past*.c. */
#ifndef STORAGE_PAST_LINE_H
#define STORAGE_PAST_LINE_H

#include "storage/past_file.h"

/* Fill file->closing, and file->past with file->practice; the line is written into. False when it is
 * not as we write it, of another version, or lacks what is needed. */
bool past_line_closing(struct past_file *file, char *line, size_t length);
bool past_line_opening(struct past_file *file, char *line, size_t length);

#endif
