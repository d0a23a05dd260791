package import SyncEngine

/// A rare state that is worth reaching: a run that reaches it tests what an ordinary day never tests.
package enum CoverageMark: Hashable, Sendable {
    /// Reported by the engine, which alone knows why it did something.
    case engine(EngineMark)
    /// Seen in the exchanges, the ledgers and the action log.
    case run(RunMark)

    /// The marks of the engine, then those of the run, in the order of their declaration.
    package static let all: [CoverageMark] = EngineMark.allCases.map(Self.engine) + RunMark.allCases.map(Self.run)

    /// For people: completes the sentence «a run in which …».
    package var words: String {
        switch self {
        case .engine(let mark): mark.rawValue
        case .run(let mark): mark.rawValue
        }
    }
}

/// The rare states that are visible without the engine, each in the words of ``CoverageMark/words``.
package enum RunMark: String, Sendable, CaseIterable {
    // Requests and responses.
    case limitOnConfirm = "a confirmation gets a 429"
    case limitOnCreate = "the creation of a document gets a 429"
    case limitUntilDate = "a 429 names a date"
    case createResponseLost = "a document is created and the response is lost"
    case confirmResponseLost = "a document is confirmed and the response is lost"
    case pushResponseLost = "an order reaches the warehouse and the response is lost"
    case cancelResponseLost = "an order is cancelled and the response is lost"
    case errorAfterEffect = "a write is carried out and gets a 5xx"
    case idMissing = "the response to a creation has no id"
    case pageInsteadOfResponse = "a write gets a web page with status 200"
    case carriedOutLate = "a write is carried out after its time-out"
    case deliveredTwice = "a write is delivered twice"
    case readWasStale = "a read gets an earlier response again"
    case credentialsRefused = "credentials are refused"
    // Documents.
    case draftReusedAfterLostResponse = "a document is found and confirmed after the response to its creation was lost"
    case draftReusedAfterCrash = "a draft from before a crash is confirmed after it"
    case draftDeleted = "the engine deletes a draft"
    case confirmRefused = "a confirmation is refused"
    case pushRefused = "the warehouse refuses an order"
    case cancelCarriedOut = "an order is cancelled in the warehouse"
    case fractionShipped = "a fraction of a unit is shipped"
    case stockMovedUnderAdjustment = "stock moves between the reading and the booking of an adjustment"
    // Lists.
    case rowMovedBetweenPages = "a row is on two pages of one reading"
    case totalFell = "a list becomes shorter between two of its pages"
    case manyPages = "a list has more than two pages"
    // The process.
    case crashAroundCreate = "the engine crashes next to the creation of a document"
    case crashAroundConfirm = "the engine crashes next to a confirmation"
    case crashAroundPush = "the engine crashes next to the push of an order"
    case crashAroundCommit = "the engine crashes next to a commit of the journal"
    case crashedTwice = "the engine crashes more than once"
    case jobFailed = "a job fails with an error of the other system"
    case parkedRecordFixed = "a parked record goes through after a change"
    case webhookReceived = "a webhook starts a job"
    // People.
    case partShippedThenRest = "an order is picked further after a part was shipped"
    case unpickedAfterShipping = "goods are put back after they were shipped"
    case reopenedAfterBooking = "a booked order is reopened"
    case cancelledAfterWorkBegan = "an order is cancelled after picking started"
    case backOrdered = "a back order takes the rest of an order"
    case overReceived = "more is received than was ordered"
    case receiptCorrected = "a receipt is corrected"
    case shippedByHand = "an order is shipped by hand in Rackbeat"
    case twoConnectionsOnOneOrder = "two connections push parts of one order"
    case bothSidesInOneSecond = "one order changes in Rackbeat and in the warehouse in the same second"
    case adjustedTwiceInOneSecond = "one article is adjusted twice in the same second"
    case driftedUnseen = "stock changes without a document"
}
