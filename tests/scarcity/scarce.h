/*
 * Memory that runs out on demand: the k-th allocation of this thread fails, once or for ever (the
 * loop of SQLite). Ours and libutf8proc's, where the linker puts it between (--wrap), and jansson's,
 * if it is told so.
 */
#ifndef TESTS_SCARCITY_SCARCE_H
#define TESTS_SCARCITY_SCARCE_H

#include <stdbool.h>

/* From now on: the `first` allocation (1 ..) fails, and when `for_ever` all after it. */
void scarce_begin(int first, bool for_ever);

/* There is enough again. True when one has failed. */
bool scarce_end(void);

/* Also jansson's allocations fail from now on, or no more. Its reader cannot take it: the lexer of
 * 2.14 cuts texts short, or aborts. */
void scarce_reach_jansson(bool is_reached);

/* Blocks that are held, as far as this file gave them out. */
long scarce_held(void);

/* Has `attempt` done with the first allocation failing, then with the second, ..., until there are
 * none left to fail; first each alone, then with all after it. What `attempt` does may be anything
 * that cleans up after itself: it calls scarce_begin(k, for_ever) and scarce_end() around what is
 * tested, and returns what scarce_end() said. No block may be left. Returns how many failed. */
int scarce_each(bool (*attempt)(int k, bool for_ever));

#endif
