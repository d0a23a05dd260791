import Exchange
import HTTPTypes
import Invariants
import Simulation
import Units

/// Reads the coverage marks of a run from what is left of it.
struct CoverageReader {
    private(set) var marks: Set<CoverageMark> = []
    let basePaths = BasePaths()

    mutating func see(_ mark: RunMark) { marks.insert(.run(mark)) }

    // MARK: The process

    mutating func read(_ crashes: [SimulatedCrash]) {
        if crashes.count > 1 { see(.crashedTwice) }
        for crash in crashes {
            switch crash.point {
            case .exchange(_, _, let system, let method, let path):
                switch Call.Purpose(system, method, path.parts(between: "/")) {
                case .create: see(.crashAroundCreate)
                case .confirm: see(.crashAroundConfirm)
                case .push: see(.crashAroundPush)
                case .cancel, .delete, .otherWrite, .read: break
                }
            case .commit: see(.crashAroundCommit)
            case .bug: break
            }
        }
    }

    // MARK: People

    mutating func read(_ actionLog: ActionLog) {
        var touched: [String: (time: Moment, inRackbeat: Bool)] = [:]
        var adjusted: [String: Moment] = [:]
        var booked: Set<String> = []
        var picked: Set<String> = []
        var shipped: Set<String> = []
        for entry in actionLog.entries {
            switch entry.action {
            case .picked(_, let order, _, _, _):
                if shipped.contains(order) { see(.partShippedThenRest) }
                picked.insert(order)
            case .unpicked(_, let order, _, _, _): if shipped.contains(order) { see(.unpickedAfterShipping) }
            case .orderReached(_, let order, let status): if status >= 450 { shipped.insert(order) }
            case .orderBooked(let order, _): booked.insert(order)
            case .orderReopened(let order): if booked.contains(order) { see(.reopenedAfterBooking) }
            case .orderCancelled(let order): if picked.contains(order) { see(.cancelledAfterWorkBegan) }
            case .backOrdered: see(.backOrdered)
            case .receiptCorrected: see(.receiptCorrected)
            case .shippedByHand: see(.shippedByHand)
            case .drifted: see(.driftedUnseen)
            case .adjusted(let owner, let item, _, _):
                let key = "\(owner) \(item)"
                let second = entry.time.truncatedToSecond
                if adjusted[key] == second { see(.adjustedTwiceInOneSecond) }
                adjusted[key] = second
            default: break
            }
            guard let (order, inRackbeat) = Self.side(of: entry.action) else { continue }
            let second = entry.time.truncatedToSecond
            if let other = touched[order], other.time == second, other.inRackbeat != inRackbeat { see(.bothSidesInOneSecond) }
            touched[order] = (second, inRackbeat)
        }
    }

    private static func side(of action: ActionLog.Action) -> (order: String, inRackbeat: Bool)? {
        switch action {
        case .orderBooked(let order, _), .orderReopened(let order), .orderCancelled(let order): (order, true)
        case .picked(_, let order, _, _, _), .unpicked(_, let order, _, _, _), .orderReached(_, let order, _): (order, false)
        default: nil
        }
    }

    // MARK: Both systems

    mutating func read(_ rackbeat: RackbeatSnapshot, _ ongoing: OngoingSnapshot) {
        for shipment in rackbeat.shipments where shipment.shippedAt != nil {
            if shipment.lines.contains(where: { $0.quantity.millionths % 1_000_000 != 0 }) { see(.fractionShipped) }
        }
        for order in ongoing.purchaseOrders {
            if order.lines.contains(where: { $0.moved > $0.quantity }) { see(.overReceived) }
        }
    }
}
