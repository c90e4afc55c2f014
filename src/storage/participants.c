#include "storage/participants.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "session/roster.h"
#include "session/text.h"
#include "storage/file.h"
#include "storage/participants_alias.h"

enum { EMAIL_MOST = 254 };

static const char sample[] =
    "# Who takes part: one person a line, in the order in which you take turns.\n"
    "# An address may follow in angle brackets. Put your own names here; with these\n"
    "# nine the session counts as practice and is not remembered.\n"
    "Ada Lovelace\n"
    "Grace Hopper <grace@example.org>\n"
    "Alan Turing\n"
    "Kathleen Booth\n"
    "Edsger Dijkstra\n"
    "Betty Holberton\n"
    "Konrad Zuse\n"
    "Frances Allen\n"
    "Dennis Ritchie\n";

const char *
participants_sample(void)
{
    return sample;
}

void
participants_free(struct participants *participants)
{
    for (int i = 0; i < participants->count; i++) {
        free(participants->item[i].name);
        free(participants->item[i].email);
    }
    participants_alias_free(participants);
    free(participants->item);
    *participants = (struct participants){0};
}

/* Who was read on which line, under which identity. */
struct seen {
    char *identity;
    int line;
};

struct list {
    struct participants *participants;
    struct problems *problems;
    const char *file;
    int line;
    bool is_whole;                 /* every line that is to name somebody does */
    struct seen seen[ROSTER_MOST]; /* as many as participants */
};

static bool
make_room(struct participants *participants)
{
    if (participants->count < participants->room)
        return true;
    int room = participants->room > 0 ? 2 * participants->room : 16;
    struct participant *item = realloc(participants->item, (size_t)room * sizeof *item);
    if (item == NULL)
        return false;
    participants->item = item;
    participants->room = room;
    return true;
}

static void
add(struct list *list, struct file_line name, struct file_line email)
{
    struct participants *participants = list->participants;
    char *copy = strndup(name.bytes, name.length);
    char *address = email.length > 0 ? strndup(email.bytes, email.length) : NULL;
    char *identity = copy == NULL ? NULL : text_identity(copy);
    if (identity == NULL || (address == NULL && email.length > 0) || !make_room(participants)) {
        problems_add(list->problems, list->file, list->line, "out of memory");
        free(copy);
        free(address);
        free(identity);
        return;
    }
    list->seen[participants->count] = (struct seen){identity, list->line};
    participants->item[participants->count++] = (struct participant){copy, address};
}

/* The line on which somebody of this name stands already, 0: none. */
static int
line_of(const struct list *list, struct file_line name)
{
    char *copy = strndup(name.bytes, name.length);
    char *identity = copy == NULL ? NULL : text_identity(copy);
    int line = 0;
    for (int i = 0; identity != NULL && line == 0 && i < list->participants->count; i++)
        if (strcmp(list->seen[i].identity, identity) == 0)
            line = list->seen[i].line;
    free(identity);
    free(copy);
    return line;
}

/* --- what may stand on a line --- */

/* Something before and after one @, no blanks, no brackets. */
static bool
is_address(struct file_line email)
{
    const char *at = memchr(email.bytes, '@', email.length);
    if (at == NULL || at == email.bytes || email.length > EMAIL_MOST)
        return false;
    const char *end = email.bytes + email.length;
    for (const char *letter = email.bytes; letter < end; letter++)
        if (strchr(" \t<>,;", *letter) != NULL || (*letter == '@' && letter != at))
            return false;
    return at + 1 < end;
}

/* "Name <address>" in its parts; *email is empty without one. False when the brackets are wrong. */
static bool
split(struct file_line line, struct file_line *name, struct file_line *email)
{
    const char *open = memchr(line.bytes, '<', line.length);
    const char *last = line.bytes + line.length - 1;
    *name = line;
    *email = (struct file_line){0};
    if (open == NULL)
        return memchr(line.bytes, '>', line.length) == NULL;
    *name = file_line_trim((struct file_line){line.bytes, (size_t)(open - line.bytes)});
    if (*last != '>')
        return false;
    *email = file_line_trim((struct file_line){open + 1, (size_t)(last - open - 1)});
    return is_address(*email);
}

/* What is wrong with the form of the line, or NULL. */
static const char *
form_fault(struct file_line line, struct file_line *name, struct file_line *email)
{
    if (!split(line, name, email))
        return "expected `Name` or `Name <mail@address>`";
    if (name->length == 0)
        return "the name before the address is missing";
    if (memchr(name->bytes, '@', name->length) != NULL)
        return "an address needs a name before it: `Name <mail@address>`";
    if (memchr(name->bytes, '\t', name->length) != NULL)
        return "a name may not hold a tab";
    return NULL;
}

static void
read_person(struct list *list, struct file_line line)
{
    struct file_line name, email;
    const char *fault = form_fault(line, &name, &email);
    int earlier;
    if (fault != NULL)
        problems_add(list->problems, list->file, list->line, "%s", fault);
    else if (name.length > NAME_MOST)
        problems_add(list->problems, list->file, list->line,
                     "the name is too long: %zu bytes, at most %d are allowed", name.length,
                     NAME_MOST);
    else if (list->participants->count == ROSTER_MOST)
        problems_add(list->problems, list->file, list->line,
                     "more than %d people are too many for one dojo", ROSTER_MOST);
    else if ((earlier = line_of(list, name)) != 0)
        problems_add(list->problems, list->file, list->line,
                     "%.*s stands twice: also in line %d; add something that tells them apart",
                     (int)name.length, name.bytes, earlier);
    else
        add(list, name, email);
}

static void
read_line(struct list *list, struct file_line line)
{
    char why[80];
    int before = list->problems->count;
    const char *fault = file_line_fault(&line, why);
    line = file_line_trim(line);
    if (fault != NULL)
        problems_add(list->problems, list->file, list->line, "the line %s", fault);
    else if (participants_alias_is(line))
        participants_alias_read(line, list->participants, list->file, list->line, list->problems);
    else if (line.length > 0 && line.bytes[0] != '#')
        read_person(list, line);
    if (list->problems->count > before && !participants_alias_is(line))
        list->is_whole = false;
}

static void
read_all(struct list *list, struct file_text text)
{
    struct file_line line;
    file_skip_mark(&text);
    while (file_next_line(&text, &line)) {
        list->line++;
        read_line(list, line);
    }
    participants_alias_check(list->participants, list->is_whole, list->file, list->problems);
    for (int i = 0; i < list->participants->count; i++)
        free(list->seen[i].identity);
}

static bool
parse(struct file_text text, const char *shown, struct participants *participants,
      struct problems *problems)
{
    int before = problems->count;
    struct list *list = calloc(1, sizeof *list);
    if (list == NULL) {
        problems_add(problems, shown, 0, "out of memory");
        return false;
    }
    *list = (struct list){participants, problems, shown, 0, true, {{0}}};
    read_all(list, text);
    free(list);
    return problems->count == before;
}

/* Comments and addresses aside: the people count. */
static bool
is_sample(const struct participants *participants)
{
    struct participants shipped = {0};
    struct problems none = {0};
    struct file_text text = {(char *)(uintptr_t)sample, sizeof sample - 1};
    parse(text, NULL, &shipped, &none);
    bool same = shipped.count == participants->count;
    for (int i = 0; same && i < shipped.count; i++)
        same = strcmp(shipped.item[i].name, participants->item[i].name) == 0;
    participants_free(&shipped);
    problems_free(&none);
    return same;
}

bool
participants_read(const char *folder, const char *name, const char *shown, bool named,
                  struct participants *participants, struct problems *problems)
{
    struct file_text text;
    *participants = (struct participants){0};
    int error = file_read(folder, name, &text);
    if (error == ENOENT && !named)
        return true;
    if (error != 0) {
        problems_add(problems, shown, 0, "%s", file_error(error));
        return false;
    }
    bool good = parse(text, shown, participants, problems);
    participants->sample = is_sample(participants);
    free(text.bytes);
    return good;
}
