#include "storage/steps_files.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "storage/paths.h"
#include "storage/steps.h"
#include "storage/steps_scan.h"

enum { DEPTH_MOST = 16, FILES_MOST = 500, FOLDERS_MOST = 500, ENTRIES_MOST = 20000 };

/* Within this time a file may change again and bear the same time of change. */
static const int64_t unsettled_ns = INT64_C(2000000000);

struct walk {
    const char *root;
    const struct patterns *patterns;
    struct steps_files *before, *files;
    int entries;
};

static void
free_file(struct steps_file *file)
{
    for (int i = 0; i < file->count; i++)
        free(file->title[i]);
    free(file->title);
    free(file->path);
    *file = (struct steps_file){0};
}

void
steps_files_free(struct steps_files *files)
{
    for (int i = 0; i < files->count; i++)
        free_file(&files->file[i]);
    for (int i = 0; i < files->folders_count; i++)
        free(files->folder[i]);
    free(files->file);
    free(files->folder);
    *files = (struct steps_files){0};
}

/* --- one file --- */

static void
keep_title(void *user, const char *title)
{
    struct steps_file *file = user;

    if (file->count == STEPS_MOST)
        return;
    if (file->count == file->room) {
        int room = file->room == 0 ? 16 : 2 * file->room;
        char **titles = realloc(file->title, (size_t)room * sizeof *titles);

        if (titles == NULL)
            return;
        file->title = titles;
        file->room = room;
    }
    file->title[file->count] = strdup(title);
    if (file->title[file->count] != NULL)
        file->count++;
}

static int64_t
now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* Takes over what is known of a file that has not changed since. */
static bool
take_known(struct steps_files *before, struct steps_file *file)
{
    for (int i = 0; before != NULL && i < before->count; i++) {
        struct steps_file *known = &before->file[i];

        if (known->path == NULL || strcmp(known->path, file->path) != 0 ||
            known->inode != file->inode || known->size != file->size ||
            known->changed_ns != file->changed_ns ||
            known->read_ns - known->changed_ns < unsettled_ns)
            continue;
        free(file->path);
        *file = *known;
        *known = (struct steps_file){0};
        return true;
    }
    return false;
}

static void
read_file(struct walk *walk, const struct language *language, const char *path,
          struct steps_file *file)
{
    struct file_text text;

    file->read_ns = now_ns();
    if (file_read(NULL, path, &text) == 0) {
        file->active = steps_scan(language, text, keep_title, file);
        free(text.bytes);
    } else {
        walk->files->cut_short = true;
    }
}

static bool
make_room(struct steps_files *files)
{
    if (files->count == FILES_MOST) {
        files->cut_short = true;
        return false;
    }
    if (files->count == files->room) {
        int room = files->room == 0 ? 16 : 2 * files->room;
        struct steps_file *file = realloc(files->file, (size_t)room * sizeof *file);

        if (file == NULL)
            return false;
        files->file = file;
        files->room = room;
    }
    return true;
}

static void
take_file(struct walk *walk, const char *path, const char *relative, const struct stat *status)
{
    const struct language *language = patterns_language(walk->patterns, relative);
    struct steps_file file = {.inode = status->st_ino,
                              .size = status->st_size,
                              .changed_ns = status->st_mtim.tv_sec * INT64_C(1000000000) +
                                            status->st_mtim.tv_nsec};

    if (language == NULL || !make_room(walk->files))
        return;
    file.path = strdup(relative);
    if (file.path == NULL)
        return;
    if (!take_known(walk->before, &file))
        read_file(walk, language, path, &file);
    walk->files->file[walk->files->count++] = file;
}

/* --- folders --- */

static bool
keep_folder(struct steps_files *files, const char *path)
{
    if (files->folders_count == FOLDERS_MOST) {
        files->cut_short = true;
        return false;
    }
    if (files->folders_count == files->folders_room) {
        int room = files->folders_room == 0 ? 16 : 2 * files->folders_room;
        char **folder = realloc(files->folder, (size_t)room * sizeof *folder);

        if (folder == NULL)
            return false;
        files->folder = folder;
        files->folders_room = room;
    }
    files->folder[files->folders_count] = strdup(path);
    if (files->folder[files->folders_count] == NULL)
        return false;
    files->folders_count++;
    return true;
}

static void walk_folder(struct walk *walk, const char *path, const char *relative, int depth);

/* Links are not followed: nothing outside the root is looked at, and nothing twice. */
static void
take_entry(struct walk *walk, const char *folder, const char *below, const char *name, int depth)
{
    char *path = paths_join(folder, name);
    char *relative = *below == '\0' ? strdup(name) : paths_join(below, name);
    struct stat status;

    if (path != NULL && relative != NULL && lstat(path, &status) == 0) {
        if (S_ISREG(status.st_mode))
            take_file(walk, path, relative, &status);
        else if (S_ISDIR(status.st_mode) && patterns_enters(walk->patterns, name))
            walk_folder(walk, path, relative, depth + 1);
    }
    free(path);
    free(relative);
}

static void
walk_folder(struct walk *walk, const char *path, const char *relative, int depth)
{
    DIR *open = depth > DEPTH_MOST ? NULL : opendir(path);

    walk->files->cut_short |= depth > DEPTH_MOST;
    if (open == NULL)
        return;
    if (keep_folder(walk->files, path)) {
        for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
            if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
                continue;
            if (walk->entries++ >= ENTRIES_MOST) {
                walk->files->cut_short = true;
                break;
            }
            take_entry(walk, path, relative, entry->d_name, depth);
        }
    }
    closedir(open);
}

static int
by_path(const void *one, const void *other)
{
    const struct steps_file *a = one, *b = other;

    return strverscmp(a->path, b->path);
}

void
steps_files_read(const char *root, const struct patterns *patterns, struct steps_files *before,
                 struct steps_files *files)
{
    struct walk walk = {root, patterns, before, files, 0};
    struct stat status;

    *files = (struct steps_files){0};
    if (stat(root, &status) != 0)
        return;
    if (S_ISDIR(status.st_mode)) {
        walk_folder(&walk, root, "", 0);
        if (files->count > 1)
            qsort(files->file, (size_t)files->count, sizeof *files->file, by_path);
    } else if (S_ISREG(status.st_mode)) {
        const char *slash = strrchr(root, '/');
        char *folder = paths_folder_of(root);

        take_file(&walk, root, slash == NULL ? root : slash + 1, &status);
        if (folder != NULL)
            keep_folder(files, folder);
        free(folder);
    }
}
