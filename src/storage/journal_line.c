#include "storage/journal_line.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

enum { SEAL_LENGTH = sizeof ",\"crc\":\"01234567\"}" - 1 };

/* `length` bytes without the closing brace are sealed with what is written into `seal`. By hand:
 * the history of many years checks a million of them. */
static void
make_seal(char seal[static SEAL_LENGTH + 1], const char *json, size_t length, uint32_t *crc)
{
    char *digit = seal + sizeof ",\"crc\":\"" - 1;

    *crc = libdeflate_crc32(*crc, json, length);
    memcpy(seal, ",\"crc\":\"01234567\"}", SEAL_LENGTH + 1);
    for (int shift = 28; shift >= 0; shift -= 4)
        *digit++ = "0123456789abcdef"[*crc >> shift & 0xF];
}

char *
journal_line_seal(const char *json, uint32_t *crc)
{
    char seal[SEAL_LENGTH + 1];
    size_t length = strlen(json) - 1;
    char *line = malloc(length + SEAL_LENGTH + sizeof "\n");

    if (line == NULL)
        return NULL;
    make_seal(seal, json, length, crc);
    memcpy(line, json, length);
    memcpy(line + length, seal, SEAL_LENGTH);
    memcpy(line + length + SEAL_LENGTH, "\n", sizeof "\n");
    return line;
}

bool
journal_line_check(const char *line, size_t length, uint32_t *crc)
{
    char seal[SEAL_LENGTH + 1];
    uint32_t own = *crc;

    if (length < SEAL_LENGTH)
        return false;
    make_seal(seal, line, length - SEAL_LENGTH, &own);
    if (memcmp(line + length - SEAL_LENGTH, seal, SEAL_LENGTH) != 0)
        return false;
    *crc = own;
    return true;
}
