import Exchange
import JSON
import Units

extension JSONObject {
    /// The member at a path of names, such as `advanced.invoiceNumber`.
    func member(_ path: String) -> JSON? {
        var value = JSON.object(self)
        for name in path.parts(between: ".") {
            guard let next = value[String(name)] else { return nil }
            value = next
        }
        return value
    }

    func text(_ path: String) -> String? { member(path)?.string }

    /// A decimal as it was kept.
    func decimal(_ path: String) -> ExactDecimal? { member(path).flatMap(BodyReader.exact) }

    /// A time as it was kept: always in UTC.
    func time(_ path: String) -> Moment? { text(path).flatMap { Moment(iso: $0) } }

    /// This object after an update: members of objects one by one, everything else replaced; what is not given stays.
    func merging(_ update: JSONObject) -> JSONObject {
        var result = self
        for member in update {
            if case .object(let new) = member.value, case .object(let old)? = result[member.name] {
                result[member.name] = new.member("clear") == true ? nil : .object(old.merging(new))
            } else {
                result[member.name] = member.value
            }
        }
        return result
    }

    /// Without the members of those names.
    func without(_ names: String...) -> JSONObject { JSONObject(members.filter { !names.contains($0.name) }) }
}
