import Exchange
import HTTPTypes
import Invariants
import JSON
import ScenarioKit
import Simulation
import StrictYAML
import Units

/// The page of one world for people: what each side holds, buttons for actions, the exchanges, and the verdict.
struct LivePage {
    let served: ServedWorld
    /// What stands before the paths of this world's control API: empty for the first world.
    let folder: String
    /// The addresses for programs, with the secrets, which the page does not show.
    let addresses: JSONObject

    private static let shownExchanges = 40

    func html() throws -> String {
        let check = try CheckReport(served.world, .unknown)
        let body = HTML.joined([
            head(check), .element("main", [rackbeat, ongoing, wire, verdict(check)]), .element("script", [HTML(Self.script)]),
        ])
        return HTML.joined([
            HTML("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Tandem</title>"),
            .element("style", [HTML(Self.style)]), HTML("</head>"), .element("body", [body]), HTML("</html>"),
        ]).source
    }

    // MARK: Header

    private func head(_ check: CheckReport) -> HTML {
        let clock = served.world.now.isoUTCMilliseconds + (served.setup.isTimeVirtual ? ", virtual" : ", real")
        var actions = [button("reset", "/reset", nil), button("keep state", "/snapshots/page", nil, method: "PUT")]
        if served.snapshots["page"] != nil { actions.append(button("restore state", "/snapshots/page/restore", nil)) }
        if served.setup.isTimeVirtual {
            for by in ["1m", "10m", "1h", "1d"] { actions.append(button("+" + by, "/clock/advance", ["by": .string(by)])) }
            actions.append(step("sync", "engine.sync"))
        }
        return .element(
            "header",
            [
                .element("h1", [.text("Tandem")]), mark(check.status.rawValue),
                .element("span", ["class": "clock"], [.text(clock)]), .joined(actions),
                .element(
                    "p",
                    ["rackbeat", "ongoing", "control"].map { name in
                        .text("\(name) \(addresses[name]?.string ?? "")   ")
                    }), .element("p", ["id": "message"], []),
            ])
    }

    // MARK: Both sides

    private var rackbeat: HTML {
        let shop = served.world.rackbeatSnapshot
        let next = (shop.orders.compactMap { Int($0.number) }.max() ?? 1000) + 1
        let line = (shop.orders.flatMap(\.lines).compactMap { Int($0.id) }.max() ?? 0) + 1
        let item = shop.products.first { !$0.isDeleted && $0.keepsInventory }?.number
        let action = item.map { item in
            step(
                "book order \(next)", "rackbeat.book-order",
                ["number": JSON(next), "lines": [["id": JSON(line), "item": .string(item), "quantity": 1]]])
        }
        return section(
            "Rackbeat", action.map { [$0] } ?? [],
            [
                stock(shop.stock),
                .table(
                    ["order", "state", "lines"],
                    shop.orders.suffix(30).map { order in
                        [.text(order.number), .text(words(order.state, "shipped")), lines(order.lines)]
                    }),
                .table(
                    ["purchase order", "state", "lines"],
                    shop.purchaseOrders.suffix(30).map { order in
                        [.text(order.number), .text(words(order.state, "received")), lines(order.lines)]
                    }),
                .table(
                    ["shipment", "of order", "shipped"],
                    shop.shipments.suffix(30).map {
                        [.text(String($0.id)), .text($0.order), .text($0.shippedAt?.iso(in: .utc) ?? "draft")]
                    }),
            ])
    }

    private var ongoing: HTML {
        let warehouse = served.world.ongoingSnapshot
        return section(
            "Ongoing", [],
            [
                stock(warehouse.stock),
                .table(
                    ["order", "status", "lines", ""],
                    warehouse.orders.suffix(30).map { order in
                        let argument: JSON = ["order": .string(order.number)]
                        return [
                            .text(order.number), .text("\(order.status)"), lines(order.lines),
                            .joined([
                                step("pick", "ongoing.pick", argument), step("send", "ongoing.send", argument),
                                step("collect", "ongoing.collect", argument), step("cancel", "ongoing.cancel", argument),
                            ]),
                        ]
                    }),
                .table(
                    ["purchase order", "status", "lines", ""],
                    warehouse.purchaseOrders.suffix(30).map { order in
                        let argument: JSON = ["purchase-order": .string(order.number)]
                        return [
                            .text(order.number), .text("\(order.status)"), lines(order.lines),
                            .joined([
                                step("receive", "ongoing.receive", argument), step("finish", "ongoing.finish", argument),
                            ]),
                        ]
                    }),
            ])
    }

    private func stock(_ positions: [StockPosition]) -> HTML {
        .table(
            ["item", "at", "in stock"],
            positions.prefix(60).map { [.text($0.item), .text($0.place), .text("\($0.stock)")] })
    }

    private func lines(_ lines: [RackbeatSnapshot.Line]) -> HTML {
        .text(lines.map { "\($0.id): \($0.moved) of \($0.quantity) \($0.item ?? "text")" }.joined(separator: ", "))
    }

    private func lines(_ lines: [OngoingSnapshot.OrderLine]) -> HTML {
        .text(lines.map { "\($0.row ?? String($0.id)): \($0.moved) of \($0.quantity) \($0.article)" }.joined(separator: ", "))
    }

    private func words(_ state: RackbeatSnapshot.State, _ done: String) -> String {
        switch state {
        case .draft: "draft"
        case .booked(let isComplete): isComplete ? done : "booked"
        case .cancelled: "cancelled"
        case .deleted: "deleted"
        }
    }

    // MARK: The wire

    private var wire: HTML {
        let world = served.world
        let report = ExchangeReport(of: world, served.credentials)
        let faults: [(String, String, String)] = [
            ("lose the next response of Ongoing", "ongoing * /**", "response-lost"),
            ("lose the next response of Rackbeat", "rackbeat * /**", "response-lost"),
            ("429 from Rackbeat", "rackbeat * /**", "too-many-requests"),
            ("500 from Ongoing", "ongoing * /**", "server-error-after"),
        ]
        let actions = faults.map { button($0.0, "/faults", ["match": .string($0.1), "fault": .string($0.2)]) }
        let status = world.faults.map { fault, injections -> [HTML] in
            let times = fault.times.map { String($0) } ?? "all"
            return [HTML.text("\(fault.match)"), .text(fault.kind.rawValue), .text("injected \(injections) of \(times)")]
        }
        let exchanges = world.exchanges.suffix(Self.shownExchanges).reversed().map { exchange in
            self.exchange(report.json(exchange))
        }
        return section(
            "Wire", actions + [button("end faults", "/faults", nil, method: "DELETE")],
            [
                .table(["faults on", "kind", ""], status),
                .table(
                    ["violations", "sentence"],
                    world.violations.suffix(20).map {
                        [.text("#\($0.exchange) \($0.operation)"), .text(report.masked($0.sentence))]
                    }),
                .table(["#", "exchange", "response"], Array(exchanges)),
                .table(
                    ["webhook", "to", "state"],
                    served.deliveries.all.suffix(20).map { [.text($0.event), .text($0.url), .text("\($0.words)")] }),
            ])
    }

    /// - Parameter json: As the control API tells it, without secrets.
    private func exchange(_ json: JSON) -> [HTML] {
        let request = "\(json["system"]?.string ?? "") \(json["method"]?.string ?? "") \(json["target"]?.string ?? "")"
        let response = json["status"]?.int.map(String.init) ?? json["failure"]?.string ?? ""
        let bodies = ["requestBody", "responseBody"].compactMap { json[$0]?.string }.map { HTML.element("pre", [.text($0)]) }
        return [
            .text(json["number"]?.int.map(String.init) ?? ""),
            bodies.isEmpty ? .text(request) : .element("details", [.element("summary", [.text(request)])] + bodies),
            .text(response + (json["fault"]?.string.map { " (\($0))" } ?? "")),
        ]
    }

    // MARK: The verdict

    private func verdict(_ check: CheckReport) -> HTML {
        section(
            "Verdict", [],
            [
                .table(
                    ["invariant", "", "findings"],
                    check.entries.map { entry in
                        let findings = entry.findings.prefix(3).map { "\($0.subject): \($0.sentence)" }
                        let more = entry.findings.count > 3 ? ["and \(entry.findings.count - 3) more"] : []
                        return [
                            .text(entry.invariant), mark(entry.status.rawValue),
                            .joined((findings + more + [entry.why].compactMap { $0 }).map { .element("p", [.text($0)]) }),
                        ]
                    }),
                .table(
                    ["failed steps", ""],
                    served.failedSteps.suffix(10).map { [.text("\($0.place)"), .text($0.text)] }),
            ])
    }

    // MARK: Pieces

    private func section(_ title: String, _ actions: [HTML], _ parts: [HTML]) -> HTML {
        .element("section", [.element("h2", [.text(title)])] + actions + parts)
    }

    private func mark(_ word: String) -> HTML { .element("b", ["class": word], [.text(word)]) }

    private func step(_ label: String, _ word: String, _ argument: JSON? = nil) -> HTML {
        button(label, "/steps", argument.map { .object([word: $0]) } ?? .string(word))
    }

    private func button(_ label: String, _ path: String, _ body: JSON?, method: String = "POST") -> HTML {
        .element(
            "button", ["data-method": method, "data-path": folder + path, "data-body": body?.text ?? ""], [.text(label)])
    }

    private static let style: StaticString = """
        body{font:14px/1.4 system-ui,sans-serif;margin:1rem;color:#222}h1,h2{display:inline;font-size:1.1rem;margin-right:.6rem}
        main{display:grid;grid-template-columns:repeat(auto-fit,minmax(30rem,1fr));gap:1.5rem}section{overflow-x:auto}
        table{border-collapse:collapse;margin:.5rem 0;width:100%}td,th{text-align:left;vertical-align:top;border-top:1px solid #ddd;
        padding:.15rem .5rem .15rem 0}p{margin:.1rem 0}pre{white-space:pre-wrap;word-break:break-all;max-height:15rem;overflow:auto;
        background:#f5f5f5}button{margin:0 .2rem}.none{color:#999}.clock{margin:0 .6rem}.holds{color:#060}.broken{color:#b00}
        .undecided,.not-judged{color:#850}
        """

    /// Sends the request of a button and reloads the page; also every three seconds, unless something is open or a message is shown.
    private static let script: StaticString = """
        document.addEventListener("click",async e=>{const b=e.target.closest("button");if(!b)return;
        const r=await fetch(b.dataset.path,{method:b.dataset.method,headers:{"Content-Type":"application/json"},
        body:b.dataset.body||undefined});if(r.ok){location.reload()}else{const p=await r.json();
        document.getElementById("message").textContent=[p.detail,...(p.problems||[]).map(x=>x.text)].join(" ")}});
        setInterval(()=>{if(!document.querySelector("details[open]")&&!document.getElementById("message").textContent)
        location.reload()},3000)
        """
}

extension Route {
    static let showWorld =
        Route(
            method: .get, path: "/", identifier: "showWorld", summary: "The live page of a world, for people.", isOfWorld: true,
            responses: [
                ResponseDoc(
                    status: 200, doc: "A page without resources from elsewhere.", schema: Schemas.text, mediaType: "text/html")
            ]
        ) { control, context in
            try control.enter(context) { served in
                let folder = context.world.id == Control.mainID ? "" : "/worlds/\(context.world.id)"
                let page = LivePage(
                    served: served, folder: folder,
                    addresses: control.addresses(of: context.world))
                var headers: HTTPFields = [.contentType: "text/html; charset=utf-8"]
                headers[.contentSecurityPolicy] =
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
                    + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
                headers[.frameOptions] = "DENY"
                return Response(status: 200, headers: headers, body: Array(try page.html().utf8))
            }
        }
}
