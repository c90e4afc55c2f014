#include "readme.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../screens/canvas.h"
#include "pictures.h"

static const char begins[] = "<!-- screen: ", begun[] = " -->\n";
static const char ends[] = "\n<!-- end of screen -->\n";

/* The program's own margin of one column makes five. */
static void
put_screen(FILE *out, const struct picture *picture)
{
    WINDOW *window = picture_draw(picture);
    fputc('\n', out);
    for (int row = 0; row < picture->rows; row++) {
        char *line = canvas_row(window, row);
        fprintf(out, line[0] == '\0' ? "\n" : "    %s\n", line);
        free(line);
    }
    delwin(window);
}

/* One screen, of which `at` is what follows the opening words; what follows it, or NULL: why. */
static const char *
renew(FILE *out, const char *at, char why[static README_WHY])
{
    const char *name_end = strstr(at, begun);
    const char *end = name_end == NULL ? NULL : strstr(name_end, ends);
    const char *next = strstr(at, begins);
    char name[32];
    if (end == NULL || (next != NULL && next < end)) {
        snprintf(why, README_WHY, "no end of the screen %.*s", (int)strcspn(at, " \n"), at);
        return NULL;
    }
    snprintf(name, sizeof name, "%.*s", (int)(name_end - at), at);
    const struct picture *picture = picture_find(name);
    if (picture == NULL) {
        snprintf(why, README_WHY, "no screen is called %s", name);
        return NULL;
    }
    fprintf(out, "%s%s%s", begins, name, begun);
    put_screen(out, picture);
    fputs(ends, out);
    return end + strlen(ends);
}

char *
readme_renewed(const char *text, char why[static README_WHY])
{
    char *whole = NULL;
    size_t size;
    FILE *out = open_memstream(&whole, &size);
    const char *begin;
    if (out == NULL) {
        snprintf(why, README_WHY, "out of memory");
        return NULL;
    }
    while (text != NULL && (begin = strstr(text, begins)) != NULL) {
        fwrite(text, 1, (size_t)(begin - text), out);
        text = renew(out, begin + strlen(begins), why);
    }
    if (text != NULL)
        fputs(text, out);
    fclose(out);
    if (text != NULL)
        return whole;
    free(whole);
    return NULL;
}

char *
readme_read(const char *path)
{
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t room = 0;
    if (file == NULL)
        return NULL;
    if (getdelim(&text, &room, '\0', file) < 0) {
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}
