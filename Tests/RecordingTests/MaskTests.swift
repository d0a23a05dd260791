import Contract
import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import Testing
import Units

@testable import Recording

@Suite struct PseudonymTests {
    /// The vector of the paper's appendix A: the key 00…0f, the message 00…0e.
    @Test func theHashIsSipHash() {
        let hash = KeyedHash(key: (0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908))
        #expect(hash.of(Array(0..<15)) == 0xa129_ca61_49be_45e5)
    }

    @Test func noTwoNumbersBecomeOne() {
        #expect(Set((0..<20_000).map(testKey.number)).count == 20_000)
    }

    @Test func numbersOfBothSystemsStillJoin() {
        let number = String(testKey.number(1042))
        #expect(testKey.key("1042") == number)
        #expect(testKey.key("1042-B") == number + "-B")
        #expect(testKey.key("1042") != "1042")
        #expect(testKey.key("CHAIR-01") == testKey.key("CHAIR-01"))
        #expect(testKey.key("CHAIR-01") != testKey.key("chair-01"))
    }

    /// A telephone number in the place of a key, and a name behind a number.
    @Test(arguments: ["+45 20 30 40 50", "1042-Anne", "0042", "99999999999999999999"])
    func nothingOfAnotherKeyIsKept(_ text: String) {
        #expect(testKey.key(text).hasPrefix("K"))
        #expect(testKey.key(text).utf8.count == 13)
    }

    @Test func aKeyIsReadBack() {
        let text = Pseudonyms.text(ofKey: (0x0123_4567_89ab_cdef, 7))
        #expect(Pseudonyms(key: text + "\n")?.number(5) == Pseudonyms(key: (0x0123_4567_89ab_cdef, 7)).number(5))
        #expect(Pseudonyms(key: "123") == nil)
    }
}

@Suite struct MaskTests {
    /// 30 values, each of which occurs nowhere but in the fields of people and secrets.
    static let planted = [
        "Annemarie Plantet", "Bodegaen Plantet ApS", "Plantetvej 11", "Baghuset Plantet", "Plantetstrup", "9999X",
        "anne@plantet.example", "+45 20304051", "Ring Anne Plantet", "Nøglen ligger hos Plantet", "PLANTET-REF-1",
        "Skriv til Plantet",
        "Lars Plantet", "Plantet Leverance A/S", "Leverancevej 12", "Porten Plantet", "Leverancestrup", "8888X",
        "lars@plantet.example", "+45 20304052", "Plantet gruppe", "Havnens Plantet", "Kaj Plantet 3", "Fakturastrup",
        "faktura@plantet.example", "+45 20304053", "Mia Plantet", "plantet-token-4711", "Linjetekst Plantet", "Plantet betaling",
    ]

    private static let world = """
        world:
          customers: [ { number: 20304050, name: Annemarie Plantet, street: Plantetvej 11, street2: Baghuset Plantet, city: Plantetstrup, zipcode: 9999X, email: anne@plantet.example, phone: "+45 20304051" } ]
          suppliers: [ { number: 21, name: Plantet Leverance A/S, street: Leverancevej 12, street2: Porten Plantet, city: Leverancestrup, zipcode: 8888X, email: lars@plantet.example, phone: "+45 20304052", group: Plantet gruppe } ]
          employees: [ { number: 4, name: Mia Plantet } ]
          payment-terms: [ { number: 8, name: Plantet betaling } ]
          products: [ { number: CHAIR-01, name: Lars Plantet, description: Bodegaen Plantet ApS, stock: 10, supplier: 21 } ]
        steps:
          - rackbeat.book-order:
              number: 1042
              delivery: { name: Bodegaen Plantet ApS, street: Plantetvej 11, zipcode: 9999X, city: Plantetstrup, email: anne@plantet.example, phone: "+45 20304051" }
              billing: { name: Havnens Plantet, street: Kaj Plantet 3, city: Fakturastrup, email: faktura@plantet.example, phone: "+45 20304053" }
              note: Ring Anne Plantet
              heading: Nøglen ligger hos Plantet
              other-reference: PLANTET-REF-1
              our-reference: 4
              payment-terms: 8
              lines: [ { id: 1, item: CHAIR-01, quantity: 2 }, { id: 2, text: Linjetekst Plantet } ]
          - rackbeat.book-purchase-order: { number: 3001, supplier: 21, note: Skriv til Plantet, lines: [ { id: 1, item: CHAIR-01, quantity: 4 } ] }
          - engine.sync
          - ongoing.pick: { order: 1042 }
          - ongoing.send: { order: 1042 }
          - ongoing.adjust: { item: CHAIR-01, change: -1, comment: Ring Anne Plantet }
          - engine.sync
        """

    @Test func noneOfThirtyPlantedValuesIsInTheFile() throws {
        let recorded = try Recorded(Self.world)
        #expect(recorded.result.outcome == .passed, "\(recorded.result)")
        var file = recorded.file
        // What the fakes never say: secrets in headers and queries, names as members, an answer that is no JSON.
        let mask = RecordingMask(testKey, connections: ["main"])
        for value in Self.planted {
            for form in Self.forms(of: value) {
                var headers: HTTPFields = [.authorization: "Bearer \(form)", .userAgent: form, .contentType: "text/\(form)"]
                headers[HTTPField.Name("X-Anything")!] = form
                headers[.retryAfter] = form
                let body: JSON = [
                    "order": [
                        "number": .string(form), "type": .string(form), "currency": .string(form), "quantity": .string(form),
                        "updated_at": .string(form), "unknown": [.string(form)],
                        "metadata": [.object(JSONObject([JSONObject.Member(name: form, value: .string(form))]))],
                    ]
                ]
                let exchanges = [
                    Request(
                        .get,
                        "/api/orders/\(PercentEncoding.encode(form))?search=\(PercentEncoding.encode(form))&\(form)=1&limit=\(form)",
                        headers: headers, body: body.serialized),
                    Request(.post, "/api/\(form)", body: Array(form.utf8)),
                ].map { request in
                    Exchanged(
                        number: 1, system: .rackbeat, connection: form, request: request,
                        outcome: .response(Response(status: 200, headers: headers, json: body)), served: nil,
                        startedAt: Moment(milliseconds: 0), endedAt: Moment(milliseconds: 5))
                }
                for exchange in exchanges {
                    file += String(decoding: mask.masked(exchange, basePath: "/api").json.serialized, as: UTF8.self) + "\n"
                }
            }
        }
        let said = recorded.exchanges.flatMap { $0.request.body + ($0.served?.body ?? []) }
        #expect(Self.planted.count { Self.contains(Array($0.utf8), said) } >= 24, "the world says what is looked for")
        let bytes = Array(file.utf8)
        for value in Self.planted + ["20304050", "CHAIR-01"] {
            for form in Self.forms(of: value) { #expect(!Self.contains(Array(form.utf8), bytes), "\(value) as \(form)") }
        }
    }

    /// Byte by byte: by characters it takes minutes.
    private static func contains(_ needle: [UInt8], _ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            guard bytes.count >= needle.count else { return false }
            for start in 0...(bytes.count - needle.count) where bytes[start] == needle[0] {
                if needle.indices.allSatisfy({ bytes[start + $0] == needle[$0] }) { return true }
            }
            return false
        }
    }

    /// As it is, as a URL and JSON write it, and in base64.
    private static func forms(of value: String) -> [String] {
        let json = JSON.string(value).serialized
        return [
            value, PercentEncoding.encode(value), PercentEncoding.encode(value).replacing("%20", with: "+"),
            String(decoding: json.dropFirst().dropLast(), as: UTF8.self), Base64.encode(value), value.uppercased(),
        ]
    }

    /// What stands in the place of a value is of its kind, so the contract says the same of it.
    @Test(arguments: ["outbound", "inbound", "stock", "catalogue", "faults", "orders"])
    func theContractSaysTheSameOfTheMaskedExchanges(_ folder: String) throws {
        let files = (try? ScenarioFiles.find(["Scenarios/\(folder)"])) ?? []
        for entry in Runner.read(Array(files.prefix(12))) {
            guard case .scenario(let scenario) = entry, scenario.mutant == nil else { continue }
            let recorded = try Recorded(scenario)
            let observer = Observer()
            var places = ContractPlaces()
            for exchange in recorded.exchanges {
                // A fault makes what the caller sees; that is what is recorded.
                var exchange = exchange
                exchange.served = if case .response(let response) = exchange.outcome { response } else { nil }
                for violation in observer.violations(in: exchange, basePath: BasePaths()[exchange.system]) {
                    places.add(violation)
                }
            }
            let check = RecordingCheck(recorded.recording)
            #expect(
                check.places.map { "\($0.operation) \($0.path) \($0.kind) \($0.count)" }
                    == places.all.map { "\($0.operation) \($0.path) \($0.kind) \($0.count)" }, "\(scenario.path)")
        }
    }

    @Test func aLineThatIsCutOffIsNoExchangeAndADamagedOneIsNamed() throws {
        let file = try Recorded(Self.world).file
        let count = file.split(separator: "\n").count - 1
        var recording = Recording()
        recording.read(Array((file + "{\"at\":\"2026").utf8), named: "a.jsonl")
        #expect(recording.exchanges.count == count)
        #expect(recording.unreadable == [])
        recording.read(Array("{}\n".utf8), named: "b.jsonl")
        #expect(recording.unreadable == ["b.jsonl:1"])
    }
}

@Suite struct RecordingCheckTests {
    @Test func deviationsAreGroupedByOperation() throws {
        var recorded = try Recorded(
            """
            world:
              products: [ { number: CHAIR-01, stock: 1 } ]
            steps: [ engine.sync ]
            """)
        #expect(RecordingCheck(recorded.recording).holds)
        #expect(RecordingCheck(recorded.recording).text.hasSuffix(" exchanges are as the contract says.\n"))
        let mask = RecordingMask(testKey, connections: ["main"])
        for name in ["one", "two"] {
            let request = Request(.get, "/api/orders/1042", headers: [.accept: "application/json", .authorization: "Bearer x"])
            let response = Response(status: 200, json: ["order": ["number": .string("a \(name)"), "surprise": 1]])
            let exchange = Exchanged(
                number: 1, system: .rackbeat, connection: "main", request: request, outcome: .response(response),
                served: response,
                startedAt: noon, endedAt: noon)
            recorded = recorded.with(mask.masked(exchange, basePath: "/api"))
        }
        let check = RecordingCheck(recorded.recording)
        #expect(!check.holds)
        let number = try #require(check.places.first { $0.path == "/order/number" })
        #expect(number.count == 2)
        #expect(check.text.contains("  Rackbeat GET /orders/{number}\n"), "\(check.text)")
        #expect(check.text.contains("    /order/number, 2×: found "), "\(check.text)")
        #expect(check.text.contains("members that the contract does not know:"), "\(check.text)")
    }
}

let noon = Moment(iso: "2026-03-02T12:00:00Z")!

extension Recorded {
    func with(_ exchange: RecordedExchange) -> Recorded {
        var copy = self
        copy.recording.add(exchange)
        return copy
    }
}
