/* The list of people over a screen: who is here, who is next, who really has the keyboard. */
#include <stdio.h>
#include <string.h>

#include "screens/find.h"
#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/hits.h"
#include "screens/overlay.h"
#include "screens/paint.h"
#include "screens/roll.h"

static void
heading(char *out, size_t size, const struct view *view, const struct ui *ui)
{
    const struct roster *roster = &view->session->roster;
    if (ui->people_use == PEOPLE_DRIVER)
        snprintf(out, size, "Who has the keyboard?");
    else
        snprintf(out, size, "Who is here: %d of %d", roster_present(roster), roster->count);
}

static const char *
hint(const struct view *view, const struct ui *ui)
{
    if (ui->people_use == PEOPLE_DRIVER)
        return "Type a name   Enter has the keyboard   Esc back";
    return session_is_coding(view->session)
               ? "Space here/away   Enter drives next   O observer   J K move   / find   Esc back"
               : "Space here/away   O observer   J K move   a add   / find   Esc back";
}

void
people_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    int rows = getmaxy(window), columns = getmaxx(window);
    int head = rows >= 3 ? 1 : 0, title = rows >= 5 ? 1 : 0, foot = rows >= 4 ? 1 : 0;
    char text[SETTINGS_ERROR_SIZE];
    werase(window);
    if (head > 0)
        frame_line(window, 0, view);
    heading(text, sizeof text, view, ui);
    if (title > 0)
        frame_text(window, view, head, 0, columns, PAINT_STRONG, text);
    list_draw(window, head + title, 0, rows - head - title - foot, columns, view, ui,
              roll_count(view), roll_row, NULL);
    bool has_notice = ui->notice[0] != '\0';
    if (foot > 0 && !has_notice)
        hits_hint(view, rows - 1, 0, hint(view, ui));
    if (foot > 0)
        frame_text(window, view, rows - 1, 0, columns, has_notice ? PAINT_STRONG : PAINT_DIM,
                   has_notice ? ui->notice : hint(view, ui));
}

static enum reply
choose(const struct view *view, struct ui *ui, struct command *command)
{
    const struct person *person = roll_person(view, ui);
    bool is_driver = ui->people_use == PEOPLE_DRIVER;
    overlay_close(ui);
    if (person == NULL || (!is_driver && !session_is_coding(view->session)))
        return REPLY_DRAWN;
    command->kind = is_driver ? COMMAND_CHOOSE_DRIVER : COMMAND_CHOOSE_NEXT;
    command->person = person->id;
    return REPLY_COMMAND;
}

/* Where somebody is only to be chosen, letters are free. */
static bool
begins_finding(const struct ui *ui, struct key key)
{
    return ui->people_use == PEOPLE_DRIVER && !ui->finding && !key.function && !key.alt &&
           key.code > ' ' && !key_is(key, '/') && !key_is_leave(key) && !key_is_enter(key);
}

enum reply
people_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    if (begins_finding(ui, key))
        find_open(ui);
    switch (find_key(view, ui, key, roll_count(view), roll_row, NULL)) {
    case FIND_TYPED:
        return REPLY_DRAWN;
    case FIND_ENTERED:
        return choose(view, ui, command);
    case FIND_NOTHING:
        break;
    }
    if (key_is_leave(key) || key_is(key, 'q')) {
        overlay_close(ui);
        return REPLY_DRAWN;
    }
    if (key_is_enter(key))
        return choose(view, ui, command);
    if (key_is(key, 'a') || key_is(key, 'u'))
        return common_key(view, ui, key, command);
    return roll_key(view, ui, key, command);
}
