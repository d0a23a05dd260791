import Contract
package import Exchange
import HTTPTypes
import JSON
import Simulation
import SyncCore
import SyncEngine
import Units

/// What the engine did in a run, in a few figures.
package struct Course: Sendable, Equatable {
    /// Of every exchange with its times, of what people did, and of what is parked in the end, in sixteen hexadecimal digits.
    package let digest: String
    /// How often the engine read from a system.
    package let reads: [System: Int]
    /// How often it called each operation that writes, such as `ongoing PUT /orders`.
    package let writes: [String: Int]

    package init(digest: String, reads: [System: Int], writes: [String: Int]) {
        self.digest = digest
        self.reads = reads
        self.writes = writes
    }

    /// One figure that is other than it was.
    package struct Change: Sendable, Equatable {
        /// Such as `ongoing PUT /orders called`.
        package let what: String
        package let now: Int
        package let earlier: Int

        package var words: String { "\(what) \(counted(now, "time")) instead of \(earlier)" }
    }

    /// The figures that are other than they were: writes first.
    package func changes(from earlier: Course) -> [Change] {
        let writes = Set(writes.keys).union(earlier.writes.keys).sorted().map { operation in
            Change(what: "\(operation) called", now: self.writes[operation] ?? 0, earlier: earlier.writes[operation] ?? 0)
        }
        let reads = System.allCases.map { system in
            Change(what: "\(system) read", now: self.reads[system] ?? 0, earlier: earlier.reads[system] ?? 0)
        }
        return (writes + reads).filter { $0.now != $0.earlier }
    }

    /// What is other than it was, in words; empty when nothing is.
    package func differences(from earlier: Course) -> [String] {
        guard self != earlier else { return [] }
        let changes = changes(from: earlier)
        return changes.isEmpty ? [Self.sameFigures] : changes.map(\.words)
    }

    package static let sameFigures = "as many calls, but with other contents or at other times, or something else is parked"

    // MARK: JSON

    init?(_ json: JSON) {
        guard let digest = json["digest"]?.string, let reads = json["reads"]?.object, let writes = json["writes"]?.object else {
            return nil
        }
        var readsBySystem: [System: Int] = [:]
        for member in reads {
            guard let system = System(rawValue: member.name), let count = member.value.int else { return nil }
            readsBySystem[system] = count
        }
        var writesByOperation: [String: Int] = [:]
        for member in writes {
            guard let count = member.value.int else { return nil }
            writesByOperation[member.name] = count
        }
        self.init(digest: digest, reads: readsBySystem, writes: writesByOperation)
    }

    var json: JSON {
        var reads = JSONObject()
        for system in System.allCases { self.reads[system].map { reads.append(system.rawValue, JSON($0)) } }
        var writes = JSONObject()
        for (operation, count) in self.writes.sorted(by: { $0.key < $1.key }) { writes.append(operation, JSON(count)) }
        return ["digest": .string(digest), "reads": .object(reads), "writes": .object(writes)]
    }
}

/// How a run went, and what its baseline says of it.
package struct ComparedCourse: Sendable, Equatable {
    package let folder: String
    package let name: String
    /// `nil`: the run is not in the baseline.
    package let accepted: Course?
    package let now: Course

    init(entry: Baselines.Entry, now: Course) {
        folder = entry.folder
        name = entry.name
        accepted = entry.course
        self.now = now
    }
}

extension World {
    /// What the engine did so far.
    func course() throws -> Course {
        var digest = network.trail.digest
        for parked in try host.journal.parked() {
            for words in [parked.connection, parked.job.rawValue, parked.subject, parked.reason, parked.effect, parked.remedy] {
                digest.add(words)
            }
        }
        var reads: [System: Int] = [:]
        var writes: [String: Int] = [:]
        let basePaths = BasePaths()
        // A second delivery has the number of the first.
        var numbers: Set<Int> = []
        for exchange in network.journal.entries where numbers.insert(exchange.number).inserted {
            let (request, system) = (exchange.request, exchange.system)
            guard request.method != .get, request.method != .head else {
                reads[system, default: 0] += 1
                continue
            }
            let operation =
                Observer.operation(of: request, to: system, basePath: basePaths[system])
                ?? "\(request.method) \(request.path(behind: basePaths[system]))"
            writes["\(system) \(operation)", default: 0] += 1
        }
        return Course(digest: digest.text, reads: reads, writes: writes)
    }
}
