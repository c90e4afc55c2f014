/*
 * A small program on the terminal service, run by test_terminal.c on a pseudo-terminal.
 *
 * Row 0 is "probe ROWSxCOLUMNS", row 1 the last key, row 2 the number of ticks, and what
 * terminal_colours() and terminal_is_ascii() say. Keys that were not pasted: q quits with
 * 0, b bell, t title, f fills the screen anew with every tick from now on, S has a segmentation
 * fault, A aborts, T asks for a tick every 10 ms, N for none, ^L redraws, ^Z stops. Signals end it:
 * the terminal is restored, then the signal is raised again.
 *
 * PROBE_REPORT names a file for "ticks N worst N ms", written anew with every tick.
 */
#ifndef TESTS_TERMINAL_PROBE_H
#define TESTS_TERMINAL_PROBE_H

/* Exit status: 0, or 10 + the terminal_status that refused. */
int probe_main(void);

#endif
