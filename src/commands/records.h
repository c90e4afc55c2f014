/*
 * Where the records are, for every subcommand that reads past sessions.
 */
#ifndef COMMANDS_RECORDS_H
#define COMMANDS_RECORDS_H

/* `records` (--records) when it is given, else the folder that session.ini (`config`: -c) or its
 * absence means; the caller's to free. NULL after saying why, *status is then the exit status. A
 * mistake in the list of people is no reason to withhold a record. */
char *records_folder(const char *config, const char *records, int *status);

/* For whom the past is not what matters: also NULL, with EXIT_DONE and no word, when there is no
 * place for records (HOME is not set). */
char *records_folder_if_any(const char *config, const char *records, int *status);

#endif
