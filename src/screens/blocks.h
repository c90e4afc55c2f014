/*
 * Pictures out of half blocks, two pixels a cell, so that pixels are about square. In ASCII a
 * pixel is two columns of '#'.
 */
#ifndef SCREENS_BLOCKS_H
#define SCREENS_BLOCKS_H

#include <curses.h>
#include <stdbool.h>

#include "screens/paint.h"

/* Asked for 0 <= x < width, 0 <= y < height. */
typedef bool (*blocks_pixel)(const void *picture, int x, int y);

/* Cells that a picture of so many pixels takes, and pixels that go into so many rows. */
int blocks_rows(int height, bool ascii);
int blocks_columns(int width, bool ascii);
int blocks_height(int rows, bool ascii);

/* Draws with the top left corner at (row, column); what lies outside the window is left out. */
void blocks_draw(WINDOW *window, int row, int column, int width, int height, blocks_pixel pixel,
                 const void *picture, enum paint paint, enum colours colours, bool ascii);

#endif
