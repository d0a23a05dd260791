/// The coverage marks that runs reach, with the number of runs that reach each.
package struct Coverage: Sendable, Equatable {
    private var runs: [CoverageMark: Int] = [:]

    package init() {}

    /// The coverage of one run.
    package init(_ marks: some Sequence<CoverageMark>) {
        for mark in marks { runs[mark] = 1 }
    }

    /// The number of runs that reach a mark.
    package subscript(_ mark: CoverageMark) -> Int { runs[mark] ?? 0 }

    /// In the order of ``CoverageMark/all``.
    package var missing: [CoverageMark] { CoverageMark.all.filter { self[$0] == 0 } }

    package static func += (left: inout Coverage, right: Coverage) {
        left.runs.merge(right.runs, uniquingKeysWith: +)
    }

    /// For people: how many marks were reached, and a line for each that was not.
    package var lines: [String] {
        let missing = missing
        let reached = CoverageMark.all.count - missing.count
        return [
            "coverage marks: \(reached) of \(CoverageMark.all.count) reached" + (missing.isEmpty ? "" : "; not reached:")
        ] + missing.map { "  \($0.words)" }
    }
}
