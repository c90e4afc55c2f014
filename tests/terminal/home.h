/*
 * A private home: a new folder, and the settings that make a program use it, as
 * vt_options.environment. home_free() removes the folder with everything in it.
 */
#ifndef TESTS_TERMINAL_HOME_H
#define TESTS_TERMINAL_HOME_H

struct home {
    char folder[64];
    char settings[8][96];
    const char *environment[16]; /* `settings`, and room for more before the NULL */
};

void home_make(struct home *home);
void home_add(struct home *home, const char *setting); /* borrowed; later ones win */
void home_free(struct home *home);

#endif
