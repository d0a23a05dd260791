import Exchange
import JSON

/// Read-only probes of a Rackbeat account for what the public material leaves open.
enum RackbeatProbes {
    typealias Probe = (ProbeClient) throws -> ProbeResult

    /// By key of the ledger.
    static var reading: [String: Probe] { listProbes.merging(documentProbes) { first, _ in first } }

    // MARK: Samples

    static func products(_ probeClient: ProbeClient) throws -> Response {
        try probeClient.get("products", ["limit": "1"])
    }

    static func firstRow(
        _ probeClient: ProbeClient, _ path: String, _ key: String? = nil, _ look: (JSON) -> ProbeResult
    ) throws -> ProbeResult {
        let response = try probeClient.get(path, ["limit": "1"])
        guard let rows = response.rows(key ?? path) else { return .unexpected(response) }
        return rows.first.map(look) ?? .inconclusive("the list is empty")
    }

    static func orders(_ probeClient: ProbeClient) throws -> [JSON] {
        try probeClient.get("orders", ["limit": "100"]).rows("orders") ?? []
    }

    static func lines(_ probeClient: ProbeClient, _ path: String) throws -> [JSON] {
        let key = path.replacing("-", with: "_")
        return (try probeClient.get(path, ["limit": "100"]).rows(key) ?? []).flatMap { $0["lines"]?.array ?? [] }
    }
}
