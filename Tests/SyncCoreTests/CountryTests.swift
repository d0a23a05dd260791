import Testing

@testable import SyncCore

struct CountryTests {
    /// The whole of ISO 3166-1, written down apart from the table, so that a country lost from it is noticed.
    private static let assigned = """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY \
        BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK \
        FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR \
        IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK \
        ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM \
        PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF \
        TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """.split(separator: " ").map(String.init)

    @Test func everyAssignedCodeIsItsOwnCountryInAnyLetterCase() {
        #expect(Self.assigned.count == 249)
        for code in Self.assigned {
            #expect(Country.code(for: code) == code)
            #expect(Country.code(for: " \(code.lowercased())\t") == code)
        }
    }

    @Test func theTableHoldsEveryAssignedCodeOnceAndNoOther() {
        #expect(Country.entries.map(\.alpha2).sorted() == Self.assigned)
        #expect(Set(Country.entries.map(\.alpha3)).count == Self.assigned.count)
    }

    /// Pairs that are easily taken for one another.
    @Test(arguments: [
        ("AUT", "AT"), ("AUS", "AU"), ("CHE", "CH"), ("CHN", "CN"), ("SVN", "SI"), ("SVK", "SK"), ("IRL", "IE"), ("IRN", "IR"),
        ("ISL", "IS"), ("ISR", "IL"), ("NER", "NE"), ("NGA", "NG"), ("PRK", "KP"), ("KOR", "KR"), ("COD", "CD"), ("COG", "CG"),
        ("EST", "EE"), ("ESP", "ES"), ("LVA", "LV"), ("LTU", "LT"), ("DNK", "DK"), ("usa", "US"),
    ])
    func anAlpha3CodeIsUnderstood(alpha3: String, alpha2: String) {
        #expect(Country.code(for: alpha3) == alpha2)
    }

    /// A name may be a word of another language, and a folded one the name of a neighbour. Such a spelling is refused
    /// when it is looked up, so it would sit in the table without ever being understood.
    @Test func noSpellingStandsForTwoCountries() {
        let contradictions = Country.countriesBySpelling(of: Country.entries).filter { $0.value.count > 1 }
        #expect(contradictions.isEmpty, "\(contradictions.keys.sorted())")
    }

    /// Shows that the check above can fail, by folded spellings too.
    @Test func twoCountriesUnderOneFoldedSpellingAreAContradiction() {
        let entries = [
            Country.Entry(alpha2: "AA", alpha3: "AAA", names: [["Rødland"]]),
            Country.Entry(alpha2: "BB", alpha3: "BBB", names: [["Rodland"]]),
        ]
        let countries = Country.countriesBySpelling(of: entries)
        #expect(countries["rodland"] == ["AA", "BB"])
        #expect(countries["rødland"] == ["AA"])
    }

    @Test func everyNameOfTheTableIsUnderstood() {
        for entry in Country.entries {
            #expect(!entry.names[0].isEmpty, "\(entry.alpha2) has no English name")
            for text in [entry.alpha3] + entry.names.joined() {
                #expect(Country.code(for: text) == entry.alpha2, "\(text)")
            }
        }
    }

    @Test func theCountriesADanishCompanyTradesWithHaveNamesInEveryLanguage() {
        let named = Country.entries.filter { entry in
            entry.names.count == Country.languages.count && entry.names.allSatisfy { !$0.isEmpty }
        }.map(\.alpha2)
        let partners = """
            AD AL AT AX BA BE BG BY CH CY CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK \
            MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA AE AU BD BR CA CL CN EG GL HK ID IL IN JP KR MA MX MY NZ PH PK SA \
            SG TH TN TR TW US VN ZA
            """.split(separator: " ").map(String.init)
        #expect(Set(partners).subtracting(named).sorted() == [])
    }

    @Test(arguments: [
        ("English", "Denmark", "DK"), ("English", "United Kingdom", "GB"), ("English", "UK", "GB"),
        ("English", "Great Britain", "GB"), ("English", "Scotland", "GB"), ("English", "USA", "US"),
        ("English", "United States of America", "US"), ("English", "Holland", "NL"), ("English", "The Netherlands", "NL"),
        ("English", "Czechia", "CZ"), ("English", "Czech Republic", "CZ"), ("English", "South Korea", "KR"),
        ("English", "Korea, Republic of", "KR"), ("English", "North Korea", "KP"), ("English", "Russia", "RU"),
        ("English", "Viet Nam", "VN"), ("English", "Ivory Coast", "CI"), ("English", "Papua New Guinea", "PG"),
        ("English", "Niger", "NE"), ("English", "Nigeria", "NG"), ("English", "Dominica", "DM"),
        ("English", "Dominican Republic", "DO"), ("English", "Samoa", "WS"), ("English", "American Samoa", "AS"),
        ("English", "Virgin Islands (British)", "VG"), ("English", "Congo-Brazzaville", "CG"),
        ("Danish", "Danmark", "DK"), ("Danish", "Østrig", "AT"), ("Danish", "Færøerne", "FO"), ("Danish", "Grønland", "GL"),
        ("Danish", "Storbritannien", "GB"), ("Danish", "Tjekkiet", "CZ"), ("Danish", "Grækenland", "GR"),
        ("Danish", "Nederlandene", "NL"), ("Danish", "Letland", "LV"), ("Danish", "De Forenede Stater", "US"),
        ("Danish", "Kina", "CN"), ("Danish", "Tyrkiet", "TR"), ("Danish", "Elfenbenskysten", "CI"),
        ("Swedish", "Sverige", "SE"), ("Swedish", "Österrike", "AT"), ("Swedish", "Färöarna", "FO"),
        ("Swedish", "Vitryssland", "BY"), ("Swedish", "Nederländerna", "NL"), ("Swedish", "Ungern", "HU"),
        ("Swedish", "Förenta staterna", "US"), ("Swedish", "Sydkorea", "KR"), ("Swedish", "Nya Zeeland", "NZ"),
        ("Norwegian", "Norge", "NO"), ("Norwegian", "Noreg", "NO"), ("Norwegian", "Østerrike", "AT"),
        ("Norwegian", "Sveits", "CH"), ("Norwegian", "Færøyene", "FO"), ("Norwegian", "Hellas", "GR"),
        ("Norwegian", "Tsjekkia", "CZ"), ("Norwegian", "Spania", "ES"), ("Norwegian", "Sør-Afrika", "ZA"),
        ("Finnish", "Suomi", "FI"), ("Finnish", "Tanska", "DK"), ("Finnish", "Ruotsi", "SE"), ("Finnish", "Saksa", "DE"),
        ("Finnish", "Viro", "EE"), ("Finnish", "Itävalta", "AT"), ("Finnish", "Iso-Britannia", "GB"),
        ("Finnish", "Yhdysvallat", "US"), ("Finnish", "Venäjä", "RU"), ("Finnish", "Kreikka", "GR"),
        ("Finnish", "Ahvenanmaa", "AX"), ("Finnish", "Etelä-Afrikka", "ZA"),
        ("German", "Deutschland", "DE"), ("German", "Österreich", "AT"), ("German", "Großbritannien", "GB"),
        ("German", "Dänemark", "DK"), ("German", "Niederlande", "NL"), ("German", "Frankreich", "FR"),
        ("German", "Weißrussland", "BY"), ("German", "Griechenland", "GR"), ("German", "Vereinigte Staaten", "US"),
        ("German", "Türkei", "TR"), ("German", "Färöer", "FO"),
    ])
    func aNameIsUnderstoodInItsLanguage(language: String, name: String, code: String) {
        #expect(Country.code(for: name) == code, "\(language)")
    }

    @Test(arguments: [
        ("Oestrig", "AT"), ("Ostrig", "AT"), ("OSTERREICH", "AT"), ("Oesterreich", "AT"), ("Österrike", "AT"),
        ("Faeroeerne", "FO"), ("Faroerne", "FO"), ("Faroarna", "FO"), ("Groenland", "GL"), ("Gronland", "GL"),
        ("Aaland", "AX"), ("Aland", "AX"), ("Daenemark", "DK"), ("Danemark", "DK"), ("Tuerkei", "TR"), ("Turkei", "TR"),
        ("Turkiye", "TR"), ("Grossbritannien", "GB"), ("GROSSBRITANNIEN", "GB"), ("Itavalta", "AT"), ("Itaevalta", "AT"),
        ("Cote d'Ivoire", "CI"), ("Reunion", "RE"), ("Curacao", "CW"), ("Rumaenien", "RO"), ("Rumänien", "RO"),
        // A letter and a combining diaeresis, as a file from a Mac has it.
        ("O\u{308}sterreich", "AT"),
        // The neighbour's letter on one's own keyboard.
        ("Østerreich", "AT"), ("Färøerne", "FO"),
    ])
    func aDiacriticMayBeWrittenPlainly(name: String, code: String) {
        #expect(Country.code(for: name) == code)
    }

    @Test(arguments: [
        ("  danmark ", "DK"), ("DANMARK.", "DK"), ("D.K.", "DK"), ("u.s.a.", "US"), ("dnk", "DK"), ("(DK)", "DK"),
        ("United   Kingdom", "GB"), ("United\u{A0}Kingdom", "GB"), ("the UK", "GB"), ("Den Dominikanske Republik", "DO"),
        ("dominikanske republik", "DO"), ("Cote d’Ivoire", "CI"), ("Saudi Arabien", "SA"), ("Saudi-Arabien", "SA"),
        ("Guinea Bissau", "GW"), ("St. Lucia", "LC"), ("Saint Lucia", "LC"), ("S:t Lucia", "LC"),
        ("Trinidad & Tobago", "TT"), ("Trinidad og Tobago", "TT"), ("Trinidad und Tobago", "TT"),
        // Alone, these words are codes and not a conjunction, an article or a saint.
        ("and", "AD"), ("de", "DE"), ("st", "ST"),
    ])
    func marksSpacesAndSmallWordsDoNotMatter(text: String, code: String) {
        #expect(Country.code(for: text) == code)
    }

    @Test(arguments: [
        "", " ", ".", "-", "&", "Narnia", "12", "D", "DKK", "XX", "ZZZ", "N/A", "8000 Aarhus", "Danmarkk", "Denmark DK",
        "Europe", "Saint", "the",
        // Names that do not say which country is meant.
        "Congo", "Kongo", "Korea", "Virgin Islands", "Amerika", "DE DK",
        // ISO 3166-1 assigns no code.
        "Kosovo", "XK", "EU", "SU", "Yugoslavia",
    ])
    func anUnknownTextIsNotGuessed(text: String) {
        #expect(Country.code(for: text) == nil)
    }
}
