/*
 * Options of the subcommands: GNU long options, mistakes told as every mistake is.
 */
#ifndef COMMANDS_OPTIONS_H
#define COMMANDS_OPTIONS_H

#include <getopt.h>

/* getopt_long(3) for the subcommand argv[0], which says itself what is wrong: "randori: light: there
 * is no option --x". Then it returns '?'. */
int options_next(int argc, char **argv, const char *letters, const struct option *options);

#endif
