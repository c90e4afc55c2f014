/* randori next, end, pause, ...: asks the running session, and says what it answered. */

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/options.h"
#include "services/remote_call.h"
#include "session/duration.h"
#include "session/event.h"
#include "session/text.h"
#include "storage/live.h"

enum { ANSWER_MS = 10000 /* the session itself answers within 5 s, whatever its disk does */ };

/* ---- what may be said ---- */

static bool
is_time(const char *words)
{
    int minutes;

    return clock_parse(words, &minutes);
}

static bool
is_length(const char *words)
{
    int64_t ms;

    return duration_parse(words, &ms);
}

static bool
is_colour(const char *words)
{
    for (int light = 0; light < LIGHTS; light++) {
        if (strcasecmp(words, event_light_name((enum light)light)) == 0)
            return true;
    }
    return false;
}

static bool
is_number(const char *words)
{
    return words[0] != '\0' && words[strspn(words, "0123456789")] == '\0';
}

static bool
is_yes(const char *words)
{
    return strcasecmp(words, "yes") == 0;
}

static bool
is_any(const char *words)
{
    return words[0] != '\0';
}

static bool
is_nothing(const char *words)
{
    return words[0] == '\0';
}

struct control {
    const char *name;
    bool may_stand_alone;
    bool (*fits)(const char *words); /* what follows the name */
    const char *wanted;              /* what it should have been */
};

static const struct control controls[] = {
    {"next", true, is_any, NULL},
    {"end", false, is_time, "a time of day like 14:15"},
    {"pause", true, is_nothing, NULL},
    {"resume", true, is_nothing, NULL},
    {"extend", true, is_length, "a length like 1m or 1m30s"},
    {"away", false, is_any, NULL},
    {"back", false, is_any, NULL},
    {"join", false, is_any, NULL},
    {"light", false, is_colour, "green, red, amber or none"},
    {"step", true, is_number, "a number"},
    {"note", false, is_any, NULL},
    {"debrief", true, is_nothing, NULL},
    {"undo", true, is_yes, NULL},
    {0},
};

static const struct control *
find(const char *name)
{
    const struct control *control = controls;

    while (control->name != NULL && strcmp(control->name, name) != 0)
        control++;
    return control->name == NULL ? NULL : control;
}

/* The words with a blank between them, the caller's to free. */
static char *
join(char **words, int count)
{
    size_t length = 1;
    char *line, *end;

    for (int i = 0; i < count; i++)
        length += strlen(words[i]) + 1;
    line = end = calloc(1, length);
    for (int i = 0; line != NULL && i < count; i++) {
        if (i > 0)
            *end++ = ' ';
        end = stpcpy(end, words[i]);
    }
    return line;
}

/* EXIT_DONE, or EXIT_USAGE after saying why it cannot be sent. */
static int
check_text(const struct control *control, const char *words)
{
    char fault[80];
    const char *found = text_fault(words, strlen(words), fault);
    char *line = found == NULL ? remote_request_text(words) : NULL;
    bool good = line != NULL && strlen(line) + strlen(control->name) < REMOTE_LINE_MOST;

    free(line);
    if (!good)
        complain("%s: the text %s", control->name, found == NULL ? "is too long" : found);
    return good ? EXIT_DONE : EXIT_USAGE;
}

static int
check(const struct control *control, const char *words)
{
    if (words[0] == '\0' ? control->may_stand_alone : control->fits(words))
        return check_text(control, words);
    if (control->wanted == NULL || words[0] == '\0')
        return complain_usage(control->name);
    complain("%s: \"%s\" is not %s", control->name, words, control->wanted);
    return EXIT_USAGE;
}

/* ---- asking ---- */

static int
tell(const struct remote_answer *answer)
{
    if (answer->code == REMOTE_DONE)
        print_line("%s", answer->text);
    else
        complain("%s", answer->text);
    return print_end((int)answer->code);
}

static int
ask(const struct live *live, const char *words)
{
    struct remote_answer answer;

    switch (remote_call(live->socket, words, ANSWER_MS, &answer)) {
    case REMOTE_ANSWERED:
        return tell(&answer);
    case REMOTE_BAD_WORDS:
        complain("that text is too long");
        return EXIT_USAGE;
    case REMOTE_UNREACHABLE:
        complain("the session takes no commands now (%s); try again", live->socket);
        return EXIT_TRY_AGAIN;
    case REMOTE_SILENT:
        break;
    }
    complain("the session has not answered; randori status tells where it stands");
    return EXIT_FAILED;
}

static int
ask_live(const char *id, const char *name, const char *words)
{
    char *line = join((char *[]){(char *)name, (char *)words}, words[0] == '\0' ? 1 : 2);
    char why[JOURNAL_WHY];
    struct live live;
    int status = EXIT_NO_SESSION;

    if (live_find(id, &live, why)) {
        status = line == NULL ? EXIT_FAILED : ask(&live, line);
        live_free(&live);
    } else if (id != NULL) {
        complain("no running session is called %s%s%s", id, why[0] == '\0' ? "" : "; ", why);
    } else {
        complain("no session is running%s%s", why[0] == '\0' ? "" : "; ", why);
    }
    free(line);
    return status;
}

int
command_control(int argc, char **argv)
{
    static const struct option options[] = {
        {"session", required_argument, NULL, 's'},
        {"help", no_argument, NULL, 'h'},
        {0},
    };
    const struct control *control = find(argv[0]);
    const char *id = NULL;
    char *words;
    int option, status;

    /* A note may hold anything, and so it begins at the first word that is no option. */
    while ((option = options_next(argc, argv, strcmp(argv[0], "note") == 0 ? "+h" : "h",
                                  options)) != -1) {
        if (option == 'h')
            return command_help(2, (char *[]){"help", argv[0], NULL});
        if (option != 's')
            return complain_usage(argv[0]);
        id = optarg;
    }
    words = join(argv + optind, argc - optind);
    if (control == NULL || words == NULL) {
        free(words);
        return EXIT_FAILED;
    }
    status = check(control, words);
    if (status == EXIT_DONE)
        status = ask_live(id, control->name, words);
    free(words);
    return status;
}
