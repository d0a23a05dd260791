import Units

/// An amount that people built up over time, and what of it may have been booked by now.
///
/// What was there when the last complete round of the engine began must be booked. What came later may be, wholly or up to any
/// point in between.
struct Tally: Equatable {
    /// All of it.
    private(set) var total = ExactDecimal.zero
    /// What may be booked. Never empty.
    private(set) var bookable: Set<ExactDecimal> = [.zero]

    /// - Parameters:
    ///   - changes: Signed, oldest first.
    ///   - dueFrom: From when on it is to be booked at all; `nil`: never so far.
    init(changes: [(time: Moment, change: ExactDecimal)], dueFrom: Moment?, isPending: (Moment) -> Bool) {
        var bookable: Set<ExactDecimal> = []
        // Until the work is due nothing is booked; what becomes due after the last round began may still be unbooked.
        if dueFrom.map(isPending) ?? true { bookable.insert(.zero) }
        var reached = ExactDecimal.zero
        var settled = ExactDecimal.zero
        for (time, change) in changes {
            if !isPending(time) { settled += change }
            reached += change
            if let dueFrom, isPending(time), time >= dueFrom { bookable.insert(reached) }
        }
        total = reached
        if let dueFrom {
            let atDue = changes.filter { $0.time <= dueFrom }.reduce(ExactDecimal.zero) { $0 + $1.change }
            if isPending(dueFrom) { bookable.insert(atDue) } else { bookable.insert(settled) }
        }
        self.bookable = bookable
    }

    private init(total: ExactDecimal, bookable: Set<ExactDecimal>) {
        self.total = total
        self.bookable = bookable
    }

    static let nothing = Tally(total: .zero, bookable: [.zero])

    /// Two amounts that are booked on the same line, each as far as it will.
    static func + (left: Tally, right: Tally) -> Tally {
        var bookable: Set<ExactDecimal> = []
        for first in left.bookable { for second in right.bookable { bookable.insert(first + second) } }
        return Tally(total: left.total + right.total, bookable: bookable)
    }

    /// The same, for amounts of which each may be booked or not, however many there are.
    mutating func addOptional(_ amount: ExactDecimal) {
        total += amount
        bookable.formUnion(bookable.map { $0 + amount })
    }

    mutating func addRequired(_ amount: ExactDecimal) {
        total += amount
        bookable = Set(bookable.map { $0 + amount })
    }

    func allows(_ booked: ExactDecimal) -> Bool { bookable.contains(booked) }

    /// What ought to be booked in the end.
    var wanted: ExactDecimal { bookable.max() ?? .zero }

    /// For people: `3`, or `2 to 5` when some of it may still be on its way.
    var words: String {
        let sorted = bookable.sorted()
        return sorted.count == 1 ? "\(sorted[0])" : "\(sorted[0]) to \(sorted.last!)"
    }
}
