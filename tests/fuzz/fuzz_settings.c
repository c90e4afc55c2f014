/* session.ini: whatever it holds, it is understood or refused with file:line, and what was understood
 * can be written and read again. */
#include <string.h>

#include "fuzz.h"
#include "storage/config.h"

static void
check_problems(const struct problems *problems)
{
    for (int i = 0; i < problems->count; i++) {
        char *text = problems_text(&problems->item[i]);

        MUST(text != NULL && strchr(text, '\n') == NULL);
        free(text);
    }
}

/* Each setting, written as text, is read as the same. */
static void
round_trip(const struct settings *settings)
{
    char why[SETTINGS_ERROR_SIZE];

    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        struct settings other;
        char *text = settings_get(settings, row, 0), *again;

        settings_init(&other);
        if (text != NULL && text[0] != '\0') {
            MUST(settings_set(&other, row, text, false, why));
            again = settings_get(&other, row, 0);
            MUST(again != NULL && strcmp(text, again) == 0);
            free(again);
        }
        free(text);
        settings_free(&other);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *path = fuzz_file(data, size);
    struct settings settings;
    struct config_lines lines;
    struct problems problems = {0};

    settings_init(&settings);
    if (config_read(path, size % 2 == 0, &settings, &lines, &problems)) {
        MUST(problems.count == 0);
        round_trip(&settings);
        config_check(path, &settings, &lines, &problems);
    } else {
        MUST(problems.count > 0);
    }
    check_problems(&problems);
    problems_free(&problems);
    settings_free(&settings);
    return 0;
}
