import Exchange
import SyncCore
import Testing
import Trade

@testable import Service

@Suite struct ConfigurationTests {
    @Test func theFileIsReadAndWhatItLeavesOutHasItsDefault() throws {
        let read = try configuration()
        #expect(read.general.rackbeat.endpoint?.origin == "https://app.rackbeat.com")
        #expect(read.general.rackbeat.endpoint?.basePath == "/api")
        #expect(read.general.rackbeat.token == .environment("RACKBEAT_TOKEN"))
        #expect(read.general.journal == "tandem.db")
        #expect(read.connections.map(\.name) == ["main"])
        #expect(
            read.connections[0].settings
                == ConnectionSettings(name: "main", location: LocationNumber("1001"), goodsOwner: 42))
    }

    /// Whoever uncomments a key of the example must not be told that there is no such key, or that its default is none.
    @Test func theExampleIsAConfigurationWithAndWithoutItsComments() throws {
        let example = Configuration.example
        let read = try configuration(example)
        #expect(
            read.connections[0].settings == ConnectionSettings(name: "main", location: LocationNumber("1001"), goodsOwner: 42))
        let uncommented = example.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let margin = line.prefix { $0 == " " }
            let rest = line.dropFirst(margin.count)
            return rest.hasPrefix("#") && !rest.hasPrefix("# ") ? String(margin + rest.dropFirst()) : String(line)
        }.joined(separator: "\n")
        #expect(uncommented != example)
        let all = try configuration(uncommented)
        #expect(
            all.connections
                == read.connections.map { plan in
                    var plan = plan
                    plan.ongoing.choices = ["line_price": "total"]
                    return plan
                })
    }

    @Test func everyKeyOfTheCatalogueStandsInTheExampleWithASentence() {
        let example = Configuration.example
        for key in AnyKey.general + AnyKey.connection {
            #expect(example.contains("\(key.path.split(separator: ".").last!): "), "\(key.path)")
        }
        #expect(
            example.hasPrefix(
                """
                # Tandem's configuration: joins one Rackbeat account with one or more warehouses in Ongoing WMS.
                # Check it with 'tandem config check'. A key that begins with # shows its default or an example.
                # Environment variables override this file (TANDEM_LOG_LEVEL, TANDEM_CONNECTIONS_MAIN_LOCATION); flags override both
                # (--set connections.main.location=1001).

                # The journal, Tandem's own database file. Relative to the working directory. One process uses it at a time.
                #journal: tandem.db
                """), "\(example.prefix(900))")
    }

    /// One look at a file tells all that is wrong with it.
    @Test func everyErrorIsToldAtOnceWithItsPlace() {
        let file = """
            rackbeat:
              base-url: http://app.rackbeat.com/api
              token: s3cret-in-the-file
              name: Tandem
              emial: ops@example.test
            log-level: loud
            lissen: { address: 127.0.0.1:8080 }
            connections:
              Main Street: {}
              main:
                ongoing:
                  base-url: https://host/demo/api/v1
                  user: WSI-demo
                  password: { enf: ONGOING_PASSWORD }
                  goods-owner: 0
                shipped-status-from: 500
                shipped-status-to: 450
                schedule: { orders: 5, receipt: 5m }
                stok-sync: off
            """
        #expect(
            problems(file) == """
                tandem.yaml:1:1: 'rackbeat.email' is missing from the configuration: an email address was expected
                tandem.yaml:2:13: 'base-url': https was expected: over http the credentials would travel in the clear; only loopback may use it
                tandem.yaml:3:10: 'token': a reference, { env: NAME } or { file: PATH } was expected; the secret itself does not belong in a configuration
                tandem.yaml:5:3: 'rackbeat' has no key 'emial'; did you mean 'email'?
                tandem.yaml:6:12: 'log-level': trace, debug, info, notice, warning, error or critical was expected, not 'loud'
                tandem.yaml:7:1: the configuration has no key 'lissen'; did you mean 'listen'?
                tandem.yaml:9:3: 'connections': a name of small letters, digits and hyphens that begins with a letter was expected, not 'Main Street'
                tandem.yaml:10:3: 'location' is missing from connection 'main': a text was expected
                tandem.yaml:14:17: 'password': a reference, { env: NAME } or { file: PATH } was expected
                tandem.yaml:15:20: 'goods-owner': a whole number from 1 to 2147483647 was expected, not '0'
                tandem.yaml:16:26: 'shipped-status-from' (500) is above 'shipped-status-to' (450)
                tandem.yaml:18:25: 'orders': a time of at least 10s, such as 30s, 5m, 2h or 1d was expected, not '5'
                tandem.yaml:18:28: 'schedule' has no key 'receipt'; did you mean 'receipts'?
                tandem.yaml:19:5: a connection has no key 'stok-sync'; did you mean 'stock-sync'?
                """)
    }

    @Test func theEnvironmentOverridesTheFileAndFlagsOverrideBoth() throws {
        let environment = [
            "TANDEM_LOG_LEVEL": "debug", "TANDEM_JOURNAL": "by-environment.db", "TANDEM_CONNECTIONS_MAIN_SCHEDULE_ORDERS": "1m",
            "TANDEM_CONNECTIONS_MAIN_COMPLETED_STATUSES": "400, 500", "TANDEM_RACKBEAT_TOKEN": "file:/run/token",
            "TANDEM_RACKBEAT_PROFILE": "list_status=200, time_zone=UTC", "HOME": "/root",
        ]
        let flags = [
            FlagSetting(flag: "--journal", path: "journal", value: "by-flag.db"),
            FlagSetting(set: "connections.main.marks-reported=false"),
        ]
        let read = try configuration(environment: environment, flags: flags)
        #expect(read.general.logLevel == "debug")
        #expect(read.general.journal == "by-flag.db")
        #expect(read.general.rackbeat.token == .file("/run/token"))
        #expect(read.general.rackbeat.choices == ["list_status": "200", "time_zone": "UTC"])
        #expect(read.connections[0].settings.schedule.orders == .seconds(60))
        #expect(read.connections[0].settings.completedStatuses == [400, 500])
        #expect(!read.connections[0].settings.marksReported)
    }

    @Test func theLayersAboveTheFileAreReadAsStrictly() {
        let environment = [
            "TANDEM_LOGLEVEL": "debug", "TANDEM_RACKBEAT_TOKEN": "s3cret-in-the-environment",
            "TANDEM_CONNECTIONS_MAIN_LOCATION": "",
            "TANDEM_CONFIG": "elsewhere.yaml",
        ]
        let flags = [
            FlagSetting(set: "connections.mian.location=1"), FlagSetting(set: "connections.main.schedul.orders=5m"),
            FlagSetting(flag: "--log-level", path: "log-level", value: "inof"),
            FlagSetting(set: "rackbeat.profile=list_status=299"),
        ]
        #expect(
            problems(plainFile, environment: environment, flags: flags) == """
                environment variable TANDEM_CONNECTIONS_MAIN_LOCATION: a text was expected, not ''
                environment variable TANDEM_LOGLEVEL: no setting has this name; did you mean 'TANDEM_LOG_LEVEL'?
                environment variable TANDEM_RACKBEAT_TOKEN: a reference, env:NAME or file:PATH, was expected
                --log-level log-level: trace, debug, info, notice, warning, error or critical was expected, not 'inof'; did you mean 'info'?
                --set connections.main.schedul.orders: there is no key 'schedul.orders'; did you mean 'schedule.orders'?
                --set connections.mian.location: there is no connection 'mian'; did you mean 'main'?
                --set rackbeat.profile: '299' is no choice for RB-01 'list_status' of Rackbeat: 206 or 200 was expected
                """)
    }

    /// A reference may name a variable that begins like ours.
    @Test func aVariableThatAReferenceNamesIsNoSetting() throws {
        let file = plainFile.replacing("{ env: RACKBEAT_TOKEN }", with: "{ env: TANDEM_SECRET_TOKEN }")
        #expect(problems(file, environment: ["TANDEM_SECRET_TOKEN": "x"]) == "")
    }

    @Test func whatNoKeyAloneCanTellIsCheckedToo() {
        let twins =
            plainFile.replacing("  account: 4711\n", with: "").replacing("  address: 127.0.0.1:8080\n", with: "") + """

                  second:
                    location: 1001
                    ongoing:
                      base-url: https://api.ongoingsystems.se/demo/api/v1/
                      user: WSI-demo
                      password: { env: ONGOING_PASSWORD }
                      goods-owner: 42
                      profile: { line_price: unit, shipment.body_ignored: true }
                """
        #expect(
            problems(twins) == """
                tandem.yaml:7:20: 'listen.address' is missing: nothing would listen for webhooks
                tandem.yaml:7:20: 'rackbeat.account' is missing: a webhook is taken only from the account that it names
                tandem.yaml:18:15: connection 'main' has location 1001 too: its lines would be shipped twice
                tandem.yaml:23:20: connection 'main' has goods owner 42 too: each needs one of its own
                tandem.yaml:24:36: 'shipment.body_ignored' is no assumption about Ongoing; 'tandem contract' lists them
                """)
    }

    /// As the scenario reader and the report of `verify` say it.
    @Test func aFakesMisbehaviourIsNoChoiceForARealAccount() {
        let file = plainFile.replacing("  account: 4711", with: "  profile: { shipment.body_ignored: true }\n  account: 4711")
        #expect(
            problems(file)
                == "tandem.yaml:6:14: 'true' for RB-28 'shipment.body_ignored' of Rackbeat is not supported: It makes a fake misbehave "
                + "and says nothing of a real account; in a scenario, write it under fake-profile."
        )
    }

    @Test(arguments: [
        ("", "tandem.yaml:1:1: there is no connection; a name with its keys was expected under 'connections'"),
        (
            "rackbeat: [",
            "tandem.yaml:2:1: this is not YAML: did not find expected node content (while parsing a flow node, which began at line 2, column 1)"
        ),
        ("- a", "tandem.yaml:1:1: 'configuration': the configuration was expected, not a list"),
        ("journal: a\njournal: b", "tandem.yaml:1:1: the key 'journal' stands more than once in the mapping that holds this one"),
    ]) func aFileThatIsNoConfigurationIsSaidToBeNone(file: String, problem: String) {
        #expect(problems(file).split(separator: "\n").contains(Substring(problem)), "\(problems(file))")
    }

    /// A secret that was put where its reference belongs is not repeated, whatever form it was given.
    @Test(arguments: [
        "s3cret", "{ s3cret: }", "[ s3cret ]", "{ env: s3cret, file: s3cret }", "{ env: [ s3cret ] }",
    ]) func whatCouldBeASecretIsNotQuoted(value: String) {
        for key in ["{ env: RACKBEAT_TOKEN }", "[ { env: RACKBEAT_WEBHOOK } ]"] {
            let told = problems(plainFile.replacing(key, with: value))
            #expect(told.contains("{ env: NAME } or { file: PATH }"), "\(told)")
            #expect(!told.contains("s3cret"), "\(told)")
        }
    }

    /// Lists and references have short forms on the command line; the file has YAML's own.
    @Test func theShortFormsAreNotForTheFile() {
        #expect(
            problems(plainFile + "\n    completed-statuses: 400, 500\n")
                == "tandem.yaml:19:25: 'completed-statuses': a list of values, each a whole number from 0 to 9999 was expected, not '400, 500'"
        )
        #expect(
            problems(plainFile + "\n    completed-statuses: []\n")
                == "tandem.yaml:19:25: 'completed-statuses': a list of whole numbers was expected, not an empty one")
    }

    @Test func loopbackMayGoWithoutTLS() throws {
        let endpoint = try Endpoint("http://127.0.0.1:41001/api/")
        #expect(endpoint.origin == "http://127.0.0.1:41001")
        #expect(endpoint.basePath == "/api")
        #expect(throws: Endpoint.Refusal.self) { try Endpoint("http://127.evil.example/api") }
        #expect(throws: Endpoint.Refusal.self) { try Endpoint("https://user:password@host/api") }
        #expect(throws: Endpoint.Refusal.self) { try Endpoint("https://host/api?x=1") }
        #expect(throws: Endpoint.Refusal.self) { try Endpoint("ftp://host/api") }
    }

    /// Four labels of which the first is 127 are a name like any other.
    @Test(arguments: [
        ("127.0.0.1", true), ("127.255.0.9", true), ("localhost", true), ("LOCALHOST", true), ("[::1]", true),
        ("127.example.co.uk", false), ("127.0.0.256", false), ("127.0.0.0001", false), ("127.0.0.x", false), ("127.0.0", false),
        ("128.0.0.1", false), ("localhost.example", false),
    ]) func onlyThisMachineIsLoopback(host: String, isLoopback: Bool) {
        #expect(((try? Endpoint("http://\(host)/api")) != nil) == isLoopback)
    }

    /// What stands as user, in a query or a fragment is likely to be a secret.
    @Test(arguments: [
        "ftp://me:hunter22@host/api", "https://me:hunter22@host/api", "https://host/api?token=hunter22",
        "https://host/api#hunter22",
        "hunter22@host", "https://host:hunter22@/", "https://me%3Ahunter22%40host/api?",
    ]) func aURLThatMayHoldASecretIsRefusedAndNotQuoted(url: String) {
        let error = #expect(throws: Endpoint.Refusal.self) { try Endpoint(url) }
        #expect(error?.text.contains("hunter22") == false, "\(error?.text ?? "")")
        let file = plainFile.replacing("https://app.rackbeat.com/api", with: url)
        if file != plainFile {
            let refused = #expect(throws: (any Error).self) { try configuration(file) }
            #expect(refused.map { "\($0)".contains("hunter22") } == false, "\(refused.map { "\($0)" } ?? "")")
        }
    }
}

@Suite struct CredentialsTests {
    @Test func secretsAreFetchedFromWhereTheReferencesPoint() throws {
        let file = plainFile.replacing("{ env: ONGOING_PASSWORD }", with: "{ file: /run/password }")
        let secretSources = SecretSources(environment: plainEnvironment) { path in
            guard path == "/run/password" else { throw NoFile() }
            return Array("from-the-file\n".utf8)
        }
        let credentials = try Credentials(of: configuration(file), in: secretSources)
        #expect(credentials.rackbeatToken.reveal() == "rb-t0ken-planted")
        #expect(credentials.ongoingPasswords["main"]?.reveal() == "from-the-file")
    }

    @Test func aFileThatOthersMayReadIsWarnedAbout() throws {
        let file = plainFile.replacing("{ env: ONGOING_PASSWORD }", with: "{ file: /run/password }")
        func warnings(_ isReadable: Bool) throws -> [String] {
            try Credentials(
                of: configuration(file),
                in: SecretSources(
                    environment: plainEnvironment, readFile: { _ in Array("from-the-file".utf8) },
                    isReadableByOthers: { _ in isReadable })
            ).warnings
        }
        #expect(try warnings(true) == ["file /run/password can be read by other users of this machine: chmod 600"])
        #expect(try warnings(false) == [])
    }

    @Test func everyPlaceWithoutAUsableSecretIsToldAtOnce() throws {
        let file = plainFile.replacing("{ env: ONGOING_PASSWORD }", with: "{ file: /run/password }")
        let secretSources = SecretSources(environment: ["RACKBEAT_WEBHOOK": "", "ONGOING_WEBHOOK": "two\nlines"]) { _ in
            throw NoFile()
        }
        let error = #expect(throws: BadConfiguration.self) { try Credentials(of: configuration(file), in: secretSources) }
        #expect(
            error?.description == """
                environment variable ONGOING_WEBHOOK: it holds more than one line, or a control character, but 'listen.ongoing-tokens' refers to it
                environment variable RACKBEAT_TOKEN: it is not set, but 'rackbeat.token' refers to it
                environment variable RACKBEAT_WEBHOOK: it is empty, but 'listen.rackbeat-tokens' refers to it
                file /run/password: it cannot be read, but 'connections.main.ongoing.password' refers to it
                """)
    }

    @Test func aSecretShowsItselfNowhere() throws {
        let credentials = try credentials(of: configuration())
        var dumped = ""
        dump(credentials, to: &dumped)
        for secret in plainEnvironment.values {
            #expect(!dumped.contains(secret))
            #expect(!"\(credentials)".contains(secret))
        }
    }

    @Test func onlyTheWholeSecretMatches() {
        let secret = Secret("abcd")
        #expect(secret.matches("abcd"))
        for guess in ["", "a", "abc", "abce", "abcdabcd", "bbcd"] { #expect(!secret.matches(guess), "\(guess)") }
        #expect(!Secret("").matches(""), "what is not set opens nothing")
    }
}
