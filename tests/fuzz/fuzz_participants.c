/* participants.txt: a list of people or a refusal, and the list can be written and read again. */
#include <stdio.h>
#include <string.h>

#include "fuzz.h"
#include "session/text.h"
#include "storage/participants.h"

static void
check_list(const struct participants *people)
{
    char why[80];

    for (int i = 0; i < people->count; i++) {
        const char *name = people->item[i].name;

        MUST(name[0] != '\0' && text_fault(name, strlen(name), why) == NULL);
    }
}

static void
round_trip(const struct participants *people)
{
    struct participants again = {0};
    struct problems problems = {0};
    char *text = NULL;
    size_t size = 0;
    FILE *file = open_memstream(&text, &size);

    for (int i = 0; i < people->count; i++) {
        const struct participant *one = &people->item[i];

        fprintf(file, one->email == NULL ? "%s\n" : "%s <%s>\n", one->name, one->email);
    }
    fclose(file);
    MUST(participants_read(NULL, fuzz_file((const uint8_t *)text, size), "again", true, &again,
                           &problems));
    MUST(again.count == people->count);
    for (int i = 0; i < people->count; i++) {
        MUST(strcmp(again.item[i].name, people->item[i].name) == 0);
        MUST((again.item[i].email == NULL) == (people->item[i].email == NULL));
    }
    participants_free(&again);
    problems_free(&problems);
    free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct participants people = {0};
    struct problems problems = {0};

    if (participants_read(NULL, fuzz_file(data, size), "participants.txt", true, &people,
                          &problems)) {
        check_list(&people);
        round_trip(&people);
    } else {
        MUST(problems.count > 0);
    }
    participants_free(&people);
    problems_free(&problems);
    return 0;
}
