package import Trade

/// The number of an article in the warehouse: a product's number in Rackbeat without the blanks around it.
///
/// Two products whose numbers differ in no more than blanks or case are one article to a warehouse that compares them so.
package struct ArticleNumber: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    package init(of product: ItemNumber) { text = TextCleaner.trimmed(product.text) }

    /// Equal for numbers that differ in case alone.
    package var key: String { text.lowercased() }

    package var item: ItemNumber { ItemNumber(text) }
    package var description: String { text }
}

extension MappingContext {
    /// Whether the warehouse would take the articles of two products for one.
    package func areOneArticle(_ product: ItemNumber, _ other: ItemNumber) -> Bool {
        let (left, right) = (ArticleNumber(of: product), ArticleNumber(of: other))
        return articleNumbersIgnoreCase ? left.key == right.key : left.text == right.text
    }
}

/// Why a product is not sent as an article: another one has its number in the warehouse.
package struct ArticleNumberTaken: Error, Hashable, Sendable {
    package var product: ItemNumber
    package var holder: ItemNumber

    package init(product: ItemNumber, holder: ItemNumber) {
        self.product = product
        self.holder = holder
    }

    package var text: RecordFailure {
        RecordFailure(
            reason:
                "The products '\(product)' and '\(holder)' differ only in blanks or in case, and to the warehouse they would be "
                + "one article.",
            effect: "The warehouse holds '\(holder)' under that number; nothing was sent for '\(product)'.",
            remedy: "Give one of the two another number in Rackbeat, or delete it. The other is then sent automatically.")
    }
}
