import Exchange
import HTTPTypes
import JSON
import Simulation

/// Makes a valid request invalid, in one way or several.
struct RequestMutation {
    private static let oddTexts = [
        "", " ", "0", "-1", "+5", "00", "1e3", "2147483647", "2147483648", "-2147483649", "9223372036854775807",
        "9223372036854775808", "99999999999999999999999999", "NaN", "null", "true", "٣", "%", "%25", "%ZZ", "\u{0}", "\u{FEFF}",
        "../..", "a,b", "[]", "'; DROP", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59.999999999+14:00",
        "1899-12-31T00:00:00Z", "2026-02-30", "2026-03-29T02:30:00", "0000-00-00", "2026-13-01 25:61:61", "é", "e\u{301}",
        "👩‍👩‍👧‍👦", "number,lines(id,item(number", "((((((", "*", String(repeating: "9", count: 400),
        String(repeating: "x", count: 3000),
    ]
    private static let oddNumbers = [
        "0", "-0", "-1", "1", "1.0", "1e2", "1E-2", "0.0000001", "-0.000001", "999999999", "1000000000", "2147483648",
        "9223372036854775807", "9223372036854775808", "-9223372036854775808", "1e12", "1e13", "1e999", "-1e999", "1e-999",
        "123456789012345678901234567890.123456789", "170141183460469231731687303715884105728",
    ]
    private static let oddBytes: [[UInt8]] = [
        [], Array("{".utf8), Array("[]".utf8), Array("[{}]".utf8), Array("null".utf8), Array("12".utf8), Array("\"x\"".utf8),
        Array("{}".utf8), [0xFF, 0xFE], [0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D], Array("{\"a\":1,\"a\":2}".utf8),
        Array("{\"a\":1}{\"b\":2}".utf8), Array("{\"a\":01}".utf8), Array("{'a':1}".utf8), Array("\u{FEFF}{}".utf8),
        Array(String(repeating: "[", count: 20_000).utf8), Array(String(repeating: "{\"a\":", count: 2000).utf8),
        Array("<html></html>".utf8), Array("a=1&b=2".utf8), Array("{\"a\":\"\\uD800\"}".utf8),
    ]

    private var random: SeededRandom

    init(_ random: SeededRandom) { self.random = random }

    mutating func mutate(_ forged: ForgedRequest, basePath: String) -> Request {
        var forged = forged
        let times = random.draw(1...3)
        for _ in 0..<times { spoilPart(&forged) }
        var request = forged.request(basePath: basePath)
        if random.once(in: 6) { spoilBytes(&request) }
        if random.once(in: 10) { spoilTarget(&request) }
        return request
    }

    private mutating func spoilPart(_ forged: inout ForgedRequest) {
        switch random.draw(0...11) {
        case 0...4 where forged.body != nil: forged.body = spoilt(forged.body!, depth: 0)
        case 5:
            let index = Int(random.draw(0...Int64(forged.segments.count - 1)))
            forged.segments[index] = PercentEncoding.encode(random.pick(Self.oddTexts))
        case 6 where !forged.query.isEmpty:
            let index = Int(random.draw(0...Int64(forged.query.count - 1)))
            forged.query[index].value = random.pick(Self.oddTexts)
        case 7 where !forged.query.isEmpty:
            let entry = random.pick(forged.query)
            forged.query.append((random.once(in: 2) ? entry.name : random.pick(Self.oddTexts), entry.value))
        case 8 where !forged.query.isEmpty: forged.query.remove(at: Int(random.draw(0...Int64(forged.query.count - 1))))
        case 9 where random.once(in: 4):
            let methods = ["HEAD", "OPTIONS", "PATCH", "DELETE", "PUT", "POST", "GET", "TRACE", "PROPFIND", "X"]
            forged.method = HTTPRequest.Method(rawValue: random.pick(methods))!
        case 10 where random.once(in: 4): spoilHeaders(&forged.headers)
        case 11 where forged.body == nil && random.once(in: 3): forged.body = ["a": 1]
        default: forged.query.append((random.pick(["page", "limit", "fields", "goodsOwnerId", "x"]), random.pick(Self.oddTexts)))
        }
    }

    private mutating func spoilHeaders(_ headers: inout HTTPFields) {
        let values = ["", "Bearer", "Bearer ", "Basic", "Basic ====", "Basic %%", "Digest x", "Bearer é", "text/html", "*/*"]
        let names: [HTTPField.Name] = [.authorization, .contentType, .accept]
        let name = random.pick(names)
        headers[name] = random.once(in: 4) ? nil : random.pick(values)
    }

    /// Changes one value of the body, or adds, removes or moves a member.
    private mutating func spoilt(_ json: JSON, depth: Int) -> JSON {
        switch json {
        case .object(let object) where !object.isEmpty && !random.once(in: 6): return .object(spoilt(object, depth))
        case .array(let elements) where !elements.isEmpty && !random.once(in: 6):
            var elements = elements
            let index = Int(random.draw(0...Int64(elements.count - 1)))
            switch random.draw(0...5) {
            case 0: elements.remove(at: index)
            case 1: elements.append(elements[index])
            default: elements[index] = spoilt(elements[index], depth: depth + 1)
            }
            return .array(elements)
        default: return odd(instead: json)
        }
    }

    private mutating func spoilt(_ object: JSONObject, _ depth: Int) -> JSONObject {
        var object = object
        let name = object[Int(random.draw(0...Int64(object.count - 1)))].name
        switch random.draw(0...8) {
        case 0: object[name] = nil
        case 1: object[name] = .null
        case 2:
            object[random.pick(["x", "id", name.uppercased(), name + " ", "suppress_webhooks"])] = odd(instead: object[name]!)
        default: object[name] = spoilt(object[name]!, depth: depth + 1)
        }
        return object
    }

    private mutating func odd(instead json: JSON) -> JSON {
        switch random.draw(0...9) {
        case 0: return .null
        case 1: return .bool(random.once(in: 2))
        case 2: return .array(random.once(in: 2) ? [] : [json])
        case 3: return .object(random.once(in: 2) ? [:] : ["a": json])
        case 4...6: return .number(JSONNumber(random.pick(Self.oddNumbers))!)
        default: return .string(random.pick(Self.oddTexts))
        }
    }

    private mutating func spoilBytes(_ request: inout Request) {
        switch random.draw(0...3) {
        case 0: request.body = random.pick(Self.oddBytes)
        case 1 where !request.body.isEmpty: request.body.removeLast(Int(random.draw(1...Int64(request.body.count))))
        case 2 where !request.body.isEmpty:
            let index = Int(random.draw(0...Int64(request.body.count - 1)))
            request.body[index] = UInt8(truncatingIfNeeded: random.draw(0...255))
        default: request.body += Array(" \"".utf8)
        }
    }

    private mutating func spoilTarget(_ request: inout Request) {
        switch random.draw(0...5) {
        case 0: request.target += "/"
        case 1: request.target = request.target.split(separator: "/").joined(separator: "//")
        case 2: request.target += random.pick(["?", "&", "?&&=&%", "#x", "%", "%4", "?a=%ZZ&=b"])
        case 3: request.target = String(request.target.dropLast(Int(random.draw(1...8))))
        case 4: request.target = random.pick(["", "/", "*", "//", "/api", "/demo/api/v1", "/demo", "/api/%2e%2e/x", "é"])
        default: request.target += String(repeating: "/a", count: Int(random.draw(1...200)))
        }
    }
}
