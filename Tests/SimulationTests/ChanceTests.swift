import Testing
import Units

@testable import Simulation

@Suite struct ChanceTests {
    /// The reference values of the algorithm for this seed: a run of today must be replayed by every later build.
    @Test func theGeneratorIsSplitMix64() {
        var random = SeededRandom(seed: 1_234_567)
        let drawn = (0..<5).map { _ in random.next() }
        #expect(
            drawn == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func oneMoreDrawInOnePartMovesNoOther() {
        let chance = Chance(seed: 7)
        var first = chance.generator(for: "latency of rackbeat")
        let before = chance.generator(for: "latency of ongoing")
        _ = first.next()
        var after = chance.generator(for: "latency of ongoing")
        var again = before
        #expect(after.next() == again.next())
    }

    @Test func partsAndSeedsHaveStreamsOfTheirOwn() {
        var seen: Set<UInt64> = []
        for seed in UInt64(0)..<50 {
            for part in ["a", "b", "latency of rackbeat", "latency of ongoing"] {
                var random = Chance(seed: seed).generator(for: part)
                seen.insert(random.next())
            }
        }
        #expect(seen.count == 200)
    }

    @Test func aDrawStaysInItsRangeAndReachesBothEnds() {
        var random = SeededRandom(seed: 3)
        var seen: Set<Int64> = []
        for _ in 0..<200 { seen.insert(random.draw(-2...3)) }
        #expect(seen == [-2, -1, 0, 1, 2, 3])
    }

    @Test func theWholeRangeOfWholeNumbersCanBeDrawn() {
        var random = SeededRandom(seed: 3)
        var same = SeededRandom(seed: 3)
        #expect(random.draw(Int64.min...Int64.max) == Int64(bitPattern: same.next()))
    }

    /// The values that the author of xxHash and others publish, below and above 32 bytes, with and without a seed.
    @Test func theDigestIsXXH64() {
        func hash(_ text: String, seed: UInt64 = 0) -> UInt64 {
            Array(text.utf8).withUnsafeBytes { XXH64.hash($0, seed: seed) }
        }
        #expect(hash("") == 0xEF46_DB37_51D8_E999)
        #expect(hash("a") == 0xD24E_C4F1_A98C_6E5B)
        #expect(hash("abc") == 0x44BC_2CF5_AD77_0999)
        #expect(hash("Nobody inspects the spammish repetition") == 0xFBCE_A83C_8A37_8BF1)
        #expect(hash("Nobody inspects the spammish repetition", seed: 1) != 0xFBCE_A83C_8A37_8BF1)
        var digest = EventDigest()
        digest.add("abc")
        #expect(digest.value == 0x44BC_2CF5_AD77_0999)
    }

    @Test func textsThatJoinToTheSameDiffer() {
        var first = EventDigest()
        first.add("ab")
        first.add("c")
        var second = EventDigest()
        second.add("a")
        second.add("bc")
        #expect(first != second)
    }

    @Test func twoTrailsAreComparedDownToTheFirstEventThatDiffers() {
        let start = Moment(milliseconds: 0)
        var first = EventTrail()
        var second = EventTrail()
        for event in ["pick", "send"] {
            first.add(event, at: start)
            second.add(event, at: start)
        }
        #expect(first.firstDifference(from: second) == nil)
        first.add("collect", at: start)
        #expect(first.firstDifference(from: second) == 3)
        second.add("collect", at: start + .milliseconds(1))
        second.add("more", at: start)
        #expect(first.firstDifference(from: second) == 3)
        #expect(first.text.utf8.count == 16)
    }
}
