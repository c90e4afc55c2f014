#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "commands/commands.h"
#include "commands/complain.h"
#include "commands/options.h"
#include "storage/config.h"
#include "storage/file.h"
#include "storage/participants.h"
#include "storage/paths.h"

/* 0, or the errno of what went wrong; nothing half written stays. */
static int
create(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        return errno;
    int error = file_write_all(file, text, strlen(text)) && fsync(file) == 0 ? 0 : errno;
    if (close(file) != 0 && error == 0)
        error = errno;
    if (error != 0)
        unlink(path);
    return error;
}

static bool
write_file(const char *folder, const char *name, const char *text)
{
    bool is_here = strcmp(folder, ".") == 0;
    char *path = is_here ? strdup(name) : paths_join(folder, name);
    int error = path == NULL || text == NULL ? ENOMEM : create(path, text);
    const char *shown = path == NULL ? name : path;
    if (error == 0)
        print_line("wrote %s", shown);
    else if (error == EEXIST)
        complain("%s exists already; it was left as it is", shown);
    else
        complain("%s could not be written: %s", shown, strerrordesc_np(error));
    free(path);
    return error == 0;
}

static bool
make_folder(const char *folder)
{
    if (mkdir(folder, 0777) == 0 || errno == EEXIST)
        return true;
    complain("%s could not be made: %s", folder, strerrordesc_np(errno));
    return false;
}

static void
say_what_next(const char *folder)
{
    bool is_here = strcmp(folder, ".") == 0;
    print_line("%s", "");
    print_line("Next: put your names into participants.txt, look through session.ini, and see");
    print_line("what comes of it:");
    print_line("%s", "");
    if (!is_here)
        print_line("    cd %s", folder);
    print_line("    randori check");
}

static int
write_both(const char *folder)
{
    if (!make_folder(folder))
        return EXIT_FAILED;
    char *settings = config_template();
    bool wrote_settings = write_file(folder, "session.ini", settings);
    bool wrote_people = write_file(folder, "participants.txt", participants_sample());
    free(settings);
    if (wrote_settings || wrote_people)
        say_what_next(folder);
    return wrote_settings && wrote_people ? EXIT_DONE : EXIT_FAILED;
}

int
command_init(int argc, char **argv)
{
    static const struct option options[] = {{"help", no_argument, NULL, 'h'}, {0}};
    int option = options_next(argc, argv, "h", options);
    if (option == 'h')
        return command_help(2, (char *[]){"help", argv[0], NULL});
    if (option != -1 || argc - optind > 1)
        return complain_usage(argv[0]);
    return print_end(write_both(optind < argc ? argv[optind] : "."));
}
