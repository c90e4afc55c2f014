#include "storage/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/text.h"

static bool
make_room(struct problems *problems)
{
    if (problems->count < problems->room)
        return true;
    int room = problems->room > 0 ? 2 * problems->room : 8;
    struct problem *item = realloc(problems->item, (size_t)room * sizeof *item);
    if (item == NULL)
        return false;
    problems->item = item;
    problems->room = room;
    return true;
}

void
problems_add(struct problems *problems, const char *file, int line, const char *format, ...)
{
    char *message = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&message, format, arguments);
    va_end(arguments);
    if (length < 0)
        message = NULL;
    if (!make_room(problems)) {
        problems->lost = true;
        free(message);
        return;
    }
    problems->item[problems->count++] = (struct problem){
        .file = file == NULL ? NULL : strdup(file),
        .line = line,
        .message = message,
    };
}

bool
problems_none(const struct problems *problems)
{
    return problems->count == 0 && !problems->lost;
}

void
problems_free(struct problems *problems)
{
    for (int i = 0; i < problems->count; i++) {
        free(problems->item[i].file);
        free(problems->item[i].message);
    }
    free(problems->item);
    *problems = (struct problems){0};
}

static bool
same_file(const struct problem *problem, const struct problem *other)
{
    if (problem->file == NULL || other->file == NULL)
        return problem->file == other->file;
    return strcmp(problem->file, other->file) == 0;
}

/* Where the file of problem `at` is first named. */
static int
file_place(const struct problems *problems, int at)
{
    int place = 0;
    while (!same_file(&problems->item[place], &problems->item[at]))
        place++;
    return place;
}

/* Insertion sort by file and line; the files keep the order of their first mention since what
 * stands before `i` is sorted and what comes later can only join it. */
void
problems_sort(struct problems *problems)
{
    for (int i = 1; i < problems->count; i++) {
        struct problem problem = problems->item[i];
        int file = file_place(problems, i), to = i;
        while (to > 0) {
            const struct problem *before = &problems->item[to - 1];
            bool is_later = file_place(problems, to - 1) > file ||
                            (same_file(before, &problem) && before->line > problem.line);
            if (!is_later)
                break;
            to--;
        }
        memmove(&problems->item[to + 1], &problems->item[to], (size_t)(i - to) * sizeof problem);
        problems->item[to] = problem;
    }
}

char *
problems_text(const struct problem *problem)
{
    char *raw = NULL, *clean = NULL;
    const char *file = problem->file == NULL ? "" : problem->file;
    const char *message = problem->message == NULL ? "out of memory" : problem->message;
    int length;
    if (*file == '\0')
        length = asprintf(&raw, "%s", message);
    else if (problem->line == 0)
        length = asprintf(&raw, "%s: %s", file, message);
    else
        length = asprintf(&raw, "%s:%d: %s", file, problem->line, message);
    if (length >= 0) {
        clean = text_clean(raw, (size_t)length);
        free(raw);
    }
    return clean;
}
