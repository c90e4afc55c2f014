/*
 * A window as a picture: each cell with its colours, bold, dim, reverse and underline.
 */
#ifndef TESTS_PICTURES_SVG_H
#define TESTS_PICTURES_SVG_H

#include <curses.h>
#include <stdio.h>

/* Blocks are drawn as rectangles, so that they touch whatever font the reader has. `title` is what
 * is read aloud. The window's colours are those of a terminal with 256, light on dark. */
void svg_write(FILE *out, WINDOW *window, const char *title);

#endif
