/*
 * Every phase of a session in every size of window, changed while it runs.
 */
#include "dojo_room.h"
#include "expect.h"

enum { SIZES = 5 };

struct stage {
    const char *keys, *arrived;  /* what leads to it at 24x80, and how it is known there */
    const char *texts[SIZES][2]; /* what each size must show */
};

static const int sizes[SIZES][2] = {{12, 40}, {3, 40}, {1, 80}, {40, 150}, {1, 1}};

static const struct stage stages[] = {
    {"",
     "Enter starts the session",
     {{"5 of 5", "Ada Lovelace"},
      {"Enter starts", "5 here"},
      {"Enter starts", "5 here"},
      {"5 of 5", "Edsger Dijkstra"}}},
    {"\r",
     "turn 1 of",
     {{"next: Grace Hopper", "A D A   L O V E L A C E"},
      {"Ada Lovelace", "next: Grace Hopper"},
      {"Ada Lovelace \xe2\x86\x92 Grace Hopper", "debrief"},
      {"next: Grace Hopper", "Space pause"}}},
    {" ",
     "Space go on",
     {{"PAUSED", "next: Grace Hopper"},
      {"PAUSED", "next: Grace Hopper"},
      {"PAUSED", "Ada Lovelace \xe2\x86\x92 Grace Hopper"},
      {"next: Grace Hopper", "Space go on"}}},
    {" nh",
     "Held",
     {{"from Ada Lovelace", "G R A C E   H O P P E R"},
      {"from Ada Lovelace", "Grace Hopper"},
      {"HAND OVER", "Grace Hopper"},
      {"from Ada Lovelace", "Space start now"}}},
    {"dy",
     "Question 1 of 3",
     {{"WHAT DID WE LEARN?", "Question 1 of 3"},
      {"What did we learn?", "1/3"},
      {"What did we learn?", "1/3"},
      {"Question 1 of 3", "Enter next question"}}},
    {"\r\r\r",
     "Who is Master of Ceremony",
     {{"Who is Master of Ceremony", "Ada Lovelace"},
      {"Who is Master of Ceremony", "Ada Lovelace"},
      {"Who is Master of Ceremony", "next time?"},
      {"Who is Master of Ceremony", "nobody yet (x)"}}},
    {"xxx\r",
     "closed at",
     {{"VACANT", "record: "},
      {"VACANT", "of 5 drove"},
      {"session over", ""},
      {"VACANT", "record: "}}},
};

static bool
is_inked(struct vt *vt, const void *user)
{
    (void)user;
    return vt_cell(vt, 0, 0).text[0] != '\0';
}

struct texts {
    const char *const *text;
};

static bool
has_both(struct vt *vt, const void *user)
{
    const struct texts *texts = user;
    return vt_has(vt, texts->text[0]) && vt_has(vt, texts->text[1]);
}

static void
assert_fits_every_size(struct vt *vt, const struct stage *stage)
{
    for (int i = 0; i < SIZES; i++) {
        struct texts texts = {stage->texts[i]};
        vt_resize(vt, sizes[i][0], sizes[i][1]);
        if (!texts.text[0])
            assert_true(vt_wait(vt, is_inked, NULL));
        else if (!vt_wait(vt, has_both, &texts))
            expect_text(vt, texts.text[0]);
    }
}

static void
shows_every_phase_in_every_size(void **state)
{
    (void)state;
    struct room room;
    room_open(&room, NULL);
    struct vt *vt = room_start(&room, 24, 80, "");
    for (size_t i = 0; i < sizeof stages / sizeof *stages; i++) {
        expect_after(vt, stages[i].keys, stages[i].arrived);
        assert_fits_every_size(vt, &stages[i]);
        vt_resize(vt, 24, 80);
        expect_text(vt, stages[i].arrived);
    }
    room_leave(vt);
    room_close(&room);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shows_every_phase_in_every_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
