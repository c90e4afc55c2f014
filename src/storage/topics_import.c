#include "storage/topics_import.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/text.h"
#include "storage/file.h"
#include "storage/paths.h"
#include "storage/topics.h"
#include "storage/topics_readme.h"

enum { ID_MOST = 120, STACKS_MOST = 300, TOPICS_MOST = 1000 };

struct importing {
    const char *source; /* the last part of the folder's name, cleaned */
    const char *folder; /* absolute */
    const struct topics *known;
    char *rows; /* owned: what is to be added */
    size_t rows_length;
    FILE *into; /* writes `rows` */
    struct import *import;
    void (*tell)(void *user, const char *id, const char *title, const char *stacks);
    void *user;
};

/* --- folders --- */

static int
is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int
by_name(const struct dirent **one, const struct dirent **other)
{
    return strverscmp((*one)->d_name, (*other)->d_name);
}

/* A folder itself, and no link to one. */
static bool
is_folder(const char *folder, const char *name)
{
    char *path = paths_join(folder, name);
    struct stat status;
    bool is = path != NULL && lstat(path, &status) == 0 && S_ISDIR(status.st_mode);

    free(path);
    return is;
}

/* Calls `take` with each sub-folder that is not hidden, in natural order. False with errno. */
static bool
each_folder(const char *folder, void (*take)(void *user, const char *folder, const char *name),
            void *user)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_visible, by_name);

    for (int i = 0; i < count; i++) {
        if (is_folder(folder, entries[i]->d_name))
            take(user, folder, entries[i]->d_name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
    return count >= 0;
}

/* --- words for a table --- */

/* A name of a file as one word: cleaned, without blanks and commas. Returns `out`. */
static char *
word_of(char *out, size_t size, const char *name)
{
    text_clean_into(out, size, name);
    for (char *at = out; *at != '\0'; at++) {
        if (*at == ' ' || *at == ',' || *at == '#')
            *at = '-';
    }
    return out;
}

struct stacks {
    char text[STACKS_MOST];
};

static void
add_stack(void *user, const char *folder, const char *name)
{
    struct stacks *stacks = user;
    char word[ID_MOST];
    size_t used = strlen(stacks->text);

    (void)folder;
    word_of(word, sizeof word, name);
    if (used + strlen(word) + 2 <= sizeof stacks->text)
        snprintf(stacks->text + used, sizeof stacks->text - used, "%s%s", used > 0 ? "," : "",
                 word);
}

/* --- a topic --- */

/* Two folders may have the same name once it is cleaned. */
static bool
was_added(const struct importing *importing, const char *id)
{
    size_t length = strlen(id);

    fflush(importing->into);
    for (const char *row = importing->rows; row != NULL && *row != '\0';) {
        if (strncmp(row, id, length) == 0 && row[length] == '\t')
            return true;
        row = strchr(row, '\n');
        row += row != NULL;
    }
    return false;
}

static bool
is_known(const struct importing *importing, const char *id)
{
    if (was_added(importing, id))
        return true;
    for (int i = 0; i < importing->known->count; i++) {
        if (strcmp(importing->known->item[i].id, id) == 0)
            return true;
    }
    return false;
}

static void
put(struct importing *importing, const char *text)
{
    char *clean = text_clean(text, strlen(text));

    fprintf(importing->into, "\t%s", clean == NULL || clean[0] == '\0' ? "-" : clean);
    free(clean);
}

static void
add_row(struct importing *importing, const char *id, const struct readme *readme,
        const char *stacks, const char *path)
{
    fputs(id, importing->into);
    put(importing, strcmp(readme->title, "-") == 0 ? id : readme->title);
    put(importing, importing->source);
    put(importing, path);
    put(importing, stacks);
    fputs("\t-", importing->into);
    put(importing, readme->description);
    fputs("\t-\t-\n", importing->into);
    importing->tell(importing->user, id, readme->title, stacks);
}

static void
take_folder(void *user, const char *parent, const char *name)
{
    struct importing *importing = user;
    char id[2 * ID_MOST + 2], word[ID_MOST];
    char *folder = paths_join(parent, name);
    char *path = folder == NULL ? NULL : readme_find(folder);
    struct stacks stacks = {""};
    struct readme readme;

    if (path != NULL && importing->import->added < TOPICS_MOST) {
        snprintf(id, sizeof id, "%s/%s", importing->source, word_of(word, sizeof word, name));
        if (is_known(importing, id)) {
            importing->import->known++;
        } else {
            readme_read(path, name, &readme);
            each_folder(folder, add_stack, &stacks);
            add_row(importing, id, &readme, stacks.text, path);
            importing->import->added++;
        }
    }
    free(path);
    free(folder);
}

/* --- the table --- */

/* Bytes behind the last newline: somebody's editor left the last row without one. */
static bool
needs_newline(int fd, off_t end)
{
    char last = '\n';

    return end > 0 && pread(fd, &last, 1, end - 1) == 1 && last != '\n';
}

/* All rows or none. */
static int
append(const char *own, const char *rows, size_t length)
{
    char *folder = paths_folder_of(own);
    int error = 0, fd = -1;
    off_t end;

    if (folder == NULL || !paths_make(folder))
        error = errno;
    free(folder);
    if (error == 0 && (fd = open(own, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0644)) < 0)
        error = errno;
    if (fd < 0)
        return error;
    end = lseek(fd, 0, SEEK_END);
    if ((needs_newline(fd, end) && !file_write_all(fd, "\n", 1)) ||
        !file_write_all(fd, rows, length) || fdatasync(fd) != 0) {
        error = errno;
        if (ftruncate(fd, end) != 0)
            error = errno;
    }
    close(fd);
    return error;
}

static const char *
last_part(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL || slash[1] == '\0' ? "topics" : slash + 1;
}

static bool
collect(struct importing *importing, struct problems *problems)
{
    int error = 0;

    importing->into = open_memstream(&importing->rows, &importing->rows_length);
    if (importing->into == NULL) {
        problems_add(problems, NULL, 0, "out of memory");
        return false;
    }
    if (!each_folder(importing->folder, take_folder, importing))
        error = errno;
    if (fclose(importing->into) != 0)
        error = errno;
    if (error != 0)
        problems_add(problems, importing->folder, 0, "%s", file_error(error));
    else if (importing->import->added + importing->import->known == 0)
        problems_add(problems, importing->folder, 0, "there is no folder with a README in it");
    return error == 0 && importing->import->added + importing->import->known > 0;
}

bool
topics_import(const char *folder, const char *own,
              void (*tell)(void *user, const char *id, const char *title, const char *stacks),
              void *user, struct import *import, struct problems *problems)
{
    char *whole = realpath(folder, NULL), source[ID_MOST];
    struct problems mistakes = {0}; /* of rows by hand: told whenever the table is read */
    struct topics known;
    bool good;
    int error;

    *import = (struct import){0};
    if (whole == NULL) {
        problems_add(problems, folder, 0, "%s", file_error(errno));
        return false;
    }
    topics_load(NULL, own, &known, &mistakes);
    struct importing importing = {.source = word_of(source, sizeof source, last_part(whole)),
                                  .folder = whole,
                                  .known = &known,
                                  .import = import,
                                  .tell = tell,
                                  .user = user};
    good = collect(&importing, problems);
    if (good && import->added > 0 &&
        (error = append(own, importing.rows, importing.rows_length)) != 0) {
        problems_add(problems, own, 0, "could not be written: %s", strerrordesc_np(error));
        good = false;
    }
    free(importing.rows);
    topics_free(&known);
    problems_free(&mistakes);
    free(whole);
    return good;
}
