import Units

/// What changed when, in order of time: finds the records changed since some moment without looking at all others.
///
/// It may find more records than asked for, never fewer; the caller checks each record. After a clock was set back, entries
/// count under the latest time seen so far, so none is missed.
struct ChangeLog: Sendable {
    private var times: [Moment] = []
    private var ids: [Int] = []
    private var crowding = 1024

    mutating func note(_ id: Int, at time: Moment) {
        let key = max(time, times.last ?? time)
        if ids.last == id, times.last == key { return }
        times.append(key)
        ids.append(id)
        if ids.count >= crowding { dropOvertaken() }
    }

    /// How many entries there are from the second of `time` on.
    func count(from time: Moment) -> Int { ids.count - start(time) }

    /// The ids of all that changed in the second of `time` or later.
    func changed(from time: Moment) -> SortedIDs { SortedIDs(unsorted: ids[start(time)...]) }

    private func start(_ time: Moment) -> Int {
        let second = time.truncatedToSecond
        return times.partitioningIndex { $0 >= second }
    }

    /// Only the last change of each record can be found, so that the log stays as long as there are records.
    private mutating func dropOvertaken() {
        var seen: Set<Int> = []
        var keptTimes: [Moment] = []
        var keptIDs: [Int] = []
        for index in ids.indices.reversed() where seen.insert(ids[index]).inserted {
            keptTimes.append(times[index])
            keptIDs.append(ids[index])
        }
        times = keptTimes.reversed()
        ids = keptIDs.reversed()
        crowding = max(1024, ids.count * 2)
    }
}
