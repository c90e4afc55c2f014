#include "storage/checklist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "session/text.h"
#include "storage/file.h"
#include "storage/paths.h"

enum { ITEMS_MOST = 200, ITEM_MOST = 500 /* bytes */, AMOUNT_MOST = 1000 };

const char *const checklist_names[] = {"ceremony", "dojo", NULL};

const char *
checklist_title(const char *name)
{
    static const char *const titles[] = {"Master of Ceremony", "Master of Dojo"};

    for (int i = 0; checklist_names[i] != NULL; i++) {
        if (strcmp(checklist_names[i], name) == 0)
            return titles[i];
    }
    return name;
}

void
checklist_free(struct checklist *checklist)
{
    for (int i = 0; i < checklist->count; i++) {
        free(checklist->item[i].text);
        free(checklist->item[i].hint);
    }
    free(checklist->item);
    free(checklist->name);
    *checklist = (struct checklist){0};
}

/* --- when it is due --- */

/* A hint is its word, with a number behind it (1) or without (-1). */
static const struct hint {
    const char *word;
    enum due due;
    int number;
} hints[] = {
    {"D-", DUE_BEFORE, 1},  {"T-", DUE_START, 1},   {"T", DUE_START, -1},
    {"stop-", DUE_STOP, 1}, {"stop", DUE_STOP, -1}, {"+", DUE_AFTER, 1},
};

static bool
read_number(const char *text, size_t length, int *number)
{
    *number = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        *number = *number * 10 + (text[i] - '0');
        if (*number > AMOUNT_MOST)
            return false;
    }
    return length > 0;
}

static bool
read_hint(const char *word, size_t length, enum due *due, int *amount)
{
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        size_t known = strlen(hints[i].word);

        *amount = 0;
        *due = hints[i].due;
        if (length < known || strncmp(word, hints[i].word, known) != 0)
            continue;
        if (hints[i].number < 0 ? length == known
                                : read_number(word + known, length - known, amount))
            return true;
    }
    *due = DUE_OPEN;
    return false;
}

int64_t
checklist_due(const struct checklist_item *item, int64_t next, int64_t last)
{
    int64_t from = item->due == DUE_AFTER ? last : next;

    if (item->due == DUE_OPEN || from == CHECKLIST_OPEN)
        return CHECKLIST_OPEN;
    if (item->due == DUE_BEFORE)
        return from - item->amount;
    return item->due == DUE_AFTER ? from + item->amount : from;
}

/* --- reading --- */

static bool
add(struct checklist *checklist, const char *text, int line)
{
    struct checklist_item item = {.line = line};
    size_t word = strcspn(text, " \t");

    if (checklist->count == checklist->room) {
        int room = checklist->room == 0 ? 32 : 2 * checklist->room;
        struct checklist_item *items = realloc(checklist->item, (size_t)room * sizeof *items);

        if (items == NULL)
            return false;
        checklist->item = items;
        checklist->room = room;
    }
    if (text[word + strspn(text + word, " \t")] == '\0' ||
        !read_hint(text, word, &item.due, &item.amount))
        word = 0;
    item.hint = strndup(text, word);
    text += word;
    item.text = text_clean(text + strspn(text, " \t"), strlen(text + strspn(text, " \t")));
    if (item.hint == NULL || item.text == NULL) {
        free(item.hint);
        free(item.text);
        return false;
    }
    checklist->item[checklist->count++] = item;
    return true;
}

/* Ticks know an item by its text. */
static const struct checklist_item *
find_twin(const struct checklist *checklist)
{
    const struct checklist_item *last = &checklist->item[checklist->count - 1];

    for (int i = 0; i < checklist->count - 1; i++) {
        if (strcmp(checklist->item[i].text, last->text) == 0)
            return &checklist->item[i];
    }
    return NULL;
}

static void
read_item(struct checklist *checklist, const char *path, int number, const char *text,
          struct problems *problems)
{
    const struct checklist_item *twin;

    if (strlen(text) > ITEM_MOST) {
        problems_add(problems, path, number, "the line is longer than %d bytes", ITEM_MOST);
    } else if (checklist->count == ITEMS_MOST) {
        problems_add(problems, path, number, "more than %d items are left out", ITEMS_MOST);
    } else if (!add(checklist, text, number)) {
        problems_add(problems, path, number, "out of memory");
    } else if ((twin = find_twin(checklist)) != NULL) {
        problems_add(problems, path, number, "the same stands in line %d already", twin->line);
        checklist->count--;
        free(checklist->item[checklist->count].text);
        free(checklist->item[checklist->count].hint);
    }
}

static void
read_line(struct checklist *checklist, const char *path, int number, struct file_line line,
          struct problems *problems)
{
    char why[80], *text;
    const char *fault = file_line_fault(&line, why);

    if (fault != NULL) {
        problems_add(problems, path, number, "the line %s", fault);
        return;
    }
    line = file_line_trim(line);
    if (line.length == 0 || *line.bytes == '#')
        return;
    text = strndup(line.bytes, line.length);
    if (text != NULL)
        read_item(checklist, path, number, text, problems);
    free(text);
}

bool
checklist_read_file(const char *name, const char *path, struct checklist *checklist,
                    struct problems *problems)
{
    struct file_text text, rest;
    struct file_line line;
    int number = 0, error = file_read(NULL, path, &text);

    *checklist = (struct checklist){.name = strdup(name)};
    if (error != 0) {
        problems_add(problems, path, 0, "%s", file_error(error));
        return false;
    }
    rest = text;
    file_skip_mark(&rest);
    while (file_next_line(&rest, &line))
        read_line(checklist, path, ++number, line, problems);
    free(text.bytes);
    return true;
}

bool
checklist_read(const char *name, struct checklist *checklist, struct problems *problems)
{
    char file[80], *path;
    bool good = false;

    *checklist = (struct checklist){0};
    snprintf(file, sizeof file, "checklist-%.50s.txt", name);
    path = strchr(name, '/') != NULL ? NULL : paths_config(file);
    if (path != NULL && access(path, F_OK) != 0) {
        free(path);
        path = NULL;
    }
    if (path == NULL && strchr(name, '/') == NULL)
        path = paths_shared(file);
    if (path == NULL)
        problems_add(problems, NULL, 0, "there is no checklist %s (%s)", name, file);
    else
        good = checklist_read_file(name, path, checklist, problems);
    free(path);
    return good;
}
