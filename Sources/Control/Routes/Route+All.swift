extension Route {
    /// Every operation, in the order of the document.
    static let all: [Route] = house + worlds + holdings + steps + faultRoutes + time + judging + webhookRoutes + page
}
