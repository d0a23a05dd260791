import OngoingFake
import RackbeatFake
package import StrictYAML
import SyncCore

/// Pieces of a scenario that somebody brings to a world that is under way.
extension ScenarioReader {
    /// Reads one step, or a list of steps, in the words of scenario files. JSON is read as the YAML that it also is.
    ///
    /// - Parameters:
    ///   - name: what the text is called in messages.
    ///   - world: what it may name, beside what it makes itself.
    package static func steps(_ bytes: [UInt8], called name: String, in world: World) throws(InvalidFile) -> [Step] {
        try pieces(bytes, called: name, in: world, as: ScenarioShape.step, expecting: "a step or a list of steps") {
            step(from: $0, &$1)
        }
    }

    /// Reads one fault, or a list of faults.
    package static func faults(_ bytes: [UInt8], called name: String, in world: World) throws(InvalidFile) -> [Value] {
        try pieces(bytes, called: name, in: world, as: .record(FaultShapes.fault), expecting: "a fault or a list of faults") {
            value, _ in value
        }
    }

    private static func pieces<Piece>(
        _ bytes: [UInt8], called name: String, in world: World, as shape: Shape, expecting: String,
        _ make: (Value, inout StrictReader) -> Piece?
    ) throws(InvalidFile) -> [Piece] {
        let source = try SourceText(file: name, subject: subject, bytes: bytes)
        guard let document = try YAMLDocument.compose(source) else {
            throw InvalidFile([Problem(file: name, place: .start, text: "\(expecting) was expected, not nothing")])
        }
        var reader = StrictReader(source, names: world.names)
        let values = reader.readOneOrMore(document, as: shape, label: name)
        reader.checkNames()
        let pieces = values.compactMap { make($0, &reader) }
        guard reader.problems.isEmpty else { throw InvalidFile(reader.problems) }
        return pieces
    }
}

extension World {
    /// What steps can name, as both systems hold it now.
    fileprivate var names: NameBook {
        let shop = erpActor.fake
        var names = NameBook()
        names.hold(shop.products.filter { !$0.isDeleted }.map(\.number), of: .product)
        for goodsOwner in plan.goodsOwners {
            names.hold(warehouseActor.fake.articles(of: goodsOwner).map(\.number), of: .product)
        }
        names.hold(shop.locations.map { String($0.number) }, of: .location)
        names.hold(shop.groups.map { String($0.number) }, of: .group)
        names.hold(shop.suppliers.map { String($0.number) }, of: .supplier)
        names.hold(shop.customers.map { String($0.number) }, of: .customer)
        names.hold(shop.paymentTerms.map { String($0.number) }, of: .paymentTerm)
        names.hold(shop.employees.map { String($0.number) }, of: .employee)
        names.hold(shop.orders.map { String($0.number) }, of: .order)
        names.hold(shop.purchaseOrders.map { String($0.number) }, of: .purchaseOrder)
        names.hold(plan.connections.map(\.name), of: .connection)
        return names
    }
}
