import Simulation

/// What a story may be made of. Each seed switches whole features off, since a bug that needs many of one thing is drowned where
/// everything happens at once.
package struct ExploreOptions: Sendable, Equatable {
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
    }

    package let features: Set<Feature>
    /// How many acts people are to do, as far as there is something to do.
    package let acts: Int

    package init(features: Set<Feature>, acts: Int) {
        self.features = features
        self.acts = acts
    }

    /// Draws what a seed's story may be made of.
    package init(seed: UInt64) {
        var random = Chance(seed: seed).generator(for: "walk: options")
        // Most stories have most features, some have few: both find what the other does not.
        let share = random.pick([30, 50, 70, 85] as [Int64])
        var features: Set<Feature> = []
        for feature in Feature.allCases where feature != .skewedClocks && random.percent(share) { features.insert(feature) }
        acts = random.whole(8...50)
        // A stream of its own: a seed without it tells the story that it told before there was such a thing.
        var clocks = Chance(seed: seed).generator(for: "walk: whether clocks are wrong")
        if clocks.percent(33) { features.insert(.skewedClocks) }
        self.features = features
    }

    package func has(_ feature: Feature) -> Bool { features.contains(feature) }

    /// `42 acts · decimals, back-orders, faults`.
    package var text: String {
        let names = Feature.allCases.filter(features.contains).map(\.rawValue)
        return "\(acts) acts · " + (names.isEmpty ? "nothing beside" : names.joined(separator: ", "))
    }
}
