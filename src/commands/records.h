/*
 * Where the records are, for every subcommand that reads past sessions.
 */
#ifndef COMMANDS_RECORDS_H
#define COMMANDS_RECORDS_H

#include "storage/setup.h"

/* Loads what session.ini (`config`: -c) or its absence means; free it in any case. EXIT_DONE, or
 * EXIT_USAGE: mistakes are told, and one in the list of people is no reason to withhold a record. */
int records_setup(const char *config, struct setup *setup);

/* `records` (--records) when it is given, else the folder that the setup means; the caller's to
 * free. NULL after saying why, *status is then the exit status. */
char *records_folder(const char *config, const char *records, int *status);

/* For whom the past is not what matters: also NULL, with EXIT_DONE and no word, when there is no
 * place for records (HOME is not set). */
char *records_folder_if_any(const char *config, const char *records, int *status);

/* Says that there is none; returns EXIT_FAILED. */
int records_no_place(void);

#endif
