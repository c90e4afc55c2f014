/*
 * Measures randori against the floor (floor.c), and tty-clock when it is installed, in turn on
 * real pseudo-terminals: bench RANDORI FLOOR. Prints medians and ratios and asserts nothing: on a
 * shared machine only ratios within one run mean anything. BENCH_RUNS (21) and BENCH_SECONDS (10)
 * set how often things are started and how long the ticking is watched.
 */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

static int
setting(const char *name, int usual, int most)
{
    const char *text = getenv(name);
    long value = text ? strtol(text, NULL, 10) : usual;

    return value < 1 ? 1 : value > most ? most : (int)value;
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: bench RANDORI FLOOR\n");
        return 2;
    }
    bool has_clock = system("command -v tty-clock >/dev/null") == 0;
    struct contender contenders[CONTENDERS] = {
        {"floor", {argv[2]}, {argv[2], "--version"}, "\u2588", NULL, " ", " "},
        {"randori",
         {argv[1], "-c", "config/session.ini"},
         {argv[1], "--version"},
         "Coding dojo",
         "\r",
         " ",
         "?"},
        {"tty-clock",
         {has_clock ? "tty-clock" : NULL, "-s"},
         {"tty-clock", "-v"},
         NULL,
         NULL,
         NULL,
         NULL},
    };
    int runs = setting("BENCH_RUNS", 21, MAX_RUNS);
    int seconds = setting("BENCH_SECONDS", 10, 3600);

    printf("80x24, xterm-256color; medians of %d interleaved starts, then %d s of ticking each\n",
           runs, seconds);
    print_heading("", (const char *const[]){"floor", "randori", "tty-clock"});
    bench_starts(contenders, runs);
    bench_ticking(contenders, seconds);
    bench_rungs(&contenders[RANDORI], seconds);
    bench_keys(contenders);
    bench_history(&contenders[RANDORI], argv[2], runs);
    bench_status(&contenders[RANDORI], runs);
    return 0;
}
