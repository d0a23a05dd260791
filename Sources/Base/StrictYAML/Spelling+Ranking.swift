package import Units

extension Spelling {
    /// The names, the nearest first: those that share most words with it, then those that share most letters.
    package static func ranked(_ names: [String], by name: String) -> [String] {
        func words(_ text: String) -> [Substring] { text.lowercased()[...].split { !$0.isLetter && !$0.isNumber } }
        let (known, pairs) = (Set(words(name)), pairs(of: name))
        let rated = names.enumerated().map { place, candidate in
            (
                words: words(candidate).count(where: known.contains),
                pairs: self.pairs(of: candidate).count(where: pairs.contains) * 100 / max(1, candidate.utf8.count), place: place,
                name: candidate
            )
        }
        return rated.sorted { (-$0.words, -$0.pairs, $0.place) < (-$1.words, -$1.pairs, $1.place) }.map(\.name)
    }

    /// Two letters each that stand side by side.
    private static func pairs(of text: String) -> Set<[UInt8]> {
        let letters = Array(text.lowercased().utf8.prefix(64))
        return Set(zip(letters, letters.dropFirst()).map { [$0, $1] })
    }
}
