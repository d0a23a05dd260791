import Units

/// For build servers and for browsers, and what was seen as a profile.
extension Verification {
    /// One suite for each section. A warning passes, with its words in the output; what could not be looked at is skipped.
    package var junit: String {
        JUnitDocument(
            name: "tandem verify",
            suites: ReadinessSection.allCases.compactMap { section in
                let shown = shown(in: section)
                guard !shown.isEmpty else { return nil }
                return JUnitDocument.Suite(
                    name: section.rawValue,
                    cases: shown.map { finding in
                        let words = finding.words
                        let text = [words.harm, words.remedy].compactMap(\.self).joined(separator: "\n")
                        let name = section.rawValue + (finding.connection.map { "." + $0 } ?? "")
                        switch finding.severity {
                        case .failure:
                            return .init(
                                className: name, name: words.isSo,
                                .failure(type: section.rawValue, message: words.isSo, text: text))
                        case .unknown: return .init(className: name, name: words.isSo, .skipped(text))
                        case .warning, .news, .good: return .init(className: name, name: words.isSo, .passed, output: text)
                        }
                    })
            }
        ).text
    }

    /// A page that needs nothing else.
    package var html: String {
        var body = "<h1>Tandem verify</h1><p class=\(verdict == .ready ? "good" : "failure")>\(word.escapedForMarkup)</p>"
        for section in ReadinessSection.allCases {
            let shown = shown(in: section)
            guard !shown.isEmpty else { continue }
            body += "<h2>\(section.title.escapedForMarkup)</h2><table><tr><th><th>connection<th>finding<th>harm<th>remedy</tr>"
            for finding in shown {
                let words = finding.words
                body +=
                    "<tr><td class=\(finding.severity.rawValue)>\(finding.severity.word)<td>\((finding.connection ?? "").escapedForMarkup)"
                    + "<td>\(words.isSo.escapedForMarkup)<td>\((words.harm ?? "").escapedForMarkup)"
                    + "<td>\((words.remedy ?? "").escapedForMarkup)</tr>"
            }
            body += "</table>"
        }
        return """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>Tandem verify</title><style>
            body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:72em;padding:0 1em}
            table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;padding:.3em .6em;text-align:left;vertical-align:top}
            .good{color:#176b2c}.failure{color:#a1161b;font-weight:600}.warning,.unknown{color:#8a5a00}
            @media (prefers-color-scheme:dark){body{background:#16181b;color:#e6e6e6}td,th{border-color:#3a3f45}
            .good{color:#6cc783}.failure{color:#ff8a80}.warning,.unknown{color:#e0b050}}
            </style><body>\(body)</body></html>

            """
    }

    /// The choices that were seen or stated, as `profile:` of a scenario or a served world. Under the same names they go into the
    /// configuration.
    package var profileText: String {
        var text = """
            # What 'tandem verify' saw of the configured systems or the configuration states.
            # 'tandem run' and 'tandem serve' take it as it is, and 'profile' goes into the world of any scenario. For 'tandem sync', copy the
            # entries of 'rackbeat' to 'rackbeat.profile' and those of 'ongoing' to 'ongoing.profile' of the connection.

            """
        let steps = "steps:\n  - engine.sync\n"
        guard profiles.contains(where: { !$0.choices.isEmpty }) else { return text + steps }
        text += "world:\n  profile:\n"
        var hasOngoing = false
        for profile in profiles where !profile.choices.isEmpty {
            if let connection = profile.connection {
                // A file has one warehouse; those of further connections are for the configuration only.
                text += "    \(hasOngoing ? "# " : "")ongoing: # connection \(connection)\n"
            } else {
                text += "    rackbeat:\n"
            }
            for (key, choice) in profile.choices {
                text +=
                    "\(profile.connection != nil && hasOngoing ? "    #   " : "      ")\(key): '\(choice.replacing("'", with: "''"))'\n"
            }
            if profile.connection != nil { hasOngoing = true }
        }
        return text + steps
    }
}
