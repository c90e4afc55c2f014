/* The date of the next dojo, at the end of the roles. */
#include <stdio.h>
#include <string.h>

#include "screens/overlay.h"
#include "screens/roles.h"
#include "session/calendar.h"

enum { ROW_PROPOSAL, ROW_OTHER, ROW_NONE, ROWS };

char *
roles_date_text(char out[static ROLES_DATE_SIZE], const char *date)
{
    int64_t days;
    out[0] = '\0';
    if (calendar_parse(date, &days))
        snprintf(out, ROLES_DATE_SIZE, "%s %.10s", calendar_weekday_name(calendar_weekday(days)),
                 date);
    return out;
}

static bool
date_row(const struct view *view, const void *user, int index, char *out, size_t size)
{
    char date[CALENDAR_SIZE], text[ROLES_DATE_SIZE];
    (void)user;
    if (index == ROW_PROPOSAL)
        snprintf(out, size, "%s",
                 roles_date_text(text, session_proposed_date(view->session, date)));
    else
        snprintf(out, size, "%s", index == ROW_OTHER ? "another date (w)" : "not settled yet (x)");
    return false;
}

void
roles_date_draw(WINDOW *window, int top, int left, int rows, const struct view *view,
                const struct ui *ui)
{
    list_draw(window, top, left, rows, getmaxx(window) - 2 * left, view, ui, ROWS, date_row, NULL);
}

static enum reply
write_date(const struct view *view, struct ui *ui)
{
    char date[CALENDAR_SIZE];
    ui->role = view->session->roles_count;
    ask_open(ui, PROMPT_DATE, session_proposed_date(view->session, date));
    return REPLY_DRAWN;
}

static enum reply
settle(struct ui *ui, const char *date, struct command *command)
{
    snprintf(ui->taken, sizeof ui->taken, "%s", date);
    command->kind = COMMAND_DATE;
    command->text = ui->taken;
    roles_go_on(ui);
    return REPLY_COMMAND;
}

static enum reply
choose(const struct view *view, struct ui *ui, struct command *command)
{
    char date[CALENDAR_SIZE];
    if (ui->cursor == ROW_OTHER)
        return write_date(view, ui);
    return settle(ui, ui->cursor == ROW_PROPOSAL ? session_proposed_date(view->session, date) : "",
                  command);
}

enum reply
roles_date_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    if (key_is_enter(key))
        return choose(view, ui, command);
    if (key_is(key, 'w'))
        return write_date(view, ui);
    if (key_is(key, 'x'))
        return settle(ui, "", command);
    return list_key(ui, key, ROWS, LIST_PAGE) ? REPLY_DRAWN : REPLY_IGNORED;
}
