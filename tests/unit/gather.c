#include "gather.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

void
gather(void *user, const char *piece)
{
    struct gathered *gathered = user;
    size_t length = strlen(piece);

    assert_true(gathered->used + length < sizeof gathered->text);
    memcpy(gathered->text + gathered->used, piece, length + 1);
    gathered->used += length;
}

void
gather_line(void *user, const char *line)
{
    assert_null(strchr(line, '\n'));
    gather(user, line);
    gather(user, "\n");
}
