/// The invariants' own reading of countries: every code of ISO 3166-1, and the names in the languages of the mapping.
///
/// It shares nothing with the engine's table, so that a mistake there is seen here.
enum CountryReading {
    /// Whether a code (`nil`: none) is right for a country in words.
    ///
    /// The engine may know a spelling that the table does not have: then any existing code is right, and none as well.
    static func code(isRight code: String?, for country: String) -> Bool {
        if let expected = self.code(of: country) { return code == expected }
        return code.map { codes.contains($0) } ?? true
    }

    static func code(of country: String) -> String? { countries[plain(country)] ?? nil }

    /// Dots and a leading article do not matter, and neither does how «and» is written.
    private static func plain(_ country: String) -> String {
        let text = country.lowercased().filter { $0 != "." }.replacing(" & ", with: " and ")
        return text.hasPrefix("the ") ? String(text.dropFirst(4)) : text
    }

    private static let rows: [(code: String, spellings: [String])] = table.split(separator: "\n").map { row in
        let columns = row.split(separator: "|")
        let codes = columns[0].split(separator: " ").map(String.init)
        let names = columns[1].split(separator: ";").map { plain(withoutEdges(String($0))) }
        return (codes[0], codes.map { $0.lowercased() } + names)
    }

    private static let codes = Set(rows.map(\.code))

    /// By spelling; `nil` for one that may mean two countries.
    private static let countries: [String: String?] = {
        var countries: [String: String?] = [:]
        for (code, spellings) in rows {
            for spelling in Set(spellings) {
                if let other = countries[spelling], other != code {
                    countries[spelling] = .some(nil)
                } else {
                    countries[spelling] = code
                }
            }
        }
        return countries
    }()

    /// Every spelling of the table with its code, for a test that holds it against the engine's.
    static var spellings: [(spelling: String, code: String)] {
        countries.compactMap { entry in entry.value.map { (spelling: entry.key, code: $0) } }.sorted { $0.spelling < $1.spelling }
    }
}
