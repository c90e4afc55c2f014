/*
 * Where the records are, for every subcommand that reads past sessions.
 */
#ifndef COMMANDS_RECORDS_H
#define COMMANDS_RECORDS_H

/* `records` (--records) when it is given, else the folder that session.ini (`config`: -c) or its
 * absence means; the caller's to free. NULL after saying why, *status is then the exit status. A
 * mistake in the list of people is no reason to withhold a record. */
char *records_folder(const char *config, const char *records, int *status);

#endif
