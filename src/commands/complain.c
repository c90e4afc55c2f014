#include "commands/complain.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
        char *text = problems_text(&problems->item[i]);

        fprintf(stderr, "%s\n", text == NULL ? "out of memory" : text);
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
