#include "storage/scan.h"

#include <string.h>

#include "session/text.h"

static bool
is_at(const struct scan *scan, char letter)
{
    return !scan->failed && scan->at < scan->end && *scan->at == letter;
}

static void
expect(struct scan *scan, char letter)
{
    if (is_at(scan, letter))
        scan->at++;
    else
        scan->failed = true;
}

void
scan_object(struct scan *scan)
{
    expect(scan, '{');
}

void
scan_list(struct scan *scan)
{
    expect(scan, '[');
}

/* True when a member may follow; else `end` is behind us. A comma before the first is forgiven: the
 * checksum says that one of us wrote the line. */
static bool
has_more(struct scan *scan, char end)
{
    if (is_at(scan, end)) {
        scan->at++;
        return false;
    }
    if (is_at(scan, ','))
        scan->at++;
    return !scan->failed;
}

bool
scan_item(struct scan *scan)
{
    return has_more(scan, ']');
}

bool
scan_key(struct scan *scan, const char **key)
{
    if (!has_more(scan, '}'))
        return false;
    *key = scan_text(scan);
    expect(scan, ':');
    return !scan->failed;
}

/* Nobody has to look closer at ASCII. */
static bool
is_plain(const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i]; /* not every machine's char has a sign */

        if (byte < ' ' || byte >= 0x7F)
            return false;
    }
    return true;
}

char *
scan_text(struct scan *scan)
{
    char why[80], *text, *quote;
    size_t length;

    expect(scan, '"');
    text = scan->at;
    quote = scan->failed ? NULL : memchr(text, '"', (size_t)(scan->end - text));
    length = quote == NULL ? 0 : (size_t)(quote - text);
    if (quote == NULL || memchr(text, '\\', length) != NULL ||
        (!is_plain(text, length) && text_fault(text, length, why) != NULL)) {
        scan->failed = true;
        scan->none[0] = '\0';
        return scan->none;
    }
    *quote = '\0';
    scan->at = quote + 1;
    return text;
}

int64_t
scan_number(struct scan *scan, int64_t most)
{
    int64_t number = 0;
    const char *start = scan->at;

    while (!scan->failed && scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9') {
        number = number * 10 + (*scan->at++ - '0');
        if (number > most)
            scan->failed = true;
    }
    if (scan->at == start)
        scan->failed = true;
    return scan->failed ? 0 : number;
}

static bool
take_word(struct scan *scan, const char *word)
{
    size_t length = strlen(word);

    if (scan->failed || (size_t)(scan->end - scan->at) < length ||
        memcmp(scan->at, word, length) != 0)
        return false;
    scan->at += length;
    return true;
}

bool
scan_flag(struct scan *scan)
{
    if (take_word(scan, "true"))
        return true;
    if (!take_word(scan, "false"))
        scan->failed = true;
    return false;
}

/* A text that is not taken may hold anything. */
static void
skip_text(struct scan *scan)
{
    for (scan->at++; scan->at < scan->end && *scan->at != '"'; scan->at++) {
        if (*scan->at == '\\')
            scan->at++;
    }
    scan->at++;
}

/* A value is over at the comma or bracket that does not belong to it. */
void
scan_skip(struct scan *scan)
{
    int depth = 0;

    while (!scan->failed && scan->at < scan->end) {
        char letter = *scan->at;

        if (letter == '"') {
            skip_text(scan);
            continue;
        }
        if (depth == 0 && (letter == ',' || letter == '}' || letter == ']'))
            return;
        depth += (letter == '{' || letter == '[') - (letter == '}' || letter == ']');
        scan->at++;
    }
    scan->failed = true;
}
