#include "storage/patterns.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/text.h"
#include "storage/table.h"

enum { GROUPS = 10, MESSAGE_SIZE = 200 };

static const char *const kind_names[PATTERN_KINDS] = {
    [PATTERN_FILE] = "file",
    [PATTERN_FOLDER] = "folder",
    [PATTERN_COMMENT] = "comment",
    [PATTERN_BLOCK] = "block",
    [PATTERN_ATTRIBUTE] = "attribute",
    [PATTERN_METHOD] = "method",
    [PATTERN_TEST] = "test",
    [PATTERN_TITLE] = "title",
    [PATTERN_SKIP] = "skip",
    [PATTERN_SKIP_TEST] = "skip-test",
    [PATTERN_SKIP_INSIDE] = "skip-inside",
};

struct loading {
    struct patterns *patterns;
    struct problems *problems;
};

static void
free_pattern(struct pattern *pattern)
{
    free(pattern->text);
    free(pattern->end);
    if (pattern->compiled)
        regfree(&pattern->regex);
}

void
patterns_free(struct patterns *patterns)
{
    for (int i = 0; i < patterns->count; i++) {
        struct language *language = &patterns->language[i];

        for (int j = 0; j < language->count; j++)
            free_pattern(&language->pattern[j]);
        free(language->pattern);
        free(language->name);
    }
    free(patterns->language);
    *patterns = (struct patterns){0};
}

/* --- reading --- */

/* The language of that name, a new one when there is none; NULL when memory is out. */
static struct language *
find_language(struct patterns *patterns, const char *name)
{
    for (int i = 0; i < patterns->count; i++) {
        if (strcmp(patterns->language[i].name, name) == 0)
            return &patterns->language[i];
    }
    if (patterns->count == patterns->room) {
        int room = patterns->room == 0 ? 16 : 2 * patterns->room;
        struct language *language = realloc(patterns->language, (size_t)room * sizeof *language);

        if (language == NULL)
            return NULL;
        patterns->language = language;
        patterns->room = room;
    }
    patterns->language[patterns->count] = (struct language){.name = strdup(name)};
    return patterns->language[patterns->count].name == NULL
               ? NULL
               : &patterns->language[patterns->count++];
}

static bool
make_room(struct language *language)
{
    if (language->count == language->room) {
        int room = language->room == 0 ? 8 : 2 * language->room;
        struct pattern *pattern = realloc(language->pattern, (size_t)room * sizeof *pattern);

        if (pattern == NULL)
            return false;
        language->pattern = pattern;
        language->room = room;
    }
    return true;
}

/* PATTERN_KINDS: none. */
static enum pattern_kind
kind_of(const char *name)
{
    enum pattern_kind kind = PATTERN_FILE;

    while (kind < PATTERN_KINDS && strcmp(kind_names[kind], name) != 0)
        kind++;
    return kind;
}

static bool
is_expression(enum pattern_kind kind)
{
    return kind >= PATTERN_ATTRIBUTE;
}

/* False after naming what is wrong. */
static bool
compile(const struct loading *loading, const struct table_row *row, struct pattern *pattern)
{
    char message[MESSAGE_SIZE];
    regex_t regex;
    int error;

    if (!is_expression(pattern->kind))
        return true;
    error = regcomp(&regex, pattern->text, REG_EXTENDED);
    if (error == 0) {
        pattern->regex = regex;
        pattern->compiled = true;
        return true;
    }
    regerror(error, &regex, message, sizeof message);
    problems_add(loading->problems, row->file, row->line,
                 "the pattern is no regular expression: %s", message);
    return false;
}

static bool
check(const struct loading *loading, const struct table_row *row, enum pattern_kind kind)
{
    int before = loading->problems->count;

#define COMPLAIN(...) problems_add(loading->problems, row->file, row->line, __VA_ARGS__)
    if (kind == PATTERN_KINDS)
        COMPLAIN("\"%s\" is not what a rule can be about: file, comment, test, skip, ...",
                 row->column[1]);
    else if (*row->column[2] == '\0')
        COMPLAIN("the pattern is missing in the third column");
    else if (kind == PATTERN_BLOCK && *row->column[3] == '\0')
        COMPLAIN("the fourth column must say what ends the block");
#undef COMPLAIN
    return loading->problems->count == before;
}

static void
visit(void *user, const struct table_row *row)
{
    struct loading *loading = user;
    struct pattern pattern = {.kind = kind_of(row->column[1])};
    struct language *language;

    if (strcmp(row->column[0], "language") == 0 && strcmp(row->column[1], "what") == 0)
        return; /* the heading */
    if (!check(loading, row, pattern.kind))
        return;
    pattern.text = strdup(row->column[2]);
    pattern.end = strdup(row->column[3]);
    language = find_language(loading->patterns, row->column[0]);
    if (pattern.text == NULL || pattern.end == NULL || language == NULL || !make_room(language))
        problems_add(loading->problems, row->file, row->line, "out of memory");
    else if (compile(loading, row, &pattern)) {
        language->pattern[language->count++] = pattern;
        return;
    }
    free_pattern(&pattern);
}

void
patterns_load(const char *shipped, const char *own, struct patterns *patterns,
              struct problems *problems)
{
    struct loading loading = {patterns, problems};

    *patterns = (struct patterns){0};
    if (own != NULL)
        table_read(own, false, visit, &loading, problems);
    if (shipped != NULL)
        table_read(shipped, true, visit, &loading, problems);
}

/* --- asking --- */

static bool
is_name(const struct pattern *pattern, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = strchr(pattern->text, '/') != NULL || slash == NULL ? path : slash + 1;

    return fnmatch(pattern->text, name, 0) == 0;
}

const struct language *
patterns_language(const struct patterns *patterns, const char *path)
{
    for (int i = 0; i < patterns->count; i++) {
        const struct language *language = &patterns->language[i];

        for (int j = 0; j < language->count; j++) {
            if (language->pattern[j].kind == PATTERN_FILE && is_name(&language->pattern[j], path))
                return language;
        }
    }
    return NULL;
}

bool
patterns_enters(const struct patterns *patterns, const char *folder_name)
{
    for (int i = 0; i < patterns->count; i++) {
        const struct language *language = &patterns->language[i];

        for (int j = 0; j < language->count; j++) {
            if (language->pattern[j].kind == PATTERN_FOLDER &&
                fnmatch(language->pattern[j].text, folder_name, 0) == 0)
                return false;
        }
    }
    return folder_name[0] != '.';
}

static void
copy_last_group(char *name, size_t size, const char *text, const regmatch_t *group)
{
    int last = GROUPS - 1;
    char *part;

    while (last > 0 && group[last].rm_so < 0)
        last--;
    part = last == 0
               ? strdup("")
               : strndup(text + group[last].rm_so, (size_t)(group[last].rm_eo - group[last].rm_so));
    text_clean_into(name, size, part == NULL ? "" : part);
    free(part);
}

bool
patterns_match(const struct language *language, enum pattern_kind kind, const char *text,
               char *name, size_t size)
{
    regmatch_t group[GROUPS];

    for (int i = 0; i < language->count; i++) {
        const struct pattern *pattern = &language->pattern[i];

        if (pattern->kind != kind || regexec(&pattern->regex, text, GROUPS, group, 0) != 0)
            continue;
        if (name != NULL)
            copy_last_group(name, size, text, group);
        return true;
    }
    return false;
}
