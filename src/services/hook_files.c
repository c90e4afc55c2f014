#include "services/hook_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/paths.h"

/* --- names --------------------------------------------------------------------------------- */

static const enum event_kind without_hook[] = {EVENT_HOOK_STARTED, EVENT_HOOK_ENDED, EVENT_DRAINED,
                                               EVENT_SESSION_LEFT, EVENT_DRAFT_SAVED};

static const struct alias {
    const char *name;
    enum event_kind kind;
} aliases[] = {{"light", EVENT_LIGHT_CHANGED}};

bool
hook_name(enum event_kind kind, char name[static HOOK_NAME_SIZE])
{
    for (size_t i = 0; i < sizeof without_hook / sizeof *without_hook; i++) {
        if (without_hook[i] == kind)
            return false;
    }
    snprintf(name, HOOK_NAME_SIZE, "%s", event_name(kind));
    for (char *at = name; (at = strchr(at, '_')) != NULL;)
        *at = '-';
    return true;
}

bool
hook_kind(const char *name, enum event_kind *kind)
{
    char known[HOOK_NAME_SIZE];

    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        *kind = aliases[i].kind;
        if (strcmp(aliases[i].name, name) == 0)
            return true;
    }
    for (int i = 0; i < EVENT_KINDS; i++) {
        *kind = (enum event_kind)i;
        if (hook_name(*kind, known) && strcmp(known, name) == 0)
            return true;
    }
    return false;
}

/* --- one file ------------------------------------------------------------------------------ */

static const char *
owner_fault(const struct stat *status)
{
    if (status->st_uid != geteuid() && status->st_uid != 0)
        return "belongs to somebody else";
    if (status->st_mode & (S_IWGRP | S_IWOTH))
        return "may be changed by others (chmod go-w)";
    return NULL;
}

static const char *
file_fault(const char *path)
{
    const char *fault;
    struct stat status;

    if (stat(path, &status) != 0)
        return errno == ENOENT ? "leads nowhere" : "cannot be looked at";
    if (!S_ISREG(status.st_mode))
        return "is no regular file";
    fault = owner_fault(&status);
    if (fault != NULL)
        return fault;
    /* Root may do everything but execute what nobody may. */
    return access(path, X_OK) == 0 ? NULL : "is not executable (chmod +x)";
}

static const char *
folder_fault(const char *folder)
{
    struct stat status;

    if (stat(folder, &status) != 0)
        return "is in a folder that cannot be looked at";
    return owner_fault(&status) == NULL ? NULL
                                        : "is in a folder that others may change (chmod go-w)";
}

static bool
find_named(const char *folder, const char *name, struct hook_file *file)
{
    char *path = paths_join(folder, name);
    struct stat status;

    *file = (struct hook_file){0};
    if (path == NULL || lstat(path, &status) != 0) {
        free(path);
        return false;
    }
    file->path = path;
    snprintf(file->name, sizeof file->name, "%s", name);
    file->fault = folder_fault(folder);
    if (file->fault == NULL)
        file->fault = file_fault(file->path);
    return true;
}

bool
hook_find(const char *folder, enum event_kind kind, struct hook_file *file)
{
    char name[HOOK_NAME_SIZE];

    *file = (struct hook_file){0};
    if (!hook_name(kind, name))
        return false;
    if (find_named(folder, name, file))
        return true;
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        if (aliases[i].kind == kind)
            return find_named(folder, aliases[i].name, file);
    }
    return false;
}

void
hook_file_clear(struct hook_file *file)
{
    free(file->path);
    *file = (struct hook_file){0};
}

/* --- the folder ---------------------------------------------------------------------------- */

static void
add_file(struct hook_list *list, const char *folder, const char *name)
{
    struct hook_file *files, file;
    enum event_kind kind;

    if (!find_named(folder, name, &file))
        return;
    if (!hook_kind(name, &kind))
        file.fault = "has no event's name";
    files = realloc(list->file, ((size_t)list->count + 1) * sizeof *files);
    if (files == NULL) {
        hook_file_clear(&file);
        return;
    }
    list->file = files;
    files[list->count++] = file;
}

static int
by_path(const void *one, const void *other)
{
    return strcmp(((const struct hook_file *)one)->path, ((const struct hook_file *)other)->path);
}

int
hook_list(const char *folder, struct hook_list *list)
{
    DIR *open = opendir(folder);

    *list = (struct hook_list){0};
    if (open == NULL)
        return errno;
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;) {
        if (entry->d_name[0] != '.')
            add_file(list, folder, entry->d_name);
    }
    closedir(open);
    if (list->count > 1)
        qsort(list->file, (size_t)list->count, sizeof *list->file, by_path);
    return 0;
}

void
hook_list_free(struct hook_list *list)
{
    for (int i = 0; i < list->count; i++)
        free(list->file[i].path);
    free(list->file);
    *list = (struct hook_list){0};
}
