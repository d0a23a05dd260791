import Invariants
import Units

/// For build servers and for browsers.
extension Audit {
    /// One suite for each connection, one case for each invariant. An undecided one is skipped, with the reason.
    package var junit: String { JUnitDocument(name: "tandem audit", suites: connections.map(Self.suite)).text }

    private static func suite(_ result: ConnectionResult) -> JUnitDocument.Suite {
        let name = result.connection
        let problem = result.problem.map {
            JUnitDocument.Case(className: name, name: "read both systems", .error(type: "unread", message: $0, text: $0))
        }
        return JUnitDocument.Suite(
            name: name,
            cases: [problem].compactMap(\.self)
                + result.sections.map { section in
                    JUnitDocument.Case(className: name, name: section.section.invariant.id, verdict(section))
                })
    }

    private static func verdict(_ section: SectionResult) -> JUnitDocument.Verdict {
        switch section.verdict {
        case .holds: return .passed
        case .undecided(let why): return .skipped(why)
        case .broken(let findings):
            let first = findings.first.map { "\($0.subject): \($0.sentence)" } ?? ""
            return .failure(
                type: section.section.invariant.id, message: first, text: lines(of: section).joined(separator: "\n"))
        }
    }

    private static func lines(of section: SectionResult) -> [String] {
        section.verdict.findings.flatMap { finding in
            ["\(finding.subject): \(finding.sentence)"]
                + [("expected", finding.expected), ("Rackbeat", finding.rackbeatHolds), ("Ongoing", finding.ongoingHolds)]
                .compactMap { name, text in text.map { "  \(name): \($0)" } }
        } + ["harm: \(section.section.harm)", "remedy: \(section.section.remedy)"]
    }

    /// A page that needs nothing else.
    package var html: String {
        var body = "<h1>Tandem audit</h1><p>\(summary.escapedForMarkup)</p>"
        if let since { body += "<p>Only documents that changed since \(since) were judged.</p>" }
        for result in connections {
            body += "<h2>Connection \(result.connection.escapedForMarkup)</h2>"
            if let problem = result.problem {
                body += "<p class=broken>Not audited: \(problem.escapedForMarkup)</p>"
                continue
            }
            body += "<table><tr><th>invariant<th>verdict<th>findings<th>pending<th>statement</tr>"
            for section in result.sections {
                body +=
                    "<tr><td>\(section.section.title.escapedForMarkup)<td class=\(section.verdict.word)>\(section.verdict.word)"
                    + "<td>\(section.verdict.findings.count)<td>\(section.pending.count)"
                    + "<td>\((section.verdict.reason ?? section.section.invariant.statement).escapedForMarkup)</tr>"
            }
            body += "</table>"
            for section in result.sections where !section.verdict.findings.isEmpty {
                body += "<h3>\(section.section.title.escapedForMarkup)</h3><p>Harm: \(section.section.harm.escapedForMarkup)<br>"
                body += "Remedy: \(section.section.remedy.escapedForMarkup)</p>"
                body += "<table><tr><th>document<th>finding<th>expected<th>Rackbeat<th>Ongoing</tr>"
                for finding in section.verdict.findings { body += "<tr>" + cells(finding) + "</tr>" }
                body += "</table>"
            }
            let pending = result.sections.flatMap(\.pending)
            guard !pending.isEmpty else { continue }
            body += "<h3>pending</h3><table><tr><th>document<th>finding<th>expected<th>Rackbeat<th>Ongoing<th>why</tr>"
            for pending in pending { body += "<tr>\(cells(pending.finding))<td>\(pending.why.escapedForMarkup)</tr>" }
            body += "</table>"
        }
        return """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Tandem audit</title><style>
            body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:72em;padding:0 1em}
            table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.3em .6em;text-align:left;vertical-align:top}
            .holds{color:#176b2c}.broken{color:#a1161b;font-weight:600}.undecided{color:#8a5a00}
            @media (prefers-color-scheme:dark){body{background:#16181b;color:#e6e6e6}td,th{border-color:#3a3f45}
            .holds{color:#6cc783}.broken{color:#ff8a80}.undecided{color:#e0b050}}
            </style><body>\(body)</body></html>

            """
    }

    private func cells(_ finding: Finding) -> String {
        [finding.subject, finding.sentence, finding.expected ?? "", finding.rackbeatHolds ?? "", finding.ongoingHolds ?? ""]
            .map { "<td>" + $0.escapedForMarkup }.joined()
    }
}
