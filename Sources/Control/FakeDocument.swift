import Contract
import Exchange
import HTTPTypes
import JSON
import ScenarioKit

extension Control {
    /// The contract of a system as an OpenAPI document whose server is the world's fake.
    func contract(of system: System, for world: ServedWorld, _ request: Request) -> Response {
        guard request.method == .get else {
            var response = Response(status: 405, json: ["message": "This document can only be read."])
            response.headers[.allow] = "GET"
            return response
        }
        let address = addresses(of: world)[system.rawValue]?.string ?? ""
        return Response(status: 200, json: ContractDocument.standard(for: system).served(at: address))
    }
}
