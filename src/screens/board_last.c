/* What past sessions left: who prepares this one, what is still to do or to prepare, what was
 * learned. */

#include <stdio.h>
#include <string.h>

#include "screens/board.h"
#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/wrap.h"
#include "session/stamp.h"
#include "session/summary.h"
#include "session/text.h"

enum { LINE_SIZE = 512, ITEM_SIZE = 2048 };

/* A column of text that is filled from the top. */
struct column {
    WINDOW *window;
    const struct view *view;
    int row, end, left, columns;
};

static void
put(struct column *at, enum paint paint, const char *text)
{
    if (at->row < at->end)
        frame_text(at->window, at->view, at->row++, at->left, at->columns, paint, text);
}

static void
put_role(struct column *at, const char *role, const char *holder)
{
    const struct view *view = at->view;
    if (at->row >= at->end)
        return;
    int column = at->left;
    column += frame_text(at->window, view, at->row, column, at->columns, PAINT_TEXT, role);
    column += 2;
    frame_text(at->window, view, at->row++, column, at->left + at->columns - column,
               holder != NULL       ? PAINT_STRONG
               : view->last != NULL ? PAINT_ALARM
                                    : PAINT_DIM,
               holder != NULL ? holder : " nobody yet ");
}

/* Today's Masters volunteered at the end of the last session. */
static void
put_roles(struct column *at)
{
    const struct session *last = at->view->last;
    const struct text_list *roles = &at->view->session->settings.roles;
    if (last == NULL) {
        for (int i = 0; i < roles->count; i++)
            put_role(at, roles->item[i], NULL);
        return;
    }
    for (int i = 0; i < last->roles_count; i++)
        put_role(at, last->roles[i].name, last->roles[i].holder);
}

/* ---- lists of sentences ---- */

/* One of them: what stands before it, and whether it matters no more. */
struct item {
    char mark[12];
    char text[ITEM_SIZE];
    bool is_over;
};

/* Fills in the item number `index`; false: there is none. */
typedef bool (*item_at)(const struct view *view, int index, struct item *item);

static int
count_items(const struct view *view, item_at get)
{
    struct item item = {0};
    int count = 0;
    while (get(view, count, &item))
        count++;
    return count;
}

static void
put_item(struct column *at, int end, const struct item *item)
{
    if (at->row >= end)
        return;
    frame_text(at->window, at->view, at->row, at->left, 2, item->is_over ? PAINT_DIM : PAINT_STRONG,
               item->mark);
    at->row += wrap_draw(at->window, at->row, at->left + 2, end - at->row, at->columns - 2,
                         item->is_over ? PAINT_DIM : PAINT_TEXT, at->view, item->text);
}

/* At most `rows` rows of them, heading included. */
static void
put_items(struct column *at, const char *heading, int rows, item_at get)
{
    struct item item = {0};
    int left = count_items(at->view, get);
    int end = at->row + rows < at->end ? at->row + rows : at->end;
    if (left == 0 || end - at->row < 3)
        return;
    at->row++;
    put(at, PAINT_STRONG, heading);
    for (int i = 0; left > 0 && at->row < end; i++, left--) {
        if (at->row == end - 1 && left > 1) {
            char more[64];
            snprintf(more, sizeof more, "  %d more", left);
            put(at, PAINT_DIM, more);
            return;
        }
        get(at->view, i, &item);
        put_item(at, left > 1 ? end - 1 : end, &item);
    }
}

/* ---- what is still to do ---- */

static bool
is_done(const struct session *session, const struct memory_action *action)
{
    for (int i = 0; i < session->done_count; i++)
        if (session->done[i].note == action->note &&
            strcmp(session->done[i].record, action->record) == 0)
            return true;
    return false;
}

static bool
action_at(const struct view *view, int index, struct item *item)
{
    const struct memory *memory = view->memory;
    if (memory == NULL || index >= memory->actions_count)
        return false;
    const struct memory_action *action = &memory->actions[index];
    item->is_over = is_done(view->session, action);
    if (item->is_over)
        snprintf(item->mark, sizeof item->mark, "%s", glyph(view, "✓", "x"));
    else if (index < BOARD_DIGITS)
        snprintf(item->mark, sizeof item->mark, "%d", index + 1);
    else
        snprintf(item->mark, sizeof item->mark, "%s", glyph(view, "→", ">"));
    snprintf(item->text, sizeof item->text, "%s%s%s", action->owner,
             action->owner[0] != '\0' ? ": " : "", action->text);
    return true;
}

enum reply
board_tick(const struct view *view, struct ui *ui, int number, struct command *command)
{
    const struct memory *memory = view->memory;
    if (memory == NULL || number > memory->actions_count) {
        snprintf(ui->notice, sizeof ui->notice, "There is no action item %d.", number);
        return REPLY_DRAWN;
    }
    command->kind = COMMAND_ACTION_DONE;
    command->role = memory->actions[number - 1].record;
    command->note = memory->actions[number - 1].note;
    return REPLY_COMMAND;
}

/* ---- what should have been prepared ---- */

static bool
prepare_at(const struct view *view, int index, struct item *item)
{
    if (index >= view->to_prepare_count)
        return false;
    item->is_over = false;
    snprintf(item->mark, sizeof item->mark, "%s", glyph(view, "□", "-"));
    snprintf(item->text, sizeof item->text, "%s", view->to_prepare[index]);
    return true;
}

/* ---- what was learned ---- */

static bool
learned_at(const struct view *view, int index, struct item *item)
{
    const struct session *last = view->last;
    for (int i = 0; last != NULL && i < last->notes_count; i++) {
        const struct note *note = &last->notes[i];
        if (note->action || note->question != 1 || index-- > 0)
            continue;
        item->is_over = false;
        snprintf(item->mark, sizeof item->mark, "%s", glyph(view, "•", "*"));
        snprintf(item->text, sizeof item->text, "%s", note->text);
        return true;
    }
    return false;
}

/* R14: who was here and had no turn last time, and is here again. */
static void
put_without_turn(struct column *at)
{
    char line[ITEM_SIZE] = "";
    size_t used = 0;
    int count = 0;
    const struct session *last = at->view->last;
    for (int i = 0; i < last->roster.count && used < sizeof line; i++) {
        const struct person *person = &last->roster.people[i];
        if (person->turns > 0 || person->observer || !summary_was_here(last, person->id) ||
            roster_find_name(&at->view->session->roster, person->name) == NULL)
            continue;
        count++;
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%s",
                                 used > 0 ? ", " : "No turn last time: ", person->name);
    }
    if (used >= sizeof line || text_columns(line) > at->columns)
        snprintf(line, sizeof line, "%d had no turn last time", count);
    if (count > 0 && count < last->roster.count)
        put(at, PAINT_STRONG, line);
}

void
board_last(WINDOW *window, int top, int left, int rows, int columns, const struct view *view)
{
    struct column at = {window, view, top, top + rows, left, columns};
    const char *url = view->session->settings.url;
    struct item item = {0};
    put_roles(&at);
    if (url[0] != '\0')
        put(&at, PAINT_DIM, url);
    if (view->last != NULL)
        put_without_turn(&at);
    /* What is to be done matters more than what is known (R22). */
    int rest = at.end - at.row;
    put_items(&at, "Still to do; a digit ticks it",
              learned_at(view, 0, &item) && rest >= 8 ? rest / 2 : rest, action_at);
    rest = at.end - at.row;
    put_items(&at, "To prepare; randori checklist ticks it",
              learned_at(view, 0, &item) && rest >= 8 ? rest / 2 : rest, prepare_at);
    if (view->last == NULL)
        return;
    char heading[LINE_SIZE], date[STAMP_SIZE];
    stamp_date(date, view->last->opened.wall_ms, view->last->opened.utc_offset_s);
    snprintf(heading, sizeof heading, "Learned last time (%s)", date);
    put_items(&at, heading, at.end - at.row, learned_at);
}
