#include "storage/steps.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "session/text.h"
#include "storage/file.h"
#include "storage/paths.h"
#include "storage/steps_files.h"
#include "storage/steps_scan.h"

struct step {
    char *file;  /* owned: its path, "" in a list or when it is not known */
    char *title; /* owned */
    bool enabled;
};

struct steps {
    char *path; /* owned */
    const struct patterns *patterns;
    char *list; /* owned: the path of the plain text, NULL: there is none */
    struct steps_files files;
    struct step *step; /* owned */
    int count, room;
};

/* --- the steps at the beginning --- */

static void
drop(struct steps *steps)
{
    for (int i = 0; i < steps->count; i++) {
        free(steps->step[i].file);
        free(steps->step[i].title);
    }
    steps->count = 0;
}

static bool
add(struct steps *steps, const char *file, const char *title, bool enabled)
{
    struct step step = {strdup(file), strdup(title), enabled};

    if (steps->count == steps->room && steps->count < STEPS_MOST) {
        int room = steps->room == 0 ? 64 : 2 * steps->room;
        struct step *all = realloc(steps->step, (size_t)room * sizeof *all);

        if (all != NULL) {
            steps->step = all;
            steps->room = room;
        }
    }
    if (step.file == NULL || step.title == NULL || steps->count == steps->room ||
        steps->count == STEPS_MOST) {
        free(step.file);
        free(step.title);
        return false;
    }
    steps->step[steps->count++] = step;
    return true;
}

void
steps_restart(struct steps *steps)
{
    if (steps->list != NULL)
        return;
    drop(steps);
    for (int i = 0; i < steps->files.count; i++) {
        const struct steps_file *file = &steps->files.file[i];

        for (int j = 0; j < file->count; j++)
            add(steps, file->path, file->title[j], false);
    }
}

void
steps_resume(struct steps *steps, int total)
{
    int most = total < STEPS_MOST ? total : STEPS_MOST, gone = most - steps->count;

    if (steps->list != NULL || gone <= 0)
        return;
    for (int i = 0; i < gone; i++)
        add(steps, "", "", true);
    if (steps->count == most) { /* what is left comes last */
        struct step *left = calloc((size_t)most, sizeof *left);

        if (left == NULL)
            return;
        memcpy(left, steps->step + (most - gone), (size_t)gone * sizeof *left);
        memcpy(left + gone, steps->step, (size_t)(most - gone) * sizeof *left);
        memcpy(steps->step, left, (size_t)most * sizeof *left);
        free(left);
    }
}

/* --- a list by hand --- */

/* True when it is another one than before. */
static bool
read_list(struct steps *steps)
{
    char title[STEP_TITLE];
    struct file_text text, rest;
    struct file_line line;
    struct steps fresh = {0};
    bool changed;

    if (file_read(NULL, steps->list, &text) != 0)
        return false;
    rest = text;
    file_skip_mark(&rest);
    while (file_next_line(&rest, &line)) {
        char *clean = text_clean(line.bytes, line.length);
        const char *words = clean == NULL ? "" : clean + strspn(clean, " ");

        if (*words != '\0' && *words != '#')
            add(&fresh, "", text_clean_into(title, sizeof title, words), false);
        free(clean);
    }
    free(text.bytes);
    changed = fresh.count != steps->count;
    for (int i = 0; !changed && i < fresh.count; i++)
        changed = strcmp(fresh.step[i].title, steps->step[i].title) != 0;
    drop(steps);
    free(steps->step);
    steps->step = fresh.step;
    steps->count = fresh.count;
    steps->room = fresh.room;
    return changed;
}

/* The plain text that wins: steps.txt in a folder, or a file that is no source of tests. */
static char *
find_list(const char *path, const struct patterns *patterns)
{
    struct stat status;
    char *list;

    if (stat(path, &status) != 0)
        return NULL;
    if (S_ISREG(status.st_mode))
        return patterns_language(patterns, path) == NULL ? strdup(path) : NULL;
    list = paths_join(path, "steps.txt");
    if (list != NULL && lstat(list, &status) == 0 && S_ISREG(status.st_mode))
        return list;
    free(list);
    return NULL;
}

/* --- opening and looking again --- */

struct steps *
steps_open(const char *path, const struct patterns *patterns, struct problems *problems)
{
    struct steps *steps = calloc(1, sizeof *steps);
    struct stat status;

    if (steps == NULL || (steps->path = strdup(path)) == NULL) {
        free(steps);
        return NULL;
    }
    steps->patterns = patterns;
    if (stat(path, &status) != 0)
        problems_add(problems, path, 0, "%s", file_error(errno));
    steps->list = find_list(path, patterns);
    if (steps->list != NULL) {
        read_list(steps);
    } else {
        steps_files_read(path, patterns, NULL, &steps->files);
        steps_restart(steps);
        if (steps->files.cut_short)
            problems_add(problems, path, 0,
                         "holds more than is looked through for steps; name the folder of the "
                         "tests");
    }
    return steps;
}

void
steps_free(struct steps *steps)
{
    if (steps == NULL)
        return;
    drop(steps);
    free(steps->step);
    steps_files_free(&steps->files);
    free(steps->list);
    free(steps->path);
    free(steps);
}

/* How many steps of one file and title are still disabled. */
static int
still_disabled(const struct steps_file *file, const char *title)
{
    int count = 0;

    for (int i = 0; i < file->count; i++)
        count += strcmp(file->title[i], title) == 0;
    return count;
}

/* Of steps with one name the first ones are taken for enabled. */
static bool
is_enabled(const struct steps *steps, const struct steps_file *file, int index)
{
    const struct step *step = &steps->step[index];
    int after = 0;

    for (int i = index + 1; i < steps->count; i++)
        after += strcmp(steps->step[i].file, step->file) == 0 &&
                 strcmp(steps->step[i].title, step->title) == 0;
    return after >= still_disabled(file, step->title);
}

/* NULL also for an empty one: somebody is writing it. */
static const struct steps_file *
find_file(const struct steps *steps, const char *path)
{
    for (int i = 0; i < steps->files.count; i++) {
        const struct steps_file *file = &steps->files.file[i];

        if (file->size > 0 && strcmp(file->path, path) == 0)
            return file;
    }
    return NULL;
}

bool
steps_refresh(struct steps *steps)
{
    struct steps_files before = steps->files;
    bool changed = false;

    if (steps->list != NULL)
        return read_list(steps);
    steps_files_read(steps->path, steps->patterns, &before, &steps->files);
    steps_files_free(&before);
    for (int i = 0; i < steps->count; i++) {
        struct step *step = &steps->step[i];
        const struct steps_file *file = find_file(steps, step->file);
        bool enabled = file == NULL ? step->enabled : is_enabled(steps, file, i);

        changed |= enabled != step->enabled;
        step->enabled = enabled;
    }
    return changed;
}

/* --- asking --- */

int
steps_total(const struct steps *steps)
{
    return steps->count;
}

bool
steps_is_list(const struct steps *steps)
{
    return steps->list != NULL;
}

int
steps_active(const struct steps *steps)
{
    int active = 0;

    for (int i = 0; i < steps->files.count; i++)
        active += steps->files.file[i].active;
    return active;
}

int
steps_enabled(const struct steps *steps)
{
    int enabled = 0;

    for (int i = 0; i < steps->count; i++)
        enabled += steps->step[i].enabled ? 1 : 0;
    return enabled;
}

int
steps_last_enabled(const struct steps *steps)
{
    int number = steps->count;

    while (number > 0 && !steps->step[number - 1].enabled)
        number--;
    return number;
}

const char *
steps_title(const struct steps *steps, int number)
{
    return number < 1 || number > steps->count ? "" : steps->step[number - 1].title;
}

void
steps_folders(const struct steps *steps, void (*visit)(void *user, const char *folder), void *user)
{
    char *folder = steps->list == NULL ? NULL : paths_folder_of(steps->list);

    if (folder != NULL)
        visit(user, folder);
    free(folder);
    for (int i = 0; i < steps->files.folders_count; i++)
        visit(user, steps->files.folder[i]);
}
