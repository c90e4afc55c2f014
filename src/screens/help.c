/* The help page: every key of the moment, from the tables that the keys' owners keep. */
#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/hits.h"
#include "screens/list.h"
#include "screens/overlay.h"
#include "screens/paint.h"
#include "screens/prompt.h"
#include "screens/wrap.h"

/* Where the page is written; with no window it is only counted. */
struct page {
    WINDOW *window;
    const struct view *view;
    int top, rows, columns; /* of the window's part that scrolls */
    int first;              /* the line of the page that stands at `top` */
    int line;               /* the next one to be written */
};

static void
write_at(struct page *page, int line, int column, enum paint paint, const char *text)
{
    int row = page->top + line - page->first;
    if (page->window != NULL && line >= page->first && line < page->first + page->rows)
        frame_text(page->window, page->view, row, column, page->columns - column, paint, text);
}

static void
write_wrapped(struct page *page, int column, const char *text)
{
    int columns = page->columns - column;
    while (*text != '\0') {
        char row[512];
        size_t next, length = wrap_row(text, columns > 1 ? columns : 1, &next);
        snprintf(row, sizeof row, "%.*s", (int)length, text);
        write_at(page, page->line++, column, PAINT_TEXT, row);
        text += next;
    }
}

static void
write_heading(struct page *page, const char *text)
{
    if (page->line > 0)
        page->line++;
    write_at(page, page->line++, 0, PAINT_STRONG, text);
}

/* Those that `before` (NULL: none) has not told of. */
static void
write_keys(struct page *page, const struct key_help *rows, const struct key_help *before)
{
    int column = page->columns >= 40 ? 13 : 6;
    for (; rows->key != NULL; rows++) {
        if (!frame_key_works(page->view, rows) || frame_has_key(before, rows->key))
            continue;
        write_at(page, page->line, page->columns >= 40 ? 1 : 0, PAINT_KEY, rows->key);
        if ((int)strlen(rows->key) >= column - 1)
            page->line++;
        write_wrapped(page, column, rows->help);
    }
}

static void
write_page(struct page *page)
{
    const struct screen *screen = screen_for(page->view->session->phase);
    char name[64];
    snprintf(name, sizeof name, "Now: %s", screen->name);
    page->line = 0;
    write_heading(page, name);
    write_keys(page, screen->keys, NULL);
    write_heading(page, "Everywhere");
    write_keys(page, common_keys, screen->keys);
    write_heading(page, "In a list");
    write_keys(page, list_keys, NULL);
    write_heading(page, "While you type");
    write_keys(page, prompt_keys, NULL);
    if (page->view->desktop != NULL) {
        write_heading(page, "The desktop");
        write_wrapped(page, 1, page->view->desktop);
    }
    write_heading(page, "Nothing needs to be saved: every fact is on disk as it happens.");
}

static int
clamp_first(int first, int lines, int rows)
{
    int most = lines > rows ? lines - rows : 0;
    return first > most ? most : first < 0 ? 0 : first;
}

void
help_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    int rows = getmaxy(window), columns = getmaxx(window);
    int head = rows >= 3 ? 1 : 0, foot = rows >= 4 ? 1 : 0;
    struct page page = {.view = view, .top = head, .rows = rows - head - foot, .columns = columns};
    werase(window);
    write_page(&page);
    page.first = clamp_first(ui->scroll, page.line, page.rows);
    int lines = page.line;
    page.window = window;
    write_page(&page);
    if (head > 0)
        frame_line(window, 0, view);
    const char *hint =
        lines > page.first + page.rows ? "Down: more    Esc or ? closes" : "Esc or ? closes";
    if (foot > 0) {
        hits_hint(view, rows - 1, 0, hint);
        frame_text(window, view, rows - 1, 0, columns, PAINT_DIM, hint);
    }
}

/* Where the page ends is not known without a window: a page of 80 columns is about right, and
 * help_draw() stops at the real end. */
static int
last_first(const struct view *view)
{
    struct page page = {.view = view, .columns = 80};
    write_page(&page);
    return clamp_first(page.line, page.line, (view->rows > 0 ? view->rows : 24) - 2);
}

static int
step_of(struct key key, int page)
{
    if (!key.function)
        return key_is(key, ' ') ? page : 0;
    switch (key.code) {
    case KEY_UP:
        return -1;
    case KEY_DOWN:
        return 1;
    case KEY_PPAGE:
        return -page;
    case KEY_NPAGE:
        return page;
    default:
        return 0;
    }
}

enum reply
help_key(const struct view *view, struct ui *ui, struct key key, struct command *command)
{
    (void)command;
    int step = step_of(key, view->rows > 5 ? view->rows - 4 : LIST_PAGE);
    int most = last_first(view);
    if (step != 0) {
        int scroll = ui->scroll + step;
        ui->scroll = scroll < 0 ? 0 : scroll > most ? most : scroll;
        return REPLY_DRAWN;
    }
    if (!key_is_leave(key) && !key_is_enter(key) && !key_is(key, '?') && !key_is(key, 'q') &&
        !key_is_function(key, KEY_F(1)))
        return REPLY_IGNORED;
    overlay_close(ui);
    return REPLY_DRAWN;
}
