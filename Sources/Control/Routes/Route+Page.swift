import Exchange
import HTTPTypes

extension Route {
    static let page: [Route] = [
        Route(
            method: .get, path: "/", identifier: "showWorld", summary: "The live page of a world, for people.", isOfWorld: true,
            answers: [
                Answer(status: 200, doc: "A page without anything from elsewhere.", schema: Schemas.text, mediaType: "text/html")
            ]
        ) { control, visit in
            try control.enter(visit) { live in
                let folder = visit.world.id == Control.mainID ? "" : "/worlds/\(visit.world.id)"
                let page = LivePage(
                    live: live, credentials: visit.world.credentials, folder: folder,
                    addresses: control.addresses(of: visit.world))
                var headers: HTTPFields = [.contentType: "text/html; charset=utf-8"]
                headers[.contentSecurityPolicy] =
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"
                return Response(status: 200, headers: headers, body: Array(try page.html().utf8))
            }
        }
    ]
}
