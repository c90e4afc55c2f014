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

enum { LINE_SIZE = 512, ITEM_SIZE = 2048, NOTICE_COLUMNS = 40 /* of an item in a notice */ };

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

/* Rows that they would need, at most `most`. */
static int
rows_of_items(const struct column *at, item_at get, int most)
{
    struct item item = {0};
    int rows = 0;
    for (int i = 0; rows < most && get(at->view, i, &item); i++)
        rows += wrap_rows(item.text, at->columns - 2);
    return rows < most ? rows : most;
}

/* Into `rows` rows, the last of several says how many are not among them. Returns how many are. */
static int
put_items(struct column *at, int rows, item_at get)
{
    struct item item = {0};
    int left = count_items(at->view, get), end = at->row + rows, shown = 0;
    if (rows == 1)
        left = 1;
    for (; left > 0 && at->row < end; left--) {
        if (at->row == end - 1 && left > 1) {
            char more[64];
            snprintf(more, sizeof more, "  %d more", left);
            put(at, PAINT_DIM, more);
            return shown;
        }
        get(at->view, shown++, &item);
        put_item(at, left > 1 ? end - 1 : end, &item);
    }
    return shown;
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

/* A tick cannot be seen where the item is not: then there is none. */
enum reply
board_tick(const struct view *view, struct ui *ui, int number, int shown, struct command *command)
{
    const struct memory *memory = view->memory;
    if (memory == NULL || number > memory->actions_count) {
        snprintf(ui->notice, sizeof ui->notice, "There is no action item %d.", number);
        return REPLY_DRAWN;
    }
    if (number > shown) {
        snprintf(ui->notice, sizeof ui->notice,
                 "Action item %d is not to be seen here; a larger window shows more.", number);
        return REPLY_DRAWN;
    }
    char words[ITEM_SIZE];
    text_fit(words, sizeof words, memory->actions[number - 1].text, NOTICE_COLUMNS, view->ascii);
    snprintf(ui->notice, sizeof ui->notice, "Ticked as done: %.200s; u takes it back.", words);
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

/* ---- who gets how many rows ---- */

enum { ACTIONS, LEARNED, PREPARE, PARTS, ENOUGH = 1000 /* rows that no window has */ };

/* A list with its heading. */
struct part {
    item_at get;
    const char *name;
    char hint[64]; /* ... and what else the heading says */
    int at_first;  /* rows it has before others have more */
    int most;      /* ... and in all */
    int rows;      /* ... and here, without the heading */
};

static void
name_parts(const struct view *view, struct part part[static PARTS])
{
    char date[STAMP_SIZE] = "";
    if (view->last != NULL)
        stamp_date(date, view->last->opened.wall_ms, view->last->opened.utc_offset_s);
    part[ACTIONS] = (struct part){action_at, "Still to do", "; a digit ticks it", 5, ENOUGH, 0};
    part[LEARNED] = (struct part){learned_at, "Learned last time", "", 3, ENOUGH, 0};
    part[PREPARE] =
        (struct part){prepare_at, "To prepare", "; randori checklist ticks it", 4, 4, 0};
    snprintf(part[LEARNED].hint, sizeof part[LEARNED].hint, " (%s)", date);
}

/* Where one row has to do, the heading says of how many it is. */
static void
put_heading(struct column *at, const struct part *part)
{
    char line[LINE_SIZE];
    int count = count_items(at->view, part->get);
    if (part->rows == 1 && count > 1)
        snprintf(line, sizeof line, "%s, 1 of %d", part->name, count);
    else
        snprintf(line, sizeof line, "%s%s", part->name, part->hint);
    put(at, PAINT_STRONG, line);
}

/* Rows of all parts that have any, each with a heading and a gap of `gap` rows. */
static int
rows_of_parts(const struct part part[static PARTS], int gap)
{
    int rows = 0;
    for (int i = 0; i < PARTS; i++)
        rows += part[i].rows > 0 ? gap + 1 + part[i].rows : 0;
    return rows;
}

/* Takes rows away until all fit, the checklist's first; what was learned keeps two as long as it
 * can (R22). Returns the rows between parts. */
static int
shrink(struct part part[static PARTS], int rows)
{
    static const struct {
        int part, least;
    } steps[] = {{PREPARE, 1}, {ACTIONS, 3}, {LEARNED, 2}, {PREPARE, 0},
                 {ACTIONS, 1}, {LEARNED, 1}, {LEARNED, 0}, {ACTIONS, 0}};
    int gap = rows_of_parts(part, 1) <= rows ? 1 : 0;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct part *less = &part[steps[i].part];
        while (rows_of_parts(part, gap) > rows && less->rows > steps[i].least)
            less->rows--;
    }
    return gap;
}

/* Returns the rows between parts. */
static int
share_out(const struct column *at, struct part part[static PARTS])
{
    int rows = at->end - at->row;
    for (int i = 0; i < PARTS; i++)
        part[i].rows = rows_of_items(at, part[i].get, part[i].at_first);
    int gap = shrink(part, rows);
    for (int i = 0; i < PARTS && gap > 0; i++) {
        int most = part[i].rows + rows - rows_of_parts(part, gap);
        if (part[i].rows > 0)
            part[i].rows =
                rows_of_items(at, part[i].get, most < part[i].most ? most : part[i].most);
    }
    return gap;
}

/* Nothing else has to give way for one row more. */
static bool
has_room(const struct column *at, struct part part[static PARTS])
{
    const struct view *view = at->view;
    int rows = at->end - at->row, others = view->session->settings.url[0] != '\0';
    others += view->last != NULL; /* for who had no turn */
    for (int i = 0; i < PARTS; i++)
        part[i].rows = rows_of_items(at, part[i].get, part[i].most < rows ? part[i].most : rows);
    return others + rows_of_parts(part, 1) < rows;
}

int
board_last(WINDOW *window, int top, int left, int rows, int columns, const struct view *view)
{
    struct column at = {window, view, top, top + rows, left, columns};
    const char *url = view->session->settings.url;
    struct part part[PARTS];
    int shown[PARTS] = {0};
    at.row += board_roles(window, top, left, rows, columns, view);
    name_parts(view, part);
    if (has_room(&at, part))
        at.row += board_holders(window, at.row, left, columns, view);
    if (url[0] != '\0')
        put(&at, PAINT_DIM, url);
    if (view->last != NULL)
        put_without_turn(&at);
    int gap = share_out(&at, part);
    for (int i = 0; i < PARTS; i++) {
        if (part[i].rows == 0)
            continue;
        at.row += gap;
        put_heading(&at, &part[i]);
        shown[i] = put_items(&at, part[i].rows, part[i].get);
    }
    return shown[ACTIONS];
}
