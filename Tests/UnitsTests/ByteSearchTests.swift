import Testing
import Units

struct ByteSearchTests {
    @Test(
        arguments: [
            ("pages", "pages", 0, 0), ("a pages", "pages", 0, 2), ("aaab", "aab", 0, 1), ("abab", "ab", 1, 2),
            ("abab", "ab", 3, nil),
            ("ab", "abc", 0, nil), ("", "a", 0, nil), ("abc", "", 0, 0), ("abd", "abc", 0, nil),
        ] as [(String, String, Int, Int?)])
    func theFirstPlaceIsFound(_ text: String, _ part: String, _ start: Int, _ place: Int?) {
        #expect(Array(text.utf8).firstIndex(of: Array(part.utf8), from: start) == place)
    }

    @Test func itIsThereOrNot() {
        #expect(Array("Bearer s3cret".utf8).contains(bytes: Array("s3cret".utf8)))
        #expect(!Array("Bearer s3cre".utf8).contains(bytes: Array("s3cret".utf8)))
    }
}
