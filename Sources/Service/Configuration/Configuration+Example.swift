/// A configuration to begin with: every key with what it means. What has a default is commented out and shows it.
extension Configuration {
    package static var example: String {
        var text = """
            # Tandem's configuration: joins one Rackbeat account with one or more warehouses in Ongoing WMS.
            # Check it with 'tandem config check'. A key that begins with # shows its default or an example.
            # Environment variables override this file (TANDEM_LOG_LEVEL, TANDEM_CONNECTIONS_MAIN_LOCATION); flags override both
            # (--set connections.main.location=1001).

            """
        write(Catalogue.general, indentedBy: 0, to: &text)
        text +=
            "\nconnections:\n  # A name of your choice: small letters, digits and hyphens. One for each Rackbeat location.\n  main:\n"
        write(Catalogue.connection, indentedBy: 4, to: &text)
        return text
    }

    private static func write<Draft>(_ keys: [ConfigurationKey<Draft>], indentedBy indent: Int, to text: inout String) {
        var section: [String] = []
        for key in keys {
            let parts = key.components
            let here = Array(parts.dropLast())
            if here != section, let title = here.last {
                text += "\n" + spaces(indent) + title + ":\n"
            } else if here.isEmpty {
                text += "\n"
            }
            section = here
            let margin = spaces(indent + 2 * here.count)
            for line in wrapped(key.about, to: 116 - margin.count) { text += "\(margin)# \(line)\n" }
            text += "\(margin)\(key.isRequired ? "" : "#")\(parts.last!): \(key.sample)\n"
        }
    }

    private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

    private static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + word.count < width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
