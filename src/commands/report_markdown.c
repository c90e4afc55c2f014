/* The minutes as Markdown, to paste: CommonMark with GitHub's tables and task lists. */

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "commands/report.h"

/* ---- escaping ---- */

static bool
is_word(char letter)
{
    return isalnum((unsigned char)letter) != 0 || (letter & 0x80) != 0;
}

/* "1." and "1)" begin a list. */
static bool
ends_number(const char *text, size_t at)
{
    return at > 0 && strspn(text, "0123456789") == at;
}

/* Only where the character would mean something: pasted where nobody renders it, a text full of
 * backslashes is hard to read. */
static bool
is_special(const char *text, size_t at)
{
    char before = at > 0 ? text[at - 1] : ' ', after = text[at + 1];

    switch (text[at]) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
    case '<':
    case '>':
    case '|':
    case '$':
        return true;
    case '~': /* alone it strikes nothing out */
        return strchr(text, '~') != strrchr(text, '~');
    case '_':
        return !is_word(before) || !is_word(after);
    case '&':
        return after == '#' || isalpha((unsigned char)after) != 0;
    case '#':
    case '+':
    case '-':
    case '=':
        return at == 0;
    case '.':
    case ')':
        return ends_number(text, at);
    default:
        return false;
    }
}

/* Blanks around it would make it code, or break the line. */
static void
put(FILE *out, const char *text)
{
    size_t length;

    text += strspn(text, " ");
    length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    for (size_t i = 0; i < length; i++) {
        if (is_special(text, i))
            fputc('\\', out);
        fputc(text[i], out);
    }
}

/* An address that is one, and holds nothing that could end it early. */
static bool
is_address(const char *text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                  "-._~:/?#[]@!$&'()*+,;=%";

    return (strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0) &&
           strspn(text, allowed) == strlen(text);
}

/* ---- parts ---- */

enum block { BLOCK_NONE, BLOCK_LIST, BLOCK_OTHER };

struct page {
    FILE *out;
    enum block last;
};

/* A blank line stands between two blocks; the items of a list are one. */
static void
begin_block(struct page *page, enum block block)
{
    if (page->last != BLOCK_NONE && (page->last != BLOCK_LIST || block != BLOCK_LIST))
        fputc('\n', page->out);
    page->last = block;
}

static void
put_heading(struct page *page, const char *marks, const char *heading)
{
    begin_block(page, BLOCK_OTHER);
    fprintf(page->out, "%s ", marks);
    put(page->out, heading);
    fputc('\n', page->out);
}

static void
put_title(void *user, const char *text)
{
    put_heading(user, "#", text);
}

static void
put_fact(void *user, const char *label, const char *value)
{
    struct page *page = user;

    begin_block(page, BLOCK_LIST);
    fputs("- **", page->out);
    put(page->out, label);
    fputs(":** ", page->out);
    if (is_address(value))
        fprintf(page->out, "<%s>", value);
    else
        put(page->out, value);
    fputc('\n', page->out);
}

static void
put_section(void *user, enum minutes_section section, const char *heading)
{
    (void)section;
    put_heading(user, "##", heading);
}

static void
put_part(void *user, const char *heading)
{
    put_heading(user, "###", heading);
}

static void
put_item(void *user, enum minutes_tick tick, const char *text)
{
    static const char *const marks[] = {
        [TICK_NONE] = "- ", [TICK_OPEN] = "- [ ] ", [TICK_DONE] = "- [x] "};
    struct page *page = user;

    begin_block(page, BLOCK_LIST);
    fputs(marks[tick], page->out);
    put(page->out, text);
    fputc('\n', page->out);
}

static void
put_line(void *user, const char *text)
{
    struct page *page = user;

    begin_block(page, BLOCK_OTHER);
    put(page->out, text);
    fputc('\n', page->out);
}

static void
put_table(void *user, const struct minutes_table *table)
{
    struct page *page = user;

    begin_block(page, BLOCK_OTHER);
    for (int i = 0; i < table->columns; i++)
        fprintf(page->out, "| %s ", table->column[i].name);
    fputs("|\n", page->out);
    for (int i = 0; i < table->columns; i++)
        fputs(table->column[i].is_number ? "| ---: " : "| --- ", page->out);
    fputs("|\n", page->out);
    for (int i = 0; i < table->cells; i++) {
        fputs("| ", page->out);
        put(page->out, table->cell[i]);
        fputs((i + 1) % table->columns == 0 ? " |\n" : " ", page->out);
    }
}

void
report_markdown(FILE *out, const struct minutes *minutes)
{
    struct page page = {.out = out};
    const struct minutes_form form = {.title = put_title,
                                      .fact = put_fact,
                                      .section = put_section,
                                      .part = put_part,
                                      .item = put_item,
                                      .line = put_line,
                                      .table = put_table,
                                      .user = &page};

    minutes_write(minutes, &form);
}
