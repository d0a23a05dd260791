import ClientKit
import Exchange
import JSON
import Trade

extension OngoingClient {
    /// Whether a line that the warehouse holds stays there when a put does not name it.
    package var keepsMissingLines: Bool { profile["put.missing_lines"] == "keep" }

    /// Whether an update has to say of a text that it holds nothing any more.
    func clearsTexts(onUpdate isUpdate: Bool) -> Bool { isUpdate && profile["put.null_members"] == "keep" }

    func body(clearsTexts: Bool, _ build: (inout BodyWriter) -> Void) -> JSON {
        var writer = BodyWriter(clearsTexts: clearsTexts)
        writer.whole("goodsOwnerId", goodsOwner)
        build(&writer)
        return writer.body
    }

    /// Sends a whole object and reads the identifier that the warehouse gave it.
    ///
    /// The message of the response is for people and sometimes wrong («created» for what was there). A success without an identifier,
    /// though, is a failure, and the message is then all that says why.
    func identifier(from call: Call, _ member: String) throws -> WarehouseID {
        try api.read(call) { wire throws(WireError) in
            if let id = try wire.optional(member, .whole) { return WarehouseID(id) }
            let message = OngoingRefusal.cleaned(try wire.optional("message", .text) ?? "")
            throw WireError(
                problem: "it names no \(member)" + (message.isEmpty ? "" : " and says: \(message)"))
        }
    }
}
