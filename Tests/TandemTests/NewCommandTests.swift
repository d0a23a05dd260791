import Foundation
import ScenarioKit
import Testing

@testable import tandem

struct NewCommandTests {
    /// What a newcomer starts from passes, and says so.
    @Test func theFirstScenarioPasses() throws {
        let scenario = try ScenarioReader.read(NewCommand.scenario, path: "Scenarios/orders/a-promise.yaml")
        #expect(!scenario.summary.isEmpty)
        #expect(Runner().run([.scenario(scenario)]).map(\.outcome) == [.passed])
    }

    @Test func theVariablesOfAServerAreExportLines() {
        let text = ServeCommand.exports(
            #"{"rackbeat":"http://127.0.0.1:1/api","rackbeatToken":"a b","goodsOwnerId":42,"else":1}"#)
        #expect(
            text == "export RACKBEAT_URL=http://127.0.0.1:1/api\nexport RACKBEAT_TOKEN='a b'\nexport ONGOING_GOODS_OWNER=42\n")
    }
}
