import Units

/// Both sides agree as soon after a change as the schedule promises, or at once after a webhook.
///
/// What a fault, a pause or a standstill of the engine takes is added: the time counts from their end.
package struct SettledInTime: Invariant {
    package static let id = "settled-in-time"
    package static let statement =
        "Both sides agree within one run of the job after a change, and within seconds of a webhook; otherwise parcels leave a day late "
        + "and goods are sold twice meanwhile."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(
            evidence.firstFindings({ $0 != .roundEnded }) { look in
                switch look.reason {
                case .roundEnded: ""
                case .wasDue(let duration):
                    "At \(look.time.iso(in: .utc)), \(duration.forPeople) after the job was due for it, nothing had dealt with it:"
                case .wasNudged(let duration):
                    "At \(look.time.iso(in: .utc)), \(duration.forPeople) after a webhook asked for the job, nothing had dealt with it:"
                }
            })
    }
}
