#include "life.h"

#include <dirent.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "services/remote_call.h"
#include "storage/journal.h"

enum {
    LIVES_A_RECORD = 12,
    LINE_MOST = 120,
    NOTES_MOST = 64,
    DRAFT_AGE_MS = 2000, /* SIGKILL may cost a second of typing; the rest is this machine's */
    ANSWER_MS = 10000,
};

/* What has been promised in this life. */
struct life {
    struct storm *storm;
    struct vt *vt;
    int64_t looked_bytes; /* sent when the screen was last looked at */
    int turn, turns_shown;
    int64_t seq;     /* answered by the socket */
    int answers;     /* how often */
    int note, notes; /* the next one's number; how many were shown as kept */
    int kept[NOTES_MOST];
    bool is_typing, is_entered; /* a line is open; Enter was sent and not yet seen done */
    char typed[LINE_MOST];
    char draft[LINE_MOST];       /* the line as shown */
    int64_t drawn_ms[LINE_MOST]; /* when its n-th byte was first shown */
    int resumes;                 /* in the record, before this life */
    bool wrong;
};

static int64_t
now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * INT64_C(1000) + at.tv_nsec / 1000000;
}

int
roll(struct dice *dice, int sides)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 17;
    dice->state ^= dice->state << 5;
    return (int)(dice->state % (uint32_t)sides);
}

__attribute__((format(printf, 2, 3))) static void
complain(struct life *life, const char *format, ...)
{
    char path[ROOM_PATH] = "no record";
    va_list arguments;

    life->wrong = true;
    if (life->storm->basic) /* is known to lose */
        return;
    room_newest(&life->storm->room, path);
    fprintf(stderr, "# life %d (%s): ", life->storm->number, path);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\n");
}

/* --- watching ------------------------------------------------------------------------------ */

static void
look_at_line(struct life *life, const char *screen)
{
    const char *line = strstr(screen, "Note: ");
    size_t had = strlen(life->draft), length;

    if (line == NULL)
        return;
    line += strlen("Note: ");
    length = strcspn(line, " \n");
    if (length >= LINE_MOST || strncmp(line, life->typed, length) != 0)
        return;
    snprintf(life->draft, sizeof life->draft, "%.*s", (int)length, line);
    for (size_t i = had; i < length; i++)
        life->drawn_ms[i] = now_ms();
}

static void
look_at_turn(struct life *life, const char *screen)
{
    const char *turn = strstr(screen, "turn ");
    int number;

    if (strstr(screen, "Space pause") == NULL || turn == NULL ||
        sscanf(turn, "turn %d of", &number) != 1 || number <= life->turn)
        return;
    life->turns_shown++;
    life->turn = number;
}

/* A frame that is still coming promises nothing. */
static void
look(struct life *life, int ms)
{
    int64_t bytes;
    const char *screen;

    if (ms > 2)
        vt_watch(life->vt, ms - 2);
    bytes = vt_bytes(life->vt);
    if (bytes == life->looked_bytes)
        return;
    vt_watch(life->vt, 2);
    if (vt_bytes(life->vt) != bytes || !vt_is_alternate(life->vt))
        return;
    life->looked_bytes = bytes;
    screen = vt_screen(life->vt);
    if (strstr(screen, "unsaved") != NULL)
        return;
    look_at_turn(life, screen);
    if (life->is_entered && strstr(screen, "The note is kept.") != NULL) {
        life->kept[life->notes++] = life->note - 1;
        life->is_entered = false;
    }
    if (life->is_typing)
        look_at_line(life, screen);
}

static bool
wait_for(struct life *life, const char *text, int ms)
{
    for (int64_t until = now_ms() + ms; now_ms() < until;) {
        look(life, 8);
        if (vt_has(life->vt, text))
            return true;
        if (kill(vt_pid(life->vt), 0) != 0)
            break;
    }
    return false;
}

/* --- people -------------------------------------------------------------------------------- */

static void
type_letters(struct life *life, int count)
{
    char letters[8];
    size_t length = strlen(life->typed);

    for (int i = 0; i < count && length + 1 < 48; i++) {
        letters[0] = (char)('a' + roll(&life->storm->dice, 26));
        letters[1] = '\0';
        vt_send(life->vt, letters);
        life->typed[length++] = letters[0];
        life->typed[length] = '\0';
    }
}

/* Opens the line, and throws away what a former life left in it. */
static void
begin_note(struct life *life)
{
    int tries = 0;

    if (life->notes == NOTES_MOST || life->is_entered)
        return;
    do {
        vt_send(life->vt, "o"); /* swallowed just after the clock has changed the phase */
    } while (!wait_for(life, "Note:", 1000) && ++tries < 30);
    if (tries == 30) {
        complain(life, "no line to type in:\n%s", vt_screen(life->vt));
        return;
    }
    vt_send(life->vt, "\025");
    snprintf(life->typed, sizeof life->typed, "life%dnote%d", life->storm->number, life->note);
    vt_send(life->vt, life->typed);
    life->draft[0] = '\0';
    life->note++;
    life->is_typing = true;
}

static void
enter_note(struct life *life)
{
    vt_send(life->vt, "\r");
    life->is_typing = false;
    life->is_entered = true;
}

static void
change_turn(struct life *life)
{
    if (life->is_typing)
        return;
    vt_send(life->vt, "n");
    look(life, 4 + roll(&life->storm->dice, 40));
    vt_send(life->vt, "\r");
}

static void
change_size(struct life *life)
{
    vt_resize(life->vt, 24 + roll(&life->storm->dice, 30), 76 + roll(&life->storm->dice, 100));
}

/* The socket of the only session there is; false when there is none. */
static bool
find_socket(const struct storm *storm, char path[static ROOM_PATH])
{
    char folder[ROOM_PATH / 2];
    DIR *names;
    bool found = false;

    snprintf(folder, sizeof folder, "%s/XDG_RUNTIME_DIR/randori", storm->room.home.folder);
    names = opendir(folder);
    for (const struct dirent *entry; names && !found && (entry = readdir(names));) {
        found = strstr(entry->d_name, ".sock") != NULL;
        snprintf(path, ROOM_PATH, "%s/%s", folder, entry->d_name);
    }
    if (names)
        closedir(names);
    return found;
}

static void
ask(struct life *life)
{
    struct remote_answer answer;
    char path[ROOM_PATH];

    if (find_socket(life->storm, path) &&
        remote_call(path, "light green", ANSWER_MS, &answer) == REMOTE_ANSWERED &&
        answer.code == REMOTE_DONE && answer.seq > life->seq) {
        life->seq = answer.seq;
        life->answers++;
    }
}

static void
act(struct life *life)
{
    switch (roll(&life->storm->dice, 12)) {
    case 0:
        change_size(life);
        break;
    case 1:
        change_turn(life);
        break;
    case 2:
        ask(life);
        break;
    case 3:
        if (life->is_typing)
            enter_note(life);
        break;
    default:
        if (life->is_typing)
            type_letters(life, 1 + roll(&life->storm->dice, 3));
        else
            begin_note(life);
        break;
    }
    look(life, 3 + roll(&life->storm->dice, 20));
}

/* --- the end ------------------------------------------------------------------------------- */

static void
wait_us(int us)
{
    struct timespec time = {0, us * 1000L};
    nanosleep(&time, NULL);
}

/* Half of the moments are near a turn's change or inside an append. */
static void
await_bad_moment(struct life *life)
{
    struct dice *dice = &life->storm->dice;
    int64_t until = now_ms() + 50 + roll(dice, roll(dice, 6) == 0 ? 5000 : 1500);

    while (now_ms() < until)
        act(life);
    switch (roll(dice, 4)) {
    case 0:
        if (life->is_typing)
            enter_note(life);
        vt_send(life->vt, "n");
        look(life, 3 + roll(dice, 200));
        break;
    case 1:
        if (!life->is_typing)
            begin_note(life);
        if (!life->is_typing) /* else letters would be keys */
            break;
        type_letters(life, 3);
        enter_note(life);
        if (roll(dice, 2) == 0)
            wait_us(roll(dice, 6000));
        else /* at the moment when it is said to be kept */
            for (int i = 0; life->is_entered && i < 200; i++)
                look(life, 1);
        break;
    default:
        break;
    }
}

/* Returns the status of waitpid(), -1 when it did not end. */
static int
end(struct life *life, enum ending ending)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGKILL};

    if (ending == END_CLOSED)
        vt_hang_up(life->vt);
    else
        kill(vt_pid(life->vt), signals[ending]);
    return vt_wait_exit(life->vt);
}

/* --- what is left -------------------------------------------------------------------------- */

/* Good up to a torn end, which only SIGKILL may leave. */
static bool
read_record(struct life *life, enum ending ending, struct session *session)
{
    char path[ROOM_PATH], why[JOURNAL_WHY] = "there is none";
    struct journal_content content = {0};
    bool good;

    session_init(session);
    if (!room_newest(&life->storm->room, path))
        return false;
    good = journal_read(path, &content, why) == JOURNAL_GOOD;
    if (!good)
        complain(life, "%s", why);
    else if (content.torn_bytes > 0 && ending != END_KILL)
        complain(life, "%lld torn bytes", (long long)content.torn_bytes);
    for (int i = 0; good && i < content.count; i++)
        session_apply(session, &content.events[i]);
    journal_content_free(&content);
    return good;
}

static bool
has_note(const struct session *session, int life, int number)
{
    char name[40];

    snprintf(name, sizeof name, "life%dnote%d", life, number);
    for (int i = 0; i < session->notes_count; i++) {
        const char *text = session->notes[i].text;

        if (strncmp(text, name, strlen(name)) == 0 &&
            (text[strlen(name)] < '0' || text[strlen(name)] > '9'))
            return true;
    }
    return false;
}

static void
check_shown(struct life *life, const struct session *session, struct tally *tally)
{
    int number = life->storm->number, turns = 0;

    for (int i = 0; i < session->log_count; i++) {
        if (session->log[i].kind == EVENT_TURN_STARTED && session->log[i].turn > turns)
            turns = session->log[i].turn;
    }
    tally->shown += life->notes + life->answers + life->turns_shown;
    for (int i = 0; i < life->notes; i++) {
        if (has_note(session, number, life->kept[i]))
            tally->recovered++;
        else
            complain(life, "note %d was shown as kept", life->kept[i]);
    }
    if (session->seq >= life->seq)
        tally->recovered += life->answers;
    else
        complain(life, "fact %lld was answered for, %lld are there", (long long)life->seq,
                 (long long)session->seq);
    if (turns >= life->turn)
        tally->recovered += life->turns_shown;
    else
        complain(life, "turn %d was shown, %d is there", life->turn, turns);
}

/* How much of the line has to be there. */
static size_t
draft_due(const struct life *life, enum ending ending, int64_t ended_ms)
{
    size_t length = strlen(life->draft);

    while (ending == END_KILL && length > 0 && ended_ms - life->drawn_ms[length - 1] < DRAFT_AGE_MS)
        length--;
    return length;
}

static void
check_draft(struct life *life, const struct session *session, enum ending ending, int64_t ended_ms,
            struct tally *tally)
{
    size_t due = draft_due(life, ending, ended_ms);

    if (due == 0 || !life->is_typing)
        return;
    tally->drafts++;
    if (strncmp(session->draft, life->draft, due) == 0)
        tally->drafts_recovered++;
    else
        complain(life, "the draft is \"%s\", \"%.*s\" was shown", session->draft, (int)due,
                 life->draft);
}

/* Lines of the hook's own diary about this record. */
static int
count_begun(const struct storm *storm, const char *record)
{
    char path[ROOM_PATH], line[ROOM_PATH];
    FILE *file;
    int count = 0;

    snprintf(path, sizeof path, "%s/diary", storm->room.home.folder);
    file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        count += strncmp(line, record, strlen(record)) == 0;
    if (file)
        fclose(file);
    return count;
}

/* Each run that has begun is in the record, and after a drain how it ended, too. */
static void
check_hooks(struct life *life, const struct session *session, enum ending ending,
            struct tally *tally)
{
    char path[ROOM_PATH];
    int begun, started, ended;

    if (!room_newest(&life->storm->room, path))
        return;
    begun = count_begun(life->storm, strrchr(path, '/') + 1);
    started = room_count(session, EVENT_HOOK_STARTED);
    ended = room_count(session, EVENT_HOOK_ENDED);
    tally->hooks += begun - life->storm->hooks_begun;
    tally->hooks_accounted += (started < begun ? started : begun) - life->storm->hooks_begun;
    life->storm->hooks_begun = begun;
    if (started < begun)
        complain(life, "%d hooks have begun, the record knows %d", begun, started);
    if (ending != END_KILL && session->hooks_count > 0)
        complain(life, "%d hooks have no end (%d of %d)", session->hooks_count, ended, started);
}

static void
check_end(struct life *life, const struct session *session, enum ending ending, int status,
          struct tally *tally)
{
    static const int signals[] = {SIGTERM, SIGINT, SIGHUP, SIGKILL, SIGHUP};
    static const char *const reasons[] = {"SIGTERM", "SIGINT", "SIGHUP", "", ""};
    bool has_terminal = ending != END_KILL && ending != END_CLOSED;

    if (status == -1 || !WIFSIGNALED(status) || WTERMSIG(status) != signals[ending])
        complain(life, "ended with status %#x", (unsigned)status);
    if (has_terminal) {
        tally->terminals++;
        if (vt_is_sane(life->vt))
            tally->terminals_restored++;
        else
            complain(life, "the terminal is not restored");
    }
    if (ending != END_KILL &&
        (session->left_reason == NULL ||
         (reasons[ending][0] != '\0' && strcmp(session->left_reason, reasons[ending]) != 0)))
        complain(life, "the record does not say why it ended");
}

static void
check(struct life *life, enum ending ending, int status, int64_t ended_ms, struct tally *tally)
{
    struct storm *storm = life->storm;
    struct session session;

    storm->has_record = read_record(life, ending, &session) && session.log_count > 0;
    if (!storm->has_record)
        complain(life, "nothing to go on with");
    check_shown(life, &session, tally);
    check_draft(life, &session, ending, ended_ms, tally);
    check_hooks(life, &session, ending, tally);
    check_end(life, &session, ending, status, tally);
    session_free(&session);
}

/* --- a life -------------------------------------------------------------------------------- */

void
storm_open(struct storm *storm, uint32_t seed, bool basic, int hook_ms)
{
    char path[ROOM_PATH], *shim;
    FILE *hook;

    *storm = (struct storm){.dice = {seed * 2654435761U + 1}, .basic = basic, .hook_ms = hook_ms};
    room_open(&storm->room, "[session]\n");
    if (basic && asprintf(&shim, "LD_PRELOAD=%.*s/tests/soak/shim_basic.so",
                          (int)(strrchr(storm->room.program, '/') - storm->room.program),
                          storm->room.program) > 0)
        home_add(&storm->room.home, shim);
    snprintf(path, sizeof path, "%s/XDG_CONFIG_HOME/randori", storm->room.home.folder);
    mkdir(path, 0700);
    strcat(path, "/hooks");
    mkdir(path, 0700);
    strcat(path, "/turn-started");
    hook = fopen(path, "w");
    if (hook == NULL)
        abort();
    fprintf(hook,
            "#!/bin/sh\necho \"${RANDORI_RECORD##*/} $RANDORI_SEQ\" >>%s/diary\nsleep %d.%03d\n",
            storm->room.home.folder, hook_ms / 1000, hook_ms % 1000);
    fclose(hook);
    chmod(path, 0700);
}

void
storm_close(struct storm *storm)
{
    room_close(&storm->room);
}

/* True when it is running, with people at the keyboard. */
static bool
begin(struct life *life, struct tally tallies[static ENDINGS])
{
    struct storm *storm = life->storm;
    bool goes_on = storm->lives_left > 0, resumes = goes_on && storm->has_record, good;

    if (!resumes) {
        storm->lives_left = LIVES_A_RECORD;
        storm->hooks_begun = 0;
    }
    life->vt = room_start(&storm->room, 24, 80,
                          resumes ? "--speed 60 --duration 12h --resume"
                                  : "--speed 60 --duration 12h --new");
    good = life->vt != NULL &&
           wait_for(life, resumes ? "? help" : "Enter starts the session", VT_PATIENCE_MS);
    tallies[storm->last].resumed_tried += goes_on;
    tallies[storm->last].resumed += good && resumes;
    if (!good) {
        complain(life, "it does not start: %s", life->vt ? vt_screen(life->vt) : "");
        return false;
    }
    vt_send(life->vt, "\r");
    return true;
}

void
storm_live(struct storm *storm, struct tally tallies[static ENDINGS])
{
    struct life life = {.storm = storm};
    enum ending ending =
        roll(&storm->dice, 5) == 0 ? END_KILL : (enum ending)roll(&storm->dice, ENDINGS);
    struct tally *tally = &tallies[ending];
    int64_t ended_ms;

    storm->number++;
    if (begin(&life, tallies)) {
        await_bad_moment(&life);
        ended_ms = now_ms();
        check(&life, ending, end(&life, ending), ended_ms, tally);
        tally->lives++;
    }
    tally->wrong += life.wrong;
    vt_end(life.vt);
    storm->last = ending;
    storm->lives_left--;
}
