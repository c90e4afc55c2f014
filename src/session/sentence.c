#include "session/sentence.h"

#include <stdarg.h>
#include <stdio.h>

#include "session/text.h"

void
sentence_add(struct sentence *sentence, const char *format, ...)
{
    size_t room = sizeof sentence->text - sentence->used;
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(sentence->text + sentence->used, room, format, arguments);
    va_end(arguments);
    if (length > 0)
        sentence->used += (size_t)length < room ? (size_t)length : room - 1;
}

char *
sentence_finish(const struct sentence *sentence, char *out, size_t size)
{
    return text_clean_into(out, size, sentence->used > 0 ? sentence->text : "");
}
