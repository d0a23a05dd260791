import Exchange
import HTTPTypes
import Invariants
import JSON
import ScenarioKit
import SyncCore
import Testing
import Units

@Suite struct DocumentInvariantTests {
    /// An invariant with false alarms would be switched off within a week.
    @Test(arguments: AllInvariants.ids)
    func aCorrectRunBreaksNoInvariant(_ id: String) throws {
        let invariant = try #require(AllInvariants.types.first { $0.id == id })
        #expect(Fixture.judge(invariant) == .holds)
    }

    // MARK: Catalogue

    @Test func aMissingArticleIsFound() {
        #expect(
            Fixture.findings(CatalogueAgrees.self) { $0.ongoing.articles = [] } == [
                "product KOP-01, goods owner 1: The warehouse has no article of this number. | expected an article KOP-01 "
                    + "| Rackbeat Mug, blue | Ongoing nothing"
            ])
    }

    /// Each mapped field on its own, so that dropping any one is noticed.
    @Test(arguments: [
        ("articleName", "'Mug, blue'"), ("productCode", "'KOP-01'"), ("description", "'Stoneware'"),
        ("barCodeInfo.barCode", "'5700000000012'"), ("customerPrice", "99.95"), ("articleGroup.code", "'1'"),
        ("articleGroup.name", "'Tableware'"), ("height", "0.09"), ("length", "0.085"), ("width", "0.08"), ("weight", "0.4"),
        ("storageProperties.isBatchArticle", "true"), ("linkToPicture", "'https://img.example.test/kop-01.jpg'"),
        ("supplierInfo.supplierNumber", "'20'"), ("supplierInfo.supplierName", "'Ler A/S'"),
    ])
    func aMissingFieldIsNamed(_ path: String, _ expected: String) {
        let findings = Fixture.findings(CatalogueAgrees.self) {
            $0.ongoing.articles[0].fields = $0.ongoing.articles[0].fields.without(path)
        }
        #expect(
            findings == [
                "product KOP-01, goods owner 1: The article differs in \(path). | expected \(path) \(expected) "
                    + "| Ongoing \(path) nothing"
            ])
    }

    /// Half a cent is rounded away from zero.
    @Test(arguments: [("79.96", "25", "99.95"), ("0.02", "25", "0.03"), ("0.1", "5", "0.11"), ("-0.02", "25", "-0.03")])
    func vatIsAddedToTheCent(_ net: String, _ percent: String, _ gross: String) throws {
        let verdict = Fixture.judge(CatalogueAgrees.self) {
            $0.rackbeat.products[0].salesPrice = ExactDecimal(net)
            $0.rackbeat.products[0].group?.vat = ExactDecimal(percent)!
            $0.ongoing.articles[0].fields["customerPrice"] = .number(JSONNumber(gross)!)
        }
        #expect(verdict == .holds)
    }

    @Test func aProductChangedAfterTheLastRoundNeedNotAgreeYet() {
        #expect(
            Fixture.judge(CatalogueAgrees.self) {
                $0.rackbeat.products[0].name = "Mug, green"
                $0.actionLog.record(.productChanged("KOP-01"), at: Fixture.at(31))
            } == .holds)
        #expect(
            Fixture.judge(CatalogueAgrees.self) {
                $0.rackbeat.products[0].name = "Mug, green"
                $0.actionLog.record(.productChanged("KOP-01"), at: Fixture.at(30))
            } != .holds)
    }

    /// By assumption the warehouse keeps what a request leaves out, so that a cleared text stays there.
    @Test func aClearedTextMayStayOnlyIfTheLastRequestLeftItOut() {
        func judge(_ sent: JSONObject) -> Verdict {
            Fixture.judge(CatalogueAgrees.self) {
                $0.rackbeat.products[0].description = nil
                var body = sent
                body["goodsOwnerId"] = 1
                body["articleNumber"] = "KOP-01"
                $0.exchanges = [Fixture.exchange(1, .put, "/demo/api/v1/articles", system: .ongoing, body: .object(body))]
            }
        }
        #expect(judge([:]) == .holds)
        #expect(judge(["description": "Stoneware"]) != .holds)
    }

    @Test func aBarredProductNeedNotBeThereAndIsDeactivatedWhereSettingsSaySo() {
        #expect(
            Fixture.judge(CatalogueAgrees.self) {
                $0.rackbeat.products[0].isBarred = true
                $0.ongoing.articles = []
            } == .holds)
        let findings = Fixture.findings(CatalogueAgrees.self) {
            $0.rackbeat.products[0].isBarred = true
            $0.connections = [Fixture.connection { $0.barredProducts = .deactivate }]
            $0.ongoing.articles[0].fields["isActive"] = true
        }
        #expect(findings.count == 1)
        #expect(findings.first?.contains("differs in isActive") == true)
    }

    // MARK: Orders

    /// Where the warehouse wants the price of one unit, that is judged like any other.
    @Test(arguments: [("100", true), ("500", false), ("99.99", false)])
    func thePriceOfAUnitIsJudged(_ price: String, _ holds: Bool) {
        let verdict = Fixture.judge(OrdersAreThere.self) {
            $0.connections[0].ongoingProfile = $0.connections[0].ongoingProfile.changing(["line_price": "unit"])
            $0.ongoing.orders[0].lines[0].fields = [
                "externalId": "90011", "lineTotalCustomsValue": 500,
                "prices": ["customerLinePrice": number(price), "currencyCode": "DKK"],
            ]
        }
        #expect((verdict == .holds) == holds)
    }

    @Test func aMissingOrderIsFound() {
        #expect(
            Fixture.findings(OrdersAreThere.self) { $0.ongoing.orders = [] } == [
                "order 1042, goods owner 1: The warehouse has no live order of this number. | expected a live order with 1 line "
                    + "| Rackbeat a booked order with 1 line at the location | Ongoing nothing"
            ])
    }

    @Test func anOrderShippedByHandNeedNotBeInTheWarehouse() {
        let verdict = Fixture.judge(OrdersAreThere.self) {
            $0.ongoing.orders = []
            $0.actionLog.record(.shippedByHand(order: "1042", line: "90011", location: "1001", quantity: 5), at: Fixture.at(25))
            $0.rackbeat.orders[0].lines[0].moved = 5
        }
        #expect(verdict == .holds)
    }

    @Test func anOrderUnderTwoNumbersIsFound() {
        #expect(
            Fixture.findings(OrdersAreThere.self) {
                var second = $0.ongoing.orders[0]
                (second.id, second.number) = (70012, "1042-R")
                $0.ongoing.orders.append(second)
            } == [
                "order 1042, goods owner 1: The order is live in the warehouse more than once. | expected one live order "
                    + "| Rackbeat a booked order with 1 line at the location | Ongoing the orders 1042 and 1042-R"
            ])
    }

    @Test(arguments: [
        (RackbeatSnapshot.State.draft, "a draft"), (.cancelled, "a cancelled order"), (.deleted, "a deleted order"),
    ])
    func anOrderThatIsNotBookedMustNotBeLive(_ state: RackbeatSnapshot.State, _ words: String) {
        #expect(
            Fixture.findings(OrdersAreThere.self) {
                $0.rackbeat.orders[0].state = state
                // That an order is gone shows in no list, and the engine has the night to find it.
                $0.lastRoundBegan = Fixture.at(48 * 60)
            } == [
                "order 1042, goods owner 1: The order is live in the warehouse, and Rackbeat has nothing to ship for it there. "
                    + "| expected no live order | Rackbeat \(words) | Ongoing order 1042 at status 450"
            ])
    }

    @Test func anOrderThatRackbeatDoesNotHaveIsFound() {
        #expect(
            Fixture.findings(OrdersAreThere.self) {
                var stranger = $0.ongoing.orders[0]
                (stranger.id, stranger.number, stranger.goodsOwnerOrderId) = (70012, "9999", nil)
                $0.ongoing.orders.append(stranger)
            } == [
                "order 9999, goods owner 1: The order is live in the warehouse, and Rackbeat has no such order. "
                    + "| expected no live order | Rackbeat nothing | Ongoing an order at status 450"
            ])
    }

    @Test func aLineOfAnotherLocationIsFound() {
        #expect(
            Fixture.findings(OrdersAreThere.self) {
                $0.ongoing.orders[0].lines.append(
                    .init(id: 88121, row: "90013", article: "KOP-01", quantity: 2, moved: 0, fields: [:]))
            } == [
                "order 1042, goods owner 1: The order differs in orderLines[90013]. | expected orderLines[90013] no such line "
                    + "| Rackbeat a booked order with 1 line at the location | Ongoing orderLines[90013] 2 KOP-01"
            ])
    }

    @Test func aLineAddedByWarehouseStaffIsAllowed() {
        let verdict = Fixture.judge(OrdersAreThere.self) {
            $0.ongoing.orders[0].lines.append(
                .init(id: 88121, row: nil, article: "TAPE", quantity: 1, moved: 0, fields: [:]))
        }
        #expect(verdict == .holds)
    }

    /// A line without a location has the location of its item, unless the profile says that it matches no connection.
    @Test func aLineWithoutLocationFollowsTheProfile() {
        func judge(_ choice: String) -> Verdict {
            Fixture.judge(OrdersAreThere.self) {
                $0.rackbeat.orders[0].lines[0].location = nil
                $0.rackbeat.orders[0].lines[0].defaultLocation = "1001"
                $0.connections[0].rackbeatProfile = $0.connections[0].rackbeatProfile.changing(["null_line_location": choice])
            }
        }
        #expect(judge("default") == .holds)
        #expect(judge("no_match") != .holds)
    }

    @Test func aLineAtAChildLocationCountsWhereTheProfileSaysSo() {
        func judge(_ choice: String) -> Verdict {
            Fixture.judge(OrdersAreThere.self) {
                $0.rackbeat.orders[0].lines[0].location = "1003"
                $0.connections[0].rackbeatProfile = $0.connections[0].rackbeatProfile.changing(["location_match": choice])
            }
        }
        #expect(judge("children") == .holds)
        #expect(judge("exact") != .holds)
    }

    @Test(arguments: [
        ("deliveryDate", "2026-03-05"), ("customsInfo.customsValueCurrencyCode", "'DKK'"), ("advanced.invoiceNumber", "'3'"),
        ("advanced.termsOfPaymentString", "'Net 14'"), ("referenceNumber", "'Mia Prove'"),
        ("emailNotification.value", "'in@example.test'"), ("emailNotification.toBeNotified", "true"),
    ])
    func aMissingFieldOfTheHeadIsNamed(_ path: String, _ expected: String) {
        let findings = Fixture.findings(OrdersAreThere.self) {
            $0.ongoing.orders[0].fields = $0.ongoing.orders[0].fields.without(path)
        }
        #expect(findings.count == 1)
        #expect(findings.first?.contains("| expected \(path) \(expected) |") == true, "\(findings)")
    }

    @Test(arguments: [
        ("name", "'Cafe Fiktiv Lager'"), ("customerNumber", "'501'"), ("address1", "'Lager 2'"), ("city", "'Aarhus N'"),
        ("postCode", "'8200'"), ("countryCode", "'DK' for 'Danmark'"),
        ("advanced.emailNotification.value", "'in@example.test'"), ("advanced.emailNotification.toBeNotified", "true"),
        ("invoiceAddress.address1", "'Gade 1'"), ("invoiceAddress.countryCode", "'DK' for 'Denmark'"),
    ])
    func aMissingFieldOfTheConsigneeIsNamed(_ path: String, _ expected: String) {
        let findings = Fixture.findings(OrdersAreThere.self) {
            $0.ongoing.orders[0].consignee = $0.ongoing.orders[0].consignee.without(path)
        }
        #expect(findings.count == 1)
        #expect(findings.first?.contains("| expected consignee.\(path) \(expected) |") == true, "\(findings)")
    }

    @Test func theCountryIsACodeAndNotItsName() {
        let findings = Fixture.findings(OrdersAreThere.self) { $0.ongoing.orders[0].consignee["countryCode"] = "Denmark" }
        #expect(findings.first?.contains("Ongoing consignee.countryCode 'Denmark'") == true)
    }

    @Test func anUnknownCountryIsLeftOut() {
        #expect(
            Fixture.judge(OrdersAreThere.self) {
                $0.rackbeat.orders[0].delivery.country = "Atlantis"
                $0.ongoing.orders[0].consignee = $0.ongoing.orders[0].consignee.without("countryCode")
            } == .holds)
        #expect(
            Fixture.judge(OrdersAreThere.self) {
                $0.rackbeat.orders[0].delivery.country = "Atlantis"
                $0.ongoing.orders[0].consignee["countryCode"] = "Atlantis"
            } != .holds)
    }

    /// A back order has the open quantity of the order; together they have the ordered quantity.
    @Test func aBackOrderHasTheOpenQuantityOfTheOrder() {
        func judge(_ rest: ExactDecimal) -> Verdict {
            Fixture.judge(OrdersAreThere.self) {
                $0.ongoing.orders[0].lines[0].quantity = 3
                var back = $0.ongoing.orders[0]
                (back.id, back.number, back.goodsOwnerOrderId, back.backOrderFor) = (70012, "1042-B", nil, 70011)
                (back.lines[0].quantity, back.lines[0].moved) = (rest, 0)
                $0.ongoing.orders.append(back)
            }
        }
        #expect(judge(2) == .holds)
        #expect(judge(1) != .holds)
    }

    /// A rest without row numbers is the rest of one of two lines of an article, and not of both.
    @Test(arguments: [([2, 1], true), ([3], true), ([2], false), ([4], false), ([1], false)] as [([ExactDecimal], Bool)])
    func aRestWithoutRowNumbersIsTheRestOfOneLine(rests: [ExactDecimal], holds: Bool) {
        let verdict = Fixture.judge(OrdersAreThere.self) {
            var line = $0.rackbeat.orders[0].lines[0]
            (line.id, line.quantity, line.total) = ("90014", 4, 320)
            $0.rackbeat.orders[0].lines.append(line)
            $0.ongoing.orders[0].lines[0].quantity = 3
            var second = $0.ongoing.orders[0].lines[0]
            (second.id, second.row, second.quantity, second.moved, second.reported) = (88121, "90014", 3, 0, nil)
            second.fields = [
                "externalId": "90014", "lineTotalCustomsValue": 400,
                "prices": ["customerLinePrice": 400, "currencyCode": "DKK"],
            ]
            $0.ongoing.orders[0].lines.append(second)
            var back = $0.ongoing.orders[0]
            (back.id, back.number, back.goodsOwnerOrderId, back.backOrderFor) = (70012, "1042-B", nil, 70011)
            back.lines = rests.enumerated().map { index, rest in
                var row = second
                (row.id, row.row, row.quantity) = (88130 + index, nil, rest)
                return row
            }
            $0.ongoing.orders.append(back)
        }
        #expect((verdict == .holds) == holds, "\(verdict)")
    }

    @Test func anOrderThatIsExpectedToBeParkedIsExcused() {
        let verdict = Fixture.judge(OrdersAreThere.self) {
            $0.ongoing.orders = []
            $0.expectedParked = [ExpectedParked(job: .orders, number: "1042")]
        }
        #expect(verdict == .holds)
    }

    // MARK: Purchase orders

    @Test func aMissingOpenPurchaseOrderIsFound() {
        #expect(
            Fixture.findings(PurchaseOrdersAreThere.self) {
                $0.rackbeat.purchaseOrders[0].state = .booked(isComplete: false)
                $0.ongoing.purchaseOrders = []
            } == [
                "purchase order 2001, goods owner 1: The warehouse has no live purchase order of this number. "
                    + "| expected a live purchase order with 1 line | Rackbeat a booked purchase order with 1 line at the location "
                    + "| Ongoing nothing"
            ])
    }

    @Test(arguments: [
        "purchaseOrderRemark", "advanced.orderDate", "supplierInfo.supplierNumber", "supplierInfo.supplierName",
        "supplierInfo.supplierAddress.name", "supplierInfo.supplierAddress.address",
        "supplierInfo.supplierAddress.countryCode", "supplierInfo.supplierAddress.telePhone",
        "supplierInfo.supplierAddress.mobilePhone",
    ])
    func aMissingFieldOfAPurchaseOrderIsNamed(_ path: String) {
        let findings = Fixture.findings(PurchaseOrdersAreThere.self) {
            $0.ongoing.purchaseOrders[0].fields = $0.ongoing.purchaseOrders[0].fields.without(path)
        }
        #expect(findings.count == 1)
        #expect(findings.first?.contains("Ongoing \(path) nothing") == true, "\(findings)")
    }

    @Test(arguments: ["externalOrderLineId", "currencyCode", "rowPrice"])
    func aMissingFieldOfAPurchaseOrderLineIsNamed(_ path: String) {
        let findings = Fixture.findings(PurchaseOrdersAreThere.self) {
            $0.ongoing.purchaseOrders[0].lines[0].fields[path] = nil
        }
        #expect(findings.first?.contains("Ongoing purchaseOrderLines[61001].\(path) nothing") == true, "\(findings)")
    }
}

extension JSONObject {
    /// Without the member at a path of names joined by full stops.
    func without(_ path: String) -> JSONObject {
        var names = path.split(separator: ".").map(String.init)
        let name = names.removeFirst()
        var object = self
        object[name] = names.isEmpty ? nil : object[name]?.object.map { .object($0.without(names.joined(separator: "."))) }
        return object
    }
}
