#include "storage/steps_scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/text.h"
#include "storage/steps_lines.h"

enum { NEAR = 12 /* lines between an attribute and its method */ };

struct scan {
    const struct language *language;
    const struct line *line;
    int count;
    void (*found)(void *user, const char *title);
    void *user;
    int active;

    /* Of the active test that is being looked at. */
    int attributes;        /* that make tests of the method to come */
    bool skipped;          /* a marker disables that method */
    char test[STEP_TITLE]; /* in which we are; "": in none, or it is a step already */
};

static bool
match(const struct scan *scan, enum pattern_kind kind, const char *text, char *name)
{
    return patterns_match(scan->language, kind, text, name, STEP_TITLE);
}

/* --- attributes --- */

/* Behind the bracket that closes the one at `text`; the end when none does. */
static const char *
behind_bracket(const char *text, char open, char close)
{
    int depth = 0;

    for (; *text != '\0'; text++) {
        depth += *text == open ? 1 : *text == close ? -1 : 0;
        if (depth == 0)
            return text + 1;
    }
    return text;
}

/* What is left of a line behind its attributes: "[A] [B(1)] void c()" has "void c()". */
static const char *
behind_attributes(const char *text)
{
    const char *at = text;

    for (;;) {
        if (*at == '#' && at[1] == '[')
            at = behind_bracket(at + 1, '[', ']');
        else if (*at == '[')
            at = behind_bracket(at, '[', ']');
        else if (*at == '<')
            at = behind_bracket(at, '<', '>');
        else if (*at == '@') {
            at += 1 + strspn(at + 1, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_.");
            if (*at == '(')
                at = behind_bracket(at, '(', ')');
        } else
            return at;
        at += strspn(at, " ");
    }
}

static bool
is_attribute_line(const struct scan *scan, const char *text)
{
    return match(scan, PATTERN_ATTRIBUTE, text, NULL) || behind_attributes(text) != text;
}

/* The method or test on the line, behind its attributes. */
static bool
names_test(const struct scan *scan, const char *text, char *name)
{
    const char *rest = behind_attributes(text);

    return *rest != '\0' &&
           (match(scan, PATTERN_TEST, rest, name) || match(scan, PATTERN_METHOD, rest, name));
}

/* "(1, "a")" of an attribute, appended to the name of its method. */
static void
append_arguments(char *title, const char *text)
{
    const char *open = strchr(text, '(');
    const char *close = open == NULL ? NULL : behind_bracket(open, '(', ')');
    size_t used = strlen(title);
    char *arguments;

    if (open == NULL)
        return;
    arguments = strndup(open, (size_t)(close - open));
    if (arguments != NULL)
        text_clean_into(title + used, STEP_TITLE - used, arguments);
    free(arguments);
}

/* The name of the active method below the line `from`. */
static bool
find_method(const struct scan *scan, int from, char *name)
{
    for (int i = from; i < scan->count && i < from + NEAR; i++) {
        const struct line *line = &scan->line[i];

        if (line->kind == LINE_BLANK || line->kind == LINE_COMMENT)
            continue;
        if (line->kind != LINE_CODE)
            return false;
        if (names_test(scan, line->text, name))
            return true;
        if (!is_attribute_line(scan, line->text))
            return false;
    }
    return false;
}

static void
tell(struct scan *scan, const char *title)
{
    scan->found(scan->user, title[0] == '\0' ? "a test without a name" : title);
}

/* --- tests in comments --- */

/* A run of comment lines that are attributes: where it ends, and what it calls its test. */
static int
end_of_attributes(const struct scan *scan, int from, char *title)
{
    int i = from;

    title[0] = '\0';
    for (; i < scan->count && scan->line[i].kind == LINE_COMMENT; i++) {
        if (!is_attribute_line(scan, scan->line[i].text))
            break;
        if (title[0] == '\0')
            match(scan, PATTERN_TITLE, scan->line[i].text, title);
        if (*behind_attributes(scan->line[i].text) != '\0')
            break; /* the method stands on the same line */
    }
    return i;
}

/* Each attribute of the run stands for one case of the active method below it. */
static void
tell_cases(struct scan *scan, int from, int end)
{
    char title[STEP_TITLE], method[STEP_TITLE] = "";

    find_method(scan, end, method);
    for (int i = from; i < end; i++) {
        const char *text = scan->line[i].text;

        if (!match(scan, PATTERN_ATTRIBUTE, text, NULL))
            continue;
        if (!match(scan, PATTERN_TITLE, text, title) || title[0] == '\0') {
            snprintf(title, sizeof title, "%s", method);
            append_arguments(title, text);
        }
        tell(scan, title);
    }
}

static bool
has_attribute(const struct scan *scan, int from, int end)
{
    for (int i = from; i <= end && i < scan->count; i++) {
        if (scan->line[i].kind == LINE_COMMENT &&
            match(scan, PATTERN_ATTRIBUTE, scan->line[i].text, NULL))
            return true;
    }
    return false;
}

/* Returns the line to go on with. */
static int
take_comment(struct scan *scan, int at)
{
    char title[STEP_TITLE], method[STEP_TITLE];
    int end = end_of_attributes(scan, at, title);
    bool in_comment = end < scan->count && scan->line[end].kind == LINE_COMMENT;

    if (end == at || has_attribute(scan, at, end)) {
        const char *text = in_comment ? scan->line[end].text : "";

        if (match(scan, PATTERN_SKIP_TEST, text, method) ||
            match(scan, PATTERN_TEST, text, method) ||
            (has_attribute(scan, at, end) && names_test(scan, text, method))) {
            tell(scan, title[0] == '\0' ? method : title);
            return end + 1;
        }
        if (end > at)
            tell_cases(scan, at, end);
    } else if (in_comment && match(scan, PATTERN_TEST, scan->line[end].text, method)) {
        tell(scan, method);
        return end + 1;
    }
    return end > at ? end : at + 1;
}

/* The first test behind an opener, up to the next one. Returns the line to go on with. */
static int
take_block(struct scan *scan, int opener)
{
    char title[STEP_TITLE] = "", method[STEP_TITLE] = "";
    bool is_test = false, is_named = false;
    int i = opener + 1;

    for (; i < scan->count && scan->line[i].kind == LINE_INSIDE; i++) {
        const char *text = scan->line[i].text;

        if (is_named)
            continue;
        if (match(scan, PATTERN_SKIP_TEST, text, method) ||
            match(scan, PATTERN_TEST, behind_attributes(text), method))
            is_test = is_named = true;
        is_test |= match(scan, PATTERN_ATTRIBUTE, text, NULL);
        if (title[0] == '\0')
            match(scan, PATTERN_TITLE, text, title);
        if (is_test && !is_named)
            is_named = match(scan, PATTERN_METHOD, behind_attributes(text), method);
    }
    if (is_test && scan->line[opener].kind == LINE_OPENER)
        tell(scan, title[0] == '\0' ? method : title);
    return i;
}

/* --- active tests and those with a marker --- */

static void
end_method(struct scan *scan, const char *name, bool is_test)
{
    int tests = scan->attributes > 0 ? scan->attributes : is_test ? 1 : 0;

    if (!scan->skipped)
        scan->active += tests;
    snprintf(scan->test, sizeof scan->test, "%s", scan->skipped || tests == 0 ? "" : name);
    scan->attributes = 0;
    scan->skipped = false;
}

/* The name of the test that a marker on line `at` disables; false when it is none. */
static bool
name_skipped(const struct scan *scan, int at, char *title)
{
    const char *text = scan->line[at].text;

    if (match(scan, PATTERN_TITLE, text, title) && title[0] != '\0')
        return true;
    return names_test(scan, text, title) || find_method(scan, at + 1, title);
}

static void
take_code(struct scan *scan, int at)
{
    const char *text = scan->line[at].text;
    char name[STEP_TITLE];
    bool is_attribute = match(scan, PATTERN_ATTRIBUTE, text, NULL);

    if (match(scan, PATTERN_SKIP_TEST, text, name)) {
        tell(scan, name);
        end_method(scan, "", false);
        return;
    }
    if (is_attribute_line(scan, text) && match(scan, PATTERN_SKIP, text, NULL)) {
        if (name_skipped(scan, at, name)) {
            tell(scan, name);
            scan->skipped |= !is_attribute; /* else only that one case */
        }
    } else if (is_attribute) {
        scan->attributes++;
    }
    if (scan->test[0] != '\0' && match(scan, PATTERN_SKIP_INSIDE, text, NULL)) {
        tell(scan, scan->test);
        scan->test[0] = '\0';
        scan->active--;
    }
    if (match(scan, PATTERN_TEST, behind_attributes(text), name))
        end_method(scan, name, true);
    else if (scan->attributes > 0 || scan->skipped) {
        if (names_test(scan, text, name))
            end_method(scan, name, false);
        else if (!is_attribute_line(scan, text)) /* a class */
            end_method(scan, "", false);
    }
}

int
steps_scan(const struct language *language, struct file_text text,
           void (*found)(void *user, const char *title), void *user)
{
    struct scan scan = {.language = language, .found = found, .user = user};
    struct lines lines;

    lines_read(language, text, &lines);
    scan.line = lines.line;
    scan.count = lines.count;
    for (int i = 0; i < scan.count;) {
        switch (scan.line[i].kind) {
        case LINE_COMMENT:
            i = take_comment(&scan, i);
            break;
        case LINE_OPENER:
        case LINE_DOCUMENT:
            i = take_block(&scan, i);
            break;
        case LINE_CODE:
            take_code(&scan, i++);
            break;
        default:
            i++;
            break;
        }
    }
    lines_free(&lines);
    return scan.active;
}
