#include "workspace.h"

#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "storage/problems.h"

struct place {
    int before;
    char path[];
};

int
workspace_enter(void **state)
{
    const char *base = getenv("TMPDIR");
    const char *root = base == NULL ? "/tmp" : base;
    size_t size = strlen(root) + sizeof "/randori.XXXXXX";
    struct place *place = calloc(1, sizeof *place + size);
    snprintf(place->path, size, "%s/randori.XXXXXX", root);
    place->before = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    *state = place;
    return place->before < 0 || mkdtemp(place->path) == NULL || chdir(place->path) != 0;
}

static int
remove_one(const char *path, const struct stat *about, int kind, struct FTW *walk)
{
    (void)about;
    (void)kind;
    (void)walk;
    return remove(path);
}

int
workspace_leave(void **state)
{
    struct place *place = *state;
    int failed = fchdir(place->before);
    close(place->before);
    failed |= nftw(place->path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(place);
    return failed;
}

void
workspace_write_bytes(const char *name, const void *bytes, size_t length)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

void
workspace_write(const char *name, const char *text)
{
    workspace_write_bytes(name, text, strlen(text));
}

char *
workspace_problems(const struct problems *problems)
{
    char *all = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&all, &length);
    assert_non_null(out);
    for (int i = 0; i < problems->count; i++) {
        char *text = problems_text(&problems->item[i]);
        fprintf(out, "%s\n", text);
        free(text);
    }
    fclose(out);
    return all;
}
