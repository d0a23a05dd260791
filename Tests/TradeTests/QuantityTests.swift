import Testing
import Trade
import Units

@Suite struct QuantityTests {
    @Test(arguments: ["-2", "0.25", "0", "120", "0.000001"]) func aQuantityIsReadFromDecimalNotation(text: String) {
        #expect(Quantity(text)?.description == text)
    }

    @Test(arguments: ["1,5", "12 pcs", "", "0.0000001", "many"]) func anythingElseIsNoQuantity(text: String) {
        #expect(Quantity(text) == nil)
    }

    /// A change of stock is read aloud with its direction.
    @Test func aChangeIsWrittenWithItsSign() {
        #expect(Quantity("2.50")?.signed == "+2.5")
        #expect(Quantity("-2.5")?.signed == "-2.5")
        #expect(Quantity.zero.signed == "0")
    }

    /// What is to be booked is picked less booked; it may be nothing, and after an un-pick it is below nothing.
    @Test func quantitiesAddUpAndKnowTheirSign() throws {
        let picked = try #require(Quantity("3.5"))
        let booked = try #require(Quantity("5"))
        let open = picked - booked
        #expect(open.isNegative && !open.isPositive && !open.isZero)
        #expect(open.magnitude == Quantity("1.5"))
        #expect(-open > .zero && (-open).isPositive)
        #expect(open + booked == picked)
        #expect((picked - picked).isZero && !(picked - picked).isPositive && !(picked - picked).isNegative)
        #expect(open < picked)
        var sum = Quantity.zero
        sum += picked
        sum += booked
        #expect(sum.description == "8.5")
    }
}

@Suite struct MoneyTests {
    /// 79.96 and 25 % VAT is 99.95 to the cent; a half cent goes away from zero, up or down.
    @Test(
        arguments: [
            ("79.96", "25", "99.95"), ("0.02", "25", "0.03"), ("-0.02", "25", "-0.03"), ("0.01", "25", "0.01"),
            ("67.145", "0", "67.15"),
            ("100", "12.5", "112.5"), ("80", "25.5", "100.4"), ("0", "25", "0"),
        ] as [(String, String, String)])
    func vatIsAddedToTheCent(net: String, percent: String, gross: String) throws {
        #expect(try #require(Money(net)).adding(percent: try #require(ExactDecimal(percent))).description == gross)
    }

    @Test func amountsAddUpExactly() throws {
        let tenth = try #require(Money("0.1"))
        #expect((tenth + tenth + tenth).description == "0.3")
        #expect(tenth < tenth + tenth)
        #expect(Money("1.234,50") == nil)
    }
}

@Suite struct IdentityTests {
    /// Line ids are numbers written as text: line 9 comes before line 10.
    @Test func linesAreOrderedAsNumbersAre() {
        let ordered = ["1", "2", "9", "10", "11", "50011", "50012"].map { LineID($0) }
        #expect(ordered.reversed().sorted() == ordered)
    }
}
