/*
 * Where moments come from: CLOCK_BOOTTIME for elapsed time, the wall clock for the rest; the only
 * reader of clocks. `--speed N` lets both run N times faster from the opening on.
 */
#ifndef SERVICES_CLOCK_H
#define SERVICES_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "session/moment.h"

struct clock {
    int64_t base_boot_ms; /* CLOCK_BOOTTIME at base_elapsed_ms */
    int64_t base_elapsed_ms;
    int64_t base_wall_ms; /* only with speed > 1: wall time runs from here */
    int speed;
};

enum { BOOT_ID_SIZE = 40, HOST_KEY_SIZE = 17 };

void clock_start(struct clock *clock, int speed, int64_t elapsed_ms);
struct moment clock_now(const struct clock *clock);
/* Real CLOCK_BOOTTIME ms; the absolute time at which `elapsed_ms` will be reached (for timerfd). */
int64_t clock_boot_ms(void);
int64_t clock_boot_at(const struct clock *clock, int64_t elapsed_ms);
/* The next wall-clock moment "HH:MM" of local time: today's, unless that is more than 12 h back
 * (then tomorrow's); D26. Uses mktime(3), so a DST night is right. */
int64_t clock_wall_of(int minutes, int64_t now_wall_ms);
/* "HH:MM" local time of a day (session/calendar.h) as UTC ms: what a clock on the wall will show
 * then, whatever summer time is in force now. */
int64_t clock_wall_on(int64_t days, int minutes);
void clock_boot_id(char out[static BOOT_ID_SIZE]);   /* "" when unknown */
void clock_host_key(char out[static HOST_KEY_SIZE]); /* 16 hex digits of a hash of machine-id; "" */

#endif
