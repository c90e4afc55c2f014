#include "screens/hits.h"

#include <stdio.h>
#include <string.h>

#include "screens/overlay.h"
#include "session/text.h"

static const struct {
    const char *name;
    bool function;
    wint_t code;
} names[] = {
    {"Enter", false, '\r'},    {"Space", false, ' '},      {"Esc", false, KEY_ESCAPE},
    {"Tab", false, '\t'},      {"any", false, KEY_ESCAPE}, {"Up", true, KEY_UP},
    {"Down", true, KEY_DOWN},  {"Left", true, KEY_LEFT},   {"Right", true, KEY_RIGHT},
    {"PgUp", true, KEY_PPAGE}, {"PgDn", true, KEY_NPAGE},  {"Delete", true, KEY_DC},
    {"F1", true, KEY_F(1)},
};

static struct hit *
add(const struct view *view, int row, int left, int columns)
{
    struct hits *hits = view->hits;
    if (hits == NULL || hits->count == HITS_MOST)
        return NULL;
    hits->hit[hits->count] =
        (struct hit){.row = row, .left = left, .columns = columns, .index = -1};
    return &hits->hit[hits->count++];
}

void
hits_row(const struct view *view, int row, int left, int columns, int index)
{
    struct hit *hit = add(view, row, left, columns);
    if (hit != NULL)
        hit->index = index;
}

void
hits_key(const struct view *view, int row, int left, int columns, const char *key)
{
    struct hit *hit = add(view, row, left, columns);
    if (hit != NULL)
        snprintf(hit->key, sizeof hit->key, "%s", key);
}

void
hits_hint(const struct view *view, int row, int left, const char *hint)
{
    while (view->hits != NULL && *hint != '\0') {
        const char *gap = strstr(hint, "  ");
        size_t length = gap != NULL ? (size_t)(gap - hint) : strlen(hint);
        char key[HITS_KEY];
        snprintf(key, sizeof key, "%.*s", (int)strcspn(hint, " :"), hint);
        if (length > 0)
            hits_key(view, row, left, (int)length, key);
        size_t next = length + strspn(hint + length, " ");
        hint += next;
        left += (int)next;
    }
}

void
hits_clear(const struct view *view)
{
    if (view->hits != NULL)
        view->hits->count = 0;
}

const struct hit *
hits_at(const struct hits *hits, int row, int column)
{
    for (int i = hits->count - 1; i >= 0; i--) {
        const struct hit *hit = &hits->hit[i];
        if (row == hit->row && column >= hit->left && column < hit->left + hit->columns)
            return hit;
    }
    return NULL;
}

/* Where the word begins that was clicked; a click behind the keys means the first. */
static const char *
word_at(const char *keys, int column)
{
    const char *word = keys;
    if (column >= (int)strlen(keys))
        return keys;
    for (int i = 0; i < column; i++)
        word = keys[i] == ' ' ? keys + i + 1 : word;
    return word;
}

bool
hits_pressed(const struct hit *hit, int column, struct key *key)
{
    const char *word = word_at(hit->key, column - hit->left);
    size_t length = strcspn(word, " ");
    *key = (struct key){.code = (unsigned char)word[0]};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == length && strncmp(names[i].name, word, length) == 0) {
            *key = (struct key){.function = names[i].function, .code = names[i].code};
            return true;
        }
    return length == 1;
}
