import Units

/// A quantity that grew over time, and the quantities of it that may be booked in Rackbeat now.
///
/// What was there when the last complete sync round began must be booked. What came later may be booked, all of it or up to any
/// point in between.
struct BookableQuantity: Equatable {
    /// All of it.
    private(set) var total = ExactDecimal.zero
    /// The quantities that may be booked. Never empty.
    private(set) var possible: Set<ExactDecimal> = [.zero]
    /// The most that it ever was.
    private(set) var most = ExactDecimal.zero

    /// - Parameters:
    ///   - changes: Signed, oldest first.
    ///   - due: When booking was due.
    ///   - rounds: When the last complete sync rounds began; see ``Evidence/lastRounds(_:)``.
    init(changes: [(time: Moment, change: ExactDecimal)], due: DuePeriods, rounds: [Moment]) {
        func reached(_ time: Moment) -> ExactDecimal {
            changes.reduce(.zero) { $1.time <= time ? $0 + $1.change : $0 }
        }
        // What that round saw is booked, and nothing is when no round saw it while it was due.
        let lastLook = rounds.last(where: due.contains)
        var possible: Set<ExactDecimal> = [lastLook.map(reached) ?? .zero]
        // What came later while it was due, and the engine may have looked at any time.
        for period in due.periods {
            if lastLook.map({ period.from > $0 }) ?? true { possible.insert(reached(period.from)) }
            for (time, _) in changes
            where time >= period.from && (period.until.map { time < $0 } ?? true) && (lastLook.map { time > $0 } ?? true) {
                possible.insert(reached(time))
            }
        }
        // An order that was put back stays booked, but never with more than is picked: the last round saw what was put back too.
        let limit = rounds.last.map { last in
            changes.filter { $0.time > last }.map { reached($0.time) }.reduce(reached(last), max)
        }
        if let limit { possible = possible.filter { $0 <= limit } }
        total = changes.reduce(.zero) { $0 + $1.change }
        var sum = ExactDecimal.zero
        for (_, change) in changes {
            sum += change
            self.most = max(self.most, sum)
        }
        self.possible = possible.isEmpty ? [limit ?? .zero] : possible
    }

    private init(total: ExactDecimal, possible: Set<ExactDecimal>, most: ExactDecimal = .zero) {
        self.total = total
        self.most = most
        self.possible = possible
    }

    static let nothing = BookableQuantity(total: .zero, possible: [.zero])

    /// Two quantities that are booked on the same line, independently of each other.
    static func + (left: BookableQuantity, right: BookableQuantity) -> BookableQuantity {
        var possible: Set<ExactDecimal> = []
        for first in left.possible { for second in right.possible { possible.insert(first + second) } }
        return BookableQuantity(total: left.total + right.total, possible: possible, most: left.most + right.most)
    }

    /// Adds a quantity that may be booked or not.
    mutating func addOptional(_ amount: ExactDecimal) {
        total += amount
        possible.formUnion(possible.map { $0 + amount })
    }

    /// Adds a quantity that must be booked.
    mutating func addRequired(_ amount: ExactDecimal) {
        total += amount
        possible = Set(possible.map { $0 + amount })
    }

    func allows(_ booked: ExactDecimal) -> Bool { possible.contains(booked) }

    /// The quantity to be booked in the end.
    var wanted: ExactDecimal { possible.max() ?? .zero }

    /// For people: `3`, or `2 to 5` when some of it is pending.
    var words: String {
        let sorted = possible.sorted()
        return sorted.count == 1 ? "\(sorted[0])" : "\(sorted[0]) to \(sorted.last!)"
    }
}
