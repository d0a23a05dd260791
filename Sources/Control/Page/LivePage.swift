import Exchange
import Invariants
import JSON
import ScenarioKit
import Simulation
import StrictYAML
import Units

/// The page of one world for people: what each side holds, the levers, what was said on the wire, and the verdict.
struct LivePage {
    let live: LiveWorld
    let credentials: ServedCredentials
    /// What stands before the paths of this world's control API: empty for the first world.
    let folder: String
    /// What programs are told, but for the secrets.
    let addresses: JSONObject

    private static let shownExchanges = 40

    func html() throws -> String {
        let check = try CheckReport(live.world, .unknown)
        let body = HTML.joined([
            head(check), .element("main", [rackbeat, ongoing, wire, verdict(check)]), .element("script", [HTML(Self.script)]),
        ])
        return HTML.joined([
            HTML("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Tandem</title>"),
            .element("style", [HTML(Self.style)]), HTML("</head>"), .element("body", [body]), HTML("</html>"),
        ]).source
    }

    // MARK: The head

    private func head(_ check: CheckReport) -> HTML {
        let clock = live.world.now.isoUTCMilliseconds + (live.charter.isTimeVirtual ? ", virtual" : ", real")
        var levers = [button("reset", "/reset", nil), button("keep state", "/snapshots/page", nil, method: "PUT")]
        if live.snapshots["page"] != nil { levers.append(button("restore state", "/snapshots/page/restore", nil)) }
        if live.charter.isTimeVirtual {
            for by in ["1m", "10m", "1h", "1d"] { levers.append(button("+" + by, "/clock/advance", ["by": .string(by)])) }
            levers.append(step("sync", "engine.sync"))
        }
        return .element(
            "header",
            [
                .element("h1", [.text("Tandem")]), mark(check.standing.rawValue),
                .element("span", ["class": "clock"], [.text(clock)]), .joined(levers),
                .element(
                    "p",
                    ["rackbeat", "ongoing", "control"].map { name in
                        .text("\(name) \(addresses[name]?.string ?? "")   ")
                    }), .element("p", ["id": "answer"], []),
            ])
    }

    // MARK: Both sides

    private var rackbeat: HTML {
        let shop = live.world.shop
        let next = (shop.orders.compactMap { Int($0.number) }.max() ?? 1000) + 1
        let line = (shop.orders.flatMap(\.lines).compactMap { Int($0.id) }.max() ?? 0) + 1
        let item = shop.products.first { !$0.isDeleted && $0.keepsInventory }?.number
        let lever = item.map { item in
            step(
                "book order \(next)", "rackbeat.book-order",
                ["number": JSON(next), "lines": [["id": JSON(line), "item": .string(item), "quantity": 1]]])
        }
        return section(
            "Rackbeat", lever.map { [$0] } ?? [],
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
        let warehouse = live.world.warehouse
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
        let world = live.world
        let report = ExchangeReport(of: world, credentials)
        let faults: [(String, String, String)] = [
            ("lose next answer of Ongoing", "ongoing * /**", "response-lost"),
            ("lose next answer of Rackbeat", "rackbeat * /**", "response-lost"),
            ("429 from Rackbeat", "rackbeat * /**", "too-many-requests"),
            ("500 from Ongoing", "ongoing * /**", "server-error-after"),
        ]
        let levers = faults.map { button($0.0, "/faults", ["match": .string($0.1), "fault": .string($0.2)]) }
        let standing = world.faults.map { fault, strikes -> [HTML] in
            let times = fault.times.map { String($0) } ?? "all"
            return [HTML.text("\(fault.match)"), .text(fault.kind.rawValue), .text("struck \(strikes) of \(times)")]
        }
        let exchanges = world.exchanges.suffix(Self.shownExchanges).reversed().map { exchange in
            self.exchange(report.json(exchange))
        }
        return section(
            "Wire", levers + [button("end faults", "/faults", nil, method: "DELETE")],
            [
                .table(["faults on", "kind", ""], standing),
                .table(
                    ["violations", "sentence"],
                    world.violations.suffix(20).map {
                        [.text("#\($0.exchange) \($0.operation)"), .text(report.masked($0.sentence))]
                    }),
                .table(["#", "exchange", "answer"], Array(exchanges)),
                .table(
                    ["webhook", "to", "state"],
                    live.deliveries.all.suffix(20).map { [.text($0.event), .text($0.url), .text("\($0.words)")] }),
            ])
    }

    /// - Parameter json: As the control API tells it, without secrets.
    private func exchange(_ json: JSON) -> [HTML] {
        let request = "\(json["system"]?.string ?? "") \(json["method"]?.string ?? "") \(json["target"]?.string ?? "")"
        let answer = json["status"]?.int.map(String.init) ?? json["failure"]?.string ?? ""
        let bodies = ["requestBody", "responseBody"].compactMap { json[$0]?.string }.map { HTML.element("pre", [.text($0)]) }
        return [
            .text(json["number"]?.int.map(String.init) ?? ""),
            bodies.isEmpty ? .text(request) : .element("details", [.element("summary", [.text(request)])] + bodies),
            .text(answer + (json["fault"]?.string.map { " (\($0))" } ?? "")),
        ]
    }

    // MARK: The verdict

    private func verdict(_ check: CheckReport) -> HTML {
        section(
            "Verdict", [],
            [
                .table(
                    ["rule", "", "findings"],
                    check.entries.map { entry in
                        let findings = entry.findings.prefix(3).map { "\($0.subject): \($0.sentence)" }
                        let more = entry.findings.count > 3 ? ["and \(entry.findings.count - 3) more"] : []
                        return [
                            .text(entry.invariant), mark(entry.standing.rawValue),
                            .joined((findings + more + [entry.why].compactMap { $0 }).map { .element("p", [.text($0)]) }),
                        ]
                    }),
                .table(
                    ["steps that could not be taken", ""],
                    live.troubles.suffix(10).map { [.text("\($0.place)"), .text($0.text)] }),
            ])
    }

    // MARK: Pieces

    private func section(_ title: String, _ levers: [HTML], _ parts: [HTML]) -> HTML {
        .element("section", [.element("h2", [.text(title)])] + levers + parts)
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

    /// Pulls the lever that a button names, and shows the page anew; also every three seconds, unless something is being read.
    private static let script: StaticString = """
        document.addEventListener("click",async e=>{const b=e.target.closest("button");if(!b)return;
        const r=await fetch(b.dataset.path,{method:b.dataset.method,headers:{"Content-Type":"application/json"},
        body:b.dataset.body||undefined});if(r.ok){location.reload()}else{const p=await r.json();
        document.getElementById("answer").textContent=[p.detail,...(p.problems||[]).map(x=>x.text)].join(" ")}});
        setInterval(()=>{if(!document.querySelector("details[open]")&&!document.getElementById("answer").textContent)
        location.reload()},3000)
        """
}
