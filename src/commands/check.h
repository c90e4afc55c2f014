/* The parts of `randori check`. Private to check*.c. */
#ifndef COMMANDS_CHECK_H
#define COMMANDS_CHECK_H

#include "storage/setup.h"

/* Shows the steps that a session would begin with. False after saying which of the user's own rules
 * is wrong. */
bool check_steps(const struct setup *setup);

/* Tells in a line what the terminal can do. */
void check_terminal(void);

/* Sends a popup, rings the bell, flashes the screen, and asks about each whether it was noticed
 * when there is somebody to ask. False when one was not, or could not be sent. */
bool check_alerts(const struct settings *settings);

#endif
