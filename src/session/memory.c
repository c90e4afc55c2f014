#include "session/memory.h"

#include <stdlib.h>
#include <string.h>

#include "session/calendar.h"
#include "session/memory_inside.h"

void
memory_init(struct memory *memory)
{
    *memory = (struct memory){.days = MEMORY_NEVER, .next = MEMORY_NEVER};
}

static void
free_roles(struct memory_roles *roles)
{
    for (int i = 0; i < roles->count; i++) {
        free(roles->role[i].name);
        free(roles->role[i].holder);
    }
    free(roles->role);
    *roles = (struct memory_roles){0};
}

static void
free_action(struct memory_action *action)
{
    free(action->record);
    free(action->owner);
    free(action->text);
}

void
memory_free(struct memory *memory)
{
    memory_free_people(memory);
    for (int i = 0; i < memory->actions_count; i++)
        free_action(&memory->actions[i]);
    for (int i = 0; i < memory->recent_count; i++)
        free_roles(&memory->recent[i]);
    for (int i = 0; i < memory->early_count; i++)
        free(memory->early[i].record);
    free(memory->early);
    free(memory->actions);
    free(memory->record);
    free(memory->topic);
    memory_init(memory);
}

/* ---- one more session ---- */

static void
add_turns(struct memory *memory, const struct past *past)
{
    const struct closing *closing = past->closing;

    for (int i = 0; i < closing->people_count; i++) {
        const struct closing_person *here = &closing->people[i];
        struct memory_person *person = memory_person(memory, here->name);

        if (person == NULL || (here->observer && here->turns == 0))
            continue;
        person->sessions++;
        person->turns += here->turns;
        memory->seats++;
        memory->turns += here->turns;
        if (here->turns > 0) {
            person->drove_ms = past->opened.wall_ms;
            person->drove_turn = here->last;
        }
    }
}

static void
hold(struct memory *memory, const struct closing_role *role, int64_t days)
{
    struct memory_person *person = memory_person(memory, role->holder);
    struct memory_held *held;

    if (person == NULL)
        return;
    for (int i = 0; i < person->held_count; i++) {
        if (strcmp(person->held[i].role, role->name) == 0) {
            person->held[i].days = days;
            return;
        }
    }
    held = realloc(person->held, ((size_t)person->held_count + 1) * sizeof *held);
    if (held == NULL)
        return;
    person->held = held;
    held[person->held_count].days = days;
    held[person->held_count].role = strdup(role->name);
    if (held[person->held_count].role != NULL)
        person->held_count++;
}

/* Who volunteered last time held the role on this day. */
static void
hold_roles(struct memory *memory, int64_t days)
{
    for (int i = 0; memory->recent_count > 0 && i < memory->recent[0].count; i++) {
        if (memory->recent[0].role[i].holder[0] != '\0')
            hold(memory, &memory->recent[0].role[i], days);
    }
}

static void
add_roles(struct memory *memory, const struct closing *closing, int64_t days)
{
    struct memory_roles roles = {.days = days};

    roles.role = calloc((size_t)closing->roles_count + 1, sizeof *roles.role);
    for (int i = 0; roles.role != NULL && i < closing->roles_count; i++) {
        struct closing_role copy = {strdup(closing->roles[i].name),
                                    strdup(closing->roles[i].holder)};

        if (copy.name == NULL || copy.holder == NULL) {
            free(copy.name);
            free(copy.holder);
            break;
        }
        roles.role[roles.count++] = copy;
    }
    if (memory->recent_count == MEMORY_RECENT)
        free_roles(&memory->recent[--memory->recent_count]);
    memmove(&memory->recent[1], &memory->recent[0],
            (size_t)memory->recent_count * sizeof *memory->recent);
    memory->recent[0] = roles;
    memory->recent_count++;
}

static bool
room_for_action(struct memory *memory)
{
    int room = memory->actions_room == 0 ? 16 : memory->actions_room * 2;
    struct memory_action *actions;

    if (memory->actions_count < memory->actions_room)
        return true;
    actions = realloc(memory->actions, (size_t)room * sizeof *actions);
    if (actions == NULL)
        return false;
    memory->actions = actions;
    memory->actions_room = room;
    return true;
}

static void
tick_early(struct memory *memory, const struct closing_done *done)
{
    struct closing_done *early =
        realloc(memory->early, ((size_t)memory->early_count + 1) * sizeof *early);

    if (early == NULL)
        return;
    memory->early = early;
    early[memory->early_count] = (struct closing_done){strdup(done->record), done->note};
    if (early[memory->early_count].record != NULL)
        memory->early_count++;
}

static bool
is_ticked(const struct memory *memory, const char *record, int64_t note)
{
    for (int i = 0; i < memory->early_count; i++) {
        if (memory->early[i].note == note && strcmp(memory->early[i].record, record) == 0)
            return true;
    }
    return false;
}

static void
tick(struct memory *memory, const struct closing_done *done)
{
    for (int i = 0; i < memory->actions_count; i++) {
        struct memory_action *action = &memory->actions[i];

        if (action->note != done->note || strcmp(action->record, done->record) != 0)
            continue;
        free_action(action);
        memory->actions_count--;
        memmove(action, action + 1, (size_t)(memory->actions_count - i) * sizeof *action);
        return;
    }
    tick_early(memory, done);
}

static void
tick_all(struct memory *memory, const struct closing *closing)
{
    for (int i = 0; i < closing->done_count; i++)
        tick(memory, &closing->done[i]);
}

static void
add_actions(struct memory *memory, const struct past *past, int64_t days)
{
    const struct closing *closing = past->closing;

    tick_all(memory, closing);
    for (int i = 0; i < closing->items_count && room_for_action(memory); i++) {
        const struct closing_item *item = &closing->items[i];
        struct memory_action action = {strdup(past->record), strdup(item->owner),
                                       strdup(item->text), item->note, days};

        if (!is_ticked(memory, past->record, item->note) && action.record != NULL &&
            action.owner != NULL && action.text != NULL)
            memory->actions[memory->actions_count++] = action;
        else
            free_action(&action);
    }
}

static void
replace(char **text, const char *with)
{
    free(*text);
    *text = strdup(with);
}

void
memory_add(struct memory *memory, const struct past *past)
{
    int64_t days = calendar_days_at(past->opened.wall_ms, past->opened.utc_offset_s);

    if (past->idle) {
        tick_all(memory, past->closing);
        return;
    }
    add_turns(memory, past);
    hold_roles(memory, days);
    add_roles(memory, past->closing, days);
    add_actions(memory, past, days);
    replace(&memory->record, past->record);
    replace(&memory->topic, past->topic);
    memory->sessions++;
    memory->days = days;
    if (past->closing->date == NULL || !calendar_parse(past->closing->date, &memory->next) ||
        memory->next <= days) /* a slip of the keyboard is no date */
        memory->next = MEMORY_NEVER;
}

/* ---- questions ---- */

int64_t
memory_held(const struct memory *memory, const char *name, const char *role)
{
    const struct memory_person *person = memory_find(memory, name);
    int64_t days = MEMORY_NEVER;

    for (int i = 0; person != NULL && i < person->held_count; i++) {
        if ((role == NULL || strcmp(person->held[i].role, role) == 0) &&
            person->held[i].days > days)
            days = person->held[i].days;
    }
    return days;
}

static const char *
holder_in(const struct memory_roles *roles, const char *role)
{
    for (int i = 0; i < roles->count; i++) {
        if (strcmp(roles->role[i].name, role) == 0)
            return roles->role[i].holder[0] == '\0' ? NULL : roles->role[i].holder;
    }
    return NULL;
}

const char *
memory_holder(const struct memory *memory, const char *role)
{
    return memory->recent_count == 0 ? NULL : holder_in(&memory->recent[0], role);
}

int
memory_holders(const struct memory *memory, const char *role)
{
    const char *seen[MEMORY_RECENT];
    int count = 0;

    for (int i = 0; i < memory->recent_count; i++) {
        const char *holder = holder_in(&memory->recent[i], role);
        bool is_new = holder != NULL;

        for (int j = 0; is_new && j < count; j++)
            is_new = !memory_is_same(memory, seen[j], holder);
        if (is_new)
            seen[count++] = holder;
    }
    return count;
}
