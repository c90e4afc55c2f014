#include "commands/archive.h"

#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/options.h"
#include "commands/records.h"
#include "services/clock.h"
#include "session/calendar.h"
#include "storage/past.h"

static int
read_setup(struct archive *archive)
{
    int status = records_setup(archive->config, &archive->setup);

    archive->folder = archive->records != NULL ? archive->records : archive->setup.records_folder;
    if (status == EXIT_DONE && archive->folder == NULL)
        status = records_no_place();
    return status;
}

/* EXIT_DONE, or EXIT_USAGE; *over: help was asked for. */
static int
read_options(struct archive *archive, int argc, char **argv, const char *flag, bool *over)
{
    const struct option options[] = {
        {"config", required_argument, NULL, 'c'},
        {"records", required_argument, NULL, 'r'},
        {"help", no_argument, NULL, 'h'},
        {flag, no_argument, NULL, 'f'},
        {0},
    };
    int option;

    while ((option = options_next(argc, argv, "c:h", options)) != -1) {
        switch (option) {
        case 'c':
            archive->config = optarg;
            break;
        case 'r':
            archive->records = optarg;
            break;
        case 'f':
            archive->flag = true;
            break;
        case 'h':
            *over = true;
            return command_help(2, (char *[]){"help", argv[0], NULL});
        default:
            return complain_usage(argv[0]);
        }
    }
    return argc > optind ? complain_usage(argv[0]) : EXIT_DONE;
}

int
archive_open(struct archive *archive, int argc, char **argv, const char *flag, bool *over)
{
    struct clock clock;
    int status;

    *archive = (struct archive){0};
    *over = false;
    status = read_options(archive, argc, argv, flag, over);
    if (status != EXIT_DONE || *over)
        return status;
    clock_start(&clock, 1, 0);
    archive->now = clock_now(&clock);
    archive->today = calendar_days_at(archive->now.wall_ms, archive->now.utc_offset_s);
    status = read_setup(archive);
    if (status != EXIT_DONE)
        archive_close(archive);
    return status;
}

void
archive_close(struct archive *archive)
{
    setup_free(&archive->setup);
}

void
archive_remember(const struct archive *archive, struct memory *memory)
{
    struct problems problems = {0};

    past_remember(archive->folder, archive->now.wall_ms, &archive->setup.participants, memory,
                  &problems);
    complain_problems(&problems);
    problems_free(&problems);
}
