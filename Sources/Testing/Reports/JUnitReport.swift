package import ScenarioKit
import Units

/// For build servers: one test case for each run, one suite for each folder.
package struct JUnitReport {
    private let name: String
    private let cases: [ReportedCase]

    package init(_ name: String, _ cases: [ReportedCase]) {
        self.name = name
        self.cases = cases
    }

    package init(_ results: [ScenarioResult]) { self.init("tandem", results.map { ReportedCase($0) }) }

    package var text: String {
        JUnitDocument(
            name: name,
            suites: suites.map { suite in
                JUnitDocument.Suite(
                    name: suite.name,
                    cases: suite.cases.map {
                        JUnitDocument.Case(className: suite.name, name: $0.name, time: $0.time, $0.verdict, output: $0.output)
                    })
            }
        ).text
    }

    /// In the order of the first case of each.
    private var suites: [(name: String, cases: [ReportedCase])] {
        var suites: [(name: String, cases: [ReportedCase])] = []
        var places: [String: Int] = [:]
        for reported in cases {
            if let index = places[reported.suite] {
                suites[index].cases.append(reported)
            } else {
                places[reported.suite] = suites.count
                suites.append((reported.suite, [reported]))
            }
        }
        return suites
    }
}
