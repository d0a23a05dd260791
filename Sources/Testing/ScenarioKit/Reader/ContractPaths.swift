import Contract
import Exchange
import HTTPTypes
import Simulation
import StrictYAML
import Units

/// Exchanges that a scenario names, compared with the contracts: a fault on an exchange that does not exist would never be applied.
enum ContractPaths {
    /// Reads a pattern. The path may begin with the base path, as reports print it.
    static func pattern(_ text: String) throws(ScalarRefusal) -> ExchangePattern {
        let pattern: ExchangePattern
        do { pattern = try ExchangePattern(withoutBasePath(text)) } catch { throw ScalarRefusal("\(error)") }
        let operations = ContractDocument.standard(for: pattern.system).operations
        if operations.contains(where: { matches(pattern, $0) }) { return pattern }
        let wanted = "\(pattern)"
        let names = operations.map { "\(pattern.system) \($0.method) \(withoutNames($0.path))" }
        let nearest = Spelling.ranked(names, by: wanted).first
        throw ScalarRefusal(
            "the contract of \(pattern.system.title) has no exchange '\(wanted)'"
                + (nearest.map { "; the nearest is '\($0)'" } ?? ""))
    }

    private static func withoutBasePath(_ text: String) -> String {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let system = System(rawValue: parts[0]) else { return text }
        let base = BasePaths()[system]
        guard parts[2].hasPrefix(base + "/") else { return text }
        return "\(parts[0]) \(parts[1]) \(parts[2].dropFirst(base.count))"
    }

    private static func matches(_ pattern: ExchangePattern, _ operation: ContractDocument.Operation) -> Bool {
        guard pattern.method.map({ $0.rawValue == operation.method }) ?? true else { return false }
        let isOpen = pattern.segments.last == "**"
        let fixed = isOpen ? pattern.segments.dropLast() : pattern.segments[...]
        let actual = operation.path.parts(between: "/")
        guard isOpen ? actual.count >= fixed.count : actual.count == fixed.count else { return false }
        return zip(fixed, actual).allSatisfy { $0 == "{}" || $0 == "*" || $1.hasPrefix("{") || $0 == $1 }
    }

    /// `/orders/{orderId}` as a pattern: `/orders/{}`.
    private static func withoutNames(_ path: String) -> String {
        "/" + path.parts(between: "/").map { $0.hasPrefix("{") ? "{}" : String($0) }.joined(separator: "/")
    }
}
