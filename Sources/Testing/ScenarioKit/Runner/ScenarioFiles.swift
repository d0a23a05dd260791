import FoundationEssentials

/// Finds scenario files.
package enum ScenarioFiles {
    /// The files at the paths: a file itself, or all scenario files below a folder in the order of their names.
    ///
    /// - Throws: ``NoScenario`` for a path at which there is nothing, or a folder that holds no scenario.
    package static func find(_ paths: [String]) throws(NoScenario) -> [String] {
        var found: [String] = []
        for path in paths {
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
                throw NoScenario(path: path, reason: "there is nothing at this path")
            }
            guard isFolder else {
                if !found.contains(path) { found.append(path) }
                continue
            }
            let files = files(in: path)
            guard !files.isEmpty else { throw NoScenario(path: path, reason: "the folder holds no .yaml file") }
            for file in files where !found.contains(file) { found.append(file) }
        }
        return found
    }

    /// The folder and the name of the file without its extension: `outbound/a-full-pick-ships-the-order`.
    static func title(of path: String) -> String {
        let parts = path.split(separator: "/").suffix(2)
        let name = parts.last.map { $0.hasSuffix(".yaml") ? $0.dropLast(5) : $0.hasSuffix(".yml") ? $0.dropLast(4) : $0 } ?? ""
        guard let folder = parts.dropLast().last, folder != ".", folder != ".." else { return String(name) }
        return "\(folder)/\(name)"
    }

    private static func files(in folder: String) -> [String] {
        let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var files: [String] = []
        for name in names.sorted() where !name.hasPrefix(".") {
            let path = "\(base)/\(name)"
            var isFolder = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            if isFolder {
                files += self.files(in: path)
            } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                files.append(path)
            }
        }
        return files
    }
}

/// A path without a scenario.
package struct NoScenario: Error, Equatable, CustomStringConvertible {
    package let path: String
    package let reason: String

    package var description: String { "\(path): \(reason)" }
}
