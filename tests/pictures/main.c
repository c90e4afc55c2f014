/*
 * Draws the program's screens: `pictures readme FILE` renews those in FILE, `pictures svg FOLDER`
 * writes all as SVG.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../screens/canvas.h"
#include "pictures.h"
#include "readme.h"
#include "svg.h"

static bool
write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    bool good = file != NULL && fputs(text, file) >= 0;
    if (file != NULL && fclose(file) != 0)
        good = false;
    if (!good)
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
    return good;
}

static bool
renew_readme(const char *path)
{
    char why[README_WHY];
    char *text = readme_read(path), *renewed;
    if (text == NULL) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return false;
    }
    renewed = readme_renewed(text, why);
    if (renewed == NULL)
        fprintf(stderr, "%s: %s\n", path, why);
    bool good = renewed != NULL && (strcmp(text, renewed) == 0 || write_text(path, renewed));
    free(text);
    free(renewed);
    return good;
}

static bool
write_svg(const char *folder, const struct picture *picture)
{
    char path[4096], *text = NULL;
    size_t size;
    WINDOW *window = picture_draw(picture);
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return false;
    svg_write(out, window, picture->title);
    fclose(out);
    delwin(window);
    snprintf(path, sizeof path, "%s/%s.svg", folder, picture->name);
    bool good = write_text(path, text);
    if (good)
        printf("%s\n", path);
    free(text);
    return good;
}

static bool
write_all(const char *folder)
{
    bool good = true;
    mkdir(folder, 0777);
    for (const struct picture *picture = pictures; good && picture->name != NULL; picture++)
        good = write_svg(folder, picture);
    return good;
}

int
main(int argc, char **argv)
{
    void *state;
    bool good;
    if (argc != 3 || (strcmp(argv[1], "readme") != 0 && strcmp(argv[1], "svg") != 0)) {
        fprintf(stderr, "usage: pictures readme FILE | svg FOLDER\n");
        return 2;
    }
    if (canvas_start(&state) != 0) {
        fprintf(stderr, "pictures: curses does not start\n");
        return 1;
    }
    good = strcmp(argv[1], "readme") == 0 ? renew_readme(argv[2]) : write_all(argv[2]);
    canvas_stop(&state);
    return good ? 0 : 1;
}
