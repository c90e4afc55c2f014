/*
 * Shared by vt.c, which runs a program and feeds libvterm, and vt_look.c, which looks at the cells.
 */
#ifndef TESTS_TERMINAL_VT_INSIDE_H
#define TESTS_TERMINAL_VT_INSIDE_H

#include <vterm.h>

#include "vt.h"

enum { TITLE_SIZE = 256, TAIL_SIZE = 300 };

struct vt {
    int master, watcher; /* `watcher`: pidfd; both -1 when gone */
    pid_t pid, flood;    /* `flood`: types for ever; 0: nobody does */
    int status;
    bool has_ended, is_silent /* no more can come */, choked, alternate, cursor;
    bool is_asked, has_marked; /* vt_marks_paste() looks at what it would send */
    bool tells_mouse;
    int rows, columns, bells;
    int64_t bytes;
    char title[TITLE_SIZE], tail[TAIL_SIZE + 1];
    VTerm *terminal;
    VTermScreen *screen;
    char *text; /* owned; what vt_screen() and vt_row() return */
};

#endif
