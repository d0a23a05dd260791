import Exchange
import HTTPTypes

extension Route {
    static let page: [Route] = [
        Route(
            method: .get, path: "/", identifier: "showWorld", summary: "The live page of a world, for people.", isOfWorld: true,
            answers: [
                Answer(status: 200, doc: "A page without anything from elsewhere.", schema: Schemas.text, mediaType: "text/html")
            ]
        ) { control, context in
            try control.enter(context) { live in
                let folder = context.world.id == Control.mainID ? "" : "/worlds/\(context.world.id)"
                let page = LivePage(
                    live: live, credentials: context.world.credentials, folder: folder,
                    addresses: control.addresses(of: context.world))
                var headers: HTTPFields = [.contentType: "text/html; charset=utf-8"]
                headers[.contentSecurityPolicy] =
                    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'"
                return Response(status: 200, headers: headers, body: Array(try page.html().utf8))
            }
        }
    ]
}
