/*
 * Signals from before the loop of randori run until after the last word (RULES.md, "Leaving").
 */
#ifndef COMMANDS_LEAVING_H
#define COMMANDS_LEAVING_H

/* TERM, INT, HUP and QUIT reach nobody but the loop, for the rest of the process: between the loop's
 * end and the last flush a second one must cut nothing short. */
void leaving_hold_signals(void);

/* A terminal that takes nothing (^S) must not keep us: what is not written in a second is given up.
 * Takes the place of an alarm that was set. */
void leaving_bound_writes(void);

/* Ends the process the way the signal asked for, so that the parent sees the true cause. */
void leaving_raise(int number);

#endif
