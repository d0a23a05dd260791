import SyncCore
import Testing
import Trade
import Units

/// Which of an order's two addresses the goods go to.
@Suite struct ConsigneeAddressTests {
    private func address(_ name: String? = nil, street: String? = nil, country: String? = nil, email: String? = nil) -> Address {
        var address = Address()
        (address.name, address.street, address.country, address.email) = (name, street, country, email)
        return address
    }

    private func sent(delivery: Address?, billing: Address?) -> (name: String?, street: String?, findings: [String]) {
        var order = SalesOrder(number: OrderNumber("1042"), progress: .booked, lines: [], updatedAt: Moment(milliseconds: 0))
        order.deliveryAddress = delivery
        order.billingAddress = billing
        let mapped = MappingContext(locations: []).outboundOrder(
            for: order, number: order.number, fallbackDate: CivilDate(daysSince1970: 0))
        return (mapped.value.consignee.name, mapped.value.consignee.address1, mapped.findings.map(\.field))
    }

    private var billing: Address { address("Kulhuset", street: "Kajen 3", country: "DK") }

    @Test func aDeliveryAddressCounts() {
        #expect(sent(delivery: address("Lager", street: "Vej 1"), billing: billing) == ("Lager", "Vej 1", []))
    }

    /// Whoever fills in nothing but the country has left the address of the form as it was.
    @Test(arguments: [nil, Address(), Address(country: "Danmark")]) func whatIsNoAddressLeavesTheBillingAddress(
        delivery: Address?
    ) {
        #expect(sent(delivery: delivery, billing: billing) == ("Kulhuset", "Kajen 3", []))
    }

    /// Somebody else's name with the street of the bill would be a third address, which nobody wrote.
    @Test func aNameWithoutAStreetIsSentAsItIsAndFound() {
        #expect(sent(delivery: address("Peter", country: "DE"), billing: billing) == ("Peter", nil, ["consignee.address1"]))
    }

    @Test func aContactAloneIsNoAddressAndFound() {
        #expect(
            sent(delivery: address(email: "peter@example.test"), billing: billing) == ("Kulhuset", "Kajen 3", ["consignee.name"]))
    }

    @Test func anOrderWithoutAnyPlaceIsFound() {
        #expect(sent(delivery: address(country: "DK"), billing: nil) == (nil, nil, ["consignee.address1"]))
        #expect(sent(delivery: nil, billing: address("Kulhuset")) == ("Kulhuset", nil, ["consignee.address1"]))
    }
}

extension Address {
    fileprivate init(country: String) {
        self.init()
        self.country = country
    }
}
