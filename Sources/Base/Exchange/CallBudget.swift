/// Bounds the calls that are made about one record in one round, whatever the servers respond.
///
/// A first call is always allowed: how many different ones there are is bounded by the record's lines and documents. What is counted
/// is the same call once more. A round that makes more than ``mostRepetitions`` of them goes in circles and ends.
///
/// The number: the longest round that gets somewhere repeats 17 calls (an adjustment whose stock moves four times between reading and
/// booking). Twenty-four allows for a list that is looked at three more times because it is late.
package final class CallBudget {
    package static let mostRepetitions = 24

    /// The round has made too many calls about one record.
    package struct Exceeded: Error, Equatable {
        /// The call that was one too many, in words.
        package var place: String
    }

    private struct Account {
        var made: Set<String> = []
        var repetitions = 0
    }

    private var accounts: [String: Account] = [:]
    private var subject: String?

    package init() {}

    package func beginRound() { accounts = [:] }

    /// Counts the calls that `body` makes as calls about `subject`. Inside another subject's they count for this one alone.
    package func spend<Value>(on subject: String, _ body: () throws -> Value) rethrows -> Value {
        let outer = self.subject
        self.subject = subject
        defer { self.subject = outer }
        return try body()
    }

    /// Counts one call. Calls that are about no record are not counted.
    ///
    /// - Parameter call: Stands for everything that makes two calls the same.
    /// - Throws: ``Exceeded``. The call must not be made then.
    package func take(_ call: @autoclosure () -> String, place: @autoclosure () -> String) throws {
        guard let subject else { return }
        guard !accounts[subject, default: Account()].made.insert(call()).inserted else { return }
        guard accounts[subject]!.repetitions < Self.mostRepetitions else { throw Exceeded(place: place()) }
        accounts[subject]!.repetitions += 1
    }
}
