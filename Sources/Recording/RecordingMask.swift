import Contract
package import Exchange
import HTTPTypes
import JSON
import Units

/// Covers what is personal or secret in an exchange before any of it is kept.
///
/// Everything is covered that ``MemberList`` does not name. What stands in the place of a value is of the same kind and form, so that the
/// contract says the same of it: a moment becomes a moment, an empty text stays empty.
package struct RecordingMask: Sendable {
    private let pseudonyms: Pseudonyms
    /// How the recording calls the connections.
    private let connections: [String: String]

    /// - Parameter connections: Their names in the configuration, in its order.
    package init(_ pseudonyms: Pseudonyms, connections: [String]) {
        self.pseudonyms = pseudonyms
        self.connections = Dictionary(
            connections.enumerated().map { ($0.element, Self.name(ofConnection: $0.offset)) },
            uniquingKeysWith: { first, _ in first })
    }

    static func name(ofConnection index: Int) -> String { index == 0 ? "main" : "connection-\(index + 1)" }

    package func masked(_ exchange: Exchanged, basePath: String) -> RecordedExchange {
        let (system, request) = (exchange.system, exchange.request)
        var recorded = RecordedExchange(
            system: system, connection: connections[exchange.connection] ?? "", method: request.method.rawValue,
            path: path(of: request, system, basePath: basePath), at: exchange.startedAt,
            took: exchange.endedAt - exchange.startedAt)
        recorded.query = Query(parsing: request.queryText ?? "").parameters.map {
            ($0.name, MemberList.knows($0.name, system) ? text($0.value, named: $0.name, in: "", system) : covered($0.value))
        }
        .enumerated().map { index, parameter in
            MemberList.knows(parameter.0, system) ? parameter : ("unlisted_\(pseudonyms.tag(parameter.0))", parameter.1)
        }
        recorded.headers = headers(request.headers)
        recorded.sent = body(request.body, system)
        switch exchange.outcome {
        case .response(let response):
            recorded.outcome = .response(
                status: response.status, headers: headers(response.headers), body: body(response.body, system))
        case .failed(.notConnected): recorded.outcome = .notConnected
        case .failed(.lost): recorded.outcome = .lost
        case .failed(.timedOut): recorded.outcome = .timedOut
        }
        return recorded
    }

    // MARK: Targets and headers

    /// Behind the base path, which may name the warehouse.
    private func path(of request: Request, _ system: System, basePath: String) -> String {
        guard let label = Observer.operation(of: request, to: system, basePath: basePath) else { return "/unlisted" }
        let template = label.drop { $0 != "/" }.parts(between: "/")
        let base = basePath.hasSuffix("/") ? basePath.utf8.count - 1 : basePath.utf8.count
        let actual = String(decoding: request.path.utf8.dropFirst(base), as: UTF8.self).parts(between: "/")
        guard template.count == actual.count else { return "/unlisted" }
        return zip(template, actual).map { named, segment in
            "/" + (named.hasPrefix("{") ? PercentEncoding.encode(pseudonyms.key(decoded(segment))) : String(named))
        }.joined()
    }

    /// A number may be encoded twice.
    private func decoded(_ segment: Substring) -> String {
        var text = String(segment)
        for _ in 0..<3 {
            let next = PercentEncoding.decode(text)
            if next == text { break }
            text = next
        }
        return text
    }

    private func headers(_ fields: HTTPFields) -> [(name: String, value: String)] {
        fields.compactMap { field in
            MemberList.value(ofHeader: field.name.rawName, field.value).map { (field.name.rawName, $0) }
        }
    }

    // MARK: Bodies

    private func body(_ bytes: [UInt8], _ system: System) -> RecordedExchange.Body {
        if bytes.isEmpty { return .empty }
        guard let tree = try? JSON.parse(bytes) else { return .other(bytes: bytes.count) }
        return .json(masked(tree, named: "", in: "", system))
    }

    private func masked(_ json: JSON, named name: String, in parent: String, _ system: System) -> JSON {
        switch json {
        case .null, .bool: return json
        case .number(let number): return .number(masked(number, MemberList.kind(of: name, in: parent, system)))
        case .string(let text): return .string(self.text(text, named: name, in: parent, system))
        case .array(let elements): return .array(elements.map { masked($0, named: name, in: parent, system) })
        case .object(let object):
            return .object(
                JSONObject(
                    object.map { member in
                        guard MemberList.knows(member.name, system) else {
                            return JSONObject.Member(
                                name: "unlisted_" + pseudonyms.tag(member.name), value: coveredWhole(member.value))
                        }
                        return JSONObject.Member(
                            name: member.name, value: masked(member.value, named: member.name, in: name, system))
                    }))
        }
    }

    /// Of a member that is not listed nothing is kept but its form.
    private func coveredWhole(_ json: JSON) -> JSON {
        switch json {
        case .null, .bool: json
        case .number(let number): .number(masked(number, .covered))
        case .string(let text): .string(covered(text))
        case .array(let elements): .array(elements.map(coveredWhole))
        case .object(let object):
            .object(
                JSONObject(
                    object.map {
                        JSONObject.Member(name: "unlisted_" + pseudonyms.tag($0.name), value: coveredWhole($0.value))
                    }))
        }
    }

    private func masked(_ number: JSONNumber, _ kind: MemberList.Kind) -> JSONNumber {
        switch kind {
        case .amount: return number.text.utf8.count <= 20 ? number : JSONNumber(1)
        case .key: return JSONNumber(number.int.map(pseudonyms.number) ?? 1)
        case .time, .word, .covered:
            return number.int == nil
                ? JSONNumber("0.5")! : JSONNumber(number.text.hasPrefix("-") ? -1 : number.text == "0" ? 0 : 1)
        }
    }

    private func text(_ text: String, named name: String, in parent: String, _ system: System) -> String {
        switch MemberList.kind(of: name, in: parent, system) {
        case .amount: TextForm.isDecimal(text) ? text : covered(text)
        case .time: TextForm.isTime(text) ? text : covered(text)
        case .word: TextForm.isWord(text) ? text : covered(text)
        case .key: pseudonyms.key(text)
        case .covered: covered(text)
        }
    }

    /// A text of the same form that only tells whether two are the same.
    private func covered(_ text: String) -> String {
        if text.isEmpty { return "" }
        if TextForm.isTime(text) { return TextForm.otherTime(like: text) }
        if TextForm.isDecimal(text) { return "1" }
        return "covered-" + pseudonyms.tag(text)
    }
}

/// What a text looks like.
enum TextForm {
    static func isDecimal(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        return !digits.isEmpty && digits.utf8.count <= 16 && digits.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
            && digits.count { $0 == "." } <= 1 && digits.first != "." && digits.last != "."
    }

    /// A vendor's word or a currency. A name or a part of an address has a capital, a space or another letter, so it is none.
    static func isWord(_ text: String) -> Bool {
        let isCurrency = text.utf8.count == 3 && text.allSatisfy { ("A"..."Z").contains($0) }
        let isDirection = text == "ASC" || text == "DESC"
        return isCurrency || isDirection || text.utf8.count <= 24 && text.allSatisfy { ("a"..."z").contains($0) || $0 == "_" }
    }

    /// `2026-03-02`, `2026-03-02 08:00:00`, `2026-03-02T08:00:00.5+01:00`.
    static func isTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 10, bytes.count <= 35 else { return false }
        for (index, byte) in bytes.prefix(19).enumerated() {
            let isRight =
                switch index {
                case 4, 7: byte == UInt8(ascii: "-")
                case 10: byte == UInt8(ascii: "T") || byte == UInt8(ascii: " ")
                case 13, 16: byte == UInt8(ascii: ":")
                default: (0x30...0x39).contains(byte)
                }
            if !isRight { return false }
        }
        return (bytes.count == 10 || bytes.count >= 19) && bytes.dropFirst(19).allSatisfy { "0123456789.:+-Z".utf8.contains($0) }
    }

    /// Written in the same way, with nothing of it.
    static func otherTime(like text: String) -> String {
        let pattern = Array("2000-01-01T00:00:00".utf8)
        let bytes = text.utf8.enumerated().map { index, byte in
            guard (0x30...0x39).contains(byte) else { return byte }
            return index < pattern.count ? pattern[index] : UInt8(ascii: "0")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
