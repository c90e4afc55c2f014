/*
 * A desktop of a test's own: with-dunst.sh at work, its buttons and what it shows.
 */
#ifndef DESKTOP_DESKTOP_H
#define DESKTOP_DESKTOP_H

#include <stdbool.h>
#include <sys/types.h>

struct desktop {
    char folder[64];
    char missing[64]; /* the program without which there is no desktop, or "" */
    pid_t starter, dunst, bus;
    int input; /* its end ends everything */
};

/* Starts it and puts it into the environment. True also when something is missing. */
bool desktop_open(struct desktop *desktop);
void desktop_close(struct desktop *desktop);

/* Takes down the popup that came last, as somebody with a mouse does. */
bool desktop_dismiss(void);
/* How many popups are up; below 0 when dunst does not say. */
int desktop_displayed(void);
/* Has dunst press the button with that label, some ms later; false when it cannot be asked. */
bool desktop_press(const struct desktop *desktop, const char *label);
/* True when dunst has shown a line that holds `text` (with-dunst.sh says what is in one). */
bool desktop_has_shown(const struct desktop *desktop, const char *text);
/* True when a button with that label was among those that desktop_press() could choose from. */
bool desktop_has_offered(const struct desktop *desktop, const char *label);

/* The child of that process that runs the program of that name; 0: there is none. */
pid_t desktop_child(pid_t of, const char *program);
/* False once it has ended, even when nobody has reaped it. */
bool desktop_is_alive(pid_t pid);

#endif
