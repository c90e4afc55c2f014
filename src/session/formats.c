#include "session/formats.h"

#include <stdlib.h>
#include <string.h>

#include "session/settings_memory.h"

/* Where they come from: the dojo at Criteo; Agile 2008's dojo paper; the dojo of Grenoble (2007);
 * the dojo of São Paulo (2007); Norman Kerth's four questions; a common way to end a meeting; the
 * lights of cyber-dojo. */
const struct format_row formats_table[FORMATS] = {
    [FORMAT_CRITEO] = {"criteo",
                       {"What did we learn?", "What went well?",
                        "Which decisions were poor, and what else could we have done?"}},
    [FORMAT_LEARN_HINDER] = {"learn-hinder",
                             {"What have we learned?", "What hindered us from learning?",
                              "What do we do about it, and who?"}},
    [FORMAT_FOUR_FEELINGS] = {"four-feelings",
                              {"What pleased us?", "What displeased us?", "What surprised us?",
                               "What puzzles us?"}},
    [FORMAT_FIVE_WAYS] = {"five-ways",
                          {"What shall we go on doing?", "What do we want more of?",
                           "What do we want less of?", "What shall we start?",
                           "What shall we stop?"}},
    [FORMAT_KERTH] = {"kerth",
                      {"What did we do well, and might forget if nobody says it?",
                       "What did we learn?", "What shall we do differently next time?",
                       "What still puzzles us?"}},
    [FORMAT_ONE_WORD] = {"one-word",
                         {"One word from each: how was it?", "Which one thing do we do, and who?"}},
    [FORMAT_LIGHTS] = {"lights",
                       {"Look at the lights: were the cycles of red and green clear?",
                        "When did we leave the track, and what brought us back?",
                        "What would make the cycles clearer next time?"}},
};

bool
formats_fill(enum format format, struct text_list *questions)
{
    struct text_list list = {0};

    for (const char *const *question = formats_table[format].question; *question != NULL;
         question++) {
        char *copy = strdup(*question);

        if (copy == NULL) {
            settings_clear_texts(&list);
            return false;
        }
        list.item[list.count++] = copy;
    }
    settings_clear_texts(questions);
    *questions = list;
    return true;
}
