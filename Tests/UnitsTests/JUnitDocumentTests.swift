import Foundation
import Testing

@testable import Units

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite struct JUnitDocumentTests {
    private static let document = JUnitDocument(
        name: "all <of> it",
        suites: [
            .init(
                name: "orders",
                cases: [
                    .init(className: "orders", name: "holds", time: .milliseconds(1_234_567), .passed),
                    .init(className: "orders", name: "skipped", .skipped("no \"right\"")),
                    .init(
                        className: "orders", name: "broken", time: .milliseconds(5),
                        .failure(type: "a", message: "b & c", text: "d\ne"), output: "more"),
                    .init(className: "orders", name: "unread", .error(type: "a", message: "b", text: "c")),
                ]), .init(name: "empty", cases: []),
        ])

    @Test func itHasThisForm() {
        #expect(
            Self.document.text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="all &lt;of&gt; it" tests="4" failures="1" errors="1" time="1234.572">
                  <testsuite name="orders" tests="4" failures="1" errors="1" skipped="1" time="1234.572">
                    <testcase classname="orders" name="holds" time="1234.567"/>
                    <testcase classname="orders" name="skipped" time="0.000">
                      <skipped message="no &quot;right&quot;"/>
                    </testcase>
                    <testcase classname="orders" name="broken" time="0.005">
                      <failure type="a" message="b &amp; c">d
                e</failure>
                      <system-out>more</system-out>
                    </testcase>
                    <testcase classname="orders" name="unread" time="0.000">
                      <error type="a" message="b">c</error>
                    </testcase>
                  </testsuite>
                  <testsuite name="empty" tests="0" failures="0" errors="0" skipped="0" time="0.000">
                  </testsuite>
                </testsuites>

                """)
    }

    /// What Jenkins' `junit-10.xsd` and Surefire's `surefire-test-report.xsd` both allow and demand, element by element.
    private static let schema: [String: (parent: String, required: Set<String>, optional: Set<String>)] = [
        "testsuites": ("", [], ["name", "time", "tests", "failures", "errors"]),
        "testsuite": ("testsuites", ["name", "tests", "failures", "errors", "skipped"], ["time"]),
        "testcase": ("testsuite", ["name", "classname", "time"], []),
        "skipped": ("testcase", [], ["message"]),
        "failure": ("testcase", ["type"], ["message"]),
        "error": ("testcase", ["type"], ["message"]),
        "system-out": ("testcase", [], []),
    ]

    @Test func bothSchemasAllowIt() throws {
        let reader = SchemaReader(schema: Self.schema)
        let parser = XMLParser(data: Data(Self.document.text.utf8))
        parser.delegate = reader
        #expect(parser.parse())
        #expect(reader.problems == [])
        #expect(reader.seen == Set(Self.schema.keys))
    }

    private final class SchemaReader: NSObject, XMLParserDelegate {
        let schema: [String: (parent: String, required: Set<String>, optional: Set<String>)]
        var open: [String] = []
        var seen: Set<String> = []
        var problems: [String] = []

        init(schema: [String: (parent: String, required: Set<String>, optional: Set<String>)]) { self.schema = schema }

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            defer { open.append(name) }
            seen.insert(name)
            guard let rule = schema[name] else { return problems.append("<\(name)> is in no schema") }
            if open.last ?? "" != rule.parent { problems.append("<\(name)> in <\(open.last ?? "")>") }
            let names = Set(attributes.keys)
            problems += rule.required.subtracting(names).map { "<\(name)> without \($0)" }
            problems += names.subtracting(rule.required).subtracting(rule.optional).map { "<\(name)> with \($0)" }
            if let time = attributes["time"], time.wholeMatch(of: /[0-9]+\.[0-9]{3}/) == nil {
                problems.append("time \(time)")
            }
        }

        func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
            open.removeLast()
        }
    }
}
