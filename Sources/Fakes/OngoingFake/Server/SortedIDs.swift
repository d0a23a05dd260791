import Units

/// Internal ids in ascending order.
///
/// An array with binary search: ids are nearly always added at the end, and a page of a list is a slice of it.
struct SortedIDs: Sendable {
    private(set) var ids: [Int] = []

    var count: Int { ids.count }
    var isEmpty: Bool { ids.isEmpty }

    /// The index of the first id that is not below `id`.
    func lowerBound(_ id: Int) -> Int { ids.partitioningIndex { $0 >= id } }

    mutating func insert(_ id: Int) {
        if let last = ids.last, last >= id {
            let index = lowerBound(id)
            if ids[index] != id { ids.insert(id, at: index) }
        } else {
            ids.append(id)
        }
    }

    mutating func remove(_ id: Int) {
        let index = lowerBound(id)
        if index < ids.count, ids[index] == id { ids.remove(at: index) }
    }

    /// Inserts or removes `id`.
    mutating func set(_ id: Int, _ isMember: Bool) {
        if isMember { insert(id) } else { remove(id) }
    }
}

extension SortedIDs {
    /// - Parameter ids: in any order, with or without repetitions.
    init(unsorted ids: some Sequence<Int>) {
        var last: Int?
        for id in ids.sorted() where id != last {
            self.ids.append(id)
            last = id
        }
    }
}
