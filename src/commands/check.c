#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands/check.h"
#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/options.h"
#include "services/clock.h"
#include "session/duration.h"
#include "session/plan.h"
#include "storage/setup.h"

enum { SHORT_MS = 60 * 60000, LONG_MS = 120 * 60000 };

/* --- the files --- */

static void
show_files(const struct setup *setup)
{
    int people = setup->participants.count;
    if (setup->ini_path != NULL)
        print_line("%s: no mistakes", setup->ini_path);
    else
        print_line("No session.ini: the built-in defaults. `randori init` writes one.");
    if (access(setup->participants_path, F_OK) != 0)
        print_line("%s: does not exist; nobody is on the board until somebody is added",
                   setup->participants_path);
    else
        print_line(
            "%s: %d %s%s", setup->participants_path, people, people == 1 ? "person" : "people",
            setup->participants.sample ? ", the sample: the session counts as practice" : "");
    if (setup->records_folder != NULL)
        print_line("Records: %s", setup->records_folder);
    else
        print_line("Records: nowhere; set HOME, or records in session.ini");
}

static void
show_values(const struct settings *settings, const struct setting *row, const char *prefix)
{
    char *value;
    for (int i = 0; (value = settings_get(settings, row, i)) != NULL; i++) {
        print_line("  %s%s = %s", prefix, row->key, value);
        free(value);
    }
}

static void
show_changes(const struct settings *settings)
{
    struct settings standard;
    bool any = false;
    if (!settings_init(&standard))
        return;
    for (const struct setting *row = settings_table; row->section != NULL; row++) {
        char prefix[32];
        if (settings_agree(settings, &standard, row))
            continue;
        if (!any) {
            print_line("%s", "");
            print_line("Different from the defaults:");
        }
        any = true;
        snprintf(prefix, sizeof prefix, "[%s] ", row->section);
        show_values(settings, row, prefix);
    }
    settings_free(&standard);
}

/* --- the plan --- */

struct showing {
    const struct session *session;
    struct plan plan;
    int32_t offset_s;
};

static void
show_turn(const struct showing *showing, const struct plan_turn *turn, const char *note)
{
    char start[DURATION_SIZE];
    print_line("  %3d  %s  %s%s", turn->number,
               clock_text(start, turn->start_ms, showing->offset_s),
               session_name(showing->session, turn->person), note);
}

/* As long as the break that the plan has before a turn, with the handover behind it. */
static void
show_break(const struct showing *showing, int index)
{
    const struct settings *settings = &showing->session->settings;
    char start[DURATION_SIZE], length[DURATION_SIZE];
    if (index == 0 || !plan_break_before(showing->session, &showing->plan, index))
        return;
    print_line("       %s  a break of %s",
               clock_text(start, showing->plan.turns[index - 1].end_ms, showing->offset_s),
               duration_text(length, settings->break_ms));
}

static void
show_heading(const struct showing *showing, int64_t now_ms)
{
    const struct plan *plan = &showing->plan;
    char start[DURATION_SIZE], end[DURATION_SIZE], debrief[DURATION_SIZE], length[DURATION_SIZE];
    bool at_once = plan->start_ms <= now_ms;
    print_line("%s", "");
    print_line("The plan, %s %s: %d %s of %s, debrief %s, end %s.",
               at_once ? "if you start now at" : "starting at",
               clock_text(start, plan->start_ms, showing->offset_s), plan->count,
               plan->count == 1 ? "turn" : "turns",
               duration_text(length, showing->session->settings.length_ms),
               clock_text(debrief, plan->debrief_ms, showing->offset_s),
               clock_text(end, plan->stop_ms, showing->offset_s));
}

static void
show_advice(const struct showing *showing, int64_t now_ms)
{
    const struct plan *plan = &showing->plan;
    char length[DURATION_SIZE];
    int64_t whole = plan->stop_ms - plan->start_ms;
    if (plan->stop_ms <= now_ms)
        print_line("  The end is past; name another with --end or --duration.");
    else if (plan->rotators == 0)
        print_line("  Nobody is there to drive yet.");
    else if (plan->count == 0)
        print_line("  No turn fits before the debrief.");
    else if (plan->without > 0)
        print_line("  %d of %d people will not drive.", plan->without, plan->rotators);
    if (plan->count > 0 && plan->fitting_ms > 0)
        print_line("  Turns of %s would fit all.", duration_text(length, plan->fitting_ms));
    if (whole > 0 && whole < SHORT_MS)
        print_line("  Less than an hour is short for a dojo.");
    else if (whole > LONG_MS)
        print_line("  More than two hours are long for a dojo.");
    if (showing->session->settings.order == ORDER_SHUFFLED)
        print_line("  The order is drawn by lot when the session is opened.");
}

static void
show_plan(const struct session *session, struct moment now)
{
    struct showing showing = {.session = session, .offset_s = now.utc_offset_s};
    plan_compute(session, now, &showing.plan);
    show_heading(&showing, now.wall_ms);
    for (int i = 0; i < showing.plan.count; i++) {
        show_break(&showing, i);
        show_turn(&showing, &showing.plan.turns[i], "");
    }
    if (showing.plan.has_extra)
        show_turn(&showing, &showing.plan.extra, " (an extra turn, if you want it)");
    show_advice(&showing, now.wall_ms);
    plan_free(&showing.plan);
}

static int64_t
wall_of(int minutes, struct moment now)
{
    return minutes < 0 ? 0 : clock_wall_of(minutes, now.wall_ms);
}

/* The session as it would be opened now, on which the plan is computed as in the room. */
static void
plan_session(const struct setup *setup)
{
    struct clock clock;
    struct session session;
    struct event opening;
    clock_start(&clock, 1, 0);
    struct moment now = clock_now(&clock);
    if (!setup_opening(setup, wall_of(setup->settings.start, now),
                       wall_of(setup->settings.end, now), &opening) ||
        !session_init(&session)) {
        complain("out of memory");
        event_clear(&opening);
        return;
    }
    setup_order(setup, now.wall_ms, opening.opening);
    opening.seq = 1;
    opening.at = now;
    session_apply(&session, &opening);
    show_plan(&session, now);
    session_free(&session);
    event_clear(&opening);
}

static int
check(const struct setup_request *request, bool alerts)
{
    struct setup setup;
    int status = EXIT_USAGE;
    if (!setup_load(request, &setup)) {
        complain_problems(&setup.problems);
    } else if (alerts) {
        status = check_alerts(&setup.settings) ? EXIT_DONE : EXIT_FAILED;
    } else {
        show_files(&setup);
        show_changes(&setup.settings);
        plan_session(&setup);
        status = check_steps(&setup) ? EXIT_DONE : EXIT_USAGE;
        print_line("%s", "");
        check_terminal();
    }
    setup_free(&setup);
    return status;
}

int
command_check(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"participants", required_argument, NULL, 'p'},
        {"end", required_argument, NULL, 'e'},    {"duration", required_argument, NULL, 'd'},
        {"turn", required_argument, NULL, 't'},   {"alerts", no_argument, NULL, 'a'},
        {"help", no_argument, NULL, 'h'},         {0},
    };
    struct setup_request request = {0};
    bool alerts = false;
    int option;
    while ((option = options_next(argc, argv, "c:p:h", options)) != -1) {
        switch (option) {
        case 'c':
            request.config = optarg;
            break;
        case 'p':
            request.participants = optarg;
            break;
        case 'e':
            request.end = optarg;
            break;
        case 'd':
            request.duration = optarg;
            break;
        case 't':
            request.turn = optarg;
            break;
        case 'a':
            alerts = true;
            break;
        case 'h':
            return command_help(2, (char *[]){"help", argv[0], NULL});
        default:
            return complain_usage(argv[0]);
        }
    }
    if (optind < argc)
        return complain_usage(argv[0]);
    return print_end(check(&request, alerts));
}
