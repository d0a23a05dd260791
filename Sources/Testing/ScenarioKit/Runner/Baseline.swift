import FoundationEssentials
import JSON
import Units

/// How every run of a folder went when somebody last looked at it and accepted it.
///
/// The invariants say whether a run is right. The baseline says whether it is what it was: it also notices what makes nothing wrong
/// that a scenario looks at, such as a read too many, a page of another size, or a field that only other callers read.
package struct Baseline: Sendable, Equatable {
    /// By the path of the scenario below the folder, without its extension, and the variant in brackets.
    package var courses: [String: Course]

    package init(courses: [String: Course] = [:]) { self.courses = courses }

    package static let fileName = "baseline.json"

    package struct Unreadable: Error, CustomStringConvertible {
        package let description: String
    }

    package init(reading text: String) throws(Unreadable) {
        let json: JSON
        do { json = try JSON.parse(text) } catch { throw Unreadable(description: "\(error)") }
        guard let runs = json["runs"]?.object else { throw Unreadable(description: "'runs' must be an object") }
        courses = [:]
        for member in runs {
            guard let course = Course(member.value) else {
                throw Unreadable(
                    description: "'\(member.name)' must have a 'digest', 'reads' by system and 'writes' by operation")
            }
            courses[member.name] = course
        }
    }

    /// A line for each run, so that a change is a line in a review.
    package var text: String {
        let lines = courses.sorted { $0.key < $1.key }.map { "    \(JSON.string($0.key).text): \($0.value.json.text)" }
        return "{\n  \"runs\": {\n" + lines.joined(separator: ",\n") + "\n  }\n}\n"
    }
}

/// Where the baselines of scenario files are: each file belongs to the nearest folder above it that has one.
package struct Baselines: Sendable {
    /// By the folder that holds it, as its path was given.
    package private(set) var byFolder: [String: Baseline] = [:]

    package init() {}

    /// - Parameters:
    ///   - paths: Of scenario files.
    ///   - places: Files and folders in which a baseline begins where there is none.
    package init(of paths: [String], at places: [String] = []) throws(Baseline.Unreadable) {
        for place in places where paths.contains(where: { Self.folder(of: $0) == nil && $0.hasPrefix(place) }) {
            var isFolder = false
            guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else { continue }
            let folder = isFolder ? (place.hasSuffix("/") ? place : place + "/") : Self.parents(of: place)[0]
            byFolder[folder] = Baseline()
        }
        for folder in Set(paths.compactMap { Self.folder(of: $0) }) {
            let file = folder + Baseline.fileName
            guard let data = FileManager.default.contents(atPath: file) else { continue }
            do throws(Baseline.Unreadable) {
                byFolder[folder] = try Baseline(reading: String(decoding: data, as: UTF8.self))
            } catch {
                throw Baseline.Unreadable(description: "\(file): \(error)")
            }
        }
    }

    package init(_ byFolder: [String: Baseline]) { self.byFolder = byFolder }

    /// What the baseline of a run's folder says of it; `nil` where there is no baseline.
    package func entry(of path: String, variant: String) -> Entry? {
        guard let folder = Self.parents(of: path).first(where: { byFolder[$0] != nil }), let baseline = byFolder[folder] else {
            return nil
        }
        let name = Self.name(of: path, in: folder, variant: variant)
        return Entry(folder: folder, name: name, course: baseline.courses[name])
    }

    package struct Entry: Sendable {
        /// With a slash behind it; empty for the folder that commands run in.
        package let folder: String
        package let name: String
        /// `nil`: the run is not in the baseline.
        package let course: Course?
    }

    package static func name(of path: String, in folder: String, variant: String) -> String {
        let below = path.dropFirst(folder.count)
        let bare = below.hasSuffix(".yaml") ? below.dropLast(5) : below.hasSuffix(".yml") ? below.dropLast(4) : below
        return RunTitle.of(String(bare), variant: variant)
    }

    private static func folder(of path: String) -> String? {
        parents(of: path).first { FileManager.default.fileExists(atPath: $0 + Baseline.fileName) }
    }

    /// The folders of a path, the nearest first, each with a slash behind it.
    private static func parents(of path: String) -> [String] {
        var parents: [String] = []
        var rest = Substring(path)
        while let slash = rest.lastIndex(of: "/") {
            parents.append(String(rest[...slash]))
            rest = rest[..<slash]
        }
        return path.hasPrefix("/") ? parents : parents + [""]
    }
}
