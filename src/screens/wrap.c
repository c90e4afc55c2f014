#include "screens/wrap.h"
#include "screens/frame.h"

#include <stdio.h>
#include <string.h>

#include "session/text.h"

enum { ROW_SIZE = 2048 };

static int
cluster_columns(const char *text, size_t from, size_t to)
{
    char cluster[128];
    snprintf(cluster, sizeof cluster, "%.*s", (int)(to - from), text + from);
    return text_columns(cluster);
}

size_t
wrap_row(const char *text, int columns, size_t *next)
{
    size_t at = 0, blank = 0;
    int used = 0;
    while (text[at] != '\0') {
        size_t end = at + text_next(text + at, 0);
        used += cluster_columns(text, at, end);
        if (text[at] == ' ')
            blank = at;
        else if (used > columns && at > 0)
            break;
        at = end;
    }
    size_t length = text[at] != '\0' && blank > 0 ? blank : at;
    *next = length + strspn(text + length, " ");
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return length;
}

int
wrap_rows(const char *text, int columns)
{
    int rows = 0;
    size_t next;
    do {
        wrap_row(text, columns, &next);
        text += next;
        rows++;
    } while (*text != '\0');
    return rows;
}

int
wrap_draw(WINDOW *window, int top, int left, int rows, int columns, enum paint paint,
          const struct view *view, const char *text)
{
    int used = 0;
    while (used < rows && (used == 0 || *text != '\0')) {
        char row[ROW_SIZE];
        size_t next, length = wrap_row(text, columns, &next);
        bool is_last = used == rows - 1;
        snprintf(row, sizeof row, "%.*s", is_last ? (int)strlen(text) : (int)length, text);
        frame_text(window, view, top + used, left, columns, paint, row);
        text += next;
        used++;
    }
    return used;
}
