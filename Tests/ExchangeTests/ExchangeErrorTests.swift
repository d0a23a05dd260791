import Exchange
import Testing
import Units

/// What a person reads: what happened, where, and what the other side now holds.
@Suite struct ExchangeErrorTests {
    @Test(
        arguments: [
            (
                .refused(status: 422, message: "quantity must be positive"), .unchanged,
                "refused with 422: quantity must be positive. Nothing changed in Rackbeat."
            ),
            (.refused(status: 404, message: ""), .unchanged, "refused with 404. Nothing changed in Rackbeat."),
            (
                .unauthorised(status: 401), .unchanged,
                "refused with 401: the credentials are not accepted. Nothing changed in Rackbeat."
            ),
            (
                .unauthorised(status: 403), .unknown,
                "refused with 403: the credentials are not accepted. Rackbeat may or may not have carried it out."
            ),
            (
                .rateLimited(retryAfter: .seconds(90)), .unchanged,
                "429, too many requests; retry in 1m 30s. Nothing changed in Rackbeat."
            ),
            (.rateLimited(retryAfter: nil), .unchanged, "429, too many requests. Nothing changed in Rackbeat."),
            (
                .serverFault(status: 500, message: "Server Error"), .unknown,
                "failed with 500: Server Error. Rackbeat may or may not have carried it out."
            ),
            (.serverFault(status: 503, message: ""), .unknown, "failed with 503. Rackbeat may or may not have carried it out."),
            (
                .noResponse(.notConnected("connection refused")), .unchanged,
                "no connection (connection refused). Nothing changed in Rackbeat."
            ),
            (
                .noResponse(.lost("reset by peer")), .unknown,
                "connection lost (reset by peer). Rackbeat may or may not have carried it out."
            ),
            (
                .noResponse(.timedOut(after: .seconds(30))), .unknown,
                "no response within 30 s. Rackbeat may or may not have carried it out."
            ),
            (
                .unreadable("no order_shipment in it"), .unknown,
                "the response cannot be read: no order_shipment in it. Rackbeat may or may not have carried it out."
            ),
        ] as [(ExchangeError.Reason, Effect, String)])
    func anErrorIsASentenceAboutWhatHappenedAndOneAboutWhatIsThereNow(
        reason: ExchangeError.Reason, effect: Effect, sentences: String
    ) {
        let error = ExchangeError(
            system: .rackbeat, place: "Rackbeat POST orders/1042/create-shipment", reason: reason, effect: effect)
        #expect(error.description == "Rackbeat POST orders/1042/create-shipment: " + sentences)
    }

    /// A refusal stays one until somebody changes something; everything else may be over by itself.
    @Test func onlyARefusalIsFinal() {
        func isTransient(_ reason: ExchangeError.Reason) -> Bool {
            ExchangeError(system: .ongoing, place: "", reason: reason, effect: .unchanged).isTransient
        }
        #expect(!isTransient(.refused(status: 400, message: "")) && !isTransient(.unauthorised(status: 401)))
        #expect(isTransient(.rateLimited(retryAfter: nil)) && isTransient(.serverFault(status: 500, message: "")))
        #expect(isTransient(.noResponse(.timedOut(after: .seconds(1)))) && isTransient(.unreadable("no JSON")))
    }

    /// «It failed» is not «it was not carried out».
    @Test func onlyARefusedConnectionWasCertainlyNotCarriedOut() {
        #expect(TransportFailure.notConnected("no route").effect == .unchanged)
        #expect(TransportFailure.lost("in the middle of the response").effect == .unknown)
        #expect(TransportFailure.timedOut(after: .seconds(30)).effect == .unknown)
    }

    @Test func theSystemsHaveANameForKeysAndOneForPeople() {
        #expect(System.allCases.map(\.description) == ["rackbeat", "ongoing"])
        #expect(System.allCases.map(\.title) == ["Rackbeat", "Ongoing"])
    }
}
