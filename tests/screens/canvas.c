#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

#include "canvas.h"
#include "screens/paint.h"

struct nowhere {
    FILE *in, *out;
    SCREEN *screen;
};

void
canvas_locale(const char *name)
{
    if (setlocale(LC_ALL, name) == NULL)
        fail_msg("there is no locale %s", name);
}

int
canvas_start(void **state)
{
    struct nowhere *nowhere = calloc(1, sizeof *nowhere);
    if (setlocale(LC_ALL, "C.UTF-8") == NULL || nowhere == NULL)
        return -1;
    nowhere->in = fopen("/dev/null", "r");
    nowhere->out = fopen("/dev/null", "w");
    nowhere->screen = newterm("xterm-256color", nowhere->out, nowhere->in);
    if (nowhere->screen == NULL)
        return -1;
    paint_start(true);
    *state = nowhere;
    return 0;
}

int
canvas_stop(void **state)
{
    struct nowhere *nowhere = *state;
    endwin();
    delscreen(nowhere->screen);
    fclose(nowhere->in);
    fclose(nowhere->out);
    free(nowhere);
    return 0;
}

attr_t
canvas_cell(WINDOW *window, int row, int column, char out[static CANVAS_CELL], short *pair)
{
    wchar_t text[CCHARW_MAX + 1] = L"";
    attr_t attributes = 0;
    cchar_t cell;
    mvwin_wch(window, row, column, &cell);
    getcchar(&cell, text, &attributes, pair, NULL);
    size_t used = 0;
    for (int i = 0; text[i] != L'\0' && used + MB_CUR_MAX < CANVAS_CELL; i++) {
        mbstate_t shift = {0};
        size_t length = wcrtomb(out + used, text[i], &shift);
        used += length == (size_t)-1 ? 0 : length;
    }
    out[used] = '\0';
    return attributes;
}

/* The text of a row; attributes[i], where wanted, belong to the byte i. */
static char *
read_row(WINDOW *window, int row, attr_t *attributes)
{
    char *line = calloc((size_t)getmaxx(window) + 1, CANVAS_CELL);
    size_t used = 0;
    int width;
    for (int column = 0; column < getmaxx(window); column += width) {
        char cell[CANVAS_CELL];
        short pair;
        attr_t here = canvas_cell(window, row, column, cell, &pair);
        wchar_t first = L' ';
        mbstate_t shift = {0};
        mbrtowc(&first, cell, sizeof cell, &shift);
        width = wcwidth(first) == 2 ? 2 : 1;
        for (size_t i = 0; cell[i] != '\0'; i++) {
            if (attributes != NULL)
                attributes[used] = here;
            line[used++] = cell[i];
        }
    }
    return line;
}

static void
trim(char *line)
{
    size_t length = strlen(line);
    while (length > 0 && line[length - 1] == ' ')
        line[--length] = '\0';
}

char *
canvas_row(WINDOW *window, int row)
{
    char *line = read_row(window, row, NULL);
    trim(line);
    return line;
}

char *
canvas_text(WINDOW *window)
{
    size_t room = (size_t)getmaxy(window) * ((size_t)getmaxx(window) * CANVAS_CELL + 1) + 1,
           used = 0;
    char *text = calloc(room, 1);
    for (int row = 0; row < getmaxy(window); row++) {
        char *line = canvas_row(window, row);
        used += (size_t)snprintf(text + used, room - used, "%s\n", line);
        free(line);
    }
    return text;
}

/* Finds text; *has: the attributes that all of its cells share. */
static bool
find(WINDOW *window, const char *text, int *row, int *column, attr_t *has)
{
    size_t bytes = ((size_t)getmaxx(window) + 1) * CANVAS_CELL;
    attr_t *attributes = calloc(bytes, sizeof *attributes);
    const char *at = NULL;
    for (*row = 0; *row < getmaxy(window) && at == NULL; ++*row) {
        char *line = read_row(window, *row, attributes);
        at = strstr(line, text);
        if (at != NULL) {
            wchar_t before[4096];
            size_t offset = (size_t)(at - line);
            line[offset] = '\0';
            size_t characters = mbstowcs(before, line, 4096);
            *column = wcswidth(before, characters);
            *has = ~(attr_t)0;
            for (size_t i = 0; i < strlen(text); i++)
                *has &= attributes[offset + i];
        }
        free(line);
    }
    --*row;
    free(attributes);
    return at != NULL;
}

bool
canvas_find(WINDOW *window, const char *text, int *row, int *column)
{
    int at_row, at_column = 0;
    attr_t has;
    bool found = find(window, text, &at_row, &at_column, &has);
    if (row != NULL)
        *row = at_row;
    if (column != NULL)
        *column = at_column;
    return found;
}

static void
show(WINDOW *window)
{
    char *text = canvas_text(window);
    print_error("%s", text);
    free(text);
}

void
canvas_expect(WINDOW *window, const char *text, attr_t attributes)
{
    int row, column = 0;
    attr_t has = 0;
    if (!find(window, text, &row, &column, &has)) {
        show(window);
        fail_msg("\"%s\" is not on the screen", text);
    }
    if ((has & attributes) != attributes)
        fail_msg("\"%s\" has not all attributes: %#x, expected %#x", text, (unsigned)has,
                 (unsigned)attributes);
}

int
canvas_pair(WINDOW *window, const char *cell)
{
    for (int row = 0; row < getmaxy(window); row++) {
        for (int column = 0; column < getmaxx(window); column++) {
            char here[CANVAS_CELL];
            short pair = 0;
            canvas_cell(window, row, column, here, &pair);
            if (strcmp(here, cell) == 0)
                return pair;
        }
    }
    fail_msg("no cell holds \"%s\"", cell);
    return -1;
}

void
canvas_expect_no(WINDOW *window, const char *text)
{
    if (canvas_find(window, text, NULL, NULL)) {
        show(window);
        fail_msg("\"%s\" is on the screen", text);
    }
}

void
canvas_expect_ascii(WINDOW *window)
{
    char *text = canvas_text(window);
    for (const char *at = text; *at != '\0'; at++) {
        if (*at != '\n' && (*at < ' ' || *at > '~'))
            fail_msg("not ASCII: %s", at);
    }
    free(text);
}

static char *
read_file(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return NULL;
    char *text = calloc(1, 1 << 20);
    text[fread(text, 1, (1 << 20) - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void
write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

void
canvas_golden(WINDOW *window, const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "tests/screens/golden/%s-%dx%d.txt", name, getmaxx(window),
             getmaxy(window));
    char *text = canvas_text(window), *expected;
    if (getenv("GOLDEN_WRITE") != NULL)
        write_file(path, text);
    expected = read_file(path);
    if (expected == NULL || strcmp(text, expected) != 0) {
        print_error("%s\n--- drawn:\n%s--- expected:\n%s", path, text,
                    expected ? expected : "(no such file)\n");
        fail_msg("the screen differs from %s", path);
    }
    free(expected);
    free(text);
}
