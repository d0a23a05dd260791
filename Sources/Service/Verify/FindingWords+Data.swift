import SyncCore
import Units

/// What the first round would meet: data, stock, and how much there is.
extension ReadinessFinding {
    var dataWords: FindingWords? {
        switch kind {
        case .wouldBePut(let articles, let orders, let purchaseOrders):
            return FindingWords(
                "\(counted(articles, "article")), \(counted(orders, "order")), \(counted(purchaseOrders, "purchase order")) would be sent to the warehouse"
            )
        case .wouldBeParked(let job, let reason, let remedy, let records):
            return FindingWords(
                "\(counted(records.count, "record")) of \(job.rawValue) would be parked: \(records.text). \(reason)",
                harm: "They do not reach the other system before somebody acts.", remedy: remedy)
        case .mapped(let job, let field, let problem, let records):
            return FindingWords(
                "\(counted(records.count, "record")) of \(job.rawValue) would be sent with another \(field): \(problem) (\(records.text))",
                harm: "The warehouse shows something else than Rackbeat.", remedy: "Correct the field in Rackbeat.")
        case .heldWithOtherContent(let kind, let records):
            return FindingWords(
                "the warehouse has \(counted(records.count, kind.noun)) of the same number already: \(records.text)",
                harm: "The first round writes Rackbeat's content over what stands there.",
                remedy: "Compare them. Where it is another order, change the number of one of the two.")
        case .articlesOfWarehouseOnly(let records):
            return FindingWords(
                "\(counted(records.count, "article")) of the warehouse \(records.count == 1 ? "has" : "have") no product in Rackbeat: \(records.text)",
                harm: "Their stock and adjustments reach nobody.", remedy: "Create the products, or deactivate the articles.")
        case .linesWithoutLocation(let records, let count):
            return FindingWords(
                "\(records.count) of \(counted(count, "order line")) have no location: \(records.text)",
                harm: "Whether the warehouse ships them depends on RB-48 null_line_location.",
                remedy: "Give them a location in Rackbeat, or ask Rackbeat and state 'null_line_location' in 'rackbeat.profile'.")
        case .jobNotTold(let job, let summary):
            return FindingWords(
                "what \(job.rawValue) would do is not known: \(summary)",
                harm: "The first round may do something else than shown here.",
                remedy: "Deal with the cause, then verify again.")
        case .notLookedAt: return FindingWords("not looked at: deal with the failures above, then verify again")
        case .stockEqual(let items):
            return FindingWords("yes: \(counted(items, "item")), all equal")
        case .stockUnderWay(_, let records):
            return FindingWords(
                "yes, later: the difference of \(counted(records.count, "item")) is explained by what is under way: \(records.text)"
            )
        case .stockDiffers(let items, let records):
            return FindingWords(
                "not yet: \(records.count) of \(counted(items, "item")) differ and nothing explains it, Ongoing minus Rackbeat: \(records.text)",
                harm: "Stock sync recreates adjustments only, so that the difference stays.",
                remedy: "Count in the warehouse and correct the side that is wrong, then switch 'stock-sync' on.")
        case .firstRun(let run):
            return FindingWords(
                "about \(run.reads) calls to read and \(run.writes) to write, \(run.duration.forPeople) under the limits")
        default: return nil
        }
    }
}
