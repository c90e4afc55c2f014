#include "storage/topics.h"

#include <stdlib.h>
#include <string.h>

#include "session/text.h"
#include "storage/table.h"

enum column { ID, TITLE, SOURCE, URL, SKILLS, MINUTES, DESCRIPTION, DIFFICULTY, BASIS, COLUMNS };

enum { MINUTES_MOST = 24 * 60 };

struct loading {
    struct topics *topics;
    struct problems *problems;
    bool own;
};

static void
free_topic(struct topic *topic)
{
    /* The second of two with one id is zeroed, which the analyser loses. */
    /* NOLINTBEGIN(clang-analyzer-unix.Malloc) */
    free(topic->id);
    free(topic->title);
    free(topic->source);
    free(topic->url);
    free(topic->skills);
    free(topic->description);
    free(topic->difficulty);
    free(topic->key);
    /* NOLINTEND(clang-analyzer-unix.Malloc) */
    *topic = (struct topic){0};
}

void
topics_free(struct topics *topics)
{
    for (int i = 0; i < topics->count; i++)
        free_topic(&topics->item[i]);
    free(topics->item);
    *topics = (struct topics){0};
}

/* --- one row --- */

static bool
is_one_of(const char *word, const char *const *words)
{
    for (; *words != NULL; words++) {
        if (strcmp(word, *words) == 0)
            return true;
    }
    return false;
}

/* "" is 0; -1: no whole number of minutes. */
static int
read_minutes(const char *text)
{
    int minutes = 0;

    for (const char *digit = text; *digit != '\0'; digit++) {
        if (*digit < '0' || *digit > '9' || minutes > MINUTES_MOST)
            return -1;
        minutes = minutes * 10 + (*digit - '0');
    }
    return minutes > MINUTES_MOST || (minutes == 0 && *text != '\0') ? -1 : minutes;
}

/* False after naming what is wrong with the row. */
static bool
check(const struct loading *loading, const struct table_row *row)
{
    static const char *const difficulties[] = {"", "easy", "medium", "hard", NULL};
    static const char *const bases[] = {"", "stated", "estimate", NULL};
    const char *const *column = row->column;
    int before = loading->problems->count;

#define COMPLAIN(...) problems_add(loading->problems, row->file, row->line, __VA_ARGS__)
    if (*column[ID] == '\0')
        COMPLAIN("a topic needs an id in its first column");
    else if (strpbrk(column[ID], " ,") != NULL)
        COMPLAIN("the id \"%s\" holds a blank or a comma", column[ID]);
    if (*column[TITLE] == '\0')
        COMPLAIN("a topic needs a title in its second column; columns are separated by tabs");
    if (read_minutes(column[MINUTES]) < 0)
        COMPLAIN("minutes: \"%s\" is no whole number from 1 to %d", column[MINUTES], MINUTES_MOST);
    if (!is_one_of(column[DIFFICULTY], difficulties))
        COMPLAIN("difficulty: \"%s\" is none of easy, medium, hard", column[DIFFICULTY]);
    if (!is_one_of(column[BASIS], bases))
        COMPLAIN("minutes_basis: \"%s\" is neither stated nor estimate", column[BASIS]);
    if (row->count > COLUMNS)
        COMPLAIN("there are more than %d columns", COLUMNS);
#undef COMPLAIN
    return loading->problems->count == before;
}

static struct topic *
make_room(struct topics *topics)
{
    if (topics->count == topics->room) {
        int room = topics->room == 0 ? 256 : 2 * topics->room;
        struct topic *item = realloc(topics->item, (size_t)room * sizeof *item);

        if (item == NULL)
            return NULL;
        topics->item = item;
        topics->room = room;
    }
    return &topics->item[topics->count];
}

static void
visit(void *user, const struct table_row *row)
{
    struct loading *loading = user;
    const char *const *column = row->column;
    struct topic *topic;

    if (strcmp(column[ID], "id") == 0 && strcmp(column[TITLE], "title") == 0)
        return; /* the heading */
    if (!check(loading, row))
        return;
    topic = make_room(loading->topics);
    if (topic != NULL) {
        *topic = (struct topic){
            .id = strdup(column[ID]),
            .title = strdup(column[TITLE]),
            .source = strdup(column[SOURCE]),
            .url = strdup(column[URL]),
            .skills = strdup(column[SKILLS]),
            .description = strdup(column[DESCRIPTION]),
            .difficulty = strdup(column[DIFFICULTY]),
            .minutes = read_minutes(column[MINUTES]),
            .stated = strcmp(column[BASIS], "stated") == 0,
            .own = loading->own,
            .line = row->line,
            .key = text_identity(column[TITLE]),
        };
        loading->topics->count++;
    }
    if (topic == NULL || topic->id == NULL || topic->title == NULL || topic->source == NULL ||
        topic->url == NULL || topic->skills == NULL || topic->description == NULL ||
        topic->difficulty == NULL || topic->key == NULL) {
        problems_add(loading->problems, row->file, row->line, "out of memory");
        if (topic != NULL)
            free_topic(&loading->topics->item[--loading->topics->count]);
    }
}

/* --- two rows of one id --- */

static int
by_id(const void *one, const void *other)
{
    const struct topic *a = *(struct topic *const *)one, *b = *(struct topic *const *)other;
    int order = strcmp(a->id, b->id);

    return order != 0 ? order : a < b ? -1 : a > b;
}

/* The later of two rows with one id: a row of the user's takes the place of a shipped one, and in
 * one file the second is a mistake. What is over is left without an id. */
static void
settle(struct topic *earlier, struct topic *later, const char *file, struct problems *problems)
{
    if (earlier->own == later->own) {
        problems_add(problems, file, later->line, "the id %s stands in line %d already", later->id,
                     earlier->line);
        free_topic(later);
    } else {
        free_topic(earlier);
        *earlier = *later;
        *later = (struct topic){0};
    }
}

static void
settle_all(struct topics *topics, const char *shipped, const char *own, struct problems *problems)
{
    struct topic **sorted = calloc((size_t)topics->count + 1, sizeof(struct topic *));
    int kept = 0;

    if (sorted == NULL)
        return;
    for (int i = 0; i < topics->count; i++)
        sorted[i] = &topics->item[i];
    qsort(sorted, (size_t)topics->count, sizeof(struct topic *), by_id);
    for (int first = 0, i = 1; i < topics->count; i++) {
        if (strcmp(sorted[first]->id, sorted[i]->id) == 0)
            settle(sorted[first], sorted[i], sorted[i]->own ? own : shipped, problems);
        else
            first = i;
    }
    free(sorted);
    for (int i = 0; i < topics->count; i++) {
        if (topics->item[i].id != NULL)
            topics->item[kept++] = topics->item[i];
    }
    topics->count = kept;
}

void
topics_load(const char *shipped, const char *own, struct topics *topics, struct problems *problems)
{
    struct loading loading = {topics, problems, false};

    *topics = (struct topics){0};
    if (shipped != NULL)
        table_read(shipped, true, visit, &loading, problems);
    loading.own = true;
    if (own != NULL)
        table_read(own, false, visit, &loading, problems);
    settle_all(topics, shipped, own, problems);
    problems_sort(problems);
}

/* The title that a session's topic means: that of the topic whose id it is, or itself. */
static const char *
title_of(const struct topics *topics, const char *name)
{
    for (int i = 0; i < topics->count; i++) {
        if (strcmp(topics->item[i].id, name) == 0)
            return topics->item[i].title;
    }
    return name;
}

void
topics_done(struct topics *topics, const char *name, const char *date)
{
    char *key = text_identity(title_of(topics, name));

    for (int i = 0; key != NULL && *key != '\0' && i < topics->count; i++) {
        if (strcmp(topics->item[i].key, key) == 0)
            text_clean_into(topics->item[i].done, sizeof topics->item[i].done, date);
    }
    free(key);
}
