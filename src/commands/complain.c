#include "commands/complain.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "session/text.h"

static void
put_clean(FILE *stream, const char *text)
{
    char *clean = text_clean(text, strlen(text));

    fputs(clean == NULL ? "out of memory" : clean, stream);
    free(clean);
}

static void
put_formatted(FILE *stream, const char *prefix, const char *format, va_list arguments)
{
    char *text = NULL;

    if (vasprintf(&text, format, arguments) < 0)
        text = NULL;
    fputs(prefix, stream);
    put_clean(stream, text == NULL ? "out of memory" : text);
    fputc('\n', stream);
    free(text);
}

void
complain(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    put_formatted(stderr, "randori: ", format, arguments);
    va_end(arguments);
}

void
complain_problems(const struct problems *problems)
{
    for (int i = 0; i < problems->count; i++) {
        const char *file = problems->item[i].file;
        char *text = problems_text(&problems->item[i]);
        bool is_typed = file == NULL || strncmp(file, "--", 2) == 0;

        fprintf(stderr, "%s%s\n", is_typed ? "randori: " : "",
                text == NULL ? "out of memory" : text);
        free(text);
    }
}

void
print_line(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    put_formatted(stdout, "", format, arguments);
    va_end(arguments);
}

void
print_text(const char *text)
{
    put_clean(stdout, text);
    fflush(stdout);
}

int
complain_usage(const char *name)
{
    for (const struct subcommand *row = subcommands; row->name != NULL; row++)
        if (strcmp(row->name, name) == 0)
            fprintf(stderr, "usage: randori %s %s\n", name, row->arguments);
    return EXIT_USAGE;
}

int
print_end(int status)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return status;
    complain("standard output: %s", strerrordesc_np(errno));
    return EXIT_FAILED;
}
