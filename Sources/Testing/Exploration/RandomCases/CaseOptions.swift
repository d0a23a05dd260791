import Simulation

/// Which features a random test case may use. Each seed switches some features off (swarm testing): a bug that needs many actions of
/// one kind is seldom found where everything happens at once.
package struct CaseOptions: Sendable, Equatable {
    /// In the order in which they are printed.
    package enum Feature: String, Sendable, CaseIterable {
        case optionalMembers = "optional-members"
        case decimals
        case marks
        case locations
        case foreignLines = "foreign-lines"
        case changes
        case cancellations
        case shortPicks = "short-picks"
        case overPicks = "over-picks"
        case unpicks
        case backOrders = "back-orders"
        case typedLines = "typed-lines"
        case purchases
        case corrections
        case stockSync = "stock-sync"
        case counts
        case productEdits = "product-edits"
        case profiles
        case settings
        case sameSecond = "same-second"
        case webhooks
        case faults
        case crashes
        case restarts
        case skewedClocks = "skewed-clocks"
        /// Pauses of the engine's process, clocks that are set, and lists without an end.
        case disturbances
        // From here on with a stream of their own, so that none changes a seed without it.
        case lineChanges = "line-changes"
        case headerChanges = "header-changes"
        case everyField = "every-field"
        case deletions
        case standstills
        case comparisons
        case listFaults = "list-faults"
        case supplierChanges = "supplier-changes"
        case services
        case productDeletions = "product-deletions"
        case handDrafts = "hand-drafts"
        case stockCounts = "stock-counts"
        case lostAccess = "lost-access"
        case moreSettings = "more-settings"
        // Fewer cases have these: much of what a case does is parked by them.
        case retries
        case handBookings = "hand-bookings"
        case partReopenings = "part-reopenings"
        case rests
        case returns
        case kits
    }

    package let features: Set<Feature>
    /// How many actions people take, as far as any are possible.
    package let actions: Int

    package init(features: Set<Feature>, actions: Int) {
        self.features = features
        self.actions = actions
    }

    /// Draws the features of a seed.
    package init(seed: UInt64) {
        var random = SeededRandom.stream(.options, of: seed)
        // Most cases have most features, some have few: each kind finds bugs that the other does not.
        let share = random.pick([30, 50, 70, 85] as [Int64])
        var features: Set<Feature> = []
        for feature in Feature.allCases where !Self.later.contains(feature) && random.percent(share) { features.insert(feature) }
        actions = random.whole(8...50)
        // Streams of their own, so that these features change no seed without them.
        var clocks = SeededRandom.stream(.clockSkew, of: seed)
        if clocks.percent(33) { features.insert(.skewedClocks) }
        var disturbances = SeededRandom.stream(.isDisturbed, of: seed)
        if disturbances.percent(33) { features.insert(.disturbances) }
        var more = SeededRandom.stream(.moreOptions, of: seed)
        for feature in Self.rare where more.percent(30) { features.insert(feature) }
        for feature in Self.byHand where more.percent(12) { features.insert(feature) }
        self.features = features
    }

    private static let rare: [Feature] = [
        .lineChanges, .headerChanges, .everyField, .deletions, .standstills, .comparisons, .listFaults,
        .supplierChanges, .services, .productDeletions, .handDrafts, .stockCounts, .lostAccess, .moreSettings,
    ]

    static let byHand: [Feature] = [
        .retries, .handBookings, .partReopenings, .rests, .returns, .kits,
    ]

    private static let later = Set(rare + byHand + [.skewedClocks, .disturbances])

    package func has(_ feature: Feature) -> Bool { features.contains(feature) }

    /// `42 actions · decimals, back-orders, faults`.
    package var text: String {
        let names = Feature.allCases.filter(features.contains).map(\.rawValue)
        return "\(actions) actions · " + (names.isEmpty ? "no features" : names.joined(separator: ", "))
    }
}
