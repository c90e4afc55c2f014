#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"

static int
compare(const void *a, const void *b)
{
    const double *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

double
percentile(double *values, int count, int hundredth)
{
    int measured = 0;

    for (int i = 0; i < count; i++)
        if (!isnan(values[i]))
            values[measured++] = values[i];
    qsort(values, (size_t)measured, sizeof *values, compare);
    return measured ? values[(measured - 1) * hundredth / 100] : NAN;
}

static void
print_number(double number, int decimals)
{
    if (isnan(number))
        printf("%10s", "-");
    else
        printf("%10.*f", decimals, number);
}

void
print_heading(const char *title, const char *const names[CONTENDERS])
{
    printf("%-30s%10s%10s%10s  %-18s%10s\n", title, names[FLOOR], names[RANDORI], "ratio", "goal",
           names[CLOCK]);
}

void
print_row(const char *figure, const double values[CONTENDERS], int decimals, const char *goal)
{
    printf("%-30s", figure);
    print_number(values[FLOOR], decimals);
    print_number(values[RANDORI], decimals);
    print_number(values[FLOOR] > 0 ? values[RANDORI] / values[FLOOR] : NAN, 2);
    printf("  %-18s", goal);
    print_number(values[CLOCK], decimals);
    printf("\n");
    fflush(stdout);
}
