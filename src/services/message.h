/*
 * What randori and randori-notify say to each other: one JSON object a line, over a pipe pair.
 *
 *   to the helper:    {"do":"show","key":"turn","title":..,"text":..,"urgency":"low|normal|critical",
 *                      "replaces":ID,"buttons":[{"id":"start","label":"Start"},..]}
 *                     {"do":"close","key":"turn"}
 *   from the helper:  {"is":"shown","key":"turn","id":ID}  {"is":"failed","key":"turn","why":..}
 *                     {"is":"action","key":"turn","button":"start"}  {"is":"closed","key":"turn"}
 *
 * A key names a place on the desktop: a new message with the same key replaces the old one. Shared
 * by both programs; depends on jansson and session/text only.
 */
#ifndef SERVICES_MESSAGE_H
#define SERVICES_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

enum message_kind { MESSAGE_SHOW, MESSAGE_CLOSE, MESSAGE_SHOWN, MESSAGE_FAILED, MESSAGE_ACTION, MESSAGE_CLOSED };
enum message_urgency { URGENCY_LOW, URGENCY_NORMAL, URGENCY_CRITICAL };
enum { MESSAGE_BUTTONS = 3, MESSAGE_LINE_MOST = 8192 };

struct message_button {
    char *id, *label; /* owned */
};

struct message {
    enum message_kind kind;
    char *key;              /* owned, never NULL */
    char *title, *text;     /* owned; show */
    char *button, *why;     /* owned; action; failed */
    enum message_urgency urgency;
    unsigned id;            /* the daemon's notification id: shown; in show: the one to replace, 0 none */
    struct message_button buttons[MESSAGE_BUTTONS];
    int buttons_count;
};

/* One line with newline; the caller frees it. NULL when memory is out. */
char *message_text(const struct message *message);
/* False with *message empty when the line is not such a message (or over MESSAGE_LINE_MOST). */
bool message_parse(const char *line, size_t length, struct message *message);
void message_clear(struct message *message);

#endif
