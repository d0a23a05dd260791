import Exchange
import Testing

@Suite struct ProfileTests {
    private let profile = Profile(
        system: .rackbeat,
        choices: [
            "url_decode_passes": "2", "double_book": "422", "strict_batch_serial": "false", "stock.allow_negative": "plain",
        ])

    @Test func aChoiceIsReadAsTextOrNumberOrSwitch() {
        #expect(profile["stock.allow_negative"] == "plain")
        #expect(profile.int("url_decode_passes") == 2)
        #expect(!profile.isOn("strict_batch_serial"))
        #expect(!profile.isOn("stock.allow_negative"), "only the text true is on")
    }

    /// The client and the fake each hold a copy, so that a scenario can let the two differ.
    @Test func aChangeMakesAnotherProfileAndLeavesThisOne() {
        let strict = profile.changing(["strict_batch_serial": "true"])
        #expect(strict.isOn("strict_batch_serial"))
        #expect(strict["double_book"] == "422")
        #expect(strict.system == .rackbeat)
        #expect(!profile.isOn("strict_batch_serial"))
        #expect(strict != profile)
        #expect(strict.changing(["strict_batch_serial": "false"]).all.map(\.choice) == profile.all.map(\.choice))
    }

    /// Whoever writes the default down has looked; whoever writes nothing has not.
    @Test func aChoiceThatIsWrittenDownIsConfirmed() {
        #expect(!profile.isConfirmed("double_book"))
        #expect(profile.changing(["double_book": "422"]).isConfirmed("double_book"))
        #expect(!profile.changing(["double_book": "422"]).isConfirmed("stock.allow_negative"))
    }

    /// A report lists them, and a report repeats to the byte.
    @Test func theChoicesAreListedByKey() {
        #expect(
            profile.all.map { "\($0.key)=\($0.choice)" } == [
                "double_book=422", "stock.allow_negative=plain", "strict_batch_serial=false", "url_decode_passes=2",
            ])
    }

    /// A misspelt key must not pass for an assumption that was never made.
    @Test func askingForAKeyThatIsNotInTheLedgerIsADefect() async {
        await #expect(processExitsWith: .failure) {
            _ = Profile(system: .ongoing, choices: ["line_price": "total"])["line_prise"]
        }
        await #expect(processExitsWith: .failure) {
            _ = Profile(system: .ongoing, choices: ["line_price": "total"]).int("line_price")
        }
    }
}
