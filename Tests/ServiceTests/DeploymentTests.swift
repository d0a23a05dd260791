import Testing

@testable import Service

/// What is printed for other programs: they must be able to read it.
@Suite struct DeploymentTests {
    @Test func theAlertRulesAreYAMLWithOneRuleEach() throws {
        for rule in AlertRules.rules {
            #expect(AlertRules.text.contains("- alert: \(rule.name)\n"))
            #expect(!rule.expression.contains("'"))
        }
        let lines = AlertRules.text.split(separator: "\n")
        #expect(lines.allSatisfy { !$0.contains("\t") })
        #expect(Set(AlertRules.rules.map(\.name)).count == AlertRules.rules.count)
    }

    @Test(arguments: ["tandem", "/usr/local/my tandem", "/usr/local/$x/tandem", "/a;b", "/a\nExecStop=b", "/a\"b"])
    func aBinaryThatSystemdWouldReadAsMoreIsRefused(binary: String) {
        #expect(throws: SystemdUnitProblem.self) { try SystemdUnit(binary: binary) }
    }

    @Test func theUnitStartsTheBinary() throws {
        #expect(try SystemdUnit(binary: "/usr/bin/tandem").text.contains("\nExecStart=/usr/bin/tandem sync --config "))
    }
}
