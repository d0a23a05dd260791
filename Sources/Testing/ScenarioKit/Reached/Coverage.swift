package import SyncEngine

/// An odd state that is worth reaching: a run that came past it has tried what a calm day never tries.
package struct CoverageMark: Hashable, Sendable {
    /// In words that end the sentence «a run in which …».
    package let words: String

    /// Those that the engine tells of, then those that are seen from outside, in the order of their declaration.
    package static let all: [CoverageMark] =
        EngineMark.allCases.map { CoverageMark(words: $0.rawValue) } + RunMark.allCases.map { CoverageMark(words: $0.rawValue) }

    /// Told by the engine, which alone knows why it did what it did.
    package static func told(_ engineMark: EngineMark) -> CoverageMark { CoverageMark(words: engineMark.rawValue) }

    /// Seen in the exchanges, the ledgers and the book of what people did.
    package static func seen(_ sight: RunMark) -> CoverageMark { CoverageMark(words: sight.rawValue) }
}

/// The odd states that can be seen without asking the engine.
package enum RunMark: String, Sendable, CaseIterable {
    // What became of requests.
    case limitOnConfirm = "a confirmation was answered 429"
    case limitOnCreate = "the making of a document was answered 429"
    case limitUntilDate = "a 429 named a date"
    case createResponseLost = "a document was made and the answer was lost"
    case confirmResponseLost = "a document was confirmed and the answer was lost"
    case pushResponseLost = "an order reached the warehouse and the answer was lost"
    case cancelResponseLost = "an order was cancelled and the answer was lost"
    case errorAfterEffect = "a write was answered 5xx although it was carried out"
    case idMissing = "a write was answered without the id of what it made"
    case pageInsteadOfAnswer = "a write was answered with a web page and status 200"
    case carriedOutLate = "a write was carried out after its caller had given up"
    case deliveredTwice = "a write was delivered twice"
    case readWasStale = "an answer of an earlier time was given again"
    case credentialsRefused = "credentials were refused"
    // What became of documents.
    case draftReusedAfterLostAnswer = "a document whose making had no answer was found and confirmed"
    case draftReusedAfterCrash = "a draft made before a crash was confirmed after it"
    case draftDeleted = "a draft was deleted by the engine"
    case confirmRefused = "a confirmation was refused"
    case pushRefused = "an order was refused by the warehouse"
    case cancelCarriedOut = "an order was taken back from the warehouse"
    case fractionShipped = "a fraction of a unit was shipped"
    case stockMovedUnderAdjustment = "stock moved between the reading and the booking of an adjustment"
    // What became of lists.
    case rowMovedBetweenPages = "a row stood on two pages of one reading"
    case totalFell = "a list grew shorter between two of its pages"
    case manyPages = "a list had more than two pages"
    // What became of the process.
    case crashAroundCreate = "the process ended beside the making of a document"
    case crashAroundConfirm = "the process ended beside a confirmation"
    case crashAroundPush = "the process ended beside the sending of an order"
    case crashAroundCommit = "the process ended beside a commit of the journal"
    case crashedTwice = "the process ended more than once"
    case jobBrokeOff = "a job was broken off by an error of the other system"
    case parkedHealed = "a record that waited for a person went through after a change"
    case webhookWoke = "a webhook woke a job"
    // What people did.
    case partShippedThenRest = "an order was picked further after a part of it was shipped"
    case unpickedAfterShipping = "goods were put back after they were shipped in the books"
    case reopenedAfterBooking = "an order that was booked was reopened"
    case cancelledAfterWorkBegan = "an order was cancelled after its picking began"
    case backOrdered = "the rest of an order moved to a back order"
    case overReceived = "more was received than was ordered"
    case receiptCorrected = "a receipt was corrected"
    case shippedByHand = "the office shipped past the warehouse"
    case twoConnectionsOnOneOrder = "two connections sent parts of one order"
    case bothSidesInOneSecond = "the shop and the warehouse touched one order in the same second"
    case adjustedTwiceInOneSecond = "one article was adjusted twice in the same second"
    case driftedUnseen = "stock changed behind both systems' backs"
}

/// Which odd states runs came past, and in how many of them.
package struct Coverage: Sendable, Equatable {
    private var runs: [CoverageMark: Int] = [:]

    package init() {}

    /// One run that came past these.
    package init(_ states: some Sequence<CoverageMark>) {
        for state in states { runs[state] = 1 }
    }

    /// In how many runs it was reached.
    package subscript(_ state: CoverageMark) -> Int { runs[state] ?? 0 }

    /// Each with the number of runs, in the order of ``CoverageMark/all``.
    package var counts: [(state: CoverageMark, runs: Int)] { CoverageMark.all.map { ($0, self[$0]) } }

    /// In the order of ``CoverageMark/all``.
    package var never: [CoverageMark] { CoverageMark.all.filter { self[$0] == 0 } }

    package static func += (left: inout Coverage, right: Coverage) {
        left.runs.merge(right.runs, uniquingKeysWith: +)
    }

    /// For people: how many were reached, and a line for each that was not.
    package var lines: [String] {
        let never = never
        let reached = CoverageMark.all.count - never.count
        return ["odd states: \(reached) of \(CoverageMark.all.count) reached" + (never.isEmpty ? "" : "; never:")]
            + never.map { "  \($0.words)" }
    }
}
