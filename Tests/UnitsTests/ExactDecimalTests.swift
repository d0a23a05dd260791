import Testing
import Units

@Suite struct ExactDecimalTests {
    @Test(
        arguments: [
            ("0", "0"), ("1", "1"), ("-1", "-1"), ("42", "42"), ("0.07", "0.07"), ("2.0", "2"), ("2.50", "2.5"),
            ("-0.25", "-0.25"),
            ("0.000001", "0.000001"), ("-0.000001", "-0.000001"), ("79.96", "79.96"), ("10.100000", "10.1"), ("007", "7"),
            ("123456.789012", "123456.789012"), ("-0", "0"), ("-0.0", "0"),
            // Zeros at the end are no decimals, however many there are.
            ("1.0000000", "1"), ("0.1234560000", "0.123456"), ("5.00000000000000000000000000000000000000000000", "5"),
            // Exponents, as JSON allows them.
            ("1e3", "1000"), ("1E3", "1000"), ("1.5e3", "1500"), ("1.5e+3", "1500"), ("25e-1", "2.5"), ("-7e-6", "-0.000007"),
            ("1000e-3", "1"), ("0.0000015e1", "0.000015"), ("0e9999", "0"), ("0e-9999", "0"), ("0.000e5", "0"),
            ("1e00012", "1000000000000"),
            // The bounds: a million million either way, to the millionth.
            ("1000000000000", "1000000000000"), ("-1000000000000", "-1000000000000"), ("1e12", "1000000000000"),
            ("999999999999.999999", "999999999999.999999"), ("0.0000001e1", "0.000001"),
        ] as [(String, String)]) func decimalNotationIsReadExactly(text: String, written: String) throws
    {
        #expect(try #require(ExactDecimal(text)).description == written)
    }

    /// Nothing is rounded on the way in, no prefix is taken for the whole, and nothing overflows.
    @Test(arguments: [
        "", "-", "+1", "--1", ".5", "5.", "-.5", ".", "1.2.3", "1,5", "1 000", " 1", "1 ", "12 pcs", "0x10", "1_000", "١", "NaN",
        "inf",
        "e3", "1e", "1e+", "1e-", "1e1.5", "1e3e3", "-e3", "1.e3", "1\u{0}", "1e١", "½",
        "0.0000001", "-0.1234567", "1e-7", "15e-7", "0.0000015", "1e-9999", "1.5e-6",
        "1000000000000.000001", "-1000000000000.000001", "1e13", "10e12", "1e9999", "-1e99999999999999999999",
        "99999999999999999999999999999999999999999999", "1.00000000000000000000000000000000000000000001",
    ]) func anythingElseIsRefused(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test func aPartOfATextIsReadLikeAWhole() {
        #expect(ExactDecimal("quantity=2.5;".dropFirst(9).dropLast()) == ExactDecimal("2.5"))
    }

    @Test func sumsAreExact() throws {
        let tenth = try #require(ExactDecimal("0.1"))
        var sum = ExactDecimal.zero
        for _ in 0..<10 { sum += tenth }
        #expect(sum == 1)
        sum -= tenth
        #expect(sum.description == "0.9")
        #expect((-sum).description == "-0.9")
        #expect((sum - 1).magnitude == tenth)
    }

    @Test func valuesAreOrderedAsNumbers() {
        let ordered = ["-2", "-0.5", "-0.000001", "0", "0.000001", "0.07", "0.1", "2", "10"].map { ExactDecimal($0)! }
        #expect(ordered.shuffledTheSameWayEachTime().sorted() == ordered)
        #expect(ExactDecimal("2.0") == ExactDecimal("2"))
        #expect(ExactDecimal("-0") == ExactDecimal("0"))
    }

    @Test func aValueKnowsItsKind() throws {
        let half = try #require(ExactDecimal("0.5"))
        #expect(ExactDecimal.zero.isZero && !half.isZero)
        #expect((-half).isNegative && !half.isNegative && !ExactDecimal.zero.isNegative)
        #expect(ExactDecimal(3).isWhole && !half.isWhole && ExactDecimal("-2.0")!.isWhole && !ExactDecimal("-2.000001")!.isWhole)
    }

    /// Half away from zero, as an invoice rounds: not to the even neighbour, and the same below zero as above it.
    @Test(
        arguments: [
            ("2.345", 2, "2.35"), ("2.355", 2, "2.36"), ("2.344999", 2, "2.34"), ("-2.345", 2, "-2.35"),
            ("-2.344999", 2, "-2.34"),
            ("0.5", 0, "1"), ("-0.5", 0, "-1"), ("1.5", 0, "2"), ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("0.499999", 0, "0"),
            ("-0.499999", 0, "0"), ("0.000001", 5, "0"), ("0.000005", 5, "0.00001"), ("1.23", 6, "1.23"), ("999.995", 2, "1000"),
            ("-999.995", 2, "-1000"),
        ] as [(String, Int, String)]) func roundingIsHalfAwayFromZero(text: String, decimals: Int, rounded: String) throws
    {
        #expect(try #require(ExactDecimal(text)).rounded(decimals: decimals).description == rounded)
    }

    @Test(
        arguments: [
            ("79.96", "1.25", 2, "99.95"), ("0.01", "1.25", 2, "0.01"), ("0.02", "1.25", 2, "0.03"),
            ("-0.02", "1.25", 2, "-0.03"),
            ("0.02", "-1.25", 2, "-0.03"), ("3", "0.333333", 6, "0.999999"), ("0.000001", "0.5", 6, "0.000001"),
            ("-0.000001", "0.5", 6, "-0.000001"), ("0.000001", "0.499999", 6, "0"), ("12.5", "8", 0, "100"), ("0", "-5", 6, "0"),
            // The largest that is read, times itself, fits.
            ("1000000000000", "1000000000000", 6, "1000000000000000000000000"),
        ] as [(String, String, Int, String)]) func productsAreRoundedOnceAtTheEnd(
            left: String, right: String, decimals: Int, product: String
        ) throws
    {
        let left = try #require(ExactDecimal(left))
        let right = try #require(ExactDecimal(right))
        #expect(left.multiplied(by: right, decimals: decimals).description == product)
        #expect(right.multiplied(by: left, decimals: decimals).description == product)
    }

    /// 0.333333 × 0.015 is 0.004999995. By way of six decimals that would be 0.005, and then a whole hundredth.
    @Test func aProductIsNotRoundedTwice() throws {
        let factor = try #require(ExactDecimal("0.333333"))
        let other = try #require(ExactDecimal("0.015"))
        #expect(factor.multiplied(by: other, decimals: 2) == 0)
        #expect(factor.multiplied(by: other).rounded(decimals: 2).description == "0.01")
    }

    @Test(
        arguments: [
            ("79.96", "25", 2, "99.95"), ("100", "0", 2, "100"), ("0.02", "25", 2, "0.03"), ("-0.02", "25", 2, "-0.03"),
            ("8", "-12.5", 2, "7"), ("100", "-100", 2, "0"), ("10000", "0.000001", 6, "10000.0001"),
            ("100000000", "0.000001", 2, "100000001"),
        ] as [(String, String, Int, String)])
    func percentAreAddedAndRoundedOnce(text: String, percent: String, decimals: Int, sum: String) throws {
        let percent = try #require(ExactDecimal(percent))
        #expect(try #require(ExactDecimal(text)).adding(percent: percent, decimals: decimals).description == sum)
    }

    @Test(
        arguments: [
            ("12.5", 2, "0.125"), ("-12.5", 2, "-0.125"), ("45", 1, "4.5"), ("0.000005", 1, "0.000001"),
            ("-0.000005", 1, "-0.000001"),
            ("0.000004", 1, "0"), ("1", 6, "0.000001"), ("1", 7, "0"), ("7", 0, "7"),
        ] as [(String, Int, String)]) func dividingByTenMovesThePoint(text: String, times: Int, quotient: String) throws
    {
        #expect(try #require(ExactDecimal(text)).dividedByTen(times: times).description == quotient)
    }
}

extension Array {
    /// Another order, and always the same one.
    fileprivate func shuffledTheSameWayEachTime() -> [Element] {
        indices.map { self[($0 * 5 + 3) % count] }
    }
}
