/* The steps that a session would begin with, as `randori check` shows them. Private to check*.c. */
#ifndef COMMANDS_CHECK_H
#define COMMANDS_CHECK_H

#include "storage/setup.h"

/* False after saying which of the user's own rules is wrong. */
bool check_steps(const struct setup *setup);

#endif
