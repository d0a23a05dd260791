import Foundation
import Synchronization
import Testing

/// An endpoint that answers in one of the ways in which no server should. Each is data: what goes over the wire, piece by piece.
struct HostileMode: Sendable, CustomTestStringConvertible {
    enum Piece: Sendable {
        case text(String)
        /// The same text again and again, until the client hangs up or so often.
        case flood(String, times: Int)
        /// One character at a time, with a pause between any two.
        case drip(String, milliseconds: Int)
        /// Nothing more, until the client hangs up.
        case hang
        /// The end of the connection, by a reset.
        case reset
    }

    let name: String
    /// Before the request is read.
    var greeting: [Piece] = []
    /// After it; the connection is closed at the end.
    var pieces: [Piece] = []
    let end: End

    enum End: Sendable {
        /// It is a response after all.
        case response
        /// No response, in words that contain these.
        case failure(String)
        /// Whichever comes first.
        case either
    }

    /// Whether what is answered ends the exchange, so that no limit of time need do it.
    var endsAtOnce: Bool {
        switch end {
        case .response: true
        case .failure(let words): !words.isEmpty && words != Self.timedOut
        case .either: false
        }
    }

    var testDescription: String { name }
}

extension HostileMode {
    private static let endless = 100_000
    private static func chunk(_ size: Int) -> String {
        String(size, radix: 16) + "\r\n" + String(repeating: "x", count: size) + "\r\n"
    }
    private static let timedOut = "no response within"
    private static let json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

    static let all: [HostileMode] = [
        // Status
        HostileMode(
            name: "status 99", pieces: [.text("HTTP/1.1 099 Odd\r\nContent-Length: 0\r\n\r\n")],
            end: .failure("the status 99 is none of HTTP")),
        HostileMode(
            name: "status 99 with a body", pieces: [.text("HTTP/1.1 099 Odd\r\nContent-Length: 2\r\n\r\nok")],
            end: .failure("the status 99 is none of HTTP")),
        HostileMode(
            name: "status 0", pieces: [.text("HTTP/1.1 000 Nothing\r\nContent-Length: 0\r\n\r\n")],
            end: .failure("the status 0 is none of HTTP")),
        HostileMode(
            name: "status 42 in chunks",
            pieces: [.text("HTTP/1.1 042 Odd\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")],
            end: .failure("the status 42 is none of HTTP")),
        HostileMode(
            name: "status 999", pieces: [.text("HTTP/1.1 999 Much\r\nContent-Length: 2\r\n\r\nok")],
            end: .failure("the status 999 is none of HTTP")),
        HostileMode(
            name: "status of four digits", pieces: [.text("HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nok")],
            end: .failure("the response is not HTTP")),
        HostileMode(
            name: "negative status", pieces: [.text("HTTP/1.1 -20 OK\r\nContent-Length: 2\r\n\r\nok")],
            end: .failure("the response is not HTTP")),
        HostileMode(
            name: "status of letters", pieces: [.text("HTTP/1.1 OK 200\r\n\r\n")], end: .failure("the response is not HTTP")),
        HostileMode(
            name: "switching protocols", pieces: [.text("HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\n\r\nwhatever")],
            end: .response),
        HostileMode(
            name: "interim responses without an end",
            pieces: [.flood("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", times: endless)],
            end: .failure("more than 32 interim responses came")),
        HostileMode(
            name: "an interim response and then nothing", pieces: [.text("HTTP/1.1 100 Continue\r\n\r\n"), .hang],
            end: .failure(timedOut)),
        HostileMode(
            name: "interim and then final",
            pieces: [.text("HTTP/1.1 102 Processing\r\n\r\n" + json + "Content-Length: 2\r\n\r\n{}")],
            end: .response),
        // Version and first line
        HostileMode(
            name: "an old protocol", pieces: [.text("HTTP/0.9 200 OK\r\n\r\n")], end: .failure("the response is not HTTP")),
        HostileMode(name: "a newer protocol", pieces: [.text("HTTP/2.0 200 OK\r\n\r\n")], end: .failure("")),
        HostileMode(
            name: "another protocol", pieces: [.text("220 mail.example.test ESMTP\r\n")],
            end: .failure("the response is not HTTP")),
        HostileMode(
            name: "binary", pieces: [.text("\u{0}\u{1}\u{2}\u{16}\u{3}\u{1}\u{0}")], end: .failure("the response is not HTTP")),
        HostileMode(name: "nothing at all", end: .failure("closed before")),
        HostileMode(name: "a reset", pieces: [.reset], end: .failure("closed before")),
        // Headers
        HostileMode(name: "no headers", pieces: [.text("HTTP/1.1 200 OK\r\n\r\n")], end: .response),
        HostileMode(
            name: "a header of many megabytes",
            pieces: [.text("HTTP/1.1 200 OK\r\nX-Long: "), .flood(String(repeating: "x", count: 65_536), times: endless)],
            end: .failure("")),
        HostileMode(
            name: "headers without an end",
            pieces: [
                .text("HTTP/1.1 200 OK\r\n"), .flood("X-Name: " + String(repeating: "v", count: 1000) + "\r\n", times: endless),
            ],
            end: .failure("")),
        HostileMode(
            name: "a header without a colon", pieces: [.text("HTTP/1.1 200 OK\r\nnonsense\r\n\r\n")],
            end: .failure("the response is not HTTP")),
        HostileMode(
            name: "two lengths", pieces: [.text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 5\r\n\r\nok"), .hang],
            end: .failure("the response is not HTTP")),
        HostileMode(
            name: "a negative length", pieces: [.text("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok")],
            end: .failure("the response is not HTTP")),
        HostileMode(
            name: "a length beyond all numbers",
            pieces: [.text("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nok")],
            end: .failure("the response is not HTTP")),
        HostileMode(
            name: "the greatest length there is",
            pieces: [.text("HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nok")],
            end: .failure("the response is longer than 1 MB")),
        HostileMode(
            name: "a length and chunks",
            pieces: [.text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")],
            end: .failure("")),
        // Body
        HostileMode(
            name: "a body that breaks off", pieces: [.text(json + "Content-Length: 10\r\n\r\n0123")],
            end: .failure("reset after 4 of 10 bytes")),
        HostileMode(
            name: "a body that is reset", pieces: [.text(json + "Content-Length: 10\r\n\r\n0123"), .reset],
            end: .failure("reset after 4 of 10 bytes")),
        HostileMode(
            name: "a body that stops", pieces: [.text(json + "Content-Length: 10\r\n\r\n0123"), .hang], end: .failure(timedOut)),
        HostileMode(
            name: "a body without an end",
            pieces: [.text(json + "\r\n"), .flood(String(repeating: "x", count: 65_536), times: endless)],
            end: .failure("the response is longer than 1 MB")),
        HostileMode(
            name: "chunks without an end",
            pieces: [.text(json + "Transfer-Encoding: chunked\r\n\r\n"), .flood(chunk(65_536), times: endless)],
            end: .failure("the response is longer than 1 MB")),
        HostileMode(
            name: "tiny chunks without an end",
            pieces: [.text(json + "Transfer-Encoding: chunked\r\n\r\n"), .flood(chunk(1), times: 3_000_000)],
            end: .failure("")),
        HostileMode(
            name: "a chunk of no size", pieces: [.text(json + "Transfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n")],
            end: .failure("reset after 0 bytes")),
        HostileMode(
            name: "a chunk beyond all numbers",
            pieces: [.text(json + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffffff\r\nok\r\n")],
            end: .failure("reset after 0 bytes")),
        HostileMode(
            name: "chunks that break off", pieces: [.text(json + "Transfer-Encoding: chunked\r\n\r\n4\r\n0123\r\n")],
            end: .failure("reset after 4 bytes")),
        HostileMode(
            name: "trailers without an end",
            pieces: [
                .text(json + "Transfer-Encoding: chunked\r\n\r\n0\r\n"),
                .flood("X-Name: " + String(repeating: "v", count: 1000) + "\r\n", times: endless),
            ],
            end: .failure("")),
        HostileMode(
            name: "more than was announced", pieces: [.text(json + "Content-Length: 2\r\n\r\n{}and so much more")], end: .response
        ),
        HostileMode(
            name: "a body with a status that has none", pieces: [.text("HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok")],
            end: .response),
        HostileMode(
            name: "two responses", pieces: [.text(json + "Content-Length: 2\r\n\r\n{}" + json + "Content-Length: 2\r\n\r\n[]")],
            end: .response),
        // Time
        HostileMode(name: "silence", pieces: [.hang], end: .failure(timedOut)),
        HostileMode(name: "a head that drips", pieces: [.drip(json, milliseconds: 40), .hang], end: .failure(timedOut)),
        HostileMode(
            name: "a body that drips",
            pieces: [.text(json + "Content-Length: 1000\r\n\r\n"), .drip(String(repeating: "x", count: 1000), milliseconds: 40)],
            end: .failure(timedOut)),
        // Before it is asked
        HostileMode(
            name: "a response before the request", greeting: [.text(json + "Content-Length: 2\r\n\r\n{}")], pieces: [.hang],
            end: .either),
        HostileMode(name: "a greeting", greeting: [.text("SSH-2.0-OpenSSH_9.6\r\n")], pieces: [.hang], end: .failure("")),
        HostileMode(
            name: "a redirect to itself", pieces: [.text("HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n")],
            end: .response),
    ]
}

/// Serves a mode at the first connection, and is a good server from then on.
final class HostileEndpoint: Sendable {
    private let server: RawServer

    var port: Int { server.port }

    init(_ mode: HostileMode) {
        let isFirst = Mutex(true)
        server = RawServer { connection in
            let isHostile = isFirst.withLock { first in
                defer { first = false }
                return first
            }
            if isHostile {
                for piece in mode.greeting { Self.send(piece, on: connection) }
                _ = connection.readRequest()
                for piece in mode.pieces { Self.send(piece, on: connection) }
                connection.close()
            } else {
                while connection.readRequest() != nil {
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
                }
            }
        }
    }

    func stop() { server.stop() }

    private static func send(_ piece: HostileMode.Piece, on connection: RawConnection) {
        switch piece {
        case .text(let text): connection.write(text)
        case .flood(let text, let times):
            // Many at a time, or the system calls would be what is measured.
            let batch = String(repeating: text, count: max(1, 65_536 / text.utf8.count))
            for _ in 0..<max(1, times * text.utf8.count / batch.utf8.count) where !connection.write(batch) { return }
        case .drip(let text, let milliseconds):
            for character in text {
                guard connection.write(String(character)) else { return }
                Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
            }
        case .hang: _ = connection.read()
        case .reset: connection.reset()
        }
    }
}
