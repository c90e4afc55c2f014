/* What the helper says, and what it is told: refused, or a message that is written as it was read. */
#include <string.h>

#include "fuzz.h"
#include "services/message.h"
#include "session/text.h"

static void
check_text(const char *text)
{
    char why[80];

    MUST(text == NULL || text_fault(text, strlen(text), why) == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct message message, again;
    char *text, *twice;

    if (!message_parse((const char *)data, size, &message)) {
        MUST(message.key == NULL && message.buttons_count == 0);
        return 0;
    }
    check_text(message.title);
    check_text(message.text);
    check_text(message.why);
    text = message_text(&message);
    MUST(text != NULL && strlen(text) <= MESSAGE_LINE_MOST);
    MUST(message_parse(text, strlen(text), &again));
    twice = message_text(&again);
    MUST(strcmp(text, twice) == 0);
    message_clear(&message);
    message_clear(&again);
    free(text);
    free(twice);
    return 0;
}
