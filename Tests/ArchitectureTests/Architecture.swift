import Foundation

/// The modules as `Sources/README.md` lists them, and the sources as they are.
struct Architecture {
    /// One row of the table of modules.
    struct Module {
        /// Below `Sources`, such as `Base/JSON`; the last component is the module's name.
        let folder: String
        let imports: Set<String>

        var name: String { String(folder.split(separator: "/").last ?? "") }
    }

    let modules: [Module]
    let sources: [SwiftSource]
    /// What each module may import, by its name.
    let imports: [String: Set<String>]

    /// Reads both relative to this file, wherever the clone is.
    static let current: Architecture = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder = root.appending(path: "Sources")
        let paths = FileManager.default.enumerator(atPath: folder.path)!.compactMap { $0 as? String }.sorted()
        let readme = try! String(contentsOf: folder.appending(path: "README.md"), encoding: .utf8)
        let modules = Self.modules(listedIn: readme)
        let sources = paths.filter { $0.hasSuffix(".swift") }.map { path in
            SwiftSource(
                path: path, module: Self.module(of: path, in: modules)?.name ?? "",
                text: try! String(contentsOf: folder.appending(path: path), encoding: .utf8))
        }
        return Self(modules: modules, sources: sources)
    }()

    init(modules: [Module], sources: [SwiftSource]) {
        self.modules = modules
        self.sources = sources
        imports = Dictionary(uniqueKeysWithValues: modules.map { ($0.name, $0.imports) })
    }

    /// Rows such as ``| `Base/Exchange` | JSON, Units, HTTPTypes | what it is |``; a dash stands for no import at all.
    static func modules(listedIn readme: String) -> [Module] {
        readme.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let imports = cells[1].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            return Module(folder: cells[0].trimmingCharacters(in: ["`"]), imports: Set(imports).subtracting(["–"]))
        }
    }

    /// The module whose folder holds the file.
    static func module(of path: String, in modules: [Module]) -> Module? {
        modules.first { path.hasPrefix($0.folder + "/") }
    }

    /// All modules that `module` depends on, directly or not.
    func dependencies(of module: String) -> Set<String> {
        var found: Set<String> = []
        var open = [module]
        while let next = open.popLast() {
            for neighbour in imports[next] ?? [] where found.insert(neighbour).inserted { open.append(neighbour) }
        }
        return found
    }

    /// The places of `phrases` in the code of every module but `exempt`, ready to be read in a failure.
    func uses(of phrases: [String], exempt: Set<String>) -> [String] {
        sources.filter { !exempt.contains($0.module) }.flatMap { source in
            source.uses(of: phrases).map { "\(source.path):\($0.line): \($0.phrase)" }
        }
    }
}
