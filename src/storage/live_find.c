/* Finding a live session, for those who watch or control it. */

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storage/live_folder.h"
#include "storage/paths.h"

/* The name of the newest link whose record is held, the caller's to free. */
static char *
newest(int folder, const char *beginning)
{
    DIR *names = live_folder_list(folder);
    char *best = NULL;

    for (const struct dirent *entry; names != NULL && (entry = readdir(names)) != NULL;) {
        const char *name = entry->d_name;

        if (!live_is_link_name(name) || strncmp(name, beginning, strlen(beginning)) != 0 ||
            (best != NULL && strcmp(name, best) <= 0) || !live_is_held(folder, name))
            continue;
        free(best);
        best = strdup(name);
    }
    if (names != NULL)
        closedir(names);
    return best;
}

/* Puts the newest of this folder into *live, unless what is there is newer. */
static void
look_into(const char *folder, const char *beginning, struct live *live,
          char why[static JOURNAL_WHY])
{
    int fd = live_folder_open(folder, why);
    char *name = fd < 0 ? NULL : newest(fd, beginning);

    if (name != NULL && (live->id == NULL || strcmp(name, live->id) > 0)) {
        live_free(live);
        live_name(live, folder, name);
    }
    free(name);
    if (fd >= 0)
        close(fd);
}

bool
live_find(const char *id, struct live *live, char why[static JOURNAL_WHY])
{
    char *first = paths_runtime(), *second = paths_runtime_else();
    char also[JOURNAL_WHY];

    *live = (struct live){0};
    why[0] = '\0';
    if (first != NULL)
        look_into(first, id == NULL ? "" : id, live, why);
    if (second != NULL && (first == NULL || strcmp(first, second) != 0))
        look_into(second, id == NULL ? "" : id, live, why[0] == '\0' ? why : also);
    free(first);
    free(second);
    return live->id != NULL;
}
