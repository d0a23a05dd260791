import Invariants
import Reports
import ScenarioKit
import Testing

@Suite struct ReportTests {
    private static var passed: ScenarioResult {
        var result = ScenarioResult(
            name: "a-partial-pick-ships-what-was-picked",
            path: "Scenarios/outbound/a-partial-pick-ships-what-was-picked.yaml", outcome: .passed, seed: 7)
        (result.exchanges, result.simulated, result.digest) = (34, .seconds(12 * 60), "00000000000000aa")
        return result
    }

    private static var failed: ScenarioResult {
        var result = ScenarioResult(
            name: "a-full-pick", path: "Scenarios/outbound/a-full-pick.yaml", outcome: .failed, seed: 7)
        (result.exchanges, result.simulated, result.digest) = (18, .seconds(300), "00000000000000bb")
        result.variant = "whole_only"
        result.invariantResults = [
            InvariantResult(
                invariant: "shipped-equals-picked",
                statement: "Rackbeat ships what was picked; otherwise a customer pays too much.",
                verdict: .broken([
                    Finding(
                        subject: "order 1042, line 1", sentence: "Rackbeat has shipped more than the warehouse picked.",
                        expected: "3 shipped", rackbeatHolds: "5 shipped", ongoingHolds: "3 picked", exchanges: [12])
                ])),
            InvariantResult(
                invariant: "no-secret-anywhere", statement: "No secret is written; otherwise anybody can read it.",
                verdict: .undecided("no secrets")),
        ]
        result.failedExpectations = [
            FailedExpectation(expectation: "rackbeat.shipments", line: 14, expected: "one of 3", found: "one of 5")
        ]
        result.excerpts = [
            ExchangeExcerpt(
                number: 12, after: .milliseconds(300_120), connection: "main",
                request: "rackbeat POST /api/orders/1042/create-shipment", requestBody: #"{"lines":[]}"#, response: "201",
                responseBody: #"{"order_shipment":{"id":700}}"#, fault: "response lost")
        ]
        return result
    }

    private static var unread: ScenarioResult {
        var result = ScenarioResult(name: "broken", path: "Scenarios/orders/broken.yaml", outcome: .error, seed: 0)
        result.problem = "unknown key 'stpes', expected 'steps'"
        (result.line, result.column) = (3, 1)
        return result
    }

    private static var caught: ScenarioResult {
        var result = ScenarioResult(name: "vat-twice", path: "Scenarios/mutants/vat-twice.yaml", outcome: .caught, seed: 7)
        (result.exchanges, result.simulated) = (4, .seconds(1))
        return result
    }

    private static var all: [ScenarioResult] { [passed, failed, unread, caught] }

    /// A terminal shows the end: what is violated comes behind any number of changed runs.
    @Test func failuresComeBehindWhatOnlyChanged() {
        var changed = Self.passed
        changed.outcome = .changed
        let text = TextReport([Self.failed, changed, Self.passed, changed]).details
        let titles = text.split(separator: "\n").filter { $0.hasPrefix("failed ") || $0.hasPrefix("changed a-") }
        #expect(titles.map { $0.prefix(7) } == ["changed", "changed", "failed "])
        #expect(text.hasSuffix("4 scenarios: 1 passed, 1 failed, 2 changed · 120 exchanges in 41m of simulated time\n"))
    }

    @Test func theTextReportHasThisForm() {
        #expect(
            TextReport(Self.all).text == """
                passed  a-partial-pick-ships-what-was-picked  34 exchanges in 12m
                failed  a-full-pick [whole_only]              18 exchanges in 5m
                error   broken
                caught  vat-twice                             4 exchanges in 1 s

                failed a-full-pick [whole_only]
                  Scenarios/outbound/a-full-pick.yaml · seed 7 · digest 00000000000000bb
                  invariant shipped-equals-picked: Rackbeat ships what was picked; otherwise a customer pays too much.
                    order 1042, line 1: Rackbeat has shipped more than the warehouse picked.
                      expected  3 shipped
                      Rackbeat  5 shipped
                      Ongoing   3 picked
                      exchanges #12
                  invariant no-secret-anywhere: No secret is written; otherwise anybody can read it.
                    undecided: no secrets
                  expect rackbeat.shipments (line 14)
                      expected  one of 3
                      found     one of 5
                  exchanges behind these findings
                    #12 at 00:05:00.120  main: rackbeat POST /api/orders/1042/create-shipment
                        sent      {"lines":[]}
                        response  201 {"order_shipment":{"id":700}}
                        fault     response lost
                  to run it again: tandem run Scenarios/outbound/a-full-pick.yaml --variant whole_only

                error broken
                  Scenarios/orders/broken.yaml · seed 0
                  line 3, column 1: unknown key 'stpes', expected 'steps'
                  to run it again: tandem run Scenarios/orders/broken.yaml

                4 scenarios: 1 passed, 1 failed, 1 error, 1 caught · 56 exchanges in 17m 1s of simulated time

                """)
    }

    /// Whoever ran with another seed needs it again.
    @Test func theSeedIsPartOfTheCommandWhenItWasGiven() {
        let text = TextReport([Self.failed], seed: 7).text
        #expect(
            text.contains("  to run it again: tandem run Scenarios/outbound/a-full-pick.yaml --variant whole_only --seed 7\n"))
    }

    @Test func aGoodRunHasOneLineForEachScenarioAndASummary() {
        #expect(
            TextReport([Self.passed]).text == """
                passed  a-partial-pick-ships-what-was-picked  34 exchanges in 12m

                1 scenario: 1 passed · 34 exchanges in 12m of simulated time

                """)
        #expect(TextReport([]).text == "0 scenarios · 0 exchanges in 0 ms of simulated time\n")
    }

    @Test func colourIsOffByDefault() {
        #expect(!TextReport(Self.all).text.contains("\u{1B}"))
        #expect(
            TextReport([Self.passed], isColoured: true).line(for: Self.passed)
                == "\u{1B}[32mpassed\u{1B}[0m  a-partial-pick-ships-what-was-picked  34 exchanges in 12m")
    }

    /// A list of a thousand orders must not hide the failure.
    @Test func aLongBodyIsCutAndItsLengthIsShown() {
        var result = Self.failed
        result.excerpts[0].responseBody = String(repeating: "x", count: 1000)
        let line = TextReport([result]).text.split(separator: "\n").first { $0.contains("response  201") }
        #expect(line == "        response  201 \(String(repeating: "x", count: 240))… (1000 characters)")
    }

    @Test func theJobSummaryIsMarkdownWithoutMarkupFromOutside() {
        var odd = Self.unread
        odd.problem = "a | b\n<img> `c`"
        #expect(
            GitHubReport([Self.passed, odd]).jobSummary == """
                ### tandem run

                2 scenarios: 1 passed, 1 error · 34 exchanges in 12m of simulated time

                | outcome | run | what |
                |---|---|---|
                | error | broken | a \\| b \\<img\\> \\`c\\` |

                """)
        #expect(
            GitHubReport([Self.passed]).jobSummary
                == "### tandem run\n\n1 scenario: 1 passed · 34 exchanges in 12m of simulated time\n")
    }

    @Test func theJUnitReportHasThisForm() {
        #expect(
            JUnitReport([Self.passed, Self.failed, Self.unread]).text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="tandem" tests="3" failures="1" errors="1" time="1020.000">
                  <testsuite name="outbound" tests="2" failures="1" errors="0" skipped="0" time="1020.000">
                    <testcase classname="outbound" name="a-partial-pick-ships-what-was-picked" time="720.000"/>
                    <testcase classname="outbound" name="a-full-pick [whole_only]" time="300.000">
                      <failure type="shipped-equals-picked" message="shipped-equals-picked: order 1042, line 1: Rackbeat has \
                shipped more than the warehouse picked.">  invariant shipped-equals-picked: Rackbeat ships what was picked; otherwise \
                a customer pays too much.
                    order 1042, line 1: Rackbeat has shipped more than the warehouse picked.
                      expected  3 shipped
                      Rackbeat  5 shipped
                      Ongoing   3 picked
                      exchanges #12
                  invariant no-secret-anywhere: No secret is written; otherwise anybody can read it.
                    undecided: no secrets
                  expect rackbeat.shipments (line 14)
                      expected  one of 3
                      found     one of 5
                  exchanges behind these findings
                    #12 at 00:05:00.120  main: rackbeat POST /api/orders/1042/create-shipment
                        sent      {&quot;lines&quot;:[]}
                        response  201 {&quot;order_shipment&quot;:{&quot;id&quot;:700}}
                        fault     response lost</failure>
                      <system-out>Scenarios/outbound/a-full-pick.yaml · seed 7 · digest 00000000000000bb · 18 exchanges in 5m of simulated time</system-out>
                    </testcase>
                  </testsuite>
                  <testsuite name="orders" tests="1" failures="0" errors="1" skipped="0" time="0.000">
                    <testcase classname="orders" name="broken" time="0.000">
                      <error type="error" message="unknown key 'stpes', expected 'steps'">  line 3, column 1: unknown key \
                'stpes', expected 'steps'</error>
                      <system-out>Scenarios/orders/broken.yaml · seed 0 · 0 exchanges in 0 ms of simulated time</system-out>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test func theJSONReportHasThisForm() {
        var small = Self.failed
        small.invariantResults.removeLast()
        small.failedExpectations = []
        small.excerpts = []
        small.variant = ""
        #expect(
            JSONReport([small]).text == """
                {
                  "version": 1,
                  "command": "tandem run",
                  "summary": {
                    "scenarios": 1,
                    "outcomes": {
                      "passed": 0,
                      "failed": 1,
                      "error": 0,
                      "caught": 0,
                      "missed": 0,
                      "changed": 0
                    },
                    "exchanges": 18,
                    "simulatedMilliseconds": 300000
                  },
                  "scenarios": [
                    {
                      "name": "a-full-pick",
                      "path": "Scenarios/outbound/a-full-pick.yaml",
                      "variant": null,
                      "outcome": "failed",
                      "seed": "7",
                      "digest": "00000000000000bb",
                      "simulatedMilliseconds": 300000,
                      "exchanges": 18,
                      "invariants": [
                        {
                          "invariant": "shipped-equals-picked",
                          "statement": "Rackbeat ships what was picked; otherwise a customer pays too much.",
                          "verdict": "broken",
                          "findings": [
                            {
                              "subject": "order 1042, line 1",
                              "sentence": "Rackbeat has shipped more than the warehouse picked.",
                              "expected": "3 shipped",
                              "rackbeat": "5 shipped",
                              "ongoing": "3 picked",
                              "exchanges": [
                                12
                              ]
                            }
                          ]
                        }
                      ]
                    }
                  ]
                }

                """)
    }

    @Test func theGitHubReportHasThisForm() {
        #expect(
            GitHubReport([Self.failed, Self.unread]).text == """
                ::error file=Scenarios/outbound/a-full-pick.yaml,title=a-full-pick [whole_only]%3A shipped-equals-picked::order \
                1042, line 1: Rackbeat has shipped more than the warehouse picked.%0Aexpected: 3 shipped%0ARackbeat: 5 \
                shipped%0AOngoing: 3 picked%0Aseed 7
                ::error file=Scenarios/outbound/a-full-pick.yaml,title=a-full-pick [whole_only]%3A \
                no-secret-anywhere::undecided: no secrets%0Aseed 7
                ::error file=Scenarios/outbound/a-full-pick.yaml,line=14,title=a-full-pick [whole_only]%3A \
                rackbeat.shipments::expected one of 3%0Afound one of 5%0Aseed 7
                ::error file=Scenarios/orders/broken.yaml,line=3,col=1,title=broken%3A error::unknown key 'stpes', \
                expected 'steps'%0Aseed 0
                2 scenarios: 1 failed, 1 error · 18 exchanges in 5m of simulated time

                """)
    }
}
