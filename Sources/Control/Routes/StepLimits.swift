import Exchange
import HTTPTypes
import JSON
import ScenarioKit
import StrictYAML
import Units

/// Steps that scenarios may contain but served worlds refuse.
enum StepLimits {
    /// How far time may move at once: an engine inside works through all of it before the response.
    private static let longestRun = Duration.seconds(31 * 86_400)
    private static let longestWait = Duration.seconds(366 * 86_400)
    /// Far below the year 10000, where years get a fifth digit.
    private static let endOfTime = Moment(iso: "2200-01-01T00:00:00Z")!
    private static let mostOrders = 10_000

    static func check(_ step: Step, in served: ServedWorld) throws(ControlProblem) {
        if step.kind.taker == .run, step.kind.word != "engine.switch", !served.setup.isTimeVirtual {
            throw refusal(
                step,
                step.kind.word.hasPrefix("engine.")
                    ? "'\(step.kind.word)' needs an engine inside a world with virtual time; here 'tandem sync' does its work"
                    : "'\(step.kind.word)' moves the clock, which is the real one here; serve with --clock virtual to move it")
        }
        switch step.kind.word {
        case "wait": try check(served.world.now + step.value.duration, longestWait, step, in: served)
        case "run-until": try check(served.world.moment(of: step.value.time), longestRun, step, in: served)
        case "rackbeat.book-many" where step.value.required("orders").int > mostOrders:
            throw refusal(step, "at most \(mostOrders) orders can be booked in one step here")
        default: break
        }
    }

    private static func check(
        _ end: Moment, _ longest: Duration, _ step: Step, in served: ServedWorld
    ) throws(ControlProblem) {
        guard end - served.world.now <= longest, end <= endOfTime else {
            throw refusal(
                step,
                "'\(step.kind.word)' moves the clock by at most \(longest.forPeople) here, and never past "
                    + endOfTime.iso(in: .utc))
        }
    }

    private static func refusal(_ step: Step, _ text: String) -> ControlProblem {
        ControlProblem(
            422, "Nothing was done: this world does not take one of the steps.",
            spots: [ControlProblem.Spot(line: step.place.line, column: step.place.column, text: text)])
    }

    /// The time to which the clock moves.
    static func end(of body: JSONObject, in served: ServedWorld) throws(ControlProblem) -> Moment {
        guard served.setup.isTimeVirtual else {
            throw ControlProblem(
                409, "This world runs on the real clock; serve with --clock virtual to move it.")
        }
        let end: Moment
        switch (body["by"], body["to"]) {
        case (let by?, nil):
            guard let text = by.string, let duration = ScalarReading.duration(text) else {
                throw ControlProblem(422, "'by' must be a length of time such as 90s, 10m or 2d.")
            }
            end = served.world.now + duration
        case (nil, let to?):
            guard let text = to.string, let moment = Moment(iso: text) else {
                throw ControlProblem(422, "'to' must be a moment such as 2026-03-02T08:00:00Z.")
            }
            end = moment
        default: throw ControlProblem(422, "Give exactly one of 'by' and 'to'.")
        }
        guard end >= served.world.now else {
            throw ControlProblem(409, "The clock shows \(served.world.now.isoUTCMilliseconds) and cannot be set back.")
        }
        guard end - served.world.now <= longestWait, end <= endOfTime else {
            throw ControlProblem(
                422, "The clock moves by at most \(longestWait.forPeople) at once, and never past \(endOfTime.iso(in: .utc)).")
        }
        return end
    }
}

extension RequestContext {
    /// The body in the words of scenario files: JSON, or YAML by its content type.
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
