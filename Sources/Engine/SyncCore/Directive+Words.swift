// What the machines decide, in words for people: after «order 1042: ».

extension DocumentPush.Directive {
    package var words: String {
        switch self {
        case .find: "look it up in the warehouse"
        case .findAgain: "look it up again after a pause"
        case .read: "read it in the warehouse"
        case .readAgain: "read it again after a pause"
        case .compare, .compareHead: "compare what the warehouse shows"
        case .decide: "look up what Rackbeat wants"
        case .ensureArticles: "bring its articles to the warehouse"
        case .put(let isUpdate): isUpdate ? "send it again" : "send it"
        case .cancel: "cancel it in the warehouse"
        case .findRest: "look for a back order of it in the warehouse"
        case .cancelRest: "cancel its back order in the warehouse"
        case .passErrorOn: "end the job with the error of the exchange"
        case .park: "park it"
        case .settle(.unchanged): "settled: the warehouse holds it already"
        case .settle(.sent): "settled: sent"
        case .settle(.cancelled): "settled: cancelled"
        case .settle(.nothing): "settled: nothing to do"
        }
    }
}

extension DocumentPush.Directive {
    /// What is decided of a document of which a list shows nothing new.
    package static let routineWords: Set<String> = [Self.decide.words, Self.settle(.unchanged).words]
}

extension DocumentBooking.Directive {
    package var words: String {
        switch self {
        case .list: "list what is booked in Rackbeat"
        case .listAgain: "list it again after a pause"
        case .create: "create the document in Rackbeat"
        case .edit(let id, _): "edit draft \(id)"
        case .remove: "remove drafts that are one too many"
        case .confirm(let id): "confirm draft \(id)"
        case .read(let id): "read document \(id)"
        case .wait: "not found yet: ask in a later run"
        case .done(let id, _): "booked as document \(id)"
        case .giveUp: "give up and park it"
        }
    }
}

extension AdjustmentBooking.Directive {
    package var words: String {
        switch self {
        case .readStock: "read the stock in Rackbeat"
        case .create(let quantity, let isRelative):
            isRelative ? "create a change by \(quantity)" : "create a count of \(quantity)"
        case .search: "look for adjustments that carry our reason"
        case .delete: "delete adjustments that are one too many"
        case .book(let id): "book draft \(id)"
        case .readLedger: "read the ledger in Rackbeat"
        case .lookLater: "look again in a later run"
        case .done(let id, _, _): "booked as document \(id)"
        case .stop: "booked otherwise than asked: stop until a person has looked"
        case .giveUp: "give up and park it"
        case .beginLater: "begin anew in a later run"
        }
    }
}
