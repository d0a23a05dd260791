import Embedded
import JSON
package import ScenarioKit
import Units

/// A run with what the report shows beside its result.
package struct HTMLRun: Sendable {
    package var result: ScenarioResult
    package var tags: [String] = []
    /// The comment at the head of the scenario.
    package var summary = ""
    /// The text of the scenario; `nil` when it stands in no file.
    package var source: String?
    /// The command that repeats the run.
    package var again: String
    /// What was special about the run, a line each.
    package var conditions: [String] = []
    /// The text of the minimal scenario that fails in the same way.
    package var reproducer: String?

    package init(_ result: ScenarioResult, again: String) {
        self.result = result
        self.again = again
    }
}

/// One file for a browser, with everything in it: no network, style and script allowed by their hashes, the runs as data.
package struct HTMLReport {
    package var title: String
    /// The command line.
    package var command: String
    package var summary: String
    package var runs: [HTMLRun]
    /// What the page says above the runs.
    package var notes: [String] = []

    /// Up to so many runs, bodies are kept of all; beyond, only of those that are not good.
    static let fewRuns = 24

    package init(title: String, command: String, summary: String, runs: [HTMLRun]) {
        self.title = title
        self.command = command
        self.summary = summary
        self.runs = runs
    }

    package var text: String {
        let policy =
            "default-src 'none'; style-src '\(SHA256.source(EmbeddedFile.reportStyle))'; "
            + "script-src '\(SHA256.source(EmbeddedFile.reportScript))'; base-uri 'none'; form-action 'none'"
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(HTMLEscaping.text(title))</title>
            <style>\(String(decoding: EmbeddedFile.reportStyle, as: UTF8.self))</style>
            </head>
            <body>
            <div id="root"><noscript><p>\(HTMLEscaping.text(summary)). The page needs JavaScript to show the runs.</p></noscript></div>
            <script type="application/json" id="data">\(String(decoding: HTMLEscaping.data(data.serialized), as: UTF8.self))</script>
            <script>\(String(decoding: EmbeddedFile.reportScript, as: UTF8.self))</script>
            </body>
            </html>

            """
    }

    private var data: JSON {
        let texts = TextList()
        let keepsAllBodies = runs.count <= Self.fewRuns
        let pages = runs.map {
            RunPage(run: $0, texts: texts, keepsBodies: keepsAllBodies || !$0.result.outcome.isGood).json
        }
        return [
            "title": .string(title), "command": .string(command), "summary": .string(summary),
            "notes": .array(notes.map(JSON.string)), "runs": .array(pages), "texts": .array(texts.all.map(JSON.string)),
        ]
    }
}

/// Texts that occur again and again, each once.
final class TextList {
    private(set) var all: [String] = []
    private var places: [String: Int] = [:]

    func place(of text: String) -> JSON {
        if let place = places[text] { return JSON(place) }
        places[text] = all.count
        all.append(text)
        return JSON(all.count - 1)
    }
}
