#include "session/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "session/text_scan.h"

enum { WHY_SIZE = 80, JOINER_NONE = 0x200C, JOINER = 0x200D };

struct text_scan
text_scan_of(const char *bytes, size_t length)
{
    return (struct text_scan){.bytes = bytes, .length = length};
}

static size_t
decode(const struct text_scan *scan, size_t offset, int32_t *character)
{
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)scan->bytes + offset,
                                             (utf8proc_ssize_t)(scan->length - offset), character);
    if (used > 0)
        return (size_t)used;
    *character = -1;
    return 1;
}

static bool
is_variation_selector(int32_t character)
{
    return character >= 0xFE00 && character <= 0xFE0F;
}

/* Invisible ones that are no format characters: Hangul fillers, grapheme joiner, ... */
static bool
is_ignorable(int32_t character)
{
    return utf8proc_get_property(character)->ignorable && !is_variation_selector(character);
}

/* Wherever it stands; a joiner is flawed by itself. */
static enum text_flaw
flaw_by_itself(int32_t character)
{
    if (text_is_plain(character))
        return FLAW_NONE;
    if (character < 0)
        return FLAW_ENCODING;
    switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_CC:
        return FLAW_CONTROL;
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return FLAW_INVISIBLE;
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_CS:
        return FLAW_UNKNOWN;
    default:
        return is_ignorable(character) ? FLAW_INVISIBLE : FLAW_NONE;
    }
}

/* --- joiners ------------------------------------------------------------------------------- */

/* What a joiner joins can be seen: some letters cannot, and some pictures have no meaning yet. */
static bool
is_letter(int32_t character)
{
    utf8proc_category_t category = utf8proc_category(character);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO &&
           flaw_by_itself(character) == FLAW_NONE;
}

static bool
is_mark(int32_t character)
{
    utf8proc_category_t category = utf8proc_category(character);
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME &&
           flaw_by_itself(character) == FLAW_NONE;
}

static bool
is_emoji(int32_t character)
{
    return utf8proc_get_property(character)->boundclass ==
               UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC &&
           flaw_by_itself(character) == FLAW_NONE;
}

/* What may stand between an emoji and its joiner: how it is to look, and the colour of the skin. */
static bool
belongs_to_emoji(int32_t character)
{
    return is_variation_selector(character) || (character >= 0x1F3FB && character <= 0x1F3FF);
}

/* A joiner is part of a word only between a letter (with its marks) and a letter, and U+200D of a
 * picture between two emoji. */
static enum text_flaw
joiner_flaw(const struct text_scan *scan, int32_t before)
{
    int32_t after;
    if (before < 0 || scan->offset >= scan->length)
        return FLAW_INVISIBLE;
    decode(scan, scan->offset, &after);
    bool in_word = (is_letter(before) || is_mark(before)) && after >= 0 && is_letter(after);
    bool in_picture = scan->raw == JOINER && scan->after_emoji && after >= 0 && is_emoji(after);
    return in_word || in_picture ? FLAW_NONE : FLAW_INVISIBLE;
}

static enum text_flaw
flaw_of(const struct text_scan *scan, int32_t before)
{
    if (scan->raw == JOINER_NONE || scan->raw == JOINER)
        return joiner_flaw(scan, before);
    return flaw_by_itself(scan->raw);
}

bool
text_scan_next(struct text_scan *scan)
{
    if (scan->offset >= scan->length)
        return false;
    int32_t before = scan->offset > 0 ? scan->raw : -1;
    scan->offset += decode(scan, scan->offset, &scan->raw);
    scan->flaw = flaw_of(scan, before);
    if (text_is_plain(scan->raw) || scan->raw < 0)
        scan->after_emoji = false;
    else
        scan->after_emoji =
            is_emoji(scan->raw) || (scan->after_emoji && belongs_to_emoji(scan->raw));
    scan->character = scan->flaw == FLAW_NONE ? scan->raw : TEXT_REPLACEMENT;
    if (scan->raw == '\t' || scan->raw == '\n')
        scan->character = ' ';
    return true;
}

size_t
text_encode(int32_t character, char out[static 4])
{
    return (size_t)utf8proc_encode_char(character, (utf8proc_uint8_t *)out);
}

static const char *
describe(const struct text_scan *scan, char why[static WHY_SIZE])
{
    static const char *const words[] = {
        [FLAW_CONTROL] = "holds a control character",
        [FLAW_INVISIBLE] = "holds an invisible character",
        [FLAW_UNKNOWN] = "holds a character that has no meaning",
    };
    if (scan->flaw == FLAW_ENCODING)
        snprintf(why, WHY_SIZE, "is not valid UTF-8 (byte %02X)",
                 (unsigned char)scan->bytes[scan->offset - 1]);
    else
        snprintf(why, WHY_SIZE, "%s (U+%04X)", words[scan->flaw], (unsigned)scan->raw);
    return why;
}

const char *
text_fault(const char *bytes, size_t length, char why[static WHY_SIZE])
{
    struct text_scan scan = text_scan_of(bytes, length);
    while (text_scan_next(&scan))
        if (scan.flaw != FLAW_NONE)
            return describe(&scan, why);
    return NULL;
}

static bool
is_plain(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (!text_is_plain(bytes[i]))
            return false;
    return true;
}

/* Writes as much as fits in `size` bytes with the NUL. A joiner goes with what it joins to. */
static void
clean(char *out, size_t size, const char *bytes, size_t length)
{
    struct text_scan scan = text_scan_of(bytes, length);
    size_t used = 0, whole = 0;                     /* up to the last character that is no joiner */
    if (length < size && is_plain(bytes, length)) { /* nearly always */
        memcpy(out, bytes, length);
        out[length] = '\0';
        return;
    }
    while (text_scan_next(&scan)) {
        char encoded[4];
        size_t count = text_encode(scan.character, encoded);
        if (used + count >= size) {
            used = whole;
            break;
        }
        memcpy(out + used, encoded, count);
        used += count;
        if (scan.character != JOINER && scan.character != JOINER_NONE)
            whole = used;
    }
    if (size > 0)
        out[used] = '\0';
}

char *
text_clean(const char *bytes, size_t length)
{
    size_t size = 3 * length + 1; /* U+FFFD has three bytes, and may stand for one */
    char *out = malloc(size);
    if (out != NULL)
        clean(out, size, bytes, length);
    return out;
}

char *
text_clean_into(char *out, size_t size, const char *text)
{
    clean(out, size, text, strlen(text));
    return out;
}

/* In place: leading and trailing blanks go, several become one. */
static void
squeeze(char *text)
{
    char *to = text;
    for (const char *from = text; *from != '\0'; from++)
        if (*from != ' ' || (to > text && to[-1] != ' '))
            *to++ = *from;
    if (to > text && to[-1] == ' ')
        to--;
    *to = '\0';
}

/* What NFKC_Casefold makes of ASCII, without Unicode's tables; NULL when there is anything else. */
static char *
fold_plain(const char *name)
{
    char *folded = strdup(name);
    for (char *at = folded; at != NULL && *at != '\0'; at++) {
        if (!text_is_plain(*at)) {
            free(folded);
            return NULL;
        }
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    }
    return folded;
}

char *
text_identity(const char *name)
{
    char *identity = fold_plain(name);
    if (identity == NULL)
        identity = (char *)utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)name);
    if (identity != NULL)
        squeeze(identity);
    return identity;
}

char *
text_upper(const char *text)
{
    size_t length = strlen(text), used = 0;
    char *out = malloc(4 * length + 1);
    if (out == NULL)
        return NULL;
    struct text_scan scan = text_scan_of(text, length);
    while (text_scan_next(&scan))
        used += text_encode(utf8proc_toupper(scan.character), out + used);
    out[used] = '\0';
    return out;
}
