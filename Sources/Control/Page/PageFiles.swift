import Embedded
import Exchange
import HTTPTypes
import JSON
import Units

/// The files of the live page. They hold nothing of any world.
enum PageFiles {
    static func response(_ file: [UInt8], _ type: String, status: Int = 200) -> Response {
        var headers: HTTPFields = [.contentType: type, .cacheControl: "no-cache"]
        // Buttons that move goods must not lie under somebody else's page.
        headers[.contentSecurityPolicy] =
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
        headers[.frameOptions] = "DENY"
        headers[.contentTypeOptions] = "nosniff"
        return Response(status: status, headers: headers, body: file)
    }

    static var page: Response { response(EmbeddedFile.livePage, "text/html; charset=utf-8") }
    static var style: Response { response(EmbeddedFile.livePageStyle, "text/css; charset=utf-8") }
    static var script: Response { response(EmbeddedFile.livePageScript, "text/javascript; charset=utf-8") }

    /// Asks for the token.
    static func login(status: Int) -> Response { response(EmbeddedFile.loginPage, "text/html; charset=utf-8", status: status) }
}

extension Route {
    private static func file(_ doc: String, _ mediaType: String) -> ResponseDoc {
        ResponseDoc(status: 200, doc: doc, schema: Schemas.text, mediaType: mediaType)
    }

    static let page: [Route] = [
        Route(
            method: .get, path: "/", identifier: "showWorld", summary: "The live page of a world, for people.", isOfWorld: true,
            responses: [file("A page without resources from elsewhere.", "text/html")]
        ) { control, context in
            // A world that is not there has no page.
            try control.enter(context) { _ in PageFiles.page }
        },
        Route(
            method: .get, path: "/page.css", identifier: "pageStyle", summary: "The style of the live page.", isOfWorld: false,
            responses: [file("The same for every world.", "text/css")], isOpen: true
        ) { _, _ in PageFiles.style },
        Route(
            method: .get, path: "/page.js", identifier: "pageScript", summary: "The script of the live page.", isOfWorld: false,
            responses: [file("The same for every world.", "text/javascript")], isOpen: true
        ) { _, _ in PageFiles.script },
        Route(
            method: .get, path: "/catalogue", identifier: "catalogue",
            summary: "The words of steps and faults with an example each, and the operations that faults can match.",
            isOfWorld: false, responses: [ok("In the order of the reference.", "Catalogue")]
        ) { _, _ in Response(status: 200, json: PageCatalogue.json) },
        Route(
            method: .get, path: "/live", identifier: "followWorld",
            summary:
                "What a world holds as server-sent events: one now, and the next when the caller connects again, a second later.",
            isOfWorld: true,
            parameters: [
                Parameter(
                    name: "last", isInPath: false,
                    doc: "The id of the last event; the header Last-Event-ID wins. What has not changed since is left out.",
                    schema: Schemas.text),
                Parameter(
                    name: "settled", isInPath: false, doc: "Of the verdict, as for /check. Default: false.",
                    schema: ["type": "boolean"]),
            ],
            responses: [file("An event 'state' when something has changed, else an event 'clock'.", "text/event-stream")]
        ) { control, context in
            let isSettled = try context.flag("settled")
            let last = context.request.headers[.lastEventID] ?? context.query["last"] ?? ""
            return try control.enter(context) { served in
                let events = try LiveEvents(served, control, isSettled: isSettled)
                return Response(
                    status: 200, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
                    body: Array(events.text(after: last).utf8))
            }
        },
        Route(
            method: .post, path: "/login", identifier: "logIn",
            summary: "Takes the control token from the login form, and lets the browser in by a cookie.", isOfWorld: false,
            body: Body(
                doc: "The form's field 'token'.", schema: ["type": "string"], isRequired: true, example: nil),
            responses: [ResponseDoc(status: 303, doc: "To the page of the first world.", schema: nil)], isOpen: true
        ) { control, context in
            let token = Query(parsing: String(decoding: context.request.body, as: UTF8.self))["token"] ?? ""
            guard control.isControlToken(token) else { return PageFiles.login(status: 401) }
            var headers: HTTPFields = [.location: "/"]
            headers[.setCookie] = "\(Control.cookie)=\(control.session); HttpOnly; SameSite=Strict; Path=/"
            return Response(status: 303, headers: headers)
        },
    ]
}

extension HTTPField.Name {
    static let lastEventID = Self("Last-Event-ID")!
    static let contentTypeOptions = Self("X-Content-Type-Options")!
}
