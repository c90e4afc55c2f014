/*
 * The forms of the minutes, and what they share: each writes all of them to a stream.
 *
 * What comes from outside (names, notes, topics) is cleaned by session/minutes.h and escaped here,
 * in the form's own language. Nothing of it may become markup, a formula, or an address to fetch.
 */
#ifndef COMMANDS_REPORT_H
#define COMMANDS_REPORT_H

#include <stdio.h>

#include "session/minutes.h"

void report_markdown(FILE *out, const struct minutes *minutes); /* CommonMark, GitHub's tables */
void report_html(FILE *out, const struct minutes *minutes);     /* one file, nothing to fetch */
void report_json(FILE *out, const struct minutes *minutes);     /* keys: randori(1) */
void report_csv(FILE *out, const struct minutes *minutes);      /* the turns; RFC 4180 */

/* A text with HTML's special characters written as entities. */
void report_html_text(FILE *out, const char *text);

/* The session as a picture: turns, lights, breaks; an SVG inside HTML. Nothing before the start. */
void report_timeline(FILE *out, const struct minutes *minutes);

#endif
