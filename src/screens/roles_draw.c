#include <stdio.h>
#include <string.h>

#include "screens/frame.h"
#include "screens/glyph.h"
#include "screens/roles.h"
#include "session/calendar.h"
#include "session/text.h"

/* The role that a person holds in a session's answers, NULL for none. */
static const char *
role_of(const struct view *view, const struct session *session, const char *name)
{
    for (int i = 0; session != NULL && i < session->roles_count; i++) {
        const char *holder = session->roles[i].holder;
        if (holder != NULL && memory_is_same(view->memory, holder, name))
            return session->roles[i].name;
    }
    return NULL;
}

/* Those present, in the order of the rotation or of who has held the role longest ago. */
static int
present_people(const struct view *view, const char *role, const struct person **people)
{
    const struct roster *roster = &view->session->roster;
    const struct person *present[ROSTER_MOST];
    const char *names[ROSTER_MOST] = {NULL};
    int order[ROSTER_MOST], count = 0;
    for (int i = 0; i < roster->count && count < ROSTER_MOST; i++) {
        if (!roster->people[i].present)
            continue;
        order[count] = count;
        names[count] = roster->people[i].name;
        present[count++] = &roster->people[i];
    }
    if (view->memory != NULL && role != NULL)
        memory_volunteers(view->memory, role, names, count, order);
    for (int i = 0; i < count; i++)
        people[i] = present[order[i]];
    return count;
}

/* Who holds a role today has held it last of all. */
void
roles_list_of(const struct view *view, int role, struct roles_list *list)
{
    const struct session *session = view->session;
    const struct person *people[ROSTER_MOST];
    int count = present_people(view, role < session->roles_count ? session->roles[role].name : NULL,
                               people);
    list->people_count = 0;
    for (int held = 0; held < 2; held++) {
        for (int i = 0; i < count; i++) {
            bool holds = role_of(view, view->last, people[i]->name) != NULL;
            if (holds == (held == 1))
                list->people[list->people_count++] = people[i];
        }
    }
}

/* " · Master of Dojo 2026-03-10", for each role that was ever held; not those of today. */
static void
add_held(const struct view *view, const char *name, const char *today, char *out, size_t size)
{
    const struct memory_person *person =
        view->memory == NULL ? NULL : memory_find(view->memory, name);
    for (int i = 0; person != NULL && i < person->held_count; i++) {
        const struct memory_held *held = &person->held[i];
        char date[CALENDAR_SIZE];
        size_t used = strlen(out);
        if (today == NULL || strcmp(today, held->role) != 0)
            snprintf(out + used, size - used, "%s%s %s", frame_dot(view), held->role,
                     calendar_text(date, held->days));
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
    const char *before = role_of(view, view->last, name),
               *next = role_of(view, view->session, name);
    snprintf(out, size, "%s%s%s%s%s%s%s", name, before != NULL ? frame_dot(view) : "",
             before != NULL ? before : "", before != NULL ? " today" : "",
             next != NULL ? frame_dot(view) : "", next != NULL ? next : "",
             next != NULL ? " next time" : "");
    add_held(view, name, before, out, size);
    return before != NULL;
}

/* To one of the questions; text NULL: not yet, is_open: "nobody". */
struct answer {
    const char *name, *text;
    bool is_open;
    char date[ROLES_DATE_SIZE];
};

static void
answer_of(const struct session *session, int index, struct answer *answer)
{
    if (index < session->roles_count) {
        const struct role *role = &session->roles[index];
        *answer = (struct answer){.name = role->name, .is_open = role->vacant};
        answer->text = role->vacant ? " nobody yet " : role->holder;
        return;
    }
    *answer = (struct answer){.name = "Next dojo"};
    if (!session->date_answered)
        return;
    answer->is_open = session->next_date[0] == '\0';
    answer->text =
        answer->is_open ? " not settled yet " : roles_date_text(answer->date, session->next_date);
}

/* "Master of Ceremony  Grace Hopper", the one that is asked for marked; `names` columns for what it
 * is about. What is open has a blank around it. */
static void
draw_answer(WINDOW *window, int at, int names, const struct view *view, const struct answer *answer,
            bool asked)
{
    int columns = getmaxx(window) - 1, column;
    column = frame_text(window, view, at, 0, columns, PAINT_STRONG,
                        asked ? glyph(view, "▸ ", "> ") : "  ");
    frame_text(window, view, at, column, columns - column, asked ? PAINT_STRONG : PAINT_TEXT,
               answer->name);
    column += names + (answer->is_open ? 1 : 2);
    if (answer->text != NULL)
        frame_text(window, view, at, column, columns - column,
                   answer->is_open ? PAINT_ALARM : PAINT_STRONG, answer->text);
}

/* The columns of the longest name. */
static int
name_columns(const struct session *session, int count)
{
    int most = 0;
    for (int i = 0; i < count; i++) {
        struct answer answer;
        answer_of(session, i, &answer);
        int columns = text_columns(answer.name);
        most = columns > most ? columns : most;
    }
    return most;
}

static int
draw_answers(WINDOW *window, int top, int rows, const struct view *view, int current)
{
    const struct session *session = view->session;
    int count = session->roles_count + (roles_asks_date(session) ? 1 : 0);
    int names = name_columns(session, count);
    int first = current >= rows ? current - rows + 1 : 0, at = top;
    if (first + rows > count)
        first = count > rows ? count - rows : 0;
    for (int i = first; i < count && at < top + rows; i++) {
        struct answer answer;
        answer_of(session, i, &answer);
        draw_answer(window, at++, names, view, &answer, i == current);
    }
    return at - top;
}

static void
question(char *out, size_t size, const struct session *session, int current)
{
    if (current < session->roles_count)
        snprintf(out, size, "Who is %s next time?", session->roles[current].name);
    else if (roles_step_of(session, current) == ROLES_DATE)
        snprintf(out, size, "When is the next dojo?");
    else
        snprintf(out, size, "Enter closes the session: all questions have an answer.");
}

static void
draw_list(WINDOW *window, int top, int left, int rows, const struct view *view, const struct ui *ui)
{
    struct roles_list list;
    int current = roles_current(view->session, ui);
    if (roles_step_of(view->session, current) == ROLES_DATE) {
        roles_date_draw(window, top, left, rows, view, ui);
        return;
    }
    roles_list_of(view, current, &list);
    list_draw(window, top, left, rows, getmaxx(window) - 2 * left, view, ui,
              list.people_count + ROLES_ROWS_MORE, roles_row, &list);
}

static void
draw_page(WINDOW *window, const struct view *view, const struct ui *ui, int blank)
{
    char text[FRAME_TEXT];
    int current = roles_current(view->session, ui);
    bool asking = roles_step_of(view->session, current) != ROLES_CLOSE;
    frame_rest(text, sizeof text, view, "roles");
    frame_header(window, view, text);
    int bottom = frame_footer(window, view, ui, roles_keys_of(view, ui)), at = 1 + blank;
    int room = bottom - at - 1 - blank; /* for answers and list */
    int answers = asking && room < 4 ? 0 : asking ? room / 3 : room;
    at += draw_answers(window, at, answers, view, current);
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
    if (roles_step_of(view->session, current) != ROLES_CLOSE)
        draw_list(window, 1, 0, bottom - 1, view, ui);
    else
        draw_answers(window, 1, bottom - 1, view, current);
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
