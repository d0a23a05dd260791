/// Results for build servers, as XML in the form that JUnit's reporters made common.
///
/// There is no one schema. What is written here is valid by both that tools check against: Jenkins' `junit-10.xsd` and, suite by
/// suite, Maven Surefire's `surefire-test-report.xsd`. Both allow no other attribute of a case than these.
package struct JUnitDocument {
    package enum Verdict {
        case passed
        case skipped(String)
        /// What was to be shown does not hold.
        case failure(type: String, message: String, text: String)
        /// It could not be looked at.
        case error(type: String, message: String, text: String)
    }

    package struct Case {
        package var className: String
        package var name: String
        package var time: Duration
        package var verdict: Verdict
        /// More about it; empty: nothing.
        package var output: String

        package init(className: String, name: String, time: Duration = .zero, _ verdict: Verdict, output: String = "") {
            self.className = className
            self.name = name
            self.time = time
            self.verdict = verdict
            self.output = output
        }
    }

    package struct Suite {
        package var name: String
        package var cases: [Case]

        package init(name: String, cases: [Case]) {
            self.name = name
            self.cases = cases
        }
    }

    private let name: String
    private let suites: [Suite]

    package init(name: String, suites: [Suite]) {
        self.name = name
        self.suites = suites
    }

    package var text: String {
        var lines = [#"<?xml version="1.0" encoding="UTF-8"?>"#]
        // The outermost element has no count of skipped cases in either schema.
        lines.append("<testsuites\(Self.attributes(name, suites.flatMap(\.cases), countsSkipped: false))>")
        for suite in suites {
            lines.append("  <testsuite\(Self.attributes(suite.name, suite.cases, countsSkipped: true))>")
            lines += suite.cases.flatMap(Self.lines)
            lines.append("  </testsuite>")
        }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func attributes(_ name: String, _ cases: [Case], countsSkipped: Bool) -> String {
        let skipped = countsSkipped ? #" skipped="\#(cases.count { $0.verdict.element == "skipped" })""# : ""
        return #" name="\#(name.escapedForMarkup)" tests="\#(cases.count)""#
            + #" failures="\#(cases.count { $0.verdict.element == "failure" })""#
            + #" errors="\#(cases.count { $0.verdict.element == "error" })"\#(skipped)"#
            + #" time="\#(seconds(cases.reduce(.zero) { $0 + $1.time }))""#
    }

    private static func lines(of testCase: Case) -> [String] {
        let open =
            #"    <testcase classname="\#(testCase.className.escapedForMarkup)" name="\#(testCase.name.escapedForMarkup)""#
            + #" time="\#(seconds(testCase.time))""#
        var inner: [String] = []
        switch testCase.verdict {
        case .passed: break
        case .skipped(let why): inner.append(#"<skipped message="\#(why.escapedForMarkup)"/>"#)
        case .failure(let type, let message, let text), .error(let type, let message, let text):
            let element = testCase.verdict.element
            inner.append(
                #"<\#(element) type="\#(type.escapedForMarkup)" message="\#(message.escapedForMarkup)">"#
                    + text.escapedForMarkup + "</\(element)>")
        }
        if !testCase.output.isEmpty { inner.append("<system-out>\(testCase.output.escapedForMarkup)</system-out>") }
        guard !inner.isEmpty else { return [open + "/>"] }
        return [open + ">"] + inner.map { "      " + $0 } + ["    </testcase>"]
    }

    /// With three decimals, as Surefire's schema wants them.
    private static func seconds(_ duration: Duration) -> String {
        let milliseconds = duration.milliseconds
        return "\(milliseconds / 1000).\(zeroPadded(milliseconds % 1000, 3))"
    }
}

extension JUnitDocument.Verdict {
    fileprivate var element: String {
        switch self {
        case .passed: ""
        case .skipped: "skipped"
        case .failure: "failure"
        case .error: "error"
        }
    }
}
