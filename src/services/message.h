/*
 * What randori and randori-notify say to each other: one JSON object a line.
 *
 *   to the helper:    {"do":"show","key":"turn","urgency":"low|normal|critical","title":..,
 *                      "text":..,"replaces":ID,"buttons":[{"id":"start","label":"Start"},..]}
 *                     {"do":"close","key":"turn","replaces":ID}
 *   from the helper:  {"is":"shown","key":"turn","id":ID}
 *                     {"is":"failed","key":"turn","why":..}
 *                     {"is":"action","key":"turn","button":"start"}
 *                     {"is":"closed","key":"turn"}
 *
 * A key names a place on the desktop: a new message with the same key replaces the old one.
 * "replaces" (absent when 0) is what the daemon called that popup, for a helper that did not show
 * it itself. A show is answered by shown or failed, a close by closed.
 *
 * Shared by both programs; depends on jansson and session/text only. Texts are cleaned on the way
 * out, and refused at the door when they hold what text_fault() names; "why" comes from the
 * desktop and is cleaned at the door too.
 */
#ifndef SERVICES_MESSAGE_H
#define SERVICES_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

enum message_kind {
    MESSAGE_SHOW,
    MESSAGE_CLOSE,
    MESSAGE_SHOWN,
    MESSAGE_FAILED,
    MESSAGE_ACTION,
    MESSAGE_CLOSED
};
enum message_urgency { URGENCY_LOW, URGENCY_NORMAL, URGENCY_CRITICAL };

/* Bytes: what is longer is cut on the way out and refused at the door. */
enum {
    MESSAGE_BUTTONS = 3,
    MESSAGE_NAME_MOST = 64,   /* keys, button ids and labels */
    MESSAGE_TITLE_MOST = 256, /* title */
    MESSAGE_TEXT_MOST = 1000, /* text, why */
    MESSAGE_LINE_MOST = 8192  /* a line with its newline; none that we write comes near */
};

struct message_button {
    char *id, *label; /* owned */
};

/* Zeroed is an empty show; message_clear() frees what a message owns. */
struct message {
    enum message_kind kind;
    char *key;          /* owned; never NULL or "" */
    char *title, *text; /* owned; show. NULL counts as "" */
    char *button, *why; /* owned; action; failed */
    enum message_urgency urgency;
    unsigned id; /* the daemon's name of the popup: shown; show, close: the one to replace, or 0 */
    struct message_button buttons[MESSAGE_BUTTONS];
    int buttons_count;
};

/* One line with newline, at most MESSAGE_LINE_MOST bytes; the caller frees it. NULL when memory
 * is out (or the key is missing). */
char *message_text(const struct message *message);

/* False with *message empty when the line (with or without newline) is not such a message. */
bool message_parse(const char *line, size_t length, struct message *message);

/* A deep copy; false with *to empty when memory is out. */
bool message_copy(struct message *to, const struct message *from);
void message_clear(struct message *message);

#endif
