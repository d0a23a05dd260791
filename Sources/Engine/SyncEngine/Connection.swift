package import Exchange
package import OngoingClient
package import RackbeatClient
package import SyncCore
package import Trade
package import Units

/// One Rackbeat location joined with one Ongoing goods owner.
package final class Connection {
    package let settings: ConnectionSettings
    /// The locations of the account's other connections.
    let otherLocations: Set<LocationNumber>
    let rackbeat: RackbeatClient
    let ongoing: OngoingClient
    /// What the calls of both clients are counted in.
    let budget: CallBudget

    package init(
        settings: ConnectionSettings, otherLocations: Set<LocationNumber> = [], rackbeat: RackbeatClient, ongoing: OngoingClient,
        budget: CallBudget = CallBudget()
    ) {
        self.budget = budget
        self.settings = settings
        self.otherLocations = otherLocations
        self.rackbeat = rackbeat
        self.ongoing = ongoing
    }

    var name: String { settings.name }

    /// What shapes a mapped value here: settings and profiles together.
    var mapping: MappingContext {
        var context = MappingContext(locations: [settings.location])
        context.taxfulPrice = MappingContext.TaxfulPrice(rawValue: rackbeat.profile["price.taxful"]) ?? .computed
        context.dimensionUnit = MappingContext.DimensionUnit(rawValue: ongoing.profile["dimension_unit"]) ?? .metres
        context.barredProducts = settings.barredProducts
        context.sendsSupplierGroup = settings.sendsSupplierGroup
        context.limits = settings.limits
        context.revivesCancelledNumbers = ongoing.profile["put.cancelled_number"] == "revive"
        context.articleNumbersIgnoreCase = ongoing.profile["article.number_case"] == "ignored"
        return context
    }
}

extension RackbeatClient {
    /// The locations whose lines and stock belong to the connection of this one: itself, and where the profile says so what lies
    /// inside it.
    ///
    /// - Parameter others: The locations of the account's other connections.
    package func locations(inside location: LocationNumber, except others: Set<LocationNumber>) throws -> Set<LocationNumber> {
        guard locationsIncludeChildren else { return [location] }
        return LocationTree.inside(location, parents: try parentLocations(), except: others)
    }
}

/// Something the engine did or noticed, for logs and for checks of what a run came past. Never carries personal data.
package enum EngineEvent: Sendable, Equatable {
    case jobBegan(connection: String, Job)
    case jobEnded(connection: String, Job, summary: String, succeeded: Bool)
    /// An exchange ended a job before its end: the other system cannot be reached, refuses us, or answers what cannot be read.
    case jobFailed(connection: String, Job, ExchangeError)
    /// Nothing is tried again before that moment, because a server asked for a pause or, with `isRefused`, because it does not accept the
    /// credentials.
    case paused(connection: String, Job, until: Moment, isRefused: Bool)
    /// A job turned to one record.
    case turnedTo(connection: String, Job, subject: String)
    /// The machine of a document decided what comes next, in words for people.
    case decided(connection: String, Job, RecordRef, String)
    case pushed(connection: String, Job, subject: String)
    case cancelled(connection: String, Job, subject: String)
    case booked(connection: String, Job, subject: String, document: Int)
    case parked(connection: String, Job, subject: String, reason: String, again: Bool)
    case unparked(connection: String, Job, subject: String)
    /// A value of a record could not be mapped as it stands. The record is sent without it, or with it as it is. Quotes nothing.
    case found(connection: String, Job, subject: String, MappingFinding)
    /// Both systems, or a system and the journal, disagree about a document.
    case disagreed(connection: String, DiscrepancyKind, RecordRef)
    case reached(connection: String, EngineMark)
}

/// Odd turns that a run may take, worth knowing that it took.
package enum EngineMark: String, Sendable, CaseIterable {
    case readBackFoundOurDocument = "a read-back found the document whose response was lost"
    case readBackFoundNothing = "a read-back found nothing"
    case spareDraftRemoved = "a draft that was one too many was removed"
    case draftEdited = "a draft was edited before it was confirmed"
    case confirmationFoundDone = "a confirmation with unknown outcome turned out to be done"
    case pushFoundDone = "a push with unknown outcome turned out to be done"
    case stockMovedBeforeBooking = "stock moved between reading and booking"
    case shortfallMadeGood = "what fell between reading and booking was made good"
    case scanBegunAnew = "a scan was begun anew because rows had gone"
    case numberGivenUp = "a cancelled number was given up for a new one"
    case cancelRefused = "the warehouse refused to cancel"
    case circuitOpened = "a connection was paused because its credentials were refused"
    case recordDeferred = "a record is to be tried again later"
    case clockSetBack = "another system's clock was set back, and more was read again"
    case gaveUpWaiting = "a record that was retried for long began to need a person"
    case roundEndedByBudget = "a round about one record ended because it repeated too many calls"
    case recordWoken = "a parked record was tried again because what it waited for had come"
    case sweepMade = "everything was read again"
    case negativeDifferenceFlagged = "less was done than is booked"
    case orderAlreadyGone = "an order to cancel was already gone"
    case journalWasBehind = "the journal was behind both systems, and took over what is booked"
    case journalContradicted = "the journal and both systems said different things of what is booked"
    case disagreementFound = "both systems disagreed about a document"
}
