/* randori topics: the catalogue, and how a clone of a dojo's repository gets into it. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/options.h"
#include "commands/records.h"
#include "services/clock.h"
#include "session/duration.h"
#include "session/text.h"
#include "storage/past.h"
#include "storage/paths.h"
#include "storage/topics.h"
#include "storage/topics_import.h"

struct asking {
    struct topics_filter filter;
    const char *config, *records; /* NULL: not given */
    bool random, tsv;
    struct topics topics;
    struct problems problems;
};

/* --- which were done here --- */

static void
tell_done(void *user, const struct past *past)
{
    char date[STAMP_SIZE];

    if (!past->idle && past->topic[0] != '\0')
        topics_done(user, past->topic,
                    stamp_date(date, past->opened.wall_ms, past->opened.utc_offset_s));
}

/* Records that cannot be read are named, and do not keep anybody from choosing a topic. */
static int
mark_done(struct asking *asking)
{
    struct problems unread = {0};
    struct clock clock;
    int status;
    char *folder = records_folder_if_any(asking->config, asking->records, &status);

    if (folder == NULL)
        return status;
    clock_start(&clock, 1, 0);
    past_each(folder, clock_now(&clock).wall_ms, tell_done, &asking->topics, &unread);
    complain_problems(&unread);
    problems_free(&unread);
    free(folder);
    return EXIT_DONE;
}

/* --- showing --- */

/* For programs: ten columns, none of them holds a tab. */
static void
print_row(const struct topic *topic)
{
    char minutes[16] = "";
    const char *const columns[] = {
        topic->id,          topic->title,      topic->source,
        topic->url,         topic->skills,     minutes,
        topic->description, topic->difficulty, topic->stated ? "stated" : "estimate",
        topic->done};

    if (topic->minutes > 0)
        snprintf(minutes, sizeof minutes, "%d", topic->minutes);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        char *clean = text_clean(columns[i], strlen(columns[i]));

        printf("%s%s", i > 0 ? "\t" : "", clean == NULL ? "" : clean);
        free(clean);
    }
    printf("\n");
}

static void
print_topic(const struct topic *topic)
{
    char minutes[64] = "";

    if (topic->minutes > 0)
        snprintf(minutes, sizeof minutes, ", %s%d min", topic->stated ? "" : "an estimated ",
                 topic->minutes);
    print_line("%s%s%s%s%s%s%s", topic->title, minutes, topic->difficulty[0] == '\0' ? "" : ", ",
               topic->difficulty, topic->done[0] == '\0' ? "" : " - last done here on ",
               topic->done, "");
    if (topic->skills[0] != '\0')
        print_line("    %s", topic->skills);
    if (topic->description[0] != '\0')
        print_line("    %s", topic->description);
    print_line("    %s", topic->url[0] != '\0' ? topic->url : topic->id);
}

static void
print(const struct asking *asking, const struct topic *topic)
{
    if (asking->tsv)
        print_row(topic);
    else
        print_topic(topic);
}

/* Keeps those that fit, in their order. */
static void
choose(struct asking *asking)
{
    struct topics *topics = &asking->topics;
    int kept = 0;

    for (int i = 0; i < topics->count; i++) {
        struct topic topic = topics->item[i];

        if (!topics_fit(&topic, &asking->filter))
            continue;
        topics->item[i] = topics->item[kept];
        topics->item[kept++] = topic;
    }
    asking->random &= kept > 0;
    if (asking->random)
        print(asking, &topics->item[arc4random_uniform((uint32_t)kept)]);
    for (int i = 0; i < kept && !asking->random; i++)
        print(asking, &topics->item[i]);
    if (kept == 0)
        complain("no topic is like that");
    else if (!asking->tsv && !asking->random)
        print_line("%d topic%s", kept, kept == 1 ? "" : "s");
}

static int
list(struct asking *asking)
{
    char *shipped = paths_shared("topics.tsv"), *own = paths_config("topics.tsv");
    int status;

    topics_load(shipped, own, &asking->topics, &asking->problems);
    complain_problems(&asking->problems);
    if (shipped == NULL)
        complain("the catalogue that belongs to this program, topics.tsv, is not there");
    status = mark_done(asking);
    if (status == EXIT_DONE) {
        choose(asking);
        status = shipped == NULL              ? EXIT_FAILED
                 : asking->problems.count > 0 ? EXIT_USAGE
                                              : EXIT_DONE;
    }
    topics_free(&asking->topics);
    problems_free(&asking->problems);
    free(shipped);
    free(own);
    return print_end(status);
}

/* --- importing --- */

static void
tell_import(void *user, const char *id, const char *title, const char *stacks)
{
    (void)user;
    print_line("%s: %s%s%s%s", id, title, stacks[0] == '\0' ? "" : " (", stacks,
               stacks[0] == '\0' ? "" : ")");
}

static int
import(const char *folder)
{
    char *own = paths_config("topics.tsv");
    struct problems problems = {0};
    struct import import;
    bool good;

    if (own == NULL) {
        complain("there is no place for your own topics: HOME is not set");
        return EXIT_FAILED;
    }
    good = topics_import(folder, own, tell_import, NULL, &import, &problems);
    complain_problems(&problems);
    if (good)
        print_line("%d added to %s, %d there already", import.added, own, import.known);
    problems_free(&problems);
    free(own);
    return print_end(good ? EXIT_DONE : EXIT_FAILED);
}

/* --- the command line --- */

static const struct option options[] = {
    {"undone", no_argument, NULL, 'u'},       {"fits", required_argument, NULL, 'f'},
    {"skill", required_argument, NULL, 'k'},  {"source", required_argument, NULL, 's'},
    {"random", no_argument, NULL, 'r'},       {"tsv", no_argument, NULL, 't'},
    {"config", required_argument, NULL, 'c'}, {"records", required_argument, NULL, 'R'},
    {"help", no_argument, NULL, 'h'},         {0},
};

static bool
take_option(struct asking *asking, int option)
{
    switch (option) {
    case 'u':
        asking->filter.undone = true;
        return true;
    case 'f':
        if (duration_parse(optarg, &asking->filter.fits_ms) && asking->filter.fits_ms > 0)
            return true;
        complain("--fits: \"%s\" is no length like 65m or 1h15m", optarg);
        return false;
    case 'k':
        asking->filter.skill = optarg;
        return true;
    case 's':
        asking->filter.source = optarg;
        return true;
    case 'r':
        asking->random = true;
        return true;
    case 't':
        asking->tsv = true;
        return true;
    case 'c':
        asking->config = optarg;
        return true;
    case 'R':
        asking->records = optarg;
        return true;
    default:
        complain_usage("topics");
        return false;
    }
}

int
command_topics(int argc, char **argv)
{
    struct asking asking = {.tsv = !isatty(STDOUT_FILENO)};
    int option;

    while ((option = options_next(argc, argv, "c:h", options)) != -1) {
        if (option == 'h')
            return command_help(2, (char *[]){"help", argv[0], NULL});
        if (!take_option(&asking, option))
            return EXIT_USAGE;
    }
    argv += optind;
    if (argc - optind > 0 && strcmp(argv[0], "import") == 0)
        return argc - optind == 2 ? import(argv[1]) : complain_usage("topics");
    asking.filter.words = argv;
    asking.filter.words_count = argc - optind;
    return list(&asking);
}
