#include "services/clock.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "session/calendar.h"

enum { HOURS_BACK = 12 };

static int64_t
read_clock(clockid_t id)
{
    struct timespec at = {0};
    clock_gettime(id, &at);
    return at.tv_sec * INT64_C(1000) + at.tv_nsec / 1000000;
}

int64_t
clock_boot_ms(void)
{
    return read_clock(CLOCK_BOOTTIME);
}

void
clock_start(struct clock *clock, int speed, int64_t elapsed_ms)
{
    tzset();
    *clock = (struct clock){.base_boot_ms = clock_boot_ms(),
                            .base_elapsed_ms = elapsed_ms,
                            .base_wall_ms = read_clock(CLOCK_REALTIME),
                            .speed = speed < 1 ? 1 : speed};
}

static int32_t
utc_offset(int64_t wall_ms)
{
    time_t seconds = wall_ms / 1000;
    struct tm local;
    return localtime_r(&seconds, &local) ? (int32_t)local.tm_gmtoff : 0;
}

struct moment
clock_now(const struct clock *clock)
{
    int64_t passed = (clock_boot_ms() - clock->base_boot_ms) * clock->speed;
    struct moment now = {.elapsed_ms = clock->base_elapsed_ms + passed};
    now.wall_ms = clock->speed == 1 ? read_clock(CLOCK_REALTIME) : clock->base_wall_ms + passed;
    now.utc_offset_s = utc_offset(now.wall_ms);
    return now;
}

int64_t
clock_boot_at(const struct clock *clock, int64_t elapsed_ms)
{
    if (elapsed_ms == INT64_MAX)
        return INT64_MAX;
    int64_t ahead = elapsed_ms - clock->base_elapsed_ms;
    /* Rounded up: when the timer fires, clock_now() must not stand just before `elapsed_ms`. */
    int64_t steps = ahead / clock->speed + (ahead % clock->speed > 0);
    return clock->base_boot_ms + steps;
}

int64_t
clock_wall_of(int minutes, int64_t now_wall_ms)
{
    time_t now = now_wall_ms / 1000;
    struct tm local;
    if (!localtime_r(&now, &local))
        return now_wall_ms;
    local.tm_hour = minutes / 60;
    local.tm_min = minutes % 60;
    local.tm_sec = 0;
    local.tm_isdst = -1;
    struct tm today = local; /* mktime(3) normalises what it is given */
    time_t wanted = mktime(&today);
    if (now - wanted > HOURS_BACK * 3600) {
        local.tm_mday++;
        wanted = mktime(&local);
    }
    return (int64_t)wanted * 1000;
}

int64_t
clock_wall_on(int64_t days, int minutes)
{
    struct civil date = calendar_civil(days);
    struct tm local = {.tm_year = (int)date.year - 1900,
                       .tm_mon = date.month - 1,
                       .tm_mday = date.day,
                       .tm_hour = minutes / 60,
                       .tm_min = minutes % 60,
                       .tm_isdst = -1};
    return (int64_t)mktime(&local) * 1000;
}

/* The first line of a small file of the system; its length, 0 when there is none. */
static size_t
read_line(const char *path, char *out, size_t size)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    ssize_t length = read(fd, out, size - 1);
    close(fd);
    out[length < 0 ? 0 : length] = '\0';
    out[strcspn(out, "\n")] = '\0';
    return strlen(out);
}

void
clock_boot_id(char out[static BOOT_ID_SIZE])
{
    if (read_line("/proc/sys/kernel/random/boot_id", out, BOOT_ID_SIZE) == 0)
        out[0] = '\0';
}

/* FNV-1a; machine-id(5) asks not to hand the id itself out. */
static uint64_t
hash(const char *text)
{
    uint64_t value = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        value = (value ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return value;
}

void
clock_host_key(char out[static HOST_KEY_SIZE])
{
    char text[80] = "randori:";
    size_t mark = strlen(text);
    out[0] = '\0';
    if (read_line("/etc/machine-id", text + mark, sizeof text - mark) > 0 ||
        read_line("/var/lib/dbus/machine-id", text + mark, sizeof text - mark) > 0)
        snprintf(out, HOST_KEY_SIZE, "%016llx", (unsigned long long)hash(text));
}
