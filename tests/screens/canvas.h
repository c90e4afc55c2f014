/*
 * A terminal that is not there: screens are drawn into a window of any size, and read back.
 */
#ifndef TESTS_SCREENS_CANVAS_H
#define TESTS_SCREENS_CANVAS_H

#include <curses.h>
#include <stdbool.h>

/* Group set-up and tear-down of cmocka: curses on /dev/null, with colours. Also leaves and enters
 * C.UTF-8, since a test may change the locale. */
int canvas_start(void **state);
int canvas_stop(void **state);

/* "C": characters beyond ASCII have neither width nor meaning; "C.UTF-8" is the usual one. */
void canvas_locale(const char *name);

enum { CANVAS_CELL = 64 /* bytes of one cell: a character and its marks */ };

/* A cell's text, both halves of a wide character have the whole; its colour pair. Returns its
 * attributes. */
attr_t canvas_cell(WINDOW *window, int row, int column, char out[static CANVAS_CELL], short *pair);

/* The window's cells as text, a line a row without trailing blanks. The caller frees it. */
char *canvas_text(WINDOW *window);

/* One row of it. The caller frees it. */
char *canvas_row(WINDOW *window, int row);

/* True when the text stands in one row; at (*row, *column) then (both may be NULL). */
bool canvas_find(WINDOW *window, const char *text, int *row, int *column);

/* Fails the test when the text does not stand there, or not with these attributes (A_REVERSE,
 * A_BOLD; 0: any) in all of its cells. */
void canvas_expect(WINDOW *window, const char *text, attr_t attributes);

/* The colour pair of the first cell that holds this text; fails when none does. */
int canvas_pair(WINDOW *window, const char *cell);

/* Fails when the text does stand there. */
void canvas_expect_no(WINDOW *window, const char *text);

/* Fails when a cell holds anything but printable ASCII. */
void canvas_expect_ascii(WINDOW *window);

/* Compares with tests/screens/golden/NAME-COLUMNSxROWS.txt; with GOLDEN_WRITE=1 in the environment
 * writes it instead. To be run in the project's folder. */
void canvas_golden(WINDOW *window, const char *name);

#endif
