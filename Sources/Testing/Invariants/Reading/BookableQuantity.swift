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

    /// - Parameters:
    ///   - changes: Signed, oldest first.
    ///   - dueFrom: When booking became due; `nil` when it is not due.
    init(changes: [(time: Moment, change: ExactDecimal)], dueFrom: Moment?, isPending: (Moment) -> Bool) {
        var possible: Set<ExactDecimal> = []
        // Nothing is booked before it is due; what became due after the last round began may be unbooked.
        if dueFrom.map(isPending) ?? true { possible.insert(.zero) }
        var reached = ExactDecimal.zero
        var settled = ExactDecimal.zero
        for (time, change) in changes {
            if !isPending(time) { settled += change }
            reached += change
            if let dueFrom, isPending(time), time >= dueFrom { possible.insert(reached) }
        }
        total = reached
        if let dueFrom {
            let atDue = changes.filter { $0.time <= dueFrom }.reduce(ExactDecimal.zero) { $0 + $1.change }
            if isPending(dueFrom) { possible.insert(atDue) } else { possible.insert(settled) }
        }
        self.possible = possible
    }

    private init(total: ExactDecimal, possible: Set<ExactDecimal>) {
        self.total = total
        self.possible = possible
    }

    static let nothing = BookableQuantity(total: .zero, possible: [.zero])

    /// Two quantities that are booked on the same line, independently of each other.
    static func + (left: BookableQuantity, right: BookableQuantity) -> BookableQuantity {
        var possible: Set<ExactDecimal> = []
        for first in left.possible { for second in right.possible { possible.insert(first + second) } }
        return BookableQuantity(total: left.total + right.total, possible: possible)
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
