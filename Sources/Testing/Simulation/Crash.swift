package import Exchange
package import HTTPTypes

/// The end of the engine's process. It is no error of an exchange: nothing in the engine may catch it.
package struct SimulatedCrash: Error, Equatable, CustomStringConvertible {
    package enum Point: Equatable, Sendable {
        /// The path stands behind the base path, without the query.
        case exchange(CrashPlan.Side, number: Int, System, HTTPRequest.Method, path: String)
        case commit(CrashPlan.Side, number: Int)
        /// A bug of a mutant, in words that follow «the engine crashed».
        case bug(String)
    }

    package let point: Point

    package init(_ point: Point) { self.point = point }

    package var description: String {
        switch point {
        case .exchange(let side, let number, let system, let method, let path):
            "the engine crashed \(side) exchange \(number), \(system) \(method) \(path)"
        case .commit(let side, let number): "the engine crashed \(side) commit \(number)"
        case .bug(let words): "the engine crashed \(words)"
        }
    }
}

/// Where the engine's process ends, or stands still for a while.
package struct CrashPlan: Sendable, Equatable {
    package enum Side: String, Sendable, CaseIterable { case before, after }

    package enum Place: Sendable, Equatable {
        /// The nth exchange of that name; of any name when `nil`.
        case exchange(ExchangePattern?, nth: Int)
        /// The exchange of that number, from 1. An «after» happens only when the server sees the request.
        case number(Int)
        /// The nth commit of the engine's journal.
        case commit(nth: Int)
        /// The commit of that number, from 1 over the whole run. An «after» happens only when the commit is kept.
        case commitNumber(Int)
    }

    package var side: Side
    package var place: Place
    /// How long the process stands still, in the middle of what it does; `nil`: it ends.
    package var pause: Duration?

    /// - Parameter side: Before an exchange nothing is sent; after it, the server has carried it out and the engine has not seen
    ///   the response. Before a commit nothing of it is kept; after it, all of it.
    package init(_ side: Side, _ place: Place, pause: Duration? = nil) {
        self.side = side
        self.place = place
        self.pause = pause
    }
}

/// Counts exchanges and commits, and ends the engine where a plan says so. Each plan crashes it once.
package final class CrashPoints {
    private var plans: [(plan: CrashPlan, seen: Int)] = []
    package private(set) var exchanges = 0
    package private(set) var commits = 0
    /// The numbers of those that a crash rolled back.
    package private(set) var rolledBack: Set<Int> = []
    /// The exchanges that were not sent because the engine crashed before them.
    package private(set) var unsent: [Unsent] = []
    package private(set) var crashes: [SimulatedCrash] = []
    /// How often the engine stood still.
    package private(set) var pauses = 0
    /// Lets time pass while the engine stands still.
    private let wait: (Duration) throws -> Void

    /// An exchange that was not sent: the next one has its number.
    package struct Unsent: Sendable {
        package let number: Int
        package let system: System
        package let method: HTTPRequest.Method
        /// Behind the base path, without the query.
        package let path: String
    }

    package init(wait: @escaping (Duration) throws -> Void) { self.wait = wait }

    /// The plans that have not crashed the engine, by their places among all that were added.
    package var unapplied: [Int] {
        plans.indices.filter { index in
            switch plans[index].plan.place {
            case .exchange(_, let nth), .commit(let nth): plans[index].seen < nth
            case .number, .commitNumber: plans[index].seen == 0
            }
        }
    }

    /// - Parameter place: A plan's place among all that were added.
    package func isPause(_ place: Int) -> Bool { plans[place].plan.pause != nil }

    /// Counting for this plan begins now.
    ///
    /// - Returns: Its place among all that were added.
    @discardableResult
    package func add(_ plan: CrashPlan) -> Int {
        plans.append((plan, 0))
        return plans.count - 1
    }

    /// To be called right before a transaction of the journal is committed. What it throws must roll the transaction back.
    package func willCommit() throws {
        commits += 1
        do {
            try crash(.before, nth: nthCommit, at: .commit(.before, number: commits))
        } catch {
            rolledBack.insert(commits)
            throw error
        }
    }

    /// To be called right after a transaction of the journal was committed.
    package func didCommit() throws {
        try crash(.after, nth: nthCommit, at: .commit(.after, number: commits))
    }

    private func nthCommit(_ place: CrashPlan.Place) -> Int? {
        switch place {
        case .commit(let nth): nth
        case .commitNumber(let wanted): wanted == commits ? 1 : nil
        case .exchange, .number: nil
        }
    }

    func willSend(_ system: System, _ request: Request, path: Substring, number: Int) throws {
        exchanges += 1
        do {
            try crashBeside(.before, system, request, path, number)
        } catch {
            unsent.append(Unsent(number: number, system: system, method: request.method, path: String(path)))
            throw error
        }
    }

    func didServe(_ system: System, _ request: Request, path: Substring, number: Int) throws {
        try crashBeside(.after, system, request, path, number)
    }

    private func crashBeside(
        _ side: CrashPlan.Side, _ system: System, _ request: Request, _ path: Substring, _ number: Int
    ) throws {
        try crash(
            side, nth: { Self.nth($0, system, request, path, number) },
            at: .exchange(side, number: number, system, request.method, path: String(path)))
    }

    /// Which of those that come here ends the engine; `nil` when the place is another.
    private static func nth(
        _ place: CrashPlan.Place, _ system: System, _ request: Request, _ path: Substring, _ number: Int
    ) -> Int? {
        switch place {
        case .exchange(let pattern, let nth):
            pattern.map { $0.matches(system, request.method, path: path) } ?? true ? nth : nil
        case .number(let wanted): wanted == number ? 1 : nil
        case .commit, .commitNumber: nil
        }
    }

    private func crash(
        _ side: CrashPlan.Side, nth: (CrashPlan.Place) -> Int?, at point: @autoclosure () -> SimulatedCrash.Point
    ) throws {
        var due: [CrashPlan] = []
        for index in plans.indices where plans[index].plan.side == side {
            guard let nth = nth(plans[index].plan.place) else { continue }
            plans[index].seen += 1
            if plans[index].seen == nth { due.append(plans[index].plan) }
        }
        for pause in due.compactMap(\.pause) {
            pauses += 1
            try wait(pause)
        }
        guard due.contains(where: { $0.pause == nil }) else { return }
        let crash = SimulatedCrash(point())
        crashes.append(crash)
        throw crash
    }
}
