/*
 * The window's title: driver and time for whoever sees only a task bar. It changes with the phase
 * and once a minute.
 */
#ifndef SCREENS_TITLE_H
#define SCREENS_TITLE_H

#include "screens/screen.h"

/* "4 min Ada Lovelace → Grace Hopper · Coding dojo"; not yet cleaned. Returns `out`. */
char *title_text(char *out, size_t size, const struct view *view);

#endif
