import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import StrictYAML
import Units

/// What a served world does not take, although a scenario may say it.
enum StepLimits {
    /// How far time may be moved at once: an engine inside works through all of it before anybody is answered.
    private static let longestRun = Duration.seconds(31 * 86_400)
    private static let longestWait = Duration.seconds(366 * 86_400)
    /// Behind it, dates no longer have four digits for long.
    private static let endOfTime = Moment(iso: "2200-01-01T00:00:00Z")!
    private static let mostOrders = 10_000

    static func check(_ step: Step, in live: LiveWorld) throws(ControlProblem) {
        if step.kind.taker == .run, step.kind.word != "engine.switch", !live.charter.isTimeVirtual {
            throw refusal(
                step,
                step.kind.word.hasPrefix("engine.")
                    ? "'\(step.kind.word)' is for an engine inside a world whose time is virtual; here 'tandem sync' does its work"
                    : "'\(step.kind.word)' moves the clock, which runs by itself here; serve with --clock virtual to move it")
        }
        switch step.kind.word {
        case "wait": try check(live.world.now + step.value.duration, longestWait, step, in: live)
        case "run-until": try check(live.world.moment(of: step.value.time), longestRun, step, in: live)
        case "rackbeat.book-many" where step.value.required("orders").int > mostOrders:
            throw refusal(step, "at most \(mostOrders) orders can be booked in one step here")
        default: break
        }
    }

    private static func check(
        _ end: Moment, _ longest: Duration, _ step: Step, in live: LiveWorld
    ) throws(ControlProblem) {
        guard end - live.world.now <= longest, end <= endOfTime else {
            throw refusal(
                step,
                "'\(step.kind.word)' moves the clock by at most \(longest.forPeople) here, and never past "
                    + endOfTime.iso(in: .utc))
        }
    }

    private static func refusal(_ step: Step, _ text: String) -> ControlProblem {
        ControlProblem(
            422, "Nothing was done: there is a step that this world does not take.",
            spots: [ControlProblem.Spot(line: step.place.line, column: step.place.column, text: text)])
    }

    /// Where the clock is to stand.
    static func end(of asked: JSONObject, in live: LiveWorld) throws(ControlProblem) -> Moment {
        guard live.charter.isTimeVirtual else {
            throw ControlProblem(
                409, "This world's clock is the wall's, which nobody moves; serve with --clock virtual to move it.")
        }
        let end: Moment
        switch (asked["by"], asked["to"]) {
        case (let by?, nil):
            guard let text = by.string, let duration = ScalarReading.duration(text) else {
                throw ControlProblem(422, "'by' must be a length of time such as 90s, 10m or 2d.")
            }
            end = live.world.now + duration
        case (nil, let to?):
            guard let text = to.string, let moment = Moment(iso: text) else {
                throw ControlProblem(422, "'to' must be a moment such as 2026-03-02T08:00:00Z.")
            }
            end = moment
        default: throw ControlProblem(422, "Exactly one of 'by' and 'to' must be there.")
        }
        guard end >= live.world.now else {
            throw ControlProblem(409, "The clock shows \(live.world.now.isoUTCMilliseconds), and is not set back.")
        }
        guard end - live.world.now <= longestWait, end <= endOfTime else {
            throw ControlProblem(
                422, "The clock is moved by at most \(longestWait.forPeople) at once, and never past \(endOfTime.iso(in: .utc)).")
        }
        return end
    }
}

extension RequestContext {
    /// The body in the words of scenario files: JSON, or YAML when the caller says that it is no JSON.
    func words(_ what: String) throws(ControlProblem) -> [UInt8] {
        guard !request.body.isEmpty else { throw ControlProblem(400, "The body is empty; \(what) were expected.") }
        guard request.headers[.contentType]?.lowercased().contains("json") ?? true else { return request.body }
        let json: JSON
        do { json = try JSON.parse(request.body) } catch {
            throw ControlProblem(
                400, "The body is not JSON. YAML is taken with the content type application/yaml.",
                spots: [ControlProblem.Spot(line: error.line, column: error.column, text: error.problem)])
        }
        // YAML knows neither JSON's surrogate pairs nor, in some readers, its escaped slash and its tabs.
        let isPlain = !request.body.contains { $0 == UInt8(ascii: "\\") || $0 == 9 }
        return isPlain ? request.body : Array(json.pretty.utf8)
    }
}
