import Yams

/// The YAML of a file, composed into nodes; what keeps it from being YAML is said in our words.
package struct YAMLDocument {
    let root: Node
    /// Nodes know their anchors only for as long as the parser lives.
    private let parser: Parser

    /// - Returns: `nil` for a file that holds nothing but comments.
    package static func compose(_ source: SourceText) throws(InvalidFile) -> YAMLDocument? {
        do {
            let parser = try Parser(yaml: source.text, resolver: .basic, constructor: .default, encoding: .utf8)
            guard let root = try parser.nextRoot() else { return nil }
            if let second = try parser.nextRoot() {
                throw refused(source, second.place, "a second document begins here; one file holds one \(source.subject)")
            }
            return YAMLDocument(root: root, parser: parser)
        } catch let bad as InvalidFile {
            throw bad
        } catch let error as YamlError {
            throw explain(error, source)
        } catch {
            throw refused(source, .start, "this is not YAML: \(error)")
        }
    }

    private static func refused(_ source: SourceText, _ place: Place, _ text: String) -> InvalidFile {
        InvalidFile([Problem(file: source.file, place: place, text: text)])
    }

    private static func explain(_ error: YamlError, _ source: SourceText) -> InvalidFile {
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let place = Place(mark)
            var text = "this is not YAML: \(problem)"
            if let context {
                text += " (\(context.text), which began at line \(context.mark.line), column \(context.mark.column))"
            }
            if scalar(at: place, in: source.text) == "\t" { text += "; YAML takes no tabs for indentation, write spaces" }
            return refused(source, place, text)
        case .reader(let problem, let offset, _, _):
            return refused(source, place(ofCharacter: offset ?? 0, in: source.text), "this is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = Shape.alternatives(keys.map { "'\($0)'" }).replacing(" or ", with: " and ")
            return refused(
                source, Place(context.mark), "the key \(names) stands more than once in the mapping that holds this one")
        default:
            return refused(source, .start, "this is not YAML: \(error)")
        }
    }

    private static func scalar(at place: Place, in text: String) -> Character? {
        let lines = text.split(separator: "\n", maxSplits: place.line, omittingEmptySubsequences: false)
        guard place.line <= lines.count else { return nil }
        return lines[place.line - 1].dropFirst(place.column - 1).first
    }

    private static func place(ofCharacter offset: Int, in text: String) -> Place {
        var line = 1
        var column = 1
        for character in text.prefix(offset) {
            if character.isNewline {
                line += 1
                column = 1
            } else {
                column += character.unicodeScalars.count
            }
        }
        return Place(line: line, column: column)
    }
}

extension Place {
    init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }
}

extension Node {
    var place: Place { mark.map { Place($0) } ?? .start }

    /// The name under which the file would use this node again.
    var anchorName: String? {
        let anchor: Anchor? =
            switch self {
            case .scalar(let scalar): scalar.anchor
            case .mapping(let mapping): mapping.anchor
            case .sequence(let sequence): sequence.anchor
            case .alias(let alias): alias.anchor
            }
        return anchor?.rawValue
    }

    /// What it is, in words that stand in a sentence.
    var found: String {
        switch self {
        case .scalar(let scalar): scalar.isNothing ? "nothing" : "'\(scalar.string.prefix(60))'"
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}

extension Node.Scalar {
    /// An empty value, `~` or `null`, unless it is quoted.
    var isNothing: Bool { style == .plain && ["", "~", "null", "Null", "NULL"].contains(string) }
}
