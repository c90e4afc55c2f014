/* randori report --salvage: what is good of a damaged record, as a new one. */
#ifndef COMMANDS_SALVAGING_H
#define COMMANDS_SALVAGING_H

/* Reads the record `path` and writes `file`, which must not exist; says what became of it. What was
 * noted behind the damage goes to standard output. Returns an exit status. */
int salvaging(const char *path, const char *file);

#endif
