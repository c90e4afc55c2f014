#include "storage/topics_readme.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "session/text.h"
#include "storage/file.h"
#include "storage/paths.h"

static bool
is_readme(const char *name)
{
    static const char *const names[] = {"readme",     "readme.md",   "readme.markdown",
                                        "readme.txt", "readme.adoc", "readme.rst"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcasecmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

char *
readme_find(const char *folder)
{
    DIR *open = opendir(folder);
    char *found = NULL;

    if (open == NULL)
        return NULL;
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        /* Of several the first by name, so that it is always the same one. */
        if (is_readme(entry->d_name) && (entry->d_type == DT_REG || entry->d_type == DT_UNKNOWN) &&
            (found == NULL || strcmp(entry->d_name, found) < 0)) {
            free(found);
            found = strdup(entry->d_name);
        }
    }
    closedir(open);
    if (found != NULL) {
        char *path = paths_join(folder, found);

        free(found);
        return path;
    }
    return NULL;
}

/* A line without what marks a heading, a quotation or emphasis, cleaned, into `out`. */
static void
put_words(char *out, size_t size, struct file_line line)
{
    char *clean;

    while (line.length > 0 && strchr("#=*_>` \t", *line.bytes) != NULL) {
        line.bytes++;
        line.length--;
    }
    while (line.length > 0 && strchr("#=*_` \t", line.bytes[line.length - 1]) != NULL)
        line.length--;
    clean = text_clean(line.bytes, line.length);
    text_clean_into(out, size, clean == NULL ? "" : clean);
    free(clean);
}

static bool
is_heading(struct file_line line)
{
    return line.length > 0 && (*line.bytes == '#' || *line.bytes == '=');
}

/* Begins with a letter: no heading, list, image, table, badge or rule. */
static bool
is_prose(struct file_line line)
{
    unsigned char first = line.length > 1 ? (unsigned char)*line.bytes : ' ';

    return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z') || first >= 0x80;
}

void
readme_read(const char *path, const char *name, struct readme *readme)
{
    struct file_text text, rest;
    struct file_line line;

    *readme = (struct readme){0};
    if (file_read(NULL, path, &text) == 0) {
        rest = text;
        file_skip_mark(&rest);
        while (readme->description[0] == '\0' && file_next_line(&rest, &line)) {
            if (readme->title[0] == '\0' && is_heading(line))
                put_words(readme->title, sizeof readme->title, line);
            else if (readme->title[0] != '\0' && is_prose(line))
                put_words(readme->description, sizeof readme->description, line);
        }
        free(text.bytes);
    }
    if (readme->title[0] == '\0')
        text_clean_into(readme->title, sizeof readme->title, name);
}
