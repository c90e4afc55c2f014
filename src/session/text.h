/*
 * Text that came from outside: checked, cleaned, measured and cut.
 *
 * Every door (files, keys, the helper, the socket) asks text_fault() and refuses; every way out
 * (screen, stdout, stderr, popup, report) goes through text_clean(), which cannot emit a control,
 * an escape, a bidi override or another invisible character. U+200C and U+200D are kept between
 * letters, where Persian and Indic names need them, and U+200D between emoji, where it makes one
 * picture of them. All strings are UTF-8 and end in NUL.
 *
 * The only user of libutf8proc.
 */
#ifndef SESSION_TEXT_H
#define SESSION_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Why these bytes may not enter, as a phrase ("is not valid UTF-8", "holds a control character
 * (U+001B)", ...), or NULL when they may. The phrase is written into `why` (at least 80 bytes). */
const char *text_fault(const char *bytes, size_t length, char why[static 80]);

/* A copy of `bytes` that is safe to show: each bad byte or character becomes U+FFFD, tabs and
 * newlines become one blank. The caller frees it; NULL only when memory is out. */
char *text_clean(const char *bytes, size_t length);

/* The same into a caller's buffer of `size` bytes, cut at a character boundary. Returns `out`. */
char *text_clean_into(char *out, size_t size, const char *text);

/* Width in terminal columns, each grapheme cluster counted as the terminal draws it (its first
 * character plus combining marks). */
int text_columns(const char *text);

/* `text` cut to at most `columns` columns, "…" as the last one when something was cut (a "~" when
 * `ascii`); each cluster is reduced to its first character plus combining marks so that ncurses,
 * tmux and terminals agree on its width; with `ascii` every other character becomes "?" per
 * column. Written into `out` (size bytes, always enough room is used, never overrun).
 * Returns the columns used. */
int text_fit(char *out, size_t size, const char *text, int columns, bool ascii);

/* Byte offset of the grapheme boundary after / before `offset` (0 <= offset <= strlen). */
size_t text_next(const char *text, size_t offset);
size_t text_previous(const char *text, size_t offset);

/* The key under which a name is the same person across sessions and files: NFKC_Casefold, blanks
 * squeezed (D6). The caller frees it; NULL when memory is out or text is not UTF-8. */
char *text_identity(const char *name);

/* An upper-case copy for the large driver line (Unicode simple mapping); the caller frees it. */
char *text_upper(const char *text);

#endif
