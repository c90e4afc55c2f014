#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/roles.h"
#include "session/text.h"

static bool
is_same(const char *identity, const char *name)
{
    char *other = name != NULL ? text_identity(name) : NULL;
    bool same = identity != NULL && other != NULL && strcmp(identity, other) == 0;
    free(other);
    return same;
}

/* The role that a person holds in a session's answers, NULL for none. */
static const char *
role_of(const struct session *session, const char *name)
{
    char *identity = text_identity(name);
    const char *found = NULL;
    for (int i = 0; session != NULL && found == NULL && i < session->roles_count; i++)
        if (is_same(identity, session->roles[i].holder))
            found = session->roles[i].name;
    free(identity);
    return found;
}

void
roles_list_of(const struct view *view, struct roles_list *list)
{
    const struct roster *roster = &view->session->roster;
    list->people_count = 0;
    for (int held = 0; held < 2; held++) {
        for (int i = 0; i < roster->count && list->people_count < ROSTER_MOST; i++) {
            const struct person *person = &roster->people[i];
            bool holds = role_of(view->last, person->name) != NULL;
            if (person->present && holds == (held == 1))
                list->people[list->people_count++] = person;
        }
    }
}

bool
roles_row(const struct view *view, const void *user, int index, char *out, size_t size)
{
    const struct roles_list *list = user;
    if (index >= list->people_count) {
        snprintf(out, size, "%s",
                 index == list->people_count ? "another name (w)" : "nobody yet (x)");
        return false;
    }
    const char *name = list->people[index]->name;
    const char *before = role_of(view->last, name), *next = role_of(view->session, name);
    snprintf(out, size, "%s%s%s%s%s%s%s", name, before != NULL ? frame_dot(view) : "",
             before != NULL ? before : "", before != NULL ? " today" : "",
             next != NULL ? frame_dot(view) : "", next != NULL ? next : "",
             next != NULL ? " next time" : "");
    return before != NULL;
}

static void
right_text(char *out, size_t size, const struct view *view)
{
    char left[DURATION_SIZE], stop[DURATION_SIZE];
    int64_t ms = session_left_ms(view->session, view->now);
    snprintf(out, size, "roles%s%s %s %s", frame_dot(view), duration_clock(left, ms),
             ms > 0 ? "to" : "past", frame_time(stop, view, view->session->stop_ms));
}

/* "Master of Ceremony: Grace Hopper", the one that is asked for marked. */
static void
draw_answer(WINDOW *window, int at, int column, const struct view *view, const struct role *role,
            bool asked)
{
    int columns = getmaxx(window) - 1;
    column += frame_text(window, view, at, column, columns - column, PAINT_STRONG,
                         asked ? glyph(view, "▸ ", "> ") : "  ");
    column += frame_text(window, view, at, column, columns - column,
                         asked ? PAINT_STRONG : PAINT_TEXT, role->name) +
              2;
    if (role->holder != NULL)
        frame_text(window, view, at, column, columns - column, PAINT_STRONG, role->holder);
    else if (role->vacant)
        frame_text(window, view, at, column, columns - column, PAINT_ALARM, " nobody yet ");
}

static int
draw_answers(WINDOW *window, int top, int rows, int column, const struct view *view, int current)
{
    const struct session *session = view->session;
    int first = current >= rows ? current - rows + 1 : 0, at = top;
    if (first + rows > session->roles_count)
        first = session->roles_count > rows ? session->roles_count - rows : 0;
    for (int i = first; i < session->roles_count && at < top + rows; i++)
        draw_answer(window, at++, column, view, &session->roles[i], i == current);
    return at - top;
}

static void
question(char *out, size_t size, const struct session *session, int current)
{
    if (current < session->roles_count)
        snprintf(out, size, "Who is %s next time?", session->roles[current].name);
    else
        snprintf(out, size, "Enter closes the session: all roles have an answer.");
}

static void
draw_list(WINDOW *window, int top, int left, int rows, const struct view *view, const struct ui *ui)
{
    struct roles_list list;
    roles_list_of(view, &list);
    list_draw(window, top, left, rows, getmaxx(window) - 2 * left, view, ui,
              list.people_count + ROLES_ROWS_MORE, roles_row, &list);
}

static void
draw_page(WINDOW *window, const struct view *view, const struct ui *ui, int blank)
{
    char text[FRAME_TEXT];
    int current = roles_current(view->session, ui);
    bool asking = current < view->session->roles_count;
    right_text(text, sizeof text, view);
    frame_header(window, view, text);
    int bottom = frame_footer(window, view, ui, roles_keys_of(view, ui)), at = 1 + blank;
    int room = bottom - at - 1 - blank; /* for answers and list */
    int answers = asking && room < 4 ? 0 : asking ? room / 3 : room;
    at += draw_answers(window, at, answers, 0, view, current);
    at += blank;
    question(text, sizeof text, view->session, current);
    frame_text(window, view, at++, 1, getmaxx(window) - 2, asking ? PAINT_STRONG : PAINT_CURSOR,
               text);
    if (asking)
        draw_list(window, at, 1, bottom - at, view, ui);
}

static void
draw_strip(WINDOW *window, const struct view *view, const struct ui *ui)
{
    char text[FRAME_TEXT];
    int rows = getmaxy(window), current = roles_current(view->session, ui);
    question(text, sizeof text, view->session, current);
    frame_text(window, view, 0, 0, getmaxx(window), PAINT_STRONG, text);
    int bottom = rows >= 4 || (rows == 3 && ui->notice[0] != '\0')
                     ? frame_footer(window, view, ui, roles_keys_of(view, ui))
                     : rows;
    if (current < view->session->roles_count)
        draw_list(window, 1, 0, bottom - 1, view, ui);
    else
        draw_answers(window, 1, bottom - 1, 0, view, current);
}

void
roles_draw(WINDOW *window, const struct view *view, const struct ui *ui)
{
    enum rung rung = frame_rung(window);
    if (rung == RUNG_DOT)
        frame_small(window, view);
    else if (rung < RUNG_HALF)
        draw_strip(window, view, ui);
    else
        draw_page(window, view, ui, getmaxy(window) >= 20 ? 1 : 0);
}
