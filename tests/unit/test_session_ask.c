/* What others ask a session: how long ago its last fact was, and its phase in a word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sample.h"

enum { BOOTED_MS = 1000000, LAST_MS = 120000, SECOND = 1000 };

static struct session session;
static struct moment last;

/* Opened when the machine was up for BOOTED_MS; LAST_MS later the last fact. */
static int
open_session(void **state)
{
    struct sample sample;
    struct event fact = {.kind = EVENT_PAUSED, .seq = 2};

    (void)state;
    sample_open(&sample);
    free(sample.events[0].opening->boot);
    sample.events[0].opening->boot = strdup("this boot");
    sample.events[0].opening->boottime_ms = BOOTED_MS;
    session_init(&session);
    session_apply(&session, &sample.events[0]);
    last = moment_at(sample.opened, sample.opened.elapsed_ms + LAST_MS);
    fact.at = last;
    session_apply(&session, &fact);
    sample_free(&sample);
    return 0;
}

static int
close_session(void **state)
{
    (void)state;
    session_free(&session);
    return 0;
}

static int64_t
since(const char *boot, int64_t boot_ms, int64_t wall_ms, int speed)
{
    return session_since_last_ms(&session, boot, boot_ms, wall_ms, speed);
}

static void
in_the_same_boot_the_wall_clock_does_not_matter(void **state)
{
    const int64_t boot_ms = BOOTED_MS + LAST_MS + 7 * SECOND;

    (void)state;
    assert_int_equal(since("this boot", boot_ms, last.wall_ms + 7 * SECOND, 1), 7 * SECOND);
    assert_int_equal(since("this boot", boot_ms, last.wall_ms - 3600 * SECOND, 1), 7 * SECOND);
    assert_int_equal(since("this boot", boot_ms, last.wall_ms + 3600 * SECOND, 1), 7 * SECOND);
}

static void
in_another_boot_only_the_wall_clock_does(void **state)
{
    (void)state;
    assert_int_equal(since("another", 5, last.wall_ms + 7 * SECOND, 1), 7 * SECOND);
    assert_int_equal(since("", 5, last.wall_ms + 7 * SECOND, 1), 7 * SECOND);
    free(session.opening->boot);
    session.opening->boot = strdup("");
    assert_int_equal(since("", 5, last.wall_ms + 7 * SECOND, 1), 7 * SECOND);
}

static void
it_is_never_in_the_future(void **state)
{
    (void)state;
    assert_int_equal(since("this boot", BOOTED_MS, last.wall_ms, 1), 0);
    assert_int_equal(since("another", 5, last.wall_ms - 1, 1), 0);
}

/* Sixty times as fast, so what has passed took a sixtieth of the machine's time. */
static void
a_practice_session_runs_faster(void **state)
{
    (void)state;
    assert_int_equal(
        since("this boot", BOOTED_MS + LAST_MS / 60 + SECOND, last.wall_ms + SECOND, 60),
        60 * SECOND);
}

static void
after_a_resume_it_counts_from_there(void **state)
{
    struct event resumed = {.kind = EVENT_SESSION_RESUMED, .seq = 3, .opening = opening_new()};

    (void)state;
    resumed.at = moment_at(last, last.elapsed_ms + 30 * SECOND);
    resumed.opening->boot = strdup("next boot");
    resumed.opening->boottime_ms = 500;
    resumed.opening->speed = 60;
    session_apply(&session, &resumed);
    assert_int_equal(session.opening->speed, 60);
    assert_int_equal(since("next boot", 500 + 9 * SECOND, 0, 1), 9 * SECOND);
    event_clear(&resumed);
}

static void
each_phase_has_a_word_of_its_own(void **state)
{
    (void)state;
    for (int phase = 0; phase < PHASES; phase++) {
        assert_non_null(session_phase_name((enum phase)phase));
        for (int other = 0; other < phase; other++)
            assert_string_not_equal(session_phase_name((enum phase)phase),
                                    session_phase_name((enum phase)other));
    }
}

#define OF_A_SESSION(test) cmocka_unit_test_setup_teardown(test, open_session, close_session)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        OF_A_SESSION(in_the_same_boot_the_wall_clock_does_not_matter),
        OF_A_SESSION(in_another_boot_only_the_wall_clock_does),
        OF_A_SESSION(it_is_never_in_the_future),
        OF_A_SESSION(a_practice_session_runs_faster),
        OF_A_SESSION(after_a_resume_it_counts_from_there),
        cmocka_unit_test(each_phase_has_a_word_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
