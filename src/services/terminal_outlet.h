/*
 * Between ncurses and the terminal: a file in memory that ncurses writes its frames to, and from
 * which they are copied to the non-blocking tty as fast as that takes them.
 *
 * ncurses writes with write(2) to a descriptor and tries again for ever on EAGAIN, so neither the
 * non-blocking tty itself nor a full pipe will do, and a pipe of 64 KiB (or of 1 MiB, where the
 * limit for users allows it) is full before a frame of 500x200 coloured cells is. A stream of
 * fopencookie(3) has no descriptor. A memory file never blocks and has no limit; it costs no more
 * system calls than a pipe: write, pread, write.
 */
#ifndef SERVICES_TERMINAL_OUTLET_H
#define SERVICES_TERMINAL_OUTLET_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct outlet {
    int memory;    /* what ncurses writes to; owned */
    int tty;       /* non-blocking; borrowed */
    off_t sent;    /* bytes of `memory` that the tty has taken */
    bool is_empty; /* nothing of what was written is unsent, as far as the last send saw */
};

bool outlet_open(struct outlet *outlet, int tty); /* false: errno */
void outlet_close(struct outlet *outlet);

/* Copies what the tty takes. False when the tty is gone. */
bool outlet_send(struct outlet *outlet);
/* The same, waiting for the tty up to `ms`. True when everything is sent. */
bool outlet_drain(struct outlet *outlet, int64_t ms);
/* Forgets what is unsent. */
void outlet_drop(struct outlet *outlet);

#endif
