import Contract
import Exchange
import HTTPTypes
import Logging
import SyncCore
import SyncEngine
import Units

/// Logs what one connection does, each entry with connection, job, subject and attempt.
///
/// The log says that a record is parked, and only at debug level why: the reason may quote the other system, and that may quote a
/// consignee. `tandem status` shows it to whoever may read the journal.
final class EventLogger {
    private let log: Logger
    private let basePaths: [System: String]
    private var job: Job?
    private var subject: String?
    /// How often each record failed since it last succeeded.
    private var failures: [String: Int] = [:]
    /// The exchange before, if it failed: the same one again is its next attempt.
    private var failed: (request: Request, attempts: Int)?

    init(_ log: Logger, connection: String, basePaths: [System: String]) {
        var log = log
        log[metadataKey: "connection"] = "\(connection)"
        self.log = log
        self.basePaths = basePaths
    }

    func hear(_ event: EngineEvent) {
        switch event {
        case .jobBegan(_, let job):
            self.job = job
            subject = nil
            // The same call in another run is no further attempt of this one.
            failed = nil
            say(.debug, "began")
        case .jobEnded(_, _, let summary, let succeeded):
            subject = nil
            say(succeeded ? .info : .warning, "\(succeeded ? "done" : "failed"): \(summary)")
            job = nil
        case .jobFailed: break
        case .paused(_, _, let until, let isRefused):
            let reason = isRefused ? "the credentials are refused" : "the server asked for it"
            say(.warning, "paused until \(until.iso(in: .utc)): \(reason)")
        case .turnedTo(_, _, let subject): self.subject = subject
        case .decided(_, _, let document, let words): about(document.number, .trace, words)
        case .pushed(_, _, let subject): about(subject, .info, "sent to the warehouse")
        case .cancelled(_, _, let subject): about(subject, .info, "cancelled in the warehouse")
        case .booked(_, _, let subject, let document): about(subject, .info, "booked in Rackbeat as document \(document)")
        case .parked(_, let job, let subject, let reason, let again):
            let text = again ? "retry scheduled" : "parked; see 'tandem status'"
            about(subject, again ? .notice : .warning, text)
            about(subject, .debug, reason)
            failures[key(job, subject), default: 0] += 1
        case .unparked(_, let job, let subject):
            about(subject, .info, "succeeded after earlier failures")
            failures[key(job, subject)] = nil
        case .found(_, _, let subject, let finding): about(subject, .warning, "sent with a finding: \(finding)")
        case .disagreed(_, let kind, let document):
            about(document.number, .notice, "discrepancy: \(kind.rawValue), \(document)")
        case .reached(_, let engineMark): say(.debug, "\(engineMark.rawValue)")
        }
    }

    func hear(_ exchange: Exchanged) {
        let attempt = failed.map { $0.request == exchange.request ? $0.attempts + 1 : 1 } ?? 1
        let operation =
            Observer.operation(of: exchange.request, to: exchange.system, basePath: basePaths[exchange.system] ?? "")
            ?? "\(exchange.request.method.rawValue) an unknown path"
        let took = (exchange.endedAt - exchange.startedAt).forPeople
        let isGood: Bool
        let text: String
        switch exchange.outcome {
        case .response(let response):
            isGood = response.isSuccess
            text = "\(exchange.system.title) \(operation): \(response.status) in \(took)"
        case .failed(let failure):
            isGood = false
            text = "\(exchange.system.title) \(operation): \(failure)"
        }
        failed = isGood ? nil : (exchange.request, attempt)
        // A list is about no record, whichever one the job turned to last.
        let isAboutARecord = exchange.request.method != .get || operation.contains("{")
        say(isGood ? .debug : .notice, "\(text)", subject: isAboutARecord ? subject : nil, attempt: attempt)
    }

    private func about(_ subject: String, _ level: Logger.Level, _ text: String) {
        let attempt = job.flatMap { failures[key($0, subject)] } ?? 0
        say(level, "\(text)", subject: subject, attempt: attempt + 1)
    }

    private func say(_ level: Logger.Level, _ text: Logger.Message, subject: String? = nil, attempt: Int = 1) {
        var metadata: Logger.Metadata = ["attempt": "\(attempt)"]
        if let job { metadata["job"] = "\(job.rawValue)" }
        if let subject { metadata["subject"] = "\(subject)" }
        log.log(level: level, text, metadata: metadata)
    }

    private func key(_ job: Job, _ subject: String) -> String { "\(job.rawValue) \(subject)" }
}
