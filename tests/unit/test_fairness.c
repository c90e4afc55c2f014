/*
 * [turn] order = fair, over years: a thousand dojos, each with people of its own, hold two dozen
 * sessions; the seeds are fixed. Turns are dealt by roster_next(), as in the room.
 *
 * Who attended equally often should have had equally many turns, give or take one. Where the same
 * number of people comes each time the order alone achieves that. Where three come today and twelve
 * next month it cannot: who came on the small day has had four turns, and R9 takes nobody's turn
 * away. There the order brings people together again, and how far is printed.
 */

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "session/memory.h"
#include "session/roster.h"

enum { DOJOS = 1000, SESSIONS = 24, PEOPLE_MOST = 20, SPREADS = 10 };

/* Numbers that only look random: the same in every run (xorshift). */
struct dice {
    uint64_t state;
};

static int
roll(struct dice *dice, int below)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return (int)((dice->state >> 32) % (uint64_t)below);
}

struct circle {
    struct memory memory;
    char name[PEOPLE_MOST][16];
    const char *names[PEOPLE_MOST];
    int count, attended[PEOPLE_MOST], turns[PEOPLE_MOST];
    int session;
};

static void
circle_open(struct circle *circle, int count)
{
    *circle = (struct circle){.count = count};
    memory_init(&circle->memory);
    for (int i = 0; i < count; i++) {
        snprintf(circle->name[i], sizeof circle->name[i], "P%d", i + 1);
        circle->names[i] = circle->name[i];
    }
}

/* Who is here takes turns in the fair order. */
static void
meet(struct circle *circle, const bool *is_here, int turns)
{
    struct closing_person people[PEOPLE_MOST];
    struct closing closing = {.turns = turns, .people = people};
    struct past past = {.record = "r", .topic = "", .closing = &closing};
    struct roster roster = {0};
    int order[PEOPLE_MOST], last[PEOPLE_MOST] = {0}, driver = 0;

    memory_fair_order(&circle->memory, circle->names, circle->count, order);
    for (int i = 0; i < circle->count; i++) {
        if (is_here[order[i]])
            roster_add(&roster, order[i] + 1, circle->names[order[i]]);
    }
    for (int turn = 1; turn <= turns; turn++) {
        driver = roster_next(&roster, driver);
        roster_find(&roster, driver)->turns++;
        last[driver - 1] = turn;
    }
    for (int i = 0; i < roster.count; i++) {
        int place = roster.people[i].id - 1;

        people[closing.people_count++] = (struct closing_person){
            circle->name[place], roster.people[i].turns, last[place], false};
        circle->attended[place]++;
        circle->turns[place] += roster.people[i].turns;
    }
    past.opened.wall_ms = INT64_C(1000000000000) + circle->session++ * INT64_C(86400000);
    memory_add(&circle->memory, &past);
    roster_free(&roster);
}

/* By how many turns two people differ who attended equally often: how many such pairs there are. */
struct spread {
    int pairs[SPREADS];
};

static void
measure(const struct circle *circle, struct spread *spread)
{
    for (int i = 0; i < circle->count; i++) {
        for (int j = 0; j < i; j++) {
            int apart = abs(circle->turns[i] - circle->turns[j]);

            if (circle->attended[i] == circle->attended[j])
                spread->pairs[apart < SPREADS ? apart : SPREADS - 1]++;
        }
    }
}

static int
pairs_apart(const struct spread *spread, int least)
{
    int count = 0;

    for (int i = least; i < SPREADS; i++)
        count += spread->pairs[i];
    return count;
}

static void
print(const char *what, const struct spread *spread)
{
    printf("# %s: pairs who attended equally often, by how many turns they differ:", what);
    for (int i = 0; i < SPREADS; i++)
        printf(" %d", spread->pairs[i]);
    printf("\n");
}

static void
choose(struct dice *dice, bool *is_here, int count, int wanted)
{
    memset(is_here, 0, PEOPLE_MOST * sizeof *is_here);
    while (wanted > 0) {
        int place = roll(dice, count);

        wanted -= is_here[place] ? 0 : 1;
        is_here[place] = true;
    }
}

static void
who_attends_as_often_drives_as_often(void **state)
{
    struct dice dice = {UINT64_C(88172645463325252)};
    struct spread spread = {{0}};

    (void)state;
    for (int dojo = 0; dojo < DOJOS; dojo++) {
        struct circle circle;
        bool is_here[PEOPLE_MOST];
        int people = 8 + roll(&dice, 12), seats = 3 + roll(&dice, people - 2),
            turns = 8 + roll(&dice, 9);

        circle_open(&circle, people);
        for (int i = 0; i < SESSIONS; i++) {
            choose(&dice, is_here, people, seats);
            meet(&circle, is_here, turns);
        }
        measure(&circle, &spread);
        memory_free(&circle.memory);
    }
    print("as many people each time", &spread);
    assert_true(pairs_apart(&spread, 0) > 10000);
    assert_int_equal(pairs_apart(&spread, 2), 0);
}

/* Everybody comes two times out of three; the number of turns varies, too. */
static void
who_comes_when_they_like_is_brought_together_again(void **state)
{
    struct dice dice = {UINT64_C(1029384756102938475)};
    struct spread fair = {{0}};

    (void)state;
    for (int dojo = 0; dojo < DOJOS; dojo++) {
        struct circle circle;
        bool is_here[PEOPLE_MOST];
        int people = 8 + roll(&dice, 12), turns = 10 + roll(&dice, 6);

        circle_open(&circle, people);
        for (int i = 0; i < SESSIONS; i++) {
            int here = 0;

            for (int j = 0; j < people; j++)
                here += is_here[j] = roll(&dice, 3) > 0;
            if (here > 0)
                meet(&circle, is_here, turns + roll(&dice, 3) - 1);
        }
        measure(&circle, &fair);
        memory_free(&circle.memory);
    }
    print("as they like", &fair);
    assert_true(pairs_apart(&fair, 0) > 10000);
    assert_true(pairs_apart(&fair, 2) * 20 < pairs_apart(&fair, 0));
}

/* R14: of nine people and thirteen turns P1 to P4 drive twice. */
static void
the_next_session_starts_with_whom_the_last_one_left_behind(void **state)
{
    struct circle circle;
    bool is_here[PEOPLE_MOST];
    int order[PEOPLE_MOST];
    struct dice dice = {1};

    (void)state;
    circle_open(&circle, 9);
    choose(&dice, is_here, 9, 9);
    meet(&circle, is_here, 13);
    memory_fair_order(&circle.memory, circle.names, 9, order);
    for (int i = 0; i < 9; i++)
        assert_int_equal(order[i], (i + 4) % 9);
    memory_free(&circle.memory);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_attends_as_often_drives_as_often),
        cmocka_unit_test(who_comes_when_they_like_is_brought_together_again),
        cmocka_unit_test(the_next_session_starts_with_whom_the_last_one_left_behind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
