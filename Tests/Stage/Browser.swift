package import Foundation
package import JSON

/// One page in a headless Chromium, driven over its own protocol through a pipe: no port, no driver, no other library.
package final class Browser {
    private let process = Process()
    private let requests = Pipe()
    private let responses = Pipe()
    private var buffer: [UInt8] = []
    private var number = 0
    private var session: String?
    /// What the page wrote to its console as an error, or threw.
    package private(set) var complaints: [String] = []

    /// Where Debian and others put it; `nil` where there is none.
    package static let binary = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    /// - Parameter folder: Of a profile of its own, so that nothing is left of it.
    package init(in folder: String, width: Int = 1280, height: Int = 900) throws {
        guard let binary = Self.binary else { throw StageError("there is no Chromium on this machine") }
        process.executableURL = URL(filePath: "/bin/sh")
        // It reads its commands from descriptor 3 and writes to 4.
        process.arguments = [
            "-c", "exec \"$@\" 3<&0 4>&1 0</dev/null 1>&2", "sh", binary, "--headless=new", "--remote-debugging-pipe",
            "--no-sandbox",
            "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--user-data-dir=\(folder)/chromium", "about:blank",
        ]
        process.standardInput = requests
        process.standardOutput = responses
        process.standardError = FileHandle.nullDevice
        try process.run()
        let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"] ?? .null
        session = try call("Target.attachToTarget", ["targetId": target, "flatten": true])["sessionId"]?.string
        for domain in ["Page", "Runtime", "Log"] { _ = try call("\(domain).enable", [:]) }
        try resize(width: width, height: height)
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    // MARK: What a person does

    /// Opens an address and waits until its scripts have run.
    package func open(_ address: String) throws {
        _ = try call("Page.navigate", ["url": .string(address)])
        try wait("the page is loaded") { try evaluate("document.readyState") == "complete" }
    }

    package func resize(width: Int, height: Int) throws {
        _ = try call(
            "Emulation.setDeviceMetricsOverride",
            ["width": JSON(width), "height": JSON(height), "deviceScaleFactor": 1, "mobile": false])
    }

    package func prefersDark(_ isDark: Bool) throws {
        _ = try call(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]]])
    }

    /// Presses a key: `Tab`, `Enter`, `Space`, or a letter.
    package func press(_ key: String, shift: Bool = false) throws {
        let codes = ["Tab": 9, "Enter": 13, "Space": 32, "Escape": 27]
        let text = ["Enter": "\r", "Space": " "][key] ?? (key.count == 1 ? key : nil)
        var event: JSONObject = [
            "type": .string(text == nil ? "rawKeyDown" : "keyDown"), "key": .string(key == "Space" ? " " : key),
            "code": .string(key), "windowsVirtualKeyCode": JSON(codes[key] ?? 0), "modifiers": JSON(shift ? 8 : 0),
        ]
        if let text { event.append("text", .string(text)) }
        _ = try call("Input.dispatchKeyEvent", .object(event))
        _ = try call(
            "Input.dispatchKeyEvent",
            ["type": "keyUp", "key": .string(key == "Space" ? " " : key), "windowsVirtualKeyCode": JSON(codes[key] ?? 0)])
    }

    package func type(_ text: String) throws { _ = try call("Input.insertText", ["text": .string(text)]) }

    /// The value of an expression, which may be a promise.
    package func evaluate(_ expression: String) throws -> JSON {
        let result = try call(
            "Runtime.evaluate", ["expression": .string(expression), "awaitPromise": true, "returnByValue": true])
        if let thrown = result["exceptionDetails"] { throw StageError("\(expression) threw \(thrown.text.prefix(600))") }
        return result["result"]?["value"] ?? .null
    }

    /// Waits until an expression is true.
    package func waits(for expression: String, within seconds: Int = 60) throws {
        try wait(expression, within: seconds) { try evaluate("Boolean(\(expression))") == true }
    }

    /// A PNG of what is visible.
    package func screenshot() throws -> Data {
        let text = try call("Page.captureScreenshot", ["format": "png"])["data"]?.string ?? ""
        guard let data = Data(base64Encoded: text) else { throw StageError("the screenshot is not base64") }
        return data
    }

    private func wait(_ what: String, within seconds: Int = 60, _ isSo: () throws -> Bool) throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while try !isSo() {
            guard ContinuousClock.now < end else { throw StageError("after \(seconds) s still not: \(what)") }
            usleep(50_000)
        }
    }

    // MARK: The protocol

    private func call(_ method: String, _ parameters: JSON) throws -> JSON {
        number += 1
        var message: JSONObject = ["id": JSON(number), "method": .string(method), "params": parameters]
        if let session { message.append("sessionId", .string(session)) }
        try requests.fileHandleForWriting.write(contentsOf: Data(JSON.object(message).serialized + [0]))
        while true {
            let answer = try next()
            note(answer)
            guard answer["id"]?.int == number else { continue }
            if let problem = answer["error"] { throw StageError("\(method): \(problem.text)") }
            return answer["result"] ?? .null
        }
    }

    private func note(_ message: JSON) {
        switch message["method"]?.string {
        case "Runtime.exceptionThrown": complaints.append(message["params"]?["exceptionDetails"]?.text ?? "")
        case "Log.entryAdded" where message["params"]?["entry"]?["level"] == "error":
            complaints.append(message["params"]?["entry"]?["text"]?.string ?? "")
        default: break
        }
    }

    /// The next message; each ends with a zero byte.
    private func next() throws -> JSON {
        while true {
            if let end = buffer.firstIndex(of: 0) {
                let message = buffer[..<end]
                buffer.removeSubrange(...end)
                return try JSON.parse(Array(message))
            }
            let more = responses.fileHandleForReading.availableData
            guard !more.isEmpty else { throw StageError("the browser ended") }
            buffer += more
        }
    }
}
