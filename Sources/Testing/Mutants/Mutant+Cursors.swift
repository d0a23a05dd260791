import Exchange
import HTTPTypes
import JSON
import Simulation
import Units

extension Mutant {
    /// Changes lists of the warehouse's orders. A lookup by number is not changed.
    private static func inOrderLists(
        _ name: String, _ description: String, caughtBy: String = "shipped-equals-picked",
        _ makeEdit: @escaping @Sendable () -> (_ row: JSON, _ id: String, _ status: Int) throws -> JSON?
    ) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: caughtBy,
            act: .wire(.ongoing) {
                let edit = makeEdit()
                return { request, wire in
                    guard isCall(request, wire, .get, "orders"), Query(parsing: request.queryText ?? "")["orderNumber"] == nil
                    else { return try wire.send(request) }
                    let response = try wire.send(request)
                    guard response.isSuccess, let rows = response.json?.array else { return response }
                    var shown: [JSON] = []
                    for row in rows {
                        guard let info = row["orderInfo"], let id = info["orderId"]?.idText,
                            let status = info["orderStatus"]?["number"]?.int
                        else { continue }
                        if let row = try edit(row, id, status) { shown.append(row) }
                    }
                    return response.editingBody { _ in .array(shown) }
                }
            })
    }

    /// Hides Rackbeat's orders that changed before a wrong moment.
    private static func hidingOrders(
        _ name: String, _ description: String,
        _ makeBound: @escaping @Sendable () -> (_ isFirstPage: Bool, _ newest: Moment?, _ now: Moment) -> Moment?
    ) -> Mutant {
        Mutant(
            name: name, description: description, caughtBy: "orders-are-there",
            act: .wire(.rackbeat) {
                let bound = makeBound()
                return { request, wire in
                    guard isCall(request, wire, .get, "orders") else { return try wire.send(request) }
                    let isFirstPage = Query(parsing: request.queryText ?? "")["page"] ?? "1" == "1"
                    let response = try wire.send(request)
                    let times = (response.json?["orders"]?.array ?? []).compactMap { changed($0) }
                    let bound = bound(isFirstPage, times.max(), wire.now())
                    return response.editingBody { body in
                        body.editing("orders.*") { row in
                            guard let bound, let time = changed(row), time < bound else { return row }
                            return nil
                        }
                    }
                }
            })
    }

    private static func changed(_ row: JSON) -> Moment? {
        row["updated_at"]?.string.flatMap { Moment(iso: $0, zone: .copenhagen) }
    }

    /// A cursor that is the time when the last run ended, by the engine's own clock.
    private static func endOfTheRun(clockAhead ahead: Duration) -> (_: Bool, _: Moment?, _: Moment) -> Moment? {
        var cursor: Moment?
        var next: Moment?
        return { isFirstPage, _, now in
            if isFirstPage { cursor = next }
            next = now + ahead
            return cursor
        }
    }

    static let cursors: [Mutant] = [
        Mutant(
            name: "young-changes-left-for-the-next-run",
            description:
                "To be sure that nobody was still typing, a run left out what had changed in the last two minutes. A webhook asked for exactly that, and nothing came of it until the schedule did.",
            caughtBy: "settled-in-time",
            act: .wire(.rackbeat) {
                { request, wire in
                    guard isCall(request, wire, .get, "orders") else { return try wire.send(request) }
                    return try wire.send(request).editingBody { body in
                        body.editing("orders.*") { row in
                            guard let time = changed(row), time > wire.now() - .seconds(120) else { return row }
                            return nil
                        }
                    }
                }
            }),
        hidingOrders(
            "cursor-from-a-fast-local-clock",
            "The cursor was the time when the run ended, by a clock that was five minutes fast. Orders booked in those minutes were never read."
        ) { endOfTheRun(clockAhead: .seconds(300)) },
        hidingOrders(
            "cursor-from-a-correct-local-clock",
            "The cursor was the time when the run ended, by a correct clock. Rackbeat's clock was seven minutes slow, so orders booked within seven minutes after a run were never read."
        ) { endOfTheRun(clockAhead: .zero) },
        hidingOrders(
            "cursor-moved-before-the-page",
            "The cursor moved when a page was read, not when it was processed. The process crashed in between, and the page was skipped."
        ) {
            var known: Moment?
            var newest: Moment?
            return { isFirstPage, latest, _ in
                if isFirstPage { known = newest }
                newest = [newest, latest].compactMap { $0 }.max()
                return known
            }
        },
        hidingOrders(
            "cursor-moved-to-the-time-of-a-row",
            "The cursor was the newest time of change in the list. One row was dated a year in the future, and no order was read from then on."
        ) {
            var cursor: Moment?
            var newest: Moment?
            return { isFirstPage, latest, _ in
                if isFirstPage { cursor = newest }
                newest = [newest, latest].compactMap { $0 }.max()
                return cursor
            }
        },
        rewritingQuery(
            "cursor-older-than-the-window", .ongoing, "orders",
            description:
                "The job did not run over a long weekend. Its cursor was older than the vendor accepts, every run was refused, and the cursor never moved again.",
            caughtBy: "shipped-equals-picked"
        ) { query, _ in
            var edited = Query()
            for parameter in query.parameters {
                switch parameter.name {
                case "orderStatusChangedTimeFrom", "lastPickingTimeFrom":
                    edited.append("orderUpdatedTimeFrom", parameter.value)
                default: edited.append(parameter.name, parameter.value)
                }
            }
            return edited
        },
        Mutant(
            name: "changes-requested-by-local-clock",
            description:
                "Changes since the last run were requested by the caller's clock, which was correct. The warehouse's clock was ten minutes slow, so picks within ten minutes after a run were never booked.",
            caughtBy: "shipped-equals-picked",
            act: .wire(.ongoing) {
                var wanted: Moment?
                return { request, wire in
                    let name = "orderUpdatedTimeFrom"
                    guard isCall(request, wire, .get, "orders"), Query(parsing: request.queryText ?? "")[name] != nil else {
                        return try wire.send(request)
                    }
                    let since = wanted
                    wanted = wire.now()
                    return try wire.send(
                        request.editingQuery { query in
                            var edited = Query()
                            for parameter in query.parameters {
                                let bound = parameter.name == name ? since?.isoUTCMilliseconds : nil
                                edited.append(parameter.name, bound ?? parameter.value)
                            }
                            return edited
                        })
                }
            }),
        inOrderLists(
            "status-compared-with-equals",
            "Shipped meant status = 450. An order that was collected before the next run had status 500 and was never booked."
        ) { { row, _, status in status == 450 ? row : nil } },
        inOrderLists(
            "returned-order-left-out",
            "The lists ended at status 500. An order that was sent and returned between two looks was never booked."
        ) { { row, _, status in status > 500 && status < 1000 ? nil : row } },
        inOrderLists(
            "cancelled-order-left-out",
            "Cancelled orders were left out of the lists. What the warehouse cancelled was owed to customers, and nobody knew.",
            caughtBy: "nothing-stuck"
        ) { { row, _, status in status >= 1000 ? nil : row } },
        inOrderLists(
            "sent-once-is-sent-for-good",
            "An order that was once seen as sent counted as sent for good. Put back and picked again, it shipped before it left."
        ) {
            var sent: Set<String> = []
            return { row, id, status in
                if status >= 450 { sent.insert(id) }
                return sent.contains(id) ? row.editing("orderInfo.orderStatus.number") { _ in 450 } : row
            }
        },
        inOrderLists(
            "sent-order-never-read-again",
            "An order that was once seen as sent was not read again. Later picks were never booked."
        ) {
            var lists: [String: Int] = [:]
            return { row, id, status in
                guard status >= 450 else { return row }
                // The first run that sees it reads more than one list.
                lists[id, default: 0] += 1
                return lists[id]! <= 2 ? row : nil
            }
        },
        inOrderLists(
            "webhook-payload-as-order",
            "The copy of the order in a webhook was taken for the order. When it came late, later picks did not count."
        ) {
            var copies: [String: JSON] = [:]
            return { row, id, status in
                if let copy = copies[id] { return copy }
                if status >= 450 { copies[id] = row }
                return row
            }
        },
        inOrderLists(
            "null-list-crashes",
            "A line without picks has null instead of a list. The loop over it crashed the process, in every run.",
            caughtBy: "nothing-stuck"
        ) {
            { row, id, _ in
                for line in row["orderLines"]?.array ?? [] where line["pickedArticleItems"] == .null {
                    throw SimulatedCrash(.bug("on a null in order \(id)"))
                }
                return row
            }
        },
        Mutant(
            name: "stock-from-a-made-up-endpoint",
            description:
                "Stock was read from a guessed path that does not exist. The 404 was taken for an empty warehouse, and no difference was reported.",
            caughtBy: "contract-kept",
            act: .wire(.ongoing) {
                { request, wire in
                    guard isCall(request, wire, .get, "articles/inventoryPerWarehouse") else { return try wire.send(request) }
                    var guess = request
                    guess.target = "\(wire.facts.basePath)/stock"
                    _ = try wire.send(guess)
                    return Response(status: 200, json: [])
                }
            }),
    ]
}
