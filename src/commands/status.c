/* randori status: where the running session stands, from its record alone; made to be called once
 * a second. Whether it takes what is asked (--json) only the session itself knows. */

#include <jansson.h>
#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/options.h"
#include "screens/frame.h"
#include "screens/glance.h"
#include "services/clock.h"
#include "services/remote_call.h"
#include "session/dump.h"
#include "session/stamp.h"
#include "session/text.h"
#include "storage/history.h"
#include "storage/live.h"

enum { READY_MS = 500 /* a session that has not answered by then is not ready */ };

struct status {
    const char *format, *id; /* options; NULL: not given */
    bool json;
};

/* The moment as the session's own process sees it. */
static struct moment
moment_in(const struct session *session)
{
    int speed = session->opening->speed > 1 ? session->opening->speed : 1;
    char boot[BOOT_ID_SIZE];
    struct clock clock;
    struct moment now;
    int64_t since;

    clock_start(&clock, 1, 0);
    now = clock_now(&clock);
    clock_boot_id(boot);
    since = session_since_last_ms(session, boot, clock_boot_ms(), now.wall_ms, speed);
    now.elapsed_ms = session->last.elapsed_ms + since;
    if (speed > 1)
        now.wall_ms = session->last.wall_ms + since;
    return now;
}

/* ---- for programs ---- */

static json_t *
text_or_null(const char *text)
{
    char *clean = text == NULL || text[0] == '\0' ? NULL : text_clean(text, strlen(text));
    json_t *value = clean == NULL ? json_null() : json_string(clean);

    free(clean);
    return value;
}

static json_t *
stamp_or_null(const struct view *view, int64_t wall_ms)
{
    char stamp[STAMP_SIZE];

    return wall_ms == 0 ? json_null()
                        : json_string(stamp_text(stamp, wall_ms, view->now.utc_offset_s));
}

static json_t *
number_or_null(bool is_known, int64_t number)
{
    return is_known ? json_integer(number) : json_null();
}

static json_t *
in_flight(const struct session *session)
{
    json_t *list = json_array();

    for (int i = 0; i < session->hooks_count; i++)
        json_array_append_new(list, text_or_null(session->hooks[i].name));
    return list;
}

/* NULL, or why nothing is taken just now: it is being left, its record cannot be written, it hangs. */
static const char *
trouble(const struct session *session, const struct live *live, struct remote_answer *answer)
{
    if (session->left_reason != NULL)
        return "The session is being left.";
    switch (remote_call(live->socket, "status", READY_MS, answer)) {
    case REMOTE_ANSWERED:
        return answer->code == REMOTE_DONE ? NULL : answer->text;
    case REMOTE_UNREACHABLE:
        return "The session takes no commands.";
    case REMOTE_SILENT:
    case REMOTE_BAD_WORDS:
        break;
    }
    return "The session does not answer.";
}

static void
put_ready(json_t *object, const struct view *view, const struct live *live)
{
    struct remote_answer answer;
    const char *why = trouble(view->session, live, &answer);

    json_object_set_new(object, "alive", json_true());
    json_object_set_new(object, "ready", json_boolean(why == NULL));
    json_object_set_new(object, "in_flight", in_flight(view->session));
    json_object_set_new(object, "why", text_or_null(why));
}

static void
put_session(json_t *object, const struct view *view, const struct live *live)
{
    const struct session *session = view->session;

    json_object_set_new(object, "session", text_or_null(live->id));
    json_object_set_new(object, "record", text_or_null(view->record_path));
    json_object_set_new(object, "pid", json_integer(session->opening->pid));
    json_object_set_new(object, "practice", json_boolean(session->opening->practice));
    json_object_set_new(object, "title", text_or_null(session->settings.title));
    json_object_set_new(object, "topic", text_or_null(session->settings.topic));
}

static void
put_turn(json_t *object, const struct view *view)
{
    const struct session *session = view->session;
    bool coding = session->phase >= PHASE_TURN && session->phase <= PHASE_BREAK;
    bool has_next = session->phase > PHASE_WAITING && session->phase < PHASE_DEBRIEF &&
                    (!frame_is_last_turn(view) || session->phase == PHASE_OFFER);
    int next = has_next ? session_next_driver(session) : 0;
    int driver = session_in_turn(view->session) ? session->turn.driver : 0;
    bool has_left = session->phase != PHASE_WAITING && session->phase != PHASE_CLOSED &&
                    (session->phase != PHASE_PAUSED || driver != 0);

    json_object_set_new(object, "phase", json_string(session_phase_name(session->phase)));
    json_object_set_new(object, "turn", number_or_null(coding, session->turn.number));
    json_object_set_new(object, "turns",
                        number_or_null(session->phase < PHASE_DEBRIEF, view->plan->total));
    json_object_set_new(object, "driver", text_or_null(session_name(session, driver)));
    json_object_set_new(object, "next", text_or_null(session_name(session, next)));
    json_object_set_new(object, "left_ms",
                        number_or_null(has_left, session_left_ms(session, view->now)));
}

static void
put_rest(json_t *object, const struct view *view)
{
    const struct session *session = view->session;
    int64_t debrief = session->phase < PHASE_DEBRIEF ? view->plan->debrief_ms : 0;

    json_object_set_new(object, "debrief", stamp_or_null(view, debrief));
    json_object_set_new(object, "stop", stamp_or_null(view, session->stop_ms));
    json_object_set_new(object, "people", json_integer(roster_present(&session->roster)));
    json_object_set_new(object, "light", json_string(event_light_name(session->light)));
    json_object_set_new(object, "step", number_or_null(session->step > 0, session->step));
    json_object_set_new(object, "steps", number_or_null(session->steps > 0, session->steps));
    json_object_set_new(object, "step_title", text_or_null(session->step_title));
}

static void
print_json(json_t *object)
{
    char *text = dump_text(object);

    if (text != NULL)
        print_line("%s", text);
    free(text);
    json_decref(object);
}

/* ---- for people and status bars ---- */

static void
show(const struct status *status, const struct view *view, const struct live *live)
{
    char line[GLANCE_SIZE];
    json_t *object;

    if (!status->json) {
        print_line("%s", glance_line(line, view, status->format));
        return;
    }
    object = json_object();
    put_ready(object, view, live);
    put_session(object, view, live);
    put_turn(object, view);
    put_rest(object, view);
    print_json(object);
}

static int
show_live(const struct status *status, const struct live *live)
{
    struct session session = {0};
    char why[JOURNAL_WHY];
    enum journal_status read = history_load(live->record, &session, why);
    char *record = realpath(live->record, NULL);
    struct plan plan;

    if (read == JOURNAL_GOOD) {
        struct view view = {.session = &session,
                            .plan = &plan,
                            .now = moment_in(&session),
                            .ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0,
                            .record_path = record};

        plan_compute(&session, view.now, &plan);
        show(status, &view, live);
        plan_free(&plan);
    } else {
        complain("%s", why);
    }
    session_free(&session);
    free(record);
    return read == JOURNAL_GOOD                                 ? EXIT_DONE
           : read == JOURNAL_DAMAGED || read == JOURNAL_FOREIGN ? EXIT_DAMAGED
                                                                : EXIT_FAILED;
}

static int
find_and_show(const struct status *status)
{
    char why[JOURNAL_WHY];
    struct live live;
    int result;

    if (live_find(status->id, &live, why)) {
        result = show_live(status, &live);
        live_free(&live);
        return result;
    }
    if (status->json)
        print_json(json_pack("{s:b}", "alive", 0));
    if (status->id != NULL)
        complain("no running session is called %s%s%s", status->id, why[0] == '\0' ? "" : "; ",
                 why);
    else
        complain("no session is running%s%s", why[0] == '\0' ? "" : "; ", why);
    return EXIT_NO_SESSION;
}

static int
check(const struct status *status)
{
    char fault = status->format == NULL ? 0 : glance_fault(status->format);

    if (status->format != NULL && status->json)
        return complain_usage("status");
    if (fault == 0)
        return EXIT_DONE;
    complain("--format: %%%c means nothing; man randori lists what does", fault);
    return EXIT_USAGE;
}

int
command_status(int argc, char **argv)
{
    static const struct option options[] = {
        {"format", required_argument, NULL, 'f'},
        {"json", no_argument, NULL, 'j'},
        {"session", required_argument, NULL, 's'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    struct status status = {0};
    int option, result;

    while ((option = options_next(argc, argv, "h", options)) != -1) {
        switch (option) {
        case 'f':
            status.format = optarg;
            break;
        case 'j':
            status.json = true;
            break;
        case 's':
            status.id = optarg;
            break;
        case 'h':
            return command_help(2, (char *[]){"help", argv[0], NULL});
        default:
            return complain_usage(argv[0]);
        }
    }
    if (optind < argc)
        return complain_usage(argv[0]);
    result = check(&status);
    if (result == EXIT_DONE)
        result = find_and_show(&status);
    return print_end(result);
}
