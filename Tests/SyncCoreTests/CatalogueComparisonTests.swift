import SyncCore
import Testing
import Trade
import Units

struct CatalogueComparisonTests {
    enum Shown: Sendable { case nothing, active, inactive }

    private static func article(_ shown: Shown, stock: String = "0") -> WarehouseArticle? {
        guard shown != .nothing else { return nil }
        var article = WarehouseArticle(id: WarehouseID(7), number: ItemNumber("CHAIR"))
        article.isActive = shown == .active
        article.onHand = Quantity(stock)!
        return article
    }

    /// Barred, keeps inventory, held by the journal, shown by the warehouse: what is done where barred ones are left, and where they
    /// are switched off.
    @Test(
        arguments: [
            (false, true, true, .nothing, .send(.articleMissing), .send(.articleMissing)),
            (false, true, false, .nothing, .send(.articleMissing), .send(.articleMissing)),
            (true, true, true, .nothing, .send(.articleMissing), .send(.articleMissing)),
            (false, false, true, .nothing, .nothing, .nothing),
            (false, true, true, .active, .nothing, .nothing),
            (true, true, true, .active, .nothing, .send(.productBarred)),
            (true, true, true, .inactive, .nothing, .nothing),
            (false, true, true, .inactive, .nothing, .send(.articleInactive)),
            (false, false, true, .active, .nothing, .send(.productBarred)),
            (false, true, false, .inactive, .nothing, .nothing), (true, true, false, .active, .nothing, .nothing),
        ] as [(Bool, Bool, Bool, Shown, CatalogueDirective, CatalogueDirective)])
    func aProductIsDecidedByWhatTheWarehouseShows(
        isBarred: Bool, keepsInventory: Bool, isHeld: Bool, shown: Shown, left: CatalogueDirective,
        deactivated: CatalogueDirective
    ) {
        for (setting, expected) in [(BarredProducts.leave, left), (.deactivate, deactivated)] {
            let directive = CatalogueComparison(barredProducts: setting).judge(
                isBarred: isBarred, keepsInventory: keepsInventory, isHeld: isHeld, shown: Self.article(shown))
            #expect(directive == expected)
        }
    }

    @Test func aDeletedProductWithStockIsForAPerson() {
        for setting in BarredProducts.allCases {
            for shown in [Shown.active, .inactive] {
                let comparison = CatalogueComparison(barredProducts: setting)
                let article = Self.article(shown, stock: "2.5")!
                #expect(!comparison.needsNothing(withoutProduct: article))
                guard case .park(let failure) = comparison.judge(deleted: ItemNumber("CHAIR"), article) else {
                    Issue.record("\(setting) \(shown)")
                    continue
                }
                #expect(
                    failure.description == """
                        Product CHAIR was deleted in Rackbeat, and the warehouse has 2.5 of it. The article stays as it is in the \
                        warehouse. Nobody can sell what lies there, and no stock in Rackbeat counts it. Create the product again in \
                        Rackbeat, or have the goods returned or written off in the warehouse. Either way this clears by itself.
                        """)
            }
        }
    }

    @Test func anEmptyArticleOfADeletedProductIsSwitchedOffOrToldOf() {
        let active = Self.article(.active)!
        let inactive = Self.article(.inactive)!
        let leave = CatalogueComparison(barredProducts: .leave)
        let deactivate = CatalogueComparison(barredProducts: .deactivate)
        #expect(deactivate.judge(deleted: ItemNumber("CHAIR"), active) == .deactivate)
        guard case .tell = leave.judge(deleted: ItemNumber("CHAIR"), active) else {
            Issue.record("nobody was told")
            return
        }
        for comparison in [leave, deactivate] {
            #expect(comparison.judge(deleted: ItemNumber("CHAIR"), inactive) == .nothing)
            #expect(comparison.needsNothing(withoutProduct: inactive))
            #expect(comparison.needsNothing(withoutProduct: nil))
            #expect(!comparison.needsNothing(withoutProduct: active))
        }
    }

    @Test func articlesThatNobodyKnowsAreNamed() {
        #expect(UnknownArticles(first: [], count: 0).finding == nil)
        let named = [Self.article(.active, stock: "3")!, Self.article(.active)!]
        #expect(
            UnknownArticles(first: named, count: 9).finding?.problem
                == "Rackbeat has no product for 9 articles of the warehouse: CHAIR (3 in stock), CHAIR and 7 more")
    }

    @Test func aStockDifferenceIsToldWithWhatExplainsPartOfIt() {
        let chair = StockDifference(
            item: ItemNumber("CHAIR"), ongoing: Quantity("12")!, rackbeat: Quantity("10")!, toBeBooked: Quantity("-1")!,
            toBeAdjusted: Quantity("2")!)
        #expect(chair.unexplained == Quantity("1")!)
        #expect(StockDifference.finding([], of: 0) == nil)
        #expect(
            StockDifference.finding([chair], of: 1)?.problem == """
                the two systems hold different stock of 1 item: CHAIR: Ongoing 12, Rackbeat 10 (-1 to be booked, +2 to be adjusted, +1 \
                without a cause that the journal knows). 'tandem drift' names documents
                """)
        let even = StockDifference(
            item: ItemNumber("CHAIR"), ongoing: Quantity("12")!, rackbeat: Quantity("10")!, toBeAdjusted: Quantity("2")!)
        #expect(even.unexplained.isZero)
    }
}
