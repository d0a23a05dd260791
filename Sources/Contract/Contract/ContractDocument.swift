import Embedded
package import Exchange
package import JSON
import Units

/// The contract of one system: our description of its API in the OpenAPI 3.1 format, each operation with the place where it
/// was learnt and how sure that makes us.
package struct ContractDocument: Sendable {
    /// How sure a part of the contract is.
    package enum Confidence: String, Sendable, CaseIterable {
        /// From the vendor's pages or its own description of the API.
        case officialDocs = "official-docs"
        /// From code that the vendor publishes.
        case officialSDK = "official-sdk"
        /// From somebody else's code or guide.
        case thirdParty = "third-party"
        /// Concluded from the others.
        case inferred
        /// No evidence: a default chosen here.
        case assumed
    }

    /// One method of one path.
    package struct Operation: Sendable, Equatable {
        /// Such as `createShipment`.
        package let identifier: String
        /// In capitals.
        package let method: String
        /// With parameters in braces, without the base path.
        package let path: String
        package let summary: String
        /// Keys of ``ContractDocument/sources``.
        package let sources: [String]
        package let confidence: Confidence
        /// Numbers in the assumption ledger.
        package let assumptions: [String]
        /// The year in which it came to the vendor's description, when it was not always there.
        package let since: String?

        package var label: String { "\(method) \(path)" }
    }

    /// Something the integration needs and the API has no place for.
    package struct Gap: Sendable, Equatable {
        package let subject: String
        package let sources: [String]
        package let confidence: Confidence
        /// What is done about it.
        package let remedy: String
    }

    package let system: System
    /// The whole document, for printing and comparing.
    package let json: JSON
    package let title: String
    /// What the keys in `x-source` stand for, in the order of the document.
    package let sources: [(key: String, description: String)]
    /// In the order of the document.
    package let operations: [Operation]
    package let knownGaps: [Gap]

    /// The contract of a system that this build carries. That it can be read is tested; an unreadable one is a defect.
    package static func standard(for system: System) -> ContractDocument {
        switch system {
        case .rackbeat: rackbeat
        case .ongoing: ongoing
        }
    }

    private static let rackbeat = embedded(.rackbeat, EmbeddedFile.rackbeatContract)
    private static let ongoing = embedded(.ongoing, EmbeddedFile.ongoingContract)

    private static func embedded(_ system: System, _ bytes: [UInt8]) -> ContractDocument {
        do {
            return try ContractDocument(system, parsing: bytes)
        } catch {
            preconditionFailure("the contract of \(system) in this build: \(error)")
        }
    }

    /// - Throws: ``JSONError`` for a text that is no JSON, ``ResourceError`` for a document that lacks what a contract must say.
    package init(_ system: System, parsing bytes: [UInt8]) throws {
        self.system = system
        json = try JSON.parse(bytes)
        let document = ResourceReader(json, at: JSONPointer())
        title = try document.member("info").string("title")
        var sources: [(String, String)] = []
        for source in try document.member("x-sources").object() {
            sources.append((source.name, source.value.string ?? ""))
        }
        self.sources = sources
        operations = try Self.operations(of: document.member("paths"))
        knownGaps = try Self.gaps(of: document)
    }

    /// The operation of an identifier such as `createShipment`.
    package func operation(_ identifier: String) -> Operation? { operations.first { $0.identifier == identifier } }

    /// The operation of a method and a path as the contract writes it.
    package func operation(_ method: String, _ path: String) -> Operation? {
        operations.first { $0.method == method && $0.path == path }
    }

    private static let methods = ["get", "put", "post", "patch", "delete"]

    private static func operations(of paths: ResourceReader) throws(ResourceError) -> [Operation] {
        var operations: [Operation] = []
        for path in try paths.object() {
            let methods = ResourceReader(path.value, at: paths.place.appending(path.name))
            try methods.allow(only: Set(Self.methods))
            for method in try methods.object() {
                let reader = try methods.member(method.name)
                operations.append(
                    Operation(
                        identifier: try reader.string("operationId"), method: method.name.uppercased(), path: path.name,
                        summary: try reader.string("summary"), sources: try reader.sources(),
                        confidence: try reader.confidence(), assumptions: try reader.assumptions(),
                        since: try reader.optionalString("x-since")))
            }
        }
        return operations
    }

    private static func gaps(of document: ResourceReader) throws(ResourceError) -> [Gap] {
        let place = document.place.appending("x-gaps")
        var gaps: [Gap] = []
        for (index, entry) in (try document.required("x-gaps").array ?? []).enumerated() {
            let reader = ResourceReader(entry, at: place.appending(index))
            gaps.append(
                Gap(
                    subject: try reader.string("subject"), sources: try reader.sources(),
                    confidence: try reader.confidence(), remedy: try reader.string("remedy")))
        }
        return gaps
    }
}

extension ResourceReader {
    fileprivate func sources() throws(ResourceError) -> [String] {
        try string("x-source").split(separator: ",").map { String($0.trimmed) }
    }

    fileprivate func confidence() throws(ResourceError) -> ContractDocument.Confidence {
        let text = try string("x-confidence")
        guard let confidence = ContractDocument.Confidence(rawValue: text) else {
            let all = ContractDocument.Confidence.allCases.map(\.rawValue)
            throw failure("'\(text)' is no confidence" + Spelling.hint(for: text, among: all))
        }
        return confidence
    }

    fileprivate func assumptions() throws(ResourceError) -> [String] {
        guard let value = optional("x-assumption") else { return [] }
        return value.string.map { [$0] } ?? value.array?.compactMap(\.string) ?? []
    }
}
