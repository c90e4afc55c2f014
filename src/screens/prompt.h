/*
 * One line of typing with readline's usual keys: ^A ^E ^B ^F ^K ^U ^W ^Y ^D ^H ^T, arrows, Home,
 * End, Delete, Alt-b, Alt-f; the caret moves by grapheme cluster. Works on ui.text and ui.caret.
 */
#ifndef SCREENS_PROMPT_H
#define SCREENS_PROMPT_H

#include "screens/screen.h"

enum prompt_result { PROMPT_TYPING, PROMPT_ENTERED, PROMPT_LEFT /* Esc, ^C, ^G */, PROMPT_UNKNOWN };

/* The rows of the help page about typing. */
extern const struct key_help prompt_keys[];

/* Begins a line with `text`, of a time or a date a proposal: it is marked, and what is typed first
 * takes its place. A half-typed note is put aside until prompt_close(). */
void prompt_open(struct ui *ui, enum prompt_use use, const char *text);

/* Ends it: the half-typed note is back (a note itself stays as it stands). */
void prompt_close(struct ui *ui);

/* One key. Entered: the cleaned, trimmed text stands in ui.taken. Control characters, escapes and
 * invisible characters are not taken in. */
enum prompt_result prompt_key(struct ui *ui, struct key key);

/* Label and line in one row, scrolled so that the caret is visible; the caret is a reverse cell. */
void prompt_draw(WINDOW *window, int row, int left, int columns, const struct view *view,
                 const struct ui *ui, const char *label);

#endif
