/*
 * Who prepares the next dojo: one role after another, volunteers only, "nobody yet" is an answer
 * (R21). Then its date, and Enter closes the session.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/find.h"
#include "screens/frame.h"
#include "screens/overlay.h"
#include "screens/roles.h"

static const struct key_help choosing_keys[] = {
    {"Enter", "choose",
     "Takes the person under the cursor; at the end of the list: a name to type, "
     "nobody yet.",
     COMMAND_NONE},
    {"w", "write a name", "Takes somebody who is not in the list.", COMMAND_NONE},
    {"x", "nobody yet", "Leaves the role open; it is shown as open at the next session.",
     COMMAND_NONE},
    {"PgUp PgDn", "other role", "The role before, the next role; so do Left and Right.",
     COMMAND_NONE},
    {NULL, NULL, NULL, COMMAND_NONE},
};

static const struct key_help date_keys[] = {
    {"Enter", "choose", "Takes the date under the cursor; below it: another date, none yet.",
     COMMAND_NONE},
    {"w", "write a date", "Takes another date.", COMMAND_NONE},
    {"x", "none yet", "Leaves the date open.", COMMAND_NONE},
    {"PgUp", "roles", "Goes back to a role.", COMMAND_NONE},
    {NULL, NULL, NULL, COMMAND_NONE},
};

static const struct key_help closing_keys[] = {
    {"Enter", "close", "Closes the session; its minutes are complete.", COMMAND_NONE},
    {"PgUp", "change", "Goes back to a role.", COMMAND_NONE},
    {NULL, NULL, NULL, COMMAND_NONE},
};

const struct key_help *
roles_keys_of(const struct view *view, const struct ui *ui)
{
    static const struct key_help *const keys[] = {choosing_keys, date_keys, closing_keys};
    return keys[roles_step_of(view->session, roles_current(view->session, ui))];
}

bool
roles_asks_date(const struct session *session)
{
    return session->settings.every.unit != EVERY_OFF;
}

enum roles_step
roles_step_of(const struct session *session, int current)
{
    if (current < session->roles_count)
        return ROLES_ROLE;
    return current == session->roles_count ? ROLES_DATE : ROLES_CLOSE;
}

int
roles_current(const struct session *session, const struct ui *ui)
{
    int last = session->roles_count + 1;
    if (ui->role >= 0 && (ui->role != session->roles_count || roles_asks_date(session)))
        return ui->role < last ? ui->role : last;
    for (int i = 0; i < session->roles_count; i++)
        if (session->roles[i].holder == NULL && !session->roles[i].vacant)
            return i;
    return session->date_answered || !roles_asks_date(session) ? last : session->roles_count;
}

void
roles_go_on(struct ui *ui)
{
    ui->role = -1;
    ui->cursor = ui->scroll = 0;
}

enum reply
roles_take(const struct view *view, struct ui *ui, int role, const char *name,
           struct command *command)
{
    char why[SETTINGS_ERROR_SIZE];
    const struct session *session = view->session;
    if (role < 0)
        role = roles_current(session, ui);
    if (role >= session->roles_count)
        return REPLY_DRAWN;
    if (name != ui->taken)
        snprintf(ui->taken, sizeof ui->taken, "%s", name);
    *command = (struct command){.kind = COMMAND_TAKE_ROLE,
                                .by = BY_KEY,
                                .text = ui->taken,
                                .role = session->roles[role].name};
    if (session_role_warning(session, view->memory, command->role, ui->taken, why) == NULL) {
        roles_go_on(ui);
        return REPLY_COMMAND;
    }
    ui->role = role;
    confirm_open(ui, CONFIRM_ROLE, why, command);
    return REPLY_DRAWN;
}

static enum reply
vacate(const struct view *view, struct ui *ui, int role, struct command *command)
{
    command->kind = COMMAND_VACATE_ROLE;
    command->role = view->session->roles[role].name;
    roles_go_on(ui);
    return REPLY_COMMAND;
}

static enum reply
write_name(struct ui *ui, int role)
{
    ui->role = role;
    ask_open(ui, PROMPT_ROLE, "");
    return REPLY_DRAWN;
}

static enum reply
choose(const struct view *view, struct ui *ui, int role, struct command *command)
{
    struct roles_list list;
    roles_list_of(view, role, &list);
    int row = ui->cursor;
    if (row < list.people_count)
        return roles_take(view, ui, role, list.people[row]->name, command);
    return row == list.people_count ? write_name(ui, role) : vacate(view, ui, role, command);
}

static enum reply
turn_page(const struct view *view, struct ui *ui, int step)
{
    const struct session *session = view->session;
    int to = roles_current(session, ui) + step;
    if (to == session->roles_count && !roles_asks_date(session))
        to += step;
    if (to < 0 || to > session->roles_count + 1)
        return REPLY_DRAWN;
    roles_go_on(ui);
    ui->role = to;
    return REPLY_DRAWN;
}

static enum reply
choosing_key(const struct view *view, struct ui *ui, int role, struct key key,
             struct command *command)
{
    struct roles_list list;
    roles_list_of(view, role, &list);
    enum find find = find_key(view, ui, key, list.people_count + ROLES_ROWS_MORE, roles_row, &list);
    if (find == FIND_TYPED)
        return REPLY_DRAWN;
    if (find == FIND_ENTERED || key_is_enter(key))
        return choose(view, ui, role, command);
    if (key_is(key, 'w'))
        return write_name(ui, role);
    if (key_is(key, 'x'))
        return vacate(view, ui, role, command);
    return list_key(ui, key, list.people_count + ROLES_ROWS_MORE, LIST_PAGE) ? REPLY_DRAWN
                                                                             : REPLY_IGNORED;
}

static bool
is_finding(const struct view *view, const struct ui *ui)
{
    (void)view;
    return ui->finding;
}

static enum reply
roles_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    int role = roles_current(view->session, ui);
    if (ui->finding && role < view->session->roles_count)
        return choosing_key(view, ui, role, key, command);
    if (key_is_function(key, KEY_PPAGE) || key_is_function(key, KEY_LEFT))
        return turn_page(view, ui, -1);
    if (key_is_function(key, KEY_NPAGE) || key_is_function(key, KEY_RIGHT))
        return turn_page(view, ui, 1);
    if (roles_step_of(view->session, role) == ROLES_DATE)
        return roles_date_key(view, ui, key, command);
    if (role < view->session->roles_count)
        return choosing_key(view, ui, role, key, command);
    if (!key_is_enter(key))
        return REPLY_IGNORED;
    ui->cursor = ui->scroll = 0;
    command->kind = COMMAND_CLOSE;
    return REPLY_COMMAND;
}

const struct screen roles_screen = {
    .name = "roles",
    .draw = roles_draw,
    .key = roles_key,
    .keys = choosing_keys,
    .is_typing = is_finding,
};
