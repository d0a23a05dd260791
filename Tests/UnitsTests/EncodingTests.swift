import Testing

@testable import Units

@Suite struct EncodingTests {
    /// RFC 4648, section 10.
    @Test(
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"), ("ÿÿ>?", "w7/Dvz4/"),
        ]) func base64FollowsTheStandard(text: String, encoded: String)
    {
        #expect(Base64.encode(text) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test func base64MayLackItsPadding() { #expect(Base64.decode("Zm9vYg") == Array("foob".utf8)) }

    @Test(arguments: ["Zm9v!", "Zg==Zg==", "Zg===", "Zm 9v"]) func otherTextIsNotBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    /// The published value of FNV-1a in 64 bits for this text.
    @Test func theHashIsFNV1a() {
        #expect(FNV1a.hash("foobar".utf8) == 0x8594_4171_F739_67E8)
        var hash = FNV1a()
        hash.mix("foo".utf8)
        hash.mix("bar".utf8)
        #expect(hash.digits == "85944171f73967e8")
    }

    @Test func binarySearchFindsTheFirstMatch() {
        let numbers = [1, 3, 3, 5]
        #expect(numbers.partitioningIndex { $0 >= 3 } == 1)
        #expect(numbers.partitioningIndex { $0 >= 6 } == 4)
        #expect(numbers[2...].partitioningIndex { $0 >= 1 } == 2)
        #expect([Int]().partitioningIndex { $0 >= 1 } == 0)
    }

    /// In attributes and in text; what XML 1.0 forbids would make the whole document unreadable.
    @Test func markupIsEscaped() {
        #expect("<b a=\"1\">&amp;".escapedForMarkup == "&lt;b a=&quot;1&quot;&gt;&amp;amp;")
        #expect("a\u{0}\u{1B}\r\u{FFFE}b\n\tæ".escapedForMarkup == "a\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}b\n\tæ")
    }

    @Test(
        arguments: [
            ("orders/1.yaml", "orders/1.yaml"), ("", "''"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("$HOME", "'$HOME'"),
        ])
    func aWordIsQuotedForAShell(word: String, quoted: String) { #expect(word.quotedForShell == quoted) }
}
