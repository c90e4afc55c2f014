#include "probe_run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "expect.h"

bool
probe_is_wanted(int argc, char **argv)
{
    return argc > 1 && strcmp(argv[1], "probe") == 0;
}

const char *
probe_program(void)
{
    static char program[4096];
    if (readlink("/proc/self/exe", program, sizeof program - 1) < 0)
        abort();
    return program;
}

const char *const *
probe_argv(void)
{
    static const char *argv[] = {NULL, "probe", NULL};
    argv[0] = probe_program();
    return argv;
}

struct vt *
probe_start_with(int rows, int columns, const char *const *argv, const char *const *environment)
{
    struct vt_options options = {
        .rows = rows, .columns = columns, .argv = argv, .environment = environment};
    struct vt *vt = vt_start(&options);
    assert_non_null(vt);
    return vt;
}

struct vt *
probe_start(void)
{
    struct vt *vt = probe_start_with(24, 80, probe_argv(), NULL);
    expect_text(vt, "probe 24x80");
    return vt;
}

void
probe_quit(struct vt *vt)
{
    vt_send(vt, "q");
    expect_exit(vt, 0);
}

long
probe_number(const char *text, const char *word)
{
    const char *found = strstr(text, word);
    return found ? strtol(found + strlen(word), NULL, 10) : -1;
}

bool
probe_has_ticked(struct vt *vt, const void *ticks)
{
    return probe_number(vt_screen(vt), "ticks ") >= *(const long *)ticks;
}
