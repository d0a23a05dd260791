import Units

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What the wall's clock shows.
enum WallTime {
    static func now() -> Moment {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Moment(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
