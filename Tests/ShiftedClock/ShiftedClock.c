// The clock of one process, set forward or back: preloaded into it (LD_PRELOAD), this moves the time of day by as many seconds as
// SHIFTED_CLOCK_SECONDS says. What measures how time passes (uptime) stays as it is, as when somebody sets a machine's clock.
// Nothing of it is in any program: the process is the one that is installed.
#if defined(__linux__)
    #define _GNU_SOURCE
    #include <stdlib.h>
    #include <sys/syscall.h>
    #include <sys/time.h>
    #include <time.h>
    #include <unistd.h>

    #include "ShiftedClock.h"

static long shift(void) {
    const char *seconds = getenv("SHIFTED_CLOCK_SECONDS");
    return seconds ? strtol(seconds, NULL, 10) : 0;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = (int)syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) time->tv_sec += shift();
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    (void)zone;
    struct timespec precise;
    if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return -1;
    time->tv_sec = precise.tv_sec;
    time->tv_usec = precise.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *seconds) {
    struct timespec precise;
    if (clock_gettime(CLOCK_REALTIME, &precise) != 0) return (time_t)-1;
    if (seconds) *seconds = precise.tv_sec;
    return precise.tv_sec;
}
#endif
