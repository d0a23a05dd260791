import Exchange
import Testing
import Units

/// What a person reads: what happened, where, and what the other side now holds.
@Suite struct ExchangeErrorTests {
    @Test(
        arguments: [
            (
                .refused(status: 422, message: "quantity must be positive"), .unchanged,
                "refused with 422: quantity must be positive. Nothing was changed there."
            ),
            (.refused(status: 404, message: ""), .unchanged, "refused with 404. Nothing was changed there."),
            (
                .unauthorised(status: 401), .unchanged,
                "refused with 401: the credentials are not accepted. Nothing was changed there."
            ),
            (
                .unauthorised(status: 403), .unknown,
                "refused with 403: the credentials are not accepted. It may or may not have been carried out there."
            ),
            (
                .tooFast(retryAfter: .seconds(90)), .unchanged,
                "429, too many calls; to be tried again in 1m 30s. Nothing was changed there."
            ),
            (.tooFast(retryAfter: nil), .unchanged, "429, too many calls. Nothing was changed there."),
            (
                .serverFault(status: 500, message: "Server Error"), .unknown,
                "answered 500: Server Error. It may or may not have been carried out there."
            ),
            (.serverFault(status: 503, message: ""), .unknown, "answered 503. It may or may not have been carried out there."),
            (
                .noAnswer(.refused("connection refused")), .unchanged,
                "no connection (connection refused). Nothing was changed there."
            ),
            (
                .noAnswer(.lost("reset by peer")), .unknown,
                "the connection was lost (reset by peer). It may or may not have been carried out there."
            ),
            (
                .noAnswer(.timedOut(after: .seconds(30))), .unknown,
                "no answer within 30 s. It may or may not have been carried out there."
            ),
            (
                .unreadable("no order_shipment in it"), .unknown,
                "the answer cannot be read: no order_shipment in it. It may or may not have been carried out there."
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
        func mayPass(_ reason: ExchangeError.Reason) -> Bool {
            ExchangeError(system: .ongoing, place: "", reason: reason, effect: .unchanged).mayPass
        }
        #expect(!mayPass(.refused(status: 400, message: "")) && !mayPass(.unauthorised(status: 401)))
        #expect(mayPass(.tooFast(retryAfter: nil)) && mayPass(.serverFault(status: 500, message: "")))
        #expect(mayPass(.noAnswer(.timedOut(after: .seconds(1)))) && mayPass(.unreadable("no JSON")))
    }

    /// «It failed» is not «it was not carried out».
    @Test func onlyARefusedConnectionWasCertainlyNotCarriedOut() {
        #expect(TransportFailure.refused("no route").effect == .unchanged)
        #expect(TransportFailure.lost("in the middle of the answer").effect == .unknown)
        #expect(TransportFailure.timedOut(after: .seconds(30)).effect == .unknown)
    }

    @Test func theSystemsHaveANameForKeysAndOneForPeople() {
        #expect(System.allCases.map(\.description) == ["rackbeat", "ongoing"])
        #expect(System.allCases.map(\.title) == ["Rackbeat", "Ongoing"])
    }
}
