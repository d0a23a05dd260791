package import Trade
import Units

extension MappingContext {
    /// The article that the warehouse is to hold for a product.
    package func article(for product: Product) -> Mapped<Article> {
        var cleaner = TextCleaner(limits: limits)
        var article = Article(number: ArticleNumber(of: product.number).item)
        article.name = cleaner.clean(product.name, "articleName", .name)
        article.productCode = article.number.text
        article.description = cleaner.clean(product.description, "description", .remark)
        article.barcode = cleaner.clean(product.barcode, "barCodeInfo.barCode", .number)
        article.customerPrice = customerPrice(of: product, &cleaner)
        article.groupCode = cleaner.clean(product.group?.number, "articleGroup.code", .number)
        article.groupName = cleaner.clean(product.group?.name, "articleGroup.name", .name)
        article.height = length(product.height, "height", &cleaner)
        article.length = length(product.length, "length", &cleaner)
        article.width = length(product.width, "width", &cleaner)
        article.weight = kilograms(product.weight, &cleaner)
        article.isBatchArticle = product.isBatchControlled
        article.isSerialNumberArticle = product.isSerialNumbered
        article.pictureURL = cleaner.clean(product.pictureURL, "linkToPicture", .remark)
        article.supplierNumber = cleaner.clean(product.supplierNumber, "supplierInfo.supplierNumber", .number)
        article.supplierName = cleaner.clean(product.supplierName, "supplierInfo.supplierName", .name)
        switch barredProducts {
        case .leave: break
        // What was an article while Rackbeat kept stock of it can be no more than switched off.
        case .deactivate: article.isActive = !product.isBarred && product.keepsInventory
        }
        return Mapped(value: article, findings: cleaner.findings)
    }

    private func customerPrice(of product: Product, _ cleaner: inout TextCleaner) -> Money? {
        switch taxfulPrice {
        case .field: return product.grossSalesPrice
        case .net: return product.netSalesPrice.map { Money($0.amount.rounded(decimals: 2)) }
        case .computed:
            guard let net = product.netSalesPrice else { return nil }
            guard let percent = product.group?.vatDomestic else {
                cleaner.note("customerPrice", "the product has no group with a VAT rate, so its price with VAT is unknown")
                return nil
            }
            return net.adding(percent: percent)
        }
    }

    private func length(_ measure: Measure?, _ field: String, _ cleaner: inout TextCleaner) -> ExactDecimal? {
        guard let measure else { return nil }
        guard let millimetres = Self.millimetres(per: measure.unit) else {
            cleaner.note(field, Self.unitProblem(measure, known: "mm, cm, dm, m, in or ft"))
            return nil
        }
        let perUnit: Int =
            switch dimensionUnit {
            case .metres: 3
            case .centimetres: 1
            case .millimetres: 0
            }
        return Self.product(measure.value, millimetres, dividedByTen: perUnit)
    }

    private func kilograms(_ measure: Measure?, _ cleaner: inout TextCleaner) -> ExactDecimal? {
        guard let measure else { return nil }
        guard let grams = Self.grams(per: measure.unit) else {
            cleaner.note("weight", Self.unitProblem(measure, known: "mg, g, kg, t, lb or oz"))
            return nil
        }
        return Self.product(measure.value, grams, dividedByTen: 3)
    }

    /// value × factor ÷ 10^power, rounded once at six decimals.
    private static func product(_ value: ExactDecimal, _ factor: ExactDecimal, dividedByTen power: Int) -> ExactDecimal {
        ExactDecimal(millionths: value.millionths * factor.millionths).dividedByTen(times: 6 + power)
    }

    private static func millimetres(per unit: String?) -> ExactDecimal? {
        switch unit.map(TextCleaner.trimmed)?.lowercased() {
        case "mm": 1
        case "cm": 10
        case "dm": 100
        case "m": 1000
        case "in", "inch", "\"": ExactDecimal("25.4")
        case "ft": ExactDecimal("304.8")
        default: nil
        }
    }

    private static func grams(per unit: String?) -> ExactDecimal? {
        switch unit.map(TextCleaner.trimmed)?.lowercased() {
        case "mg": ExactDecimal("0.001")
        case "g", "gr": 1
        case "kg": 1000
        case "t", "ton": 1_000_000
        case "lb", "lbs": ExactDecimal("453.59237")
        case "oz": ExactDecimal("28.349523")
        default: nil
        }
    }

    private static func unitProblem(_ measure: Measure, known: String) -> String {
        let unit = measure.unit.map(TextCleaner.trimmed) ?? ""
        return unit.isEmpty
            ? "\(measure.value) without a unit; it was left out (known: \(known))"
            : "\(measure.value) in the unknown unit '\(unit)'; it was left out (known: \(known))"
    }
}

extension Article {
    package var fingerprint: Fingerprint {
        var builder = FingerprintBuilder()
        builder.add(number)
        for text in [name, productCode, description, barcode, groupCode, groupName, pictureURL, supplierNumber, supplierName] {
            builder.add(text)
        }
        builder.add(customerPrice)
        for measure in [height, length, width, weight] { builder.add(measure) }
        builder.add(isBatchArticle)
        builder.add(isSerialNumberArticle)
        builder.add(isActive)
        return builder.fingerprint
    }
}
