/* Which topics are asked for. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/text.h"
#include "storage/topics.h"

/* Both without regard to case and spelling of characters. */
static bool
holds(const char *text, const char *part)
{
    char *in = text_identity(text), *wanted = text_identity(part);
    bool found = in != NULL && wanted != NULL && strstr(in, wanted) != NULL;

    free(in);
    free(wanted);
    return found;
}

static bool
has_skill(const struct topic *topic, const char *skill)
{
    char *skills = text_identity(topic->skills), *wanted = text_identity(skill);
    char *rest = skills, *one;
    bool found = false;

    while (wanted != NULL && !found && (one = strsep(&rest, ",")) != NULL)
        found = strncmp(one + strspn(one, " "), wanted, strlen(wanted)) == 0;
    free(skills);
    free(wanted);
    return found;
}

static bool
has_words(const struct topic *topic, const struct topics_filter *filter)
{
    char *text;
    bool found = true;

    if (filter->words_count == 0)
        return true;
    if (asprintf(&text, "%s %s %s", topic->title, topic->skills, topic->description) < 0)
        return false;
    for (int i = 0; found && i < filter->words_count; i++)
        found = holds(text, filter->words[i]);
    free(text);
    return found;
}

bool
topics_fit(const struct topic *topic, const struct topics_filter *filter)
{
    if (filter->undone && topic->done[0] != '\0')
        return false;
    if (filter->fits_ms != 0 &&
        (topic->minutes == 0 || topic->minutes * INT64_C(60000) > filter->fits_ms))
        return false;
    return (filter->source == NULL || holds(topic->source, filter->source)) &&
           (filter->skill == NULL || has_skill(topic, filter->skill)) && has_words(topic, filter);
}
