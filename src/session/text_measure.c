/* How wide text is on a terminal, and where it may be cut. */
#include "session/text.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <utf8proc.h>

#include "session/text_scan.h"

/* ncurses keeps five characters a cell (CCHARW_MAX); what is stacked higher is dropped. */
enum { CLUSTER_CHARACTERS = 5 };

struct cluster {
    int32_t characters[CLUSTER_CHARACTERS]; /* what is shown of it */
    int count, columns;
    size_t end; /* byte offset behind all of it */
};

/* As ncurses and the terminal count; the C locale knows no characters, there the table decides. */
static int
width(int32_t character)
{
    return MB_CUR_MAX > 1 ? wcwidth((wchar_t)character) : utf8proc_charwidth(character);
}

/* Of the rest of a cluster, marks stay, and the later letters of a Hangul syllable in parts. */
static bool
stays(int32_t character)
{
    switch (utf8proc_category(character)) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_MC:
        return width(character) >= 0 && !utf8proc_get_property(character)->ignorable;
    case UTF8PROC_CATEGORY_LO:
        return width(character) == 0;
    default:
        return false;
    }
}

static void
cluster_begin(struct cluster *cluster, int32_t character)
{
    int columns = width(character);
    *cluster = (struct cluster){.count = 1, .columns = columns > 0 ? columns : 1};
    cluster->characters[0] = columns > 0 ? character : TEXT_REPLACEMENT;
}

static void
cluster_add(struct cluster *cluster, int32_t character)
{
    if (cluster->count == CLUSTER_CHARACTERS || !stays(character))
        return;
    cluster->characters[cluster->count++] = character;
    cluster->columns += width(character);
}

/* Most text is of such characters, and asking Unicode's tables about each takes long. */
static bool
is_plain_next(const struct text_scan *scan)
{
    return scan->offset == scan->length || text_is_plain(scan->bytes[scan->offset]);
}

/* Reads one cluster and leaves `scan` behind it; false at the end. */
static bool
cluster_next(struct text_scan *scan, struct cluster *cluster)
{
    if (!text_scan_next(scan))
        return false;
    if (text_is_plain(scan->raw) && is_plain_next(scan)) {
        *cluster = (struct cluster){
            .characters = {scan->raw}, .count = 1, .columns = 1, .end = scan->offset};
        return true;
    }
    cluster_begin(cluster, scan->character);
    int32_t before = scan->character;
    utf8proc_int32_t state = 0;
    struct text_scan ahead = *scan;
    while (text_scan_next(&ahead) &&
           !utf8proc_grapheme_break_stateful(before, ahead.character, &state)) {
        cluster_add(cluster, ahead.character);
        before = ahead.character;
        *scan = ahead;
    }
    cluster->end = scan->offset;
    return true;
}

/* In ASCII a letter stands without its marks, also those that would take a column. */
static int
shown_columns(const struct cluster *cluster, bool ascii)
{
    return ascii && cluster->characters[0] < 0x80 ? 1 : cluster->columns;
}

static int
measure(const char *text, bool ascii)
{
    struct text_scan scan = text_scan_of(text, strlen(text));
    struct cluster cluster;
    int columns = 0;
    while (cluster_next(&scan, &cluster))
        columns += shown_columns(&cluster, ascii);
    return columns;
}

int
text_columns(const char *text)
{
    return measure(text, false);
}

/* Where text_fit() writes; `used` never reaches `size`. */
struct sink {
    char *out;
    size_t size, used;
};

static bool
sink_add(struct sink *sink, const char *bytes, size_t count)
{
    if (sink->used + count >= sink->size)
        return false;
    memcpy(sink->out + sink->used, bytes, count);
    sink->used += count;
    return true;
}

static bool
sink_add_cluster(struct sink *sink, const struct cluster *cluster, bool ascii)
{
    char bytes[4 * CLUSTER_CHARACTERS];
    size_t count = 0;
    if (!ascii) {
        for (int i = 0; i < cluster->count; i++)
            count += text_encode(cluster->characters[i], bytes + count);
    } else if (cluster->characters[0] < 0x80) {
        bytes[count++] = (char)cluster->characters[0];
    } else {
        while (count < (size_t)cluster->columns && count < sizeof bytes)
            bytes[count++] = '?';
    }
    return sink_add(sink, bytes, count);
}

static int
add_up_to(struct sink *sink, const char *text, int columns, bool ascii)
{
    struct text_scan scan = text_scan_of(text, strlen(text));
    struct cluster cluster;
    int used = 0;
    while (cluster_next(&scan, &cluster)) {
        int more = shown_columns(&cluster, ascii);
        if (used + more > columns || !sink_add_cluster(sink, &cluster, ascii))
            break;
        used += more;
    }
    return used;
}

int
text_fit(char *out, size_t size, const char *text, int columns, bool ascii)
{
    struct sink sink = {out, size, 0};
    int used = 0;
    if (size == 0)
        return 0;
    if (measure(text, ascii) <= columns) {
        used = add_up_to(&sink, text, columns, ascii);
    } else if (columns > 0) {
        const char *mark = ascii ? "~" : "…";
        used = add_up_to(&sink, text, columns - 1, ascii);
        used += sink_add(&sink, mark, strlen(mark)) ? 1 : 0;
    }
    out[sink.used] = '\0';
    return used;
}

size_t
text_next(const char *text, size_t offset)
{
    struct text_scan scan = text_scan_of(text, strlen(text));
    struct cluster cluster;
    while (cluster_next(&scan, &cluster))
        if (cluster.end > offset)
            return cluster.end;
    return scan.length;
}

size_t
text_previous(const char *text, size_t offset)
{
    struct text_scan scan = text_scan_of(text, strlen(text));
    struct cluster cluster;
    size_t start = 0;
    while (cluster_next(&scan, &cluster) && cluster.end < offset)
        start = cluster.end;
    return start;
}
