#include "expect.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { AGAIN_MS = 1000 };

static void
print_tail(const struct vt *vt)
{
    fprintf(stderr, "# and the last bytes: ");
    for (const char *byte = vt_tail(vt); *byte; byte++)
        if (*byte >= ' ' && *byte < 127)
            fputc(*byte, stderr);
        else
            fprintf(stderr, "\\%03o", (unsigned)*byte & 0xff);
    fputc('\n', stderr);
}

/* fail_msg() would cut the screen. */
void
expect_fail(struct vt *vt, const char *why)
{
    fprintf(stderr, "# %s; the screen:\n%s", why, vt_screen(vt));
    print_tail(vt);
    fail();
}

static void
fail_for_want_of(struct vt *vt, const char *text)
{
    char why[200];
    snprintf(why, sizeof why, "\"%s\" did not come", text);
    expect_fail(vt, why);
}

void
expect_text(struct vt *vt, const char *text)
{
    if (!vt_wait_text(vt, text))
        fail_for_want_of(vt, text);
}

void
expect_after(struct vt *vt, const char *keys, const char *text)
{
    vt_send(vt, keys);
    expect_text(vt, text);
}

int64_t
expect_now_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return at.tv_sec * INT64_C(1000) + at.tv_nsec / 1000000;
}

struct pressing {
    const char *text;
    int64_t until_ms;
};

static bool
is_shown_or_late(struct vt *vt, const void *user)
{
    const struct pressing *pressing = user;
    return vt_has(vt, pressing->text) || expect_now_ms() >= pressing->until_ms;
}

void
expect_pressing(struct vt *vt, const char *keys, const char *text)
{
    for (int i = 0; i < VT_PATIENCE_MS / AGAIN_MS && !vt_has(vt, text); i++) {
        struct pressing pressing = {text, expect_now_ms() + AGAIN_MS};
        vt_send(vt, keys);
        if (!vt_wait(vt, is_shown_or_late, &pressing))
            break;
    }
    if (!vt_has(vt, text))
        fail_for_want_of(vt, text);
}

void
expect_sane(struct vt *vt)
{
    if (!vt_is_cooked(vt))
        expect_fail(vt, "the terminal is left raw");
    if (vt_is_alternate(vt))
        expect_fail(vt, "the other screen is left on");
    if (!vt_has_cursor(vt))
        expect_fail(vt, "the cursor is left invisible");
    if (vt_marks_paste(vt))
        expect_fail(vt, "it is still asked to mark what is pasted");
}

void
expect_exit(struct vt *vt, int status)
{
    int seen = vt_wait_exit(vt);
    if (seen == -1 || !WIFEXITED(seen) || WEXITSTATUS(seen) != status)
        expect_fail(vt, "it ended otherwise");
    expect_sane(vt);
    vt_end(vt);
}

void
expect_killed(struct vt *vt, int number)
{
    int seen = vt_wait_exit(vt);
    if (seen == -1 || !WIFSIGNALED(seen) || WTERMSIG(seen) != number)
        expect_fail(vt, "it ended otherwise");
}

/* --- a shell --------------------------------------------------------------------------------- */

struct vt *
expect_shell(const char *const *environment, const char *folder)
{
    static const char *const argv[] = {"/bin/sh", "-i", NULL};
    const char *settings[20] = {"PS1=prompt> ", "ENV"};
    for (int count = 2; environment && *environment && count < 19; count++)
        settings[count] = *environment++;
    struct vt_options options = {
        .rows = 24, .columns = 80, .argv = argv, .environment = settings, .folder = folder};
    struct vt *vt = vt_start(&options);
    assert_non_null(vt);
    expect_text(vt, "prompt>");
    return vt;
}

static bool
is_in_shell(struct vt *vt, const void *user)
{
    (void)user;
    return tcgetpgrp(vt_fd(vt)) == vt_pid(vt) && vt_is_sane(vt);
}

void
expect_in_shell(struct vt *vt)
{
    if (!vt_wait(vt, is_in_shell, NULL))
        expect_fail(vt, "the shell is not back on a sane terminal");
}

static bool
is_in_job(struct vt *vt, const void *user)
{
    (void)user;
    return tcgetpgrp(vt_fd(vt)) != vt_pid(vt);
}

void
expect_in_job(struct vt *vt)
{
    if (!vt_wait(vt, is_in_job, NULL))
        expect_fail(vt, "the job is not in the foreground");
}

void
expect_leaving_shell(struct vt *vt)
{
    vt_send(vt, "exit\n");
    assert_true(WIFEXITED(vt_wait_exit(vt)));
    vt_end(vt);
}
