/*
 * How the terminal is put back: the bytes and the modes, ready before they are needed, and the
 * handler for fatal signals that needs them. No curses and no malloc from there on, so the same
 * few lines serve the normal end, ^Z and a crash.
 */
#ifndef SERVICES_TERMINAL_RESTORE_H
#define SERVICES_TERMINAL_RESTORE_H

#include <stdbool.h>
#include <stdint.h>
#include <termios.h>

/* Gathers the bytes for the terminal type that setupterm(3) has loaded, and from now on restores
 * `tty` (non-blocking) to `modes` on SEGV BUS ILL FPE ABRT TRAP SYS, on a stack of its own, before
 * the signal goes on to whoever had it before. Again after a resize: `rows` of the screen. */
void restore_arm(int tty, const struct termios *modes, int rows);
void restore_disarm(void);

/* Between smcup and here the bytes are owed to the terminal; while stopped by ^Z they are not. */
void restore_owe(bool owed);

/* The window title has been replaced, and the old one is on the terminal's stack. */
void restore_title(void);

/* Puts the terminal back if it is owed; waits for a choked one up to `ms`, then throws away what
 * it has not read yet, so that our bytes fit. */
void restore_now(int64_t ms);

#endif
