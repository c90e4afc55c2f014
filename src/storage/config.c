/*
 * inih as packaged cuts lines at 200 bytes and takes the rest for another line, joins indented
 * lines to the key before, cuts values at " ;", ends lines at a NUL, accepts empty names, and stops
 * telling at the first mistake. So it is fed by our own reader, which hands out one line a call,
 * only such that inih and we understand alike, and names every other with its number.
 */
#include "storage/config.h"

#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storage/file.h"

/* Debian makes the limit a variable; elsewhere it is compiled in, and the reader is told. */
__attribute__((weak)) extern int ini_max_line; // NOLINT(readability-redundant-declaration)

enum { LINE_MOST = 4096 };

struct reader {
    const char *path;
    bool trusted;
    struct settings *settings;
    struct config_lines *lines;
    struct problems *problems;
    struct file_text rest;
    int line;        /* the one read last */
    int pending;     /* the line that inih has, and has not answered with a key; 0: none */
    bool in_section; /* a known one: what stands elsewhere is not looked at */
    bool lost;       /* in an unknown section, which has been named */
};

__attribute__((format(printf, 2, 3))) static void
complain(struct reader *reader, const char *format, ...)
{
    char *message = NULL;
    va_list arguments;
    va_start(arguments, format);
    int length = vasprintf(&message, format, arguments);
    va_end(arguments);
    problems_add(reader->problems, reader->path, reader->line, "%s",
                 length < 0 ? "out of memory" : message);
    if (length >= 0)
        free(message);
}

static bool
is_blank(char letter)
{
    return letter == ' ' || letter == '\t';
}

/* --- sections --- */

/* True when inih may have the line: a known section. */
static bool
accept_section(struct reader *reader, struct file_line line)
{
    char name[64];
    const char *end = memchr(line.bytes, ']', line.length);
    reader->in_section = false;
    reader->lost = true;
    if (end == NULL) {
        complain(reader, "the section's name is not closed with ]");
        return false;
    }
    int length = (int)(end - line.bytes - 1);
    if (end != line.bytes + line.length - 1) {
        complain(reader, "nothing may follow the ] of a section");
        return false;
    }
    snprintf(name, sizeof name, "%.*s", length, line.bytes + 1);
    if (settings_has_section(name)) {
        reader->in_section = true;
        reader->lost = false;
        return true;
    }
    const char *nearest = settings_nearest(NULL, name);
    if (nearest != NULL)
        complain(reader, "unknown section [%s]; did you mean [%s]?", name, nearest);
    else
        complain(reader, "unknown section [%s]", name);
    return false;
}

/* --- keys --- */

/* A semicolon behind a blank: inih would take the rest for a comment. */
static bool
has_inline_comment(struct file_line line)
{
    for (size_t i = 1; i < line.length; i++)
        if (line.bytes[i] == ';' && is_blank(line.bytes[i - 1]))
            return true;
    return false;
}

/* What is wrong with the form of a `key = value` line, or NULL. */
static const char *
form_fault(struct file_line line)
{
    const char *equals = memchr(line.bytes, '=', line.length);
    const char *colon = memchr(line.bytes, ':', line.length);
    if (equals == NULL || (colon != NULL && colon < equals))
        return "expected `key = value`";
    if (equals == line.bytes)
        return "the key before = is missing";
    if (has_inline_comment(line))
        return "a comment needs a line of its own: ` ;` may not stand in a value";
    return NULL;
}

static bool
accept_key(struct reader *reader, struct file_line line, size_t most)
{
    const char *fault = form_fault(line);
    if (reader->lost)
        return false;
    if (fault != NULL)
        complain(reader, "%s", fault);
    else if (!reader->in_section)
        complain(reader, "a key before the first [section]");
    else if (line.length > most)
        complain(reader, "the line is too long: %zu bytes, at most %zu are allowed", line.length,
                 most);
    else
        return true;
    return false;
}

/* --- between us and inih --- */

static bool
accept_line(struct reader *reader, struct file_line line, size_t most)
{
    char why[80];
    const char *fault = file_line_fault(&line, why);
    if (fault != NULL) {
        complain(reader, "the line %s", fault);
        return false;
    }
    if (line.length == 0 || line.bytes[0] == '#' || line.bytes[0] == ';')
        return false;
    return line.bytes[0] == '[' ? accept_section(reader, line) : accept_key(reader, line, most);
}

/* No accepted line should be left unanswered; if inih sees one otherwise than we do, say so. */
static void
notice_unanswered(struct reader *reader)
{
    if (reader->pending != 0)
        problems_add(reader->problems, reader->path, reader->pending, "expected `key = value`");
    reader->pending = 0;
}

/* fgets() for inih: `size` has room for the newline and the NUL. */
static char *
next_line(char *out, int size, void *user)
{
    struct reader *reader = user;
    struct file_line line;
    notice_unanswered(reader);
    while (file_next_line(&reader->rest, &line)) {
        reader->line++;
        line = file_line_trim(line);
        if (!accept_line(reader, line, (size_t)size - 2))
            continue;
        memcpy(out, line.bytes, line.length);
        memcpy(out + line.length, "\n", 2);
        reader->pending = line.bytes[0] == '[' ? 0 : reader->line;
        return out;
    }
    return NULL;
}

/* "[turn] or [pause]": the sections that have such a key; empty when none has. */
static void
list_sections(char *out, size_t size, const char *key)
{
    size_t used = 0;
    *out = '\0';
    for (const struct setting *row = settings_table; row->section != NULL; row++)
        if (strcmp(row->key, key) == 0 && used < size)
            used += (size_t)snprintf(out + used, size - used, "%s[%s]", used > 0 ? " or " : "",
                                     row->section);
}

static void
complain_of_key(struct reader *reader, const char *section, const char *key)
{
    char sections[200];
    const char *nearest = settings_nearest(section, key);
    list_sections(sections, sizeof sections, key);
    if (*sections != '\0')
        complain(reader, "unknown key %s in [%s]; it belongs to %s", key, section, sections);
    else if (nearest != NULL)
        complain(reader, "unknown key %s in [%s]; did you mean %s?", key, section, nearest);
    else
        complain(reader, "unknown key %s in [%s]", key, section);
}

static bool
may_name(struct reader *reader, const struct setting *row, const char *path)
{
    if (row->kind != SETTING_PATH || reader->trusted || !file_leads_out(path))
        return true;
    complain(reader,
             "%s must stay in the folder of this file: no absolute path and no \"..\"; your own "
             "session.ini and the command line may name any",
             row->key);
    return false;
}

static void
set(struct reader *reader, const struct setting *row, const char *value)
{
    char why[SETTINGS_ERROR_SIZE];
    int *line = &reader->lines->of[row - settings_table];
    bool is_list = row->kind == SETTING_TEXTS;
    if (*line != 0 && !is_list) {
        complain(reader, "%s stands twice: it is set in line %d already", row->key, *line);
        return;
    }
    if (may_name(reader, row, value) &&
        !settings_set(reader->settings, row, value, *line != 0, why))
        complain(reader, "%s", why);
    if (*line == 0)
        *line = reader->line;
}

static int
on_key(void *user, const char *section, const char *key, const char *value)
{
    struct reader *reader = user;
    const struct setting *row = settings_find(section, key);
    reader->pending = 0;
    if (row == NULL)
        complain_of_key(reader, section, key);
    else
        set(reader, row, value);
    return 1;
}

bool
config_read(const char *path, bool trusted, struct settings *settings, struct config_lines *lines,
            struct problems *problems)
{
    int before = problems->count;
    struct file_text text;
    int error = file_read(NULL, path, &text);
    *lines = (struct config_lines){0};
    if (error != 0) {
        problems_add(problems, path, 0, "%s", file_error(error));
        return false;
    }
    struct reader reader = {path, trusted, settings, lines, problems, .rest = text};
    file_skip_mark(&reader.rest);
    if (&ini_max_line != NULL)
        ini_max_line = LINE_MOST;
    if (ini_parse_stream(next_line, &reader, on_key, &reader) == -2)
        problems_add(problems, path, 0, "out of memory");
    notice_unanswered(&reader);
    free(text.bytes);
    return problems->count == before;
}

/* Where to point: at what was typed just now; else, when a default clashes with what was written,
 * most probably at the session's length. */
static void
blame(const char *path, const struct config_lines *lines, const struct settings_conflict *conflict,
      struct problems *problems)
{
    const struct setting *suspects[] = {
        conflict->row,
        conflict->other,
        settings_find("session", "end"),
        settings_find("session", "duration"),
        settings_find("session", "start"),
        settings_find("debrief", "length"),
    };
    const char *option = lines->option[conflict->row - settings_table];
    int line = 0;
    if (option == NULL)
        option = lines->option[conflict->other - settings_table];
    for (size_t i = 0; line == 0 && i < sizeof suspects / sizeof suspects[0]; i++)
        line = lines->of[suspects[i] - settings_table];
    if (option != NULL || path == NULL)
        line = 0;
    problems_add(problems, line != 0 ? path : option, line, "%s", conflict->why);
}

bool
config_check(const char *path, const struct settings *settings, const struct config_lines *lines,
             struct problems *problems)
{
    struct settings_conflict conflicts[SETTINGS_KEYS];
    int count = settings_conflicts(settings, conflicts, SETTINGS_KEYS);
    for (int i = 0; i < count; i++)
        blame(path, lines, &conflicts[i], problems);
    return count == 0;
}
