/* randori checklist: what those who prepare the next dojo look after, and its ticks. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/options.h"
#include "commands/records.h"
#include "services/clock.h"
#include "session/calendar.h"
#include "session/text.h"
#include "storage/checklist.h"
#include "storage/past.h"

struct preparing {
    const char *config, *records; /* NULL: not given */
    char *folder;
    struct moment now;
    int64_t today, next, last; /* days; CHECKLIST_OPEN: not known */
    char after[256];           /* file name of the last record, "" none */
    struct ticks ticks;
    struct problems problems;
};

/* --- when the next dojo is --- */

static void
take_session(void *user, const struct past *past)
{
    struct preparing *preparing = user;

    if (past->idle)
        return;
    snprintf(preparing->after, sizeof preparing->after, "%s", past->record);
    preparing->last = calendar_days_at(past->opened.wall_ms, past->opened.utc_offset_s);
    if (past->closing->date == NULL || !calendar_parse(past->closing->date, &preparing->next))
        preparing->next = CHECKLIST_OPEN;
}

static int
prepare(struct preparing *preparing)
{
    struct clock clock;
    int status;

    preparing->folder = records_folder(preparing->config, preparing->records, &status);
    if (preparing->folder == NULL)
        return status;
    clock_start(&clock, 1, 0);
    preparing->now = clock_now(&clock);
    preparing->today = calendar_days_at(preparing->now.wall_ms, preparing->now.utc_offset_s);
    preparing->next = preparing->last = CHECKLIST_OPEN;
    past_each(preparing->folder, preparing->now.wall_ms, take_session, preparing,
              &preparing->problems);
    ticks_read(preparing->folder, &preparing->ticks, &preparing->problems);
    complain_problems(&preparing->problems);
    return EXIT_DONE;
}

static void
end(struct preparing *preparing)
{
    ticks_free(&preparing->ticks);
    problems_free(&preparing->problems);
    free(preparing->folder);
}

/* --- showing --- */

static bool
is_done(const struct preparing *preparing, const struct checklist *list, int index)
{
    return ticks_done(&preparing->ticks, list->name, list->item[index].text, preparing->after);
}

static const char *
urgency(const struct preparing *preparing, int64_t due, bool done)
{
    if (done || due == CHECKLIST_OPEN || due > preparing->today)
        return "";
    return due == preparing->today ? "today" : "overdue";
}

struct row {
    const char *hint, *urgency;
    char date[CALENDAR_SIZE]; /* "" while the day is not known */
    bool done;
};

/* How wide the columns are with the blanks behind them; 0: one in which nothing stands. */
struct columns {
    int hint, date, urgency;
};

static struct row
row_of(const struct preparing *preparing, const struct checklist *list, int index)
{
    const struct checklist_item *item = &list->item[index];
    int64_t due = checklist_due(item, preparing->next, preparing->last);
    struct row row = {.hint = item->hint, .done = is_done(preparing, list, index)};

    row.urgency = urgency(preparing, due, row.done);
    if (due != CHECKLIST_OPEN)
        calendar_text(row.date, due);
    return row;
}

static void
widen(int *column, const char *text)
{
    int width = (int)strlen(text);

    if (width > 0 && *column < width + 2)
        *column = width + 2;
}

static struct columns
measure(const struct preparing *preparing, const struct checklist *list)
{
    struct columns columns = {0};

    for (int i = 0; i < list->count; i++) {
        struct row row = row_of(preparing, list, i);
        widen(&columns.hint, row.hint);
        widen(&columns.date, row.date);
        widen(&columns.urgency, row.urgency);
    }
    return columns;
}

static void
print_list(const struct preparing *preparing, const struct checklist *list)
{
    char date[CALENDAR_SIZE];
    struct columns columns = measure(preparing, list);
    int open = 0;

    if (preparing->next == CHECKLIST_OPEN)
        print_line("%s, for the next dojo (its date is not settled)", checklist_title(list->name));
    else
        print_line("%s, for the dojo on %s, %s", checklist_title(list->name),
                   calendar_weekday_name(calendar_weekday(preparing->next)),
                   calendar_text(date, preparing->next));
    for (int i = 0; i < list->count; i++) {
        struct row row = row_of(preparing, list, i);
        print_line("%3d [%c] %-*s%-*s%-*s%s", i + 1, row.done ? 'x' : ' ', columns.hint, row.hint,
                   columns.date, row.date, columns.urgency, row.urgency, list->item[i].text);
        open += row.done ? 0 : 1;
    }
    print_line("%d of %d open", open, list->count);
}

/* --- ticking --- */

/* The number of an item, from 0; -1 after saying that it is none. */
static int
read_number(const struct checklist *list, const char *text)
{
    char *end;
    long number;

    errno = 0;
    number = strtol(text, &end, 10);
    if (errno == 0 && end != text && *end == '\0' && number >= 1 && number <= list->count)
        return (int)number - 1;
    complain("\"%s\" is no number from 1 to %d of the list %s", text, list->count, list->name);
    return -1;
}

static int
tick_one(struct preparing *preparing, const struct checklist *list, int index, bool done)
{
    const struct tick tick = {.list = list->name,
                              .item = list->item[index].text,
                              .after = preparing->after,
                              .done = done};
    struct problems problems = {0};
    int status = EXIT_DONE;

    if (is_done(preparing, list, index) != done &&
        !ticks_add(preparing->folder, &tick, preparing->now, &problems))
        status = EXIT_FAILED;
    complain_problems(&problems);
    problems_free(&problems);
    return status;
}

/* All of the numbers, or none when one of them is wrong. */
static int
tick(struct preparing *preparing, const struct checklist *list, char **numbers, int count,
     bool done)
{
    struct problems unread = {0}; /* they have been told */
    int status = EXIT_DONE;

    for (int i = 0; i < count; i++) {
        if (read_number(list, numbers[i]) < 0)
            return EXIT_USAGE;
    }
    for (int i = 0; status == EXIT_DONE && i < count; i++)
        status = tick_one(preparing, list, read_number(list, numbers[i]), done);
    ticks_free(&preparing->ticks);
    ticks_read(preparing->folder, &preparing->ticks, &unread);
    problems_free(&unread);
    return status;
}

/* `words`: nothing, or "tick" or "untick" and numbers. */
static int
handle(struct preparing *preparing, const char *name, char **words, int count)
{
    struct problems problems = {0};
    struct checklist list;
    int status = EXIT_DONE;
    bool known = checklist_read(name, &list, &problems);

    complain_problems(&problems);
    if (!known || problems.count > 0)
        status = EXIT_USAGE;
    if (known && count > 0)
        status = tick(preparing, &list, words + 1, count - 1, strcmp(words[0], "tick") == 0);
    if (known && status != EXIT_FAILED)
        print_list(preparing, &list);
    checklist_free(&list);
    problems_free(&problems);
    return status;
}

static int
handle_all(struct preparing *preparing)
{
    int status = EXIT_DONE;

    for (int i = 0; checklist_names[i] != NULL; i++) {
        int one;

        if (i > 0)
            print_line("%s", "");
        one = handle(preparing, checklist_names[i], NULL, 0);
        status = one != EXIT_DONE ? one : status;
    }
    return status;
}

/* "NAME", "NAME tick 1 2", "NAME untick 3", or nothing. */
static bool
is_understood(char **words, int count)
{
    if (count < 2)
        return true;
    return count > 2 && (strcmp(words[1], "tick") == 0 || strcmp(words[1], "untick") == 0);
}

int
command_checklist(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'},
        {"records", required_argument, NULL, 'r'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    struct preparing preparing = {0};
    int option, status;

    while ((option = options_next(argc, argv, "c:h", options)) != -1) {
        switch (option) {
        case 'c':
            preparing.config = optarg;
            break;
        case 'r':
            preparing.records = optarg;
            break;
        case 'h':
            return command_help(2, (char *[]){"help", argv[0], NULL});
        default:
            return complain_usage(argv[0]);
        }
    }
    if (!is_understood(argv + optind, argc - optind))
        return complain_usage(argv[0]);
    status = prepare(&preparing);
    if (status == EXIT_DONE)
        status = argc == optind
                     ? handle_all(&preparing)
                     : handle(&preparing, argv[optind], argv + optind + 1, argc - optind - 1);
    end(&preparing);
    return print_end(status);
}
