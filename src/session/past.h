/*
 * A past session in short: what stays of it in the dojo's memory.
 */
#ifndef SESSION_PAST_H
#define SESSION_PAST_H

#include "session/event.h"

struct past {
    const char *record; /* file name, without folder */
    struct moment opened;
    bool closed;                       /* somebody closed it; else it ended by itself (R24) */
    const char *title, *topic, *stack; /* "": unset */
    const struct closing *closing;
    bool idle; /* no turn counted: nothing of it does but what was ticked off */
};

#endif
