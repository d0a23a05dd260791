/// A finding in words: what is so, what goes wrong with it, what to do.
package struct FindingWords: Sendable, Equatable {
    package let isSo: String
    package let harm: String?
    package let remedy: String?

    init(_ isSo: String, harm: String? = nil, remedy: String? = nil) {
        self.isSo = isSo
        self.harm = harm
        self.remedy = remedy
    }
}

extension ReadinessSection {
    package var title: String {
        switch self {
        case .reach: "reach and rights"
        case .setUp: "set-up"
        case .contract: "contract"
        case .assumptions: "assumptions"
        case .data: "data: what the first round would meet"
        case .stock: "stock: may stock sync be switched on?"
        case .firstRun: "first round"
        case .canary: "canary"
        }
    }
}

extension ReadinessFinding.Records {
    /// `A, B, C and 17 more`
    var text: String {
        first.joined(separator: ", ") + (count > first.count ? " and \(count - first.count) more" : "")
    }
}

extension ReadinessFinding.DocumentKind {
    var noun: String {
        switch self {
        case .order: "order"
        case .purchaseOrder: "purchase order"
        }
    }
}

extension ReadinessFinding {
    /// Each kind has its words in one of the groups.
    package var words: FindingWords {
        reachWords ?? setUpWords ?? assumptionWords ?? contractWords ?? dataWords ?? canaryWords ?? FindingWords(section.title)
    }
}
