import Exchange
import SyncCore
import Units

extension RackbeatSnapshot.Product {
    /// The article that a connection's warehouse must hold for this product.
    func expectedArticle(for connection: ConnectionFacts) -> [ExpectedField] {
        var fields: [ExpectedField] = [
            .text("articleName", name),
            .text("productCode", number),
            .text("description", description),
            .text("barCodeInfo.barCode", barcode),
            .amount("customerPrice", customerPrice(connection.rackbeatProfile["price.taxful"])),
            .text("articleGroup.code", group?.number),
            .text("articleGroup.name", group?.name),
        ]
        let unit = connection.ongoingProfile["dimension_unit"]
        fields += [
            .amount("height", Self.length(height, in: sizeUnit, as: unit)),
            .amount("length", Self.length(depth, in: sizeUnit, as: unit)),
            .amount("width", Self.length(width, in: sizeUnit, as: unit)),
            .amount("weight", Self.kilograms(weight, in: weightUnit)),
            .flag("storageProperties.isBatchArticle", isBatch),
            .flag("storageProperties.isSerialNumberArticle", isSerial),
            .text("linkToPicture", pictureURL.flatMap { withoutEdges($0).isEmpty ? nil : $0 } ?? originalPictureURL),
            .text("supplierInfo.supplierNumber", supplierNumber),
            .text("supplierInfo.supplierName", supplierName),
        ]
        if connection.settings.barredProducts == .deactivate { fields.append(.flag("isActive", !isBarred)) }
        return fields
    }

    /// - Parameter choice: Where the price with VAT comes from. A custom field of the account has the computed price too.
    private func customerPrice(_ choice: String) -> ExactDecimal? {
        guard let net = salesPrice else { return nil }
        if choice == "net" { return net.rounded(decimals: 2) }
        return group.map { withVAT(net, percent: $0.vat) }
    }

    private static func length(_ value: ExactDecimal?, in unit: String?, as wanted: String) -> ExactDecimal? {
        let micrometres: [String: Int128] = [
            "mm": 1000, "cm": 10_000, "dm": 100_000, "m": 1_000_000, "in": 25_400, "inch": 25_400, "\"": 25_400, "ft": 304_800,
        ]
        return convert(value, by: unit.flatMap { micrometres[plain($0)] }, over: micrometres[wanted]!)
    }

    private static func kilograms(_ value: ExactDecimal?, in unit: String?) -> ExactDecimal? {
        let micrograms: [String: Int128] = [
            "mg": 1000, "g": 1_000_000, "gr": 1_000_000, "kg": 1_000_000_000, "t": 1_000_000_000_000,
            "ton": 1_000_000_000_000, "lb": 453_592_370, "lbs": 453_592_370, "oz": 28_349_523,
        ]
        return convert(value, by: unit.flatMap { micrograms[plain($0)] }, over: 1_000_000_000)
    }

    /// value × factor ÷ divisor, rounded once at six decimals, half away from zero; `nil` for an unknown unit.
    private static func convert(_ value: ExactDecimal?, by factor: Int128?, over divisor: Int128) -> ExactDecimal? {
        guard let value, let factor else { return nil }
        let exact = value.millionths * factor
        return ExactDecimal(millionths: (exact + (exact < 0 ? -divisor / 2 : divisor / 2)) / divisor)
    }

    private static func plain(_ unit: String) -> String { withoutEdges(unit).lowercased() }
}
