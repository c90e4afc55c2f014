/*
 * The floor: the least a full-screen countdown can cost with ncurses. One timerfd, poll, five big
 * digits, one refresh a tick; space pauses. `floor --version` ends at once: what exec alone costs.
 */
#include <curses.h>
#include <locale.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { DIGIT_ROWS = 5, DIGIT_COLUMNS = 6, START_SECONDS = 300 };

/* Three cells a row, each drawn two columns wide. */
static const char *const glyphs[] = {
    "####.##.##.####", ".#.##..#..#.###", "###..#####..###", "###..####..####",
    "#.##.####..#..#", "####..###..####", "####..####.####", "###..#..#..#..#",
    "####.#####.####", "####.####..####", "....#.....#....",
};

static void
draw_glyph(int glyph, int row, int column)
{
    for (int i = 0; i < DIGIT_ROWS * 3; i++)
        if (glyphs[glyph][i] == '#')
            mvaddstr(row + i / 3, column + i % 3 * 2, "\u2588\u2588");
}

static void
draw(int seconds, bool running)
{
    const int shown[] = {seconds / 600 % 10, seconds / 60 % 10, 10, seconds % 60 / 10,
                         seconds % 10};

    erase();
    for (int i = 0; i < 5; i++)
        draw_glyph(shown[i], 8, 20 + i * (DIGIT_COLUMNS + 2));
    if (!running)
        mvaddstr(15, 35, "PAUSED");
    refresh();
}

/* Ticks at whole seconds from now on, or not at all. */
static void
arm(int timer, bool running)
{
    struct itimerspec when = {0};

    if (running) {
        clock_gettime(CLOCK_BOOTTIME, &when.it_value);
        when.it_value.tv_sec += 1;
        when.it_interval.tv_sec = 1;
    }
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &when, NULL);
}

static void
count_down(int timer)
{
    struct pollfd waits[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                             {.fd = timer, .events = POLLIN}};
    bool running = true;
    int left = START_SECONDS;

    arm(timer, running);
    draw(left, running);
    while (poll(waits, 2, -1) > 0 && !(waits[0].revents & (POLLHUP | POLLERR))) {
        uint64_t ticks = 0;

        if (waits[1].revents && read(timer, &ticks, sizeof ticks) == sizeof ticks)
            draw(left -= (int)ticks, running);
        if (waits[0].revents && getch() == ' ') {
            arm(timer, running = !running);
            draw(left, running);
        }
    }
}

int
main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return 0;
    setlocale(LC_ALL, "");
    SCREEN *screen = newterm(NULL, stdout, stdin);
    int timer = timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (!screen || timer < 0)
        return 1;
    cbreak();
    noecho();
    nodelay(stdscr, TRUE);
    curs_set(0);
    count_down(timer);
    endwin();
    delscreen(screen);
    return 0;
}
