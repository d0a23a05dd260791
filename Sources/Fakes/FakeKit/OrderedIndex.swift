import Units

/// Elements in ascending order under insertion and removal, readable by offset.
///
/// A fake reads page 40 of a list without sorting the list. The elements lie in short runs: a change moves the elements of one run
/// only, and an offset is found by adding up the lengths of the runs before it. Everything is inlinable, because comparing the
/// stamps of documents through the unspecialized generic takes many times as long.
package struct OrderedIndex<Element: Comparable> {
    @usableFromInline static var longestRun: Int { 512 }

    @usableFromInline var runs: [[Element]]
    @usableFromInline var length: Int

    @inlinable package init() {
        runs = []
        length = 0
    }

    @inlinable package var count: Int { length }

    @inlinable package mutating func insert(_ element: Element) {
        length += 1
        guard let last = runs.indices.last else {
            runs.append([element])
            return
        }
        let run = min(runs.partitioningIndex { !($0[$0.count - 1] < element) }, last)
        runs[run].insert(element, at: runs[run].partitioningIndex { !($0 < element) })
        if runs[run].count > Self.longestRun {
            let half = runs[run].count / 2
            runs.insert(Array(runs[run][half...]), at: run + 1)
            runs[run].removeSubrange(half...)
        }
    }

    /// Removes one element that is equal; does nothing when there is none.
    @inlinable package mutating func remove(_ element: Element) {
        let run = runs.partitioningIndex { !($0[$0.count - 1] < element) }
        guard runs.indices.contains(run) else { return }
        let place = runs[run].partitioningIndex { !($0 < element) }
        guard runs[run].indices.contains(place), runs[run][place] == element else { return }
        runs[run].remove(at: place)
        length -= 1
        if runs[run].isEmpty { runs.remove(at: run) }
    }

    /// How many elements stand before the first for which `isReached` is true; it must stay true for all that follow.
    @inlinable package func offset(where isReached: (Element) -> Bool) -> Int {
        let run = runs.partitioningIndex { isReached($0[$0.count - 1]) }
        let before = runs[..<run].reduce(0) { $0 + $1.count }
        return runs.indices.contains(run) ? before + runs[run].partitioningIndex(where: isReached) : before
    }

    /// Visits the elements at the offsets in ascending or descending order.
    @inlinable package func visit(_ offsets: Range<Int>, descending: Bool = false, _ body: (Element) -> Void) {
        let offsets = offsets.clamped(to: 0..<count)
        guard !offsets.isEmpty else { return }
        var (run, place) = position(of: descending ? offsets.upperBound - 1 : offsets.lowerBound)
        for _ in offsets {
            body(runs[run][place])
            if descending {
                place -= 1
                if place < 0, run > 0 {
                    run -= 1
                    place = runs[run].count - 1
                }
            } else {
                place += 1
                if place == runs[run].count {
                    run += 1
                    place = 0
                }
            }
        }
    }

    @inlinable package func elements(_ offsets: Range<Int>, descending: Bool = false) -> [Element] {
        var result: [Element] = []
        visit(offsets, descending: descending) { result.append($0) }
        return result
    }

    @inlinable func position(of offset: Int) -> (run: Int, place: Int) {
        var rest = offset
        for (run, elements) in runs.enumerated() {
            if rest < elements.count { return (run, rest) }
            rest -= elements.count
        }
        preconditionFailure("offset \(offset) is behind the \(count) elements")
    }
}
