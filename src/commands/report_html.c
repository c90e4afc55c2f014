/* The minutes as one HTML file: printable, readable in the dark and aloud; no script, nothing to
 * fetch. */

#include <string.h>

#include "commands/report.h"
#include "session/duration.h"

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b1b1f;--soft:#55555e;--paper:#ffffff;--line:#c9c9d1;\n"
    "--turn:#3d5a99;--other:#4f6db3;--on:#ffffff;--rest:#8a6d1f;--debrief:#6b4a8f;--off:#5f5f68;\n"
    "--green:#27803f;--red:#c0392b;--amber:#96610f}\n"
    "@media (prefers-color-scheme:dark){:root{--ink:#ececf1;--soft:#b4b4c0;--paper:#17171b;\n"
    "--line:#4a4a55;--turn:#8fabe8;--other:#b3c6f2;--on:#101018;--rest:#d9b85c;--debrief:#c3a2e6;\n"
    "--off:#9c9ca8;--green:#5cc480;--red:#f0796c;--amber:#e3a94b}}\n"
    "body{margin:0;background:var(--paper);color:var(--ink);\n"
    "font:1rem/1.5 system-ui,-apple-system,'Segoe UI','Noto Sans','DejaVu Sans',sans-serif}\n"
    "main{max-width:60rem;margin:0 auto;padding:1.5rem}\n"
    "h1{font-size:1.8rem;line-height:1.2;margin:0 0 1rem}\n"
    "h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:2px solid var(--line)}\n"
    "h3{font-size:1rem;margin:1rem 0 .25rem}\n"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0}\n"
    "dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}\n"
    "ul{margin:.25rem 0;padding-left:1.4rem}li{overflow-wrap:anywhere}\n"
    "ul.people{columns:14rem;list-style:none;padding:0}\n"
    "ul.tasks{list-style:none;padding:0}\n"
    ".wide{overflow-x:auto}table{border-collapse:collapse;min-width:60%}\n"
    "caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\n"
    "th,td{text-align:left;vertical-align:top;padding:.25rem .6rem;\n"
    "border-bottom:1px solid var(--line)}\n"
    "th[scope=col]{color:var(--soft);font-weight:600}th[scope=row]{font-weight:inherit}\n"
    ".number{text-align:right;font-variant-numeric:tabular-nums}\n"
    "figure{margin:1rem 0}figcaption{color:var(--soft);font-size:.9rem;margin-top:.4rem}\n"
    "svg{display:block;width:100%;min-width:44rem;height:auto}svg text{font:12px "
    "sans-serif;fill:var(--ink)}\n"
    "g.turn,g.debrief,g.rest,g.off,g.green,g.red,g.amber{stroke:var(--paper);stroke-width:1}\n"
    "svg g text{font-size:11px;fill:var(--on);stroke:none;stroke-width:3;paint-order:stroke}\n"
    "svg .red text{stroke:var(--red)}svg .amber text{stroke:var(--amber)}.turn{fill:var(--turn)}\n"
    ".other{fill:var(--other)}.debrief{fill:var(--debrief)}.rest{fill:var(--rest)}\n"
    ".off{fill:var(--off)}.green{fill:var(--green)}.red{fill:var(--red)}.amber{fill:var(--amber)}\n"
    ".mark{stroke:var(--on);stroke-opacity:.45;stroke-width:2}.dot{fill:var(--on);fill-opacity:.6}"
    "\n"
    ".axis,.planned{fill:none;stroke:var(--soft)}.planned{stroke-dasharray:4 3;stroke-width:1.5}\n"
    "@media print{:root{color-scheme:light;--ink:#000;--soft:#333;--paper:#fff;--line:#888;\n"
    "--turn:#3d5a99;--other:#4f6db3;--on:#fff;--rest:#8a6d1f;--debrief:#6b4a8f;--off:#5f5f68;\n"
    "--green:#27803f;--red:#c0392b;--amber:#96610f}\n"
    "@page{margin:15mm}body{font-size:10pt;-webkit-print-color-adjust:exact;\n"
    "print-color-adjust:exact}main{max-width:none;padding:0}\n"
    "h2{margin:1.1rem 0 .3rem}th,td{padding:.1rem .5rem}\n"
    "h2,h3{break-after:avoid}p{break-before:avoid}dl,tr,li,figure{break-inside:avoid}\n"
    "thead{display:table-header-group}\n"
    ".wide{overflow:visible}svg{min-width:0}}\n";

void
report_html_text(FILE *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '&':
            fputs("&amp;", out);
            break;
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        case '\'':
            fputs("&#39;", out);
            break;
        default:
            fputc(*text, out);
        }
    }
}

/* ---- parts ---- */

enum open { OPEN_NOTHING, OPEN_FACTS, OPEN_LIST };

struct page {
    FILE *out;
    const struct minutes *minutes;
    enum open open;
    bool of_people;
};

static void
close_part(struct page *page)
{
    static const char *const ends[] = {
        [OPEN_NOTHING] = "", [OPEN_FACTS] = "</dl>\n", [OPEN_LIST] = "</ul>\n"};

    fputs(ends[page->open], page->out);
    page->open = OPEN_NOTHING;
}

static void
open_part(struct page *page, enum open part, const char *tag)
{
    if (page->open == part)
        return;
    close_part(page);
    fputs(tag, page->out);
    page->open = part;
}

/* The text may be in any script: its own direction, kept to itself. */
static void
put_element(struct page *page, const char *element, const char *text)
{
    fprintf(page->out, "<%s dir=\"auto\">", element);
    report_html_text(page->out, text);
    fprintf(page->out, "</%s>", element);
}

static void
put_title(void *user, const char *text)
{
    struct page *page = user;

    fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
          "style-src 'unsafe-inline'\">\n<meta name=\"generator\" content=\"randori\">\n<title>",
          page->out);
    report_html_text(page->out, text);
    fprintf(page->out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n", style);
    put_element(page, "h1", text);
    fputc('\n', page->out);
}

/* An address becomes a link only when it is one of the web. */
static bool
is_address(const char *text)
{
    return strncmp(text, "https://", 8) == 0 || strncmp(text, "http://", 7) == 0;
}

static void
put_fact(void *user, const char *label, const char *value)
{
    struct page *page = user;

    open_part(page, OPEN_FACTS, "<dl>\n");
    put_element(page, "dt", label);
    if (is_address(value)) {
        fputs("<dd><a rel=\"noreferrer\" href=\"", page->out);
        report_html_text(page->out, value);
        fputs("\">", page->out);
        report_html_text(page->out, value);
        fputs("</a></dd>", page->out);
    } else {
        put_element(page, "dd", value);
    }
    fputc('\n', page->out);
}

static void
put_heading(struct page *page, const char *element, const char *heading)
{
    close_part(page);
    put_element(page, element, heading);
    fputc('\n', page->out);
}

static void
put_section(void *user, enum minutes_section section, const char *heading)
{
    struct page *page = user;

    put_heading(page, "h2", heading);
    page->of_people = section == SECTION_PEOPLE;
}

static void
put_part(void *user, const char *heading)
{
    put_heading(user, "h3", heading);
}

static void
put_item(void *user, enum minutes_tick tick, const char *text)
{
    static const char *const marks[] = {[TICK_NONE] = "",
                                        [TICK_OPEN] = "<span aria-hidden=\"true\">☐</span> ",
                                        [TICK_DONE] = "<span aria-hidden=\"true\">☑</span> "};
    struct page *page = user;

    open_part(page, OPEN_LIST,
              page->of_people     ? "<ul class=\"people\">\n"
              : tick != TICK_NONE ? "<ul class=\"tasks\">\n"
                                  : "<ul>\n");
    fprintf(page->out, "<li dir=\"auto\">%s", marks[tick]);
    report_html_text(page->out, text);
    fprintf(page->out, "%s</li>\n", tick == TICK_DONE ? ", done" : "");
}

static void
put_line(void *user, const char *text)
{
    struct page *page = user;

    close_part(page);
    put_element(page, "p", text);
    fputc('\n', page->out);
}

/* ---- tables ---- */

static void
put_names(FILE *out, const struct minutes_table *table)
{
    fputs("<thead><tr>", out);
    for (int i = 0; i < table->columns; i++)
        fprintf(out, "<th scope=\"col\"%s>%s</th>",
                table->column[i].is_number ? " class=\"number\"" : "", table->column[i].name);
    fputs("</tr></thead>\n<tbody>\n", out);
}

/* The first cell of a row names it. */
static void
put_row(struct page *page, const struct minutes_table *table, char *const *cell)
{
    fputs("<tr>", page->out);
    for (int i = 0; i < table->columns; i++) {
        const char *element = i == 0 ? "th" : "td";

        fprintf(page->out, "<%s%s%s>", element, i == 0 ? " scope=\"row\"" : " dir=\"auto\"",
                table->column[i].is_number ? " class=\"number\"" : "");
        report_html_text(page->out, cell[i]);
        fprintf(page->out, "</%s>", element);
    }
    fputs("</tr>\n", page->out);
}

static void
put_table(void *user, const struct minutes_table *table)
{
    struct page *page = user;

    close_part(page);
    fprintf(page->out, "<div class=\"wide\"><table>\n<caption>%s</caption>\n", table->caption);
    put_names(page->out, table);
    for (int i = 0; i < table->rows; i++)
        put_row(page, table, &table->cell[i * table->columns]);
    fputs("</tbody>\n</table></div>\n", page->out);
}

static void
put_timeline(void *user)
{
    struct page *page = user;

    close_part(page);
    report_timeline(page->out, page->minutes);
}

void
report_html(FILE *out, const struct minutes *minutes)
{
    struct page page = {.out = out, .minutes = minutes};
    const struct minutes_form form = {.title = put_title,
                                      .fact = put_fact,
                                      .section = put_section,
                                      .part = put_part,
                                      .item = put_item,
                                      .line = put_line,
                                      .table = put_table,
                                      .timeline = put_timeline,
                                      .user = &page};

    minutes_write(minutes, &form);
    close_part(&page);
    fputs("</main>\n</body>\n</html>\n", out);
}
