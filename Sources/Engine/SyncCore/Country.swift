/// Countries as people write them on orders, read into the codes of ISO 3166-1.
///
/// Rackbeat keeps a country as free text, Ongoing wants a code. A text that could mean two countries is as unknown as
/// one that means none: a parcel sent to the wrong country costs more than a question.
package enum Country {
    /// The ISO 3166-1 alpha-2 code, in capitals, for a code or a name.
    ///
    /// Understood are alpha-2 and alpha-3 codes, English names of all countries, and names in Danish, Swedish,
    /// Norwegian, Finnish and German of Europe and the usual trade partners. Letter case, dots, apostrophes, spaces and
    /// a leading article do not matter, and a diacritic may be written plainly: `Österreich`, `OESTERREICH` and
    /// `Osterreich` are the same country.
    ///
    /// - Parameter text: Any text, such as `dk`, `DNK`, `Danmark` or `The Netherlands`.
    /// - Returns: `nil` when the text is not known. Nothing is guessed from a misspelt name or from a part of one.
    package static func code(for text: String) -> String? {
        if let known = asInTheTable[text] { return known }
        return read(text)
    }

    private static func read(_ text: String) -> String? {
        guard let countries = knownCountries[plain(text)], countries.count == 1 else { return nil }
        return countries.first
    }

    /// Most orders spell their country just as the table does, and every reading of an order reads it again.
    private static let asInTheTable: [String: String] = {
        let texts = entries.flatMap { [$0.alpha2, $0.alpha3] + $0.names.joined() }
        return Dictionary(texts.compactMap { text in read(text).map { (text, $0) } }, uniquingKeysWith: { first, _ in first })
    }()

    private static let knownCountries = countriesBySpelling(of: entries)

    /// Every accepted spelling with the alpha-2 codes it stands for. More than one is a contradiction in the table.
    static func countriesBySpelling(of entries: [Entry]) -> [String: Set<String>] {
        var countries: [String: Set<String>] = [:]
        for entry in entries {
            for text in [entry.alpha2, entry.alpha3] + entry.names.joined() {
                for spelling in spellings(of: plain(text)) { countries[spelling, default: []].insert(entry.alpha2) }
            }
        }
        return countries
    }

    // MARK: What does not matter in a name

    /// The form in which a name of the table and a text from an order are compared.
    private static func plain(_ text: String) -> String {
        var words = text.lowercased().filter { !ignored.contains($0) }
            .split { $0.isWhitespace || separators.contains($0) }.map(String.init)
        // A single word is left alone: AND, DE and ST are codes of Andorra, Germany and São Tomé.
        guard words.count > 1 else { return words.first ?? "" }
        words = words.map { shortWords[$0] ?? $0 }
        if articles.contains(words[0]) { words.removeFirst() }
        return words.joined(separator: " ")
    }

    private static let ignored: Set<Character> = [".", "'", "’", "´", "`"]

    /// `Korea, Republic of` and `Virgin Islands (British)` are as common as the names without the marks, and a hyphen
    /// comes and goes.
    private static let separators: Set<Character> = ["-", "–", ",", "(", ")"]

    /// The Danish and Norwegian `de` is not among them: `DE DK` names two countries, not Denmark.
    private static let articles: Set<String> = ["the", "den", "det", "die"]

    /// One spelling for the words that people shorten.
    private static let shortWords = [
        "and": "&", "og": "&", "och": "&", "ja": "&", "und": "&",
        "saint": "st", "s:t": "st",
    ]

    // MARK: Diacritics

    /// A name with each of its diacritics both as written and in every plain spelling.
    ///
    /// The table is spread out here instead of folding the text that is looked up, since `oe` cannot be folded to `o`
    /// there without also misreading names that really have both letters.
    private static func spellings(of name: String) -> [String] {
        name.reduce([""]) { beginnings, letter in
            let choices = [String(letter)] + (plainLetters[letter] ?? [])
            return beginnings.flatMap { beginning in choices.map { beginning + $0 } }
        }
    }

    /// The Danish and Norwegian letters also stand for the Swedish, Finnish and German ones and the other way round,
    /// because everyone writes the neighbour's names with the letters of their own keyboard.
    private static let plainLetters: [Character: [String]] = [
        "æ": ["ae", "a", "ä"], "ä": ["ae", "a", "æ"],
        "ø": ["oe", "o", "ö"], "ö": ["oe", "o", "ø"],
        "å": ["aa", "a"],
        "ü": ["ue", "u"],
        "ß": ["ss"],
        "é": ["e"], "í": ["i"], "ô": ["o"], "ã": ["a"], "ç": ["c"], "š": ["s"], "ž": ["z"],
    ]
}
