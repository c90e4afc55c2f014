/* The table of turns as CSV (RFC 4180), a row a turn, for whoever likes spreadsheets. */

#include <stdlib.h>
#include <string.h>

#include "commands/report.h"
#include "session/stamp.h"
#include "session/text.h"

/* A cell that begins like this is a formula to a spreadsheet; the last four are the wide forms, which
 * some take for the same. */
static bool
is_formula(const char *text)
{
    static const char *const starts[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};

    text += strspn(text, " ");
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        if (strncmp(text, starts[i], strlen(starts[i])) == 0)
            return true;
    }
    return false;
}

/* An apostrophe before it makes a formula a text again. */
static void
put_text(FILE *out, const char *text)
{
    char *clean = text_clean(text, strlen(text));

    fputs(clean != NULL && is_formula(clean) ? "\"'" : "\"", out);
    for (const char *at = clean; at != NULL && *at != '\0'; at++) {
        if (*at == '"')
            fputc('"', out);
        fputc(*at, out);
    }
    fputc('"', out);
    free(clean);
}

/* "2026-11-22" of a stamp, and "12:47:00". */
static void
put_date(FILE *out, const struct minutes *minutes, struct moment at)
{
    char date[STAMP_SIZE];

    fprintf(out, "%s,", stamp_date(date, at.wall_ms, minutes->session->opened.utc_offset_s));
}

static void
put_time(FILE *out, const struct minutes *minutes, struct moment at)
{
    enum { TIME_AT = 11, TIME_LENGTH = 8 };
    char stamp[STAMP_SIZE];

    if (at.wall_ms != 0)
        fprintf(out, "%.*s", TIME_LENGTH,
                stamp_text(stamp, at.wall_ms, minutes->session->opened.utc_offset_s) + TIME_AT);
    fputc(',', out);
}

/* ---- lists in a cell ---- */

static char *
list_lights(const struct session *session, const struct minutes_turn *turn)
{
    char *text = NULL;
    size_t length;
    FILE *list = open_memstream(&text, &length);

    if (list == NULL)
        return NULL;
    for (int i = 0; i < turn->lights; i++)
        fprintf(list, "%s%s", i > 0 ? " " : "",
                event_light_name(session->lights[turn->light_first + i].light));
    fclose(list);
    return text;
}

static char *
list_passes(const struct minutes *minutes, int number)
{
    char *text = NULL;
    size_t length;
    int index = 0, count = 0, person;
    FILE *list = open_memstream(&text, &length);

    if (list == NULL)
        return NULL;
    for (; minutes_next_pass(minutes, number, &index, &person); count++)
        fprintf(list, "%s%s", count > 0 ? ", " : "", session_name(minutes->session, person));
    fclose(list);
    return text;
}

static void
put_list(FILE *out, char *text, const char *end)
{
    put_text(out, text == NULL ? "" : text);
    fputs(end, out);
    free(text);
}

static const char *
yes(bool is)
{
    return is ? "yes" : "no";
}

static void
put_turn(FILE *out, const struct minutes *minutes, int index)
{
    const struct session *session = minutes->session;
    struct minutes_turn turn;
    bool is_over;

    minutes_turn(minutes, index, &turn);
    is_over = turn.ended.wall_ms != 0;
    fprintf(out, "%d,", turn.number);
    put_date(out, minutes, turn.began);
    put_time(out, minutes, turn.began);
    put_time(out, minutes, turn.ended);
    put_text(out, session_name(session, turn.driver));
    fprintf(out, ",%lld,%lld,%s,%s,%s,%d,%s,", (long long)turn.length_ms / 1000,
            (long long)turn.paused_ms / 1000, is_over ? event_end_name(turn.end) : "",
            is_over ? yes(turn.counted) : "", yes(turn.extra), turn.extensions,
            event_light_name(turn.light));
    put_list(out, list_lights(session, &turn), ",");
    put_list(out, list_passes(minutes, index), "\r\n");
}

void
report_csv(FILE *out, const struct minutes *minutes)
{
    fputs("turn,date,start,end,driver,length_s,paused_s,ended_by,counted,extra,extensions,light,"
          "lights,passed\r\n",
          out);
    for (int i = 0; i < minutes_turns(minutes); i++)
        put_turn(out, minutes, i);
}
