/* JSON as text, whole or not at all. */
#ifndef SESSION_DUMP_H
#define SESSION_DUMP_H

#include <jansson.h>

/* In one line, in the order in which it was put together; the caller frees it. NULL when memory is
 * out, or `json` is NULL. */
char *dump_text(const json_t *json);
/* The same with a newline behind it. */
char *dump_line(const json_t *json);

#endif
