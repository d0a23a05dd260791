extension RandomAccessCollection where Index == Int {
    /// The first index at which the predicate is true, when it is false before and true from there on; else `endIndex`.
    @inlinable package func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
