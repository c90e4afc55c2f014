/*
 * Somebody at the keyboard: keys travel the real road (screen_key, session_decide, screen_answer,
 * session_apply) and frames are drawn with whatever lies over the screen.
 */
#ifndef TESTS_SCREENS_PLAY_H
#define TESTS_SCREENS_PLAY_H

#include "scene.h"

/* scene_open() with a fresh ui. play_close() is scene_close() and frees the ui, too. */
void play_open(struct scene *scene, int people, const char *const *lines);
void play_open_named(struct scene *scene, const char *const *names, int count);
void play_close(struct scene *scene);

/* What the record before holds: notes, action items, a Master of Ceremony, no Master of Dojo. */
void play_last(struct scene *last);

/* The scene comes after that session, and remembers it. */
void play_remember(struct scene *scene, const struct scene *last);

/* Types: characters in UTF-8, other keys by name in angle brackets: "<Enter>", "<Up>", "<^C>",
 * "<Alt-b>", "<F1>". Returns the reply to the last one. */
enum reply play(struct scene *scene, const char *keys);

/* Pastes: every character reaches the screen as one of a paste. Returns the reply to the last. */
enum reply play_paste(struct scene *scene, const char *text);

/* What the last command was refused with, "" when it was not; its kind. */
const char *play_refusal(void);
enum command_kind play_command(void);

/* A whole frame; the caller deletes the window. */
WINDOW *play_draw(struct scene *scene, int columns, int rows);

/* The frame holds the text, or does not, at 80x24. */
void play_expect(struct scene *scene, const char *text, attr_t attributes);
void play_expect_no(struct scene *scene, const char *text);

/* Compares with the golden pictures NAME of all rungs of the ladder, and in the C locale
 * with NAME-ascii of those from 200x60 to 30x1. */
void play_golden(struct scene *scene, const char *name);

/* Draws at every size, in UTF-8 and ASCII: nothing crashes, ASCII is ASCII. */
void play_draw_all(struct scene *scene);

#endif
