import Units

/// Whatever disagrees when a round of the engine ends is parked, until somebody acts or until it is retried.
package struct NothingSilent: Invariant {
    package static let id = "nothing-silent"
    package static let statement =
        "Whatever both sides disagree about when a round ends is parked or waits for a retry; otherwise an order is lost until "
        + "somebody happens to look for it."

    package init() {}

    package func judge(_ evidence: Evidence) -> Verdict {
        Verdict(
            evidence.firstFindings({ $0 == .roundEnded }) { look in
                "When a round ended, at \(look.time.iso(in: .utc)), nothing was parked or to be retried that says:"
            })
    }
}
