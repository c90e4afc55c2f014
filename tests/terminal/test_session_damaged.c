/*
 * A record that is damaged, and one that somebody deletes or changes while it is kept (F2, F23):
 * nothing of what was good is lost, and nothing that lies there is touched.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dojo_room.h"
#include "expect.h"

static char *
read_all(const char *path, size_t *length)
{
    FILE *file = fopen(path, "r");
    char *bytes = calloc(1, 1 << 20);
    assert_non_null(file);
    *length = fread(bytes, 1, (1 << 20) - 1, file);
    fclose(file);
    return bytes;
}

static void
write_all(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* Turn 2, a note in its last line, killed; that line is then damaged. The record's path. */
static char *
make_damaged(const struct room *room)
{
    size_t length;
    char path[ROOM_PATH], *bytes, *note;
    struct vt *vt = room_run_to_turn_2(room);
    expect_after(vt, "o", "Note:");
    expect_after(vt, "Small steps\r", "The note is kept.");
    assert_true(room_newest(room, path));
    vt_end(vt);
    bytes = read_all(path, &length);
    note = strstr(bytes, "note_added");
    assert_non_null(note);
    *note = 'N';
    write_all(path, bytes, length);
    free(bytes);
    return strdup(path);
}

static void
goes_on_in_a_new_record_from_the_good_facts(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    int status;
    size_t length, length_now;
    char newest[ROOM_PATH];
    room_open(&room, NULL);
    char *damaged = make_damaged(&room);
    char *before = read_all(damaged, &length), *now;
    struct vt *vt = room_ask(&room, "--plain --resume", &status);
    assert_int_equal(status, 6);
    assert_true(vt_has(vt, "the checksum does not match"));
    assert_true(vt_has(vt, "randori report --salvage FILE"));
    vt_end(vt);
    vt = room_run(&room, "", "Resume it?");
    assert_true(vt_has(vt, "the checksum does not match"));
    expect_after(vt, "y\r", "Go on with them in a new record?");
    expect_after(vt, "y\r", "turn 2 of");
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    assert_int_equal(room_count(&session, EVENT_SESSION_RESUMED), 1);
    assert_int_equal(room_count(&session, EVENT_NOTE_ADDED), 0);
    session_free(&session);
    assert_true(room_newest(&room, newest));
    assert_true(strcmp(newest, damaged) > 0);
    now = read_all(damaged, &length_now);
    assert_int_equal(length_now, length);
    assert_memory_equal(now, before, length);
    vt = room_run(&room, "--resume", "turn 2 of"); /* the new one: nobody is asked again */
    room_quit(vt);
    free(damaged);
    free(before);
    free(now);
    room_close(&room);
}

static void
leaves_a_damaged_record_when_nobody_wants_a_new_one(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    char *damaged = make_damaged(&room), newest[ROOM_PATH];
    struct vt *vt = room_run(&room, "", "Resume it?");
    /* However much is answered, it answers one question. */
    expect_after(vt, "yes, nobody would not\r", "Go on with them in a new record?");
    vt_send(vt, "n\r");
    expect_text(vt, "is left as it is");
    expect_exit(vt, 6);
    assert_true(room_newest(&room, newest));
    assert_string_equal(newest, damaged);
    free(damaged);
    room_close(&room);
}

static void
says_that_the_record_was_removed_and_writes_it_again(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    char path[ROOM_PATH];
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room);
    assert_true(room_newest(&room, path));
    assert_int_equal(unlink(path), 0);
    vt_send(vt, "n");
    expect_text(vt, "Somebody removed the record");
    room_quit(vt);
    assert_true(room_replay(&room, &session));
    assert_int_equal(room_count(&session, EVENT_TURN_ENDED), 2);
    session_free(&session);
    room_close(&room);
}

static void
says_that_the_record_was_changed_and_keeps_a_new_one(void **state)
{
    (void)state;
    struct room room;
    struct session session;
    char path[ROOM_PATH], newest[ROOM_PATH];
    int status;
    room_open(&room, NULL);
    struct vt *vt = room_run_to_turn_2(&room), *other;
    assert_true(room_newest(&room, path));
    write_all(path, "saved by an editor\n", 19);
    vt_send(vt, "n");
    expect_text(vt, "Another program has changed the record");
    other = room_ask(&room, "status", &status); /* others find it */
    assert_int_equal(status, 0);
    assert_true(vt_has(other, "Alan Turing"));
    vt_end(other);
    vt_send(vt, "q");
    expect_text(vt, "Leave?");
    vt_send(vt, "y");
    assert_true(room_newest(&room, newest));
    expect_text(vt, strrchr(newest, '/') + 1); /* the last words name the new one */
    expect_exit(vt, 0);
    assert_true(strcmp(newest, path) > 0);
    assert_true(room_replay(&room, &session));
    assert_int_equal(room_count(&session, EVENT_TURN_ENDED), 2);
    session_free(&session);
    room_close(&room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(goes_on_in_a_new_record_from_the_good_facts),
        cmocka_unit_test(leaves_a_damaged_record_when_nobody_wants_a_new_one),
        cmocka_unit_test(says_that_the_record_was_removed_and_writes_it_again),
        cmocka_unit_test(says_that_the_record_was_changed_and_keeps_a_new_one),
    };
    return cmocka_run_group_tests_name("damaged", tests, NULL, NULL);
}
