/* Changes in folders are told, once a storm. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "services/watcher.h"
#include "workspace.h"

/* The kernel queues a change before the call that made it returns. */
static bool
is_told(struct watcher *watcher)
{
    struct pollfd fd = {watcher_fd(watcher), POLLIN, 0};

    assert_true(poll(&fd, 1, 0) >= 0);
    return (fd.revents & POLLIN) != 0;
}

static struct watcher *
watch(const char *folder)
{
    struct watcher *watcher = watcher_new();

    assert_non_null(watcher);
    assert_true(watcher_add(watcher, folder));
    assert_false(is_told(watcher));
    assert_false(watcher_changed(watcher));
    return watcher;
}

static void
a_file_written_replaced_or_gone_is_a_change(void **state)
{
    struct watcher *watcher = watch(".");

    (void)state;
    workspace_write("a", "1");
    assert_true(is_told(watcher));
    assert_true(watcher_changed(watcher));
    assert_false(is_told(watcher));
    workspace_write("a", "2");
    assert_true(watcher_changed(watcher));
    workspace_write("a", "3");
    watcher_changed(watcher);
    assert_int_equal(rename("a", "b"), 0);
    assert_true(watcher_changed(watcher));
    assert_int_equal(unlink("b"), 0);
    assert_true(watcher_changed(watcher));
    assert_false(watcher_changed(watcher));
    watcher_free(watcher);
}

static void
reading_is_none(void **state)
{
    struct watcher *watcher;
    FILE *file;

    (void)state;
    workspace_write("read", "1");
    watcher = watch(".");
    file = fopen("read", "r");
    assert_int_equal(fgetc(file), '1');
    fclose(file);
    assert_false(is_told(watcher));
    watcher_free(watcher);
}

static void
a_storm_is_told_at_once(void **state)
{
    struct watcher *watcher = watch(".");

    (void)state;
    for (int i = 0; i < 600; i++) { /* the same change twice would be one */
        char name[20];

        snprintf(name, sizeof name, "storm-%d", i);
        workspace_write(name, "1");
    }
    assert_true(watcher_changed(watcher));
    assert_false(is_told(watcher));
    watcher_free(watcher);
}

static void
only_a_folder_can_be_watched(void **state)
{
    struct watcher *watcher = watch(".");

    (void)state;
    workspace_write("file", "1");
    assert_false(watcher_add(watcher, "file"));
    assert_false(watcher_add(watcher, "missing"));
    mkdir("below", 0700);
    assert_true(watcher_add(watcher, "below"));
    assert_true(watcher_add(watcher, "below"));
    watcher_changed(watcher);
    workspace_write("below/file", "1");
    assert_true(watcher_changed(watcher));
    watcher_free(watcher);
    watcher_free(NULL);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_written_replaced_or_gone_is_a_change),
        cmocka_unit_test(reading_is_none),
        cmocka_unit_test(a_storm_is_told_at_once),
        cmocka_unit_test(only_a_folder_can_be_watched),
    };
    return cmocka_run_group_tests(tests, workspace_enter, workspace_leave);
}
