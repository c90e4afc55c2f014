/*
 * What lies over a screen: the help page, the list of people, a line to type, a question to
 * confirm. Private to screens.c and the files that draw these; an overlay has the keys first.
 */
#ifndef SCREENS_OVERLAY_H
#define SCREENS_OVERLAY_H

#include "screens/paint.h"
#include "screens/screen.h"

enum { KEY_CONTROL = 0x1F, KEY_ESCAPE = 27, LIST_PAGE = 10 /* rows that PgUp and PgDn move by */ };

/* Enter in all its codes; Esc, ^C or ^G; one plain character. */
bool key_is_enter(struct key key);
bool key_is_leave(struct key key);
bool key_is(struct key key, wint_t character);
bool key_is_function(struct key key, wint_t code);

/* The list below keeps its place. */
void overlay_open(struct ui *ui, enum overlay overlay);
void overlay_close(struct ui *ui);

/* Fills a row with blanks in a paint. */
void overlay_row(WINDOW *window, int row, enum paint paint, const struct view *view);

/* A click. REPLY_COMMAND: it is the key *meant; REPLY_DRAWN: the cursor has moved. */
enum reply click_key(const struct view *view, struct ui *ui, struct key key, struct key *meant);

void help_draw(WINDOW *window, const struct view *view, const struct ui *ui);
enum reply help_key(const struct view *view, struct ui *ui, struct key key,
                    struct command *command);

void people_draw(WINDOW *window, const struct view *view, const struct ui *ui);
enum reply people_key(const struct view *view, struct ui *ui, struct key key,
                      struct command *command);

void ask_draw(WINDOW *window, const struct view *view, const struct ui *ui);
enum reply ask_key(const struct view *view, struct ui *ui, struct key key, struct command *command);

void confirm_draw(WINDOW *window, const struct view *view, const struct ui *ui);
enum reply confirm_key(const struct view *view, struct ui *ui, struct key key,
                       struct command *command);

/* status.c: `l`, then a letter. */
void light_draw(WINDOW *window, const struct view *view, const struct ui *ui);
enum reply light_key(const struct view *view, struct ui *ui, struct key key,
                     struct command *command);

/* Opens the line for `use`. */
void ask_open(struct ui *ui, enum prompt_use use, const char *text);
/* Opens it again with what a refused command had taken from it; false when it came from none. */
bool ask_again(struct ui *ui, const struct command *command);

/* Asks `question`; `pending` is carried out after "yes". */
void confirm_open(struct ui *ui, enum confirm_use use, const char *question,
                  const struct command *pending);

/* Somebody volunteers for the role with that index: a command, or first a question (R21). `name`
 * is copied. */
enum reply roles_take(const struct view *view, struct ui *ui, int role, const char *name,
                      struct command *command);

/* On to the first question of the closing that has no answer. */
void roles_go_on(struct ui *ui);

/* ? q u o a v e d l t R: REPLY_IGNORED when it is none of them, or the screen's own here. */
enum reply common_key(const struct view *view, struct ui *ui, struct key key,
                      struct command *command);
enum reply common_quit(const struct view *view, struct ui *ui);

#endif
