#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "services/message.h"

static bool
parse(const char *line, struct message *message)
{
    return message_parse(line, strlen(line), message);
}

static struct message
time_up(void)
{
    return (struct message){
        .kind = MESSAGE_SHOW,
        .key = "turn",
        .title = "Grace Hopper has the keyboard",
        .text = "Ada Lovelace is done: 5:00 \"sharp\" \\ <b>",
        .urgency = URGENCY_CRITICAL,
        .id = 7,
        .buttons = {{"start", "Start"}, {"extend", "+1 minute"}, {"pass", "Pass"}},
        .buttons_count = 3,
    };
}

/* --- the form of a line -------------------------------------------------------------------- */

static void
a_line_is_as_the_header_says(void **state)
{
    struct message message = time_up();
    char *line;

    (void)state;
    message.text = "Zoë";
    message.buttons_count = 1;
    line = message_text(&message);
    assert_string_equal(line, "{\"do\":\"show\",\"key\":\"turn\",\"urgency\":\"critical\","
                              "\"title\":\"Grace Hopper has the keyboard\",\"text\":\"Zoë\","
                              "\"buttons\":[{\"id\":\"start\",\"label\":\"Start\"}],"
                              "\"replaces\":7}\n");
    free(line);
}

static void
assert_round_trip(const struct message *message)
{
    char *line = message_text(message), *again;
    struct message parsed;

    assert_non_null(line);
    assert_true(parse(line, &parsed));
    assert_int_equal(parsed.kind, message->kind);
    again = message_text(&parsed);
    assert_string_equal(line, again);
    free(line);
    free(again);
    message_clear(&parsed);
}

static void
every_kind_reads_what_it_wrote(void **state)
{
    struct message show = time_up();

    (void)state;
    assert_round_trip(&show);
    assert_round_trip(&(struct message){.kind = MESSAGE_SHOW, .key = "a"});
    assert_round_trip(&(struct message){.kind = MESSAGE_CLOSE, .key = "turn"});
    assert_round_trip(&(struct message){.kind = MESSAGE_CLOSE, .key = "turn", .id = 9});
    assert_round_trip(&(struct message){.kind = MESSAGE_SHOWN, .key = "turn", .id = 4294967295u});
    assert_round_trip(&(struct message){.kind = MESSAGE_FAILED, .key = "turn", .why = "no bus"});
    assert_round_trip(&(struct message){.kind = MESSAGE_ACTION, .key = "turn", .button = "start"});
    assert_round_trip(&(struct message){.kind = MESSAGE_CLOSED, .key = "turn"});
}

static void
a_show_arrives_whole(void **state)
{
    struct message message = time_up(), parsed;
    char *line = message_text(&message);

    (void)state;
    assert_true(parse(line, &parsed));
    assert_string_equal(parsed.key, message.key);
    assert_string_equal(parsed.title, message.title);
    assert_string_equal(parsed.text, message.text);
    assert_int_equal(parsed.urgency, URGENCY_CRITICAL);
    assert_int_equal(parsed.id, 7);
    assert_int_equal(parsed.buttons_count, 3);
    assert_string_equal(parsed.buttons[1].id, "extend");
    assert_string_equal(parsed.buttons[1].label, "+1 minute");
    free(line);
    message_clear(&parsed);
}

static void
a_copy_says_the_same_and_is_its_own(void **state)
{
    struct message message = time_up(), copy;
    char *line = message_text(&message), *again;

    (void)state;
    assert_true(message_copy(&copy, &message));
    assert_ptr_not_equal(copy.title, message.title);
    again = message_text(&copy);
    assert_string_equal(line, again);
    free(line);
    free(again);
    message_clear(&copy);
    assert_null(copy.key);
    assert_int_equal(copy.buttons_count, 0);
}

/* --- on the way out ------------------------------------------------------------------------ */

static void
nothing_unsafe_goes_out(void **state)
{
    struct message message = time_up(), parsed;
    char *line;

    (void)state;
    message.title = "Ada\x1b[31m";
    message.text = "one\ntwo\xff\xe2\x80\xae";
    message.buttons[0].label = "St\art";
    line = message_text(&message);
    assert_null(strpbrk(line, "\x1b\xff\a"));
    assert_true(parse(line, &parsed));
    assert_string_equal(parsed.title, "Ada\xef\xbf\xbd[31m");
    assert_string_equal(parsed.text, "one two\xef\xbf\xbd\xef\xbf\xbd");
    free(line);
    message_clear(&parsed);
}

/* The longest of everything, each byte in need of an escape, must still fit a line. */
static void
what_is_too_long_is_cut(void **state)
{
    char *quotes = malloc(20001);
    struct message message = time_up(), parsed;
    char *line;

    (void)state;
    memset(quotes, '"', 20000);
    quotes[20000] = '\0';
    message.key = message.title = message.text = quotes;
    for (int i = 0; i < 3; i++)
        message.buttons[i] = (struct message_button){quotes, quotes};
    line = message_text(&message);
    assert_true(strlen(line) <= MESSAGE_LINE_MOST);
    assert_true(parse(line, &parsed));
    assert_int_equal(strlen(parsed.key), MESSAGE_NAME_MOST);
    assert_int_equal(strlen(parsed.title), MESSAGE_TITLE_MOST);
    assert_int_equal(strlen(parsed.text), MESSAGE_TEXT_MOST);
    assert_int_equal(strlen(parsed.buttons[2].label), MESSAGE_NAME_MOST);
    message_clear(&parsed);
    free(line);
    free(quotes);
}

static void
without_a_key_there_is_no_line(void **state)
{
    (void)state;
    assert_null(message_text(&(struct message){.kind = MESSAGE_CLOSE}));
    assert_null(message_text(&(struct message){.kind = MESSAGE_CLOSE, .key = ""}));
}

/* --- at the door --------------------------------------------------------------------------- */

static void
refuses(const char *line)
{
    static const struct message empty;
    struct message message;

    memset(&message, 0xaa, sizeof message);
    if (parse(line, &message))
        fail_msg("accepted: %s", line);
    assert_memory_equal(&message, &empty, sizeof message);
}

static void
what_is_no_message_is_refused(void **state)
{
    (void)state;
    refuses("");
    refuses("\n");
    refuses("GLib-CRITICAL **: something");
    refuses("[]");
    refuses("7");
    refuses("\"shown\"");
    refuses("{}");
    refuses("{\"is\":\"shown\"}");
    refuses("{\"is\":\"shown\",\"key\":\"turn\"}");
    refuses("{\"is\":\"shown\",\"key\":\"\",\"id\":1}");
    refuses("{\"is\":\"shown\",\"key\":5,\"id\":1}");
    refuses("{\"is\":\"shown\",\"key\":\"turn\",\"id\":\"1\"}");
    refuses("{\"is\":\"shown\",\"key\":\"turn\",\"id\":1.5}");
    refuses("{\"is\":\"shown\",\"key\":\"turn\",\"id\":-1}");
    refuses("{\"is\":\"shown\",\"key\":\"turn\",\"id\":4294967296}");
    refuses("{\"is\":\"show\",\"key\":\"turn\"}");
    refuses("{\"do\":\"shown\",\"key\":\"turn\",\"id\":1}");
    refuses("{\"is\":\"danced\",\"key\":\"turn\"}");
    refuses("{\"is\":\"action\",\"key\":\"turn\"}");
    refuses("{\"is\":\"action\",\"key\":\"turn\",\"button\":\"\"}");
    refuses("{\"is\":\"failed\",\"key\":\"turn\"}");
    refuses("{\"do\":\"close\",\"key\":\"turn\",\"replaces\":\"x\"}");
}

static void
two_objects_or_two_of_a_name_are_refused(void **state)
{
    (void)state;
    refuses("{\"is\":\"closed\",\"key\":\"turn\"}{\"is\":\"closed\",\"key\":\"turn\"}");
    refuses("{\"is\":\"closed\",\"key\":\"turn\",\"key\":\"debrief\"}");
    refuses("{\"is\":\"closed\",\"key\":\"turn\"} x");
}

static void
unsafe_text_is_refused(void **state)
{
    (void)state;
    refuses("{\"is\":\"closed\",\"key\":\"tu\\u001brn\"}");
    refuses("{\"is\":\"closed\",\"key\":\"tu\\u0000rn\"}");
    refuses("{\"is\":\"closed\",\"key\":\"tu\xffrn\"}");
    refuses("{\"is\":\"action\",\"key\":\"turn\",\"button\":\"\\u202estart\"}");
}

static void
a_show_with_a_flaw_is_refused(void **state)
{
    (void)state;
#define SHOW(title, urgency, buttons)                                                              \
    "{\"do\":\"show\",\"key\":\"turn\",\"title\":" title ",\"text\":\"\",\"urgency\":" urgency     \
    ",\"buttons\":" buttons "}"
    refuses(SHOW("null", "\"low\"", "[]"));
    refuses(SHOW("\"a\\u001b\"", "\"low\"", "[]"));
    refuses(SHOW("\"a\"", "\"loud\"", "[]"));
    refuses(SHOW("\"a\"", "1", "[]"));
    refuses(SHOW("\"a\"", "\"low\"", "{}"));
    refuses(SHOW("\"a\"", "\"low\"", "[7]"));
    refuses(SHOW("\"a\"", "\"low\"", "[{\"id\":\"start\"}]"));
    refuses(SHOW("\"a\"", "\"low\"", "[{\"id\":\"start\",\"label\":\"\"}]"));
#define BUTTON "{\"id\":\"b\",\"label\":\"B\"}"
    refuses(SHOW("\"a\"", "\"low\"", "[" BUTTON "," BUTTON "," BUTTON "," BUTTON "]"));
}

static void
a_reason_from_the_desktop_is_cleaned(void **state)
{
    struct message message;

    (void)state;
    assert_true(
        parse("{\"is\":\"failed\",\"key\":\"turn\",\"why\":\"\\u001b[31mno\\nbus\"}", &message));
    assert_string_equal(message.why, "\xef\xbf\xbd[31mno bus");
    message_clear(&message);
}

static void
deep_and_long_lines_are_refused(void **state)
{
    char *line = malloc(70000);
    struct message message;

    (void)state;
    memset(line, '[', 70000);
    assert_false(message_parse(line, 70000, &message));
    assert_false(message_parse(line, MESSAGE_LINE_MOST, &message));
    memset(line, ' ', 70000);
    memcpy(line, "{\"is\":\"closed\",\"key\":\"turn\"}", 28);
    assert_true(message_parse(line, MESSAGE_LINE_MOST, &message));
    message_clear(&message);
    assert_false(message_parse(line, MESSAGE_LINE_MOST + 1, &message));
    free(line);
}

static void
long_texts_are_refused(void **state)
{
    char line[MESSAGE_LINE_MOST];
    struct message message;

    (void)state;
    snprintf(line, sizeof line, "{\"is\":\"closed\",\"key\":\"%0*d\"}", MESSAGE_NAME_MOST, 0);
    assert_true(parse(line, &message));
    message_clear(&message);
    snprintf(line, sizeof line, "{\"is\":\"closed\",\"key\":\"%0*d\"}", MESSAGE_NAME_MOST + 1, 0);
    refuses(line);
}

/* Cut anywhere, a line is refused or, without its newline only, still whole. */
static void
a_cut_line_is_refused(void **state)
{
    struct message message = time_up(), parsed;
    char *line = message_text(&message);
    size_t length = strlen(line);

    (void)state;
    for (size_t cut = 0; cut < length - 1; cut++)
        assert_false(message_parse(line, cut, &parsed));
    assert_true(message_parse(line, length - 1, &parsed));
    message_clear(&parsed);
    free(line);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_as_the_header_says),
        cmocka_unit_test(every_kind_reads_what_it_wrote),
        cmocka_unit_test(a_show_arrives_whole),
        cmocka_unit_test(a_copy_says_the_same_and_is_its_own),
        cmocka_unit_test(nothing_unsafe_goes_out),
        cmocka_unit_test(what_is_too_long_is_cut),
        cmocka_unit_test(without_a_key_there_is_no_line),
        cmocka_unit_test(what_is_no_message_is_refused),
        cmocka_unit_test(two_objects_or_two_of_a_name_are_refused),
        cmocka_unit_test(unsafe_text_is_refused),
        cmocka_unit_test(a_show_with_a_flaw_is_refused),
        cmocka_unit_test(a_reason_from_the_desktop_is_cleaned),
        cmocka_unit_test(deep_and_long_lines_are_refused),
        cmocka_unit_test(long_texts_are_refused),
        cmocka_unit_test(a_cut_line_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
