/*
 * The session at a glance: one line for a status bar, without a terminal (`randori status`).
 *
 * A format is text with placeholders:
 *
 *     %t  time left, "3:12", past the end "+0:07"     %p  phase: session_phase_name()
 *     %d  who has the keyboard                        %n  who is next, "debrief 13:50" after them all
 *     %k  number of the turn                          %N  how many turns there will be
 *     %b  when the debrief starts, "13:50"            %e  when the session ends
 *     %l  light: "green", "red", "amber", "none"      %s  step worked on
 *     %S  how many steps there are                    %h  how many people are here
 *     %T  title                                       %o  topic
 *     %>  %-  the usual line's mark and arrow         %%  a percent sign
 *
 * What there is nothing to tell about is empty.
 */
#ifndef SCREENS_GLANCE_H
#define SCREENS_GLANCE_H

#include "screens/screen.h"

enum { GLANCE_SIZE = 4096 };

/* The first character that follows a "%" and is no placeholder ('%' at the very end); 0: none. */
char glance_fault(const char *format);

/* The line, safe to show; a NULL format is the usual one for the phase. Returns `out`. */
char *glance_line(char out[static GLANCE_SIZE], const struct view *view, const char *format);

#endif
