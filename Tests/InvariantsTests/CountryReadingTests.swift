import SyncCore
import Testing

@testable import Invariants

/// The judge's table of countries and the engine's are two readings of ISO 3166. They share nothing, and agree.
@Suite struct CountryReadingTests {
    @Test func everySpellingOfTheJudgeIsTheEnginesToo() {
        let others = CountryReading.spellings.filter { Country.code(for: $0.spelling) != $0.code }.map {
            "\($0.spelling) \($0.code) \(Country.code(for: $0.spelling) ?? "-")"
        }
        #expect(others == [])
        #expect(CountryReading.spellings.count > 1100)
    }

    @Test func aCodeOutsideTheUsualCountriesIsHeldToItsName() {
        #expect(CountryReading.code(isRight: "NZ", for: "New Zealand"))
        #expect(!CountryReading.code(isRight: "AU", for: "New Zealand"))
        #expect(!CountryReading.code(isRight: nil, for: "NZL"))
        #expect(CountryReading.code(isRight: "NL", for: "The Netherlands"))
        #expect(CountryReading.code(isRight: nil, for: "Utopia"))
        #expect(!CountryReading.code(isRight: "UK", for: "Utopia"))
    }
}
