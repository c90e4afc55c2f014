/*
 * How the subcommands speak: every line to a person goes through text_clean(), mistakes go to
 * standard error as "randori: ...".
 */
#ifndef COMMANDS_COMPLAIN_H
#define COMMANDS_COMPLAIN_H

#include "storage/problems.h"

__attribute__((format(printf, 1, 2))) void complain(const char *format, ...);
/* A line each: file:line: message; "randori: " before what was typed. */
void complain_problems(const struct problems *problems);

__attribute__((format(printf, 1, 2))) void print_line(const char *format, ...);
void print_text(const char *text); /* no newline; flushed */

/* How a subcommand is called, on standard error; EXIT_USAGE. */
int complain_usage(const char *name);

/* Flushes standard output: `status`, or EXIT_FAILED with a word when it could not take everything. */
int print_end(int status);

#endif
