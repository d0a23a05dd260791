/// Finds the name that somebody probably meant.
package enum Spelling {
    /// Nobody mistypes so long a name; what is longer is no slip of the pen but something else.
    private static let longest = 64

    /// The closest of the names; `nil` when none is close enough to be a slip of the pen.
    package static func nearest(to name: String, among names: [String]) -> String? {
        guard name.utf8.count <= longest else { return nil }
        let typed = Array(name.lowercased().utf8)
        let furthest = max(2, typed.count / 2)
        var best: (name: String, distance: Int)?
        for candidate in names {
            let most = min(furthest, (best?.distance ?? .max) - 1)
            guard most >= 0, abs(candidate.utf8.count - typed.count) <= most else { continue }
            let distance = distance(typed, Array(candidate.lowercased().utf8), atMost: most)
            if let distance { best = (candidate, distance) }
        }
        return best?.name
    }

    /// `; did you mean 'x'?`, or nothing.
    package static func hint(for name: String, among names: [String]) -> String {
        nearest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
    }

    /// How many letters have to be inserted, removed or replaced (Levenshtein); `nil` when it is more than `most`.
    private static func distance(_ left: [UInt8], _ right: [UInt8], atMost most: Int) -> Int? {
        var previous = Array(0...right.count)
        var current = previous
        for (row, letter) in left.enumerated() {
            current[0] = row + 1
            var least = current[0]
            for column in right.indices {
                let replaced = previous[column] + (letter == right[column] ? 0 : 1)
                current[column + 1] = min(replaced, previous[column + 1] + 1, current[column] + 1)
                least = min(least, current[column + 1])
            }
            // It only grows from row to row.
            guard least <= most else { return nil }
            swap(&previous, &current)
        }
        return previous[right.count] <= most ? previous[right.count] : nil
    }
}
