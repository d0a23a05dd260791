import SyncCore
import Trade
import Units

enum Content: String, CaseIterable {
    case a, b
    var fingerprint: Fingerprint { Fingerprint(text: rawValue) }
    /// The lines of `b` are what may be left of `a`.
    var lines: [PushedLine] {
        [PushedLine(row: LineID("1"), item: ItemNumber("CHAIR"), quantity: Quantity(self == .a ? "5" : "3")!)]
    }
}

enum Event: CustomStringConvertible {
    case wanted(Content)
    case unwanted
    case done(Content)
    case resend, reopened
    /// The warehouse was seen to hold something else, and Rackbeat wants `a`, or nothing.
    case seen(Seen, isWanted: Bool)
    /// A person retries it.
    case retried
    static let all: [Event] =
        [.wanted(.a), .wanted(.b), .unwanted, .done(.b), .resend, .reopened]
        + Seen.allCases.map { .seen($0, isWanted: true) } + [.seen(.cancelled, isWanted: false), .seen(.gone, isWanted: false)]
        + [.retried]
    var description: String {
        switch self {
        case .wanted(let content): "wanted \(content.rawValue)"
        case .unwanted: "unwanted"
        case .done(let content): "done \(content.rawValue)"
        case .resend: "resend"
        case .reopened: "reopened"
        case .seen(let seen, let isWanted): "seen \(seen.rawValue), \(isWanted ? "wanted a" : "unwanted")"
        case .retried: "retried, wanted a"
        }
    }
}

/// What the warehouse shows of a document by its id.
enum Seen: String, CaseIterable {
    case cancelled, renumbered, edited
    case editedAndBegun = "edited and begun"
    case gone
    case goneAndBooked = "gone and booked"
}

struct Start {
    var name: String
    var state: DocumentPush.State
    var hasID = true

    static let all: [Start] = {
        let (a, b) = (Fingerprint(text: "a"), Fingerprint(text: "b"))
        let known = HeldContent(a)
        let fresh = Duration.seconds(10)
        var all = [
            Start(name: "nothing", state: .nothing),
            Start(name: "held a", state: .held(known)),
            Start(name: "held unknown", state: .held(HeldContent(nil))),
            Start(name: "held a requested", state: .held(HeldContent(a, cancelRequested: true))),
            Start(name: "cancelled", state: .cancelled),
            Start(name: "cancelled by the warehouse", state: .cancelledByWarehouse(isToBeResent: false)),
            Start(name: "to be resent", state: .cancelledByWarehouse(isToBeResent: true)),
        ]
        for (age, word) in [(fresh, "fresh"), (Duration.seconds(300), "over")] {
            let since = Moment(milliseconds: 1_000_000_000) - age
            all += [
                Start(name: "sending a first \(word)", state: .sending(a, over: nil, since: since), hasID: false),
                Start(name: "sending b over a \(word)", state: .sending(b, over: known, since: since)),
                Start(name: "cancelling a \(word)", state: .cancelling(.held(known), since: since)),
                Start(name: "cancelling sending a first \(word)", state: .cancelling(.sending(a, over: nil), since: since)),
                Start(name: "unseen \(word)", state: .cancelUnseen(sending: nil, since: since)),
            ]
        }
        return all
    }()
}
