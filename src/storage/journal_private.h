/* The constructors of journal.h with the system calls as an argument, for tests that let them fail. */
#ifndef STORAGE_JOURNAL_PRIVATE_H
#define STORAGE_JOURNAL_PRIVATE_H

#include "storage/journal_file.h"

enum journal_status journal_create_with(const struct journal_system *system, const char *folder,
                                        int64_t wall_ms, struct journal **journal,
                                        char why[static JOURNAL_WHY]);
enum journal_status journal_resume_with(const struct journal_system *system, const char *path,
                                        struct journal **journal, struct journal_content *content,
                                        int *pid, char why[static JOURNAL_WHY]);

#endif
