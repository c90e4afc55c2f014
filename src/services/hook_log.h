/*
 * What hooks said, for whoever looks for the reason of a failure: a block a run, in one file that
 * is put aside once it would grow above HOOK_LOG_MOST, so that at most twice that is kept.
 * Nothing waits for it and nothing fails with it.
 */
#ifndef SERVICES_HOOK_LOG_H
#define SERVICES_HOOK_LOG_H

#include "services/hook_process.h"

enum { HOOK_LOG_MOST = 65536 /* bytes */ };

/* Appends "2026-11-26 13:05:10  turn-ended  exit 1" and what it said, indented, cut at what was
 * kept of it. `said` may be NULL; `path` may be NULL: no log. */
void hook_log_append(const char *path, const char *name, const char *how,
                     const struct hook_process *said);

/* The file put aside before `path`, the caller's to free. */
char *hook_log_former(const char *path);

#endif
