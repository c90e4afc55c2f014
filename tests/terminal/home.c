#include "home.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int
remove_one(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status, (void)kind, (void)place;
    return remove(path);
}

void
home_make(struct home *home)
{
    static const char *const names[] = {"HOME",           "XDG_CONFIG_HOME", "XDG_DATA_HOME",
                                        "XDG_STATE_HOME", "XDG_CACHE_HOME",  "XDG_RUNTIME_DIR"};
    *home = (struct home){.folder = "/tmp/randori-home.XXXXXX"};
    if (!mkdtemp(home->folder))
        abort();
    for (int i = 0; i < 6; i++) {
        char *setting = stpcpy(stpcpy(home->settings[i], names[i]), "=");
        stpcpy(stpcpy(stpcpy(setting, home->folder), "/"), names[i]);
        home->environment[i] = home->settings[i];
        mkdir(strchr(home->settings[i], '/'), 0700);
    }
}

void
home_add(struct home *home, const char *setting)
{
    size_t count = 0;
    while (home->environment[count])
        count++;
    if (count + 1 == sizeof home->environment / sizeof *home->environment)
        abort();
    home->environment[count] = setting;
}

void
home_free(struct home *home)
{
    nftw(home->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
