import Foundation

/// The map that `Sources/README.md` draws, and the sources as they are.
struct House {
    /// What each room may import, by its name.
    let map: [String: Set<String>]
    /// The folders in `Sources`.
    let rooms: Set<String>
    let sources: [SwiftSource]

    /// Reads both from beside this file, wherever the clone stands.
    static let standing: House = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appending(path: "Sources")
        let paths = FileManager.default.enumerator(atPath: folder.path)!.compactMap { $0 as? String }.sorted()
        let sources = paths.filter { $0.hasSuffix(".swift") }.map { path in
            SwiftSource(path: path, text: try! String(contentsOf: folder.appending(path: path), encoding: .utf8))
        }
        let rooms = paths.filter { $0.contains("/") }.map { String($0.prefix { $0 != "/" }) }
        let readme = try! String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        return House(map: map(drawnIn: readme), rooms: Set(rooms), sources: sources)
    }()

    /// Rows such as ``| `Exchange` | JSON, Units, HTTPTypes | what it is |``; a dash stands for no import at all.
    static func map(drawnIn readme: String) -> [String: Set<String>] {
        var map: [String: Set<String>] = [:]
        for line in readme.split(separator: "\n") where line.hasPrefix("| `") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let imports = cells[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            map[cells[0].trimmingCharacters(in: ["`"])] = Set(imports).subtracting(["–"])
        }
        return map
    }

    /// Everything that stands behind `room`, through any number of arrows.
    func reach(of room: String) -> Set<String> {
        var reached: Set<String> = []
        var open = [room]
        while let next = open.popLast() {
            for neighbour in map[next] ?? [] where reached.insert(neighbour).inserted { open.append(neighbour) }
        }
        return reached
    }

    /// The places of `phrases` in the code of every room but `exempt`, ready to be read in a failure.
    func uses(of phrases: [String], exempt: Set<String>) -> [String] {
        sources.filter { !exempt.contains($0.room) }.flatMap { source in
            source.uses(of: phrases).map { "\(source.path):\($0.line): \($0.phrase)" }
        }
    }
}
