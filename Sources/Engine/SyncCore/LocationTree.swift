package import Trade

/// Which locations belong to a connection where what lies inside its location does: a shelf, a box on the shelf.
package enum LocationTree {
    /// The location and everything inside it, but for what lies in the location of another connection: the nearest one counts.
    ///
    /// - Parameter parents: The location that each lies in. Those that lie in none need not stand in it.
    package static func inside(
        _ location: LocationNumber, parents: [LocationNumber: LocationNumber], except others: Set<LocationNumber>
    ) -> Set<LocationNumber> {
        var children: [LocationNumber: [LocationNumber]] = [:]
        for (child, parent) in parents { children[parent, default: []].append(child) }
        var inside: Set<LocationNumber> = [location]
        var open = [location]
        while let next = open.popLast() {
            for child in children[next] ?? [] where !others.contains(child) && inside.insert(child).inserted {
                open.append(child)
            }
        }
        return inside
    }
}
