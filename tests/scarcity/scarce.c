#include "scarce.h"

#include <dirent.h>
#include <errno.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
/* after its needs */
#include <cmocka.h>
#include <utf8proc.h>

enum { ATTEMPTS_MOST = 100000 };

/* Of each thread: the journal's writer has all it wants. */
static _Thread_local int countdown; /* 0: enough */
static _Thread_local bool goes_on, has_failed;
static atomic_long held; /* what one thread makes, another may free */

void
scarce_begin(int first, bool for_ever)
{
    countdown = first;
    goes_on = for_ever;
    has_failed = false;
}

bool
scarce_end(void)
{
    countdown = 0;
    return has_failed;
}

long
scarce_held(void)
{
    return held;
}

static bool
fails(void)
{
    if (countdown == 0 || --countdown > 0)
        return false;
    countdown = goes_on ? 1 : 0;
    has_failed = true;
    errno = ENOMEM;
    return true;
}

static void *
given(void *block)
{
    held += block != NULL;
    return block;
}

/* ---- what the linker puts in the place of the others ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
char *__real_strdup(const char *text);
char *__real_strndup(const char *text, size_t most);
int __real_vasprintf(char **out, const char *format, va_list arguments);
utf8proc_uint8_t *__real_utf8proc_NFKC_Casefold(const utf8proc_uint8_t *text);
FILE *__real_open_memstream(char **out, size_t *length);
char *__real_realpath(const char *path, char *resolved);
ssize_t __real___getdelim(char **line, size_t *room, int end, FILE *file);
int __real_scandir(const char *folder, struct dirent ***entries,
                   int (*wanted)(const struct dirent *),
                   int (*order)(const struct dirent **, const struct dirent **));

void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);
char *__wrap_strdup(const char *text);
char *__wrap_strndup(const char *text, size_t most);
int __wrap_vasprintf(char **out, const char *format, va_list arguments);
int __wrap___vasprintf_chk(char **out, int flag, const char *format, va_list arguments);
int __wrap_asprintf(char **out, const char *format, ...);
int __wrap___asprintf_chk(char **out, int flag, const char *format, ...);
utf8proc_uint8_t *__wrap_utf8proc_NFKC_Casefold(const utf8proc_uint8_t *text);
FILE *__wrap_open_memstream(char **out, size_t *length);
char *__wrap_realpath(const char *path, char *resolved);
ssize_t __wrap___getdelim(char **line, size_t *room, int end, FILE *file);
ssize_t __wrap_getline(char **line, size_t *room, FILE *file);
int __wrap_scandir(const char *folder, struct dirent ***entries,
                   int (*wanted)(const struct dirent *),
                   int (*order)(const struct dirent **, const struct dirent **));

void *
__wrap_malloc(size_t size)
{
    return fails() ? NULL : given(__real_malloc(size));
}

void *
__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : given(__real_calloc(count, size));
}

void *
__wrap_realloc(void *block, size_t size)
{
    if (fails())
        return NULL;
    return block == NULL ? given(__real_realloc(NULL, size)) : __real_realloc(block, size);
}

void
__wrap_free(void *block)
{
    held -= block != NULL;
    __real_free(block);
}

char *
__wrap_strdup(const char *text)
{
    return fails() ? NULL : given(__real_strdup(text));
}

char *
__wrap_strndup(const char *text, size_t most)
{
    return fails() ? NULL : given(__real_strndup(text, most));
}

int
__wrap_vasprintf(char **out, const char *format, va_list arguments)
{
    int length = fails() ? -1 : __real_vasprintf(out, format, arguments);

    if (length >= 0)
        given(*out);
    return length;
}

int
__wrap___vasprintf_chk(char **out, int flag, const char *format, va_list arguments)
{
    (void)flag;
    return __wrap_vasprintf(out, format, arguments);
}

int
__wrap_asprintf(char **out, const char *format, ...)
{
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = __wrap_vasprintf(out, format, arguments);
    va_end(arguments);
    return length;
}

int
__wrap___asprintf_chk(char **out, int flag, const char *format, ...)
{
    va_list arguments;
    int length;

    (void)flag;
    va_start(arguments, format);
    length = __wrap_vasprintf(out, format, arguments);
    va_end(arguments);
    return length;
}

utf8proc_uint8_t *
__wrap_utf8proc_NFKC_Casefold(const utf8proc_uint8_t *text)
{
    return fails() ? NULL : given(__real_utf8proc_NFKC_Casefold(text));
}

/* Its buffer becomes ours when it is closed. */
FILE *
__wrap_open_memstream(char **out, size_t *length)
{
    FILE *file = fails() ? NULL : __real_open_memstream(out, length);

    held += file != NULL;
    return file;
}

char *
__wrap_realpath(const char *path, char *resolved)
{
    return fails() ? NULL : given(__real_realpath(path, resolved));
}

/* What getline() is where the compiler optimises. */
ssize_t
__wrap___getdelim(char **line, size_t *room, int end, FILE *file)
{
    bool is_new = *line == NULL;
    ssize_t length = fails() ? -1 : __real___getdelim(line, room, end, file);

    held += is_new && *line != NULL;
    return length;
}

ssize_t
__wrap_getline(char **line, size_t *room, FILE *file)
{
    return __wrap___getdelim(line, room, '\n', file);
}

int
__wrap_scandir(const char *folder, struct dirent ***entries, int (*wanted)(const struct dirent *),
               int (*order)(const struct dirent **, const struct dirent **))
{
    int count = fails() ? -1 : __real_scandir(folder, entries, wanted, order);

    held += count < 0 ? 0 : count + 1;
    return count;
}

void
scarce_reach_jansson(bool is_reached)
{
    if (is_reached)
        json_set_alloc_funcs(__wrap_malloc, __wrap_free);
    else
        json_set_alloc_funcs(__real_malloc, __real_free);
}

/* ---- */

int
scarce_each(bool (*attempt)(int k, bool for_ever))
{
    int failures = 0;

    for (int for_ever = 0; for_ever <= 1; for_ever++) {
        for (int k = 1;; k++) {
            long before = held;
            bool failed = attempt(k, for_ever);

            if (held != before)
                fail_msg("allocation %d%s failed: %ld blocks are left", k,
                         for_ever ? " and all after it" : "", held - before);
            if (!failed)
                break;
            failures++;
            assert_true(k < ATTEMPTS_MOST);
        }
    }
    return failures;
}
