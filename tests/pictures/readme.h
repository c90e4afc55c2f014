/*
 * The screens in README.md. A line "<!-- screen: NAME -->" begins one, "<!-- end of screen -->"
 * ends it, and what is between them is what the program draws, indented as Markdown wants it.
 */
#ifndef TESTS_PICTURES_README_H
#define TESTS_PICTURES_README_H

enum { README_WHY = 128 };

/* The text with all its screens drawn anew, owned by the caller. NULL: why. Curses runs. */
char *readme_renewed(const char *text, char why[static README_WHY]);

/* A whole file, owned by the caller; NULL with errno. */
char *readme_read(const char *path);

#endif
