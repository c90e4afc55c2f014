/*
 * The whole program, as the people in the room meet it: sessions from the opening board to the
 * minutes, on a screen and in plain lines.
 */
#include "dojo_room.h"
#include "expect.h"

static void
take_notes(struct vt *vt)
{
    expect_after(vt, "small steps help\r", "small steps help");
    expect_after(vt, "@Grace bring cables\xe2\x80\xa6\r", "Grace Hopper: bring cables\xe2\x80\xa6");
    expect_text(vt, "(2)");
    expect_after(vt, "\r", "Question 2 of 3");
    expect_after(vt, "the pairing\x17typing\r", "the typing");
    expect_after(vt, "\r", "Question 3 of 3");
    expect_after(vt, "\r", "Who is Master of Ceremony next time?");
}

static void
choose_roles(struct vt *vt)
{
    vt_send(vt, "\033OB"); /* down */
    expect_after(vt, "\r", "Who is Master of Dojo next time?");
    assert_true(vt_has(vt, "Master of Ceremony  Grace Hopper"));
    expect_after(vt, "x", "When is the next dojo?");
    expect_after(vt, "\r", "all questions have an answer");
    expect_after(vt, "\r", "closed at");
    expect_text(vt, "next Master of Ceremony: Grace Hopper");
    expect_text(vt, "VACANT");
}

static void
assert_record_of_whole_session(const struct room *room)
{
    struct session session;
    assert_true(room_replay(room, &session));
    assert_int_equal(session.phase, PHASE_CLOSED);
    assert_int_equal(session.notes_count, 3);
    assert_int_equal(session.turns[0].end, END_TIME);
    assert_int_equal(room_count(&session, EVENT_PAUSED), 1);
    assert_int_equal(room_count(&session, EVENT_UNDONE), 1);
    assert_string_equal(session.roles[0].holder, "Grace Hopper");
    assert_true(session.roles[1].vacant);
    assert_true(session.opening->practice);
    session_free(&session);
}

static void
assert_minutes(const struct room *room)
{
    static const char *const lines[] = {"Brainfuck interpreter", "small steps help",
                                        "bring cables\xe2\x80\xa6 (Grace Hopper)", "the typing",
                                        "Master of Ceremony: Grace Hopper"};
    int status;
    struct vt *vt = room_ask(room, "report", &status);
    assert_int_equal(status, 0);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (!vt_has(vt, lines[i]))
            expect_text(vt, lines[i]);
    vt_end(vt);
}

static void
goes_from_the_opening_board_to_the_minutes(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_run(&room, "--speed 60", "Enter starts the session");
    assert_true(vt_has(vt, "Here: 5 of 5"));
    expect_after(vt, "\r", "turn 1 of 12");
    assert_true(vt_has(vt, "next: Grace Hopper"));
    expect_text(vt, "next: Alan Turing"); /* the clock has handed over */
    expect_pressing(vt, " ", "Space go on");
    expect_after(vt, "v", "Who is here: 5 of 5");
    expect_after(vt, " ", "Who is here: 4 of 5");
    vt_send(vt, "\033");
    assert_true(vt_wait_gone(vt, "Who is here"));
    expect_after(vt, "u", "Undone");
    expect_after(vt, "v", "Who is here: 5 of 5");
    vt_send(vt, "\033");
    assert_true(vt_wait_gone(vt, "Who is here"));
    expect_after(vt, " ", "Space pause");
    expect_pressing(vt, "dy", "Question 1 of 3");
    take_notes(vt);
    choose_roles(vt);
    expect_after(vt, "q", "It was practice: it does not count.");
    expect_text(vt, "randori report shows the minutes.");
    expect_exit(vt, 0);
    assert_record_of_whole_session(&room);
    assert_minutes(&room);
    room_close(&room);
}

static void
offers_one_extra_turn(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    room_open(&room, "[turn]\nhandover = 5m\n[debrief]\nlength = 10m\nminimum = 1m\n");
    struct vt *vt = room_run(&room, "--duration 16m --speed 10", "Enter starts the session");
    expect_after(vt, "\r", "turn 1 of 1");
    expect_pressing(vt, "n", "ONE EXTRA TURN?");
    expect_pressing(vt, "\r", "extra turn 2 of 2");
    expect_pressing(vt, "n", "Question 1 of 3");
    expect_pressing(vt, "\033", "Tab type"); /* now letters are keys */
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    assert_int_equal(room_count(&session, EVENT_EXTRA_OFFERED), 1);
    assert_true(session.turns[1].turn.extra);
    session_free(&session);
    room_close(&room);
}

/* Nobody touches anything for 75 minutes. */
static void
runs_by_the_clock_alone(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    room_open(&room, NULL);
    struct vt *vt = room_start(&room, 300, 100, "--plain --speed 1000");
    expect_text(vt, "5 people are here");
    expect_after(vt, "start\r", "The planned end of the session.");
    vt_send(vt, "quit\r");
    expect_exit(vt, 0);
    assert_true(room_replay(&room, &session));
    assert_int_equal(session.phase, PHASE_DEBRIEF);
    assert_in_range(session.turns_count, 12, 13);
    for (int i = 0; i < 12; i++)
        assert_int_equal(session.turns[i].end, END_TIME);
    session_free(&session);
    room_close(&room);
}

static void
runs_in_plain_lines(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    room_open(&room, NULL);
    struct vt *vt = room_start(&room, 60, 100, "--plain");
    expect_text(vt, "5 people are here");
    expect_after(vt, "copilot\r", "The next driver sits beside the driver");
    expect_after(vt, "groups\r", "They need a second laptop.");
    expect_after(vt, "undo\r", "Undone: the two groups.");
    expect_after(vt, "start\r", "Turn 1: Ada Lovelace has the keyboard");
    expect_after(vt, "groups\r", "Two groups are made before the start.");
    expect_after(vt, "next\r", "Turn 1 is handed over. Next: Grace Hopper");
    expect_after(vt, "next\r", "Turn 2: Grace Hopper has the keyboard");
    expect_after(vt, "pause\r", "Paused with");
    expect_after(vt, "resume\r", "Turn 2 goes on");
    expect_after(vt, "away alan\r", "Alan Turing is away");
    expect_after(vt, "undo\r", "Undone");
    expect_after(vt, "debrief\r", "Debrief, until");
    expect_after(vt, "note small steps help\r", "Noted: small steps help");
    expect_after(vt, "roles\r", "Master of Ceremony next time: \"role 1 NAME\"");
    expect_after(vt, "ceremony ada\r", "Master of Ceremony next time: Ada Lovelace");
    expect_after(vt, "vacant 2\r", "Master of Dojo");
    expect_after(vt, "close\r", "Thank you, everybody!");
    assert_false(vt_is_alternate(vt));
    vt_send(vt, "quit\r");
    expect_exit(vt, 0);
    assert_true(room_replay(&room, &session));
    assert_int_equal(session.phase, PHASE_CLOSED);
    session_free(&session);
    room_close(&room);
}

/* F21 */
static void
runs_plain_on_a_terminal_it_does_not_know(void **state)
{
    (void)state;
    static const char *const types[] = {"TERM=no-such-one", "TERM=dumb", "TERM="};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct room room;
        room_open(&room, NULL);
        home_add(&room.home, types[i]);
        struct vt *vt = room_run(&room, "", "the session runs in plain lines");
        expect_after(vt, "start\r", "Turn 1: Ada Lovelace has the keyboard");
        vt_send(vt, "quit\r");
        expect_exit(vt, 0);
        room_close(&room);
    }
}

static void
refuses_a_second_session_on_the_same_records(void **state)
{
    (void)state;
    struct room room;
    int status;
    room_open(&room, NULL);
    struct vt *first = room_run_to_turn_2(&room);
    struct vt *second = room_ask(&room, "--new", &status);
    assert_int_equal(status, 7);
    assert_true(vt_has(second, "running already"));
    vt_end(second);
    room_quit(first);
    room_close(&room);
}

/* "nnn" for whoever copied it; three turns for a program that takes it for keys. */
static void
takes_a_paste_for_text_only(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    expect_after(vt, "\033[200~nnn\rq\032\003\033[201~", "Pasted text is taken where a line");
    assert_true(vt_has(vt, "turn 2 of"));
    expect_after(vt, "o", "Enter keeps it");
    expect_after(vt, "\033[200~nn caf\xc3\xa9\033\003\rnnn\033[201~!", "nn caf\xc3\xa9!");
    expect_after(vt, "\r", "The note is kept.");
    vt_send(vt, "\033[200~nnn"); /* and never an end */
    vt_watch(vt, 1500);
    expect_pressing(vt, "n", "from Grace Hopper");
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    assert_int_equal(session.turns_count, 2);
    assert_int_equal(session.notes_count, 1);
    assert_string_equal(session.notes[0].text, "nn caf\xc3\xa9!");
    session_free(&session);
    room_close(&room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_from_the_opening_board_to_the_minutes),
        cmocka_unit_test(offers_one_extra_turn),
        cmocka_unit_test(runs_by_the_clock_alone),
        cmocka_unit_test(runs_in_plain_lines),
        cmocka_unit_test(runs_plain_on_a_terminal_it_does_not_know),
        cmocka_unit_test(refuses_a_second_session_on_the_same_records),
        cmocka_unit_test(takes_a_paste_for_text_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
