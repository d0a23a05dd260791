/// A piece of a page. Markup stands only in the sources. Whatever a world holds comes in as text and is escaped here only.
struct HTML {
    let source: String

    private init(source: String) { self.source = source }

    /// Markup from the sources: a `StaticString` cannot come from elsewhere.
    init(_ markup: StaticString) { source = markup.description }

    static func text(_ text: String) -> HTML { HTML(source: escaped(text)) }

    static func element(_ name: StaticString, _ children: [HTML]) -> HTML { element(name, [:], children) }

    static func element(
        _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>, _ children: [HTML]
    ) -> HTML {
        var source = "<\(name)"
        for (name, value) in attributes { source += " \(name)=\"\(escaped(value))\"" }
        return HTML(source: source + ">" + joined(children).source + "</\(name)>")
    }

    static func joined(_ pieces: [HTML]) -> HTML { HTML(source: pieces.map(\.source).joined()) }

    static func table(_ heads: [String], _ rows: [[HTML]]) -> HTML {
        guard !rows.isEmpty else { return .element("p", ["class": "none"], [.text("none")]) }
        let head = element("tr", heads.map { element("th", [.text($0)]) })
        return element("table", [head] + rows.map { row in element("tr", row.map { element("td", [$0]) }) })
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
