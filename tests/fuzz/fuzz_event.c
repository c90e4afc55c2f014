/* One line of a record, without its checksum: refused, or read as the fact it can be written as. */
#include <string.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char why[SETTINGS_ERROR_SIZE] = "";
    struct event event;

    if (event_parse((const char *)data, size, &event, why) == EVENT_GOOD) {
        fuzz_round_trip(&event);
        event_clear(&event);
    } else {
        MUST(why[0] != '\0');
    }
    return 0;
}
